package fakeauth

import (
	"slices"
	"strings"
)

// tokenTypes are the integration types whose clients get tokens here. krr and
// eformidling are older types for one API each.
var tokenTypes = []string{maskinportenType, "krr", "eformidling"}

func (x *exchange) checkGrant() error {
	if !x.client.mayUse(jwtBearer) {
		return refuse(grantNotAllowed, "client %s is registered for %s, not for %s", quote(x.client.ID), list(x.client.GrantTypes), quote(jwtBearer))
	}
	return nil
}

// checkConsumer finds out for whom the token is: the owner of the client, or the
// organisation that consumer_org names. Digdir, "Delegering i Maskinporten".
func (x *exchange) checkConsumer() error {
	c := x.assertion.claims
	switch {
	case c.consumerOrg != "" && c.onBehalfOf != "":
		return refuse(malformed, "the assertion has both consumer_org and iss_onbehalfof; send consumer_org alone")
	case c.consumerOrg == "":
		x.consumer = x.client.Org
		x.noteConsumer()
		return nil
	case !ValidOrg(c.consumerOrg):
		return refuse(malformed, "consumer_org is %s; it must be an organisation number of 9 digits, without \"0192:\" or spaces", quote(c.consumerOrg))
	case c.consumerOrg == x.client.Org:
		return refuse(ownConsumer, "consumer_org is %s, the organisation that owns client %s itself; leave consumer_org out, or name the organisation that has delegated to it", quote(c.consumerOrg), quote(x.client.ID))
	}
	x.consumer, x.onBehalf = c.consumerOrg, true
	return nil
}

// noteConsumer tells of attempts to name a consumer that had no effect.
func (x *exchange) noteConsumer() {
	c := x.assertion.claims
	if slices.Contains(c.unknown, "consumer_orgno") {
		x.notes = append(x.notes, "the claim consumer_orgno means nothing, it is called consumer_org")
	}
	if c.onBehalfOf != "" {
		x.notes = append(x.notes, "iss_onbehalfof is ignored, the consumer is named by consumer_org")
	}
	for _, where := range x.misplaced {
		if strings.HasSuffix(where, "consumer_org") {
			x.notes = append(x.notes, "the "+where+" means nothing, consumer_org must be a claim of the assertion")
		}
	}
}

// checkScopes demands that every scope is registered on the client and exists.
func (x *exchange) checkScopes() error {
	wanted := once(strings.Fields(x.assertion.claims.scope))
	if len(wanted) == 0 {
		return refuse(missingScope, "the claim scope is missing or empty; it must name at least one of %s%s", list(x.client.Scopes), x.misplacedScope())
	}
	foreign := slices.DeleteFunc(slices.Clone(wanted), func(s string) bool { return slices.Contains(x.client.Scopes, s) })
	if len(foreign) > 0 {
		hint := ""
		if strings.Contains(x.assertion.claims.scope, ",") {
			hint = "; separate scopes by a space, not by a comma"
		}
		return refuse(invalidScope, "%s is not registered on client %s, which has %s%s", list(foreign), quote(x.client.ID), list(x.client.Scopes), hint).
			naming(strings.Join(foreign, ","))
	}
	gone := slices.DeleteFunc(slices.Clone(wanted), func(s string) bool {
		scope := x.registered.scopes[s]
		return scope != nil && !scope.Inactive
	})
	if len(gone) > 0 {
		return refuse(invalidScope, "%s is registered on client %s, but does not exist or is inactive; its owner must create or activate it", list(gone), quote(x.client.ID)).
			naming(strings.Join(gone, ","))
	}
	x.names = wanted
	for _, name := range wanted {
		x.scopes = append(x.scopes, x.registered.scopes[name])
	}
	return nil
}

// once drops what comes again.
func once(words []string) []string {
	var out []string
	for _, w := range words {
		if !slices.Contains(out, w) {
			out = append(out, w)
		}
	}
	return out
}

func (x *exchange) misplacedScope() string {
	if slices.Contains(x.misplaced, "form field scope") {
		return "; the form field scope means nothing, scope must be a claim of the assertion"
	}
	return ""
}

