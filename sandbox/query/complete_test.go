package query_test

import (
	"slices"
	"strings"
	"testing"

	"liksom/sandbox/query"
)

// The cursor is the bar.
func TestComplete_suggests_what_could_stand_at_the_cursor(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, first, replaced string }{
		{"stat|", "status:", "stat"},
		{"krr.epostT|", "epostTilstand:", "krr.epostT"},
		{"språk|", "spraak: spraakOppdatert:", "språk"},
		{"epostadresse_s|", "epostSistVerifisert: epostSistValidert:", "epostadresse_s"},
		{"status:|", "AKTIV SLETTET IKKE_REGISTRERT *", ""},
		{"status:ak|", "AKTIV", "ak"},
		{"status:a|kt", "AKTIV", "akt"},
		{"status: s|", "SLETTET", "s"},
		{"status:(AKTIV or s|", "SLETTET", "s"},
		{"status:(AKTIV |", "and or AKTIV SLETTET IKKE_REGISTRERT *", ""},
		{"(status:SLETTET) an|", "and antallBarn:", "an"},
		{"status:AKTIV a|", "and alder: antallBarn:", "a"},
		{"status:AKTIV and spraak:n| or x", "nb nn", "n"},
		{"fylke:troms|", "55", "troms"},
		{"fylke:trø|", "50", "trø"},
		{"endret < n|", "nå-18m nå-1y nå-30d", "n"},
		{"endret >= nå-1|", "nå-18m nå-1y", "nå-1"},
		{"endret:[i| to 2025]", "i dag", "i"},
		{"no|", "not", "no"},
		{"tenorRelasjoner.freg:{tenorRel|", "tenorRelasjonsnavn:", "tenorRel"},
		{"tenorRelasjoner.freg:{tenorRelasjonsnavn:b|", "barn", "b"},
		{"tenorRelasjoner.freg:{a} tenor|", "identifikator: tenorRelasjoner.freg:{", "tenor"},
		{"åse stat| x", "status:", "stat"},
		{"xyzzy:|", "identifikator: identifikatorType: serie:", ""},
		{"\"ola n|", "", "\"ola n"},
	} {
		before, after, _ := strings.Cut(c.text, "|")
		text := before + after
		got := query.Complete(text, len([]rune(before)))
		var words []string
		for _, s := range got.Suggestions {
			words = append(words, s.Text)
		}
		if list := strings.Join(words, " "); list != c.first && !strings.HasPrefix(list, c.first+" ") || c.first == "" && list != "" {
			t.Errorf("%s: %s, want %s", c.text, list, c.first)
		}
		if replaced := string([]rune(text)[got.From:got.To]); replaced != c.replaced {
			t.Errorf("%s replaces %q, want %q", c.text, replaced, c.replaced)
		}
	}
}

// Every value that is suggested is one that can be read.
func TestComplete_suggests_what_can_be_read(t *testing.T) {
	t.Parallel()
	for _, f := range query.Fields {
		if f.Doc.NB == "" || f.Doc.NN == "" || f.Doc.EN == "" {
			t.Errorf("%s is not described in all three languages", f.Name)
		}
		for _, s := range query.Complete(f.Name+":", len(f.Name)+1).Suggestions {
			if _, err := query.Parse(f.Name + ":" + s.Text); err != nil {
				t.Errorf("%s:%s: %v", f.Name, s.Text, err)
			}
		}
		for _, name := range append(slices.Clone(f.Aliases), strings.ToUpper(f.Name)) {
			if query.Find(name) != f {
				t.Errorf("%s does not lead to %s", name, f.Name)
			}
		}
		if got := query.Find("krr."+f.Name) == f; got != f.KRR {
			t.Errorf("krr.%s: %v", f.Name, got)
		}
	}
}
