package ui

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// testTokens knows two clients; its tokens say what was asked for.
func testTokens() Tokens {
	return Tokens{
		Clients: func() []Client {
			return []Client{
				{ID: "demo", Name: "Demo", Org: "310000019", Owner: "Sindig", Scopes: []string{contactScopeName}, Lifetime: 120, Keys: []string{"demo-1"}, Seeded: true},
				{ID: "demo-virksomhet", Name: "Sertifikat", Org: "310000027", Scopes: []string{"liksom:apen"}, Lifetime: 120},
			}
		},
		Kinds: []string{"expired", "tampered"},
		Mint: func(_ *http.Request, w Wish) ([]string, error) {
			if w.Client != "demo" {
				return nil, errors.New("no such client is registered")
			}
			return slices.Repeat([]string{"eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6ImEifQ.c"}, w.Count), nil
		},
		Explain: func(_ *http.Request, text string) Explanation {
			good := Explanation{Header: json.RawMessage(`{"alg":"RS256"}`), Claims: json.RawMessage(`{"iss":"demo"}`), Checks: []Check{{Name: "shape", Outcome: "pass"}}}
			if text == "token" {
				good.Token = true
			}
			if text == "bad" {
				good.Checks = append(good.Checks,
					Check{Name: "aud", Outcome: "fail", Status: 400, Code: "MP-110", Error: "invalid_grant", Description: "Invalid JWT claim aud", Reason: "aud is <x>"},
					Check{Name: "ny_sjekk", Outcome: "skipped"})
			}
			return good
		},
	}
}

func TestToken_pages_say_what_was_asked_for(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for name, c := range map[string]struct {
		path string
		form url.Values // nil for GET
		says []string
	}{
		"the workbench starts with demo":                {"/token", nil, []string{"demo – Demo", "Ødelegg med vilje", "Utløpt", "Her kommer tokenet"}},
		"a token is shown and decoded":                  {"/token", url.Values{"klient": {"demo"}, "scope": {"a"}, "antall": {"2"}, "feil": {"expired"}}, []string{`eyJhbGciOiJSUzI1NiJ9.eyJzY29wZSI6ImEifQ.c eyJ`, `{"alg":"RS256"}`, `"scope" : "a"`}},
		"a token that cannot be made says why":          {"/token", url.Values{"klient": {"nobody"}, "scope": {"a"}}, []string{"Det ble ikke noe token", "no such client is registered"}},
		"an empty explanation waits":                    {"/token/forklar", nil, []string{"Her kommer svaret"}},
		"a good assertion is good":                      {"/token/forklar", url.Values{"assertion": {" x "}}, []string{"Maskinporten ville gitt et token", "i orden: formen på JWT-en", `"iss" : "demo"`}},
		"a good token is good":                          {"/token/forklar", url.Values{"assertion": {"Bearer token"}}, []string{"Tokenet er gyldig"}},
		"a bad assertion names check, code and why":     {"/token/forklar", url.Values{"assertion": {"bad"}}, []string{"Avvist med MP-110: mottakeren (aud)", "400 · invalid_grant · Invalid JWT claim aud", "aud is <x>", "ikke nådd: ny_sjekk"}},
		"the clients are listed":                        {"/token/klienter", nil, []string{"demo Demo " + contactScopeName, "demo-virksomhet Sertifikat"}},
		"a client has its addresses and its code":       {"/token/klienter/demo", nil, []string{"310000019", "Sindig", "nøkkel demo-1", "Privat nøkkel", "http://127.0.0.1:8080/maskinporten/token", "no.ks.fiks", "openid-client", "authlib", "go-jose", "curl -s"}},
		"a client with a certificate has no key":        {"/token/klienter/demo-virksomhet", nil, []string{"virksomhetssertifikat", "310000027"}},
		"code comes alone for a file":                   {"/token/klienter/demo/python", nil, []string{`base = "http://127.0.0.1:8080"`, examplePerson}},
		"code for a client without KRR looks nobody up": {"/token/klienter/demo-virksomhet/curl", nil, []string{`echo "$TOKEN"`}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := s.get(t, c.path)
			if c.form != nil {
				w = s.post(t, c.path, c.form)
			}
			if w.Code != http.StatusOK {
				t.Fatalf("status %d", w.Code)
			}
			text := read(w)
			for _, want := range c.says {
				if !strings.Contains(text, want) {
					t.Errorf("the page does not say %q:\n%s", want, text)
				}
			}
		})
	}
	for _, path := range []string{"/token/klienter/nobody", "/token/klienter/demo/cobol", "/token/klienter/demo-virksomhet/java"} {
		if w := s.get(t, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

func TestTokens_are_never_kept_or_in_an_address(t *testing.T) {
	t.Parallel()
	w := castStage(t).post(t, "/token", url.Values{"klient": {"demo"}, "scope": {"a"}})
	if got := w.Header().Get("Cache-Control"); !strings.Contains(got, "no-store") && !strings.Contains(got, "no-cache") {
		t.Errorf("Cache-Control is %q", got)
	}
	if body := w.Body.String(); !strings.Contains(body, `name="til" value="/token"`) {
		t.Error("the menu does not come back to an empty page")
	}
}
