package idporten_test

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

type contextType = context.Context

// Case 1. Source: the discovery document of the test environment.
func TestDiscovery_names_what_there_is(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answer, body := w.get(http.DefaultClient, "/.well-known/openid-configuration", nil)
	if answer.Header.Get("Cache-Control") != "public, max-age=86400" || answer.Header.Get("Pragma") != "" {
		t.Errorf("not to be kept for a day: %v", answer.Header)
	}
	var m map[string]any
	if err := json.Unmarshal([]byte(body), &m); err != nil {
		t.Fatal(err)
	}
	if m["issuer"] != w.issuer() || len(m["code_challenge_methods_supported"].([]any)) != 1 || len(m["response_types_supported"].([]any)) != 1 {
		t.Errorf("%s", body)
	}
	signed, err := jose.ParseSignedCompact(w.exchanged("basic").IDToken, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		t.Fatal(err)
	}
	head := signed.Signatures[0].Protected
	_, jwks := w.get(http.DefaultClient, strings.TrimPrefix(m["jwks_uri"].(string), w.issuer()), nil)
	if !strings.Contains(jwks, `"kid":"`+head.KeyID+`"`) || !strings.Contains(jwks, `"x5c":[`) {
		t.Errorf("kid %s, keys %s", head.KeyID, jwks)
	}
	if len(head.ExtraHeaders) != 0 {
		t.Errorf("header %+v", head)
	}
}

// Case 2.
func TestCode_flow_with_TestID(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	back := w.login(w.browser(), request("basic", "acr_values", "idporten-loa-high"), sindig, "idporten-loa-high")
	if back.Get("state") != "st" || back.Get("iss") != w.issuer() || strings.Count(back.Get("code"), ".") != 1 {
		t.Fatalf("back with %v", back)
	}
	got := w.token(codeForm("basic", back.Get("code")), basic("basic")...)
	if got.Status != 200 || got.TokenType != "Bearer" || got.ExpiresIn != 120 || got.Scope != "openid profile" || got.RefreshExpiresIn != 600 {
		t.Errorf("%+v", got)
	}
	id := w.claims(got.IDToken)
	for name, want := range map[string]any{"iss": w.issuer(), "aud": "basic", "pid": sindig, "acr": "idporten-loa-high", "nonce": "no", "locale": "nb"} {
		if id[name] != want {
			t.Errorf("%s is %v, want %v", name, id[name], want)
		}
	}
	if amr := id["amr"].([]any); len(amr) != 1 || amr[0] != "TestID" {
		t.Errorf("amr %v", amr)
	}
	for _, absent := range []string{"at_hash", "azp", "rat"} {
		if _, ok := id[absent]; ok {
			t.Errorf("id_token has %s", absent)
		}
	}
	if id["sub"] == sindig || len(id["sub"].(string)) != 43 || id["sid"] == nil || id["exp"].(float64)-id["iat"].(float64) != 120 {
		t.Errorf("%v", id)
	}
	access := w.claims(got.AccessToken)
	if access["pid"] != sindig || access["client_amr"] != "client_secret_basic" || access["scope"] != "openid profile" || access["aud"] != nil ||
		access["consumer"].(map[string]any)["ID"] != "0192:310000019" {
		t.Errorf("%v", access)
	}
}

// A code is good once, for the client that it was given to; one that comes again
// takes back what it gave. Source: RFC 6749, 4.1.2.
func TestCode_is_good_once_for_its_own_client(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := func() string {
		return w.login(w.browser(), request("basic", "login_hint", "testid:"+sindig+"_idporten-loa-high"), "", "").Get("code")
	}
	if got := w.token(codeForm("basic", code(), "client_id", "asker"), basic("asker")...); got.Error != "invalid_grant" {
		t.Errorf("by another client: %+v", got)
	}
	once := code()
	first := w.token(codeForm("basic", once), basic("basic")...)
	if first.Status != 200 || w.userinfo(first.AccessToken) != 200 {
		t.Fatalf("%+v", first)
	}
	if got := w.token(codeForm("basic", once), basic("basic")...); got.Status != 400 || got.Error != "invalid_grant" {
		t.Errorf("a second time: %+v", got)
	}
	if w.userinfo(first.AccessToken) != 401 {
		t.Error("what a code gave is good after the code came again")
	}
}

