package idporten

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/ory/fosite"
)

// userinfo tells who a token is of, and with profile in which language. Source:
// Digdir, "/userinfo endpoint" (2026); RFC 6750 for the refusals. That openid alone
// will do is a guess; the names that clm opens are not emulated.
func (s *Server) userinfo(c echo.Context) error {
	scheme, bearer, _ := strings.Cut(c.Request().Header.Get("Authorization"), " ")
	h, active := s.store.active(bearer)
	switch {
	case !strings.EqualFold(scheme, "Bearer"):
		c.Response().Header().Set("WWW-Authenticate", "Bearer")
		return c.JSON(http.StatusUnauthorized, map[string]string{"error": "invalid_token", "error_description": "Send an access token: Authorization: Bearer <token>."})
	case !active:
		c.Response().Header().Set("WWW-Authenticate", `Bearer error="invalid_token"`)
		return c.JSON(http.StatusUnauthorized, map[string]string{"error": "invalid_token", "error_description": "The access token is not one that was given out here, or it ran out or was revoked."})
	case !h.has("openid") && !h.has("profile"):
		c.Response().Header().Set("WWW-Authenticate", `Bearer error="insufficient_scope", scope="openid profile"`)
		return c.JSON(http.StatusForbidden, map[string]string{"error": "insufficient_scope", "error_description": "Userinfo needs scope openid or profile."})
	}
	told := map[string]string{"sub": h.claims.Subject}
	if h.claims.PID != "" {
		told["pid"] = h.claims.PID
	}
	if h.has("profile") {
		told["locale"] = h.login.locale
	}
	return c.JSON(http.StatusOK, told)
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
	claims := h.claims
	claims.PID = h.login.pid // also where the token hides it
	return c.JSON(http.StatusOK, struct {
		Active    bool   `json:"active"`
		TokenType string `json:"token_type"`
		ExpiresIn int    `json:"expires_in"`
		accessClaims
	}{true, "Bearer", int(h.until.Sub(s.cfg.Now()).Seconds()), claims})
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
