package fakeauth

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
)

// systemUserType is the type of authorization details (RFC 9396) for a system
// user in Altinn. Digdir, "Systembruker for virksomheter".
const systemUserType = "urn:altinn:systemuser"

// systemUserRequest is what an assertion asks for.
type systemUserRequest struct {
	Type        string `json:"type"`
	Org         *party `json:"systemuser_org"`
	ExternalRef string `json:"externalRef"`
}

// systemUserDetail is what a token says.
type systemUserDetail struct {
	Type   string   `json:"type"`
	IDs    []string `json:"systemuser_id"`
	Org    party    `json:"systemuser_org"`
	System string   `json:"system_id"`
}

// checkDetails finds the system user that an assertion asks for. The error codes
// with MP-301 and MP-302 are guesses (authorization_details_error).
func (x *exchange) checkDetails() error {
	raw := x.assertion.claims.details
	if raw == nil {
		return nil
	}
	var elements []json.RawMessage
	if err := json.Unmarshal(raw, &elements); err != nil || len(elements) != 1 {
		return x.badDetails(unknownDetail, "authorization_details must be a list of exactly one object")
	}
	var kind struct {
		Type string `json:"type"`
	}
	if err := json.Unmarshal(elements[0], &kind); err != nil || kind.Type != systemUserType {
		return x.badDetails(unknownDetailType, "the type of authorization_details is %s; this sandbox knows %s", quote(kind.Type), quote(systemUserType))
	}
	var asked systemUserRequest
	dec := json.NewDecoder(bytes.NewReader(elements[0]))
	dec.DisallowUnknownFields()
	if err := dec.Decode(&asked); err != nil {
		return x.badDetails(unknownDetail, "authorization_details may have type, systemuser_org with authority and ID, and externalRef, and nothing else: %s", clip(err.Error()))
	}
	return x.findSystemUser(asked)
}

// findSystemUser asks for the system user as Maskinporten asks Altinn: by client,
// vendor, customer and external reference, which is the customer's organisation
// number where none was chosen.
func (x *exchange) findSystemUser(asked systemUserRequest) error {
	if asked.Org == nil || asked.Org.Authority != orgAuthority {
		return refuse(noSystemUser, "systemuser_org must be an object with authority %s and ID %s", quote(orgAuthority), quote(orgPrefix+"<9 digits>")).naming("systemuser_org")
	}
	customer, found := strings.CutPrefix(asked.Org.ID, orgPrefix)
	if !found || !ValidOrg(customer) {
		return refuse(noSystemUser, "systemuser_org.ID is %s; it must be %s and an organisation number", quote(asked.Org.ID), quote(orgPrefix)).naming(asked.Org.ID)
	}
	is := func(u *SystemUser) bool { return u.Customer == customer && u.Vendor == x.client.Org }
	user := find(x.registered.SystemUsers, func(u *SystemUser) bool {
		return is(u) && slices.Contains(u.Clients, x.client.ID) && u.answersTo(asked.ExternalRef)
	})
	if user != nil {
		x.details = []systemUserDetail{{systemUserType, []string{user.ID}, partyOf(customer), user.System}}
		return nil
	}
	hint := "; the customer must approve one in Altinn"
	switch other := find(x.registered.SystemUsers, is); {
	case other == nil:
	case !slices.Contains(other.Clients, x.client.ID):
		hint = "; the client is not registered with system " + quote(other.System)
	case other.ExternalRef != "":
		hint = "; there is one with an external reference, which must be sent as externalRef"
	default:
		hint = "; there is one without external reference, so leave externalRef out"
	}
	return refuse(noSystemUser, "customer %s has no system user for client %s of vendor %s with externalRef %s%s", quote(customer), quote(x.client.ID), quote(x.client.Org), quote(asked.ExternalRef), hint).
		naming(asked.Org.ID)
}

// answersTo tells whether a system user is meant by an external reference.
func (u *SystemUser) answersTo(ref string) bool {
	if u.ExternalRef == "" {
		return ref == "" || ref == u.Customer
	}
	return ref == u.ExternalRef
}

func (x *exchange) badDetails(f fault, format string, args ...any) error {
	r := refuse(f, format, args...)
	if e := x.server.cfg.Guesses.DetailsError; e != "" {
		r.err = e
	}
	return r
}
