package catalogue

import (
	"fmt"
	"strings"
	"testing"
	"testing/fstest"

	"liksom/sandbox"
	"liksom/seeds"
)

func built(t *testing.T) *Catalogue {
	t.Helper()
	c, err := Read(seeds.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Source of the slugs and their order: the list of edge cases that the
// catalogue was ordered by.
const slugs = `fersk-alt epost-gammel-mobil-fersk mobil-gammel-epost-fersk begge-gamle atten-mnd-minus-en-dag atten-mnd-eksakt
	atten-mnd-pluss-en-dag maanedsslutt sommertid gammel-oppdatert-ny-verifisert ny-oppdatert-aldri-verifisert seksten-mnd validert-men-gammel fremtidsdato
	kun-epost kun-mobil kun-spraak postkasse-uten-kontakt tomt-objekt ikke-registrert ugyldig-pid ukjent-tusen
	reservert-med-kontakt reservert-uten-kontakt reservert-med-postkasse reservert-i-dag reservert-opphevet reservert-og-gammel reservert-for-10-aar
	slettet slettet-og-tilbake slettet-postkasse-hang dnr-aktiv dnr-erstattet dnr-og-fnr-begge avvik-fodselsdato pid-2032 kjoenn-avvik doed utflyttet
	fyller-15-i-dag fyller-15-i-morgen tretten fyller-18-i-dag skuddaar-2004 skuddaar-1904 f-1899-12-31 f-1900-01-01 f-1939-12-31 f-1940-01-01 f-1999-12-31
	f-2000-01-01 hundre-og-fem
	delt-mobil-generasjoner delt-epost-par verge-ti delt-begge nesten-like samme-nummer-ulik-form duplikat-mot-slettet
	epost-50 epost-51 epost-3 epost-plus-og-stor epost-aeoeaa epost-idn mobil-svensk mobil-lang mobil-uten-landkode mobil-0047 mobil-ubrukt-serie mobil-fastnett mobil-null
	digipost eboks-ny eboks-gammel postkasse-inaktiv byttet-postkasse sertifikat-utlopt sertifikat-utloper-i-dag sertifikat-mangler postkasseadresse-100
	spraak-nn spraak-en spraak-se spraak-mangler spraak-satt-av-etat spraak-overskrevet
	endret-hver-dag tre-endringer-samme-sekund frem-og-tilbake masseutlop`

func TestCatalogue_has_the_92_entries_in_their_order(t *testing.T) {
	t.Parallel()
	want := strings.Fields(slugs)
	if len(want) != 92 {
		t.Fatalf("the list has %d", len(want))
	}
	for g, e := range built(t).All() {
		if e.Number > len(want) || e.Slug != want[e.Number-1] || g.Letter == "" {
			t.Errorf("entry %d is %s", e.Number, e.Slug)
		}
		if e.Doubt != "" && len(e.Guesses) == 0 && !strings.Contains(e.Doubt, "Ingen bryter") {
			t.Errorf("%s: the doubt names no switch, and does not say that there is none", e.Slug)
		}
	}
}

var references = []string{
	"2015-01-01", "2026-03-29", "2026-03-31", "2026-10-25", "2026-11-01", "2026-11-25", "2027-01-01", "2027-02-28", "2027-03-01", "2027-08-31",
	"2028-02-29", "2055-06-15", "2099-12-31",
}

// The rules of every population: no number twice, of the +80 series only, kept
// off by the generator, and dates that fit each other.
func TestPersons_keep_the_rules_on_every_date(t *testing.T) {
	t.Parallel()
	c := built(t)
	published := map[string]bool{"31929974886": true, "01810049983": true, "31923949987": true, "01814099829": true, "31929999889": true, "01810099816": true, "15869055538": true}
	for _, text := range references {
		reference, err := sandbox.ParseDate(text)
		if err != nil {
			t.Fatal(err)
		}
		at := sandbox.InstantOf(reference.Midnight())
		seen := map[sandbox.PersonID]bool{}
		count := map[string]int{}
		for _, p := range c.Persons(reference) {
			count[p.Scenario]++
			if seen[p.ID] {
				t.Errorf("%s, %s: %v twice", text, p.Scenario, p.ID)
			}
			seen[p.ID] = true
			if _, err := sandbox.ParsePersonID(p.ID.Digits()); err != nil || p.ID.Series() != sandbox.SeriesTenor {
				t.Errorf("%s, %s: %v is no number for a population: %v", text, p.Scenario, p.ID, err)
			}
			if fault := offTheReserved(p.ID); fault != "" && !published[p.ID.Digits()] {
				t.Errorf("%s, %s: %s", text, p.Scenario, fault)
			}
			if p.FirstName == "" || p.LastName == "" || p.Birth.IsZero() || p.Sex == sandbox.SexUnknown {
				t.Errorf("%s, %s: %+v is not whole", text, p.Scenario, p)
			}
			if p.Status != sandbox.NotRegistered && (p.Registered == 0 || p.Registered > at || p.Changed < p.Registered || p.Changed > at) {
				t.Errorf("%s, %s: registered %s, changed %s", text, p.Scenario, p.Registered.Wire(), p.Changed.Wire())
			}
		}
		if count["masseutlop"] != 500 || count["verge-ti"] != 10 || count["ukjent-tusen"] != 0 {
			t.Errorf("%s: %v", text, count)
		}
	}
}

// offTheReserved looks at the digits themselves: places 7 to 9.
func offTheReserved(id sandbox.PersonID) string {
	digits := id.Digits()
	birth, individual := id.BirthDate(), digits[6:9]
	from := map[bool]map[bool]string{false: {true: "000", false: "500"}, true: {true: "480", false: "980"}}[id.DNumber()][birth.Year >= 1900 && birth.Year < 2000]
	if individual < from || individual > fmt.Sprintf("%s%d9", from[:1], int(from[1]-'0')+1) {
		return fmt.Sprintf("individnummer %s is not kept for the catalogue", individual)
	}
	return ""
}

func TestNumbers_are_fixed_unless_they_hang_on_the_clock(t *testing.T) {
	t.Parallel()
	c := built(t)
	one, other := c.Stage(sandbox.Date{Year: 2026, Month: 11, Day: 25}), c.Stage(sandbox.Date{Year: 2028, Month: 2, Day: 29})
	moves := map[string]bool{"fyller-15-i-dag": true, "fyller-15-i-morgen": true, "tretten": true, "fyller-18-i-dag": true, "hundre-og-fem": true, "delt-mobil-generasjoner": true}
	for i := range one {
		same := true
		for k, p := range one[i].Persons {
			same = same && p.ID == other[i].Persons[k].ID && p.FirstName == other[i].Persons[k].FirstName
		}
		if same == moves[one[i].Slug] {
			t.Errorf("%s: the same persons on another date is %t", one[i].Slug, same)
		}
	}
	again := c.Persons(sandbox.Date{Year: 2028, Month: 2, Day: 29})
	for i, p := range c.Persons(sandbox.Date{Year: 2028, Month: 2, Day: 29}) {
		if p != again[i] {
			t.Errorf("%s differs from one time to the next", p.Scenario)
		}
	}
}

func TestAges_are_what_the_entries_are_named_after(t *testing.T) {
	t.Parallel()
	c := built(t)
	for _, text := range references {
		reference, _ := sandbox.ParseDate(text)
		if reference.Year > 2050 {
			continue // no number tells the birth dates of the young then
		}
		for _, s := range c.Stage(reference) {
			want, ok := map[string][2]int{"fyller-15-i-dag": {15, 15}, "fyller-15-i-morgen": {14, 15}, "tretten": {13, 13}, "fyller-18-i-dag": {18, 18}, "hundre-og-fem": {105, 105}}[s.Slug]
			if !ok {
				continue
			}
			birth := s.Persons[0].Birth
			if got := [2]int{reference.Age(birth), reference.AddDays(1).Age(birth)}; got != want || s.Persons[0].ID.BirthDate() != birth {
				t.Errorf("%s on %s: %v today and tomorrow, want %v; born %v", s.Slug, text, got, want, birth)
			}
		}
	}
}

func TestWhen_is_worked_out_by_the_calendar_of_Norway(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, reference, want string }{
		{"the reference date's first instant", "T", "2026-11-25", "2026-11-25T00:00:00+01"},
		{"months are clamped", "-18m", "2026-08-31", "2025-02-28T00:00:00+01"},
		{"then days", "-18m+1d", "2026-08-31", "2025-03-01T00:00:00+01"},
		{"a leap day", "-1y", "2028-02-29", "2027-02-28T00:00:00+01"},
		{"a day of the year that is today", "--08-31-18m+12h", "2027-08-31", "2026-02-28T12:00:00+01"},
		{"a day of the year that is to come", "--08-31-18m+12h", "2026-09-01", "2026-02-28T12:00:00+01"},
		{"to the leap day", "--08-31-18m+12h", "2025-08-30", "2024-02-29T12:00:00+01"},
		{"the first pass of the hour that there is twice", "hoest-30min", "2026-11-25", "2026-10-25T02:30:00+02"},
		{"the second pass", "hoest+30min", "2026-11-25", "2026-10-25T02:30:00+01"},
		{"the autumn before, on the morning of the day itself", "hoest", "2026-10-25", "2025-10-26T02:00:00+01"},
		{"the second before the hour that is skipped", "vaar-1s", "2028-02-29", "2027-03-28T01:59:59+01"},
		{"the end of a day of 25 hours", "T+1d-1s", "2026-10-25", "2026-10-25T23:59:59+01"},
		{"in full", "2025-10-26T02:30:00+01", "2026-11-25", "2025-10-26T02:30:00+01"},
		{"out of what can be held", "-999999y", "2026-11-25", ""},
		{"none", "", "2026-11-25", ""},
	} {
		w, err := readWhen(c.text)
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		reference, _ := sandbox.ParseDate(c.reference)
		if got := w.at(sandbox.InstantOf(reference.Midnight())).Wire(); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
	for _, text := range []string{"3m", "-3", "T3m", "--02-30", "--13-01", "høst", "-3m ", "now"} {
		if _, err := readWhen(text); err == nil {
			t.Errorf("%q was read", text)
		}
	}
}

// files is a file system with these entries as its one group.
func files(entries string) fstest.MapFS {
	return fstest.MapFS{
		"names/adjectives.txt": {Data: []byte("sindig")}, "names/nouns.txt": {Data: []byte("trekkfugl")},
		"scenarios/a.json": {Data: []byte(`{"gruppe":"A","tittel":"Prøve","oppfoeringer":[` + entries + `]}`)},
	}
}

func TestRead_reports_all_faults_together(t *testing.T) {
	t.Parallel()
	_, err := Read(files(`
		{"slug":"En To","tittel":"","formaal":"f","kilde":"k"},
		{"slug":"ukjent-felt","tittel":"t","formaal":"f","kilde":"k","farge":1},
		{"slug":"b","tittel":"t","formaal":"f","kilde":"k","personer":[{"id":"17859010068"}]},
		{"slug":"b","tittel":"t","formaal":"f","kilde":"k","personer":[{"id":"57859010050","epost":{"oppdatert":"i går","farge":"x"}}]},
		{"slug":"c","tittel":"t","formaal":"f","kilde":"k","personer":[{"id":"57859010050","epost":"i går","status":"X","familie":{"mor":[7]}}],"forventet":{"begge":"AKTIV KANSKJE","kontakt":"AKTIV","v2":"nei","verdier":{"spraak_oppdatert":"@nå"}}},
		{"slug":"d","tittel":"t","formaal":"f","kilde":"k","personer":[{"foedt":"-15m"},{},{"antall":2000,"foedt_fraa":"1980-01-01"}],"kall":[{"tittel":"t","kall":"GET /etc/passwd","status":7},{"farge":1}]}`))
	if err == nil {
		t.Fatal("all was taken")
	}
	for _, want := range []string{
		`entry 1: slug "En To"`, "entry 1 (En To): tittel is missing", `entry 2: json: unknown field "farge"`, "entry 3 (b): 178590*****", "entry 4 (b): another entry has this slug",
		`entry 4 (b): person 1: json: unknown field "farge"`, `entry 5 (c): epost: "i går" is no moment`, `status cannot be "X"`, `begge cannot be "KANSKJE"`, "post is missing", "v2 is utelatt",
		`"nå" is no moment`, "there is no person 7", `foedt "-15m"`, "a person has either id", `kall "GET /etc/passwd"`, "status 7", "call 2: json: unknown field",
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("no word of %q in\n%v", want, err)
		}
	}
	if strings.Contains(err.Error(), "17859010068") {
		t.Error("a number is not masked")
	}
}

func TestFaults_tell_what_differs(t *testing.T) {
	t.Parallel()
	c, err := Read(files(`{"slug":"a","tittel":"t","formaal":"f","kilde":"k","personer":[{"id":"57859010050","epost":"-3m"}],
		"forventet":{"begge":"AKTIV reservasjon=NEI epostadresse","kontakt":"AKTIV","post":"AKTIV","v2":"utelatt",
		"verdier":{"epostadresse_oppdatert":"@-3m","epostadresse_sist_validert":null,"epostadresse":"…@a.test","mobiltelefonnummer":"x"}}}`))
	if err != nil {
		t.Fatal(err)
	}
	x := c.Stage(sandbox.Date{Year: 2026, Month: 11, Day: 25})[0].Expected[0]
	const good = `"status":"AKTIV","reservasjon":"NEI"`
	for _, c := range []struct {
		name    string
		version int
		answer  string
		want    string
	}{
		{"as expected", 1, `{` + good + `,"kontaktinformasjon":{"epostadresse":"x@a.test","epostadresse_duplisert":"NEI","epostadresse_oppdatert":"2026-08-25T00:00:00+02"}}`, ""},
		{"left out of version 2", 2, "", ""},
		{"answered in version 2", 2, `{` + good + `}`, "answered, and should be left out"},
		{"left out of version 1", 1, "", "left out, and should be answered"},
		{"no JSON", 1, `[`, "the answer is no JSON object: unexpected end of JSON input"},
		{"an empty contact object", 1, `{` + good + `,"kontaktinformasjon":{}}`, "epostadresse is missing; kontaktinformasjon is too much"},
		{"more, less and another value", 1, `{` + good + `,"nytt":1,"kontaktinformasjon":{"epostadresse":"x@b.test","epostadresse_duplisert":"JA","epostadresse_oppdatert":"2026-08-25T00:00:01+02","epostadresse_sist_validert":"2026-08-25T00:00:01+02"}}`,
			`epostadresse_duplisert=JA is too much; nytt is too much; epostadresse is "x@b.test" and should be …@a.test; epostadresse_oppdatert is "2026-08-25T00:00:01+02" and should be 2026-08-25T00:00:00+02; epostadresse_sist_validert is "2026-08-25T00:00:01+02" and should be –`},
	} {
		var answer []byte
		if c.answer != "" {
			answer = []byte(c.answer)
		}
		if got := strings.Join(x.Faults(c.version, Both, answer), "; "); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, path := range []string{"scenarios/a-ferskhet.json", "scenarios/b-mangler.json", "scenarios/f-duplikater.json", "scenarios/g-formater.json"} {
		b, err := seeds.Files.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		fs := files("")
		fs["scenarios/a.json"].Data = b
		c, err := Read(fs)
		if err != nil {
			return
		}
		seen := map[sandbox.PersonID]bool{}
		for _, s := range c.Stage(sandbox.Date{Year: 2028, Month: 2, Day: 29}) {
			for i, p := range s.Persons {
				if seen[p.ID] || !p.ID.Synthetic() {
					t.Errorf("%v is in the catalogue twice or not synthetic", p.ID)
				}
				seen[p.ID] = true
				s.Expected[i].Faults(1, Both, b)
			}
			for _, r := range s.Requests {
				s.Filled(r)
			}
		}
	})
}

// Every start reads and stages the catalogue.
func BenchmarkStage(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		c, err := Read(seeds.Files)
		if err != nil {
			b.Fatal(err)
		}
		c.Stage(sandbox.Date{Year: 2026, Month: 11, Day: 25})
	}
}
