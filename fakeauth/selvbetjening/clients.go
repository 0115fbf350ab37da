package selvbetjening

import (
	"encoding/json"
	"net/http"

	"github.com/google/uuid"

	"liksom/fakeauth"
)

// owns tells whether an organisation may see and change a client: as the owner,
// or as the supplier who registered it for the owner.
func owns(org string, c *fakeauth.Client) bool { return c.Org == org || c.SupplierOrg == org }

// ownClient finds the client that a path names.
func ownClient(c call, r *fakeauth.Registry) (*fakeauth.Client, error) {
	client := r.Client(c.Param("id"))
	if client == nil || !owns(c.org, client) {
		return nil, unknown("organisation %s has no client %q", c.org, cut(c.Param("id")))
	}
	return client, nil
}

func (a *api) listClients(c call) error {
	registry := a.Server.Registry()
	out := []map[string]json.RawMessage{}
	for i := range registry.Clients {
		client := &registry.Clients[i]
		if !owns(c.org, client) || client.Inactive && !c.all() {
			continue
		}
		shown, err := show(client, c.base)
		if err != nil {
			return err
		}
		out = append(out, shown)
	}
	return c.JSON(http.StatusOK, out)
}

func (a *api) getClient(c call) error {
	registry := a.Server.Registry()
	client, err := ownClient(c, &registry)
	if err != nil {
		return err
	}
	return answerClient(c, http.StatusOK, client)
}

func answerClient(c call, status int, client *fakeauth.Client) error {
	shown, err := show(client, c.base)
	if err != nil {
		return err
	}
	return c.JSON(status, shown)
}

// createClient registers a client of the caller, or, with the supplier's scope,
// of the organisation that the body names.
func (a *api) createClient(c call) error {
	body, settings, err := readClient(c)
	if err != nil {
		return err
	}
	client := fakeauth.Client{ID: uuid.NewString(), Org: c.org, IntegrationType: body.IntegrationType, OnBehalfOf: body.OnBehalfOf, Created: c.at}
	if c.isSupplier() && body.Org != "" && body.Org != c.org {
		if !fakeauth.ValidOrg(body.Org) {
			return wrong(clientObject, "client_orgno", "client_orgno %q is not an organisation number", cut(body.Org))
		}
		client.Org, client.SupplierOrg = body.Org, c.org
	}
	body.fill(&client, settings, c.at)
	if hasSecret(client.AuthMethod) {
		giveSecret(&client)
	}
	err = a.update(func(r *fakeauth.Registry) error {
		r.Clients = append(r.Clients, client)
		return checkScopes(r, client.IntegrationType, client.Scopes)
	})
	if err != nil {
		return err
	}
	return answerSecret(c, http.StatusCreated, &client)
}

// putClient replaces a client's registration.
func (a *api) putClient(c call) error {
	body, settings, err := readClient(c)
	if err != nil {
		return err
	}
	return a.changeClient(c, http.StatusOK, func(r *fakeauth.Registry, client *fakeauth.Client) error {
		if has := client.IntegrationType; has != body.IntegrationType && (has != "" || body.IntegrationType != maskinporten) {
			return wrong(clientObject, "integration_type", "integration_type is %q and cannot become %q; register another client", has, body.IntegrationType)
		}
		was := *client
		body.fill(client, settings, c.at)
		client.KeepBase(&was, c.base)
		return checkScopes(r, body.IntegrationType, client.Scopes)
	})
}

// deleteClient deactivates a client: nothing is ever deleted.
func (a *api) deleteClient(c call) error { return a.deactivate(c, http.StatusOK) }

// deleteAltinnClient does the same; that variant answers without a body
// (observed).
func (a *api) deleteAltinnClient(c call) error { return a.deactivate(c, http.StatusNoContent) }

func (a *api) deactivate(c call, status int) error {
	return a.changeClient(c, status, func(_ *fakeauth.Registry, client *fakeauth.Client) error {
		client.Inactive, client.Updated = true, c.at
		return nil
	})
}

// changeClient changes the client that the path names and shows it.
func (a *api) changeClient(c call, status int, change func(*fakeauth.Registry, *fakeauth.Client) error) error {
	changed, err := a.changed(c, change)
	switch {
	case err != nil:
		return err
	case status == http.StatusNoContent:
		return c.NoContent(status)
	}
	return answerClient(c, status, &changed)
}

// changed changes the client that the path names.
func (a *api) changed(c call, change func(*fakeauth.Registry, *fakeauth.Client) error) (changed fakeauth.Client, err error) {
	err = a.update(func(r *fakeauth.Registry) error {
		client, err := ownClient(c, r)
		if err == nil {
			err = change(r, client)
		}
		if err == nil {
			changed = *client
		}
		return err
	})
	return changed, err
}
