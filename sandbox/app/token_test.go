package app

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"liksom/fakeauth"
	"liksom/sandbox/admin"
)

const lookUp = `{"personidentifikatorer":["05840399895"]}`

// TestBroken_tokens_are_refused_by_KRR has a row for each way to break a token.
func TestBroken_tokens_are_refused_by_KRR(t *testing.T) {
	t.Parallel()
	want := map[string]struct {
		status int
		reason string
	}{
		"expired":        {401, "the token expired at"},
		"not_yet_valid":  {401, "not valid before"},
		"wrong_issuer":   {401, "which is not served here"},
		"wrong_audience": {401, `aud is "https://api.example/", another API`},
		"wrong_key":      {401, "the signature of the token is wrong"},
		"unknown_kid":    {401, "the token is signed with key"},
		"alg_none":       {401, `alg is "none"`},
		"missing_claim":  {401, "it has no consumer"},
		"wrong_scope":    {403, "scope"},
		"tampered":       {401, "the signature of the token is wrong"},
	}
	p := start(t, "--persons", "0")
	for _, kind := range fakeauth.BrokenKinds() {
		w, known := want[kind]
		if !known {
			t.Errorf("nothing is known of %s", kind)
			continue
		}
		code, token, errs := run(t, nil, "token", "--server", p.base, "--broken", kind)
		if code != 0 {
			t.Fatal(errs)
		}
		got := p.call("POST", "/rest/v2/personer", lookUp, "Content-Type: application/json", "Authorization: Bearer "+strings.TrimSpace(token))
		e := p.latest()
		if got.status != w.status || !strings.Contains(e.Reason, w.reason) {
			t.Errorf("%s: %d, %q; want %d, %q", kind, got.status, e.Reason, w.status, w.reason)
		}
	}
	if got := strings.Join(admin.BrokenKinds(), " "); got != strings.Join(fakeauth.BrokenKinds(), " ") {
		t.Errorf("the control API knows %s", got)
	}
}

func TestToken_command_makes_what_is_asked_for(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	_, tokens, errs := run(t, nil, "token", "--server", p.base, "--count", "3", "--pid", "05848998356", "--lifetime", "30")
	lines := strings.Fields(tokens)
	if len(lines) != 3 || lines[0] == lines[1] {
		t.Fatalf("got %q %s", tokens, errs)
	}
	var claims struct {
		PID      string
		Exp, Iat int
	}
	_, payload := unsealed(lines[2])
	if err := json.Unmarshal(payload, &claims); err != nil || claims.PID != "05848998356" || claims.Exp-claims.Iat != 30 {
		t.Errorf("claims are %s (%v)", payload, err)
	}
	if code, _, errs := run(t, nil, "token", "--server", p.base, "--broken", "bent"); code == 0 || !strings.Contains(errs, "it must be one of expired") {
		t.Errorf("an unknown kind: %d %s", code, errs)
	}
	if code, _, errs := run(t, nil, "token", "--server", p.base, "--pid", "1"); code == 0 || !strings.Contains(errs, "synthetic") {
		t.Errorf("a person who cannot be: %d %s", code, errs)
	}
}

func TestExplain_says_what_the_token_endpoint_would(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	explain := func(text string) (out admin.Explanation) {
		t.Helper()
		body, err := json.Marshal(map[string]string{"assertion": text})
		if err != nil {
			t.Fatal(err)
		}
		got := p.call(http.MethodPost, "/sandbox/v1/assertions/explain", string(body), "Content-Type: application/json")
		if err := json.Unmarshal([]byte(got.body), &out); err != nil || got.status != http.StatusOK {
			t.Fatalf("%d %s", got.status, got.body)
		}
		return out
	}
	good := p.assertion(nil)
	if got := explain(good); got.Refused || got.Kind != admin.KindAssertion || !strings.Contains(string(got.Claims), `"iss":"demo"`) {
		t.Errorf("a good assertion: %+v", got)
	}
	if got := p.grant(good); got.status != http.StatusOK {
		t.Errorf("the explanation used the assertion up: %s", got.body)
	}
	bad := p.assertion(func(c map[string]any) { c["aud"] = p.base + "/maskinporten/token" })
	got, real := explain(bad), p.grant(bad)
	first := got.First()
	if first == nil || first.Name != "aud" || first.Code != "MP-110" || first.Status != real.status || !strings.Contains(real.body, first.Text) {
		t.Errorf("a wrong aud: %+v; the endpoint answered %s", first, real.body)
	}
	_, token, _ := run(t, nil, "token", "--server", p.base, "--broken", "tampered")
	if got := explain(strings.TrimSpace(token)); got.Kind != admin.KindToken || got.First() == nil || got.First().Name != "signature" {
		t.Errorf("a tampered token: %+v", got)
	}
	if got := explain("x"); !got.Refused || got.First().Code != "MP-011" || got.Claims != nil {
		t.Errorf("a text that is nothing: %+v", got)
	}
}
