package fakeauth

import (
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// tokenClaims are those of a token as the server would issue it.
func tokenClaims() members {
	return members{
		"iss": issuer, "client_id": "ca", "scope": "demo:read demo:write", "iat": start.Unix(), "exp": start.Unix() + 120,
		"consumer": members{"authority": "iso6523-actorid-upis", "ID": "0192:" + orgA},
	}
}

func TestVerifyReadsAToken(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	want := Token{Issuer: issuer, ClientID: "ca", Consumer: "0192:" + orgA, Scopes: []string{"demo:read", "demo:write"}, IssuedAt: start, Expires: start.Add(120 * time.Second)}
	personal := want
	personal.PID = "05848998356"
	hosted := want
	hosted.Issuer = otherIssuer
	header := members{"kid": "mp-1"}
	for name, tc := range map[string]struct {
		token string
		want  Token
	}{
		"from the token endpoint":       {r.post(t, byA(t, members{"scope": "demo:read demo:write"})).body["access_token"].(string), want},
		"of an issuer on another host":  {r.post(t, byA(t, members{"scope": "demo:read demo:write", "aud": otherIssuer})).body["access_token"].(string), hosted},
		"that is for one person":        {signed(t, jose.RS256, issuerKey(), header, tokenClaims().with(members{"pid": "05848998356"})), personal},
		"with claims that mean nothing": {signed(t, jose.RS256, issuerKey(), header, tokenClaims().with(members{"x": 1})), want},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, time := range []string{"first", "second"} {
				got, err := r.Verify(t.Context(), tc.token)
				if err != nil || !reflect.DeepEqual(got, tc.want) {
					t.Errorf("%s time: got %+v, %v, want %+v", time, got, err, tc.want)
				}
				if len(got.Scopes) > 0 {
					got.Scopes[0] = "the caller may do with it what it wants"
				}
			}
		})
	}
}

func TestVerifyRefuses(t *testing.T) {
	t.Parallel()
	header := members{"kid": "mp-1"}
	good := signed(t, jose.RS256, issuerKey(), header, tokenClaims())
	parts := strings.Split(good, ".")
	forged := strings.Split(signed(t, jose.RS256, issuerKey(), header, tokenClaims().with(members{"scope": "all"})), ".")
	for name, tc := range map[string]struct{ token, client, reason string }{
		"no token":                     {"", "", "there is no token"},
		"text":                         {"abc", "", "not a signed JWT of three parts"},
		"a token cut short":            {parts[0] + "." + parts[1], "", "not a signed JWT of three parts"},
		"a token without signature":    {parts[0] + "." + parts[1] + ".", "ca", "the signature of the token is wrong"},
		"a token with a line break":    {good + "\n", "", "a line break at position"},
		"a token with Bearer in front": {"Bearer " + good, "", "a space at position 7"},
		"a token without end":          {strings.Repeat("a", maxAssertion+1), "", "at most 16384 are accepted"},
		"alg none":                     {"eyJhbGciOiJub25lIn0." + parts[1] + ".", "", `alg is "none"; tokens are signed with RS256`},
		"another algorithm":            {signed(t, jose.RS512, issuerKey(), header, tokenClaims()), "", `alg is "RS512"`},
		"HMAC with the public modulus": {signed(t, jose.HS256, issuerKey().N.Bytes(), header, tokenClaims()), "", `alg is "HS256"`},
		"the claims of another token":  {parts[0] + "." + forged[1] + "." + parts[2], "ca", "the signature of the token is wrong"},
		"another key":                  {signed(t, jose.RS256, strangerKey(), header, tokenClaims()), "ca", "the signature of the token is wrong"},
		"another kid":                  {signed(t, jose.RS256, issuerKey(), members{"kid": "mp-0"}, tokenClaims()), "ca", `signed with key "mp-0", but the keys here are "mp-1", "mp-2", "mp-past"`},
		"an assertion":                 {byA(t, nil), "", `this is an assertion, since iss is client "ca"; exchange it`},
		"the real Maskinporten":        {signed(t, jose.RS256, strangerKey(), members{"kid": "x"}, tokenClaims().with(members{"iss": "https://test.maskinporten.no/"})), "ca", `the token is from issuer "https://test.maskinporten.no/", which is not served here`},
		"our key, another issuer":      {signed(t, jose.RS256, issuerKey(), header, tokenClaims().with(members{"iss": "x"})), "ca", `the token is from issuer "x"`},
		"a token that expires now":     {signed(t, jose.RS256, issuerKey(), header, tokenClaims().with(members{"exp": start.Unix()})), "ca", "the token expired at 2026-03-02T10:00:00Z, 0 s ago"},
		"a token without expiry":       {signed(t, jose.RS256, issuerKey(), header, tokenClaims().with(members{"exp": nil})), "ca", "the token expired at 1970-01-01T00:00:00Z, more than a year ago"},
		"claims of the wrong type":     {signed(t, jose.RS256, issuerKey(), header, tokenClaims().with(members{"exp": "x"})), "", "the claims of the token cannot be read"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			got, err := r.Verify(t.Context(), tc.token)
			var refused *TokenError
			if !errors.As(err, &refused) || !strings.Contains(refused.Reason, tc.reason) || !reflect.DeepEqual(got, Token{}) {
				t.Fatalf("got %+v, %v, want %q", got, err, tc.reason)
			}
			if got, want := r.lastVerdict(t), (Verdict{Refused: true, Client: tc.client, Error: "invalid_token", Reason: refused.Reason}); got != want {
				t.Errorf("verdict is %+v, want %+v", got, want)
			}
		})
	}
}

