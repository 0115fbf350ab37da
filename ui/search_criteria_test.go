package ui

import (
	"net/url"
	"strings"
	"testing"

	"liksom/sandbox/query"
	spoken "liksom/sandbox/words"
)

func parsed(t *testing.T, q string) query.Node {
	t.Helper()
	n, err := query.Parse(q)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

func TestCriteria_are_read_out_of_the_query_and_written_back(t *testing.T) {
	t.Parallel()
	w := words{spoken.Bokmaal}
	for _, c := range []struct{ name, q, canonical, chips, box string }{
		{"nothing", "", "", "", ""},
		{"words stay in the box", "ola  nordmann", "ola and nordmann", "", "ola nordmann"},
		{"the wanted person", "postkasse:digipost reservasjon:NEI mobilTilstand:fersk epostTilstand:utgaatt alder > 70", "alder > 70 and epostTilstand:utgaatt and mobilTilstand:fersk and reservasjon:NEI and postkasse:digipost", "Over 70 år|E-post utgått|Mobil fersk|Ikke reservert|Digipost", ""},
		{"several values of one field", "epostTilstand:(fersk or mangler)", "epostTilstand:(fersk or mangler)", "E-post fersk eller mangler", ""},
		{"two limits of the age", "alder >= 18 and alder < 30", "alder:[18 to 29]", "18–29 år", ""},
		{"an upper limit of the age", "alder <= 17", "alder < 18", "Under 18 år", ""},
		{"one age", "alder:42", "alder:42", "42 år", ""},
		{"a county by its name", "fylke:Finnmark", "fylke:56", "Finnmark", ""},
		{"a name that keeps its letters", "postkasse:eboks", "postkasse:eboks", "e-Boks", ""},
		{"either of two fields", "status:SLETTET or reservasjon:JA", "status:SLETTET or reservasjon:JA", "Egen spørring status:SLETTET or reservasjon:JA", ""},
		{"a date", "ola epostOppdatert < nå-18m", "ola and epostOppdatert < nå-18m", "Egen spørring epostOppdatert < nå-18m", "ola"},
		{"a value without a check box", "epostDuplisert:NEI", "epostDuplisert:NEI", "Egen spørring epostDuplisert:NEI", ""},
		{"the same field twice", "status:AKTIV and status:SLETTET", "status:AKTIV and status:SLETTET", "Aktiv|Slettet", ""},
		{"none of a value", "not spraak:nn", "not spraak:nn", "Egen spørring not spraak:nn", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			all := criteriaOf(parsed(t, c.q))
			if got := spelt(all.terms()); got != c.canonical {
				t.Errorf("written back as %q, want %q", got, c.canonical)
			}
			var chips []string
			for _, chip := range w.chips(all, searchURL{q: c.q}) {
				chips = append(chips, strings.TrimSpace(chip.Label+" "+chip.Code))
			}
			if got := strings.Join(chips, "|"); got != c.chips {
				t.Errorf("chips are %q, want %q", got, c.chips)
			}
			if got := all.plainWords(); got != c.box {
				t.Errorf("the box holds %q, want %q", got, c.box)
			}
		})
	}
}

func TestForms_lead_to_the_canonical_query(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for _, c := range []struct{ name, form, want string }{
		{"a filter", "filtre=ja&resten=&epostTilstand=utgaatt", "/?q=epostTilstand%3Autgaatt"},
		{"two values and another filter", "filtre=ja&epostTilstand=utgaatt&epostTilstand=mangler&status=AKTIV&sort=-alder", "/?q=epostTilstand%3A%28utgaatt+or+mangler%29+and+status%3AAKTIV&sort=-alder"},
		{"no filter", "filtre=ja&resten=&alderFra=&alderTil=", "/"},
		{"words and own terms are kept", "filtre=ja&resten=ola+and+not+spraak%3Ann&kjoenn=mann", "/?q=ola+and+kjoenn%3Amann+and+not+spraak%3Ann"},
		{"an age that is none is left out", "filtre=ja&alderFra=gammel&alderTil=-3", "/"},
		{"a value that is none is left out", "filtre=ja&status=%3Cb%3E", "/"},
		{"words beside the filters", "q=status%3AAKTIV&ord=ola+nordmann", "/?q=ola+and+nordmann+and+status%3AAKTIV"},
		{"an emptied box", "q=status%3AAKTIV&ord=", "/?q=status%3AAKTIV"},
		{"a query in the box", "q=&ord=kjoenn%3Amann+or+alder+%3C+18", "/?q=kjoenn%3Amann+or+alder+%3C+18"},
		{"a query that cannot be read is left to be mended", "q=status%3AAKTIV&ord=kjonn%3Amann", "/?q=status%3AAKTIV+and+kjonn%3Amann&rediger=ja"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := s.get(t, "/?"+c.form)
			if got := w.Header().Get("Location"); w.Code != 303 || got != c.want {
				t.Errorf("status %d to %q, want %q", w.Code, got, c.want)
			}
		})
	}
}

