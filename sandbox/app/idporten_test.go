package app

import (
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"io"
	"log/slog"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/seeds"
)

// citizenBox is a sandbox with a protocol clock that can be moved, behind a server.
type citizenBox struct {
	*Sandbox
	t    *testing.T
	base string

	mu sync.Mutex
	at time.Time
}

// clockNow is in Norwegian time, so that AddDate counts days as the register does.
func (b *citizenBox) clockNow() time.Time {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.at.In(sandbox.Oslo)
}

func (b *citizenBox) pass(d time.Duration) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.at = b.at.Add(d)
}

func newCitizenBox(t *testing.T) *citizenBox {
	t.Helper()
	return newCitizenBoxWith(t, func(*Config) {})
}

// newCitizenBoxWith makes a box that is not quite as usual.
func newCitizenBoxWith(t *testing.T, change func(*Config)) *citizenBox {
	t.Helper()
	h, err := newHosts("127.0.0.1", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	b := &citizenBox{t: t, at: time.Now()}
	config := Config{
		Population: generator.Config{Seed: 1, Reference: sandbox.DateOf(b.at)}, Clock: sandbox.NewClock(b.clockNow), Now: b.clockNow, Hosts: h,
		Log: slog.New(slog.DiscardHandler),
	}
	change(&config)
	b.Sandbox, err = New(config)
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(b.handler)
	t.Cleanup(server.Close)
	b.base = server.URL
	return b
}

// browser keeps cookies and follows redirects; where it is sent to the login page,
// it says by login_hint who it is when a person is given.
func (b *citizenBox) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return &http.Client{Jar: jar}
}

// visit gets a page, and gives its text and where it was found.
func (b *citizenBox) visit(c *http.Client, at string) (text string, found *url.URL) {
	b.t.Helper()
	return b.read(c, b.request(http.MethodGet, b.base+at, ""))
}

