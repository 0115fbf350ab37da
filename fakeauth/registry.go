package fakeauth

import (
	"errors"
	"fmt"
	"slices"
)

// Registry is all that is registered: at Maskinporten, and in Altinn as far as
// Maskinporten asks there. The zero value is empty.
type Registry struct {
	Organisations     []Organisation     `json:"organisations,omitempty"`
	Clients           []Client           `json:"clients,omitempty"`
	Scopes            []Scope            `json:"scopes,omitempty"`
	Access            []Access           `json:"access,omitempty"`
	DelegationSources []DelegationSource `json:"delegation_sources,omitempty"`
	Delegations       []Delegation       `json:"delegations,omitempty"`
	SystemUsers       []SystemUser       `json:"system_users,omitempty"`
}

// Client finds a client, also one that is inactive; nil when there is none. The
// registry may be changed through it.
func (r *Registry) Client(id string) *Client {
	return find(r.Clients, func(c *Client) bool { return c.ID == id })
}

// Scope finds a scope, also one that is inactive; nil when there is none.
func (r *Registry) Scope(name string) *Scope {
	return find(r.Scopes, func(s *Scope) bool { return s.Name == name })
}

// AccessOf finds what was decided about a consumer and a scope; nil when nothing
// was.
func (r *Registry) AccessOf(consumer, scope string) *Access {
	return find(r.Access, func(a *Access) bool { return a.Consumer == consumer && a.Scope == scope })
}

// find gives the first item for which is holds, or nil.
func find[T any](items []T, is func(*T) bool) *T {
	for i := range items {
		if is(&items[i]) {
			return &items[i]
		}
	}
	return nil
}

// clone makes a copy that shares nothing that can be changed.
func (r *Registry) clone() Registry {
	out := Registry{
		Organisations:     slices.Clone(r.Organisations),
		Clients:           make([]Client, len(r.Clients)),
		Scopes:            make([]Scope, len(r.Scopes)),
		Access:            slices.Clone(r.Access),
		DelegationSources: slices.Clone(r.DelegationSources),
		Delegations:       slices.Clone(r.Delegations),
		SystemUsers:       make([]SystemUser, len(r.SystemUsers)),
	}
	for i := range r.Clients {
		out.Clients[i] = r.Clients[i].clone()
	}
	for i := range r.Scopes {
		out.Scopes[i] = r.Scopes[i].clone()
	}
	for i, u := range r.SystemUsers {
		out.SystemUsers[i] = u.clone()
	}
	return out
}

// snapshot is a registry that never changes, with what a request needs to find.
type snapshot struct {
	Registry
	clients   map[string]*Client
	scopes    map[string]*Scope
	access    map[Access]bool // approved, by scope and consumer alone
	delegated map[Delegation]bool
}

// newSnapshot takes over a registry, or returns all its faults.
func newSnapshot(r Registry) (*snapshot, error) {
	s := &snapshot{
		Registry: r,
		clients:  make(map[string]*Client, len(r.Clients)), scopes: make(map[string]*Scope, len(r.Scopes)),
		access: make(map[Access]bool, len(r.Access)), delegated: make(map[Delegation]bool, len(r.Delegations)),
	}
	var faults []error
	for i := range r.Clients {
		c := &r.Clients[i]
		if s.clients[c.ID] != nil {
			faults = append(faults, fmt.Errorf("client %q is registered twice", c.ID))
		}
		faults = append(faults, c.check())
		s.clients[c.ID] = c
	}
	for i := range r.Scopes {
		scope := &r.Scopes[i]
		if s.scopes[scope.Name] != nil {
			faults = append(faults, fmt.Errorf("scope %q is registered twice", scope.Name))
		}
		faults = append(faults, scope.check())
		s.scopes[scope.Name] = scope
	}
	for _, a := range r.Access {
		faults = append(faults, a.check())
		if a.State == AccessApproved {
			s.access[Access{Scope: a.Scope, Consumer: a.Consumer}] = true
		}
	}
	for _, d := range r.Delegations {
		faults = append(faults, d.check())
		s.delegated[d] = true
	}
	for _, u := range r.SystemUsers {
		faults = append(faults, u.check())
	}
	for _, o := range r.Organisations {
		faults = append(faults, o.check())
	}
	return s, errors.Join(faults...)
}

// clientIDs are those of the active clients.
func (s *snapshot) clientIDs() []string {
	var ids []string
	for _, c := range s.Clients {
		if !c.Inactive {
			ids = append(ids, c.ID)
		}
	}
	return ids
}

// owning returns the first active client for which holds is true.
func (s *snapshot) owning(holds func(*Client) bool) (*Client, bool) {
	c := find(s.Clients, func(c *Client) bool { return !c.Inactive && holds(c) })
	return c, c != nil
}
