package admin_test

import (
	"fmt"
	"regexp"
	"strings"
	"sync"
	"testing"

	"liksom/sandbox"
)

const now = "2026-11-25T12:00:00+01"

// A changed value moves the dates as sandbox.Move says; a date that is given
// stands. Source of the form: RFC 7396.
func TestPatch_changes_what_it_names(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, id, body string
		want           map[string]string
	}{
		{"a new e-mail is updated and confirmed now, and not validated", modig, `{"kontaktinformasjon":{"epostadresse":"ny@example.com"}}`, map[string]string{
			"kontaktinformasjon.epostadresse": "ny@example.com", "kontaktinformasjon.epostadresse_oppdatert": now, "kontaktinformasjon.epostadresse_sist_verifisert": now,
			"kontaktinformasjon.epostadresse_sist_validert": "", "kontaktinformasjon.mobiltelefonnummer": "+4799990002"}},
		{"a given date stands, and the other that counts is not made up", modig, `{"kontaktinformasjon":{"epostadresse":"ny@example.com","epostadresse_oppdatert":"2020-06-10T21:00:01+02","epostadresse_sist_validert":"-3h"}}`, map[string]string{
			"kontaktinformasjon.epostadresse_oppdatert": "2020-06-10T21:00:01+02", "kontaktinformasjon.epostadresse_sist_verifisert": "", "kontaktinformasjon.epostadresse_sist_validert": "2026-11-25T09:00:00+01"}},
		{"a date that is taken away stays away beside a new value", modig, `{"kontaktinformasjon":{"epostadresse":"ny@example.com","epostadresse_sist_verifisert":null}}`, map[string]string{
			"kontaktinformasjon.epostadresse_oppdatert": now, "kontaktinformasjon.epostadresse_sist_verifisert": ""}},
		{"dates relative to the register clock", modig, `{"kontaktinformasjon":{"mobiltelefonnummer_oppdatert":"-19m","mobiltelefonnummer_sist_verifisert":"-18m+1d","epostadresse_oppdatert":"-2y","epostadresse_sist_verifisert":"now"}}`, map[string]string{
			"kontaktinformasjon.mobiltelefonnummer_oppdatert": "2025-04-25T12:00:00+02", "kontaktinformasjon.mobiltelefonnummer_sist_verifisert": "2025-05-26T12:00:00+02",
			"kontaktinformasjon.epostadresse_oppdatert": "2024-11-25T12:00:00+01", "kontaktinformasjon.epostadresse_sist_verifisert": now, "kontaktinformasjon.epostadresse": "modig@example.test"}},
		{"null takes an address away with its dates", modig, `{"kontaktinformasjon":{"mobiltelefonnummer":null}}`, map[string]string{
			"kontaktinformasjon.mobiltelefonnummer": "", "kontaktinformasjon.mobiltelefonnummer_oppdatert": "", "kontaktinformasjon.epostadresse": "modig@example.test"}},
		{"null takes both addresses away", modig, `{"kontaktinformasjon":null}`, map[string]string{"kontaktinformasjon": "", "varslingsstatus": "KAN_IKKE_VARSLES", "spraak": "se"}},
		{"null takes the mailbox away", modig, `{"digital_post":null}`, map[string]string{"digital_post": "", "postkassetilstand": "", "sertifikattilstand": ""}},
		{"null takes the language away", modig, `{"spraak":null}`, map[string]string{"spraak": "", "spraak_oppdatert": ""}},
		{"null for what is not there does nothing", grundig, `{"spraak":null,"kontaktinformasjon":{"epostadresse":null}}`, map[string]string{"spraak": "", "kontaktinformasjon.mobiltelefonnummer": "+4799990001"}},
		{"a reservation is dated now", modig, `{"reservasjon":"JA"}`, map[string]string{"reservasjon": "JA", "reservasjonstidspunkt": now, "reservasjon_oppdatert": now, "varslingsstatus": "KAN_IKKE_VARSLES"}},
		{"a reservation may be older", modig, `{"reservasjon":"JA","reservasjonstidspunkt":"-2y"}`, map[string]string{"reservasjonstidspunkt": "2024-11-25T12:00:00+01", "reservasjon_oppdatert": now}},
		{"a reservation is lifted", sindig, `{"reservasjon":"NEI"}`, map[string]string{"reservasjon": "NEI", "reservasjonstidspunkt": "", "reservasjon_oppdatert": now}},
		{"null lifts it too", sindig, `{"reservasjon":null}`, map[string]string{"reservasjon": "NEI", "reservasjonstidspunkt": ""}},
		{"a language is dated now", modig, `{"spraak":"en"}`, map[string]string{"spraak": "en", "spraak_oppdatert": now}},
		{"a mailbox by the supplier's name", sindig, `{"digital_post":{"postkasseadresse":"sindig#1234","postkasseleverandoeradresse":"eboks"}}`, map[string]string{
			"digital_post.postkasseadresse": "sindig#1234", "digital_post.postkasseleverandoeradresse": "922020175", "postkassetilstand": "aktiv", "sertifikattilstand": "gyldig"}},
		{"a mailbox by organisation number, also e-Boks' old one", grundig, `{"digital_post":{"postkasseleverandoeradresse":"996460320"}}`, map[string]string{"digital_post.postkasseleverandoeradresse": "996460320"}},
		{"how mailbox and certificate stand", grundig, `{"postkassetilstand":"inaktiv","sertifikattilstand":"mangler"}`, map[string]string{"postkassetilstand": "inaktiv", "sertifikattilstand": "mangler"}},
		{"null makes both good again", modig, `{"postkassetilstand":null,"sertifikattilstand":null}`, map[string]string{"postkassetilstand": "aktiv", "sertifikattilstand": "gyldig"}},
		{"deleted by status: nothing is left", modig, `{"status":"SLETTET"}`, map[string]string{"status": "SLETTET", "reservasjon": "", "kontaktinformasjon": "", "digital_post": "", "spraak": "", "visningnavn": "MODIG MCREV"}},
		{"back by status, with an address", seig, `{"status":"AKTIV","kontaktinformasjon":{"epostadresse":"seig@example.com"}}`, map[string]string{"status": "AKTIV", "reservasjon": "NEI", "kontaktinformasjon.epostadresse_oppdatert": now}},
		{"facts of the population register", modig, `{"kjoenn":"mann","foedselsdato":"1980-05-02","personstatus":"doed"}`, map[string]string{"kjoenn": "mann", "foedselsdato": "1980-05-02", "personstatus": "doed"}},
		{"null where the population register knows nothing", modig, `{"kjoenn":null,"foedselsdato":null,"personstatus":null}`, map[string]string{"kjoenn": "", "foedselsdato": "", "personstatus": "bosatt"}},
		{"derived members that come along unchanged", modig, `{"personidentifikator":"` + modig + `","identifikatorType":"dNummer","visningnavn":"MODIG MCREV","varslingsstatus":"KAN_VARSLES","kontaktinformasjon":{"epostadresse_duplisert":"NEI","mobiltelefonnummer_duplisert":"NEI"},"spraak":"nb"}`,
			map[string]string{"spraak": "nb"}},
		{"an empty text is as null", modig, `{"spraak":""}`, map[string]string{"spraak": ""}},
		{"nothing", modig, `{}`, map[string]string{"spraak": "se"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := newWorld(t)
			w.has(w.must(200, "PATCH", "/persons/"+c.id, c.body), c.want)
			w.has(w.must(200, "GET", "/persons/"+c.id, ""), c.want)
		})
	}
}

