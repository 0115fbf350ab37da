package ui

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
)

// The page says what a number is; one that could be real is shown masked and
// never comes back in the form.
func TestNumber_page_judges_and_masks(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for _, c := range []struct {
		name, typed string
		want        []string
		hidden      bool // whether the whole number must not be on the page
	}{
		{"a good number", "57859010050", []string{"Gyldig syntetisk nummer", "D-nummer", "17. mai 1990", "kvinne", `value="57859010050"`}, false},
		{"one with a space", "578590 10050", []string{"Gyldig syntetisk nummer"}, false},
		{"one of the 2032 rule", "15869055538", []string{"fra 2032"}, false},
		{"wrong check digits", "17859010068", []string{"Ikke gyldig", "skulle vært 67", "178590•••••"}, true},
		{"no such date", "31829010014", []string{"datoen finnes ikke"}, true},
		{"of the +20 series, which real persons have", "05240399816", []string{"Kan være et ekte nummer", "052403•••••"}, true},
		{"too short", "123", []string{"nøyaktig 11 sifre"}, false},
		{"hostile", `"><script>alert(1)</script>`, []string{"nøyaktig 11 sifre"}, false},
	} {
		w := s.post(t, numberPath, url.Values{"nummer": {c.typed}})
		page := spaced(w.Body.String())
		if w.Code != http.StatusOK || strings.Contains(page, "<script>alert") {
			t.Errorf("%s: %d", c.name, w.Code)
		}
		for _, want := range c.want {
			if !strings.Contains(page, want) {
				t.Errorf("%s: %q is not on the page", c.name, want)
			}
		}
		if c.hidden && strings.Contains(page, c.typed) {
			t.Errorf("%s: the number is on the page whole", c.name)
		}
	}
	if page := s.get(t, numberPath).Body.String(); strings.Contains(page, `id="svar"`) || !strings.Contains(page, `<a href="/hjelp/nummer" aria-current="page">`) {
		t.Error("an empty form answers, or the entry is not marked")
	}
	for _, id := range s.ids {
		if page := s.post(t, numberPath, url.Values{"nummer": {id.Digits()}}).Body.String(); !strings.Contains(page, "/person/"+id.Digits()) {
			t.Error("no way to the person who has the number")
		}
	}
}
