package idporten

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"net/http"
	"net/url"
	"slices"
	"strings"
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
	if !slices.Contains(c.grants(), grantRefresh) {
		return fosite.ErrUnauthorizedClient.WithHint("The client is not registered with grant_type refresh_token.")
	}
	taken, err := g.server.store.useRefresh(r.GetRequestForm().Get("refresh_token"), c)
	if err != nil {
		return err
	}
	r.GetSession().(*exchange).grant = taken
	return nil
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
	var err error
	if out.AccessToken, err = s.accessToken(c, g, now, lifetime); err != nil {
		return out, err
	}
	s.store.keepAccess(out.AccessToken, g, now.Add(lifetime))
	if e.first && g.has("openid") {
		if out.IDToken, err = s.idToken(c, g, now); err != nil {
			return out, err
		}
	}
	if slices.Contains(c.grants(), grantRefresh) {
		var left time.Duration
		out.RefreshToken, left = s.store.newRefresh(g, c)
		out.RefreshExpiresIn = int(left.Seconds())
	}
	return out, nil
}

// accessLifetime is the client's own, but no longer than any scope allows.
func (s *Server) accessLifetime(c *client, scopes []string) time.Duration {
	lifetime := seconds(c.TokenLifetime, accessLifetime)
	for _, name := range scopes {
		if scope, ok := s.cfg.Scope(name); ok && scope.MaxAge > 0 {
			lifetime = min(lifetime, time.Duration(scope.MaxAge)*time.Second)
		}
	}
	return lifetime
}

// accessClaims is the payload of an access token. Source: Digdir, "Access token".
type accessClaims struct {
	Issuer    string   `json:"iss"`
	Subject   string   `json:"sub"`
	PID       string   `json:"pid"`
	ACR       string   `json:"acr"`
	Scope     string   `json:"scope"`
	ClientID  string   `json:"client_id"`
	ClientAMR string   `json:"client_amr"`
	Consumer  consumer `json:"consumer"`
	Audience  string   `json:"aud,omitempty"` // resource; without one it is left out (a guess: the pages differ)
	IssuedAt  int64    `json:"iat"`
	Expires   int64    `json:"exp"`
	ID        string   `json:"jti"`
}

// consumer is the client's organisation, by ISO 6523: 0192 is the Norwegian
// register.
type consumer struct {
	Authority string `json:"authority"`
	ID        string `json:"ID"`
}

// accessToken is a JWT, or an opaque text where a scope demands that.
func (s *Server) accessToken(c *client, g *grant, now time.Time, lifetime time.Duration) (string, error) {
	for _, name := range g.scopes {
		if scope, ok := s.cfg.Scope(name); ok && scope.TokenType == "OPAQUE" {
			return random(32), nil
		}
	}
	return s.sign(s.accessClaims(c, g, now, lifetime))
}

func (s *Server) accessClaims(c *client, g *grant, now time.Time, lifetime time.Duration) accessClaims {
	return accessClaims{
		Issuer: g.issuer, Subject: s.subject(c, g.login.pid), PID: g.login.pid, ACR: g.login.acr, Scope: join(g.scopes), ClientID: c.ID,
		ClientAMR: c.authMethod(), Consumer: consumer{"iso6523-actorid-upis", "0192:" + c.Org}, Audience: g.resource,
		IssuedAt: now.Unix(), Expires: now.Add(lifetime).Unix(), ID: random(32),
	}
}

// idClaims is the payload of an id_token. Source: Digdir, "ID-token".
type idClaims struct {
	Issuer     string   `json:"iss"`
	Subject    string   `json:"sub"`
	Audience   string   `json:"aud"`
	PID        string   `json:"pid"`
	ACR        string   `json:"acr"`
	AMR        []string `json:"amr"`
	AuthTime   int64    `json:"auth_time"`
	IssuedAt   int64    `json:"iat"`
	Expires    int64    `json:"exp"`
	Nonce      string   `json:"nonce,omitempty"`
	Locale     string   `json:"locale"`
	ID         string   `json:"jti"`
	Session    string   `json:"sid,omitempty"`
	OnBehalfOf string   `json:"onbehalfof,omitempty"`
}

func (s *Server) idToken(c *client, g *grant, now time.Time) (string, error) {
	claims := idClaims{
		Issuer: g.issuer, Subject: s.subject(c, g.login.pid), Audience: c.ID, PID: g.login.pid, ACR: g.login.acr, AMR: []string{"TestID"},
		AuthTime: g.login.at.Unix(), IssuedAt: now.Unix(), Expires: now.Add(idTokenLifetime).Unix(),
		Nonce: g.nonce, Locale: g.login.locale, ID: random(32), OnBehalfOf: g.onBehalfOf,
	}
	if c.SessionRequired {
		claims.Session = g.sid
	}
	return s.sign(claims)
}

