package relying

import (
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

const base = "http://liksom.test"

var key = sync.OnceValue(func() jose.JSONWebKey {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return jose.JSONWebKey{Key: k, KeyID: "a", Algorithm: "RS256", Use: "sig"}
})

func public() jose.JSONWebKey {
	private := key()
	return private.Public()
}

// idporten answers as ID-porten's back-channel does, and says in the id_token what
// the test wants.
type idporten struct {
	t      *testing.T
	now    time.Time
	claims map[string]any
	forms  []url.Values // that the token endpoint got
	refuse string       // the error of the next token request
}

func (p *idporten) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	var answer any
	switch r.URL.Path {
	case "/idporten/.well-known/openid-configuration":
		at := base + "/idporten"
		answer = metadata{at, at + "/authorize", at + "/token", at + "/userinfo", at + "/jwks.json", at + "/logout"}
	case "/idporten/jwks.json":
		answer = jose.JSONWebKeySet{Keys: []jose.JSONWebKey{public()}}
	case "/idporten/token":
		if err := r.ParseForm(); err != nil {
			p.t.Error(err)
		}
		p.forms = append(p.forms, r.PostForm)
		answer = tokens{AccessToken: "access-" + r.PostForm.Get("grant_type"), RefreshToken: "refresh", IDToken: p.idToken(), ExpiresIn: 120, Error: p.refuse}
	default:
		p.t.Errorf("asked for %s", r.URL)
	}
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(answer); err != nil {
		p.t.Error(err)
	}
	return w.Result(), nil
}

func (p *idporten) idToken() string {
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key()}, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	out, err := jwt.Signed(signer).Claims(p.claims).Serialize()
	if err != nil {
		p.t.Fatal(err)
	}
	return out
}

// browser is one that visits a client, and keeps its cookie.
type browser struct {
	*idporten
	client *Client[string]
	cookie string
}

func newBrowser(t *testing.T, change func(*Config[string])) *browser {
	t.Helper()
	b := &browser{idporten: &idporten{t: t, now: time.Unix(1_790_000_000, 0)}}
	c := Config[string]{
		Now: func() time.Time { return b.now }, Base: func(*http.Request) string { return base }, Send: b, Issuer: "/idporten", Path: "/tjeneste",
		ClientID: "klient", Secret: func() string { return "hemmelig" }, Ended: func(why Ending) string { return string(why) },
	}
	if change != nil {
		change(&c)
	}
	var err error
	if b.client, err = New(c); err != nil {
		t.Fatal(err)
	}
	return b
}

// visit does one request, and keeps the cookie that is set in it.
func (b *browser) visit(target string, do func(*Visit[string])) *Visit[string] {
	r, w := httptest.NewRequestWithContext(b.t.Context(), http.MethodGet, target, nil), httptest.NewRecorder()
	if b.cookie != "" {
		r.AddCookie(&http.Cookie{Name: "klient", Value: b.cookie})
	}
	v := b.client.Visit(w, r)
	if do != nil {
		do(v)
	}
	for _, c := range w.Result().Cookies() {
		if b.cookie = c.Value; c.Path != "/tjeneste/" || !c.HttpOnly {
			b.t.Errorf("the cookie is %v", c)
		}
	}
	return v
}

// begin gives what the browser brings to ID-porten, which then tells of a login.
func (b *browser) begin(ask Ask) url.Values {
	b.t.Helper()
	var sent url.Values
	b.visit("/tjeneste/logg-inn", func(v *Visit[string]) {
		target, err := v.Begin(ask)
		if err != nil {
			b.t.Fatal(err)
		}
		at, err := url.Parse(target)
		if err != nil || !strings.HasPrefix(target, base+"/idporten/authorize?") {
			b.t.Fatalf("sent to %s: %v", target, err)
		}
		sent = at.Query()
	})
	at := b.now.Unix()
	b.claims = map[string]any{
		"iss": base + "/idporten", "aud": "klient", "sub": "s", "iat": at, "exp": at + 120, "auth_time": at - 60, "nonce": sent.Get("nonce"),
		"pid": "05840399895", "acr": "idporten-loa-substantial", "amr": []string{"TestID"}, "sid": "økt",
	}
	return sent
}

// back comes back with ID-porten's answer, changed as the test wants.
func (b *browser) back(sent url.Values, changes ...string) (back string, err error) {
	q := url.Values{"code": {"kode"}, "state": {sent.Get("state")}, "iss": {base + "/idporten"}}
	for i := 0; i < len(changes); i += 2 {
		q.Set(changes[i], changes[i+1])
	}
	b.visit("/tjeneste/callback?"+q.Encode(), func(v *Visit[string]) { back, err = v.Callback() })
	return back, err
}

func (b *browser) login() {
	b.t.Helper()
	if _, err := b.back(b.begin(Ask{})); err != nil {
		b.t.Fatal(err)
	}
}

