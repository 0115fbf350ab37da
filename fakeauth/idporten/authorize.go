package idporten

import (
	"errors"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/ory/fosite"

	"liksom/fakeauth"
)

// maxForm caps what is read of a request, in bytes.
const maxForm = 64 << 10

// authorize answers /authorize: at once for who has logged in already or says in
// login_hint who it is, else by way of the login page.
func (s *Server) authorize(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	if strings.HasPrefix(r.hint, headlessPrefix) {
		return s.withoutBrowser(c, r)
	}
	cookie := browserOf(c)
	forced := slices.Contains(r.prompt, "login") || s.demandsLogin(r.scopes)
	if l, ok := s.sso.find(cookie, r.client); ok && !forced && r.satisfiedBy(l.acr) {
		return s.grant(c, r, l, cookie)
	}
	if slices.Contains(r.prompt, "none") {
		return s.answer(c, r, refusalOf(fosite.ErrLoginRequired, "Nobody is logged in at the level that was asked for, and prompt=none forbids to ask."))
	}
	if cookie == "" {
		cookie = random(32)
		s.keepBrowser(c, cookie)
	}
	id := s.sso.wait(cookie, r)
	return c.Redirect(http.StatusFound, r.issuer+"/authorize/selector?id="+id)
}

// readRequest reads and checks a request. An error that may be shown to the
// client is answered there; the others become a page.
func (s *Server) readRequest(c echo.Context) (*request, error) {
	hr := c.Request()
	hr.Body = http.MaxBytesReader(c.Response(), hr.Body, maxForm)
	if err := hr.ParseForm(); err != nil {
		return nil, fosite.ErrInvalidRequest.WithHint("The form cannot be read.")
	}
	if name := repeated(hr.Form); name != "" {
		return nil, fosite.ErrInvalidRequest.WithHintf("The parameter %s is given more than once.", name)
	}
	issuer := s.cfg.Issuer(hr)
	ctx := withIssuer(hr.Context(), issuer)
	asked := hr.Form.Get("client_id")
	if hr.Form.Has("request_uri") {
		if err := s.onlyPushed(ctx, hr.Form); err != nil {
			return nil, err
		}
	} else if _, err := s.client(asked, issuer); err != nil {
		return nil, err
	}
	byValue := requestObject(hr.Form)
	ar, err := s.provider.NewAuthorizeRequest(withRedirect(ctx, hr.Form.Get("redirect_uri")), hr)
	err = ownWords(err, hr.Form)
	r, rest := s.newRequest(ar, issuer)
	switch {
	case r != nil && asked != r.client.ID:
		return nil, fosite.ErrInvalidRequestURI.WithHint("The request_uri was pushed by another client.")
	case r == nil || !ar.IsRedirectURIValid() || !r.client.accepts(r.redirect):
		return nil, pageFault(err, r)
	}
	for _, fault := range []error{byValue, err, rest} {
		if fault != nil {
			return nil, &answered{r, refusalFrom(fault)}
		}
	}
	return r, nil
}

// ownWords lets go of fosite's last check, that state is long: ID-porten takes any,
// and none of a client that authenticates.
func ownWords(err error, form url.Values) error {
	switch {
	case errors.Is(err, fosite.ErrInvalidState):
		return nil
	case errors.Is(err, fosite.ErrUnsupportedResponseType):
		return fosite.ErrUnsupportedResponseType.WithHintf("response_type is %q; only code is supported.", clip(form.Get("response_type")))
	}
	return err
}

// requestObject takes a request object by value out of a form, before fosite,
// which would refuse it without saying so to the client. Source: the discovery
// document, request_parameter_supported; a page of Digdir's has it still.
func requestObject(form url.Values) error {
	if !form.Has("request") {
		return nil
	}
	form.Del("request")
	return fosite.ErrRequestNotSupported.WithHint("A request object (the parameter request) is not supported; send the parameters themselves, or push them to /par.")
}

func repeated(form url.Values) string {
	for name, values := range form {
		if len(values) > 1 {
			return clip(name)
		}
	}
	return ""
}

// pageFault is an error that stays here, since the client's address is not to be
// trusted.
func pageFault(err error, r *request) error {
	if err == nil || r != nil && r.client != nil && !r.client.accepts(r.redirect) {
		return fosite.ErrInvalidRequest.WithHint("redirect_uri is not one of the addresses that the client is registered with, character for character.")
	}
	return err
}

// headlessPrefix begins a login_hint that says who logs in, followed by the number,
// "_" and the level. Source: Digdir, "Automatisert testing med ID-porten" (2026).
const headlessPrefix = "testid:"

var headlessShape = regexp.MustCompile(`^[0-9]{11}_`)

// withoutBrowser logs somebody in who never sees a page, and leaves no cookie. What
// is answered to a hint that is wrong is a guess.
func (s *Server) withoutBrowser(c echo.Context, r *request) error {
	hint := strings.TrimPrefix(r.hint, headlessPrefix)
	if !headlessShape.MatchString(hint) {
		return s.answer(c, r, refusalOf(fosite.ErrInvalidRequest, "login_hint must be testid:, 11 digits, _ and a level, such as testid:05840399895_idporten-loa-high."))
	}
	pid, acr, _ := strings.Cut(hint, "_")
	if _, ok := rank(acr); !ok || !strings.HasPrefix(acr, "idporten-") {
		return s.answer(c, r, refusalOf(fosite.ErrInvalidRequest, "login_hint ends with a level that there is not; use _idporten-loa-substantial or _idporten-loa-high."))
	}
	if why := s.cfg.People.Check(pid); why != "" {
		return s.answer(c, r, refusalOf(fosite.ErrInvalidRequest, "The number in login_hint cannot log in: "+why+"."))
	}
	if !r.satisfiedBy(acr) {
		return s.answer(c, r, refusalOf(fosite.ErrInvalidRequest, "The level in login_hint is lower than acr_values asks for."))
	}
	for _, name := range []string{cookieSession, "SESSION"} {
		http.SetCookie(c.Response(), &http.Cookie{Name: name, Path: "/", MaxAge: -1, HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
	return s.grant(c, r, login{pid: pid, acr: acr, at: s.cfg.Now(), locale: localeOf(c, r.locales)}, "")
}

// grant gives the client a code.
func (s *Server) grant(c echo.Context, r *request, l login, cookie string) error {
	g := &grant{
		client: r.client.ID, scopes: r.scopes, resource: r.resource, onBehalfOf: r.onBehalfOf, nonce: r.nonce,
		redirectURI: r.redirect, challenge: r.challenge, issuer: r.issuer, login: l, begun: s.cfg.Now(),
	}
	if cookie != "" {
		g.sid = s.sso.join(cookie, r.client)
	}
	s.conclude(c.Request().Context(), fakeauth.Verdict{Client: r.client.ID, Reason: "a login at " + l.acr + " for scope " + join(r.scopes)})
	return s.answer(c, r, url.Values{"code": {s.store.newCode(g)}})
}
