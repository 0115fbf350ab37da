package idporten

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"time"

	"github.com/labstack/echo/v4"
	"github.com/ory/fosite"

	"liksom/fakeauth"
)

// tokenAnswer is the body of a good answer of /token.
type tokenAnswer struct {
	AccessToken      string `json:"access_token"`
	TokenType        string `json:"token_type"`
	ExpiresIn        int    `json:"expires_in"`
	IDToken          string `json:"id_token,omitempty"` // with openid only
	Scope            string `json:"scope"`
	RefreshToken     string `json:"refresh_token,omitempty"`
	RefreshExpiresIn int    `json:"refresh_token_expires_in,omitempty"`
}

// exchange carries one request to /token through fosite.
type exchange struct {
	fosite.DefaultSession
	grant *grant
	first bool // the code's own exchange, which gives an id_token
}

// Clone is asked for by fosite's grants only.
func (e *exchange) Clone() fosite.Session { return e }

func (s *Server) token(c echo.Context) error {
	hr := c.Request()
	hr.Body = http.MaxBytesReader(c.Response(), hr.Body, maxForm)
	if err := onlyForm(hr); err != nil {
		return s.refuseToken(c, "", err)
	}
	ctx := withIssuer(hr.Context(), s.cfg.Issuer(hr))
	switch grantType := hr.PostForm.Get("grant_type"); grantType {
	case grantCode, grantRefresh:
	case "":
		return s.refuseToken(c, "", fosite.ErrInvalidRequest.WithHint("The parameter grant_type is missing."))
	default:
		return s.refuseToken(c, "", fosite.ErrUnsupportedGrantType.WithHintf("grant_type is %q; there are authorization_code and refresh_token.", clip(grantType)))
	}
	state := &exchange{}
	request, err := s.provider.NewAccessRequest(ctx, hr, state)
	if err != nil {
		return s.refuseToken(c, hr.PostForm.Get("client_id"), err)
	}
	answer, err := s.tokens(request.GetClient().(*client), state)
	if err != nil {
		return err
	}
	s.conclude(ctx, fakeauth.Verdict{Client: state.grant.client, Reason: "issued tokens for scope " + answer.Scope})
	return c.JSON(http.StatusOK, answer)
}

// codeGrant is the grant authorization_code.
type codeGrant struct{ server *Server }

// CanSkipClientAuth is false: every client says who it is.
func (*codeGrant) CanSkipClientAuth(context.Context, fosite.AccessRequester) bool { return false }

// CanHandleTokenEndpointRequest tells whether the request is for this grant.
func (*codeGrant) CanHandleTokenEndpointRequest(_ context.Context, r fosite.AccessRequester) bool {
	return r.GetGrantTypes().ExactOne(grantCode)
}

// HandleTokenEndpointRequest takes the code.
func (g *codeGrant) HandleTokenEndpointRequest(_ context.Context, r fosite.AccessRequester) error {
	c, form := r.GetClient().(*client), r.GetRequestForm()
	if !slices.Contains(c.grants(), grantCode) {
		return fosite.ErrUnauthorizedClient.WithHint("The client is not registered with grant_type authorization_code.")
	}
	if form.Get("code") == "" {
		return fosite.ErrInvalidRequest.WithHint("The parameter code is missing.")
	}
	taken, err := g.server.store.useCode(form.Get("code"), func(g *grant) error { return g.fits(c, form) })
	if err != nil {
		return err
	}
	state := r.GetSession().(*exchange)
	state.grant, state.first = taken, true
	return nil
}

// PopulateTokenEndpointResponse does nothing; see [Server.tokens].
func (*codeGrant) PopulateTokenEndpointResponse(context.Context, fosite.AccessRequester, fosite.AccessResponder) error {
	return nil
}

// fits tells why a code is not for this client and this form.
func (g *grant) fits(c *client, form url.Values) error {
	verifier := form.Get("code_verifier")
	switch {
	case g.client != c.ID:
		return refuseGrant("The code was given to another client.")
	case g.redirectURI != form.Get("redirect_uri"):
		return refuseGrant("redirect_uri is not the one of the authorization request.")
	case g.challenge == "" && verifier != "":
		return refuseGrant("There is a code_verifier, but the authorization request had no code_challenge.")
	case g.challenge == "":
		return nil
	case len(verifier) < 43 || len(verifier) > 128:
		return refuseGrant("code_verifier has %d characters; it must have 43 to 128.", len(verifier))
	}
	sum := sha256.Sum256([]byte(verifier))
	if subtle.ConstantTimeCompare([]byte(base64.RawURLEncoding.EncodeToString(sum[:])), []byte(g.challenge)) != 1 {
		return refuseGrant("code_verifier does not fit the code_challenge.")
	}
	return nil
}