func TestLogin_leads_to_a_session_and_back(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, func(c *Config[string]) { c.Scopes = []string{"krr:user/spraak.write"} })
	sent := b.begin(Ask{Level: "idporten-loa-substantial", Prompt: "login", UILocales: "nn", Return: "/tjeneste/epost?x=1"})
	for name, want := range map[string]string{
		"client_id": "klient", "redirect_uri": base + "/tjeneste/callback", "scope": "openid profile krr:user/spraak.write", "prompt": "login", "ui_locales": "nn",
		"acr_values": "idporten-loa-substantial", "response_type": "code", "code_challenge_method": "S256",
	} {
		if sent.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, sent.Get(name), want)
		}
	}
	before := b.cookie
	back, err := b.back(sent)
	if err != nil || back != "/tjeneste/epost?x=1" || b.cookie == before {
		t.Fatalf("back to %q, %v; a cookie from before the login: %t", back, err, b.cookie == before)
	}
	s := b.visit("/tjeneste/", nil).Session
	if s == nil || s.PID != "05840399895" || s.ACR != "idporten-loa-substantial" || s.AMR[0] != "TestID" || s.SID != "økt" || s.Userinfo != base+"/idporten/userinfo" || s.IssuedAt-s.AuthTime != 60 {
		t.Errorf("the session is %+v", s)
	}
	if f := b.forms[0]; f.Get("client_secret") != "hemmelig" || f.Get("code") != "kode" || len(f.Get("code_verifier")) < 43 || f.Has("client_assertion") {
		t.Errorf("the code was shown with %v", f)
	}
	if _, err := b.back(sent); !errors.Is(err, ErrForeign) {
		t.Errorf("the same answer again: %v", err)
	}
}

func TestCallback_logs_in_only_with_the_answer_that_was_asked_for(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		changes []string // of the answer
		claim   string
		value   any
		refuse  string
		foreign bool
		refused string
	}{
		"another state":                        {changes: []string{"state", "x"}, foreign: true},
		"another issuer":                       {changes: []string{"iss", "https://evil.example"}, foreign: true},
		"an error of ID-porten":                {changes: []string{"error", "access_denied"}, refused: "access_denied"},
		"a code that ID-porten does not know":  {refuse: "invalid_grant", refused: "invalid_grant"},
		"an id_token with another nonce":       {claim: "nonce", value: "x"},
		"an id_token for somebody else":        {claim: "aud", value: "x"},
		"an id_token of another issuer":        {claim: "iss", value: "https://evil.example"},
		"an id_token that has run out":         {claim: "exp", value: 1},
		"a lower level than was asked for":     {claim: "acr", value: "idporten-loa-substantial"},
		"a level that there is not":            {claim: "acr", value: "Level4"},
		"an id_token whose pid is not a text":  {claim: "pid", value: 5},
		"an id_token whose level is no string": {claim: "acr", value: []int{}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBrowser(t, nil)
			sent := b.begin(Ask{Level: "idporten-loa-high", Return: "/tjeneste/a"})
			b.claims["acr"] = "idporten-loa-high"
			if b.refuse = tc.refuse; tc.claim != "" {
				b.claims[tc.claim] = tc.value
			}
			var refused RefusedError
			back, err := b.back(sent, tc.changes...)
			if errors.Is(err, ErrForeign) != tc.foreign || err == nil || (back == "/tjeneste/a") == tc.foreign {
				t.Errorf("back to %q: %v", back, err)
			}
			if _ = errors.As(err, &refused); refused.Code != tc.refused {
				t.Errorf("refused with %q: %v", refused.Code, err)
			}
			if v := b.visit("/tjeneste/", nil); v.Session != nil {
				t.Errorf("logged in as %+v", v.Session)
			}
		})
	}
}

func TestBegin_comes_back_only_to_the_service(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, nil)
	for _, to := range []string{"https://evil.example/", "//evil.example", "/", "/tjeneste", "/tjenesten/", "tjeneste/", `\tjeneste/`} {
		b.visit("/tjeneste/", func(v *Visit[string]) {
			if target, err := v.Begin(Ask{Return: to}); err == nil {
				t.Errorf("%s: sent to %s", to, target)
			}
		})
	}
}

