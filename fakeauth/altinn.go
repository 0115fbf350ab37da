package fakeauth

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// DelegationSource is a place where consumers delegate scopes to suppliers, in
// practice Altinn (delegeringskilde).
type DelegationSource struct {
	Name    string    `json:"name"`
	Issuer  string    `json:"issuer"`
	Created time.Time `json:"created,omitzero"`
	Updated time.Time `json:"last_updated,omitzero"`
}

// Delegation is what a consumer has done in Altinn: it lets a supplier use a
// scope in its name (API-delegering).
type Delegation struct {
	Scope    string `json:"scope"`
	Consumer string `json:"consumer_orgno"`
	Supplier string `json:"supplier_orgno"`
	Source   string `json:"delegation_source"` // issuer of a DelegationSource
}

func (d Delegation) check() error {
	if !ValidOrg(d.Consumer) || !ValidOrg(d.Supplier) {
		return fmt.Errorf("delegation of %q: %q or %q is not an organisation number", d.Scope, d.Consumer, d.Supplier)
	}
	return nil
}

// SystemUser is a system user in Altinn (systembruker): a customer has let the
// system of a vendor act for it.
type SystemUser struct {
	ID          string   `json:"systemuser_id"`          // UUID
	System      string   `json:"system_id"`              // of Altinn's system register: "310547891_name"
	Vendor      string   `json:"vendor_orgno"`           // owner of the system
	Clients     []string `json:"client_ids"`             // which may act for the system
	Customer    string   `json:"customer_orgno"`         // whom the user is for
	ExternalRef string   `json:"external_ref,omitempty"` // must be asked for if set
}

func (u SystemUser) clone() SystemUser {
	u.Clients = slices.Clone(u.Clients)
	return u
}

func (u SystemUser) check() error {
	var faults []error
	if u.ID == "" || u.System == "" {
		faults = append(faults, fmt.Errorf("system user %q of system %q: both must have an id", u.ID, u.System))
	}
	if !ValidOrg(u.Vendor) || !ValidOrg(u.Customer) {
		faults = append(faults, fmt.Errorf("system user %q: %q or %q is not an organisation number", u.ID, u.Vendor, u.Customer))
	}
	return errors.Join(faults...)
}

// Organisation is an organisation with the name that people know it by.
type Organisation struct {
	Org  string `json:"orgno"`
	Name string `json:"name"`
}

func (o Organisation) check() error {
	if !ValidOrg(o.Org) {
		return fmt.Errorf("organisation %q: %q is not an organisation number", o.Name, o.Org)
	}
	return nil
}
