package selvbetjening_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"

	"liksom/fakeauth"
	"liksom/fakeauth/selvbetjening"
)

const (
	issuer   = "http://localhost:8080/maskinporten/"
	owner    = "310000043"
	consumer = "889640782"
	tt02     = "https://tt02.altinn.no/"
	all      = "idporten:dcr.read idporten:dcr.modify idporten:dcr.write idporten:dcr/onbehalfof:write idporten:scopes.read idporten:scopes.write"
)

var start = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)

// keys are made once for the test binary.
var keys = sync.OnceValue(func() []*rsa.PrivateKey {
	out := make([]*rsa.PrivateKey, 4)
	for i := range out {
		out[i], _ = rsa.GenerateKey(rand.Reader, 2048)
	}
	return out
})

func public(kid string, key *rsa.PrivateKey) jose.JSONWebKey {
	return jose.JSONWebKey{Key: &key.PublicKey, KeyID: kid, Use: "sig", Algorithm: "RS256"}
}

// rig is a self-service API with its Maskinporten; the clock can be set.
type rig struct {
	server   *fakeauth.Server
	api      http.Handler
	now      atomic.Pointer[time.Time]
	verdicts []fakeauth.Verdict
}

func newRig(t *testing.T) *rig {
	t.Helper()
	r := &rig{}
	r.now.Store(&start)
	signing := func(i int, kid string) jose.JSONWebKey { return jose.JSONWebKey{Key: keys()[i], KeyID: kid} }
	var err error
	r.server, err = fakeauth.New(fakeauth.Config{
		Now: func() time.Time { return *r.now.Load() }, Issuer: func(*http.Request) string { return issuer }, Serves: func(s string) bool { return s == issuer },
		Keys: fakeauth.SigningKeys{Current: signing(0, "mp-1"), Next: signing(1, "mp-2"), Previous: signing(2, "mp-0")},
		Registry: fakeauth.Registry{
			Clients: []fakeauth.Client{
				{ID: "admin", Org: owner, Name: "Admin", Scopes: []string{"demo:open"}}, {ID: "other", Org: consumer, Name: "Other"},
			},
			Scopes: []fakeauth.Scope{
				{Name: "demo:read", Owner: owner, Visibility: "PUBLIC"},
				{Name: "demo:login", Owner: owner, AllowedIntegrationTypes: []string{"api_klient"}},
				{Name: "demo:open", Owner: owner, Visibility: "PUBLIC", AccessibleForAll: true},
			},
			DelegationSources: []fakeauth.DelegationSource{{Name: "altinn", Issuer: tt02}},
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	r.api, err = selvbetjening.New(selvbetjening.Config{
		Server: r.server, Now: func() time.Time { return *r.now.Load() },
		Base:    func(r *http.Request) string { return "http://" + r.Host },
		Explain: func(_ context.Context, v fakeauth.Verdict) { r.verdicts = append(r.verdicts, v) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (r *rig) token(t *testing.T, client, scope string) string {
	t.Helper()
	made, err := r.server.Mint(t.Context(), issuer, fakeauth.MintRequest{ClientID: client, Scope: scope})
	if err != nil {
		t.Fatal(err)
	}
	return made.AccessToken
}

// call makes a request as the admin client, with every scope.
func (r *rig) call(t *testing.T, method, path string, body any) *httptest.ResponseRecorder {
	t.Helper()
	return r.as(t, r.token(t, "admin", all), method, path, body)
}

func (r *rig) as(t *testing.T, token, method, path string, body any) *httptest.ResponseRecorder {
	t.Helper()
	text, isText := body.(string)
	if body != nil && !isText {
		b, err := json.Marshal(body)
		if err != nil {
			t.Fatal(err)
		}
		text = string(b)
	}
	req := httptest.NewRequest(method, path, strings.NewReader(text))
	if token != "" {
		req.Header.Set("Authorization", "Bearer "+token)
	}
	rec := httptest.NewRecorder()
	r.api.ServeHTTP(rec, req)
	return rec
}

// into demands a status and decodes the answer.
func into[T any](t *testing.T, rec *httptest.ResponseRecorder, status int) (out T) {
	t.Helper()
	if rec.Code != status {
		t.Fatalf("status %d, want %d: %s", rec.Code, status, rec.Body)
	}
	if err := json.NewDecoder(bytes.NewReader(rec.Body.Bytes())).Decode(&out); err != nil {
		t.Fatalf("%v: %s", err, rec.Body)
	}
	return out
}

type object = map[string]any

const minimal = `{"integration_type":"maskinporten","client_name":"demo","description":"demo","token_endpoint_auth_method":"private_key_jwt",
 "grant_types":["urn:ietf:params:oauth:grant-type:jwt-bearer"],"scopes":["demo:read"]}`

// ask sends a signed assertion to Maskinporten and gives its answer.
func (r *rig) ask(t *testing.T, client, kid string, key *rsa.PrivateKey) object {
	t.Helper()
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: key, KeyID: kid}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	now := *r.now.Load()
	assertion, err := jwt.Signed(signer).Claims(object{
		"iss": client, "aud": issuer, "scope": "demo:open", "iat": now.Unix(), "exp": now.Unix() + 60, "jti": rand.Text(),
	}).Serialize()
	if err != nil {
		t.Fatal(err)
	}
	req := httptest.NewRequest(http.MethodPost, "/token", strings.NewReader("grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer&assertion="+assertion))
	req.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	rec := httptest.NewRecorder()
	r.server.Maskinporten().ServeHTTP(rec, req)
	var out object
	if err := json.Unmarshal(rec.Body.Bytes(), &out); err != nil {
		t.Fatal(err)
	}
	return out
}

// TestLifeOfAClient is case 25 of the conformance cases, through each prefix.
func TestLifeOfAClient(t *testing.T) {
	t.Parallel()
	for _, prefix := range []string{"", "/api/v1", "/external/api/v1"} {
		t.Run("below prefix "+prefix, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			open := strings.Replace(minimal, "demo:read", "demo:open", 1)
			id := into[object](t, r.call(t, "POST", prefix+"/clients", open), 201)["client_id"].(string)
			path := prefix + "/clients/" + id
			first, second := object{"keys": []any{public("k1", keys()[3])}}, object{"keys": []any{public("k2", keys()[2])}}

			set := into[object](t, r.call(t, "POST", path+"/jwks", first), 201)
			key := set["keys"].([]any)[0].(object)
			if want := start.AddDate(1, 0, 0).Unix(); key["kid"] != "k1" || int64(key["exp"].(float64)) != want {
				t.Errorf("key is %v; want kid k1 and exp %d", key, want)
			}
			if got := r.ask(t, id, "k1", keys()[3]); got["access_token"] == nil {
				t.Errorf("no token with a new client: %v", got)
			}
			into[object](t, r.call(t, "POST", path+"/jwks", second), 201)
			if got := r.ask(t, id, "k1", keys()[3]); !strings.Contains(got["error_description"].(string), "Unknown key identifier") {
				t.Errorf("a key that was replaced: %v", got)
			}
			if got := r.ask(t, id, "k2", keys()[2]); got["access_token"] == nil {
				t.Errorf("no token with the new key: %v", got)
			}
			if gone := into[object](t, r.call(t, "DELETE", path, nil), 200); gone["active"] != false {
				t.Errorf("deleted client is %v", gone)
			}
			if got := r.ask(t, id, "k2", keys()[2]); !strings.HasSuffix(got["error_uri"].(string), "MP-100") {
				t.Errorf("an inactive client: %v", got)
			}
			if list := into[[]object](t, r.call(t, "GET", prefix+"/clients", nil), 200); len(list) != 1 {
				t.Errorf("active clients are %v", list)
			}
			if list := into[[]object](t, r.call(t, "GET", prefix+"/clients?inactive=true", nil), 200); len(list) != 2 {
				t.Errorf("all clients are %v", list)
			}
		})
	}
}

func TestKeyThatExpires_isRenewedByPostingItAgain(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	set := object{"keys": []any{public("k1", keys()[3])}}
	into[object](t, r.call(t, "PUT", "/clients/admin/jwks", set), 200)
	later := start.AddDate(1, 0, 1)
	r.now.Store(&later)
	if got := r.ask(t, "admin", "k1", keys()[3]); !strings.HasSuffix(got["error_uri"].(string), "MP-121") {
		t.Errorf("after a year and a day: %v", got)
	}
	into[object](t, r.call(t, "PUT", "/clients/admin/jwks", set), 200)
	if got := r.ask(t, "admin", "k1", keys()[3]); got["access_token"] == nil {
		t.Errorf("posted again: %v", got)
	}
}

func TestSupplier_registersForOthers(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	supplier := r.token(t, "other", "idporten:dcr.supplier")
	body := strings.Replace(minimal, "{", `{"client_orgno":"`+owner+`",`, 1)
	made := into[object](t, r.as(t, supplier, "POST", "/clients", body), 201)
	if made["client_orgno"] != owner || made["supplier_orgno"] != consumer {
		t.Errorf("client of %v, supplier %v", made["client_orgno"], made["supplier_orgno"])
	}
	own := into[object](t, r.call(t, "POST", "/clients", strings.Replace(body, owner, consumer, 1)), 201)
	if own["client_orgno"] != owner {
		t.Errorf("without the supplier's scope the client belongs to %v", own["client_orgno"])
	}
}

func TestReset_forgetsWhatWasRegistered(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	into[object](t, r.call(t, "POST", "/clients", minimal), 201)
	if err := r.server.Reset(); err != nil {
		t.Fatal(err)
	}
	if list := into[[]object](t, r.call(t, "GET", "/clients", nil), 200); len(list) != 1 {
		t.Errorf("clients after a reset: %v", list)
	}
}
