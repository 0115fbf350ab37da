package idporten_test

import (
	"strings"
	"testing"

	"liksom/fakeauth/idporten"
)

// TestGuesses flips every switch: the first answer is that of the default.
func TestGuesses(t *testing.T) {
	t.Parallel()
	hint := []string{"login_hint", "testid:" + sindig + "_idporten-loa-high"}
	withoutNonce := func(w *world) string {
		answer, _ := w.get(w.browser(), "/authorize", request("basic", append(hint, "nonce", "")...))
		return w.back(answer).Get("error")
	}
	toTheEndpoint := func(w *world) string {
		return w.token(codeForm("key", w.login(w.browser(), request("key", hint...), "", "").Get("code"), "client_id", "key", "client_assertion_type",
			"urn:ietf:params:oauth:client-assertion-type:jwt-bearer", "client_assertion", w.assertion(func(c map[string]any) { c["aud"] = w.issuer() + "/token" }))).Error
	}
	publicRefresh := func(w *world) string {
		got := w.token(codeForm("public", w.login(w.browser(), request("public", hint...), "", "").Get("code"), "client_id", "public"))
		form := refreshForm(got.RefreshToken)
		form.Set("client_id", "public")
		return w.token(form).Error
	}
	tested := map[string]bool{}
	for _, c := range []struct {
		name, value   string
		ask           func(*world) string // the error
		usually, then string
	}{
		{"login_state", "demanded", withoutNonce, "", "invalid_request"},
		{"login_aud", "endpoint", toTheEndpoint, "invalid_client", ""},
		{"login_refresh", "confidential", publicRefresh, "", "unauthorized_client"},
	} {
		tested[c.name] = true
		var set idporten.Guesses
		if err := set.Set(c.name, c.value); err != nil {
			t.Fatal(err)
		}
		if got := c.ask(newWorld(t)); got != c.usually {
			t.Errorf("%s usually: %q, want %q", c.name, got, c.usually)
		}
		if got := c.ask(newWorldWith(t, set)); got != c.then {
			t.Errorf("%s=%s: %q, want %q", c.name, c.value, got, c.then)
		}
		if err := set.Set(c.name, "x"); err == nil || !strings.Contains(err.Error(), c.value) {
			t.Errorf("a word that there is not: %v", err)
		}
	}
	for _, s := range (idporten.Guesses{}).List() {
		if !tested[s.Name] || s.Value != s.Choices[0] {
			t.Errorf("%+v is not tested, or not at its default", s)
		}
	}
	if err := new(idporten.Guesses).Set("x", "y"); err == nil || !strings.Contains(err.Error(), "login_aud") {
		t.Errorf("an unknown name: %v", err)
	}
}
