package selvbetjening

import (
	"net/http"
	"time"

	"liksom/fakeauth"
)

// accessBody is a decision about a consumer and a scope on the wire.
type accessBody struct {
	Scope    string    `json:"scope"`
	State    string    `json:"state"`
	Prefix   *string   `json:"prefix"` // null in every answer (observed)
	Created  time.Time `json:"created"`
	Consumer string    `json:"consumer_orgno"`
	Updated  time.Time `json:"last_updated"`
	Owner    string    `json:"owner_orgno"`
}

func showAccess(a fakeauth.Access, owner string) accessBody {
	return accessBody{Scope: a.Scope, State: a.State, Created: dated(a.Created), Consumer: a.Consumer, Updated: dated(a.Updated), Owner: owner}
}

// listAccess tells who may use a scope of the caller's.
func (a *api) listAccess(c call) error {
	registry := a.Server.Registry()
	scope, err := ownScope(c, &registry)
	if err != nil {
		return err
	}
	consumer := c.QueryParam("consumer_orgno")
	return c.JSON(http.StatusOK, accesses(&registry, c, func(a fakeauth.Access) bool {
		return a.Scope == scope.Name && (consumer == "" || a.Consumer == consumer)
	}))
}

// listOwnAccess tells what the caller itself may use.
func (a *api) listOwnAccess(c call) error {
	registry := a.Server.Registry()
	return c.JSON(http.StatusOK, accesses(&registry, c, func(a fakeauth.Access) bool { return a.Consumer == c.org }))
}

func accesses(r *fakeauth.Registry, c call, wanted func(fakeauth.Access) bool) []accessBody {
	out := []accessBody{}
	for _, a := range r.Access {
		scope := r.Scope(a.Scope)
		if scope != nil && wanted(a) && (a.State != fakeauth.AccessDenied || c.all()) {
			out = append(out, showAccess(a, scope.Owner))
		}
	}
	return out
}

func (a *api) grantAccess(c call) error { return a.decide(c, fakeauth.AccessApproved) }

// denyAccess takes access away; that the answer says DENIED is a guess.
func (a *api) denyAccess(c call) error { return a.decide(c, fakeauth.AccessDenied) }

func (a *api) decide(c call, state string) error {
	var decided accessBody
	consumer := c.Param("orgno")
	err := a.update(func(r *fakeauth.Registry) error {
		scope, err := ownScope(c, r)
		if err != nil {
			return err
		}
		if !fakeauth.ValidOrg(consumer) {
			return wrong("access", "consumer_orgno", "%q is not an organisation number", cut(consumer))
		}
		access := r.AccessOf(consumer, scope.Name)
		if access == nil && state == fakeauth.AccessDenied {
			return unknown("organisation %s has no access to %q", consumer, cut(scope.Name))
		}
		if access == nil {
			r.Access = append(r.Access, fakeauth.Access{Scope: scope.Name, Consumer: consumer, Created: c.at})
			access = &r.Access[len(r.Access)-1]
		}
		access.State, access.Updated = state, c.at
		decided = showAccess(*access, scope.Owner)
		return nil
	})
	if err != nil {
		return err
	}
	return c.JSON(http.StatusOK, decided)
}
