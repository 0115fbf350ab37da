package idporten_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Source: Digdir, "REST-API for administrasjon av OIDC-integrasjoner" and
// "Registrering av klienter" for the settings of a client.
func TestClient_sets_its_own_lifetimes(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	first := w.exchanged("slow")
	if claims := w.claims(first.AccessToken); first.ExpiresIn != 30 || claims["exp"].(float64)-claims["iat"].(float64) != 30 || first.RefreshExpiresIn != 300 {
		t.Errorf("%+v", first)
	}
	w.pass(301 * time.Second)
	if got := w.token(refreshForm(first.RefreshToken), basic("slow")...); got.Error != "invalid_grant" {
		t.Errorf("after its lifetime: %+v", got)
	}
	got := w.exchanged("slow")
	for range 3 {
		w.pass(290 * time.Second)
		if got = w.token(refreshForm(got.RefreshToken), basic("slow")...); got.Status != 200 {
			t.Fatalf("%+v", got)
		}
	}
	if got.RefreshExpiresIn != 130 {
		t.Errorf("870 of 1000 seconds are gone: %+v", got)
	}
	w.pass(131 * time.Second)
	if got := w.token(refreshForm(got.RefreshToken), basic("slow")...); got.Error != "invalid_grant" {
		t.Errorf("beyond the authorization: %+v", got)
	}
}

// Source: Digdir, "Scope": requires_user_authentication and the longest life of an
// authorization.
func TestScope_wants_a_login_of_its_own_and_shortens_the_authorization(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser()
	w.login(b, request("basic"), sindig, "idporten-loa-high")
	if answer, _ := w.get(b, "/authorize", request("basic", "scope", "openid liksom:fersk")); answer.StatusCode != 200 {
		t.Errorf("single sign-on was good enough: %d", answer.StatusCode)
	}
	answer, _ := w.get(b, "/authorize", request("basic", "scope", "openid liksom:fersk", "prompt", "none"))
	if got := w.back(answer).Get("error"); got != "login_required" {
		t.Errorf("prompt=none: %q", got)
	}
	if got := w.exchanged("basic", "scope", "openid liksom:fersk"); got.RefreshExpiresIn != 400 {
		t.Errorf("the refresh token outlives the authorization: %+v", got)
	}
}

// What was revoked stays so, however long the client's tokens live.
func TestRevoked_is_for_good(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got, other := w.exchanged("patient"), w.exchanged("patient")
	w.form(http.DefaultClient, "/token/revoke", url.Values{"token": {got.RefreshToken}}, basic("patient")...)
	w.pass(24 * time.Hour)
	if again := w.token(refreshForm(got.RefreshToken), basic("patient")...); again.Error != "invalid_grant" {
		t.Errorf("a day later: %+v", again)
	}
	if again := w.token(refreshForm(other.RefreshToken), basic("patient")...); again.Status != 200 {
		t.Errorf("one of another login: %+v", again)
	}
}

// refresh_token_usage is observed in registrations; that a client without
// authentication gets a new one each time is Digdir's release note of 2021.
func TestRefresh_token_is_used_again_only_where_that_is_registered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	again := w.exchanged("slow")
	for range 2 {
		if got := w.token(refreshForm(again.RefreshToken), basic("slow")...); got.Status != 200 {
			t.Errorf("%+v", got)
		}
	}
	back := w.login(w.browser(), request("careless", "login_hint", "testid:"+sindig+"_idporten-loa-high"), "", "")
	form := refreshForm(w.token(codeForm("careless", back.Get("code"), "client_id", "careless")).RefreshToken)
	form.Set("client_id", "careless")
	if first, second := w.token(form), w.token(form); first.Status != 200 || second.Error != "invalid_grant" {
		t.Errorf("without authentication: %+v, %+v", first, second)
	}
}