func TestPatch_refuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.must(200, "GET", "/persons/"+modig, "")
	for _, c := range []struct {
		name, body string
		words      []string
	}{
		{"a value that the register would not take", `{"kontaktinformasjon":{"epostadresse":"x"}}`, []string{"epostadresse"}},
		{"several faults, all told", `{"kontaktinformasjon":{"epostadresse":"x","mobiltelefonnummer":"22000000","epostadresse_sist_validert":"+1d"},"spraak":"fr","digital_post":{"postkasseadresse":"kort"}}`,
			[]string{"epostadresse", "mobiltelefonnummer", "ahead of the register clock", "spraak", "nb, nn, en, se", "postkasseadresse"}},
		{"an unknown member", `{"epost":"a@example.com","kontaktinformasjon":{"mobil":"1"}}`, []string{`"epost"`, `"kontaktinformasjon.mobil"`}},
		{"a member in the wrong place", `{"epostadresse":"a@example.com","kontaktinformasjon":{"spraak":"nb"},"digital_post":{"postkassetilstand":"aktiv"}}`, []string{"epostadresse belongs in kontaktinformasjon", "spraak belongs in the person", "postkassetilstand belongs in the person"}},
		{"another number", `{"personidentifikator":"` + sindig + `"}`, []string{"/replace"}},
		{"another kind of number", `{"identifikatorType":"foedselsnummer"}`, []string{"/replace"}},
		{"another name to show", `{"visningnavn":"MODIGST MCREV"}`, []string{"fornavn"}},
		{"another verdict", `{"varslingsstatus":"KAN_IKKE_VARSLES"}`, []string{"reservasjon", "dates"}},
		{"another count", `{"kontaktinformasjon":{"epostadresse_duplisert":"JA"}}`, []string{"another person"}},
		{"no status", `{"status":null}`, []string{"status", "taken away"}},
		{"a status that there is not", `{"status":"aktiv"}`, []string{"AKTIV"}},
		{"a date that is none", `{"kontaktinformasjon":{"epostadresse_oppdatert":"19m"}}`, []string{"-19m"}},
		{"a date that an Instant cannot hold", `{"kontaktinformasjon":{"epostadresse_oppdatert":"-99999999y"}}`, []string{"further away"}},
		{"a birth date that is none", `{"foedselsdato":"1980-02-30"}`, []string{"YYYY-MM-DD"}},
		{"a supplier that is none", `{"digital_post":{"postkasseleverandoeradresse":"posten"}}`, []string{"digipost", "984661185"}},
		{"a date without its address", `{"kontaktinformasjon":{"mobiltelefonnummer":null,"mobiltelefonnummer_oppdatert":"now"}}`, []string{"mobiltelefonnummer_oppdatert cannot be kept without mobiltelefonnummer"}},
		{"the time of a reservation that there is not", `{"reservasjonstidspunkt":"now"}`, []string{"without reservasjon JA"}},
		{"a state of a mailbox that goes", `{"digital_post":null,"postkassetilstand":"inaktiv"}`, []string{"without postkasseleverandoeradresse"}},
		{"an address of one who goes", `{"status":"SLETTET","kontaktinformasjon":{"epostadresse":"ny@example.com"}}`, []string{"while status is SLETTET"}},
		{"a real person's number for a name", `{"fornavn":"` + real + `"}`, []string{"052403*****"}},
		{"a real person's number in an address", `{"kontaktinformasjon":{"epostadresse":"a+052403 99816@example.com"}}`, []string{"052403*****"}},
		{"a real person's number for a mobile", `{"kontaktinformasjon":{"mobiltelefonnummer":"` + real + `"}}`, []string{"052403*****"}},
		{"a list", `[]`, []string{"JSON object"}},
		{"null", `null`, []string{"JSON object"}},
		{"nothing", ``, []string{"JSON object"}},
		{"half an object", `{"spraak":"nb"`, []string{"JSON object"}},
		{"two objects", `{"spraak":"nb"}{"spraak":"nn"}`, []string{"follows"}},
		{"a bracket too many", `{"spraak":"nb"}}`, []string{"JSON object"}},
		{"a member twice", `{"spraak":"nb","spraak":"nn"}`, []string{"twice"}},
		{"a member twice further in", `{"kontaktinformasjon":{"epostadresse":"a@example.com","epostadresse":"b@example.com"}}`, []string{"twice"}},
		{"a number for a text", `{"fornavn":1,"kontaktinformasjon":{"epostadresse":true},"digital_post":"x"}`, []string{"fornavn must be a text", "epostadresse must be a text", "digital_post must be an object"}},
		{"a huge number", `{"fornavn":1e999999}`, []string{"JSON object"}},
		{"a list for a text", `{"fornavn":["a"]}`, []string{"fornavn must be a text"}},
		{"deep nesting", strings.Repeat(`{"a":`, 20000) + "1" + strings.Repeat("}", 20000), nil},
		{"deep lists", `{"fornavn":` + strings.Repeat(`[`, 9000) + strings.Repeat("]", 9000) + `}`, []string{"nested too deeply"}},
		{"the creator's own members", `{"random":true}`, []string{`"random"`}},
	} {
		status := 400
		if len(c.body) > 64<<10 {
			status = 413
		}
		t.Log(c.name)
		w.refused(status, "PATCH", "/persons/"+modig, c.body, c.words...)
	}
	w.refused(404, "PATCH", "/persons/"+absent, `{}`, "POST /sandbox/v1/persons")
	w.refused(400, "PATCH", "/persons/"+real, `{}`, "052403*****", "never kept")
	w.refused(400, "PATCH", "/persons/12345678901", `{}`, "check digits")
	w.refused(400, "PATCH", "/persons/"+modig+"?force=ja", `{}`, "true or false")
	w.refused(400, "PATCH", "/persons/"+grundig, `{"reservasjonstidspunkt":"now"}`)
	w.refused(400, "PATCH", "/persons/"+seig, `{"kontaktinformasjon":{"epostadresse":"a@example.com"}}`, "while status is SLETTET")
	if a := w.callAs("application/x-www-form-urlencoded", "PATCH", "/persons/"+modig, "spraak=nb"); a.Code != 415 {
		t.Errorf("a form: %d", a.Code)
	}
	after := w.must(200, "GET", "/persons/"+modig, "")
	if fmt.Sprint(before) != fmt.Sprint(after) || w.reg.Changed() != 0 {
		t.Errorf("a refused patch changed %v to %v", before, after)
	}
}