func (b *citizenBox) request(method, at, form string) *http.Request {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, at, strings.NewReader(form))
	if err != nil {
		b.t.Fatal(err)
	}
	if form != "" {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

func (b *citizenBox) read(c *http.Client, r *http.Request) (text string, found *url.URL) {
	b.t.Helper()
	answer, err := c.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return string(body), answer.Request.URL
}

// login logs in at a service of the demo by way of TestID's form.
func (b *citizenBox) login(c *http.Client, service string) string {
	b.t.Helper()
	_, selector := b.visit(c, service+"logg-inn")
	id := selector.Query().Get("id")
	if id == "" {
		b.t.Fatalf("sent to %s", selector)
	}
	form := url.Values{"id": {id}, "skrevet": {cardPerson}, "nivaa": {"idporten-loa-substantial"}}
	page, at := b.read(c, b.request(http.MethodPost, b.base+"/idporten/authorize/testid", form.Encode()))
	if at.Path != service || !strings.Contains(page, "Du er logget inn") {
		b.t.Fatalf("at %s: %s", at, page)
	}
	return page
}

// TestVerification_8_time_out_in_the_application: more than 30 minutes without a
// sign of life. Source: Digdir, "Verifikasjonstestar ID-porten".
func TestVerification_8_time_out_in_the_application(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.browser()
	b.login(c, "/demo/")
	b.pass(30 * time.Minute)
	if page, _ := b.visit(c, "/demo/"); !strings.Contains(page, "Du er logget inn") {
		t.Errorf("logged out after exactly 30 minutes: %s", page)
	}
	b.pass(30*time.Minute + time.Second)
	if page, _ := b.visit(c, "/demo/"); !strings.Contains(page, "mer enn 30 minutter") || strings.Contains(page, cardPerson) {
		t.Errorf("not told of the time-out: %s", page)
	}
	if page, at := b.visit(c, "/demo/logg-inn"); at.Path != "/idporten/authorize/selector" {
		t.Errorf("ID-porten's session outlived 30 minutes too: %s %s", at, page)
	}
}

func TestDemo_asks_again_with_a_fresh_token_when_the_old_one_ran_out(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.browser()
	b.login(c, "/demo/")
	b.pass(3 * time.Minute)
	page, _ := b.read(c, b.request(http.MethodPost, b.base+"/demo/hent", "x=y"))
	if !strings.Contains(page, "grant_type=refresh_token") || !strings.Contains(page, "KAN_VARSLES") {
		t.Errorf("the page is %s", page)
	}
	b.pass(20 * time.Minute) // the refresh token lives for ten
	if page, _ := b.read(c, b.request(http.MethodPost, b.base+"/demo/hent", "x=y")); !strings.Contains(page, "invalid_grant") || strings.Contains(page, "Du er logget inn") {
		t.Errorf("the page is %s", page)
	}
}

func TestDemo_takes_no_answer_that_it_has_not_asked_for(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	in := b.browser()
	b.login(in, "/demo/")
	for name, query := range map[string]string{
		"another state":      "code=x&state=y&iss=" + url.QueryEscape(b.base+"/idporten"),
		"no state":           "code=x",
		"an error of theirs": "error=access_denied&state=y",
	} {
		page, _ := b.visit(in, "/demo/callback?"+query)
		if !strings.Contains(page, "does not belong to a login") || !strings.Contains(page, "Du er logget inn") {
			t.Errorf("%s: %s", name, page)
		}
	}
	begun := b.browser()
	begun.CheckRedirect = func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }
	answer, err := begun.Do(b.request(http.MethodGet, b.base+"/demo/logg-inn", ""))
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	sent, err := answer.Location()
	if err != nil || sent.Query().Get("state") == "" {
		t.Fatalf("sent to %v, %v", sent, err)
	}
	begun.CheckRedirect = nil
	mixed := url.Values{"code": {"x"}, "state": {sent.Query().Get("state")}, "iss": {"https://evil.example"}}
	if page, _ := b.visit(begun, "/demo/callback?"+mixed.Encode()); !strings.Contains(page, "does not belong to a login") {
		t.Errorf("an answer of another issuer: %s", page)
	}
	r := b.request(http.MethodPost, b.base+"/demo/logg-ut", "x=y")
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if page, _ := b.read(in, r); !strings.Contains(page, "another site") {
		t.Errorf("a form of another site logged out: %s", page)
	}
	for _, query := range []string{"?sid=&iss=" + b.base + "/idporten", "?sid=guessed&iss=" + b.base + "/idporten", ""} {
		b.visit(in, "/demo/logout/frontchannel"+query)
	}
	if page, _ := b.visit(in, "/demo/"); !strings.Contains(page, "Du er logget inn") {
		t.Errorf("logged out by a request without the session's name: %s", page)
	}
}

// TestKRR_asks_ID_porten_about_a_citizens_token: the lines of "how KRR checks the
// token" that need both.
func TestKRR_asks_ID_porten_about_a_citizens_token(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	token := b.token("demo-spa", "openid krr:user/kontaktinformasjon.read", nil)
	ask := func(token string) int {
		r := b.request(http.MethodGet, b.base+"/rest/v1/person", "")
		r.Header.Set("Authorization", "Bearer "+token)
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		return answer.StatusCode
	}
	tampered := token[:len(token)-6] + "AAAAAA"
	for name, tc := range map[string]struct {
		token string
		want  int
	}{
		"a good one": {token, 200}, "a tampered one": {tampered, 401}, "no JWT": {"abc", 401}, "two dots": {"..", 401},
		"without a scope of KRR": {b.token("demo-spa", "openid", nil), 403},
		"for another API":        {b.tokenFor("demo-spa", "openid krr:user/kontaktinformasjon.read", "https://api.example", nil), 401},
		"for KRR alone":          {b.tokenFor("demo-spa", "openid krr:user/kontaktinformasjon.read", b.base+"/rest", nil), 200},
	} {
		if got := ask(tc.token); got != tc.want {
			t.Errorf("%s: %d, want %d", name, got, tc.want)
		}
	}
	b.pass(2*time.Minute + time.Second)
	if got := ask(token); got != 401 {
		t.Errorf("one that ran out: %d", got)
	}
}

