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

// request is a checked request for a login.
type request struct {
	client     *client
	issuer     string
	redirect   string
	state      string
	mode       fosite.ResponseModeType
	scopes     []string
	nonce      string
	challenge  string
	levels     []string // acr_values; empty asks for substantial
	prompt     string
	resource   string
	onBehalfOf string
	hint       string
	locales    string
}

// maxForm caps what is read of a request, in bytes.
const maxForm = 64 << 10

// authorize answers /authorize: at once for who has logged in already or says in
// login_hint who it is, else by way of the login page.
func (s *Server) authorize(c echo.Context) error {
	r, err := s.readRequest(c)
	if err != nil {
		return err
	}
	if pid, acr, ok := headless(r.hint); ok {
		return s.withoutBrowser(c, r, pid, acr)
	}
	cookie := browserOf(c)
	if l, ok := s.sso.find(cookie, r.client); ok && r.prompt != "login" && r.satisfiedBy(l.acr) {
		return s.grant(c, r, l, cookie)
	}
	if r.prompt == "none" {
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
	if hr.Form.Has("request_uri") {
		if err := onlyPushed(hr.Form); err != nil {
			return nil, err
		}
	}
	asked := hr.Form.Get("client_id")
	ar, err := s.provider.NewAuthorizeRequest(ctx, hr)
	err = anyState(err)
	r, rest := newRequest(ar, issuer)
	switch {
	case r == nil || asked != r.client.ID || !ar.IsRedirectURIValid() || !r.exact():
		return nil, pageFault(err, r)
	case err != nil:
		return nil, &answered{r, refusalFrom(err)}
	case rest != nil:
		return nil, &answered{r, refusalFrom(rest)}
	}
	return r, nil
}

// anyState lets go of fosite's last check, that state is long: ID-porten takes any,
// and none of a client that authenticates.
func anyState(err error) error {
	if errors.Is(err, fosite.ErrInvalidState) {
		return nil
	}
	return err
}

func repeated(form url.Values) string {
	for name, values := range form {
		if len(values) > 1 {
			return clip(name)
		}
	}
	return ""
}

// onlyPushed refuses parameters beside a pushed request. Source: Digdir, "PAR".
func onlyPushed(form url.Values) error {
	if form.Get("client_id") == "" {
		return fosite.ErrInvalidRequest.WithHint("With request_uri the parameter client_id must be sent too.")
	}
	if !strings.HasPrefix(form.Get("request_uri"), requestURIPrefix) {
		return fosite.ErrInvalidRequestURI.WithHintf("request_uri must be one that /par gave; it begins with %s.", requestURIPrefix)
	}
	for name := range form {
		if name != "request_uri" && name != "client_id" {
			return fosite.ErrInvalidRequest.WithHintf("Beside request_uri only client_id may be sent, not %s.", clip(name))
		}
	}
	return nil
}

// pageFault is an error that stays here, since the client's address is not to be
// trusted.
func pageFault(err error, r *request) error {
	if err == nil || r != nil && r.client != nil && !r.exact() {
		return fosite.ErrInvalidRequest.WithHint("redirect_uri is not one of the addresses that the client is registered with, character for character.")
	}
	return err
}

// newRequest reads what fosite does not, and says what is wrong with it. It is nil
// where not even the client is known.
func newRequest(ar fosite.AuthorizeRequester, issuer string) (*request, error) {
	c, ok := ar.GetClient().(*client)
	if !ok {
		return nil, nil
	}
	form := ar.GetRequestForm()
	r := &request{
		client: c, issuer: issuer, redirect: form.Get("redirect_uri"), state: form.Get("state"), mode: ar.GetResponseMode(),
		scopes: ar.GetRequestedScopes(), nonce: form.Get("nonce"), challenge: form.Get("code_challenge"),
		levels: strings.Fields(form.Get("acr_values")), prompt: form.Get("prompt"), resource: form.Get("resource"),
		onBehalfOf: form.Get("onbehalfof"), hint: form.Get("login_hint"), locales: form.Get("ui_locales"),
	}
	return r, r.check(form)
}

var challengeShape = regexp.MustCompile(`^[A-Za-z0-9_-]{43}$`)

func (r *request) check(form url.Values) error {
	bad := func(hint string, args ...any) error { return fosite.ErrInvalidRequest.WithHintf(hint, args...) }
	method := form.Get("code_challenge_method")
	switch {
	case r.challenge == "" && (r.client.needsChallenge() || method != ""):
		return bad("code_challenge is missing; the client must use PKCE.")
	case r.challenge != "" && method != "S256":
		return bad("code_challenge_method is %q; only S256 is accepted.", clip(method))
	case r.challenge != "" && !challengeShape.MatchString(r.challenge):
		return bad("code_challenge must be the 43 characters of a SHA-256 in base64url, without padding.")
	case r.client.IsPublic() && r.state == "":
		return bad("state is missing; a public client must send it.")
	case !slices.Contains([]string{"", "login", "none", "consent"}, r.prompt):
		return bad("prompt is %q; there are login, none and consent.", clip(r.prompt))
	case form.Has("request"):
		return fosite.ErrRequestNotSupported.WithHint("The parameter request is not supported.")
	}
	if _, err := url.ParseRequestURI(r.resource); r.resource != "" && err != nil {
		return bad("resource is %q, which is not a URI.", clip(r.resource))
	}
	if len(r.levels) > 0 && !slices.ContainsFunc(r.levels, func(l string) bool { _, ok := rank(l); return ok }) {
		return bad("acr_values names no level that there is; the levels are %s.", join(acrs)) // a guess: nothing says what is answered
	}
	return nil
}

// exact tells whether the redirect address is one of the client's to the last
// character. A native client may choose the port of its loopback address.
// Source: Digdir, "Klienttyper".
func (r *request) exact() bool {
	if slices.Contains(r.client.RedirectURIs, r.redirect) {
		return true
	}
	if r.client.ApplicationType != "native" {
		return false
	}
	asked, err := url.Parse(r.redirect)
	return err == nil && slices.ContainsFunc(r.client.RedirectURIs, func(registered string) bool {
		own, err := url.Parse(registered)
		if err != nil || own.Hostname() != "127.0.0.1" || own.Port() != "" && own.Port() != "*" {
			return false
		}
		return asked.Scheme == own.Scheme && asked.User == nil && asked.Hostname() == own.Hostname() && asked.Path == own.Path && asked.RawQuery == own.RawQuery && asked.Fragment == ""
	})
}

// lowest is the lowest level that will do.
func (r *request) lowest() string {
	best, least := levelSubstantial, -1
	for _, l := range r.levels {
		if n, ok := rank(l); ok && (least < 0 || n < least) {
			best, least = acrs[n], n
		}
	}
	return best
}

// satisfiedBy tells whether a level will do: the one asked for, or a higher one.
func (r *request) satisfiedBy(acr string) bool {
	have, _ := rank(acr)
	need, _ := rank(r.lowest())
	return have >= need
}

var hintShape = regexp.MustCompile(`^testid:([0-9]{11})_(.+)$`)

// headless reads a login_hint that says who logs in. Source: Digdir, "Headless
// innlogging" (2026).
func headless(hint string) (pid, acr string, ok bool) {
	m := hintShape.FindStringSubmatch(hint)
	if m == nil {
		return "", "", false
	}
	return m[1], m[2], true
}

// withoutBrowser logs somebody in who never sees a page, and leaves no cookie.
func (s *Server) withoutBrowser(c echo.Context, r *request, pid, acr string) error {
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
	return s.grant(c, r, login{pid: pid, acr: acr, at: s.cfg.Now(), locale: languageOf(c, r.locales).Code()}, "")
}

// grant gives the client a code.
func (s *Server) grant(c echo.Context, r *request, l login, cookie string) error {
	g := &grant{
		id: random(18), client: r.client.ID, scopes: r.scopes, resource: r.resource, onBehalfOf: r.onBehalfOf, nonce: r.nonce,
		redirectURI: r.redirect, challenge: r.challenge, issuer: r.issuer, login: l, begun: s.cfg.Now(),
	}
	if cookie != "" {
		g.sid = s.sso.join(cookie, r.client, r.issuer)
	}
	s.conclude(c.Request().Context(), fakeauth.Verdict{Client: r.client.ID, Reason: "a login at " + l.acr + " for scope " + join(r.scopes)})
	return s.answer(c, r, url.Values{"code": {s.store.newCode(g)}})
}

// push answers /par.
func (s *Server) push(c echo.Context) error {
	hr := c.Request()
	hr.Body = http.MaxBytesReader(c.Response(), hr.Body, maxForm)
	issuer := s.cfg.Issuer(hr)
	ctx := withIssuer(hr.Context(), issuer)
	if err := onlyForm(hr); err != nil {
		return s.refuseToken(c, "", err)
	}
	ar, err := s.provider.NewPushedAuthorizeRequest(ctx, hr)
	if err = anyState(err); err != nil {
		return s.refuseToken(c, hr.Form.Get("client_id"), err)
	}
	r, err := newRequest(ar, issuer)
	if err == nil && !r.exact() {
		err = pageFault(nil, r)
	}
	if err != nil {
		return s.refuseToken(c, r.client.ID, err)
	}
	uri := requestURIPrefix + random(32)
	if err := s.store.CreatePARSession(ctx, uri, ar); err != nil {
		return err
	}
	s.conclude(ctx, fakeauth.Verdict{Client: r.client.ID, Reason: "kept a pushed request"})
	return c.JSON(http.StatusCreated, map[string]any{"request_uri": uri, "expires_in": int(pushedLifetime.Seconds())})
}

// onlyForm reads a form of a body, where a query means nothing.
func onlyForm(r *http.Request) error {
	if r.Method != http.MethodPost {
		return fosite.ErrInvalidRequest.WithHintf("The method is %s and must be POST.", r.Method)
	}
	r.URL.RawQuery = ""
	if err := r.ParseForm(); err != nil {
		var large *http.MaxBytesError
		if errors.As(err, &large) {
			return fosite.ErrInvalidRequest.WithHintf("The body has more than %d bytes.", maxForm)
		}
		return fosite.ErrInvalidRequest.WithHint("The form cannot be read.")
	}
	if name := repeated(r.PostForm); name != "" {
		return fosite.ErrInvalidRequest.WithHintf("The parameter %s is given more than once.", name)
	}
	return nil
}
