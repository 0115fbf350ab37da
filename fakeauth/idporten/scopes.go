package idporten

import (
	"slices"
	"time"

	"github.com/ory/fosite"

	"liksom/fakeauth"
)

// registered gives those of some scopes that an API's owner has registered; openid
// and profile nobody has.
func (s *Server) registered(names []string) []fakeauth.Scope {
	var out []fakeauth.Scope
	for _, name := range names {
		if scope, ok := s.cfg.Scope(name); ok {
			out = append(out, scope)
		}
	}
	return out
}

// checkScopes demands of every scope that it is there, for the client's type, and
// open to the client's organisation. Source: Digdir, "Registrering av klienter", on
// what is checked when tokens are given out, and "Scope"; the error is a guess.
func (s *Server) checkScopes(r *request) error {
	bad := func(hint string, args ...any) error { return fosite.ErrInvalidScope.WithHintf(hint, args...) }
	for _, name := range r.scopes {
		if name == "openid" || name == "profile" {
			continue
		}
		switch scope, ok := s.cfg.Scope(name); {
		case !ok:
			return bad("Scope %q is registered on the client, but does not exist or is inactive; its owner must create or activate it.", clip(name))
		case !scope.Allows(r.client.IntegrationType):
			return bad("Scope %q is only for the integration types %s, and the client has %s.", clip(name), join(scope.AllowedIntegrationTypes), r.client.IntegrationType)
		case !s.cfg.MayUse(r.client.Org, name):
			return bad("Organisation %s has not been given access to scope %q, whose owner %s decides.", r.client.Org, clip(name), scope.Owner)
		}
	}
	return nil
}

// demandsLogin tells whether a scope wants a login of its own, in spite of single
// sign-on. Source: Digdir, "Scope", requires_user_authentication.
func (s *Server) demandsLogin(scopes []string) bool {
	return slices.ContainsFunc(s.registered(scopes), func(scope fakeauth.Scope) bool { return scope.RequiresUserAuthentication })
}

// shownPID is the number as tokens have it: none where a scope asks for
// pseudonyms. Source: Digdir, "Pseudonymisert innlogging".
func (s *Server) shownPID(g *grant) string {
	if slices.ContainsFunc(s.registered(g.scopes), func(scope fakeauth.Scope) bool { return scope.RequiresPseudonymousTokens }) {
		return ""
	}
	return g.login.pid
}

// opaque tells whether a scope wants access tokens that say nothing.
func (s *Server) opaque(scopes []string) bool {
	return slices.ContainsFunc(s.registered(scopes), func(scope fakeauth.Scope) bool { return scope.TokenType == "OPAQUE" })
}

// accessLifetime is the client's own, but no longer than any scope allows.
func (s *Server) accessLifetime(c *client, scopes []string) time.Duration {
	lifetime := seconds(c.TokenLifetime, accessLifetime)
	for _, scope := range s.registered(scopes) {
		lifetime = min(lifetime, seconds(scope.MaxAge, lifetime))
	}
	return lifetime
}

// authorizationLifetime is the same of the authorization, which caps the refresh
// tokens.
func (s *Server) authorizationLifetime(c *client, scopes []string) time.Duration {
	lifetime := seconds(c.Authorization, authorizationLifetime)
	for _, scope := range s.registered(scopes) {
		lifetime = min(lifetime, seconds(scope.AuthorizationMaxLifetime, lifetime))
	}
	return lifetime
}
