package fakeauth

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

const (
	issuer      = "http://localhost:8080/maskinporten/"
	otherIssuer = "http://127.0.0.1:8080/maskinporten/"
	orgA        = "991825827"
	orgB        = "889640782"
	orgC        = "910753614"
	orgD        = "313876144"
	orgO        = "310000043" // owner of the scopes
	tt02        = "https://tt02.altinn.no/"
)

// start is what the clock of a rig shows at first.
var start = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

// Keys are made once for the test binary: the issuer's, those of two clients,
// and one that nobody has registered.
var (
	issuerKey   = sync.OnceValue(newKey)
	previousKey = sync.OnceValue(newKey)
	nextKey     = sync.OnceValue(newKey)
	clientKey   = sync.OnceValue(newKey)
	otherKey    = sync.OnceValue(newKey)
	strangerKey = sync.OnceValue(newKey)
)

func newKey() *rsa.PrivateKey {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return key
}

func publicKey(kid string, key *rsa.PrivateKey) ClientKey {
	return ClientKey{JWK: jose.JSONWebKey{Key: &key.PublicKey, KeyID: kid}}
}

// rig is a server with a settable clock that keeps its verdicts.
type rig struct {
	*Server
	handler http.Handler
	clock   atomic.Pointer[time.Time]

	mu       sync.Mutex
	verdicts []Verdict
}

// config returns a valid configuration: client ca of organisation A has key k1,
// an expired key k0 and the scopes demo:read and demo:write; client cb of
// organisation B has key s1 and the scope demo:read; login has no JWT-bearer
// grant. Supplier B has client cs for demo:delegert, delegated by C, not by D;
// cc authenticates with a certificate of A; cv of vendor B has the system users
// of customers C and D.
func config() Config {
	expired := publicKey("k0", clientKey())
	expired.Expires = start.Add(-24 * time.Hour)
	return Config{
		Now:              func() time.Time { return start },
		Issuer:           func(*http.Request) string { return issuer },
		Serves:           func(s string) bool { return s == issuer || s == otherIssuer },
		CheckCertificate: checkTestCertificate,
		Keys: SigningKeys{
			Current:  jose.JSONWebKey{Key: issuerKey(), KeyID: "mp-1"},
			Next:     jose.JSONWebKey{Key: nextKey(), KeyID: "mp-2"},
			Previous: jose.JSONWebKey{Key: previousKey(), KeyID: "mp-past"},
		},
		Registry: Registry{Clients: []Client{
			{ID: "ca", Name: "Client A", Org: orgA, Scopes: []string{"demo:read", "demo:write"}, Keys: []ClientKey{publicKey("k1", clientKey()), expired}},
			{ID: "cb", Name: "Client B", Org: orgB, Scopes: []string{"demo:read"}, TokenLifetime: 600, Keys: []ClientKey{publicKey("s1", otherKey())}},
			{ID: "login", Name: "Login", Org: orgB, Scopes: []string{"openid"}, GrantTypes: []string{"authorization_code"}, Keys: []ClientKey{publicKey("l1", otherKey())}},
			{ID: "cs", Name: "Client S", Org: orgB, Scopes: []string{"demo:delegert", "demo:read"}, Keys: []ClientKey{publicKey("s1", otherKey())}},
			{ID: "cc", Name: "Client C", Org: orgA, Scopes: []string{"demo:read"}},
			{ID: "cv", Name: "Client V", Org: orgB, Scopes: []string{"demo:open", "demo:delegert"}, Keys: []ClientKey{publicKey("s1", otherKey())}},
		}, Scopes: []Scope{
			{Name: "demo:read", Owner: orgO}, {Name: "demo:write", Owner: orgO},
			{Name: "demo:open", Owner: orgO, AccessibleForAll: true},
			{Name: "demo:delegert", Owner: orgO, DelegationSource: tt02},
		}, Access: []Access{
			{"demo:read", orgA, AccessApproved, start, start}, {"demo:write", orgA, AccessApproved, start, start}, {"demo:read", orgB, AccessApproved, start, start},
			{"demo:delegert", orgC, AccessApproved, start, start}, {"demo:delegert", orgD, AccessApproved, start, start},
		}, DelegationSources: []DelegationSource{{Name: "altinn", Issuer: tt02}},
			Delegations: []Delegation{{"demo:delegert", orgC, orgB, tt02}},
			SystemUsers: []SystemUser{
				{ID: "u-c", System: orgB + "_system", Vendor: orgB, Clients: []string{"cv"}, Customer: orgC},
				{ID: "u-d", System: orgB + "_system", Vendor: orgB, Clients: []string{"cv"}, Customer: orgD, ExternalRef: "ref-d"},
			},
		},
	}
}

func newRig(tb testing.TB) *rig {
	tb.Helper()
	r := &rig{}
	r.clock.Store(&start)
	cfg := config()
	cfg.Now = func() time.Time { return *r.clock.Load() }
	cfg.Explain = func(_ context.Context, v Verdict) {
		r.mu.Lock()
		defer r.mu.Unlock()
		r.verdicts = append(r.verdicts, v)
	}
	server, err := New(cfg)
	if err != nil {
		tb.Fatal(err)
	}
	r.Server, r.handler = server, server.Maskinporten()
	return r
}

