package fakeauth

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

func TestCase02Metadata(t *testing.T) {
	t.Parallel()
	cfg := config()
	cfg.Issuer = func(r *http.Request) string { return "http://" + r.Host + "/maskinporten/" }
	server, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{Server: server, handler: server.Maskinporten()}
	request := httptest.NewRequest(http.MethodGet, "/.well-known/oauth-authorization-server", nil)
	request.Host = "sandbox.test:8080"
	got := r.do(t, request)
	want := map[string]any{
		"issuer":                                "http://sandbox.test:8080/maskinporten/",
		"token_endpoint":                        "http://sandbox.test:8080/maskinporten/token",
		"jwks_uri":                              "http://sandbox.test:8080/maskinporten/jwk",
		"token_endpoint_auth_methods_supported": []any{"private_key_jwt"},
		"grant_types_supported":                 []any{jwtBearer},
		"token_endpoint_auth_signing_alg_values_supported": []any{"RS256", "RS384", "RS512"},
		"authorization_details_types_supported":            []any{"urn:altinn:systemuser"},
	}
	if got.status != http.StatusOK || !reflect.DeepEqual(got.body, want) {
		t.Errorf("got  %d %v\nwant 200 %v", got.status, got.body, want)
	}
}

func TestKeySetHoldsPublicKeysAlone(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/jwk", nil))
	var raw struct{ Keys []map[string]any }
	if err := json.Unmarshal(w.Body.Bytes(), &raw); err != nil || len(raw.Keys) != 3 {
		t.Fatalf("got %s: %v", w.Body, err)
	}
	key := raw.Keys[0]
	delete(key, "n")
	if want := (map[string]any{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "mp-1", "e": "AQAB"}); !reflect.DeepEqual(key, want) {
		t.Errorf("got %v, want %v besides n", key, want)
	}
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(w.Body.Bytes(), &set); err != nil || !issuerKey().PublicKey.Equal(set.Keys[0].Key) {
		t.Errorf("it is another key: %v", err)
	}
}

// TestCase26EveryErrorIsJSON covers errors outside the token endpoint.
func TestCase26EveryErrorIsJSON(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, tc := range map[string]struct {
		method, path string
		status       int
		text         string
	}{
		"the plural of jwk names the right path": {"GET", "/jwks", 404, "There is nothing here, the keys are at /jwk"},
		"an unknown path":                        {"GET", "/x", 404, "There is nothing here"},
		"OpenID configuration does not exist":    {"GET", "/.well-known/openid-configuration", 404, "There is nothing here"},
		"the wrong method for the keys":          {"POST", "/jwk", 405, "The method is not allowed here"},
		"a method that is not of HTTP":           {"BREW", "/token", 405, "The method is not allowed here"},
		"a code without a page":                  {"GET", "/errors/MP-999", 404, "There is nothing here"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := r.do(t, httptest.NewRequest(tc.method, tc.path, nil))
			description, _ := got.body["error_description"].(string)
			if got.status != tc.status || got.body["error"] != "invalid_request" || !strings.HasPrefix(description, tc.text+" (trace_id: ") {
				t.Errorf("got %d %v", got.status, got.body)
			}
		})
	}
}

func TestCase26ErrorURILeadsToAPage(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	uri, _ := r.post(t, "x").body["error_uri"].(string)
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/"+strings.TrimPrefix(uri, issuer), nil))
	if w.Code != http.StatusOK || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		t.Fatalf("%s: got %d %s", uri, w.Code, w.Header())
	}
	help := malformed.row().page
	for _, part := range []string{`<html lang="nb">`, "MP-011", help.Title, help.Wrong, help.Remedy} {
		if !strings.Contains(w.Body.String(), part) {
			t.Errorf("the page has no %q", part)
		}
	}
}

func TestEveryCodeHasAPageInTheIndex(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	sheet := httptest.NewRecorder()
	r.handler.ServeHTTP(sheet, httptest.NewRequest(http.MethodGet, "/errors/errors.css", nil))
	if sheet.Code != http.StatusOK || sheet.Header().Get("Content-Type") != "text/css; charset=utf-8" {
		t.Errorf("the style sheet of the pages: got %d %v", sheet.Code, sheet.Header())
	}
	index := httptest.NewRecorder()
	r.handler.ServeHTTP(index, httptest.NewRequest(http.MethodGet, "/errors/", nil))
	for f := range fault(len(refusals)) {
		code := f.row().code
		if code == "" {
			continue
		}
		if !strings.Contains(index.Body.String(), `<a href="`+code+`">`) {
			t.Errorf("%s is not in the index", code)
		}
		w := httptest.NewRecorder()
		r.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/errors/"+code, nil))
		if w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "<h1>"+code) {
			t.Errorf("%s: got %d %s", code, w.Code, w.Body)
		}
	}
}
