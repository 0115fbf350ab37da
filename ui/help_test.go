package ui

import (
	"net/http"
	"strings"
	"testing"

	"liksom/sandbox/query"
	spoken "liksom/sandbox/words"
)

func TestLanguage_examples_are_queries(t *testing.T) {
	t.Parallel()
	for _, group := range queries {
		for _, l := range spoken.Languages {
			if n := len(strings.Split(words{l}.T("means."+group.group), "|")); n != len(group.texts) {
				t.Errorf("%s explains %d of %d in %s", group.group, n, len(group.texts), l.Code())
			}
		}
		for _, text := range group.texts {
			if _, err := query.Parse(text); err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
	}
	for _, f := range query.Fields {
		if _, err := query.Parse(exampleOf(f)); err != nil {
			t.Errorf("%s: %v", exampleOf(f), err)
		}
		if f.Doc.NB == "" || f.Doc.NN == "" || f.Doc.EN == "" || kindNames[f.Kind] == "" {
			t.Errorf("%s is not explained", f.Name)
		}
	}
}

func TestLanguage_page_has_every_field(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	english := func(r *http.Request) { r.Header.Set("Accept-Language", "en") }
	nb, en := read(s.get(t, languagePath)), read(s.get(t, languagePath, english))
	for _, f := range query.Fields {
		if !strings.Contains(nb, f.Name+" "+f.Doc.NB) || !strings.Contains(en, f.Name+" "+f.Doc.EN) {
			t.Errorf("%s is not on the page", f.Name)
		}
	}
	if !strings.Contains(nb, "epostTilstand E-posten etter 18-månedersregelen ett av ordene følger klokken fersk , utgaatt , mangler") {
		t.Error("an enumeration is without its values")
	}
}

func TestRecipes_have_the_address_in_use(t *testing.T) {
	t.Parallel()
	for _, r := range recipes {
		usual, other := r.scriptFor(usualServer), r.scriptFor("http://liksom.test:9")
		if strings.Contains(usual+other, "@base") || strings.Contains(usual+other, "@server") {
			t.Errorf("%s is not filled in: %s", r.slug, other)
		}
		if strings.Contains(usual, "--server") || strings.Contains(other, usualServer+"/") {
			t.Errorf("%s has the wrong address: %s\n%s", r.slug, usual, other)
		}
	}
	if text := read(castStage(t).get(t, recipesPath)); strings.Count(text, "Kopier") < len(recipes) || len(recipes) != 10 {
		t.Errorf("not ten to copy in %s", text)
	}
}