// Case 3: PKCE.
func TestChallenge_is_demanded_and_checked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, query := range map[string]url.Values{
		"no challenge":       request("basic", "code_challenge", "", "code_challenge_method", ""),
		"method plain":       request("basic", "code_challenge_method", "plain"),
		"no method":          request("basic", "code_challenge_method", ""),
		"a padded challenge": request("basic", "code_challenge", challenge()+"="),
		"a method alone":     request("loose", "code_challenge", ""),
	} {
		answer, _ := w.get(w.browser(), "/authorize", query)
		if back := w.back(answer); back.Get("error") != "invalid_request" || back.Get("state") != "st" || back.Get("iss") != w.issuer() {
			t.Errorf("%s: %v", name, back)
		}
	}
	hint := "testid:" + sindig + "_idporten-loa-high"
	code := func(client string, more ...string) string {
		return w.login(w.browser(), request(client, append(more, "login_hint", hint)...), "", "").Get("code")
	}
	for name, form := range map[string]url.Values{
		"another verifier": codeForm("basic", code("basic"), "code_verifier", strings.Repeat("x", 43)),
		"no verifier":      codeForm("basic", code("basic"), "code_verifier", ""),
		"a short verifier": codeForm("basic", code("basic"), "code_verifier", "x"),
	} {
		if got := w.token(form, basic("basic")...); got.Status != 400 || got.Error != "invalid_grant" {
			t.Errorf("%s: %+v", name, got)
		}
	}
	loose := []string{"code_challenge", "", "code_challenge_method", ""}
	if got := w.token(codeForm("loose", code("loose", loose...), "code_verifier", ""), basic("loose")...); got.Status != 200 {
		t.Errorf("a client without PKCE: %+v", got)
	}
	if got := w.token(codeForm("loose", code("loose", loose...)), basic("loose")...); got.Error != "invalid_grant" {
		t.Errorf("a verifier that nobody asked for: %+v", got)
	}
}

// Case 4: PAR.
func TestPushed_request_works_once_and_in_time(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	push := func() string {
		answer, body := w.form(http.DefaultClient, "/par", request("basic", "login_hint", "testid:"+sindig+"_idporten-loa-high"), basic("basic")...)
		var got struct {
			URI       string `json:"request_uri"`
			ExpiresIn int    `json:"expires_in"`
		}
		if err := json.Unmarshal([]byte(body), &got); err != nil || answer.StatusCode != 201 || got.ExpiresIn != 120 || !strings.HasPrefix(got.URI, "urn:idporten:") {
			t.Fatalf("%d %s", answer.StatusCode, body)
		}
		return got.URI
	}
	uri := push()
	for name, query := range map[string]url.Values{
		"without client_id":     {"request_uri": {uri}},
		"with another beside":   {"request_uri": {uri}, "client_id": {"basic"}, "scope": {"openid"}},
		"with another's prefix": {"request_uri": {"https://evil.example/r"}, "client_id": {"basic"}},
		"that nobody pushed":    {"request_uri": {"urn:idporten:x"}, "client_id": {"basic"}},
	} {
		if answer, _ := w.get(w.browser(), "/authorize", query); answer.StatusCode != 400 {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
	}
	right := func(uri string) url.Values { return url.Values{"request_uri": {uri}, "client_id": {"basic"}} }
	if back := w.login(w.browser(), right(uri), "", ""); back.Get("code") == "" || back.Get("state") != "st" {
		t.Errorf("%v", back)
	}
	if answer, _ := w.get(w.browser(), "/authorize", right(uri)); answer.StatusCode != 400 {
		t.Errorf("a second time: %d", answer.StatusCode)
	}
	late := push()
	w.pass(119 * time.Second)
	push() // what has run out is cleared away now and then, and this one has not
	w.pass(2 * time.Second)
	if answer, _ := w.get(w.browser(), "/authorize", right(late)); answer.StatusCode != 400 {
		t.Errorf("too late: %d", answer.StatusCode)
	}
	other := push()
	if answer, _ := w.get(w.browser(), "/authorize", url.Values{"request_uri": {other}, "client_id": {"post"}}); answer.StatusCode != 400 {
		t.Errorf("by another client: %d", answer.StatusCode)
	}
	for name, change := range map[string][]string{"a wrong address": {"redirect_uri", "http://client.example/basic/"}, "no challenge": {"code_challenge", ""}, "an unknown scope": {"scope", "openid x:y"}} {
		if answer, body := w.form(http.DefaultClient, "/par", request("basic", change...), basic("basic")...); answer.StatusCode != 400 || !strings.Contains(body, `"error"`) {
			t.Errorf("%s: %d %s", name, answer.StatusCode, body)
		}
	}
	if answer, body := w.form(http.DefaultClient, "/par", request("basic")); answer.StatusCode != 401 || !strings.Contains(body, "invalid_client") {
		t.Errorf("without a secret: %d %s", answer.StatusCode, body)
	}
}

// Case 5, and tricks with the address: nothing goes to one that is not registered
// to the last character.
func TestRedirect_address_is_exact(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, uri := range []string{
		"", "http://client.example/basic/", "http://client.example:81/basic", "https://client.example/basic", "HTTP://client.example/basic", "http://CLIENT.example/basic",
		"http://client.example/basic#x", "http://client.example/basic?x", "http://client.example@evil.example/basic", "http://client.example/basic/../x",
		"http://client.example.evil.example/basic", "//client.example/basic", "javascript:alert(1)", "http://127.0.0.1:9/cb",
	} {
		query := request("basic", "redirect_uri", uri)
		query.Set("redirect_uri", uri)
		answer, page := w.get(w.browser(), "/authorize", query)
		if answer.StatusCode != 400 || answer.Header.Get("Location") != "" || !strings.Contains(page, "Innloggingen kan ikke gå videre") {
			t.Errorf("%q: %d to %q", uri, answer.StatusCode, answer.Header.Get("Location"))
		}
	}
	for uri, good := range map[string]bool{"http://127.0.0.1:5123/cb": true, "http://127.0.0.1/cb": true, "http://127.0.0.1:5123/cb/": false, "http://x@127.0.0.1:5123/cb": false, "http://localhost:5123/cb": false, "https://127.0.0.1:5123/cb": false,
		"https://127.0.0.1:5123/callback": true, "http://127.0.0.1:5123/callback": false, "https://127.0.0.1:*/callback": false, "https://127.0.0.1:/callback": false, "https://127.0.0.1:5123@evil.example/callback": false,
		"http://127.0.0.1:5123/min": true, "http://[::1]:5123/min": true, "http://[::1]:5123/cb": false, "http://127.0.0.1:0/min": true, "HTTP://127.0.0.1:5123/cb": false,
	} {
		answer, _ := w.get(w.browser(), "/authorize", request("native", "redirect_uri", uri))
		if (answer.StatusCode == 200) != good {
			t.Errorf("native %q: %d", uri, answer.StatusCode)
		}
	}
	if answer, _ := w.get(w.browser(), "/authorize", request("basic", "response_mode", "web_message")); answer.StatusCode != 400 {
		t.Errorf("a response mode that there is not: %d", answer.StatusCode)
	}
	for name, query := range map[string]url.Values{"unknown": request("nobody"), "of a machine": request("machine"), "none": request("basic", "client_id", "")} {
		if answer, _ := w.get(w.browser(), "/authorize", query); answer.StatusCode != 400 {
			t.Errorf("a client that is %s: %d", name, answer.StatusCode)
		}
	}
}

func (w *world) assertion(change func(map[string]any)) string {
	w.t.Helper()
	_, own := keys(w.t)
	w.jtis++
	claims := map[string]any{"iss": "key", "sub": "key", "aud": w.issuer(), "iat": w.now().Unix(), "exp": w.now().Unix() + 100, "jti": strconv.Itoa(w.jtis)}
	kid := "k1"
	options := &jose.SignerOptions{}
	if change != nil {
		change(claims)
		if k, ok := claims["kid"].(string); ok {
			kid = k
		}
		if x5c, ok := claims["x5c"]; ok {
			kid, options = "", options.WithHeader("x5c", x5c)
		}
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: own, KeyID: kid}}, options)
	if err != nil {
		w.t.Fatal(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		w.t.Fatal(err)
	}
	signed, err := signer.Sign(payload)
	if err != nil {
		w.t.Fatal(err)
	}
	text, err := signed.CompactSerialize()
	if err != nil {
		w.t.Fatal(err)
	}
	return text
}