func TestPatch_is_taken_as_a_merge_patch_too(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	if a := w.callAs("application/merge-patch+json; charset=utf-8", "PATCH", "/persons/"+modig, `{"spraak":"nb"}`); a.Code != 200 || !strings.Contains(a.Body.String(), `"spraak":"nb"`) {
		t.Errorf("%d %s", a.Code, a.Body)
	}
}

func TestForce_takes_in_dirty_data_but_never_a_real_number(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	dirty := `{"kontaktinformasjon":{"epostadresse":"<script>","mobiltelefonnummer":"++47","mobiltelefonnummer_oppdatert":"+1y"},"digital_post":{"postkasseadresse":"x"},"reservasjon":"JA","reservasjonstidspunkt":null}`
	w.refused(400, "PATCH", "/persons/"+modig, dirty)
	w.has(w.must(200, "PATCH", "/persons/"+modig+"?force=true", dirty), map[string]string{
		"kontaktinformasjon.epostadresse": "<script>", "kontaktinformasjon.mobiltelefonnummer": "++47", "kontaktinformasjon.mobiltelefonnummer_oppdatert": "2027-11-25T12:00:00+01",
		"digital_post.postkasseadresse": "x", "reservasjon": "JA", "reservasjonstidspunkt": ""})
	// what is dirty already does not stand in the way of another change
	w.has(w.must(200, "PATCH", "/persons/"+modig, `{"spraak":"nb"}`), map[string]string{"spraak": "nb", "kontaktinformasjon.mobiltelefonnummer": "++47"})
	w.refused(400, "PATCH", "/persons/"+modig+"?force=true", `{"etternavn":"`+real+`"}`, "never kept")
	w.refused(400, "PATCH", "/persons/"+modig+"?force=true", `{"kontaktinformasjon":{"mobiltelefonnummer":"052403 99816"}}`, "never kept")
	w.refused(400, "PATCH", "/persons/"+modig+"?force=true", `{"spraak":"fr"}`, "spraak")
}