// subject is another for each client, and the same each time.
func (*Server) subject(c *client, pid string) string {
	mac := hmac.New(sha256.New, []byte("pairwise subject of a sandbox, no secret"))
	_, _ = mac.Write([]byte(c.ID + "\x00" + pid))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// refuseToken writes an error of an endpoint that clients call themselves.
func (s *Server) refuseToken(c echo.Context, client string, err error) error {
	known := fosite.ErrorToRFC6749Error(err)
	status := http.StatusBadRequest
	if known.ErrorField == fosite.ErrInvalidClient.ErrorField {
		status = http.StatusUnauthorized
		if _, _, basic := c.Request().BasicAuth(); basic {
			c.Response().Header().Set("WWW-Authenticate", "Basic")
		}
	}
	if known.CodeField >= http.StatusInternalServerError {
		status = known.CodeField
		s.cfg.Log.ErrorContext(c.Request().Context(), "internal fault", "error", err)
	}
	s.conclude(c.Request().Context(), fakeauth.Verdict{Refused: true, Client: clip(client), Error: known.ErrorField, Reason: describe(known)})
	return c.JSON(status, map[string]string{"error": known.ErrorField, "error_description": describe(known)})
}

// userinfo tells who a token is of. Source: Digdir, "Userinfo".
func (s *Server) userinfo(c echo.Context) error {
	bearer, ok := strings.CutPrefix(c.Request().Header.Get("Authorization"), "Bearer ")
	h, active := s.store.active(bearer)
	switch {
	case !ok || !active:
		c.Response().Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		return c.JSON(http.StatusUnauthorized, map[string]string{"error": "invalid_token", "error_description": "The access token is missing, ran out or was revoked."})
	case !h.has("profile"):
		c.Response().Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="profile"`)
		return c.JSON(http.StatusForbidden, map[string]string{"error": "insufficient_scope", "error_description": "Userinfo needs scope profile."})
	}
	owner, err := s.client(h.client, h.issuer)
	if err != nil {
		return s.refuseToken(c, h.client, err)
	}
	return c.JSON(http.StatusOK, map[string]string{"sub": s.subject(owner, h.login.pid), "pid": h.login.pid, "locale": h.login.locale})
}

// scopeIntrospect lets a client ask about tokens. That the token's scope must name
// the client too is not emulated.
const scopeIntrospect = "idporten:token.introspection"

func (s *Server) introspect(c echo.Context) error {
	asker, token, err := s.asker(c)
	if err != nil {
		return s.refuseToken(c, "", err)
	}
	h, ok := s.store.active(token)
	if !ok || !slices.Contains(asker.Scopes, scopeIntrospect) {
		return c.JSON(http.StatusOK, map[string]bool{"active": false})
	}
	owner, err := s.client(h.client, h.issuer)
	if err != nil {
		return s.refuseToken(c, h.client, err)
	}
	left := h.until.Sub(s.cfg.Now())
	claims := s.accessClaims(owner, h.grant, h.until.Add(-s.accessLifetime(owner, h.scopes)), s.accessLifetime(owner, h.scopes))
	return c.JSON(http.StatusOK, struct {
		Active    bool   `json:"active"`
		TokenType string `json:"token_type"`
		ExpiresIn int    `json:"expires_in"`
		accessClaims
	}{true, "Bearer", int(left.Seconds()), claims})
}

func (s *Server) revoke(c echo.Context) error {
	asker, token, err := s.asker(c)
	if err != nil {
		return s.refuseToken(c, "", err)
	}
	s.store.revokeToken(token, asker.ID)
	return c.NoContent(http.StatusOK)
}

// asker reads a form with a token, of a client that authenticates.
func (s *Server) asker(c echo.Context) (*client, string, error) {
	hr := c.Request()
	hr.Body = http.MaxBytesReader(c.Response(), hr.Body, maxForm)
	if err := onlyForm(hr); err != nil {
		return nil, "", err
	}
	found, err := s.authenticate(withIssuer(hr.Context(), s.cfg.Issuer(hr)), hr, hr.PostForm)
	if err != nil {
		return nil, "", err
	}
	if !hr.PostForm.Has("token") {
		return nil, "", fosite.ErrInvalidRequest.WithHint("The parameter token is missing.")
	}
	return found.(*client), hr.PostForm.Get("token"), nil
}
