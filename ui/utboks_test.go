package ui

import (
	"encoding/csv"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

// testOutbox holds messages 1 to 5, one of them hostile.
func testOutbox(register *sandbox.Register, clock *sandbox.Clock) *outbox.Box {
	now := clock.Now()
	box := outbox.New(1000, nil)
	message := func(ago time.Duration, m outbox.Message) outbox.Message {
		m.Time = now.Add(-ago)
		if m.Lang == "" {
			m.Lang = "nb"
		}
		return m
	}
	const day = 24 * time.Hour
	box.Add(
		message(400*day, outbox.Message{Channel: outbox.Email, To: "yr.rabarbra@example.test", Person: "12829499914", Name: "Yr Rabarbra", Reason: outbox.ReasonChanged, Subject: "Emne", Text: "Kontaktopplysningene dine er endret"}),
		message(3*day, outbox.Message{Channel: outbox.SMS, To: "+46701740605", Person: "12829499914", Name: "Yr Rabarbra", Reason: outbox.ReasonReminder, Text: "Your details must be confirmed", Lang: "en"}),
		message(time.Hour, outbox.Message{Channel: outbox.SMS, To: "+4799994127", Person: "05840399895", Name: "Sindig Trekkfugl", Reason: outbox.ReasonCode, Text: "Koden din er 54321.", Code: "54321", Until: now.Add(-50 * time.Minute)}),
		message(time.Minute, outbox.Message{Channel: outbox.Email, To: `"<script>alert(1)</script>"@example.test`, Person: "05840399895", Name: "=<b>Sindig\u202e", Reason: outbox.ReasonMailbox, Subject: "=cmd", Text: `<img src=x onerror=alert(1)>` + "\u202e"}),
		message(42*time.Second, outbox.Message{Channel: outbox.SMS, To: "+4799994127", Person: "05840399895", Name: "Sindig Trekkfugl", Reason: outbox.ReasonCode, Text: "Koden din er 12345. Den gjelder i 10 minutter.", Code: "12345", Until: now.Add(9*time.Minute - 42*time.Second)}),
	)
	return box
}

// rowsOf are the numbers in the list of a page.
func rowsOf(w *httptest.ResponseRecorder) string {
	var out []string
	for _, m := range regexp.MustCompile(`<li id="m(\d+)"`).FindAllStringSubmatch(w.Body.String(), -1) {
		out = append(out, m[1])
	}
	return strings.Join(out, " ")
}

func TestOutbox_lists_what_the_address_says(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for _, c := range []struct{ name, query, want, says string }{
		{"everything", "", "5 4 3 2 1", "5 meldinger"},
		{"a channel", "kanal=sms", "5 3 2", "3 meldinger"},
		{"a recipient", "til=%2B4799994127", "5 3", "Til: +47 999 94 127"},
		{"a recipient of eleven digits", "til=%2B46701740605", "2", "1 melding"},
		{"a person", "til=12829499914", "2 1", ""},
		{"a reason", "type=kode", "5 3", "Koder"},
		{"words of recipient, person and text", "q=trekkfugl+54321", "3", ""},
		{"a person's number as a word", "q=12829499914", "2 1", ""},
		{"nothing", "q=finnesikke", "", "Ingen meldinger passer Vis alle"},
		{"nobody's address", "til=rabarbra", "", "Ingen meldinger passer"},
		{"from a number on", "fra=3", "3 2 1", "Til de nyeste"},
		{"choices that there are not", "kanal=brev&type=reklame&fra=x", "5 4 3 2 1", ""},
		{"all at once", "kanal=sms&til=99994127&type=kode&q=koden&folg=nei", "5 3", "Følg med"},
	} {
		w := s.get(t, "/utboks?"+c.query)
		if got := rowsOf(w); w.Code != 200 || got != c.want || !strings.Contains(read(w), c.says) {
			t.Errorf("%s: %d, rows %q, want %q with %q in %s", c.name, w.Code, got, c.want, c.says, read(w))
		}
		var twin struct{ Messages []outbox.Message }
		if err := json.Unmarshal(s.get(t, "/utboks.json?"+c.query).Body.Bytes(), &twin); err != nil || len(twin.Messages) != len(strings.Fields(c.want)) && c.name != "from a number on" {
			t.Errorf("%s: %d in the twin, %v", c.name, len(twin.Messages), err)
		}
	}
}

func TestOutbox_shows_a_message(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for _, c := range []struct {
		path   string
		status int
		want   []string
	}{
		{"/utboks", 200, []string{"SMS til +47 999 94 127 09.40", "Kode 12345 Kopier kode 9 min igjen", "Ingenting er sendt. Slik ville meldingen sett ut."}},
		{"/utboks/5", 200, []string{"Fra KRR (liksom) Til Sindig Trekkfugl , +47 999 94 127 Tid 22. nov. 2026 kl. 09.40.18 Grunn Kode for å validere mobilnummer", "curl -s 'http://127.0.0.1:8080/sandbox/v1/outbox?to=%2B4799994127&wait=5s'"}},
		{"/utboks/3?kanal=epost", 200, []string{"Kode 54321 Kopier kode gjelder ikke lenger"}},
		{"/utboks/2", 200, []string{"19. nov. Your details", "Påminnelse etter 16 måneder uten oppdatering"}},
		{"/utboks/1", 200, []string{"18. okt. 2025 Kontaktopplysningene", "Emne Emne"}},
		{"/utboks/6", 404, []string{"Melding 6 er ikke i utboksen. Den tar vare på de tusen siste.", "5 meldinger"}},
		{"/utboks/0", 404, []string{"Siden finnes ikke"}},
		{"/utboks/x", 404, []string{"Siden finnes ikke"}},
		{"/utboks/99999999999999999999", 404, []string{"Siden finnes ikke"}},
	} {
		w := s.get(t, c.path)
		for _, want := range c.want {
			if w.Code != c.status || !strings.Contains(read(w), want) {
				t.Errorf("%s: %d, no %q in %s", c.path, w.Code, want, read(w))
			}
		}
	}
	if page := s.get(t, "/utboks/5").Body.String(); !strings.Contains(page, `data-copy="12345"`) {
		t.Error("the code cannot be copied")
	}
	page := s.get(t, "/utboks/2").Body.String()
	for _, want := range []string{`<p lang="en"><bdi>Your details`, `href="/person/12829499914"`, `href="/utboks?type=paaminnelse"`, `href="/utboks?til=%2B46701740605"`} {
		if !strings.Contains(page, want) {
			t.Errorf("no %s", want)
		}
	}
}

func TestOutbox_takes_hostile_text_as_text(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for _, path := range []string{"/utboks", "/utboks/4", "/utboks?q=%3Cscript%3E", "/utboks?til=" + url.QueryEscape(`"><script>x`), "/utboks?til=05240399816&q=05240399816"} {
		body := s.get(t, path).Body.String()
		for _, bad := range []string{"<script>", "<img", "onerror=alert(1)>", "\u202e", "05240399816", "%!"} {
			if strings.Contains(strings.ReplaceAll(body, "onerror=alert(1)&gt;", ""), bad) {
				t.Errorf("%s holds %q", path, bad)
			}
		}
	}
	rows, err := csv.NewReader(strings.NewReader(s.get(t, "/utboks.csv").Body.String())).ReadAll()
	if err != nil || len(rows) != 6 || rows[2][5] != "'=<b>Sindig\u202e" || rows[2][7] != "'=cmd" || rows[1][3] != "+4799994127" {
		t.Errorf("%v, %q", err, rows)
	}
}

func TestOutbox_is_emptied(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	w := httptest.NewRecorder()
	s.ServeHTTP(w, httptest.NewRequest(http.MethodPost, "/utboks", nil))
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/utboks" {
		t.Errorf("%d to %s", w.Code, w.Header().Get("Location"))
	}
	if text := read(s.get(t, "/utboks")); !strings.Contains(text, "0 meldinger") || !strings.Contains(text, "Ingen meldinger ennå Her kommer SMS og e-post") || strings.Contains(text, "Last ned listen") {
		t.Errorf("emptied: %s", text)
	}
}

func TestOutbox_speaks_three_languages(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for lang, want := range map[string]string{"nn": "9 min igjen", "en": "SMS to +47 999 94 127"} {
		for _, path := range []string{"/utboks", "/utboks/1", "/utboks/6", "/utboks?q=finnesikke"} {
			w := s.get(t, path, func(r *http.Request) { r.Header.Set("Accept-Language", lang) })
			if text := read(w); strings.Contains(text, "[outbox") || strings.Contains(text, "%!") || path == "/utboks" && !strings.Contains(text, want) {
				t.Errorf("%s in %s: %s", path, lang, text)
			}
		}
	}
}

// Whatever an address holds, its state spelt again is the same state.
func FuzzOutboxURL(f *testing.F) {
	for _, q := range []string{"", "til=%2B46701740605&kanal=sms", "q=05840399895+a&type=kode&fra=7&folg=nei", "til=05240399816", "q=%ff%e2%80%ae"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		v, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		u := readOutboxURL(v)
		again, err := url.Parse(u.String())
		if err != nil {
			t.Fatal(err)
		}
		if got := readOutboxURL(again.Query()); got != u {
			t.Errorf("%q: %+v becomes %+v", raw, u, got)
		}
	})
}
