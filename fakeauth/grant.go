package fakeauth

import (
	"context"
	"errors"
	"net/http"
	"net/url"
	"time"

	"github.com/ory/fosite"
)

// fosite has a handler of its own for this grant. It cannot be configured into
// Maskinporten's rules: it demands sub, takes scope from the form, accepts an
// assertion from the future and puts the assertion's audience into the token. So
// fosite dispatches here, and this handler decides.
var _ fosite.TokenEndpointHandler = (*jwtBearerGrant)(nil)

// errNoClientAuthentication is what fosite is told when it asks who the client
// is: at Maskinporten only the assertion says so.
var errNoClientAuthentication = errors.New("fakeauth: the token endpoint has no client authentication")

// newProvider returns fosite with this one grant. It needs no storage.
func newProvider(s *Server) fosite.OAuth2Provider {
	cfg := &fosite.Config{
		ClientAuthenticationStrategy: func(context.Context, *http.Request, url.Values) (fosite.Client, error) {
			return nil, errNoClientAuthentication
		},
	}
	cfg.TokenEndpointHandlers.Append(&jwtBearerGrant{s})
	return fosite.NewOAuth2Provider(nil, cfg)
}

// session carries one request through fosite: what is known before, and what
// the grant decided.
type session struct {
	fosite.DefaultSession
	issuer string    // that the request was addressed to
	at     time.Time // the one reading of the clock
	claims claims    // of the assertion; trustworthy once client is set
	client *Client   // nil until authenticated
	answer TokenResponse
}

// jwtBearerGrant is the grant urn:ietf:params:oauth:grant-type:jwt-bearer.
type jwtBearerGrant struct{ server *Server }

// CanSkipClientAuth is true: the assertion authenticates the client.
func (*jwtBearerGrant) CanSkipClientAuth(context.Context, fosite.AccessRequester) bool { return true }

// CanHandleTokenEndpointRequest tells whether the request is for this grant.
func (*jwtBearerGrant) CanHandleTokenEndpointRequest(_ context.Context, r fosite.AccessRequester) bool {
	_, ours := r.GetSession().(*session)
	return ours && r.GetGrantTypes().ExactOne(jwtBearer)
}

// HandleTokenEndpointRequest decides. An assertion that passes authenticate is
// used up, even if its scopes are then refused: that is a guess, which catches
// clients that send a refused assertion again.
func (g *jwtBearerGrant) HandleTokenEndpointRequest(ctx context.Context, r fosite.AccessRequester) error {
	if !g.CanHandleTokenEndpointRequest(ctx, r) {
		return fosite.ErrUnknownRequest
	}
	state := r.GetSession().(*session)
	a, err := parseAssertion(r.GetRequestForm().Get("assertion"))
	if err != nil {
		return err
	}
	state.claims = a.claims
	client, err := g.server.authenticate(a, state.issuer, state.at)
	if err != nil {
		return err
	}
	until := time.Unix(int64(*a.claims.expires), 0).Add(clockSkew)
	if !g.server.replays.use(replayKeyOf(a), until, state.at) {
		return refuse(usedBefore, "an assertion with %s was used before by client %s; sign a new one for each request, also when trying again", nameOf(a), quote(client.ID))
	}
	if !client.mayUse(jwtBearer) {
		return refuse(grantNotAllowed, "client %s is registered for %s, not for %s", quote(client.ID), list(client.GrantTypes), quote(jwtBearer))
	}
	scopes, err := scopesFor(client, a.claims.scope)
	if err != nil {
		return err
	}
	for _, scope := range scopes {
		r.GrantScope(scope)
	}
	state.client = client
	return nil
}

// PopulateTokenEndpointResponse signs the token that was granted.
func (g *jwtBearerGrant) PopulateTokenEndpointResponse(ctx context.Context, r fosite.AccessRequester, out fosite.AccessResponder) error {
	if !g.CanHandleTokenEndpointRequest(ctx, r) {
		return fosite.ErrUnknownRequest
	}
	state := r.GetSession().(*session)
	answer, err := g.server.key.issue(issuance{
		issuer:   state.claims.audience[0],
		client:   state.client,
		scopes:   r.GetGrantedScopes(),
		lifetime: time.Duration(state.client.lifetime()) * time.Second,
		at:       state.at,
	})
	if err != nil {
		return err
	}
	state.answer = answer
	out.SetAccessToken(answer.AccessToken)
	out.SetTokenType(answer.TokenType)
	return nil
}

// authenticate finds out who signed an assertion, and that it was meant for us
// and for now.
func (s *Server) authenticate(a *assertion, issuer string, at time.Time) (*Client, error) {
	if err := checkAlgorithm(a.header); err != nil {
		return nil, err
	}
	reg := s.registered.now.Load()
	client, err := reg.clientOf(a.claims.issuer)
	if err != nil {
		return nil, err
	}
	key, err := reg.keyOf(client, a.header, at)
	if err != nil {
		return nil, err
	}
	if err := checkSignature(a, key, client); err != nil {
		return nil, err
	}
	if err := s.checkAudience(a.claims.audience, issuer); err != nil {
		return nil, err
	}
	return client, checkTimes(a.claims, at)
}

// nameOf tells how an assertion is recognised when it comes again.
func nameOf(a *assertion) string {
	if a.claims.id == "" {
		return "the same signature (it has no jti)"
	}
	return "jti " + quote(a.claims.id)
}