// Names are kept in title case and shown in capitals.
func TestNames_keep_their_spelling(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, body, first, last string }{
		{"a patch of something else", `{"spraak":"nb"}`, "Modig", "McRev"},
		{"both come back as shown", `{"fornavn":"MODIG","etternavn":"MCREV"}`, "Modig", "McRev"},
		{"one in capitals is put in title case", `{"etternavn":"ÅS-ØDEGÅRD D'ARC"}`, "Modig", "Ås-Ødegård D'Arc"},
		{"another spelling stays as it is", `{"fornavn":"modig van der","etternavn":"MacREV"}`, "modig van der", "MacREV"},
		{"a name taken away", `{"fornavn":null}`, "", "McRev"},
	} {
		w := newWorld(t)
		w.must(200, "PATCH", "/persons/"+modig, c.body)
		if r := w.reg.Person(numberOf(t, modig)); r.FirstName() != c.first || r.LastName() != c.last {
			t.Errorf("%s: %q %q", c.name, r.FirstName(), r.LastName())
		}
	}
}

// Every patch is made on top of those before: none is lost.
func TestPatches_at_the_same_time_all_count(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var wg sync.WaitGroup
	for i, body := range []string{
		`{"spraak":"en"}`, `{"reservasjon":"JA"}`, `{"fornavn":"Samtidig"}`, `{"kontaktinformasjon":{"epostadresse":"samtidig@example.com"}}`,
		`{"kontaktinformasjon":{"mobiltelefonnummer":"+4799990009"}}`, `{"digital_post":{"postkasseadresse":"samtidig#1234"}}`, `{"postkassetilstand":"aktiv"}`, `{"personstatus":"doed"}`,
	} {
		for range 5 {
			wg.Go(func() {
				if a := w.call("PATCH", "/persons/"+modig, body); a.Code != 200 {
					t.Errorf("%d: %d %s", i, a.Code, a.Body)
				}
			})
		}
	}
	wg.Wait()
	w.has(w.must(200, "GET", "/persons/"+modig, ""), map[string]string{
		"spraak": "en", "reservasjon": "JA", "fornavn": "SAMTIDIG", "kontaktinformasjon.epostadresse": "samtidig@example.com", "kontaktinformasjon.mobiltelefonnummer": "+4799990009",
		"digital_post.postkasseadresse": "samtidig#1234", "postkassetilstand": "aktiv", "personstatus": "doed"})
	for range 40 {
		w.must(200, "POST", "/persons/"+modig+"/undo", "")
	}
	w.refused(409, "POST", "/persons/"+modig+"/undo", "")
}

