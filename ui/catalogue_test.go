package ui

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"liksom/generator/catalogue"
	"liksom/sandbox"
	"liksom/sandbox/outbox"
	"liksom/sandbox/population"
	"liksom/sandbox/query"
	"liksom/sandbox/stats"
	"liksom/seeds"
)

// catalogueStage is the handler over the catalogue's persons, with answers that
// know status only: right for those who are not registered, wrong for others.
func catalogueStage(t *testing.T, now time.Time) stage {
	t.Helper()
	c, err := catalogue.Read(seeds.Files)
	if err != nil {
		t.Fatal(err)
	}
	scenes := c.Stage(sandbox.DateOf(castNow))
	var all []sandbox.Person
	for _, s := range scenes {
		all = append(all, s.Persons...)
	}
	image, err := population.New(all)
	if err != nil {
		t.Fatal(err)
	}
	clock := sandbox.NewFrozenClock(now)
	register := sandbox.NewRegister(image, clock)
	handler, err := New(Config{
		Register: register, Catalogue: scenes,
		Answer: func(id sandbox.PersonID, version int, s sandbox.Scopes) ([]byte, bool) {
			status := register.Person(id).Status()
			if version == 2 && status == sandbox.NotRegistered {
				return nil, false
			}
			notice := ""
			if s&sandbox.ScopeContact != 0 {
				notice = `,"varslingsstatus":"KAN_IKKE_VARSLES"`
			}
			return []byte(`{"status":"` + status.String() + `"` + notice + `}`), true
		},
		Search: func(query.Search) (query.Found, error) { return query.Found{}, nil }, Tokens: testTokens(), Journal: testJournal, Outbox: outbox.New(1, nil),
		Stats:   func() stats.Report { return stats.Of(register, stats.Wanted{}) },
		BaseURL: func(*http.Request) string { return "http://127.0.0.1:8080" },
		Told:    func(sandbox.Record, sandbox.Window) any { return nil },
		Reset:   func() error { return nil }, ResetClock: func() error { return nil }, SetClock: func(time.Time) error { return nil },
		Control: http.NotFoundHandler(), History: pastOf,
	})
	if err != nil {
		t.Fatal(err)
	}
	return stage{Handler: handler}
}

func TestCast_page_shows_what_is_expected_beside_what_is_answered(t *testing.T) {
	t.Parallel()
	w := catalogueStage(t, castNow).get(t, castPath)
	page := read(w)
	for _, want := range []string{
		"A · Ferskhet", "J · Endringer over tid", "og 497 til",
		"Slettet slettet Bare status og varslingsstatus. reservasjon er ikke i svaret. 13855900194 Forventet SLETTET · KAN_IKKE_VARSLES Svaret nå SLETTET · KAN_IKKE_VARSLES som forventet",
		"Forventet AKTIV · KAN_VARSLES Svaret nå AKTIV · KAN_IKKE_VARSLES annerledes nå",
		"Forventet ikke i svaret Svaret nå ikke i svaret som forventet",
		"ingen Forventet Svaret nå kall å gjøre selv", "4 av 92 er som forventet nå",
	} {
		if w.Code != http.StatusOK || !strings.Contains(page, want) {
			t.Errorf("%d, no %q", w.Code, want)
		}
	}
	if strings.Contains(page, "viser en annen dag") || strings.Count(w.Body.String(), "<tr id=") != 92 {
		t.Error("the day is said to be another, or there are not 92 rows")
	}
	if later := read(catalogueStage(t, castNow.AddDate(0, 0, 1)).get(t, castPath)); !strings.Contains(later, "Forventningen gjelder 22. nov. 2026. Registerets klokke viser en annen dag") {
		t.Error("the page does not say that the clock shows another day")
	}
}

func TestScene_page_tells_word_by_word(t *testing.T) {
	t.Parallel()
	s := catalogueStage(t, castNow)
	for _, c := range []struct {
		name, path string
		want       []string
	}{
		{"with both scopes", "/testpersoner/begge-gamle", []string{"Begge kanalene er utgått begge-gamle annerledes nå", "Antakelse: «Oppslagstjenesten REST» sier både", "Bryter: --guess filter_stale", "KAN_IKKE_VARSLES", "spraak=nb mangler i svaret", "reservasjon=NEI mangler i svaret"}},
		{"with the mailbox scope", "/testpersoner/begge-gamle?scope=post&ver=v1", []string{"digital_post mangler i svaret", `{ "status" : "AKTIV" }`}},
		{"values", "/testpersoner/reservert-i-dag", []string{"reservasjonstidspunkt 2026-11-22T00:00:00+01"}},
		{"nobody in version 2", "/testpersoner/ikke-registrert", []string{"som forventet", "Forventet ikke i svaret"}},
		{"a crowd", "/testpersoner/masseutlop", []string{"Søk fram alle 500", "Person 10:"}},
		{"calls", "/testpersoner/ugyldig-pid", []string{"POST /rest/v2/personer", `["30838800102", "17859010068", "01929700003"]`, "Forventet svar: 200, 2 personer"}},
		{"a long body", "/testpersoner/ukjent-tusen", []string{"kall å gjøre selv", " … ", "Forventet svar: 400"}},
		{"refused by the control API", "/testpersoner/mobil-null", []string{"PATCH /sandbox/v1/persons/01845200", "Forventet svar: 400 mobile.invalid"}},
		{"a call to make", "/testpersoner/spraak-overskrevet", []string{"Kall å gjøre En etat setter nb; forsøket avvises POST /sandbox/krr/spraak"}},
	} {
		w := s.get(t, c.path)
		page := read(w)
		for _, want := range c.want {
			if w.Code != http.StatusOK || !strings.Contains(page, want) {
				t.Errorf("%s: %d, no %q in\n%s", c.name, w.Code, want, page)
			}
		}
		if strings.Contains(w.Body.String(), "ZgotmplZ") || strings.Contains(page, "%!") {
			t.Errorf("%s: a value was refused", c.name)
		}
	}
	if page := s.get(t, "/person/30815700127").Body.String(); !strings.Contains(page, `<a href="/testpersoner/begge-gamle">Testperson: Begge kanalene er utgått</a>`) {
		t.Error("no way from the person to the case")
	}
	if w := s.get(t, "/testpersoner/finnes-ikke"); w.Code != http.StatusNotFound {
		t.Errorf("an unknown slug: %d", w.Code)
	}
}