// Case 6.
func TestClients_authenticate_as_registered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	code := func(client string) string {
		return w.login(w.browser(), request(client, "login_hint", "testid:"+sindig+"_idporten-loa-high"), "", "").Get("code")
	}
	asserted := func(change func(map[string]any), more ...string) url.Values {
		more = append([]string{"client_id", "key", "client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_assertion", w.assertion(change)}, more...)
		return codeForm("key", code("key"), more...)
	}
	used := w.assertion(nil)
	for _, c := range []struct {
		name   string
		form   url.Values
		header []string
		fault  string
	}{
		{"basic", codeForm("basic", code("basic")), basic("basic"), ""},
		{"post", codeForm("post", code("post"), "client_id", "post", "client_secret", "hemmelig+post"), nil, ""},
		{"none", codeForm("public", code("public"), "client_id", "public"), nil, ""},
		{"key", asserted(nil), nil, ""},
		{"key, with a list of one aud", asserted(func(c map[string]any) { c["aud"] = []string{w.issuer()} }), nil, ""},
		{"a certificate", asserted(func(c map[string]any) { c["iss"], c["sub"], c["x5c"] = "certified", "certified", []string{w.x5c} }, "client_id", "certified", "code", code("certified"), "redirect_uri", "http://client.example/certified"), nil, ""},
		{"a certificate that is another's", asserted(func(c map[string]any) {
			c["iss"], c["sub"], c["x5c"] = "certified", "certified", []string{w.x5c, w.x5c}
		}, "client_id", "certified"), nil, "invalid_client"},
		{"a certificate where a key is registered", asserted(func(c map[string]any) { c["x5c"] = []string{w.x5c} }), nil, "invalid_client"},
		{"a key that has expired", asserted(func(c map[string]any) { c["kid"] = "old" }), nil, "invalid_client"},
		{"an assertion for the token endpoint", asserted(func(c map[string]any) { c["aud"] = w.issuer() + "/token" }), nil, "invalid_client"},
		{"an assertion for two servers", asserted(func(c map[string]any) { c["aud"] = []string{w.issuer(), "https://idporten.example"} }), nil, "invalid_client"},
		{"the assertion that is used below", asserted(nil, "client_assertion", used), nil, ""},
		{"a wrong secret", codeForm("basic", code("basic")), []string{"Authorization", "Basic YmFzaWM6eA=="}, "invalid_client"},
		{"a secret where a key is registered", codeForm("key", code("key"), "client_id", "key", "client_secret", "hemmelig+key"), nil, "invalid_client"},
		{"post where basic is registered", codeForm("basic", code("basic"), "client_id", "basic", "client_secret", "hemmelig+basic"), nil, "invalid_client"},
		{"nothing where basic is registered", codeForm("basic", code("basic"), "client_id", "basic"), nil, "invalid_client"},
		{"two ways at once", codeForm("basic", code("basic"), "client_id", "basic", "client_secret", "hemmelig+basic"), basic("basic"), "invalid_client"},
		{"two ways, of which the registered one is right", codeForm("post", code("post"), "client_id", "post", "client_secret", "hemmelig+post"), basic("post"), "invalid_client"},
		{"a parameter twice", url.Values{"grant_type": {"authorization_code", "authorization_code"}}, basic("basic"), "invalid_request"},
		{"nothing at all", codeForm("basic", code("basic")), nil, "invalid_client"},
		{"an assertion without iss", asserted(func(c map[string]any) { delete(c, "iss") }), nil, "invalid_client"},
		{"an assertion of another sub", asserted(func(c map[string]any) { c["sub"] = "basic" }), nil, "invalid_client"},
		{"an assertion for another server", asserted(func(c map[string]any) { c["aud"] = "https://idporten.example" }), nil, "invalid_client"},
		{"an assertion of 121 seconds", asserted(func(c map[string]any) { c["exp"] = w.now().Unix() + 121 }), nil, "invalid_client"},
		{"an old assertion", asserted(func(c map[string]any) { c["iat"], c["exp"] = w.now().Unix()-200, w.now().Unix()-100 }), nil, "invalid_client"},
		{"an assertion of the future", asserted(func(c map[string]any) { c["iat"], c["exp"] = w.now().Unix()+60, w.now().Unix()+100 }), nil, "invalid_client"},
		{"an assertion without jti", asserted(func(c map[string]any) { delete(c, "jti") }), nil, "invalid_client"},
		{"an assertion that comes again", asserted(nil, "client_assertion", used), nil, "invalid_client"},
		{"an unknown key", asserted(func(c map[string]any) { c["kid"] = "k2" }), nil, "invalid_client"},
		{"no client_id beside the assertion", asserted(nil, "client_id", ""), nil, "invalid_client"},
		{"another client's code", codeForm("basic", code("post")), basic("basic"), "invalid_grant"},
		{"another address", codeForm("basic", code("basic"), "redirect_uri", "http://client.example/post"), basic("basic"), "invalid_grant"},
		{"no code", codeForm("basic", ""), basic("basic"), "invalid_request"},
		{"no refresh_token", url.Values{"grant_type": {"refresh_token"}}, basic("basic"), "invalid_request"},
		{"no grant_type", codeForm("basic", code("basic"), "grant_type", ""), basic("basic"), "invalid_request"},
		{"a grant_type that there is not", codeForm("basic", code("basic"), "grant_type", "client_credentials"), basic("basic"), "unsupported_grant_type"},
		{"a grant_type that is not registered", url.Values{"grant_type": {"refresh_token"}, "refresh_token": {"x"}}, basic("plain"), "unauthorized_client"},
	} {
		got := w.token(c.form, c.header...)
		status := map[string]int{"": 200, "invalid_client": 401}[c.fault]
		if status == 0 {
			status = 400
		}
		if got.Error != c.fault || got.Status != status || c.fault != "" && got.Description == "" {
			t.Errorf("%s: %+v", c.name, got)
		}
	}
}

