package app

import (
	"testing"

	"liksom/fakeauth"
	"liksom/fakeauth/idporten"
	"liksom/sandbox/citizen"
	"liksom/sandbox/guess"
	"liksom/sandbox/krr"
)

func TestTokenGuesses_are_told_in_three_languages(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	all := append(krr.Guesses{}.List(), tokenGuesses(fakeauth.Guesses{}, idporten.Guesses{}, citizen.Guesses{})...)
	for _, g := range all {
		if seen[g.Name] {
			t.Errorf("%s is listed twice", g.Name)
		}
		seen[g.Name] = true
		for _, text := range []guess.Text{g.Meaning, g.Source} {
			if text.NB == "" || text.NN == "" || text.EN == "" {
				t.Errorf("%s: the texts are %+v", g.Name, text)
			}
		}
		if g.Value != g.Default() {
			t.Errorf("%s is %q at first and %q by default", g.Name, g.Value, g.Default())
		}
	}
	for _, name := range fakeauth.GuessNames() {
		if !seen[name] {
			t.Errorf("%s is not listed", name)
		}
	}
	if len(maskinportenSwitches) != len(fakeauth.GuessNames()) {
		t.Errorf("%d switches are told of, %d exist", len(maskinportenSwitches), len(fakeauth.GuessNames()))
	}
}
