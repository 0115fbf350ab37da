package selvbetjening_test

import (
	"strings"
	"testing"
)

// sixKeys is one more than a client may have.
func sixKeys() object {
	set := []any{}
	for _, kid := range []string{"a", "b", "c", "d", "e", "f"} {
		set = append(set, public(kid, keys()[3]))
	}
	return object{"keys": set}
}

// key is a JWK with some members changed; nil takes one away.
func key(changes object) object {
	made := object{"kty": "RSA", "use": "sig", "alg": "RS256", "kid": "k", "e": "AQAB", "n": strings.Repeat("u", 342)}
	for name, value := range changes {
		if made[name] = value; value == nil {
			delete(made, name)
		}
	}
	return object{"keys": []any{made}}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	client := func(old, replacement string) string { return strings.Replace(minimal, old, replacement, 1) }
	for name, c := range map[string]struct {
		method, path string
		body         any
		status       int
		code, says   string
	}{
		"a client without type is refused":                          {"POST", "/clients", client(`"integration_type":"maskinporten",`, ""), 400, "invalid_request", "integration_type is missing"},
		"a client without name is refused":                          {"POST", "/clients", client(`"client_name":"demo",`, ""), 400, "invalid_request", "client_name is missing"},
		"a client of an unknown type is refused":                    {"POST", "/clients", client(`"maskinporten"`, `"mp"`), 400, "invalid_request", "must be one of maskinporten, idporten"},
		"another grant is refused for Maskinporten":                 {"POST", "/clients", client("urn:ietf:params:oauth:grant-type:jwt-bearer", "authorization_code"), 400, "invalid_request", "grant_types must be"},
		"a secret is refused for Maskinporten":                      {"POST", "/clients", client("private_key_jwt", "client_secret_post"), 400, "invalid_request", "must be one of private_key_jwt"},
		"a scope that nobody registered is refused":                 {"POST", "/clients", client("demo:read", "demo:nope"), 400, "invalid_request", `the scope "demo:nope" is not registered`},
		"a scope for another integration type is refused":           {"POST", "/clients", client("demo:read", "demo:login"), 400, "invalid_request", "not for integration_type maskinporten"},
		"a body that is no JSON is refused":                         {"POST", "/clients", `{"client_name"`, 400, "invalid_request", "not the JSON that is expected"},
		"a body that is a list is refused":                          {"POST", "/clients", `[1]`, 400, "invalid_request", "must be a JSON object"},
		"a body with a member of another type is refused":           {"POST", "/clients", client(`["demo:read"]`, `"demo:read"`), 400, "invalid_request", "another type"},
		"a setting that ID-porten cannot read is refused":           {"POST", "/clients", strings.Replace(confidential("none"), "{", `{"refresh_token_lifetime":"600",`, 1), 400, "invalid_request", "refresh_token_lifetime"},
		"a script to come back to is refused":                       {"POST", "/clients", strings.Replace(confidential("none"), "https://tjeneste.example.test/inn", "JavaScript:alert(1)", 1), 400, "invalid_request", "it must be an absolute address"},
		"an address with a fragment is refused":                     {"POST", "/clients", strings.Replace(confidential("none"), "https://tjeneste.example.test/inn", "https://a.example/x#y", 1), 400, "invalid_request", "it must be an absolute address"},
		"an address without a scheme is refused":                    {"POST", "/clients", strings.Replace(confidential("none"), "https://tjeneste.example.test/inn", "/inn", 1), 400, "invalid_request", "it must be an absolute address"},
		"an empty address is refused":                               {"POST", "/clients", strings.Replace(confidential("none"), "https://tjeneste.example.test/inn", "", 1), 400, "invalid_request", "it must be an absolute address"},
		"a body that is too large is refused":                       {"POST", "/clients", `{"client_name":"` + strings.Repeat("x", 300<<10) + `"}`, 413, "invalid_request", "more than 262144 bytes"},
		"a change of the type is refused":                           {"PUT", "/clients/admin", client(`"maskinporten"`, `"krr"`), 400, "invalid_request", "cannot become"},
		"a client of another organisation is not there":             {"GET", "/clients/other", nil, 404, "not_found", `has no client "other"`},
		"a secret of a Maskinporten client is refused":              {"POST", "/clients/admin/secret", nil, 400, "invalid_request", "has no secret: its integration_type is maskinporten"},
		"a secret of another organisation's client is not there":    {"POST", "/clients/other/secret", nil, 404, "not_found", `has no client "other"`},
		"another way to authenticate is refused for ID-porten":      {"POST", "/clients", confidential("client_secret_jwt"), 400, "invalid_request", "must be one of client_secret_basic, client_secret_post"},
		"the scopes of a login are refused for Maskinporten":        {"POST", "/clients", client("demo:read", "openid"), 400, "invalid_request", `the scope "openid" is not registered`},
		"six keys are refused":                                      {"POST", "/clients/admin/jwks", sixKeys(), 400, "invalid_request", "there are 6 keys"},
		"an empty set of keys is refused":                           {"POST", "/clients/admin/jwks", `{"keys":[]}`, 400, "invalid_request", "DELETE takes all keys away"},
		"a list instead of a set of keys is refused":                {"POST", "/clients/admin/jwks", `[]`, 400, "invalid_request", "not the JSON"},
		"a key without use is refused":                              {"POST", "/clients/admin/jwks", key(object{"use": nil}), 400, "invalid_request", "a key has no use"},
		"a key for encryption is refused":                           {"POST", "/clients/admin/jwks", key(object{"use": "enc"}), 400, "invalid_request", "use is"},
		"a key of another algorithm is refused":                     {"POST", "/clients/admin/jwks", key(object{"alg": "PS256"}), 400, "invalid_request", "one of RS256, RS384, RS512"},
		"a short key is refused":                                    {"POST", "/clients/admin/jwks", key(object{"n": strings.Repeat("u", 171)}), 400, "invalid_request", "fewer than 2048"},
		"a private key is refused":                                  {"POST", "/clients/admin/jwks", key(object{"d": "AQAB"}), 400, "invalid_request", "the key is private"},
		"a kid with a space is refused":                             {"POST", "/clients/admin/jwks", key(object{"kid": "a b"}), 400, "invalid_request", "the kid may hold"},
		"two keys of one kid are refused":                           {"POST", "/clients/admin/jwks", object{"keys": []any{public("a", keys()[3]), public("a", keys()[2])}}, 400, "invalid_request", "given twice"},
		"a scope that is there already is a conflict":               {"POST", "/scopes", `{"prefix":"demo","subscope":"read"}`, 409, "conflict", "registered already"},
		"a scope without subscope is refused":                       {"POST", "/scopes", `{"prefix":"demo"}`, 400, "invalid_request", "subscope is"},
		"a scope that is no word is refused":                        {"POST", "/scopes", `{"prefix":"demo","subscope":"a$(b)"}`, 400, "invalid_request", "may hold letters"},
		"a scope with an unknown delegation source is refused":      {"POST", "/scopes", `{"prefix":"demo","subscope":"x","delegation_source":"https://altinn.example/"}`, 400, "invalid_request", "GET /delegationsources"},
		"a scope with an unknown visibility is refused":             {"POST", "/scopes", `{"prefix":"demo","subscope":"x","visibility":"SECRET"}`, 400, "invalid_request", "one of PUBLIC, PRIVATE, INTERNAL"},
		"a scope cannot be renamed":                                 {"PUT", "/scopes?scope=demo:read", `{"prefix":"demo","subscope":"write"}`, 400, "invalid_request", "cannot become"},
		"a scope that is nobody's is not there":                     {"DELETE", "/scopes?scope=demo:nope", nil, 404, "not_found", "has no scope"},
		"a scope must be named":                                     {"PUT", "/scopes", `{}`, 400, "invalid_request", "query parameter scope is missing"},
		"access for no organisation number is refused":              {"PUT", "/scopes/access/123456789?scope=demo:read", nil, 400, "invalid_request", "not an organisation number"},
		"access that nobody has cannot be taken away":               {"DELETE", "/scopes/access/" + consumer + "?scope=demo:read", nil, 404, "not_found", "has no access"},
		"onbehalfof without name is refused":                        {"POST", "/clients/admin/onbehalfof", `{"name":"x"}`, 400, "invalid_request", "onbehalfof is missing"},
		"onbehalfof that nobody registered is not there":            {"GET", "/clients/admin/onbehalfof/kunde", nil, 404, "not_found", "has no onbehalfof"},
		"a path that does not exist is told":                        {"GET", "/klienter", nil, 404, "not_found", "no such path"},
		"a method that does not exist is told":                      {"PATCH", "/clients/admin", `{}`, 405, "method_not_allowed", "not for this method"},
		"a number that may be a person's is masked in the sentence": {"GET", "/clients/05840399895", nil, 404, "not_found", "058403*****"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			got := into[object](t, r.call(t, c.method, c.path, c.body), c.status)
			if got["error"] != c.code || !strings.Contains(got["error_description"].(string), c.says) {
				t.Errorf("answered %v; want %s with %q", got, c.code, c.says)
			}
			first := got["errors"].([]any)[0].(object)
			if first["errorMessage"] != got["error_description"] || len(got["correlation_id"].(string)) != 32 || int(got["status"].(float64)) != c.status {
				t.Errorf("the body is %v", got)
			}
			if len(r.verdicts) != 1 || !r.verdicts[0].Refused || r.verdicts[0].Reason == "" {
				t.Errorf("verdicts are %+v", r.verdicts)
			}
		})
	}
}