// An explanation begins with what Verify says and tells what else is wrong.
func TestExplainTokenGoesOn(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	late := signed(t, jose.RS256, strangerKey(), members{"kid": "mp-1"}, tokenClaims().with(members{"iss": "x", "exp": start.Unix() - 1}))
	for token, want := range map[string]map[string]Outcome{
		r.post(t, byA(t, nil)).body["access_token"].(string): {"shape": Passed, "iss": Passed, "signature": Passed, "exp": Passed, "nbf": Passed},
		late:  {"shape": Passed, "iss": Failed, "signature": Failed, "exp": Failed, "nbf": Passed},
		"a b": {"shape": Failed, "iss": Skipped, "signature": Skipped, "exp": Skipped, "nbf": Skipped},
	} {
		_, err := r.Verify(t.Context(), token)
		first := ""
		for _, s := range r.ExplainToken(token) {
			if s.Outcome != want[s.Name] {
				t.Errorf("%s is %s, want %s: %s", s.Name, s.Outcome, want[s.Name], s.Reason)
			}
			if s.Outcome == Failed && first == "" {
				first = s.Reason
			}
		}
		if (err == nil) != (first == "") || err != nil && !strings.HasSuffix(err.Error(), first) {
			t.Errorf("Verify says %v, the explanation begins with %q", err, first)
		}
	}
}

func TestVerifyForgetsNothingThatMatters(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	token := r.post(t, byA(t, nil)).body["access_token"].(string)
	r.setClock(start.Add(119 * time.Second))
	if _, err := r.Verify(t.Context(), token); err != nil {
		t.Errorf("a second before expiry: %v", err)
	}
	r.setClock(start.Add(120 * time.Second))
	if _, err := r.Verify(t.Context(), token); err == nil {
		t.Error("a token that was good before is accepted after it expired")
	}
}

func TestVerifiedTokensAreBounded(t *testing.T) {
	t.Parallel()
	var v verified
	name := func(i int) string { return strings.Repeat("t", i) }
	for i := range 100 {
		v.put(name(i), Token{Expires: start}, start)
	}
	for i := 100; i < maxVerified; i++ {
		v.put(name(i), Token{Expires: start.Add(time.Hour)}, start)
	}
	v.put("one more", Token{Expires: start.Add(time.Hour)}, start)
	if _, kept := v.get(name(100)); !kept || len(v.tokens) > maxVerified {
		t.Errorf("%d tokens are kept; the expired should have gone first", len(v.tokens))
	}
	for i := range 200 {
		v.put("more"+name(i), Token{Expires: start.Add(time.Hour)}, start)
	}
	if _, kept := v.get("more" + name(199)); !kept || len(v.tokens) > maxVerified {
		t.Errorf("%d tokens are kept, the last one: %t", len(v.tokens), kept)
	}
}