var ownDates = regexp.MustCompile(`"(registrert|endret)":"[^"]*",`)

// undated leaves out when the register was written to, which is another time for
// what is sent back.
func undated(shown string) string { return ownDates.ReplaceAllString(shown, "") }

// What is shown of a person can be sent back whole and changes nothing.
func TestPerson_sent_back_as_read_stays_the_same(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, id := range []string{sindig, grundig, seig, nobody, modig} {
		before := w.reg.Person(numberOf(t, id)).Person()
		shown := w.call("GET", "/persons/"+id, "").Body.String()
		if got := w.call("PATCH", "/persons/"+id, shown); got.Code != 200 || undated(got.Body.String()) != undated(shown) {
			t.Errorf("%d\n got %s\nwant %s", got.Code, got.Body, shown)
		}
		after := w.reg.Person(numberOf(t, id)).Person()
		if after.Changed = before.Changed; after != before {
			t.Errorf("%+v became %+v", before, after)
		}
	}
}

// FuzzPatch: whatever is sent, the answer is in the document and holds no real
// number; a refused patch changes nothing, and an accepted one makes a person
// that can be sent back as shown.
func FuzzPatch(f *testing.F) {
	for _, body := range []string{
		`{"kontaktinformasjon":{"epostadresse":"ny@example.com","epostadresse_oppdatert":"-19m"}}`, `{"digital_post":null,"spraak":"","status":"SLETTET"}`,
		`{"fornavn":"` + real + `"}`, `{"a":{"a":{"a":[[[]]]}}}`, `{"reservasjon":"JA","reservasjonstidspunkt":"+1y"}`, `{"spraak":"nb","spraak":"nn"}`, `{"etternavn":"\u0000ǅß\ud800"}`, `null`,
	} {
		f.Add(body, false)
		f.Add(body, true)
	}
	f.Fuzz(func(t *testing.T, body string, force bool) {
		w := newWorld(t)
		id := numberOf(t, modig)
		before := w.reg.Person(id).Person()
		answer := w.call("PATCH", "/persons/"+modig+"?force="+fmt.Sprint(force), body)
		after := w.reg.Person(id).Person()
		switch answer.Code {
		case 200:
			shown := answer.Body.String()
			again := w.call("PATCH", "/persons/"+modig+"?force=true", shown)
			last := w.reg.Person(id).Person()
			if last.Changed = after.Changed; again.Code != 200 || last != after {
				t.Errorf("%s is sent back: %d %s", shown, again.Code, again.Body)
			}
			if err := sandbox.Check(after, sandbox.InstantOf(noon)); err != nil && !force {
				t.Error(err)
			}
		case 400, 413:
			if after != before {
				t.Errorf("refused, and yet %+v became %+v", before, after)
			}
		default:
			t.Errorf("%d %s", answer.Code, answer.Body)
		}
	})
}