func TestForms_never_lead_to_a_number_that_may_be_real(t *testing.T) {
	t.Parallel()
	w := castStage(t).get(t, "/?q=&ord=05240399816")
	if w.Code != 200 || w.Header().Get("Location") != "" || strings.Contains(w.Body.String(), "05240399816") {
		t.Errorf("status %d to %q", w.Code, w.Header().Get("Location"))
	}
}

func TestFault_says_what_is_wrong_where_in_the_language_of_the_page(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for _, c := range []struct{ name, q, want string }{
		{"a value", "status:AKTIV and epostTilstand:utgått2", "Tegn 32: Feltet epostTilstand har ikke verdien «utgått2». Mente du utgaatt ? Kan være fersk , utgaatt , mangler ."},
		{"a field", "kjonn:mann", "Tegn 1: Det er ikke noe felt som heter «kjonn». Mente du kjoenn ?"},
		{"a field that only Tenor has", "sivilstand:gift", "Tenor har feltet «sivilstand»"},
		{"a date", "epostOppdatert < igår", "Feltet epostOppdatert tar en dato"},
		{"a number", "alder > gammel", "Feltet alder tar et helt tall."},
		{"no order", "status > AKTIV", "Feltet har ingen rekkefølge"},
		{"an open parenthesis", "(ola or kari", "( begynner her og blir ikke lukket."},
		{"a sign that does not fit", "ola )", "Tegn 5: «)» passer ikke her."},
		{"too early an end", "ola and", "Spørringen slutter der noe mer skulle stått."},
		{"too long", strings.Repeat("å", 3000), "Spørringen er for lang"},
		{"too deep", strings.Repeat("(", 200), "for mange ledd"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := s.get(t, "/?q="+url.QueryEscape(c.q))
			if w.Code != 200 || !strings.Contains(read(w), c.want) {
				t.Errorf("no %q in %q", c.want, read(w))
			}
			if strings.Contains(read(w), "did you mean") {
				t.Error("the English text shows")
			}
		})
	}
}

func TestExports_refuse_a_query_that_cannot_be_read(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for _, path := range []string{"/eksport.csv", "/eksport.json", "/eksport.ids", "/eksport.krr", "/treff.json", "/treff.csv"} {
		if w := s.get(t, path+"?q=kjonn:mann"); w.Code != 400 || !strings.Contains(w.Body.String(), "character 1") {
			t.Errorf("%s: status %d, %q", path, w.Code, w.Body.String())
		}
		if w := s.get(t, path+"?q=finnesikke"); w.Code != 200 {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

func TestKQL_is_coloured_and_whole(t *testing.T) {
	t.Parallel()
	for q, want := range map[string]string{
		"":                         "",
		"alder > 70 and status:A":  "<alder> > 70 [and] <status>:A",
		`"and or" or \not`:         `"and or" [or] \not`,
		"alder:[18 to 29]":         "<alder>:[18 [to] 29]",
		"tenorRelasjoner.freg:{x}": "<tenorRelasjoner.freg>:{x}",
	} {
		got := ""
		for _, p := range kqlParts(q) {
			switch p.Class {
			case "key":
				got += "<" + p.Text + ">"
			case "keyword":
				got += "[" + p.Text + "]"
			default:
				got += p.Text
			}
		}
		if got != want {
			t.Errorf("%q is %q, want %q", q, got, want)
		}
	}
}
