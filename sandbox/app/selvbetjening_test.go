package app

import (
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
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

// TestSelvbetjening_secrets_outlive_a_restart in the data folder, and are in no log,
// no journal and no list.
func TestSelvbetjening_secrets_outlive_a_restart(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	p := start(t, "--persons", "0", "--data", folder)
	asJSON := func(a answer) (out map[string]any) {
		t.Helper()
		if err := json.Unmarshal([]byte(a.body), &out); err != nil || a.status >= 300 {
			t.Fatalf("%d %s", a.status, a.body)
		}
		return out
	}
	const body = "Content-Type: application/json"
	token := asJSON(p.call("POST", "/sandbox/v1/tokens", `{"client_id":"demo-selvbetjening","scope":"idporten:dcr.write"}`, body))["access_token"].(string)
	bearer := "Authorization: Bearer " + token
	made := asJSON(p.call("POST", "/selvbetjening/clients", `{"integration_type":"idporten","application_type":"web","client_name":"ny","token_endpoint_auth_method":"client_secret_basic",
		"redirect_uris":["https://tjeneste.example.test/inn"],"scopes":["openid","profile"]}`, bearer, body))
	id, old := made["client_id"].(string), made["client_secret"].(string)
	secret := asJSON(p.call("POST", "/selvbetjening/clients/"+id+"/secret", "", bearer))["client_secret"].(string)
	kept := p.call("GET", "/sandbox/v1/journal?limit=1000", "").body
	p.stop()
	kept += p.log.String()

	p = start(t, "--data", folder)
	push := url.Values{
		"response_type": {"code"}, "redirect_uri": {"https://tjeneste.example.test/inn"}, "scope": {"openid"}, "state": {"s"}, "nonce": {"n"},
		"code_challenge": {"b7elB7ZyxIXgFyvBznKvxl7wOB-H17Pz0a3B62NIMFI"}, "code_challenge_method": {"S256"},
	}.Encode()
	for secret, want := range map[string]int{old: http.StatusUnauthorized, secret: http.StatusCreated} {
		basic := "Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(id+":"+secret))
		if got := p.call("POST", "/idporten/par", push, basic, "Content-Type: application/x-www-form-urlencoded"); got.status != want {
			t.Errorf("%d %s, want %d", got.status, got.body, want)
		}
	}
	kept += p.call("GET", "/sandbox/v1/journal?limit=1000", "").body + p.call("GET", "/sandbox/v1/clients", "").body
	p.stop()
	kept += p.log.String()
	if !strings.Contains(kept, id) || strings.Contains(kept, old) || strings.Contains(kept, secret) {
		t.Errorf("a secret was kept, or nothing was: %s", kept)
	}
}

// TestSelvbetjening_new_secrets_reach_the_services_of_the_sandbox: whoever tries how a
// secret is replaced may do it with those of the demo service and MinProfil.
func TestSelvbetjening_new_secrets_reach_the_services_of_the_sandbox(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	admin := b.json("POST", "/sandbox/v1/tokens", "", `{"client_id":"demo-selvbetjening","scope":"idporten:dcr.write"}`)["access_token"].(string)
	for client, service := range map[string]struct{ begin, shows string }{
		"demo-test": {"/demo/test/logg-inn", "Du er logget inn"},
		"minprofil": {"/minprofil/", "Mobilnummer"},
	} {
		if made := b.json("POST", "/selvbetjening/clients/"+client+"/secret", admin, "")["client_secret"]; made == "" || made == nil {
			t.Fatalf("%s has no new secret", client)
		}
		c := b.citizen(cardPerson)
		c.logIn(service.begin, "high")
		c.sees(service.shows)
	}
}
