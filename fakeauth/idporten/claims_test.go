package idporten_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Source: Digdir, "OnBehalfOf"; that the access token has it too is observed in
// code that reads it.
func TestOnBehalfOf_is_told_in_both_tokens(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.exchanged("basic", "onbehalfof", "leikanger_kommune")
	for name, token := range map[string]string{"id_token": got.IDToken, "access token": got.AccessToken} {
		if claims := w.claims(token); claims["client_onbehalfof"] != "leikanger_kommune" {
			t.Errorf("%s: %v", name, claims)
		}
	}
	if claims := w.claims(w.exchanged("basic").IDToken); claims["client_onbehalfof"] != nil {
		t.Errorf("nobody asked: %v", claims)
	}
}

// Source: Digdir, "Access token", client_amr.
func TestAccess_token_tells_of_a_certificate(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := w.login(w.browser(), request("certified", "login_hint", "testid:"+sindig+"_idporten-loa-high"), "", "").Get("code")
	got := w.token(codeForm("certified", code, "client_id", "certified", "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
		"client_assertion", w.assertion(func(c map[string]any) { c["iss"], c["sub"], c["x5c"] = "certified", "certified", []string{w.x5c} })))
	if claims := w.claims(got.AccessToken); claims["client_amr"] != "virksomhetssertifikat" {
		t.Errorf("%v", claims)
	}
}

// Source: Digdir, "ID-token": the languages of locale are nb, nn, en and se.
func TestLocale_is_the_language_that_was_chosen(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for locales, want := range map[string]string{"": "nb", "nn": "nn", "xx en nb": "en", "se": "se", "se en": "se", "nb se": "nb", "de": "nb"} {
		back := w.login(w.browser(), request("basic", "ui_locales", locales), sindig, "idporten-loa-high")
		got := w.token(codeForm("basic", back.Get("code")), basic("basic")...)
		if claims := w.claims(got.IDToken); claims["locale"] != want {
			t.Errorf("ui_locales %q: %v, want %s", locales, claims["locale"], want)
		}
	}
}

// Source: Digdir, "ID-token", "ACR values": selfregistered-email may be asked for, and
// no means of login is at level low.
func TestLevel_is_one_that_TestID_has(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for asked, want := range map[string]string{
		"": "idporten-loa-substantial", "selfregistered-email": "idporten-loa-substantial", "idporten-loa-low": "idporten-loa-substantial",
		"eidas-loa-high": "idporten-loa-high", "Level4 idporten-loa-high": "idporten-loa-high", "idporten-loa-high idporten-loa-substantial": "idporten-loa-substantial",
	} {
		back := w.login(w.browser(), request("basic", "acr_values", asked), sindig, "")
		if claims := w.claims(w.token(codeForm("basic", back.Get("code")), basic("basic")...).IDToken); claims["acr"] != want {
			t.Errorf("%q: %v, want %s", asked, claims["acr"], want)
		}
	}
}

// Source: Digdir, "SSO-fri innlogging": two logins, but one cookie and its timers.
func TestSession_of_one_that_wants_to_be_alone_shares_the_timers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser()
	asked := func(client string) bool {
		answer, _ := w.get(b, "/authorize", request(client))
		return answer.StatusCode == http.StatusOK
	}
	w.login(b, request("alone"), sindig, "idporten-loa-high")
	if !asked("basic") {
		t.Error("its login is good for others")
	}
	w.login(b, request("basic"), sindig, "idporten-loa-high")
	for range 5 {
		w.pass(20 * time.Minute)
		if asked("alone") {
			t.Fatal("asked in time")
		}
	}
	if asked("basic") {
		t.Error("the requests of the one do not count for the other")
	}
	w.pass(21 * time.Minute)
	if !asked("basic") || !asked("alone") {
		t.Error("lives for more than 120 minutes from the first login of the two")
	}
}

// Source: Digdir, "Token introspection": the claims are those of the access token.
func TestIntrospection_gives_the_claims_of_the_token(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.exchanged("basic", "scope", "openid krr:user/kontaktinformasjon.read", "resource", "https://api.example")
	want := w.claims(got.AccessToken)
	want["active"], want["token_type"], want["expires_in"] = true, "Bearer", 110.0
	w.pass(10 * time.Second)
	_, body := w.form(http.DefaultClient, "/token/introspect", url.Values{"token": {got.AccessToken}}, basic("asker")...)
	var told map[string]any
	if err := json.Unmarshal([]byte(body), &told); err != nil {
		t.Fatal(err)
	}
	same, err := json.Marshal(want)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := json.Marshal(told); string(again) != string(same) {
		t.Errorf("told %s, want %s", again, same)
	}
}