// Case 7: SSO, raising the level, its timers.
func TestSession_lasts_and_ends(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser()
	asked := func(client string, more ...string) bool {
		answer, _ := w.get(b, "/authorize", request(client, more...))
		return answer.StatusCode == http.StatusOK
	}
	authTime := func(client string) float64 {
		back := w.login(b, request(client), sindig, "idporten-loa-substantial")
		return w.claims(w.token(codeForm(client, back.Get("code")), basic(client)...).IDToken)["auth_time"].(float64)
	}
	first := authTime("basic")
	w.pass(10 * time.Minute)
	if got := authTime("plain"); got != first {
		t.Errorf("auth_time %v, want %v", got, first)
	}
	if asked("plain") || !asked("plain", "acr_values", "idporten-loa-high") || !asked("plain", "prompt", "login") || !asked("alone") {
		t.Error("a session is used where it must not be, or not where it must")
	}
	answer, _ := w.get(b, "/authorize", request("plain", "acr_values", "idporten-loa-high", "prompt", "none"))
	if got := w.back(answer).Get("error"); got != "login_required" {
		t.Errorf("prompt=none: %s", got)
	}
	high := w.login(b, request("plain", "acr_values", "idporten-loa-high"), sindig, "idporten-loa-high")
	if got := w.claims(w.token(codeForm("plain", high.Get("code")), basic("plain")...).IDToken); got["acr"] != "idporten-loa-high" || got["auth_time"] == first {
		t.Errorf("raised: %v", got)
	}
	for range 5 {
		w.pass(21 * time.Minute)
		if asked("plain") {
			t.Fatal("ended while in use")
		}
	}
	w.pass(10 * time.Minute) // 125 minutes in all
	if !asked("plain") {
		t.Error("lives for more than 120 minutes")
	}
	w.login(b, request("plain", "prompt", "login"), sindig, "idporten-loa-substantial")
	w.pass(31 * time.Minute)
	if !asked("plain") {
		t.Error("lives for more than 30 idle minutes")
	}
}

