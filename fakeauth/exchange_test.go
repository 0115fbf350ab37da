package fakeauth

import (
	"net/http"
	"slices"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// TestExplanationBeginsWithTheAnswer shows that the first step that fails is
// what the token endpoint answers, that looking does not use an assertion up,
// and that later mistakes are shown too.
func TestExplanationBeginsWithTheAnswer(t *testing.T) {
	t.Parallel()
	now := start.Unix()
	for name, tc := range map[string]struct {
		assertion string
		failed    []string
		skipped   []string
	}{
		"a good one":                {byA(t, nil), nil, nil},
		"no assertion at all":       {"", []string{"shape"}, []string{"algorithm", "client", "signature", "access", "authorization_details"}},
		"one that is no JWT":        {"a.b.c", []string{"shape"}, []string{"aud"}},
		"a wrong audience":          {byA(t, members{"aud": "x"}), []string{"aud"}, nil},
		"audience and times":        {byA(t, members{"aud": "x", "iat": now + 60, "exp": now + 600}), []string{"aud", "iat", "lifetime"}, nil},
		"an unknown client":         {byA(t, members{"iss": "x", "aud": "y"}), []string{"client", "aud"}, []string{"key", "signature", "scope", "access"}},
		"another key":               {signed(t, jose.RS256, strangerKey(), members{"kid": "k1"}, goodClaims()), []string{"signature"}, nil},
		"an expired key":            {signed(t, jose.RS256, clientKey(), members{"kid": "k0"}, goodClaims()), []string{"key_age"}, nil},
		"an unknown key and scope":  {signed(t, jose.RS256, clientKey(), members{"kid": "x"}, goodClaims().with(members{"scope": "x:y"})), []string{"key", "scope"}, []string{"signature", "access"}},
		"another algorithm":         {signed(t, jose.PS256, clientKey(), members{"kid": "k1"}, goodClaims()), []string{"algorithm", "signature"}, nil},
		"a chain that is no list":   {signed(t, jose.RS256, clientKey(), members{"x5c": "x"}, goodClaims().with(members{"iss": "cc"})), []string{"x5c"}, []string{"signature"}},
		"no times":                  {byA(t, members{"iat": nil, "exp": nil}), []string{"exp", "iat"}, nil},
		"no delegation, no person":  {by(t, "cs", members{"scope": "demo:delegert", "consumer_org": orgD, "pid": "1"}), []string{"delegation", "pid"}, nil},
		"a consumer that cannot be": {by(t, "cs", members{"consumer_org": "1"}), []string{"consumer_org"}, []string{"access", "delegation"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			steps := r.ExplainAssertion(issuer, tc.assertion)
			var failed []string
			for _, s := range steps {
				if s.Outcome == Failed {
					failed = append(failed, s.Name)
				}
				if (s.Outcome == Failed) != (s.Reason != "") {
					t.Errorf("%+v: a reason belongs to a failure", s)
				}
				if slices.Contains(tc.skipped, s.Name) != (s.Outcome == Skipped) && slices.Contains(tc.skipped, s.Name) {
					t.Errorf("%s is %s", s.Name, s.Outcome)
				}
			}
			if !slices.Equal(failed, tc.failed) {
				t.Errorf("failed %q, want %q", failed, tc.failed)
			}
			got := r.outcomeOf(t, r.post(t, tc.assertion))
			i := slices.IndexFunc(steps, func(s Step) bool { return s.Outcome == Failed })
			if i < 0 {
				if got.Status != http.StatusOK {
					t.Errorf("the token endpoint answers %+v", got)
				}
				return
			}
			if want := (outcome{steps[i].Status, steps[i].Error, steps[i].Code, steps[i].Text}); got != want {
				t.Errorf("the token endpoint answers %+v, explained is %+v", got, want)
			}
		})
	}
}

func TestExplanationKnowsWhatWasUsed(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	assertion := byA(t, nil)
	if got := r.post(t, assertion); got.status != http.StatusOK {
		t.Fatalf("got %d %v", got.status, got.body)
	}
	for _, s := range r.ExplainAssertion(issuer, assertion) {
		if (s.Name == "single_use") != (s.Outcome == Failed) {
			t.Errorf("%+v", s)
		}
	}
}
