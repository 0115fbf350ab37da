package selvbetjening_test

import (
	"encoding/json"
	"net/http/httptest"
	"strings"
	"testing"
)

// confidential is a registration of a client that logs people in.
func confidential(method string) string {
	return `{"integration_type":"api_klient","application_type":"web","client_name":"min","grant_types":["authorization_code"],
 "redirect_uris":["https://tjeneste.example.test/inn"],"scopes":["openid","profile","demo:login"],"token_endpoint_auth_method":"` + method + `"}`
}

// secret is the one that ID-porten compares with; empty for none.
func (r *rig) secret(t *testing.T, id string) (secret string) {
	t.Helper()
	client, ok := r.server.Client(id)
	if raw := client.Settings["client_secret"]; !ok || raw != nil && json.Unmarshal(raw, &secret) != nil {
		t.Fatalf("client %q has the secret %s", id, raw)
	}
	return secret
}

func TestSecrets(t *testing.T) {
	t.Parallel()
	const given, changed, none = "that of the registration", "another", "none"
	for name, c := range map[string]struct {
		method, path, body string
		status             int
		shown              bool
		left               string
	}{
		"reading a client does not show its secret":                    {"GET", "/clients/{id}", "", 200, false, given},
		"a list of clients does not show secrets":                      {"GET", "/clients", "", 200, false, given},
		"a new secret is shown, and replaces the one before":           {"POST", "/clients/{id}/secret", "", 200, true, changed},
		"a change of something else keeps the secret":                  {"PUT", "/clients/{id}", strings.Replace(confidential("client_secret_basic"), "min", "mi", 1), 200, false, given},
		"a secret that the caller thinks out is not taken":             {"PUT", "/clients/{id}", strings.Replace(confidential("client_secret_basic"), "{", `{"client_secret":"hemmelig",`, 1), 200, false, given},
		"the other way to send a secret keeps it":                      {"PUT", "/clients/{id}", confidential("client_secret_post"), 200, false, given},
		"a key instead of a secret takes it away":                      {"PUT", "/clients/{id}", confidential("private_key_jwt"), 200, false, none},
		"a client that becomes public loses its secret":                {"PUT", "/clients/{id}", confidential("none"), 200, false, none},
		"a client that is deactivated is shown without its secret too": {"DELETE", "/clients/{id}", "", 200, false, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			made := r.call(t, "POST", "/clients", strings.Replace(confidential("client_secret_basic"), "{", `{"client_secret":"hemmelig",`, 1))
			told := into[object](t, made, 201)
			id, first := told["client_id"].(string), told["client_secret"]
			if first != r.secret(t, id) || first == "hemmelig" || len(first.(string)) < 22 || made.Header().Get("Cache-Control") != "no-store" {
				t.Fatalf("a client is told the secret %v and has %q", first, r.secret(t, id))
			}
			rec := r.call(t, c.method, strings.ReplaceAll(c.path, "{id}", id), c.body)
			if rec.Code != c.status || strings.Contains(rec.Body.String(), "client_secret\"") != c.shown {
				t.Errorf("answered %d %s", rec.Code, rec.Body)
			}
			if c.left == "" {
				return
			}
			now := r.secret(t, id)
			left := map[bool]string{true: given, false: changed}[now == first]
			if now == "" {
				left = none
			}
			if left != c.left || c.shown && into[object](t, rec, 200)["client_secret"] != now {
				t.Errorf("the secret left is %s, want %s; answered %s", left, c.left, rec.Body)
			}
		})
	}
}

// TestSecret_of_a_client_that_had_a_key is made when it is asked for, and refused
// before the client is registered with one.
func TestSecret_of_a_client_that_had_a_key(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	id := into[object](t, r.call(t, "POST", "/clients", confidential("private_key_jwt")), 201)["client_id"].(string)
	ask := func() *httptest.ResponseRecorder { return r.call(t, "POST", "/clients/"+id+"/secret", nil) }
	if got := into[object](t, ask(), 400); !strings.Contains(got["error_description"].(string), "is registered with private_key_jwt, so it has no secret") {
		t.Errorf("refused with %v", got)
	}
	into[object](t, r.call(t, "PUT", "/clients/"+id, confidential("client_secret_post")), 200)
	if before := r.secret(t, id); before != "" {
		t.Errorf("nobody asked for the secret %q", before)
	}
	if told := into[object](t, ask(), 200)["client_secret"]; told != r.secret(t, id) {
		t.Errorf("told %v, has %q", told, r.secret(t, id))
	}
}