func TestSession_ends(t *testing.T) {
	t.Parallel()
	front := func(b *browser, query string) {
		w := httptest.NewRecorder()
		b.client.FrontChannel(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/tjeneste/logout/frontchannel?"+query, nil))
		if w.Code != http.StatusNoContent || !strings.Contains(w.Header().Get("Content-Security-Policy"), "frame-ancestors 'self'") {
			t.Errorf("answered %d, %v", w.Code, w.Header())
		}
	}
	issuer := "&iss=" + url.QueryEscape(base+"/idporten")
	for name, tc := range map[string]struct {
		do   func(*browser)
		want string // what is kept; a session when empty
	}{
		"not after exactly half an hour": {do: func(b *browser) { b.now = b.now.Add(idleLimit) }},
		"after more than half an hour":   {func(b *browser) { b.now = b.now.Add(idleLimit + time.Second) }, "idle"},
		"though the page glances now and then": {func(b *browser) {
			b.now = b.now.Add(idleLimit)
			r := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/tjeneste/", nil)
			r.AddCookie(&http.Cookie{Name: "klient", Value: b.cookie})
			if v := b.client.Glance(httptest.NewRecorder(), r); v.Session == nil {
				t.Error("a glance does not see the session")
			}
			b.now = b.now.Add(time.Second)
		}, "idle"},
		"when ID-porten names it":          {func(b *browser) { front(b, "sid="+url.QueryEscape("økt")+issuer) }, "elsewhere"},
		"not when ID-porten names another": {do: func(b *browser) { front(b, "sid=x"+issuer) }},
		"not when ID-porten names none":    {do: func(b *browser) { front(b, "sid="+issuer) }},
		"not when another issuer names it": {do: func(b *browser) { front(b, "sid="+url.QueryEscape("økt")+"&iss=x") }},
		"though a slow request wants to keep it": {func(b *browser) {
			b.visit("/tjeneste/", func(v *Visit[string]) {
				front(b, "sid="+url.QueryEscape("økt")+issuer)
				v.Kept = "slow"
				v.Keep()
			})
		}, "elsewhere"},
		"when the visitor leaves": {func(b *browser) {
			b.visit("/tjeneste/logg-ut", func(v *Visit[string]) {
				if target := v.Leave(); !strings.HasPrefix(target, base+"/idporten/logout?id_token_hint=ey") || !strings.Contains(target, url.QueryEscape(base+"/tjeneste/")) {
					t.Errorf("sent to %s", target)
				}
			})
		}, "left"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			b := newBrowser(t, nil)
			b.login()
			tc.do(b)
			if v := b.visit("/tjeneste/", nil); (v.Session == nil) != (tc.want != "") || v.Kept != tc.want {
				t.Errorf("%q is kept, and the session %+v", v.Kept, v.Session)
			}
		})
	}
}

func TestLeave_without_a_session_stays_here(t *testing.T) {
	t.Parallel()
	newBrowser(t, nil).visit("/tjeneste/logg-ut", func(v *Visit[string]) {
		if target := v.Leave(); target != "/tjeneste/" {
			t.Errorf("sent to %s", target)
		}
	})
}

func TestAccessToken_is_fetched_again_when_it_has_run_out(t *testing.T) {
	t.Parallel()
	b := newBrowser(t, func(c *Config[string]) { c.Secret, c.Key = nil, key() })
	b.login()
	ask := func() (token string, err error) {
		b.visit("/tjeneste/", func(v *Visit[string]) {
			token, err = v.AccessToken()
			v.Keep()
		})
		return token, err
	}
	for _, want := range []string{"access-authorization_code", "access-refresh_token", "access-refresh_token"} {
		if token, err := ask(); token != want || err != nil {
			t.Errorf("%s, %v; want %s", token, err, want)
		}
		if want == "access-authorization_code" {
			b.now = b.now.Add(2 * time.Minute)
		}
	}
	if len(b.forms) != 2 {
		t.Fatalf("%d tokens were asked for", len(b.forms))
	}
	assertion, err := jwt.ParseSigned(b.forms[1].Get("client_assertion"), []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		t.Fatal(err)
	}
	var claims jwt.Claims
	if err := assertion.Claims(public(), &claims); err != nil || claims.Issuer != "klient" || claims.Subject != "klient" || !claims.Audience.Contains(base+"/idporten") {
		t.Errorf("signed as %+v, %v", claims, err)
	}
	b.now, b.refuse = b.now.Add(20*time.Minute), "invalid_grant"
	if token, err := ask(); err == nil {
		t.Errorf("got %s of a refresh token that has run out", token)
	}
	stranger := newBrowser(t, nil).visit("/tjeneste/", nil)
	if token, err := stranger.AccessToken(); err == nil {
		t.Errorf("a stranger got %s", token)
	}
}

func TestVisitors_are_bounded_and_the_ones_longest_away_go(t *testing.T) {
	t.Parallel()
	now := time.Unix(0, 0)
	v := newVisitors(func() time.Time { return now }, func(Ending) int { return 0 })
	first := v.move("", Visitor[int]{})
	for range mostVisitors {
		now = now.Add(time.Second)
		v.move("", Visitor[int]{})
	}
	if _, ok := v.find(first, true); ok || len(v.by) != mostVisitors {
		t.Errorf("%d visitors, the first among them: %t", len(v.by), ok)
	}
}

func TestNew_wants_every_field(t *testing.T) {
	t.Parallel()
	if _, err := New(Config[int]{}); err == nil {
		t.Error("a client that knows nothing was made")
	}
}
