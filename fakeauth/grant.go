package fakeauth

import (
	"context"
	"errors"
	"net/http"
	"net/url"

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

// session carries one request through fosite.
type session struct {
	fosite.DefaultSession
	*exchange
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

// HandleTokenEndpointRequest decides.
func (g *jwtBearerGrant) HandleTokenEndpointRequest(ctx context.Context, r fosite.AccessRequester) error {
	if !g.CanHandleTokenEndpointRequest(ctx, r) {
		return fosite.ErrUnknownRequest
	}
	x := r.GetSession().(*session).exchange
	x.raw = r.GetRequestForm().Get("assertion")
	if err := x.judge(); err != nil {
		return err
	}
	for _, scope := range x.names {
		r.GrantScope(scope)
	}
	return nil
}

// PopulateTokenEndpointResponse signs the token that was granted.
func (g *jwtBearerGrant) PopulateTokenEndpointResponse(ctx context.Context, r fosite.AccessRequester, out fosite.AccessResponder) error {
	if !g.CanHandleTokenEndpointRequest(ctx, r) {
		return fosite.ErrUnknownRequest
	}
	state := r.GetSession().(*session)
	answer, err := g.server.keys.now.Load().current.issue(state.issuance())
	if err != nil {
		return err
	}
	state.answer = answer
	out.SetAccessToken(answer.AccessToken)
	out.SetTokenType(answer.TokenType)
	return nil
}