// Case 8.
func TestSubject_is_pairwise_and_stable(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a, again, b := w.claims(w.exchanged("basic").IDToken), w.claims(w.exchanged("basic").IDToken), w.claims(w.exchanged("plain").IDToken)
	if a["sub"] != again["sub"] || a["sub"] == b["sub"] || a["pid"] != b["pid"] {
		t.Errorf("%v %v %v", a["sub"], again["sub"], b["sub"])
	}
}

func (w *world) userinfo(token string) int {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.issuer()+"/userinfo", nil)
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	answer, body := w.do(http.DefaultClient, r)
	if answer.StatusCode == 200 && !strings.Contains(body, sindig) {
		w.t.Errorf("userinfo: %s", body)
	}
	return answer.StatusCode
}

func refreshForm(token string) url.Values {
	return url.Values{"grant_type": {"refresh_token"}, "refresh_token": {token}}
}

// Case 9, first half: refresh, reuse, revocation.
func TestRefresh_rotates_and_reuse_takes_all_back(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.exchanged("basic")
	second := w.token(refreshForm(first.RefreshToken), basic("basic")...)
	if second.Status != 200 || second.RefreshToken == first.RefreshToken || second.AccessToken == first.AccessToken || w.userinfo(second.AccessToken) != 200 {
		t.Fatalf("%+v", second)
	}
	if got := w.token(refreshForm(first.RefreshToken), basic("basic")...); got.Error != "invalid_grant" {
		t.Errorf("reuse: %+v", got)
	}
	if got := w.token(refreshForm(second.RefreshToken), basic("basic")...); got.Error != "invalid_grant" || w.userinfo(second.AccessToken) != 401 {
		t.Errorf("after reuse: %+v", got)
	}
	third := w.exchanged("basic")
	if got := w.token(refreshForm(third.RefreshToken), basic("asker")...); got.Error != "invalid_grant" {
		t.Errorf("by another client: %+v", got)
	}
	if answer, _ := w.form(http.DefaultClient, "/token/revoke", url.Values{"token": {third.AccessToken}}, basic("asker")...); answer.StatusCode != 200 || w.userinfo(third.AccessToken) != 200 {
		t.Error("another client can revoke")
	}
	if answer, _ := w.form(http.DefaultClient, "/token/revoke", url.Values{"token": {third.AccessToken}}, basic("basic")...); answer.StatusCode != 200 || w.userinfo(third.AccessToken) != 401 {
		t.Errorf("revoked: %d", answer.StatusCode)
	}
	if got := w.token(refreshForm(third.RefreshToken), basic("basic")...); got.Error != "invalid_grant" {
		t.Errorf("after revocation: %+v", got)
	}
	fourth := w.exchanged("basic")
	for range 12 {
		w.pass(595 * time.Second)
		if fourth = w.token(refreshForm(fourth.RefreshToken), basic("basic")...); fourth.Status != 200 {
			t.Fatalf("%+v", fourth)
		}
	}
	if fourth.RefreshExpiresIn > 60 {
		t.Errorf("lives beyond the authorization: %d", fourth.RefreshExpiresIn)
	}
	w.pass(61 * time.Second)
	if got := w.token(refreshForm(fourth.RefreshToken), basic("basic")...); got.Error != "invalid_grant" {
		t.Errorf("after two hours: %+v", got)
	}
	back := w.login(w.browser(), request("basic", "login_hint", "testid:"+sindig+"_idporten-loa-high"), "", "")
	good := w.token(codeForm("basic", back.Get("code")), basic("basic")...)
	if got := w.token(codeForm("basic", back.Get("code")), basic("basic")...); got.Error != "invalid_grant" || w.userinfo(good.AccessToken) != 401 {
		t.Errorf("a code that comes again: %+v", got)
	}
	back = w.login(w.browser(), request("basic", "login_hint", "testid:"+sindig+"_idporten-loa-high"), "", "")
	w.pass(61 * time.Second)
	if got := w.token(codeForm("basic", back.Get("code")), basic("basic")...); got.Error != "invalid_grant" {
		t.Errorf("a late code: %+v", got)
	}
}