// Source: Digdir, "PKCE" and "Klienttyper".
func TestClient_without_authentication_must_use_PKCE_and_its_own_port(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answer, _ := w.get(w.browser(), "/authorize", request("careless", "code_challenge", "", "code_challenge_method", ""))
	if got := w.back(answer).Get("error"); got != "invalid_request" {
		t.Errorf("without PKCE: %q", got)
	}
	for uri, status := range map[string]int{"http://127.0.0.1:8080/cb": 200, "http://127.0.0.1:9090/cb": 400, "http://127.0.0.1/web": 200, "http://127.0.0.1:9090/web": 400} {
		if answer, _ := w.get(w.browser(), "/authorize", request("careless", "redirect_uri", uri)); answer.StatusCode != status {
			t.Errorf("%s: %d", uri, answer.StatusCode)
		}
	}
}

// Source: Digdir, "Utlogging", "ID-token" on sid, and "SSO-fri innlogging".
func TestLogout_tells_each_client_as_it_is_registered(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser()
	sids := map[string]string{}
	for _, client := range []string{"basic", "plain", "quiet", "alone"} {
		got := w.token(codeForm(client, w.login(b, request(client), sindig, "idporten-loa-high").Get("code")), basic(client)...)
		sids[client], _ = w.claims(got.IDToken)["sid"].(string)
	}
	if sids["quiet"] != "" || sids["basic"] == "" || sids["basic"] == sids["plain"] {
		t.Errorf("sid: %v", sids)
	}
	_, page := w.get(b, "/logout", nil)
	for client, sid := range sids {
		src := `src="http://client.example/front/` + client
		if sid != "" {
			src += "?iss=" + url.QueryEscape(w.issuer()) + "&amp;sid=" + sid
		}
		if !strings.Contains(page, src+`"`) {
			t.Errorf("%s is not told with %s: %s", client, src, page)
		}
	}
	for _, client := range []string{"basic", "alone"} {
		if answer, _ := w.get(b, "/authorize", request(client)); answer.StatusCode != 200 {
			t.Errorf("%s is logged in still", client)
		}
	}
}

// Source: OpenID Connect RP-Initiated Logout, 2: a hint that ran out is accepted; one
// that somebody else signed, or for another issuer, is not.
func TestLogout_takes_an_old_hint_but_no_forged_one(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t) // with the same key
	b := w.browser()
	got := w.token(codeForm("plain", w.login(b, request("plain"), sindig, "idporten-loa-high").Get("code")), basic("plain")...)
	part := strings.Split(got.IDToken, ".")
	signature := []byte(part[2])
	signature[10] = map[bool]byte{true: 'B', false: 'A'}[signature[10] == 'A']
	for name, hint := range map[string]string{
		"another signature": part[0] + "." + part[1] + "." + string(signature),
		"another issuer":    other.exchanged("plain").IDToken,
	} {
		answer, _ := w.get(b, "/logout", url.Values{"id_token_hint": {hint}, "post_logout_redirect_uri": {"http://client.example/ut"}})
		if answer.StatusCode != 400 {
			t.Errorf("%s: %d", name, answer.StatusCode)
		}
	}
	w.pass(10 * time.Minute)
	answer, _ := w.get(b, "/logout", url.Values{"id_token_hint": {got.IDToken}, "post_logout_redirect_uri": {"http://client.example/ut"}})
	if answer.StatusCode != 200 || !strings.HasSuffix(answer.Header.Get("Refresh"), "url=http://client.example/ut") {
		t.Errorf("one that ran out: %d %v", answer.StatusCode, answer.Header)
	}
}

// Who logs in after somebody else in the same browser has a session of their own.
func TestSession_is_of_one_person(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser()
	sid := func(pid string) any {
		back := w.login(b, request("basic", "prompt", "login"), pid, "idporten-loa-high")
		return w.claims(w.token(codeForm("basic", back.Get("code")), basic("basic")...).IDToken)["sid"]
	}
	first, again, other := sid(sindig), sid(sindig), sid(grundig)
	if first != again || first == other {
		t.Errorf("%v, %v and of another person %v", first, again, other)
	}
	if back := w.login(b, request("plain"), "", ""); w.claims(w.token(codeForm("plain", back.Get("code")), basic("plain")...).IDToken)["pid"] != grundig {
		t.Error("the session is of who was there before")
	}
}