// Sources: Digdir, "/userinfo endpoint" (2026): locale with profile only; RFC 6750, 3
// and 3.1; the scheme is case-insensitive (RFC 9110, 11.1).
func TestUserinfo_tells_what_the_scopes_open(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	good, narrow, none := w.exchanged("basic").AccessToken, w.exchanged("basic", "scope", "openid").AccessToken, w.exchanged("basic", "scope", "krr:user/kontaktinformasjon.read").AccessToken
	for name, c := range map[string]struct {
		header    string
		status    int
		challenge string
		locale    bool
	}{
		"a good one":          {"Bearer " + good, 200, "", true},
		"another spelling":    {"bearer " + good, 200, "", true},
		"one without profile": {"Bearer " + narrow, 200, "", false},
		"none":                {"", 401, "Bearer", false},
		"another scheme":      {"Basic x", 401, "Bearer", false},
		"an unknown one":      {"Bearer x", 401, `Bearer error="invalid_token"`, false},
		"one for an API":      {"Bearer " + none, 403, `Bearer error="insufficient_scope", scope="openid profile"`, false},
	} {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.issuer()+"/userinfo", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", c.header)
		answer, body := w.do(http.DefaultClient, r)
		if answer.StatusCode != c.status || strings.Contains(body, `"locale":"nb"`) != c.locale || strings.Contains(body, sindig) != (c.status == 200) || answer.Header.Get("WWW-Authenticate") != c.challenge {
			t.Errorf("%s: %d, %q, %s", name, answer.StatusCode, answer.Header.Get("WWW-Authenticate"), body)
		}
	}
}

// What programs call answers them in JSON and lets pages of other origins read it;
// the login pages do not.
func TestProgram_addresses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	ask := func(method, path string) (reply, string) {
		r, err := http.NewRequestWithContext(t.Context(), method, w.issuer()+path, nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Origin", "http://spa.example")
		return w.do(w.browser(), r)
	}
	for path, method := range map[string]string{"/par": "GET", "/token": "GET", "/token/introspect": "GET", "/token/revoke": "PUT", "/userinfo": "POST", "/jwks.json": "DELETE"} {
		answer, body := ask(method, path)
		if answer.StatusCode != 405 || !strings.Contains(body, `"error":"invalid_request"`) || answer.Header.Get("Access-Control-Allow-Origin") != "*" {
			t.Errorf("%s %s: %d %s %v", method, path, answer.StatusCode, body, answer.Header)
		}
		answer, _ = ask(http.MethodOptions, path)
		if answer.StatusCode != 204 || answer.Header.Get("Access-Control-Allow-Headers") != "Authorization, Content-Type" {
			t.Errorf("preflight of %s: %d %v", path, answer.StatusCode, answer.Header)
		}
	}
	for _, path := range []string{"/authorize", "/logout", "/authorize/testid"} {
		if answer, _ := ask(http.MethodGet, path); answer.Header.Get("Access-Control-Allow-Origin") != "" || answer.Header.Get("Content-Type") != "text/html; charset=UTF-8" {
			t.Errorf("%s: %v", path, answer.Header)
		}
	}
}

// A refusal that has to stay on our own page says what was wrong.
func TestError_page_says_what_is_wrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	_, body := w.form(http.DefaultClient, "/par", request("basic"), basic("basic")...)
	var pushed struct {
		URI string `json:"request_uri"`
	}
	if err := json.Unmarshal([]byte(body), &pushed); err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string]struct {
		query url.Values
		want  string
	}{
		"no such client":                {request("nobody"), "There is no client &#34;nobody&#34;"},
		"a client of Maskinporten":      {request("machine"), "integration_type &#34;maskinporten&#34;"},
		"a parameter twice":             {url.Values{"client_id": {"basic"}, "scope": {"openid", "openid profile"}}, "scope is given more than once"},
		"another address":               {request("basic", "redirect_uri", "http://client.example/x"), "redirect_uri is not one of the addresses"},
		"a request that was not pushed": {url.Values{"request_uri": {"urn:idporten:x"}, "client_id": {"basic"}}, "once, for 120 seconds"},
		"another client's request":      {url.Values{"request_uri": {pushed.URI}, "client_id": {"post"}}, "pushed by another client"},
	} {
		if answer, page := w.get(w.browser(), "/authorize", c.query); answer.StatusCode != 400 || !strings.Contains(page, c.want) {
			t.Errorf("%s: %d %s", name, answer.StatusCode, page)
		}
	}
}

// Source: Digdir, "Pseudonymisert innlogging" and "Token introspection".
func TestPseudonymous_scope_hides_the_number(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.exchanged("basic", "scope", "openid profile liksom:hemmelig")
	for name, token := range map[string]string{"id_token": got.IDToken, "access token": got.AccessToken} {
		if claims := w.claims(token); claims["pid"] != nil || claims["sub"] == nil {
			t.Errorf("%s: %v", name, claims)
		}
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, w.issuer()+"/userinfo", nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+got.AccessToken)
	if answer, body := w.do(http.DefaultClient, r); answer.StatusCode != 200 || strings.Contains(body, sindig) {
		t.Errorf("userinfo: %d %s", answer.StatusCode, body)
	}
	if _, body := w.form(http.DefaultClient, "/token/introspect", url.Values{"token": {got.AccessToken}}, basic("asker")...); !strings.Contains(body, `"pid":"`+sindig+`"`) {
		t.Errorf("introspection: %s", body)
	}
}