// TestKeys_are_published_with_their_certificates. Sources: Digdir, "/token endpoint"
// (Maskinporten) and "ID-token fra ID-porten".
func TestKeys_are_published_with_their_certificates(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	if err := b.auth.Rotate(); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{"/maskinporten/jwk", "/idporten/jwks.json"} {
		text, _ := b.visit(http.DefaultClient, path)
		var set jose.JSONWebKeySet
		if err := json.Unmarshal([]byte(text), &set); err != nil || len(set.Keys) == 0 {
			t.Fatalf("%s: %s, %v", path, text, err)
		}
		for _, key := range set.Keys {
			if len(key.Certificates) != 1 || !key.Key.(*rsa.PublicKey).Equal(key.Certificates[0].PublicKey) {
				t.Errorf("%s: the certificate of %s is not its own: %v", path, key.KeyID, key.Certificates)
			}
		}
	}
}

const verifierOfTests = "xyo94uhy3zKvgB0NJwLms86SwcjtWviEOpkBnGgaLlo" // Digdir's own example, with its challenge

// token logs in without a browser, at a client that is public or authenticates
// with what more says.
func (b *citizenBox) token(client, scope string, more url.Values) string {
	b.t.Helper()
	return b.tokenFor(client, scope, "", more)
}

// tokenFor asks for a token that is good at one API only.
func (b *citizenBox) tokenFor(client, scope, resource string, more url.Values) string {
	b.t.Helper()
	redirect := b.base + "/demo/spa/callback"
	if uri := more.Get("redirect_uri"); uri != "" {
		redirect = uri
	}
	q := url.Values{
		"client_id": {client}, "redirect_uri": {redirect}, "response_type": {"code"}, "scope": {scope}, "state": {"s"},
		"code_challenge": {"b7elB7ZyxIXgFyvBznKvxl7wOB-H17Pz0a3B62NIMFI"}, "code_challenge_method": {"S256"}, "login_hint": {"testid:" + cardPerson + "_idporten-loa-high"},
	}
	if resource != "" {
		q.Set("resource", resource)
	}
	stay := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	answer, err := stay.Do(b.request(http.MethodGet, b.base+"/idporten/authorize?"+q.Encode(), ""))
	if err != nil {
		b.t.Fatal(err)
	}
	_ = answer.Body.Close()
	back, err := answer.Location()
	if err != nil {
		b.t.Fatal(answer.Status, err)
	}
	form := url.Values{"grant_type": {"authorization_code"}, "client_id": {client}, "redirect_uri": {redirect}, "code": {back.Query().Get("code")}, "code_verifier": {verifierOfTests}}
	for name, values := range more {
		form[name] = values
	}
	text, _ := b.read(http.DefaultClient, b.request(http.MethodPost, b.base+"/idporten/token", form.Encode()))
	var told struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(text), &told); err != nil || told.AccessToken == "" {
		b.t.Fatalf("no token: %s (sent to %s)", text, back)
	}
	return told.AccessToken
}

// TestSelvbetjening_registers_clients_that_log_citizens_in while the sandbox runs.
func TestSelvbetjening_registers_clients_that_log_citizens_in(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	admin := b.json(http.MethodPost, "/sandbox/v1/tokens", "", `{"client_id":"demo-selvbetjening","scope":"idporten:dcr.write"}`)["access_token"].(string)
	id := b.json(http.MethodPost, "/selvbetjening/clients", admin, `{"integration_type":"api_klient","application_type":"web","token_endpoint_auth_method":"private_key_jwt",
		"grant_types":["authorization_code"],"redirect_uris":["https://tjeneste.example.test/inn"],"scopes":["krr:user/kontaktinformasjon.read"],"client_name":"ny"}`)["client_id"].(string)
	private, err := readKey(seeds.Files, "demo")
	if err != nil {
		t.Fatal(err)
	}
	key, err := json.Marshal(private.Public())
	if err != nil {
		t.Fatal(err)
	}
	b.json(http.MethodPost, "/selvbetjening/clients/"+id+"/jwks", admin, `{"keys":[`+string(key)+`]}`)
	now := b.clockNow().Unix()
	assertion := signWith(t, "demo", map[string]any{"kid": "demo-1"}, map[string]any{"iss": id, "sub": id, "aud": b.base + "/idporten", "iat": now, "exp": now + 60, "jti": "a"})
	token := b.token(id, "openid krr:user/kontaktinformasjon.read", url.Values{
		"redirect_uri": {"https://tjeneste.example.test/inn"}, "client_assertion": {assertion}, "client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"},
	})
	if told := b.json(http.MethodGet, "/rest/v1/person", token, ""); told["personidentifikator"] != cardPerson {
		t.Errorf("KRR told %v", told)
	}
}

