package ui

import (
	"net/http"
	"strings"
	"testing"

	"liksom/sandbox/guess"
)

var twoGuesses = []guess.Guess{
	{Name: "filter_stale", System: "krr", Choices: []string{"on", "off"}, Value: "off", Meaning: guess.Text{NB: "holdes tilbake", NN: "blir halde", EN: "held back"}, Source: guess.Text{NB: "kilde", NN: "kjelde", EN: "source"}},
	{Name: "aud_slash", System: "maskinporten", Meaning: guess.Text{NB: "skråstrek", NN: "skråstrek", EN: "slash"}},
}

func TestGuesses_are_listed_with_their_switches(t *testing.T) {
	t.Parallel()
	for language, words := range map[string][]string{
		"nb": {"<h1>Kjente antakelser</h1>", "holdes tilbake", "kilde", "Uten bryter."},
		"nn": {"<h1>Kjende gissingar</h1>", "blir halde", "kjelde", "Utan brytar."},
		"en": {"<h1>Known guesses</h1>", "held back", "source", "No switch."},
	} {
		page := castStage(t).get(t, guessesPath, func(r *http.Request) { r.Header.Set("Accept-Language", language) })
		if page.Code != http.StatusOK {
			t.Fatalf("answered %d", page.Code)
		}
		for _, word := range append(words, `id="filter_stale"`, "</strong> <code>off</code>", "--guess filter_stale=on", "Maskinporten") {
			if !strings.Contains(page.Body.String(), word) {
				t.Errorf("%s: %q is not on the page:\n%s", language, word, page.Body)
			}
		}
	}
}
