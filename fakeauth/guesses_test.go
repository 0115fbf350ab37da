package fakeauth

import (
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// TestGuesses shows what each switch turns: the first outcome is that of the
// default. second is sent after the first assertion was refused.
func TestGuesses(t *testing.T) {
	t.Parallel()
	now := start.Unix()
	ok := outcome{Status: http.StatusOK}
	bothWays := func(t *testing.T) string { // the certificate is another's, so only kid passes
		header := members{"kid": "k1", "x5c": []string{certificate(t, clientKey(), seid2(orgB), nil)}}
		return signed(t, jose.RS256, clientKey(), header, goodClaims())
	}
	withError := func(f fault, err string) outcome {
		o := of(f)
		o.Error = err
		return o
	}
	details := func(t *testing.T) string {
		return by(t, "cv", members{"scope": "demo:open", "authorization_details": []members{{"type": "urn:x"}}})
	}
	tested := map[string]bool{}
	for _, tc := range []struct {
		name, value string
		assertion   func(*testing.T) string
		usually     outcome
		then        outcome
	}{
		{"aud_slash", "lenient", func(t *testing.T) string { return byA(t, members{"aud": strings.TrimSuffix(issuer, "/")}) }, of(wrongAudience), ok},
		{"aud_list", "refuse", func(t *testing.T) string { return byA(t, members{"aud": []string{issuer}}) }, ok, of(wrongAudience)},
		{"iat_old", "accept", func(t *testing.T) string { return byA(t, members{"iat": now - 15, "exp": now + 60}) }, of(expiredAssertion), ok},
		{"kid_and_x5c", "x5c", bothWays, ok, of(foreignCertificate)},
		{"certificates", "own", func(t *testing.T) string {
			return signed(t, jose.RS256, clientKey(), members{"x5c": []string{certificate(t, clientKey(), seid2(orgA), nil)}}, goodClaims().with(members{"iss": "cc"}))
		}, ok, of(badCertificate)},
		{"alg_code", "MP-011", func(t *testing.T) string {
			return signed(t, jose.PS256, clientKey(), members{"kid": "k1"}, goodClaims())
		}, of(invalidSignature), of(malformed)},
		{"resource_error", "invalid_request", func(t *testing.T) string { return byA(t, members{"resource": "x y"}) }, of(badResource), withError(badResource, "invalid_request")},
		{"authorization_details_error", "invalid_request", details, of(unknownDetailType), withError(unknownDetailType, "invalid_request")},
		{"authorization_details_error", "invalid_grant", details, of(unknownDetailType), withError(unknownDetailType, "invalid_grant")},
		{"owner_access", "granted", func(t *testing.T) string { return by(t, "owner", nil) }, ok, named(noAccess, "demo:read")},
	} {
		tested[tc.name] = true
		t.Run(tc.name+"="+tc.value, func(t *testing.T) {
			t.Parallel()
			for value, want := range map[string]outcome{"": tc.usually, tc.value: tc.then} {
				r := guessing(t, tc.name, value)
				if got := r.outcomeOf(t, r.post(t, tc.assertion(t))); got != want {
					t.Errorf("%q: got  %+v\nwant %+v", value, got, want)
				}
			}
		})
	}
	for _, name := range GuessNames() {
		if own := []string{"refused_assertion", "token_aud", "token_aud_list"}; !tested[name] && !strings.Contains(strings.Join(own, " "), name) {
			t.Errorf("%s has no test", name)
		}
	}
}

// guessing is a rig with one switch set, where there is a value, and a client of
// the scopes' owner.
func guessing(tb testing.TB, name, value string) *rig {
	tb.Helper()
	r := newRig(tb)
	if value != "" {
		if err := r.cfg.Guesses.Set(name, value); err != nil {
			tb.Fatal(err)
		}
	}
	err := r.Update(func(reg *Registry) error {
		reg.Clients = append(reg.Clients, Client{ID: "owner", Org: orgO, Scopes: []string{"demo:read"}, Keys: []ClientKey{publicKey("s1", otherKey())}})
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return r
}

func TestGuessRefusedAssertion(t *testing.T) {
	t.Parallel()
	r := guessing(t, "refused_assertion", "free")
	assertion := by(t, "cs", members{"scope": "demo:delegert"})
	for range 2 {
		if got := r.outcomeOf(t, r.post(t, assertion)); got.Code != "MP-250" {
			t.Errorf("got %+v", got)
		}
	}
	good := by(t, "cs", nil)
	if got := r.outcomeOf(t, r.post(t, good)); got.Status != http.StatusOK {
		t.Errorf("got %+v", got)
	}
	if got := r.outcomeOf(t, r.post(t, good)); got != of(usedBefore) {
		t.Errorf("got %+v", got)
	}
}

func TestGuessesAboutTheAudienceOfTokens(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		guess, value string
		resource     any
		want         any
	}{
		"no resource, no audience":       {"token_aud", "omit", nil, nil},
		"no resource, an old audience":   {"token_aud", "unspecified", nil, "unspecified"},
		"a resource is the audience":     {"token_aud", "unspecified", "urn:x", "urn:x"},
		"a list of one stays a list":     {"token_aud_list", "as_sent", []string{"urn:x"}, []any{"urn:x"}},
		"a list of one becomes a string": {"token_aud_list", "flat", []string{"urn:x"}, "urn:x"},
		"a list of two stays a list":     {"token_aud_list", "flat", []string{"urn:x", "urn:y"}, []any{"urn:x", "urn:y"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := guessing(t, tc.guess, tc.value)
			got := r.post(t, byA(t, members{"resource": tc.resource}))
			if got.status != http.StatusOK {
				t.Fatalf("got %d %v", got.status, got.body)
			}
			if claims, _ := partOf(t, got.body["access_token"].(string), 1); !reflect.DeepEqual(claims["aud"], tc.want) {
				t.Errorf("aud is %v, want %v", claims["aud"], tc.want)
			}
		})
	}
}

func TestGuessesHaveNamesAndWords(t *testing.T) {
	t.Parallel()
	for i, s := range switches {
		for _, word := range s.Words {
			var g Guesses
			if err := g.Set(s.Name, word); err != nil {
				t.Errorf("%s=%s: %v", s.Name, word, err)
			}
			if listed := g.List()[i]; listed.Name != s.Name || listed.Value != word {
				t.Errorf("%s=%s is listed as %+v", s.Name, word, listed)
			}
		}
	}
	var g Guesses
	if err := g.Set("aud_slash", "maybe"); err == nil || !strings.Contains(err.Error(), "strict or lenient") {
		t.Errorf("a value that is none: got %v", err)
	}
	if err := g.Set("x", "y"); err == nil || !strings.Contains(err.Error(), "aud_slash") {
		t.Errorf("a name that is none: got %v", err)
	}
}