// refreshGrant is the grant refresh_token.
type refreshGrant struct{ server *Server }

// CanSkipClientAuth is false: every client says who it is.
func (*refreshGrant) CanSkipClientAuth(context.Context, fosite.AccessRequester) bool { return false }

// CanHandleTokenEndpointRequest tells whether the request is for this grant.
func (*refreshGrant) CanHandleTokenEndpointRequest(_ context.Context, r fosite.AccessRequester) bool {
	return r.GetGrantTypes().ExactOne(grantRefresh)
}

// HandleTokenEndpointRequest takes the refresh token.
func (g *refreshGrant) HandleTokenEndpointRequest(_ context.Context, r fosite.AccessRequester) error {
	c := r.GetClient().(*client)
	if !g.server.mayRefresh(c) {
		return fosite.ErrUnauthorizedClient.WithHint("The client is not registered with grant_type refresh_token, or may not use it since it does not authenticate.")
	}
	token := r.GetRequestForm().Get("refresh_token")
	if token == "" {
		return fosite.ErrInvalidRequest.WithHint("The parameter refresh_token is missing.")
	}
	taken, err := g.server.store.useRefresh(token, c)
	if err != nil {
		return err
	}
	r.GetSession().(*exchange).grant = taken
	return nil
}

// mayRefresh tells whether a client is given refresh tokens.
func (s *Server) mayRefresh(c *client) bool {
	return slices.Contains(c.grants(), grantRefresh) && (!c.IsPublic() || !s.cfg.Guesses.NoPublicRefresh)
}

// PopulateTokenEndpointResponse does nothing; see [Server.tokens].
func (*refreshGrant) PopulateTokenEndpointResponse(context.Context, fosite.AccessRequester, fosite.AccessResponder) error {
	return nil
}

// tokens makes all tokens of an answer.
func (s *Server) tokens(c *client, e *exchange) (tokenAnswer, error) {
	g, now := e.grant, s.cfg.Now()
	out := tokenAnswer{TokenType: "Bearer", Scope: join(g.scopes)}
	lifetime := s.accessLifetime(c, g.scopes)
	out.ExpiresIn = int(lifetime.Seconds())
	claims := s.accessClaims(c, g, now, lifetime)
	var err error
	if out.AccessToken, err = s.accessToken(g, claims); err != nil {
		return out, err
	}
	s.store.keepAccess(out.AccessToken, g, claims)
	if e.first && g.has("openid") {
		if out.IDToken, err = s.idToken(c, g, now); err != nil {
			return out, err
		}
	}
	if s.mayRefresh(c) {
		var left time.Duration
		out.RefreshToken, left = s.store.newRefresh(g, seconds(c.Refresh, refreshLifetime), s.authorizationLifetime(c, g.scopes))
		out.RefreshExpiresIn = int(left.Seconds())
	}
	return out, nil
}

// refuseToken writes an error of an endpoint that clients call themselves.
func (s *Server) refuseToken(c echo.Context, client string, err error) error {
	known := fosite.ErrorToRFC6749Error(err)
	status := http.StatusBadRequest
	if known.ErrorField == fosite.ErrInvalidClient.ErrorField {
		status = http.StatusUnauthorized
		if _, _, basic := c.Request().BasicAuth(); basic {
			c.Response().Header().Set("WWW-Authenticate", `Basic realm="ID-porten"`)
		}
	}
	if known.CodeField >= http.StatusInternalServerError {
		status = known.CodeField
		s.cfg.Log.ErrorContext(c.Request().Context(), "internal fault", "error", err)
	}
	s.conclude(c.Request().Context(), fakeauth.Verdict{Refused: true, Client: clip(client), Error: known.ErrorField, Reason: describe(known)})
	return c.JSON(status, map[string]string{"error": known.ErrorField, "error_description": describe(known)})
}