// Case 9, second half: log-out.
func TestLogout_ends_the_login_and_tells_the_clients(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser()
	krr := "openid profile krr:user/kontaktinformasjon.read"
	plain := w.token(codeForm("plain", w.login(b, request("plain"), sindig, "idporten-loa-high").Get("code")), basic("plain")...)
	api := w.token(codeForm("basic", w.login(b, request("basic", "scope", krr), "", "").Get("code")), basic("basic")...)
	sid := w.claims(api.IDToken)["sid"].(string)
	answer, page := w.get(b, "/logout", url.Values{"id_token_hint": {plain.IDToken}, "post_logout_redirect_uri": {"http://client.example/ut"}, "state": {"s"}})
	if answer.StatusCode != 200 || answer.Header.Get("Refresh") != "1; url=http://client.example/ut?state=s" {
		t.Errorf("%d, Refresh %q", answer.StatusCode, answer.Header.Get("Refresh"))
	}
	if strings.Count(page, "<iframe") != 2 || !strings.Contains(page, "http://client.example/front/basic?iss="+url.QueryEscape(w.issuer())+"&amp;sid="+sid) {
		t.Errorf("frames: %s", page)
	}
	if csp := answer.Header.Get("Content-Security-Policy"); !strings.Contains(csp, "frame-src http://client.example") {
		t.Errorf("policy %s", csp)
	}
	if w.userinfo(plain.AccessToken) != 401 {
		t.Error("a token for the login alone lives on")
	}
	if w.userinfo(api.AccessToken) != 200 {
		t.Error("a token for an API is gone")
	}
	if token, err := w.auth.Verify(t.Context(), api.AccessToken); err != nil || token.PID != sindig || !slices.Contains(token.Scopes, "krr:user/kontaktinformasjon.read") {
		t.Errorf("%+v, %v", token, err)
	}
	if answer, _ := w.get(b, "/authorize", request("plain")); answer.StatusCode != 200 {
		t.Error("logged in still")
	}
	if answer, _ := w.get(w.browser(), "/logout", nil); answer.StatusCode != 400 {
		t.Errorf("without a cookie: %d", answer.StatusCode)
	}
	for name, query := range map[string]url.Values{
		"an address that is not registered": {"client_id": {"plain"}, "post_logout_redirect_uri": {"http://evil.example/"}},
		"an address without a client":       {"post_logout_redirect_uri": {"http://client.example/ut"}},
		"another client's hint":             {"client_id": {"basic"}, "id_token_hint": {plain.IDToken}, "post_logout_redirect_uri": {"http://client.example/ut"}},
		"a hint that is none":               {"id_token_hint": {"x.y.z"}},
		"state that is not ASCII":           {"client_id": {"plain"}, "post_logout_redirect_uri": {"http://client.example/ut"}, "state": {"æ"}},
	} {
		if answer, _ := w.get(b, "/logout", query); answer.StatusCode != 400 || answer.Header.Get("Location") != "" {
			t.Errorf("%s: %d to %q", name, answer.StatusCode, answer.Header.Get("Location"))
		}
	}
}

// Errors that the client is told, each with state and iss.
func TestAuthorize_tells_the_client_what_is_wrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, c := range map[string]struct {
		query url.Values
		want  string
	}{
		"another response type":      {request("basic", "response_type", "token"), "unsupported_response_type"},
		"a scope of somebody else":   {request("basic", "scope", "openid krr:global/kontaktinformasjon.read"), "invalid_scope"},
		"an API's scope at a login":  {request("plain", "scope", "openid krr:user/kontaktinformasjon.read"), "invalid_scope"},
		"a level that there is not":  {request("basic", "acr_values", "Level4"), "invalid_request"},
		"a scope that is gone":       {request("basic", "scope", "openid liksom:borte"), "invalid_scope"},
		"a scope nobody opened":      {request("basic", "scope", "openid liksom:lukket"), "invalid_scope"},
		"a scope for machines":       {request("basic", "scope", "openid liksom:maskin"), "invalid_scope"},
		"no scope":                   {request("basic", "scope", ""), "invalid_request"},
		"a request object":           {request("basic", "request", "x.y.z"), "request_not_supported"},
		"a prompt that there is not": {request("basic", "prompt", "select_account"), "invalid_request"},
		"none with another prompt":   {request("basic", "prompt", "none login"), "invalid_request"},
		"a relative resource":        {request("basic", "resource", "/rest"), "invalid_request"},
		"a hint without a level":     {request("basic", "login_hint", "testid:"+sindig), "invalid_request"},
		"a hint with half a number":  {request("basic", "login_hint", "testid:123_idporten-loa-high"), "invalid_request"},
		"nobody logged in":           {request("basic", "prompt", "none"), "login_required"},
		"a resource that is none":    {request("basic", "resource", "::"), "invalid_request"},
		"no state of a public one":   {request("public", "state", ""), "invalid_request"},
		"a hint with a real number":  {request("basic", "login_hint", "testid:05240399816_idporten-loa-high"), "invalid_request"},
		"a hint with a low level":    {request("basic", "acr_values", "idporten-loa-high", "login_hint", "testid:"+sindig+"_idporten-loa-substantial"), "invalid_request"},
	} {
		answer, page := w.get(w.browser(), "/authorize", c.query)
		if answer.StatusCode != http.StatusFound {
			t.Errorf("%s: %d %s", name, answer.StatusCode, page)
			continue
		}
		back := w.back(answer)
		if back.Get("error") != c.want || back.Get("iss") != w.issuer() || back.Get("error_description") == "" || back.Get("state") != c.query.Get("state") {
			t.Errorf("%s: %v", name, back)
		}
	}
}

