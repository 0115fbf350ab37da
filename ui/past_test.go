package ui

import (
	"html"
	"net/http"
	"regexp"
	"strings"
	"testing"

	"liksom/generator"
	"liksom/sandbox"
)

// pastOf tells the same of everybody: what made the cast's "sms" as it is.
func pastOf(sandbox.PersonID) []generator.Event {
	at := func(kind generator.EventKind, months, days int, before, after string) generator.Event {
		return generator.Event{At: ago(months, days), Kind: kind, Old: before, New: after}
	}
	return []generator.Event{
		at(generator.EventRegistered, 90, 0, "", ""),
		at(generator.EventEmail, 90, 0, "", "foer@example.test"), at(generator.EventEmailConfirmed, 90, 0, "", ""),
		at(generator.EventLanguageByAgency, 80, 0, "", "nn"),
		at(generator.EventExpired, 72, 0, "", ""),
		at(generator.EventEmail, 60, 0, "foer@example.test", "person1@example.test"), at(generator.EventEmailConfirmed, 60, 0, "", ""),
		at(generator.EventReserved, 50, 0, "", ""), at(generator.EventReservationLifted, 49, 0, "", ""),
		at(generator.EventMailbox, 40, 0, "", sandbox.Digipost.Org()),
		at(generator.EventMobileConfirmed, 39, 0, "", ""), at(generator.EventMobileConfirmed, 36, 0, "", ""),
		at(generator.EventMobileConfirmed, 33, 0, "", ""), at(generator.EventMobileConfirmed, 30, 0, "", ""),
		at(generator.EventEmailConfirmed, 20, 11, "", ""), at(generator.EventMobileConfirmed, 20, 11, "", ""),
		at(generator.EventReminded, 4, 0, "", "epostadresse"),
		at(generator.EventExpired, 2, 11, "", ""),
		at(generator.EventMobile, 3, 3, "", "+4799990001"), at(generator.EventMobileConfirmed, 3, 3, "", ""),
		at(generator.EventMobileValidated, 3, 3, "", ""),
	}
}

var rows = regexp.MustCompile(`(?s)<ol class="past">(.*?)</ol>`)

func TestPerson_tells_what_happened_with_the_last_first(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	w := s.get(t, "/person/"+s.ids["sms"].Digits())
	list := rows.FindString(w.Body.String())
	if list == "" {
		t.Fatal("there is no history")
	}
	var got []string
	for _, li := range strings.Split(list, "<li")[1:] {
		li = html.UnescapeString(tags.ReplaceAllString("<li"+li, " "))
		got = append(got, strings.Join(strings.Fields(strings.ReplaceAll(li, nbsp, " ")), " "))
	}
	want := []string{
		"11. sep. 2026 E-posten gikk ut (regnet ut, ikke lagret)",
		"19. aug. 2026 Mobil validert med kode",
		"19. aug. 2026 Mobil lagt inn: +47 999 90 001",
		"22. juli 2026 Påminnelse sendt: 16 måneder uten bekreftelse av e-posten (regnet ut, ikke lagret)",
		"11. mars 2025 E-post og mobil bekreftet",
		"22. mai 2024 Mobil bekreftet",
		"2023–2024 Mobil bekreftet 3 ganger til",
		"22. juli 2023 Valgte digital postkasse: Digipost",
		"22. okt. 2022 Opphevet reservasjonen",
		"22. sep. 2022 Reserverte seg mot digital kommunikasjon",
		"22. nov. 2021 E-post endret, før: foer@example.test",
		"22. nov. 2020 Kontaktinformasjonen gikk ut (regnet ut, ikke lagret)",
		"22. mars 2020 Språk satt av en offentlig virksomhet: nynorsk",
		"22. mai 2019 E-post lagt inn: foer@example.test",
		"22. mai 2019 Kom inn i registeret",
	}
	if a, b := strings.Join(got, "\n"), strings.Join(want, "\n"); a != b {
		t.Errorf("got\n%s\nwant\n%s", a, b)
	}
}

func TestPerson_shows_relatives_and_who_shares(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	text := read(s.get(t, "/person/"+s.ids["sms"].Digits()))
	if want := "Traust Trekkfugl barn e-post"; !strings.Contains(text, want) {
		t.Errorf("no %q in %q", want, text)
	}
	if text := read(s.get(t, "/person/"+s.ids["contact"].Digits())); !strings.Contains(text, "Ingen slektninger i sandkassen") {
		t.Error("nobody is not told of")
	}
}

func TestTravel_stops_the_clock_the_day_before_a_channel_runs_out(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	person := "/person/" + s.ids["sms"].Digits()
	if body := s.get(t, person).Body.String(); !strings.Contains(body, `action="`+person+`/dagen-foer/mobile"`) {
		t.Fatal("the page has no way there")
	}
	if w := s.post(t, person+"/dagen-foer/mobile", nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != person {
		t.Errorf("got %d to %q", w.Code, w.Header().Get("Location"))
	}
	if text := read(s.get(t, person)); !strings.Contains(text, "18. feb. 2028") || !strings.Contains(text, "Mobil går snart ut: 19. feb. 2028.") {
		t.Errorf("the clock is elsewhere: %q", text)
	}
	for _, path := range []string{person + "/dagen-foer/fax", "/person/1/dagen-foer/mobile", "/person/" + s.ids["contact"].Digits() + "/dagen-foer/email"} {
		if w := s.post(t, path, nil); w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", path, w.Code)
		}
	}
}

func TestPerson_leads_to_the_hits_before_and_after(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	const q = "?q=status%3AAKTIV"
	to := func(path, key string) string {
		m := regexp.MustCompile(`<a href="([^"]*)" data-key="` + key + `">`).FindStringSubmatch(s.get(t, path).Body.String())
		if m == nil {
			return ""
		}
		return html.UnescapeString(m[1])
	}
	path, all := "/person/"+s.ids["sms"].Digits()+q, 0
	for back := to(path, "k"); back != ""; back = to(path, "k") {
		if again := to(back, "j"); again != path {
			t.Fatalf("%s leads back to %s, and that on to %s", path, back, again)
		}
		path = back
	}
	for ; path != ""; path = to(path, "j") {
		all++
	}
	if want := len(strings.Fields(s.get(t, "/eksport.ids"+q).Body.String())); all != want || all < 3 {
		t.Errorf("walked past %d of %d hits", all, want)
	}
}
