package ui

import (
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"liksom/sandbox"
)

var rowID = regexp.MustCompile(`<tr[^>]* id="r(\d{11})"`)

func TestSearch_pages_hold_everybody_once(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	seen := map[string]int{}
	pages := 0
	for path := "/"; path != ""; pages++ {
		body := s.get(t, path).Body.String()
		for _, m := range rowID.FindAllStringSubmatch(body, -1) {
			seen[m[1]]++
		}
		path = ""
		if m := regexp.MustCompile(`rel="next" href="([^"]+)"`).FindStringSubmatch(body); m != nil {
			path = strings.ReplaceAll(m[1], "&amp;", "&")
		}
		if pages > 10 {
			t.Fatal("the pages do not end")
		}
	}
	if want := len(cast()); len(seen) != want || pages != (want+pageSize-1)/pageSize {
		t.Errorf("%d persons on %d pages, want %d", len(seen), pages, want)
	}
	for id, n := range seen {
		if n != 1 {
			t.Errorf("%s turns up %d times", id, n)
		}
	}
}

func TestSearch_says_what_it_found(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	sms := s.ids["sms"].Digits()
	for _, c := range []struct{ name, q, want string }{
		{"everybody", "", fmt.Sprintf("%d personer", len(cast()))},
		{"two words", "sindig trekk", fmt.Sprintf("1 treff av %d", len(cast()))},
		{"a number in groups", sms[:6] + " " + sms[6:], fmt.Sprintf("1 treff av %d", len(cast()))},
		{"the states of a hit", "trekkfugl", "Kan varsles bare mobil E-post 20 md. utgått, delt Mobil 3 md. fersk"},
		{"nobody", "finnesikke", fmt.Sprintf("Ingen passer til søket Ingen av %d personer", len(cast()))},
		{"an unknown synthetic number", "14835227635", "Ingen har nummeret 148352•••••. Det er et gyldig syntetisk nummer"},
		{"a real number", "010170 00027", "Ingen har nummeret 010170••••• her. Det har formen til et ekte nummer"},
		{"a mistyped number", "14835227636", "Nummeret 148352••••• har feil kontrollsifre."},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := s.get(t, "/?q="+url.QueryEscape(c.q))
			if w.Code != 200 || !strings.Contains(read(w), c.want) {
				t.Errorf("no %q in %q", c.want, read(w))
			}
		})
	}
}

// realNumber is one that could be a real person's; it is put together here, so that
// the code holds none.
func realNumber(t *testing.T) string {
	t.Helper()
	for n := range 100_000 {
		text := fmt.Sprintf("010170%05d", n)
		if id, err := sandbox.ParsePersonID(text); err == nil && !id.Synthetic() {
			return text
		}
	}
	t.Fatal("there is none")
	return ""
}

func TestSearch_never_repeats_a_number_that_may_be_real(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	real := realNumber(t)
	for _, q := range []string{real, real[:6] + " " + real[6:], "ola " + real, real[:10] + "8"} {
		w := s.get(t, "/?q="+url.QueryEscape(q)+"&p="+s.ids["sms"].Digits())
		if strings.Contains(strings.NewReplacer(" ", "", "+", "").Replace(w.Body.String()), real[:10]) {
			t.Errorf("%q comes back", q)
		}
	}
	w := s.get(t, "/?q="+s.ids["sms"].Digits())
	if !strings.Contains(w.Body.String(), `value="`+s.ids["sms"].Digits()+`"`) {
		t.Error("a synthetic number is not kept in the search box")
	}
}

func TestSearch_puts_the_person_of_p_in_the_panel(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	body := s.get(t, "/?p="+s.ids["reserved"].Digits()).Body.String()
	if strings.Count(body, `aria-current="true">`) < 1 || strings.Count(body, `<tr class="chosen"`) != 1 || !strings.Contains(body, `<h2>Fåmælt Isfjell</h2>`) {
		t.Error("the reserved person is not chosen")
	}
	if body := s.get(t, "/").Body.String(); !strings.Contains(body, `<h2>Grundig Blåveis</h2>`) {
		t.Error("without p the first hit is not in the panel")
	}
}

func TestSearch_of_an_empty_register(t *testing.T) {
	t.Parallel()
	s := newStage(t, sandbox.NewClock(castNow.UTC), nil)
	if w := s.get(t, "/"); w.Code != 200 || !strings.Contains(read(w), "Det er ingen personer i denne sandkassen.") {
		t.Errorf("status %d, %q", w.Code, read(w))
	}
}

func TestQuery_is_cut(t *testing.T) {
	t.Parallel()
	if got := cut("  å \t b " + strings.Repeat("æ", 3000) + "\xff"); got != "å b "+strings.Repeat("æ", longestQuery-4) {
		t.Errorf("got %q", got)
	}
}

func TestSearch_offers_to_make_whom_nobody_finds(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for q, want := range map[string]string{
		"spraak:se and status:AKTIV": "/ny?q=spraak%3Ase+and+status%3AAKTIV",
		"antallBarn > 7":             "",
		"01010112345":                "",
	} {
		body := html.UnescapeString(s.get(t, "/?q="+url.QueryEscape(q)).Body.String())
		if strings.Contains(body, "Lag en slik person") != (want != "") || want != "" && !strings.Contains(body, `href="`+want+`"`) {
			t.Errorf("%s: the page does not lead to %q", q, want)
		}
	}
	for _, path := range []string{"/ny", "/ny?q=(", "/ny?q=01010112345"} {
		if w := s.get(t, path); w.Code != 303 || !strings.HasPrefix(w.Header().Get("Location"), "/") {
			t.Errorf("%s: got %d to %q", path, w.Code, w.Header().Get("Location"))
		}
	}
	w := s.post(t, "/ny", url.Values{"q": {"spraak:se"}, "spraak": {"se"}, "kontaktinformasjon.epostadresse": {"uten-alfa"}})
	if text := w.Body.String(); !strings.Contains(text, `value="uten-alfa"`) || !strings.Contains(text, `name="q" value="spraak:se"`) || !strings.Contains(text, `value="se" selected`) {
		t.Error("what was typed is gone after a refusal")
	}
}
