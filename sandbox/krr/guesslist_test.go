package krr_test

import (
	"slices"
	"testing"

	"liksom/sandbox/guess"
	"liksom/sandbox/krr"
)

func TestEveryGuessIsListedInThreeLanguagesAndFlips(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for n, listed := range (krr.Guesses{}).List() {
		if seen[listed.Name] || listed.Name == "" || listed.System != "krr" {
			t.Errorf("guess %d is %+v", n, listed)
		}
		seen[listed.Name] = true
		for _, text := range []guess.Text{listed.Meaning, listed.Source} {
			if text.NB == "" || text.NN == "" || text.EN == "" || text.NB == text.EN {
				t.Errorf("%s: the texts are %+v", listed.Name, text)
			}
		}
		if listed.Value != listed.Default() {
			t.Errorf("%s is %q at first and %q by default", listed.Name, listed.Value, listed.Default())
		}
		for _, word := range listed.Choices {
			var g krr.Guesses
			if err := g.Set(listed.Name, word); err != nil {
				t.Error(err)
			}
			all := g.List()
			if now := all[slices.IndexFunc(all, func(o guess.Guess) bool { return o.Name == listed.Name })]; now.Value != word {
				t.Errorf("%s is %q after it was set to %q", listed.Name, now.Value, word)
			}
		}
	}
}
