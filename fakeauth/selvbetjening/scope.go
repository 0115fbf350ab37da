package selvbetjening

import (
	"strings"
	"time"

	"liksom/fakeauth"
)

const scopeObject = "scope"

// The code lists of a scope.
var (
	visibilities = []string{"PUBLIC", "PRIVATE", "INTERNAL"}
	tokenTypes   = []string{"SELF_CONTAINED", "OPAQUE"}
)

// scopeBody is a scope on the wire. Active is nil where a request leaves it out.
type scopeBody struct {
	Name                       string     `json:"name"`
	Prefix                     string     `json:"prefix"`
	Subscope                   string     `json:"subscope"`
	Description                string     `json:"description"`
	LongDescription            string     `json:"long_description,omitempty"`
	Visibility                 string     `json:"visibility"`
	TokenType                  string     `json:"token_type"`
	MaxAge                     int        `json:"at_max_age"` // seconds
	AuthorizationMaxLifetime   int        `json:"authorization_max_lifetime"`
	RequiresUserConsent        bool       `json:"requires_user_consent"`
	RequiresUserAuthentication bool       `json:"requires_user_authentication"`
	RequiresPseudonymousTokens bool       `json:"requires_pseudonymous_tokens"`
	AccessibleForAll           bool       `json:"accessible_for_all"`
	DelegationSource           *string    `json:"delegation_source"` // issuer of a source, or null
	AllowedIntegrationTypes    []string   `json:"allowed_integration_types"`
	Owner                      string     `json:"owner_orgno,omitempty"`
	Active                     *bool      `json:"active,omitempty"`
	Created                    *time.Time `json:"created,omitempty"`
	Updated                    *time.Time `json:"last_updated,omitempty"`
}

func showScope(s *fakeauth.Scope) scopeBody {
	prefix, sub, _ := strings.Cut(s.Name, ":")
	active, created, updated := !s.Inactive, dated(s.Created), dated(s.Updated)
	out := scopeBody{
		Name: s.Name, Prefix: prefix, Subscope: sub, Description: s.Description, LongDescription: s.LongDescription,
		Visibility: s.Visibility, TokenType: s.TokenType, MaxAge: s.MaxAge, AuthorizationMaxLifetime: s.AuthorizationMaxLifetime,
		RequiresUserConsent: s.RequiresUserConsent, RequiresUserAuthentication: s.RequiresUserAuthentication, RequiresPseudonymousTokens: s.RequiresPseudonymousTokens,
		AccessibleForAll: s.AccessibleForAll, AllowedIntegrationTypes: some(s.AllowedIntegrationTypes),
		Owner: s.Owner, Active: &active, Created: &created, Updated: &updated,
	}
	if out.Visibility == "" {
		out.Visibility = "PRIVATE"
	}
	if out.TokenType == "" {
		out.TokenType = tokenTypes[0]
	}
	if s.DelegationSource != "" {
		out.DelegationSource = &s.DelegationSource
	}
	return out
}

// check applies the rules for a scope but those of its name.
func (b *scopeBody) check(r *fakeauth.Registry) error {
	if err := oneOf(scopeObject, "visibility", b.Visibility, visibilities...); err != nil {
		return err
	}
	if err := oneOf(scopeObject, "token_type", b.TokenType, tokenTypes...); err != nil {
		return err
	}
	for _, t := range b.AllowedIntegrationTypes {
		if err := oneOf(scopeObject, "allowed_integration_types", t, integrationTypes...); err != nil {
			return err
		}
	}
	if b.MaxAge < 0 || b.AuthorizationMaxLifetime < 0 {
		return wrong(scopeObject, "at_max_age", "at_max_age and authorization_max_lifetime must be a number of seconds, 0 for no limit")
	}
	if b.DelegationSource == nil || *b.DelegationSource == "" {
		return nil
	}
	for _, source := range r.DelegationSources {
		if source.Issuer == *b.DelegationSource {
			return nil
		}
	}
	return wrong(scopeObject, "delegation_source", "delegation_source %q is not the issuer of any source; GET /delegationsources lists them", cut(*b.DelegationSource))
}

// fill takes a registration over into a scope; its name stays.
func (b *scopeBody) fill(s *fakeauth.Scope, at time.Time) {
	s.Description, s.LongDescription, s.Visibility, s.TokenType = b.Description, b.LongDescription, b.Visibility, b.TokenType
	s.MaxAge, s.AuthorizationMaxLifetime, s.AccessibleForAll = b.MaxAge, b.AuthorizationMaxLifetime, b.AccessibleForAll
	s.RequiresUserConsent, s.RequiresUserAuthentication, s.RequiresPseudonymousTokens = b.RequiresUserConsent, b.RequiresUserAuthentication, b.RequiresPseudonymousTokens
	s.AllowedIntegrationTypes, s.Updated, s.DelegationSource = b.AllowedIntegrationTypes, at, ""
	if b.DelegationSource != nil {
		s.DelegationSource = *b.DelegationSource
	}
	if b.Active != nil {
		s.Inactive = !*b.Active
	}
}