// The login page: whom one can choose, what is refused, how one leaves.
func TestLogin_page(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser()
	_, page := w.get(b, "/authorize", request("basic", "acr_values", "idporten-loa-high", "ui_locales", "en"))
	if strings.Contains(page, "testid2") || !strings.Contains(page, "TestID at level high") || !strings.Contains(page, `<html lang="en"`) {
		t.Errorf("selector: %s", page)
	}
	_, page = w.get(b, "/authorize", request("basic"))
	link := strings.ReplaceAll(wayLink.FindStringSubmatch(page)[1], "&amp;", "&")
	u, err := url.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	id := u.Query().Get("id")
	answer, page := w.get(b, "/authorize/testid", u.Query())
	for _, want := range []string{"Personidentifikator (syntetisk)", "Autentiser", "Hent tilfeldig daglig leder", "Sindig Trekkfugl", "reservert", "&lt;b&gt;Grundig", "Tjeneste basic", "login_hint=testid:" + sindig} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q", want)
		}
	}
	if answer.Header.Get("X-Frame-Options") != "DENY" || !strings.Contains(answer.Header.Get("Content-Security-Policy"), "frame-ancestors 'none'") || strings.Contains(page, "style=") || strings.Contains(page, "<script") {
		t.Errorf("headers %v", answer.Header)
	}
	if _, page := w.get(b, "/authorize/testid", url.Values{"id": {id}, "q": {"grundig"}}); strings.Contains(page, "Sindig") || !strings.Contains(page, grundig) {
		t.Errorf("search: %s", page)
	}
	for typed, want := range map[string]string{"1": "11 sifre", "05840399890": "Kontrollsifrene", "05240399816": "kan være ekte", "": "11 sifre"} {
		answer, page := w.form(b, "/authorize/testid", url.Values{"id": {id}, "skrevet": {typed}, "fra": {"x"}, "nivaa": {"idporten-loa-high"}})
		if answer.StatusCode != 422 || !strings.Contains(page, want) {
			t.Errorf("typed %q: %d", typed, answer.StatusCode)
		}
	}
	for _, more := range []url.Values{{"q": {"grundig"}}, {"tilfeldig": {"ja"}}} {
		_, page := w.get(b, "/authorize/testid", u.Query()) // at level high
		more.Set("id", id)
		more.Set("nivaa", regexp.MustCompile(`type="hidden" name="nivaa" value="([^"]+)"`).FindStringSubmatch(page)[1])
		if _, page = w.get(b, "/authorize/testid", more); !strings.Contains(page, `value="idporten-loa-high" checked`) || !strings.Contains(page, `name="skrevet" value="`+grundig) {
			t.Errorf("%v forgets the level or the person: %s", more, page)
		}
	}
	if answer, _ := w.form(w.browser(), "/authorize/testid", url.Values{"id": {id}, "skrevet": {sindig}}); answer.StatusCode != 400 {
		t.Errorf("in another browser: %d", answer.StatusCode)
	}
	if answer, _ := w.form(b, "/authorize/testid", url.Values{"id": {id}, "skrevet": {sindig}}, "Sec-Fetch-Site", "cross-site"); answer.StatusCode != 403 {
		t.Errorf("from another site: %d", answer.StatusCode)
	}
	if answer, _ := w.form(b, "/authorize/avbryt", url.Values{"id": {id}}); w.back(answer).Get("error") != "access_denied" {
		t.Errorf("cancelled: %v", answer.Header)
	}
	if answer, _ := w.form(b, "/authorize/testid", url.Values{"id": {id}, "skrevet": {sindig}}); answer.StatusCode != 400 {
		t.Errorf("after that: %d", answer.StatusCode)
	}
	_, page = w.get(b, "/authorize", request("basic"))
	u, _ = url.Parse(strings.ReplaceAll(wayLink.FindStringSubmatch(page)[1], "&amp;", "&"))
	answer, _ = w.form(b, "/authorize/testid", url.Values{"id": {u.Query().Get("id")}, "skrevet": {sindig}, "fra": {sindig}, "pid": {grundig}, "nivaa": {"idporten-loa-high"}})
	got := w.token(codeForm("basic", w.back(answer).Get("code")), basic("basic")...)
	if w.claims(got.IDToken)["pid"] != grundig {
		t.Error("the chosen person is not the one who logs in")
	}
}

