package admin_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"liksom/sandbox"
)

func TestCreate_makes_persons(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, body string
		want       map[string]string
	}{
		{"from nothing: an adult who is AKTIV and has no more", `{}`, map[string]string{
			"status": "AKTIV", "reservasjon": "NEI", "reservasjon_oppdatert": "", "fornavn": "UTTENKT", "etternavn": "MYR", "personstatus": "bosatt", "kontaktinformasjon": "", "spraak": "",
			"identifikatorType": "foedselsnummer", "foedselsdato": "1986-11-25", "varslingsstatus": "KAN_IKKE_VARSLES"}},
		{"from no body at all", ``, map[string]string{"status": "AKTIV"}},
		{"with an address, dated now", `{"kontaktinformasjon":{"epostadresse":"ny@example.com"}}`, map[string]string{
			"kontaktinformasjon.epostadresse_oppdatert": now, "kontaktinformasjon.epostadresse_sist_verifisert": now, "varslingsstatus": "KAN_VARSLES"}},
		{"out of date from the start", `{"kontaktinformasjon":{"epostadresse":"ny@example.com","epostadresse_oppdatert":"-19m","epostadresse_sist_verifisert":"-19m"}}`, map[string]string{
			"kontaktinformasjon.epostadresse_oppdatert": "2025-04-25T12:00:00+02", "varslingsstatus": "KAN_IKKE_VARSLES"}},
		{"a woman born in 1910", `{"foedselsdato":"1910-02-28","kjoenn":"kvinne"}`, map[string]string{"foedselsdato": "1910-02-28", "kjoenn": "kvinne"}},
		{"a child of this year", `{"foedselsdato":"2026-11-24","kjoenn":"mann"}`, map[string]string{"foedselsdato": "2026-11-24", "kjoenn": "mann"}},
		{"with a D-number", `{"identifikatorType":"dNummer","foedselsdato":"1980-05-01"}`, map[string]string{"identifikatorType": "dNummer", "personidentifikator": "41858000074"}},
		{"of whom the population register does not know the birth date", `{"foedselsdato":null}`, map[string]string{"foedselsdato": ""}},
		{"with a number of one's own", `{"personidentifikator":"45840375084","fornavn":"KARI"}`, map[string]string{"personidentifikator": "45840375084", "fornavn": "KARI", "etternavn": "MYR", "foedselsdato": "2003-04-05"}},
		{"who is not registered", `{"status":"IKKE_REGISTRERT"}`, map[string]string{"status": "IKKE_REGISTRERT", "reservasjon": ""}},
		{"one who was SLETTET comes back with nothing but what the population register knows", `{"personidentifikator":"` + seig + `","spraak":"nn"}`, map[string]string{
			"personidentifikator": seig, "status": "AKTIV", "fornavn": "SEIG", "foedselsdato": "1952-10-12", "personstatus": "doed", "reservasjon": "NEI", "spraak": "nn"}},
		{"one who was IKKE_REGISTRERT is registered, and named where nobody was", `{"personidentifikator":"` + nobody + `"}`, map[string]string{"status": "AKTIV", "fornavn": "UTTENKT", "foedselsdato": "2020-11-17"}},
		{"like another: all but the number", `{"like":"` + modig + `"}`, map[string]string{
			"fornavn": "MODIG", "etternavn": "MCREV", "identifikatorType": "dNummer", "foedselsdato": "1980-05-01", "kjoenn": "kvinne", "personstatus": "utflyttet", "spraak": "se", "postkassetilstand": "inaktiv",
			"sertifikattilstand": "utloept", "kontaktinformasjon.epostadresse": "modig@example.test", "kontaktinformasjon.epostadresse_duplisert": "JA", "kontaktinformasjon.mobiltelefonnummer_oppdatert": "2024-12-25T12:00:00+01"}},
		{"like another, with a difference", `{"like":"` + modig + `","etternavn":"Annen","kontaktinformasjon":{"epostadresse":"annen@example.com"},"identifikatorType":"foedselsnummer","kjoenn":"mann"}`, map[string]string{
			"fornavn": "MODIG", "etternavn": "ANNEN", "identifikatorType": "foedselsnummer", "kjoenn": "mann", "foedselsdato": "1980-05-01", "kontaktinformasjon.epostadresse_oppdatert": now,
			"kontaktinformasjon.mobiltelefonnummer_oppdatert": "2024-12-25T12:00:00+01"}},
		{"drawn like the population", `{"random":true}`, map[string]string{"fornavn": "TRUKKET", "identifikatorType": "dNummer", "kjoenn": "kvinne", "foedselsdato": "1980-05-01", "kontaktinformasjon.mobiltelefonnummer": "+4799990003"}},
		{"drawn, with a birth date", `{"random":true,"foedselsdato":"2001-01-01"}`, map[string]string{"fornavn": "TRUKKET", "foedselsdato": "2001-01-01"}},
		{"not drawn", `{"random":false}`, map[string]string{"fornavn": "UTTENKT"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			answer := w.call("POST", "/persons", c.body)
			made, _ := decode(t, answer.Body.String()).(map[string]any)
			if answer.Code != 201 {
				t.Fatalf("%d %s", answer.Code, answer.Body)
			}
			w.has(made, c.want)
			number := at(made, "personidentifikator")
			if got := answer.Header().Get("Location"); got != "/sandbox/v1/persons/"+number {
				t.Errorf("Location is %q", got)
			}
			id := numberOf(t, number)
			if id.Series() != sandbox.SeriesTenor || at(made, "foedselsdato") != "" && id.BirthDate().String() != at(made, "foedselsdato") || at(made, "kjoenn") != "" && id.Sex().String() != at(made, "kjoenn") {
				t.Errorf("the number does not fit %v", made)
			}
			w.has(w.must(200, "GET", "/persons/"+number, ""), c.want)
		})
	}
}