func TestTokens(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, c := range map[string]struct {
		token, method, path string
		status              int
		code                string
	}{
		"without a token nobody gets in":                    {"", "GET", "/clients", 401, "unauthorized"},
		"a token that is none is refused":                   {"eyJ", "GET", "/clients", 401, "invalid_token"},
		"a token for something else is refused":             {r.token(t, "admin", "demo:read"), "GET", "/clients", 403, "insufficient_scope"},
		"reading is not writing":                            {r.token(t, "admin", "idporten:dcr.read"), "POST", "/clients", 403, "insufficient_scope"},
		"changing is not creating":                          {r.token(t, "admin", "idporten:dcr.modify"), "POST", "/clients", 403, "insufficient_scope"},
		"clients are not scopes":                            {r.token(t, "admin", "idporten:dcr.write"), "GET", "/scopes", 403, "insufficient_scope"},
		"the Altinn paths have a scope of their own":        {r.token(t, "admin", all), "POST", "/altinn/admin/clients", 403, "insufficient_scope"},
		"what is public needs no token":                     {"", "GET", "/scopes/all", 200, ""},
		"the delegation sources need no token":              {"", "GET", "/delegationsources", 200, ""},
		"a token with the scope to read gets the clients":   {r.token(t, "admin", "idporten:dcr.read"), "GET", "/clients", 200, ""},
		"a token with the scope to write reads clients too": {r.token(t, "admin", "idporten:dcr.write"), "GET", "/clients", 200, ""},
	} {
		t.Run(name, func(t *testing.T) {
			rec := r.as(t, c.token, c.method, c.path, `{}`)
			if rec.Code != c.status || c.code != "" && !strings.Contains(rec.Body.String(), `"error":"`+c.code+`"`) {
				t.Errorf("answered %d %s; want %d %s", rec.Code, rec.Body, c.status, c.code)
			}
		})
	}
}
