package idporten

import (
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4"
	"github.com/labstack/echo/v4"
	"github.com/ory/fosite"

	"liksom/fakeauth"
	"liksom/sandbox/words"
)

// logoutPage tells all clients of the session, each in a frame, and goes on.
type logoutPage struct {
	frame
	Frames []string
	Target string // where to go on; "" to stay
}

// logout ends the browser's sessions. Source: Digdir, "Utlogging".
func (s *Server) logout(c echo.Context) error {
	hr := c.Request()
	hr.Body = http.MaxBytesReader(c.Response(), hr.Body, maxForm)
	if err := hr.ParseForm(); err != nil {
		return fosite.ErrInvalidRequest.WithHint("The form cannot be read.")
	}
	issuer := s.cfg.Issuer(hr)
	target, by, err := s.afterLogout(hr.Form, issuer)
	if err != nil {
		return err
	}
	cookie := browserOf(c)
	if cookie == "" {
		return fosite.ErrInvalidRequest.WithHint("The browser sent no cookie of ID-porten, so nobody was logged out.")
	}
	page := logoutPage{frame: s.frame(c, issuer, ""), Target: target}
	page.Title = page.T("logout.title")
	for _, one := range s.sso.end(cookie) {
		s.store.revokeLogin(one.login.session)
		page.Frames = append(page.Frames, s.frontChannel(one, issuer)...)
	}
	http.SetCookie(c.Response(), &http.Cookie{Name: cookieSession, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	s.conclude(hr.Context(), fakeauth.Verdict{Client: by, Reason: "logged out"})
	if len(page.Frames) == 0 && target != "" {
		return c.Redirect(http.StatusFound, target)
	}
	if target != "" { // frames get a moment
		c.Response().Header().Set("Refresh", "1; url="+target)
	}
	return s.render(c, http.StatusOK, "logout", page)
}

// frontChannel lists what to load, in the order of the clients' names.
func (s *Server) frontChannel(one *session, issuer string) []string {
	var out []string
	for id, sid := range one.sids {
		c, err := s.client(id, issuer)
		if err != nil || c.FrontChannelURI == "" {
			continue
		}
		u, err := url.Parse(c.FrontChannelURI)
		if err != nil {
			continue
		}
		if c.SessionRequired {
			q := u.Query()
			q.Set("iss", issuer)
			q.Set("sid", sid)
			u.RawQuery = q.Encode()
		}
		out = append(out, u.String())
	}
	slices.Sort(out)
	return out
}

// afterLogout gives where the browser goes on to: only to an address of the client
// that asks, who is named by its id_token, which may have run out, or by client_id.
func (s *Server) afterLogout(form url.Values, issuer string) (target, id string, err error) {
	bad := func(hint string) (string, string, error) { return "", "", fosite.ErrInvalidRequest.WithHint(hint) }
	if id, err = s.hinted(form); err != nil {
		return "", "", err
	}
	uri, state := form.Get("post_logout_redirect_uri"), form.Get("state")
	switch {
	case uri == "":
		return "", id, nil
	case id == "":
		return bad("post_logout_redirect_uri needs id_token_hint or client_id beside it.")
	case strings.ContainsFunc(state, func(r rune) bool { return r < 0x20 || r > 0x7e }):
		return bad("state may hold printable ASCII characters only.")
	}
	c, err := s.client(id, issuer)
	if err != nil {
		return "", "", err
	}
	if !slices.Contains(c.PostLogoutURIs, uri) {
		return bad("post_logout_redirect_uri is not one of the addresses that the client is registered with.")
	}
	u, err := url.Parse(uri)
	if err != nil {
		return bad("post_logout_redirect_uri is not a URI.")
	}
	if state != "" {
		q := u.Query()
		q.Set("state", state)
		u.RawQuery = q.Encode()
	}
	return u.String(), id, nil
}

// hinted gives the client that a request names.
func (s *Server) hinted(form url.Values) (string, error) {
	id, hint := form.Get("client_id"), form.Get("id_token_hint")
	if hint == "" {
		return id, nil
	}
	signed, err := jose.ParseSignedCompact(hint, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return "", fosite.ErrInvalidRequest.WithHint("id_token_hint is not an id_token.")
	}
	payload, err := signed.Verify(s.public.Key)
	var claims idClaims
	if err != nil || json.Unmarshal(payload, &claims) != nil || !s.cfg.Serves(claims.Issuer) || claims.Audience == "" {
		return "", fosite.ErrInvalidRequest.WithHint("id_token_hint is not an id_token of this ID-porten.")
	}
	if id != "" && id != claims.Audience {
		return "", fosite.ErrInvalidRequest.WithHint("client_id is not the one that id_token_hint was given to.")
	}
	return claims.Audience, nil
}

// chooseLanguage keeps the language that the user picks, and goes back to the page.
func (s *Server) chooseLanguage(c echo.Context) error {
	issuer := s.cfg.Issuer(c.Request())
	if l, ok := words.Parse(c.QueryParam("til")); ok {
		http.SetCookie(c.Response(), &http.Cookie{Name: cookieLanguage, Value: l.Code(), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
	id := c.QueryParam("id")
	if _, ok := s.sso.waiting(id, browserOf(c)); !ok {
		return fosite.ErrInvalidRequest.WithHint("There is no login under way to go back to.")
	}
	return c.Redirect(http.StatusFound, issuer+"/authorize/selector?id="+url.QueryEscape(id))
}
