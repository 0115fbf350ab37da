package app

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	jose "github.com/go-jose/go-jose/v4"

	"liksom/fakeauth"
	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/boltstore"
	"liksom/seeds"
)

// refusalCase is a file of testdata/maskinporten: where the expectation comes
// from, what is asked, and the answer with its trace id and issuer taken out.
type refusalCase struct {
	Client      string            // signs with its seeded key
	Key         string            // of another client, to sign with instead
	Header      map[string]any    // changes of the header; null takes away
	Claims      map[string]any    // changes of the claims; iat and exp are relative to now
	Certificate map[string]string // asked for and sent as x5c
	Spoil       string            // "line break": one inside the assertion
	Twice       bool              // sent twice, the second answer counts

	status int
	body   string
}

func readRefusals(t *testing.T) map[string]refusalCase {
	t.Helper()
	files, err := filepath.Glob("testdata/maskinporten/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatal("there are no cases: ", err)
	}
	cases := map[string]refusalCase{}
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		lines := strings.Split(strings.TrimSpace(string(text)), "\n")
		if len(lines) != 5 || !strings.HasPrefix(lines[0], "# ") {
			t.Fatalf("%s is not source, request, empty line, status and body", file)
		}
		var c refusalCase
		dec := json.NewDecoder(strings.NewReader(lines[1]))
		dec.DisallowUnknownFields()
		if err := dec.Decode(&c); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		if c.status, err = strconv.Atoi(lines[3]); err != nil {
			t.Fatalf("%s: %v", file, err)
		}
		c.body = lines[4]
		cases[strings.TrimSuffix(filepath.Base(file), ".txt")] = c
	}
	return cases
}

// assertion signs what the case asks for. chain makes its certificates.
func (c refusalCase) assertion(t *testing.T, issuer string, chain func(org, state string) []byte) string {
	t.Helper()
	now := time.Now().Unix()
	claims := map[string]any{"iss": c.Client, "aud": issuer, "scope": "krr:global/kontaktinformasjon.read", "iat": now, "exp": now + 60, "jti": t.Name()}
	header := map[string]any{"kid": c.Client + "-1", "alg": "RS256"}
	for name, value := range c.Claims {
		if name == "iat" || name == "exp" {
			value = now + int64(value.(float64))
		}
		claims[name] = value
	}
	key := c.Client
	if c.Key != "" {
		key = c.Key
	}
	if c.Client == "demo-virksomhet" {
		key = "virksomhet"
		delete(header, "kid")
	}
	if c.Certificate != nil {
		var x5c []string
		for block, rest := pem.Decode(chain(c.Certificate["orgno"], c.Certificate["state"])); block != nil && block.Type == "CERTIFICATE"; block, rest = pem.Decode(rest) {
			x5c = append(x5c, base64.StdEncoding.EncodeToString(block.Bytes))
		}
		header["x5c"] = x5c
	}
	maps.Copy(header, c.Header)
	maps.DeleteFunc(header, func(_ string, v any) bool { return v == nil })
	signed := signWith(t, key, header, claims)
	if c.Spoil == "line break" {
		signed = signed[:40] + "\n" + signed[40:]
	}
	return signed
}

func signWith(t *testing.T, name string, header, claims map[string]any) string {
	t.Helper()
	key, err := readKey(seeds.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	options := &jose.SignerOptions{}
	for k, v := range header {
		options.WithHeader(jose.HeaderKey(k), v)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key.Key}, options)
	if err != nil {
		t.Fatal(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		t.Fatal(err)
	}
	jws, err := signer.Sign(payload)
	if err != nil {
		t.Fatal(err)
	}
	text, err := jws.CompactSerialize()
	if err != nil {
		t.Fatal(err)
	}
	return text
}

var traceIDs = regexp.MustCompile(`trace_id: [0-9a-f]{32}`)

// check compares an answer with the case.
func (c refusalCase) check(t *testing.T, issuer string, status int, body string) {
	t.Helper()
	got := strings.ReplaceAll(traceIDs.ReplaceAllString(body, "trace_id: TRACE"), issuer, "ISSUER")
	if status != c.status || got != c.body {
		t.Errorf("got  %d %s\nwant %d %s", status, got, c.status, c.body)
	}
}

func tokenForm(assertion string) string {
	return url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}}.Encode()
}