// What somebody else's browser holds before a login is worth nothing after it.
func TestLogin_changes_the_cookie(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser()
	at, _ := url.Parse(w.server.URL)
	w.get(b, "/authorize", request("basic"))
	before := b.Jar.Cookies(at)
	w.login(b, request("basic"), sindig, "idporten-loa-high")
	after := b.Jar.Cookies(at)
	if len(before) != 1 || len(after) != 1 || before[0].Value == after[0].Value {
		t.Errorf("%v, then %v", before, after)
	}
	planted := w.browser()
	planted.Jar.SetCookies(at, before)
	if answer, _ := w.get(planted, "/authorize", request("basic")); answer.StatusCode != 200 {
		t.Error("the cookie of before is logged in")
	}
}

func TestResponse_modes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	hint := "testid:" + sindig + "_idporten-loa-high"
	shown, page := w.get(w.browser(), "/authorize", request("basic", "response_mode", "form_post", "login_hint", hint))
	script := regexp.MustCompile("<script>(.+)</script>").FindStringSubmatch(page)
	if script == nil {
		t.Fatalf("form_post does not send itself: %s", page)
	}
	sum := sha256.Sum256([]byte(script[1]))
	if policy := shown.Header.Get("Content-Security-Policy"); !strings.HasSuffix(policy, "; script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'") {
		t.Errorf("the policy %s does not let %s run", policy, script[1])
	}
	if !strings.Contains(page, `action="http://client.example/basic"`) || !strings.Contains(page, `name="code"`) || !strings.Contains(page, `name="iss"`) {
		t.Errorf("form_post: %s", page)
	}
	answer, _ := w.get(w.browser(), "/authorize", request("basic", "response_mode", "query.jwt", "login_hint", hint))
	claims := w.claims(w.back(answer).Get("response"))
	if claims["aud"] != "basic" || claims["iss"] != w.issuer() || claims["state"] != "st" || claims["code"] == "" {
		t.Errorf("query.jwt: %v", claims)
	}
}

func TestIntrospection_is_for_those_who_may(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	opaque := w.exchanged("opaque", "scope", "openid liksom:opak")
	if strings.Contains(opaque.AccessToken, ".") || opaque.ExpiresIn != 60 {
		t.Errorf("%+v", opaque)
	}
	ask := func(token, client string) map[string]any {
		answer, body := w.form(http.DefaultClient, "/token/introspect", url.Values{"token": {token}}, basic(client)...)
		var out map[string]any
		if err := json.Unmarshal([]byte(body), &out); err != nil || answer.StatusCode != 200 {
			t.Fatalf("%d %s", answer.StatusCode, body)
		}
		return out
	}
	if got := ask(opaque.AccessToken, "asker"); got["active"] != true || got["pid"] != sindig || got["client_id"] != "opaque" || got["scope"] != "openid liksom:opak" {
		t.Errorf("%v", got)
	}
	if got := ask(opaque.AccessToken, "basic"); got["active"] != false || len(got) != 1 {
		t.Errorf("one who may not: %v", got)
	}
	if got := ask("x", "asker"); got["active"] != false {
		t.Errorf("unknown: %v", got)
	}
	if token, err := w.auth.Verify(t.Context(), opaque.AccessToken); err != nil || token.PID != sindig {
		t.Errorf("%+v, %v", token, err)
	}
	w.pass(61 * time.Second)
	if got := ask(opaque.AccessToken, "asker"); got["active"] != false {
		t.Errorf("run out: %v", got)
	}
	if _, err := w.auth.Verify(t.Context(), opaque.AccessToken); err == nil {
		t.Error("verified after its end")
	}
}

func TestVerify_takes_access_tokens_only(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.exchanged("basic")
	tampered := got.AccessToken[:len(got.AccessToken)-8] + "AAAAAAAA"
	for name, token := range map[string]string{"an id_token": got.IDToken, "another signature": tampered, "nothing": "", "dots": "...", "a refresh token": got.RefreshToken} {
		if _, err := w.auth.Verify(t.Context(), token); err == nil {
			t.Errorf("%s is accepted", name)
		}
	}
	if _, err := w.auth.Verify(t.Context(), got.AccessToken); err != nil {
		t.Error(err)
	}
	w.pass(121 * time.Second)
	if _, err := w.auth.Verify(t.Context(), got.AccessToken); err == nil || !strings.Contains(err.Error(), "ran out") {
		t.Errorf("old: %v", err)
	}
}