// checkIntegrationType refuses clients and scopes that are for something else
// than Maskinporten.
func (x *exchange) checkIntegrationType() error {
	of := x.client.integrationType()
	if !slices.Contains(tokenTypes, of) {
		return refuse(foreignType, "client %s has integration_type %s; a client of Maskinporten needs %s", quote(x.client.ID), quote(of), quote(maskinportenType))
	}
	for _, scope := range x.scopes {
		if !scope.Allows(of) {
			return refuse(foreignType, "scope %s is only for the integration types %s, and client %s has %s; ask the scope's owner to allow that", quote(scope.Name), list(scope.AllowedIntegrationTypes), quote(x.client.ID), quote(of))
		}
		if scope.RequiresUserAuthentication {
			return refuse(foreignType, "scope %s demands a user who has logged in, which Maskinporten has not; use another scope", quote(scope.Name))
		}
	}
	return nil
}

// checkAccess demands that the owner of each scope has let the consumer in.
func (x *exchange) checkAccess() error {
	for _, scope := range x.scopes {
		if x.hasAccess(scope) {
			continue
		}
		return refuse(noAccess, "organisation %s has not been granted access to scope %s, whose owner %s decides%s", quote(x.consumer), quote(scope.Name), quote(scope.Owner), x.accessHint(scope)).
			naming(scope.Name)
	}
	return nil
}

// hasAccess tells whether the consumer may use a scope: everybody may where it
// is open, those to whom it was granted, and its owner. The last is a guess.
func (x *exchange) hasAccess(scope *Scope) bool {
	return scope.AccessibleForAll || x.registered.access[Access{Scope: scope.Name, Consumer: x.consumer}] ||
		scope.Owner == x.consumer && !x.server.cfg.Guesses.OwnerNeedsAccess
}

// MayUse tells whether an organisation has been let into a scope that is active.
func (s *Server) MayUse(org, scope string) bool {
	x := s.begin("")
	x.consumer = org
	found := x.registered.scopes[scope]
	return found != nil && !found.Inactive && x.hasAccess(found)
}

func (x *exchange) accessHint(scope *Scope) string {
	if len(x.notes) > 0 {
		return "; " + strings.Join(x.notes, "; ")
	}
	if a := x.registered.AccessOf(x.consumer, scope.Name); a != nil {
		return "; its decision is " + a.State
	}
	if !x.onBehalf && scope.DelegationSource != "" {
		return "; a supplier must name its customer in the claim consumer_org"
	}
	return "; ask the owner for access in this environment"
}

// checkDelegation demands that a consumer that is not the client's owner has
// delegated each scope to that owner.
func (x *exchange) checkDelegation() error {
	for _, scope := range x.scopes {
		switch d := (Delegation{scope.Name, x.consumer, x.client.Org, scope.DelegationSource}); {
		case !x.onBehalf:
			if scope.DelegationSource != "" && !scope.AccessibleForAll && scope.Owner != x.consumer {
				x.notes = append(x.notes, "scope "+quote(scope.Name)+" can be delegated, but the token is for the client's own organisation, since consumer_org was not sent")
			}
		case scope.DelegationSource == "":
			return refuse(notDelegated, "scope %s has no delegation_source, so nobody can delegate it; leave consumer_org out, or ask the scope's owner to allow delegation", quote(scope.Name)).
				naming(x.consumer, scope.Name, x.client.Org)
		case !x.registered.delegated[d]:
			return refuse(notDelegated, "organisation %s has not delegated scope %s to organisation %s at %s%s", quote(x.consumer), quote(scope.Name), quote(x.client.Org), scope.DelegationSource, x.delegationHint(d)).
				naming(x.consumer, scope.Name, x.client.Org)
		}
	}
	return nil
}

// delegationHint tells of a delegation that was made in another place.
func (x *exchange) delegationHint(wanted Delegation) string {
	for _, d := range x.registered.Delegations {
		if elsewhere := d.Source; d.Source != wanted.Source {
			d.Source = wanted.Source
			if d == wanted {
				return "; it has at " + elsewhere + ", which is another environment"
			}
		}
	}
	return "; the consumer must do so in Altinn, in the same environment"
}