func TestMaskinporten_refuses_in_these_words_at_the_handler(t *testing.T) {
	t.Parallel()
	const issuer = "http://127.0.0.1:8080/maskinporten/"
	box := keptBox(t, nil)
	surface := box.auth.Maskinporten()
	for name, c := range readRefusals(t) {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			assertion := c.assertion(t, issuer, func(org, state string) []byte {
				text, err := box.authority.enterprise(org, state)
				if err != nil {
					t.Fatal(err)
				}
				return text
			})
			post := func() *httptest.ResponseRecorder {
				r := httptest.NewRequest(http.MethodPost, "/token", strings.NewReader(tokenForm(assertion)))
				r.Host = "127.0.0.1:8080"
				r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
				w := httptest.NewRecorder()
				surface.ServeHTTP(w, r)
				return w
			}
			w := post()
			if c.Twice {
				w = post()
			}
			c.check(t, issuer, w.Code, w.Body.String())
		})
	}
}

func TestMaskinporten_refuses_in_these_words_over_HTTP(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	issuer := p.base + "/maskinporten/"
	for name, c := range readRefusals(t) {
		t.Run(name, func(t *testing.T) {
			assertion := c.assertion(t, issuer, p.certificate)
			a := p.grant(assertion)
			if c.Twice {
				a = p.grant(assertion)
			}
			c.check(t, issuer, a.status, a.body)
			var refused struct {
				URI string `json:"error_uri"`
			}
			if err := json.Unmarshal([]byte(a.body), &refused); err != nil {
				t.Fatal(err)
			}
			if refused.URI == "" {
				return
			}
			page := p.call("GET", strings.TrimPrefix(refused.URI, p.base), "")
			if code := refused.URI[strings.LastIndex(refused.URI, "/")+1:]; page.status != http.StatusOK || !strings.Contains(page.body, "<h1>"+code) {
				t.Errorf("%s: %d %s", refused.URI, page.status, page.body)
			}
			trace := strings.TrimPrefix(traceIDs.FindString(a.body), "trace_id: ")
			if journal := p.call("GET", "/sandbox/v1/journal?limit=5", "").body; !strings.Contains(journal, trace) {
				t.Errorf("trace id %s is not in the journal: %s", trace, journal)
			}
			if !strings.Contains(p.log.String(), "trace_id="+trace) {
				t.Errorf("trace id %s is not in the log", trace)
			}
		})
	}
}

// certificate asks for an enterprise certificate.
func (p *program) certificate(org, state string) []byte {
	p.t.Helper()
	a := p.call("POST", "/sandbox/v1/certificates", fmt.Sprintf(`{"orgno":%q,"state":%q}`, org, state), "Content-Type: application/json")
	if a.status != http.StatusOK {
		p.t.Fatalf("%d %s", a.status, a.body)
	}
	return []byte(a.body)
}

func TestCert_command_makes_what_Maskinporten_judges(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	for name, tc := range map[string]struct {
		args []string
		code string
	}{
		"a valid one":              {nil, ""},
		"an expired one":           {[]string{"--state", "expired"}, "MP-120"},
		"one that is not valid":    {[]string{"--state", "not_yet_valid"}, "MP-120"},
		"a revoked one":            {[]string{"--state", "revoked"}, "MP-120"},
		"one for production":       {[]string{"--state", "production"}, "MP-120"},
		"one of somebody else":     {[]string{"--org", "310000027"}, "MP-122"},
		"the signer's alone":       {[]string{"--part", "leaf"}, ""},
		"the signer's, but no key": {[]string{"--part", "chain"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			code, text, errs := run(t, nil, append([]string{"cert", "--server", p.base}, tc.args...)...)
			if code != 0 {
				t.Fatal(errs)
			}
			c := refusalCase{Client: "demo-virksomhet", Certificate: map[string]string{}}
			assertion := c.assertion(t, p.base+"/maskinporten/", func(string, string) []byte { return []byte(text) })
			a := p.grant(assertion)
			if tc.code == "" && (a.status != http.StatusOK || !strings.Contains(a.body, "access_token")) {
				t.Errorf("%d %s", a.status, a.body)
			}
			if !strings.Contains(a.body, tc.code) {
				t.Errorf("%d %s, want %s", a.status, a.body, tc.code)
			}
		})
	}
	_, first, _ := run(t, nil, "cert", "--server", p.base)
	_, second, _ := run(t, nil, "cert", "--server", p.base)
	if first != second || strings.Count(first, "BEGIN CERTIFICATE") != 3 || strings.Count(first, "BEGIN PRIVATE KEY") != 1 {
		t.Errorf("it is not the same chain of three with a key:\n%s", first)
	}
	if _, key, _ := run(t, nil, "cert", "--server", p.base, "--part", "key"); !strings.HasPrefix(key, "-----BEGIN PRIVATE KEY-----") {
		t.Errorf("the key is %q", key)
	}
}

