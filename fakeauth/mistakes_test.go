package fakeauth

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// TestMistakes has the frequent mistakes of clients, and the whole sentence that each gets: what was checked, what
// was found, what would be right, and what to do where that is not the same.
// Sources: Digdir, "Feilsøking i Maskinporten", and public issues of clients.
func TestMistakes(t *testing.T) {
	t.Parallel()
	now := start.Unix()
	sendTwice := func(t *testing.T, r *rig) {
		assertion := byA(t, members{"jti": "fixed"})
		r.post(t, assertion)
		r.post(t, assertion)
	}
	post := func(assertion func(t *testing.T) string) func(*testing.T, *rig) {
		return func(t *testing.T, r *rig) { r.post(t, assertion(t)) }
	}
	ofA := func(changes members) func(*testing.T, *rig) {
		return post(func(t *testing.T) string { return byA(t, changes) })
	}
	ofS := func(changes members) func(*testing.T, *rig) {
		return post(func(t *testing.T) string { return by(t, "cs", changes) })
	}
	update := func(t *testing.T, r *rig, change func(*Registry)) {
		t.Helper()
		if err := r.Update(func(reg *Registry) error { change(reg); return nil }); err != nil {
			t.Fatal(err)
		}
	}
	for name, tc := range map[string]struct {
		make func(*testing.T, *rig)
		code string
		want string
	}{
		"1: aud without slash": {ofA(members{"aud": "http://localhost:8080/maskinporten"}), "MP-110",
			`aud is "http://localhost:8080/maskinporten" but must be exactly "http://localhost:8080/maskinporten/" (with the slash)`},
		"1: aud with two slashes": {ofA(members{"aud": issuer + "/"}), "MP-110",
			`aud is "http://localhost:8080/maskinporten//" but must be exactly "http://localhost:8080/maskinporten/" (with one slash)`},
		"1: aud is the token endpoint": {ofA(members{"aud": issuer + "token"}), "MP-110",
			`aud is "http://localhost:8080/maskinporten/token" but must be exactly "http://localhost:8080/maskinporten/" (the issuer, not the token endpoint)`},
		"2: a client of another environment": {ofA(members{"iss": "5f7a4a0e-6a4f-4a3f-9f0e-0a1b2c3d4e5f"}), "MP-100",
			`iss is "5f7a4a0e-6a4f-4a3f-9f0e-0a1b2c3d4e5f", but no such client is registered here; there are "ca", "cb", "login", "cs", "cc", …. Clients of the real environments are not known in this sandbox`},
		"2: a certificate of another environment": {post(func(t *testing.T) string {
			header := members{"x5c": []string{certificate(t, clientKey(), seid1Named("production", orgA), nil)}}
			return signed(t, jose.RS256, clientKey(), header, goodClaims().with(members{"iss": "cc"}))
		}), "MP-120", "the certificate is not accepted: it is for production"},
		"3: iss is the kid":  {ofA(members{"iss": "k1"}), "MP-100", `iss is "k1", the kid of a key; it must be the client id, "ca"`},
		"3: iss is the name": {ofA(members{"iss": "Client A"}), "MP-100", `iss is "Client A", the name of a client; it must be the client id, "ca"`},
		"3: iss is the organisation": {ofA(members{"iss": orgA}), "MP-100",
			`iss is "991825827", an organisation number; it must be the client id, such as "ca"`},
		"4: a key that was posted to another client": {post(func(t *testing.T) string {
			return signed(t, jose.RS256, otherKey(), members{"kid": "s1"}, goodClaims())
		}), "", `kid is "s1", but the registered keys of client "ca" are "k1", "k0"; that key belongs to client "cb"; register the key, or name one of these. Posting a set of keys replaces the whole set`},
		"5: a key older than a year": {post(func(t *testing.T) string {
			return signed(t, jose.RS256, clientKey(), members{"kid": "k0"}, goodClaims())
		}), "MP-121", `key "k0" of client "ca" expired at 2026-03-01T10:00:00Z; post it again to renew it for a year`},
		"6: another key than the posted one": {post(func(t *testing.T) string {
			return signed(t, jose.RS256, strangerKey(), members{"kid": "k1"}, goodClaims())
		}), "MP-124", `the signature does not fit key "k1" of client "ca"; the assertion was signed with another private key or altered afterwards`},
		"7: x5c is a string": {post(func(t *testing.T) string {
			return signed(t, jose.RS256, clientKey(), members{"x5c": "MIIB"}, goodClaims().with(members{"iss": "cc"}))
		}), "MP-123", `x5c is "\"MIIB\""; it must be a list of strings, the signer's certificate first`},
		"7: x5c has a PEM header": {post(func(t *testing.T) string {
			return signed(t, jose.RS256, clientKey(), members{"x5c": []string{"-----BEGIN CERTIFICATE-----\nMIIB"}}, goodClaims().with(members{"iss": "cc"}))
		}), "MP-123", `certificate 1 of x5c has a PEM header; send only the base64 between the lines, without line breaks`},
		"8: a line break": {post(func(*testing.T) string { return "eyJ\nhbG" }), "MP-011",
			"the assertion has a line break at position 4; it must be one line"},
		"8: a plus that became a space": {post(func(*testing.T) string { return "eyJ hbG" }), "MP-011",
			`the assertion has a space at position 4; was a "+" sent without percent-encoding, or a "Bearer" left in front?`},
		"9: the same assertion again": {sendTwice, "MP-012",
			`an assertion with jti "fixed" was used before by client "ca"; sign a new one for each request, also when trying again`},
		"10: a clock that is ahead": {ofA(members{"iat": now + 15, "exp": now + 100}), "",
			"the assertion was signed 15 s ahead of the server's clock; at most 10 s is accepted"},
		"10: local time": {ofA(members{"iat": now + 3600, "exp": now + 3700}), "",
			"the assertion was signed 3600 s ahead of the server's clock; at most 10 s is accepted; a difference of whole hours suggests local time, it must be UTC"},
		"11: an hour, as libraries have it": {ofA(members{"exp": now + 3600}), "",
			"the assertion is valid for 3600 s (exp - iat); at most 120 s is accepted; set exp to iat + 120 or less, many libraries take an hour by default"},
		"12: a scope that is not the client's": {ofA(members{"scope": "demo:reed"}), "MP-200",
			`"demo:reed" is not registered on client "ca", which has "demo:read", "demo:write"`},
		"12: scopes with a comma": {ofA(members{"scope": "demo:read,demo:write"}), "MP-200",
			`"demo:read,demo:write" is not registered on client "ca", which has "demo:read", "demo:write"; separate scopes by a space, not by a comma`},
		"13: no access": {func(t *testing.T, r *rig) {
			update(t, r, func(reg *Registry) { reg.Access = nil })
			r.post(t, byA(t, nil))
		}, "MP-250", `organisation "991825827" has not been granted access to scope "demo:read", whose owner "310000043" decides; ask the owner for access in this environment`},
		"14: a supplier without consumer_org": {ofS(members{"scope": "demo:delegert"}), "MP-250",
			`organisation "889640782" has not been granted access to scope "demo:delegert", whose owner "310000043" decides; a supplier must name its customer in the claim consumer_org`},
		"15: consumer_org is the client's own": {ofS(members{"scope": "demo:delegert", "consumer_org": orgB}), "",
			`consumer_org is "889640782", the organisation that owns client "cs" itself; leave consumer_org out, or name the organisation that has delegated to it`},
		"16: consumer_org as form field": {func(t *testing.T, r *rig) {
			form := formOf(by(t, "cs", members{"scope": "demo:delegert"}))
			form.Set("consumer_org", orgC)
			r.do(t, formRequest(form.Encode()))
		}, "MP-250", `organisation "889640782" has not been granted access to scope "demo:delegert", whose owner "310000043" decides; the form field consumer_org means nothing, consumer_org must be a claim of the assertion`},
		"16: consumer_org as header, where the supplier has access": {func(t *testing.T, r *rig) {
			request := formRequest(formOf(by(t, "cs", nil)).Encode())
			request.Header.Set("consumer_org", orgC)
			r.do(t, request)
		}, "", `issued a token for scope "demo:read"; the HTTP header consumer_org means nothing, consumer_org must be a claim of the assertion`},
		"17: a claim called consumer_orgno": {ofS(members{"scope": "demo:delegert", "consumer_orgno": orgC}), "MP-250",
			`organisation "889640782" has not been granted access to scope "demo:delegert", whose owner "310000043" decides; the claim consumer_orgno means nothing, it is called consumer_org`},
		"18: no delegation": {ofS(members{"scope": "demo:delegert", "consumer_org": orgD}), "MP-251",
			`organisation "313876144" has not delegated scope "demo:delegert" to organisation "889640782" at https://tt02.altinn.no/; the consumer must do so in Altinn, in the same environment`},
		"18: a delegation in production": {func(t *testing.T, r *rig) {
			update(t, r, func(reg *Registry) { reg.Delegations[0].Source = "https://www.altinn.no/" })
			r.post(t, by(t, "cs", members{"scope": "demo:delegert", "consumer_org": orgC}))
		}, "MP-251", `organisation "910753614" has not delegated scope "demo:delegert" to organisation "889640782" at https://tt02.altinn.no/; it has at https://www.altinn.no/, which is another environment`},
		"19: the supplier itself was given access": {func(t *testing.T, r *rig) {
			update(t, r, func(reg *Registry) { reg.AccessOf(orgD, "demo:delegert").Consumer = orgB })
			r.post(t, by(t, "cs", members{"scope": "demo:delegert"}))
		}, "", `issued a token for scope "demo:delegert"; scope "demo:delegert" can be delegated, but the token is for the client's own organisation, since consumer_org was not sent`},
		"20: the wrong integration type": {func(t *testing.T, r *rig) {
			update(t, r, func(reg *Registry) { reg.Client("ca").IntegrationType = "api_klient" })
			r.post(t, byA(t, nil))
		}, "MP-201", `client "ca" has integration_type "api_klient"; a client of Maskinporten needs "maskinporten"`},
		"21: a set of keys replaced by the new key alone": {func(t *testing.T, r *rig) {
			update(t, r, func(reg *Registry) { reg.Client("ca").Keys = []ClientKey{publicKey("k2", otherKey())} })
			r.post(t, byA(t, nil))
		}, "", `kid is "k1", but the registered keys of client "ca" are "k2"; register the key, or name one of these. Posting a set of keys replaces the whole set`},
		"22: a token kept for too long": {func(t *testing.T, r *rig) {
			token := r.post(t, byA(t, nil)).body["access_token"].(string)
			r.setClock(start.Add(125 * time.Second))
			_, _ = r.Verify(t.Context(), token) // its verdict is what counts
		}, "", "the token expired at 2026-03-02T10:02:00Z, 5 s ago; get a new one before exp"},
		"23: a JSON body": {func(t *testing.T, r *rig) {
			request := httptest.NewRequest(http.MethodPost, "/token", strings.NewReader("{}"))
			request.Header.Set("Content-Type", "application/json")
			r.do(t, request)
		}, "", `Content-Type is "application/json"; it must be application/x-www-form-urlencoded`},
		"23: scope as form field only": {func(t *testing.T, r *rig) {
			form := formOf(byA(t, members{"scope": nil}))
			form.Set("scope", "demo:read")
			r.do(t, formRequest(form.Encode()))
		}, "MP-011", `the claim scope is missing or empty; it must name at least one of "demo:read", "demo:write"; the form field scope means nothing, scope must be a claim of the assertion`},
		"24: a system user that is not approved": {post(func(t *testing.T) string {
			return by(t, "cv", members{"scope": "demo:open", "authorization_details": []members{{"type": systemUserType, "systemuser_org": orgID(orgA)}}})
		}), "MP-303", `customer "991825827" has no system user for client "cv" of vendor "889640782" with externalRef ""; the customer must approve one in Altinn`},
		"24: externalRef is missing": {post(func(t *testing.T) string {
			return by(t, "cv", members{"scope": "demo:open", "authorization_details": []members{{"type": systemUserType, "systemuser_org": orgID(orgD)}}})
		}), "MP-303", `customer "313876144" has no system user for client "cv" of vendor "889640782" with externalRef ""; there is one with an external reference, which must be sent as externalRef`},
		"27: keys from /jwks": {func(t *testing.T, r *rig) { r.do(t, httptest.NewRequest(http.MethodGet, "/jwks", nil)) }, "",
			"the path is /jwks; the keys are at /jwk"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			tc.make(t, r)
			got := r.lastVerdict(t)
			if got.Code != tc.code || got.Reason != tc.want {
				t.Errorf("got  %q %s\nwant %q %s", got.Code, got.Reason, tc.code, tc.want)
			}
		})
	}
}