func TestCreate_refuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		name, body string
		status     int
		words      []string
	}{
		{"one who is AKTIV", `{"personidentifikator":"` + modig + `"}`, 409, []string{"AKTIV", "PATCH"}},
		{"a real person's number", `{"personidentifikator":"` + real + `"}`, 400, []string{"052403*****", "never kept"}},
		{"a number with wrong check digits", `{"personidentifikator":"12345678901"}`, 400, []string{"check digits"}},
		{"a number as a number", `{"personidentifikator":12829499914}`, 400, []string{"text"}},
		{"a number of another kind", `{"personidentifikator":"45840375084","identifikatorType":"foedselsnummer"}`, 400, []string{"foedselsnummer"}},
		{"a kind that there is not", `{"identifikatorType":"npid"}`, 400, []string{"dNummer"}},
		{"a birth date that no number tells", `{"foedselsdato":"1700-01-01"}`, 409, []string{"1700-01-01"}},
		{"a birth date that is none, with the other faults", `{"foedselsdato":"i går","spraak":"fr"}`, 400, []string{"foedselsdato", "spraak"}},
		{"like nobody", `{"like":"45840375084"}`, 400, []string{"like"}},
		{"like a real person", `{"like":"` + real + `"}`, 400, []string{"052403*****"}},
		{"like a number", `{"like":1}`, 400, []string{"text"}},
		{"both like and random", `{"like":"` + modig + `","random":true}`, 400, []string{"not both"}},
		{"random as a word", `{"random":"true"}`, 400, []string{"true or false"}},
		{"a value that the register would not take", `{"kontaktinformasjon":{"mobiltelefonnummer":"1"}}`, 400, []string{"mobiltelefonnummer"}},
		{"an unknown member", `{"navn":"x"}`, 400, []string{"navn"}},
		{"a list", `[]`, 400, nil},
		{"a member twice", `{"spraak":"nb","spraak":"nn"}`, 400, []string{"twice"}},
	} {
		t.Log(c.name)
		w.refused(c.status, "POST", "/persons", c.body, c.words...)
	}
	if a := w.callAs("text/plain", "POST", "/persons", `{}`); a.Code != 415 {
		t.Errorf("plain text: %d", a.Code)
	}
	if w.reg.Changed() != 0 {
		t.Error("a refused creation has changed something")
	}
	w.has(w.must(201, "POST", "/persons?force=true", `{"kontaktinformasjon":{"mobiltelefonnummer":"1"}}`), map[string]string{"kontaktinformasjon.mobiltelefonnummer": "1"})
}

// A person can be carried from one sandbox to another as it is read, derived
// members and all.
func TestCreate_takes_a_person_as_read(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.call("GET", "/persons/"+modig, "").Body.String()
	w.must(200, "DELETE", "/persons/"+modig, "")
	if got := w.call("POST", "/persons", before); got.Code != 201 || undated(got.Body.String()) != undated(before) {
		t.Errorf("%d\n got %s\nwant %s", got.Code, got.Body, before)
	}
}

func TestFresh_numbers_go_down_for_foedselsnumre_and_up_for_D_numbers(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct{ body, want string }{
		{`{"foedselsdato":"1980-05-01"}`, "first"}, {`{"foedselsdato":"1980-05-01","identifikatorType":"dNummer"}`, "last"},
	} {
		var got []string
		for range 3 {
			got = append(got, at(w.must(201, "POST", "/persons", c.body), "personidentifikator")[6:9])
		}
		if order := fmt.Sprint(got); c.want == "first" && (got[0] < got[1] || got[1] < got[2] || got[0] != "499" && got[0] < "490" && got[0] < "990") || c.want == "last" && order != "[000 001 003]" {
			t.Errorf("%s: %v", c.body, got)
		}
	}
}

// The numbers of one day run out; those of any adult do not.
func TestFresh_numbers_run_out_for_a_day(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	made := 0
	for {
		a := w.call("POST", "/persons", `{"foedselsdato":"2020-11-17","kjoenn":"kvinne"}`)
		if a.Code == 409 {
			break
		}
		made++
	}
	if made < 180 || made > 230 {
		t.Errorf("%d women are born on one day", made)
	}
	many := `{"operations":[` + strings.TrimSuffix(strings.Repeat(`{"op":"create"},`, 1000), ",") + `]}`
	w.must(200, "POST", "/persons/bulk", many)
	_ = w.clock.Set(noon.AddDate(74, 0, 0), true) // births of 2060 have no numbers
	w.has(w.must(201, "POST", "/persons", ``), map[string]string{"foedselsdato": "2039-12-31"})
}

func TestCreates_at_the_same_time_get_numbers_of_their_own(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var mu sync.Mutex
	numbers := map[string]bool{}
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 10 {
				a := w.call("POST", "/persons", `{"foedselsdato":"1980-05-01"}`)
				if a.Code != 201 {
					t.Errorf("%d %s", a.Code, a.Body)
				}
				mu.Lock()
				numbers[a.Header().Get("Location")] = true
				mu.Unlock()
			}
		})
	}
	wg.Wait()
	if len(numbers) != 80 {
		t.Errorf("%d numbers for 80 persons", len(numbers))
	}
}