func TestKeys_rotate_and_tokens_stay_good(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	look := func(token string) int {
		return p.call("POST", "/rest/v2/personer", demoBody, "Authorization: Bearer "+token, "Content-Type: application/json").status
	}
	before := p.token()
	a := p.call("POST", "/sandbox/v1/keys/rotate", "")
	if a.status != http.StatusOK || strings.Count(a.body, ",") != 2 {
		t.Errorf("%d %s", a.status, a.body)
	}
	after := p.token()
	if kidOf(t, before) == kidOf(t, after) {
		t.Error("the key has not changed")
	}
	if look(before) != http.StatusOK || look(after) != http.StatusOK {
		t.Errorf("%d before, %d after", look(before), look(after))
	}
}

func kidOf(t *testing.T, token string) string {
	t.Helper()
	jws, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		t.Fatal(err)
	}
	return jws.Signatures[0].Protected.KeyID
}

func TestFresh_keys_are_nobody_elses(t *testing.T) {
	t.Parallel()
	p, other := start(t, "--persons", "0", "--fresh-keys"), start(t, "--persons", "0")
	keys := p.call("GET", "/maskinporten/jwk", "").body
	known := other.call("GET", "/maskinporten/jwk", "").body
	var set jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(keys), &set); err != nil || len(set.Keys) != 3 {
		t.Fatalf("%v: %s", err, keys)
	}
	for _, key := range set.Keys {
		if strings.Contains(known, key.KeyID) {
			t.Errorf("key %s is built in", key.KeyID)
		}
	}
	if bytes.Equal(p.certificate("310000019", "valid"), other.certificate("310000019", "valid")) {
		t.Error("the certificates are the same")
	}
	if p.token() == "" {
		t.Error("there is no token")
	}
}

func TestOne_issuer_is_the_only_one(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0", "--one-issuer")
	foreign := strings.Replace(p.base, "127.0.0.1", "localhost", 1)
	a := p.call("GET", "/maskinporten/.well-known/oauth-authorization-server", "", "Host: "+strings.TrimPrefix(foreign, "http://"))
	if !strings.Contains(a.body, `"issuer":"`+p.base+`/maskinporten/"`) {
		t.Errorf("under another name: %s", a.body)
	}
	if a := p.grant(p.assertion(func(c map[string]any) { c["aud"] = foreign + "/maskinporten/" })); !strings.Contains(a.body, "MP-110") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if p.token() == "" {
		t.Error("there is no token")
	}
}

func TestToken_for_one_person_is_for_a_synthetic_one(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	for name, tc := range map[string]struct {
		pid, code string
	}{
		"a synthetic number":  {"05848998356", "access_token"},
		"a wrong check digit": {"05848998357", "MP-011"},
		"too short":           {"0584899835", "MP-011"},
	} {
		a := p.grant(p.assertion(func(c map[string]any) { c["pid"] = tc.pid }))
		if !strings.Contains(a.body, tc.code) {
			t.Errorf("%s: %d %s, want %s", name, a.status, a.body, tc.code)
		}
	}
	p.stop()
	if log := p.log.String(); !strings.Contains(log, "msg=request") || strings.Contains(log, "05848998356") {
		t.Error("the log holds no requests, or the number")
	}
}

func TestRegistry_outlives_the_program_and_is_reset(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	open := func(then func(*Sandbox)) {
		t.Helper()
		store, err := boltstore.Open(folder)
		if err != nil {
			t.Fatal(err)
		}
		box := keptBox(t, store)
		then(box)
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	}
	name := func(box *Sandbox) string {
		client, _ := box.auth.Client("demo")
		return client.Name
	}
	var seeded string
	open(func(box *Sandbox) {
		seeded = name(box)
		if err := box.auth.Update(func(r *fakeauth.Registry) error { r.Client("demo").Name = "Changed"; return nil }); err != nil {
			t.Fatal(err)
		}
	})
	open(func(box *Sandbox) {
		if name(box) != "Changed" {
			t.Errorf("kept is %q", name(box))
		}
		if err := box.reset(); err != nil {
			t.Fatal(err)
		}
	})
	open(func(box *Sandbox) {
		if name(box) != seeded {
			t.Errorf("after the reset it is %q, want %q", name(box), seeded)
		}
	})
}

// keptBox is a sandbox without persons and listener.
func keptBox(t *testing.T, store *boltstore.Store) *Sandbox {
	t.Helper()
	h, err := newHosts("127.0.0.1", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	box, err := New(Config{
		Population: generator.Config{Seed: 1, Reference: sandbox.DateOf(time.Now())}, Clock: sandbox.NewClock(time.Now), Now: time.Now, Hosts: h,
		Store: store, Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	return box
}