func (r *rig) setClock(at time.Time) { r.clock.Store(&at) }

func (r *rig) lastVerdict(tb testing.TB) Verdict {
	tb.Helper()
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.verdicts) == 0 {
		tb.Fatal("there was no verdict")
	}
	return r.verdicts[len(r.verdicts)-1]
}

// members are JSON members; a nil value in changes removes one.
type members map[string]any

func (m members) with(changes members) members {
	out := maps.Clone(m)
	maps.Copy(out, changes)
	maps.DeleteFunc(out, func(_ string, v any) bool { return v == nil })
	return out
}

// goodClaims are those of a valid assertion of client ca. Its jti is new for
// each call.
func goodClaims() members {
	return members{"iss": "ca", "aud": issuer, "scope": "demo:read", "iat": start.Unix(), "exp": start.Unix() + 100, "jti": newTokenID()}
}

// signed returns an assertion. The algorithm must fit the key.
func signed(tb testing.TB, alg jose.SignatureAlgorithm, key any, header, claims members) string {
	tb.Helper()
	options := &jose.SignerOptions{}
	for name, value := range header {
		options.WithHeader(jose.HeaderKey(name), value)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: alg, Key: key}, options)
	if err != nil {
		tb.Fatal(err)
	}
	payload, err := json.Marshal(claims)
	if err != nil {
		tb.Fatal(err)
	}
	jws, err := signer.Sign(payload)
	if err != nil {
		tb.Fatal(err)
	}
	compact, err := jws.CompactSerialize()
	if err != nil {
		tb.Fatal(err)
	}
	return compact
}

// byA signs as client ca, with changes to goodClaims.
func byA(tb testing.TB, changes members) string {
	tb.Helper()
	return signed(tb, jose.RS256, clientKey(), members{"kid": "k1"}, goodClaims().with(changes))
}

func formOf(assertion string) url.Values {
	return url.Values{"grant_type": {jwtBearer}, "assertion": {assertion}}
}

// reply is an answer of the token endpoint.
type reply struct {
	status int
	header http.Header
	body   map[string]any
}

func (r *rig) do(tb testing.TB, request *http.Request) reply {
	tb.Helper()
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, request)
	out := reply{status: w.Code, header: w.Header()}
	if err := json.Unmarshal(w.Body.Bytes(), &out.body); err != nil {
		tb.Fatalf("status %d, body is not JSON: %q", w.Code, w.Body)
	}
	return out
}

func (r *rig) post(tb testing.TB, assertion string) reply {
	tb.Helper()
	return r.do(tb, formRequest(formOf(assertion).Encode()))
}

func formRequest(body string) *http.Request {
	request := httptest.NewRequest(http.MethodPost, "/token", strings.NewReader(body))
	request.Header.Set("Content-Type", formType)
	return request
}

// outcome is what a client can tell refusals apart by.
type outcome struct {
	Status      int
	Error, Code string
	Text        string // error_description without the trace id
}

// outcomeOf takes a reply apart and checks what holds for every error: both
// strings, a trace id that the verdict has too, and error_uri only with a code.
func (r *rig) outcomeOf(tb testing.TB, got reply) outcome {
	tb.Helper()
	if got.status == http.StatusOK {
		return outcome{Status: http.StatusOK}
	}
	code, _ := got.body["error"].(string)
	description, _ := got.body["error_description"].(string)
	text, rest, found := strings.Cut(description, " (trace_id: ")
	trace := strings.TrimSuffix(rest, ")")
	if !found || len(trace) != 32 || strings.Trim(trace, "0123456789abcdef") != "" {
		tb.Errorf("error_description has no trace id: %q", description)
	}
	verdict := r.lastVerdict(tb)
	if verdict.TraceID != trace || !verdict.Refused || verdict.Error != code {
		tb.Errorf("verdict %+v does not belong to the answer %v", verdict, got.body)
	}
	uri, _ := got.body["error_uri"].(string)
	if want := verdict.Code; want != "" && uri != issuer+"errors/"+want || want == "" && uri != "" {
		tb.Errorf("error_uri is %q with code %q", uri, want)
	}
	return outcome{Status: got.status, Error: code, Code: verdict.Code, Text: text}
}

func of(f fault) outcome {
	r := f.row()
	return outcome{Status: r.status, Error: r.err, Code: r.code, Text: r.text}
}

// payloadOf decodes one part of a JWS, in the order of its members.
func partOf(tb testing.TB, jws string, n int) (map[string]any, []string) {
	tb.Helper()
	var text json.RawMessage
	if err := decodePart(strings.Split(jws, ".")[n], &text); err != nil {
		tb.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(text, &out); err != nil {
		tb.Fatal(err)
	}
	order := slices.SortedFunc(maps.Keys(out), func(a, b string) int {
		return strings.Index(string(text), `"`+a+`":`) - strings.Index(string(text), `"`+b+`":`)
	})
	return out, order
}