// Source: Digdir, "Språk": what the user picks by hand goes before ui_locales.
func TestLanguage_that_was_picked_goes_before_the_one_asked_for(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	b := w.browser()
	_, page := w.get(b, "/authorize", request("basic", "ui_locales", "en"))
	if !strings.Contains(page, `<html lang="en"`) {
		t.Fatalf("asked for English: %s", page)
	}
	link, err := url.Parse(strings.ReplaceAll(wayLink.FindStringSubmatch(page)[1], "&amp;", "&"))
	if err != nil {
		t.Fatal(err)
	}
	if _, page = w.get(b, "/spraak", url.Values{"til": {"nn"}, "id": {link.Query().Get("id")}}); !strings.Contains(page, `<html lang="nn"`) {
		t.Errorf("picked nynorsk: %s", page)
	}
	if _, page = w.get(b, "/authorize", request("basic", "ui_locales", "en")); !strings.Contains(page, `<html lang="nn"`) {
		t.Errorf("asked again: %s", page)
	}
}

// Source: Digdir, "Automatisert testing med ID-porten": no cookie is left; RFC 6749,
// 5.1 and 5.2, for the caches and the challenge.
func TestAnswers_leave_nothing_behind(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	answer, _ := w.get(w.browser(), "/authorize", request("basic", "login_hint", "testid:"+sindig+"_idporten-loa-high"))
	cookies := answer.Header.Values("Set-Cookie")
	if len(cookies) != 2 || !strings.HasPrefix(cookies[0], "IDPORTEN_AUTH=; Path=/; Max-Age=0") || !strings.HasPrefix(cookies[1], "SESSION=; Path=/; Max-Age=0") {
		t.Errorf("cookies %v", cookies)
	}
	form := codeForm("basic", w.back(answer).Get("code"))
	if answer, _ := w.form(http.DefaultClient, "/token", form, "Authorization", "Basic YmFzaWM6eA=="); answer.StatusCode != 401 || answer.Header.Get("WWW-Authenticate") != `Basic realm="ID-porten"` {
		t.Errorf("a wrong secret: %d %v", answer.StatusCode, answer.Header)
	}
	for _, status := range []int{200, 400} { // the second time the code is used
		answer, _ := w.form(http.DefaultClient, "/token", form, basic("basic")...)
		if answer.StatusCode != status || answer.Header.Get("Cache-Control") != "no-store" || answer.Header.Get("Pragma") != "no-cache" {
			t.Errorf("%d, %v", answer.StatusCode, answer.Header)
		}
	}
}

// An access token is good at APIs of the issuer that gave it only.
func TestVerify_refuses_another_issuers_token(t *testing.T) {
	t.Parallel()
	w, other := newWorld(t), newWorld(t) // with the same key
	if _, err := w.auth.Verify(t.Context(), other.exchanged("basic").AccessToken); err == nil || !strings.Contains(err.Error(), "issuer") {
		t.Errorf("accepted: %v", err)
	}
}

// Digdir's pages differ on whether state and nonce must be sent; that nobody has to
// send nonce, and only a public client state, is a guess.
func TestNonce_and_state_may_be_left_out(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for client, query := range map[string]url.Values{"public": request("public", "nonce", ""), "basic": request("basic", "nonce", "", "state", "")} {
		query.Set("login_hint", "testid:"+sindig+"_idporten-loa-high")
		if back := w.login(w.browser(), query, "", ""); back.Get("code") == "" {
			t.Errorf("%s: %v", client, back)
		}
	}
}
