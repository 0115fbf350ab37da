package fakeauth

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
)

// Scope is a registered scope, "prefix:subscope". Its JSON members are those of
// Digdir, "API for administrasjon av APIer".
type Scope struct {
	Name                       string    `json:"name"`
	Description                string    `json:"description,omitempty"`
	LongDescription            string    `json:"long_description,omitempty"`
	Owner                      string    `json:"owner_orgno"`
	Visibility                 string    `json:"visibility,omitempty"` // PUBLIC, PRIVATE, INTERNAL; empty is PRIVATE
	TokenType                  string    `json:"token_type,omitempty"` // SELF_CONTAINED, OPAQUE; empty is SELF_CONTAINED
	MaxAge                     int       `json:"at_max_age,omitempty"` // seconds that a token may live; 0 is no limit
	AuthorizationMaxLifetime   int       `json:"authorization_max_lifetime,omitempty"`
	RequiresUserConsent        bool      `json:"requires_user_consent,omitempty"`
	RequiresUserAuthentication bool      `json:"requires_user_authentication,omitempty"`
	RequiresPseudonymousTokens bool      `json:"requires_pseudonymous_tokens,omitempty"`
	AccessibleForAll           bool      `json:"accessible_for_all,omitempty"`
	DelegationSource           string    `json:"delegation_source,omitempty"`         // issuer of a DelegationSource; empty: no delegation
	AllowedIntegrationTypes    []string  `json:"allowed_integration_types,omitempty"` // empty is all
	Inactive                   bool      `json:"inactive,omitempty"`
	Created                    time.Time `json:"created,omitzero"`
	Updated                    time.Time `json:"last_updated,omitzero"`
}

// Allows tells whether clients of an integration type may have the scope.
func (s *Scope) Allows(integrationType string) bool {
	return len(s.AllowedIntegrationTypes) == 0 || slices.Contains(s.AllowedIntegrationTypes, integrationType)
}

func (s *Scope) clone() Scope {
	out := *s
	out.AllowedIntegrationTypes = slices.Clone(s.AllowedIntegrationTypes)
	return out
}

func (s *Scope) check() error {
	var faults []error
	prefix, sub, found := strings.Cut(s.Name, ":")
	if !oneWord(s.Name) || !found || prefix == "" || sub == "" {
		faults = append(faults, fmt.Errorf("scope %q is not written as prefix:name", s.Name))
	}
	if !ValidOrg(s.Owner) {
		faults = append(faults, fmt.Errorf("scope %q: %q is not an organisation number", s.Name, s.Owner))
	}
	if s.MaxAge < 0 {
		faults = append(faults, fmt.Errorf("scope %q: at_max_age %d is negative", s.Name, s.MaxAge))
	}
	return errors.Join(faults...)
}

// The states of an Access. Any but approved gives no access.
const (
	AccessRequested = "REQUESTED"
	AccessApproved  = "APPROVED"
	AccessDenied    = "DENIED"
)

// Access is the decision of a scope's owner about one consumer.
type Access struct {
	Scope    string    `json:"scope"`
	Consumer string    `json:"consumer_orgno"`
	State    string    `json:"state"`
	Created  time.Time `json:"created,omitzero"`
	Updated  time.Time `json:"last_updated,omitzero"`
}

func (a Access) check() error {
	if !ValidOrg(a.Consumer) {
		return fmt.Errorf("access to %q: %q is not an organisation number", a.Scope, a.Consumer)
	}
	if !slices.Contains([]string{AccessRequested, AccessApproved, AccessDenied}, a.State) {
		return fmt.Errorf("access of %s to %q: state %q is none of REQUESTED, APPROVED, DENIED", a.Consumer, a.Scope, a.State)
	}
	return nil
}
