package app

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"

	"liksom/seeds"
)

// TestSelvbetjening_registers_clients_until_the_reset goes the real way: a token
// by assertion, a new client with a key, a token with that, a reset.
func TestSelvbetjening_registers_clients_until_the_reset(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	issuer := p.base + "/maskinporten/"
	a := p.grant(refusalCase{Client: "demo-selvbetjening", Claims: map[string]any{"scope": "idporten:dcr.write idporten:scopes.write"}}.assertion(t, issuer, nil))
	var admin struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(a.body), &admin); err != nil || admin.AccessToken == "" {
		t.Fatalf("no token for the API: %s", a.body)
	}
	do := func(method, path, body string) map[string]any {
		t.Helper()
		got := p.call(method, "/selvbetjening/api/v1"+path, body, "Authorization: Bearer "+admin.AccessToken, "Content-Type: application/json")
		var out map[string]any
		if err := json.Unmarshal([]byte(got.body), &out); err != nil || got.status >= 300 {
			t.Fatalf("%s %s: %d %s", method, path, got.status, got.body)
		}
		return out
	}
	id := do("POST", "/clients", `{"integration_type":"maskinporten","client_name":"ny","scopes":["liksom:apen"]}`)["client_id"].(string)
	private, err := readKey(seeds.Files, "demo")
	if err != nil {
		t.Fatal(err)
	}
	key, err := json.Marshal(private.Public())
	if err != nil {
		t.Fatal(err)
	}
	do("POST", "/clients/"+id+"/jwks", `{"keys":[`+string(key)+`]}`)
	ask := func() string {
		return p.grant(refusalCase{Client: id, Key: "demo", Header: map[string]any{"kid": "demo-1"}, Claims: map[string]any{"scope": "liksom:apen", "jti": nil}}.assertion(t, issuer, nil)).body
	}
	if got := ask(); !strings.Contains(got, "access_token") {
		t.Errorf("the new client got %s", got)
	}
	if e := p.latest(); e.Surface != "maskinporten" {
		t.Errorf("the journal has %+v", e)
	}
	refused := p.call(http.MethodGet, "/selvbetjening/clients", "")
	if e := p.latest(); refused.status != http.StatusUnauthorized || e.Surface != "selvbetjening" || e.Verdict != "refused" || e.Reason == "" {
		t.Errorf("without a token: %d, journal %+v", refused.status, e)
	}
	p.call(http.MethodPost, "/sandbox/v1/reset", "")
	if got := ask(); !strings.Contains(got, "MP-100") {
		t.Errorf("after the reset the client got %s", got)
	}
}