// TestLogin_client_authenticates_with_its_enterprise_certificate when it has registered
// no key. Source: Digdir, "Klientautentisering".
func TestLogin_client_authenticates_with_its_enterprise_certificate(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	admin := b.json(http.MethodPost, "/sandbox/v1/tokens", "", `{"client_id":"demo-selvbetjening","scope":"idporten:dcr.write"}`)["access_token"].(string)
	id := b.json(http.MethodPost, "/selvbetjening/clients", admin, `{"integration_type":"idporten","application_type":"web","token_endpoint_auth_method":"private_key_jwt",
		"grant_types":["authorization_code"],"redirect_uris":["https://tjeneste.example.test/inn"],"client_name":"med sertifikat"}`)["client_id"].(string)
	org := "310000043" // that of demo-selvbetjening, and so the client's
	exchanged := func(certified string) string {
		text, err := b.authority.enterprise(certified, certificateValid)
		if err != nil {
			t.Fatal(err)
		}
		var x5c []string
		for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
			if block.Type == "CERTIFICATE" {
				x5c = append(x5c, base64.StdEncoding.EncodeToString(block.Bytes))
			}
		}
		now := b.clockNow().Unix()
		assertion := signWith(t, "virksomhet", map[string]any{"x5c": x5c}, map[string]any{"iss": id, "sub": id, "aud": b.base + "/idporten", "iat": now, "exp": now + 60, "jti": certified})
		form := url.Values{"grant_type": {"authorization_code"}, "client_id": {id}, "code": {"x"}, "redirect_uri": {"x"}, "client_assertion": {assertion}, "client_assertion_type": {"urn:ietf:params:oauth:client-assertion-type:jwt-bearer"}}
		answer, _ := b.read(http.DefaultClient, b.request(http.MethodPost, b.base+"/idporten/token", form.Encode()))
		return answer
	}
	if got := exchanged(org); !strings.Contains(got, `"invalid_grant"`) { // the client is known, and the code is none
		t.Errorf("its own certificate: %s", got)
	}
	if got := exchanged("310000019"); !strings.Contains(got, `"invalid_client"`) || !strings.Contains(got, "310000019") {
		t.Errorf("another organisation's: %s", got)
	}
}

// json calls an API and reads what it answers.
func (b *citizenBox) json(method, path, token, body string) map[string]any {
	b.t.Helper()
	r := b.request(method, b.base+path, body)
	r.Header.Set("Content-Type", "application/json")
	if token != "" {
		r.Header.Set("Authorization", "Bearer "+token)
	}
	text, _ := b.read(http.DefaultClient, r)
	var out map[string]any
	if err := json.Unmarshal([]byte(text), &out); err != nil {
		b.t.Fatalf("%s %s: %s", method, path, text)
	}
	return out
}

// image is of some persons who are among the box's.
func (b *citizenBox) image() *population.Image {
	b.t.Helper()
	image, err := makeImage(b.generate, nil)
	if err != nil {
		b.t.Fatal(err)
	}
	return image
}

func TestPeople_are_found_and_checked(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	p := people{b.register, b.engine, b.image(), b.scenes}
	for number, want := range map[string]string{cardPerson: "", "0584039989": "shape", "05840399896": "checksum", "18859948843": ""} {
		if got := p.Check(number); got != want {
			t.Errorf("%s: %q, want %q", number, got, want)
		}
	}
	first := p.Search("", 8)
	if len(first) < 5 || len(first) > 8 || first[0].PID != cardPerson || first[1].Note == nil {
		t.Errorf("for no words: %+v", first)
	}
	for _, words := range []string{"begge-gamle", first[1].PID, first[1].Name, "epostTilstand:utgaatt"} {
		if found := p.Search(words, 3); len(found) == 0 || len(found) > 3 {
			t.Errorf("%s: %+v", words, found)
		}
	}
	if found := p.Search(`alder:(`, 3); found != nil {
		t.Errorf("what is no query found %+v", found)
	}
	for range 50 {
		if one := p.Random(); p.Check(one.PID) != "" || one.Age < 18 {
			t.Errorf("somebody at random is %+v", one)
		}
	}
}
