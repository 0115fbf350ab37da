package ui

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/journal"
)

const hostile = "<script>alert(1)</script>\"'\u202e\u200f"

// testJournal holds each kind of entry once, and many of one, the newest first.
func testJournal(limit int) []journal.Entry {
	at := time.Date(2026, 11, 22, 8, 41, 7, 0, time.UTC)
	entries := []journal.Entry{
		{Nr: 107, Surface: "maskinporten", Method: "POST", Path: "/maskinporten/token", Status: 400, Duration: 1840 * time.Microsecond, Client: "demo-kontakt", Verdict: journal.VerdictRefused, Code: "MP-110",
			Reason: `aud is "http://x; it must be \"y\"/maskinporten" but must be exactly "http://x/maskinporten/" (that the real Maskinporten answers just so is a guess)`, TraceID: "4bf92f3577b34da6a3ce929d0e0e4736",
			Answer: `{"error":"invalid_grant","error_uri":"http://x/maskinporten/errors/MP-110"}`},
		{Nr: 106, Surface: "krr", Method: "POST", Path: "/rest/v2/personer", Status: 200, Duration: 2 * time.Millisecond, Client: "demo", Verdict: journal.VerdictOK, IDs: 1000, Found: 998, Bytes: 123_456},
		{Nr: 105, Surface: "krr", Method: "POST", Path: "/rest/v1/personer", Status: 401, Verdict: journal.VerdictRefused, Code: "token.missing", Reason: "There is no Authorization header; send Authorization: Bearer and an access token.", Answer: `{"errors":[]}`},
		{Nr: 104, Surface: "krr", Method: "GET", Path: "/rest/" + hostile, Query: "a=058403*****&b='", Status: 404, Client: "=" + hostile, Verdict: journal.VerdictRefused, Code: "odd." + hostile, Reason: hostile + ": " + hostile, Answer: hostile + strings.Repeat("x", 2048)},
		{Nr: 103, Surface: "maskinporten", Method: "POST", Path: "/maskinporten/token", Status: 400, Client: "demo-post", Verdict: journal.VerdictRefused, Reason: `kid is "x", but the registered keys are "y"`, Answer: `{"error":"invalid_grant","error_description":"Unknown key identifier (kid) for client."}`},
		{Nr: 102, Surface: "maskinporten", Method: "POST", Path: "/maskinporten/token", Status: 200, Client: "demo", Verdict: journal.VerdictOK, Reason: "issued"},
	}
	for nr := uint64(101); nr > 0; nr-- {
		entries = append(entries, journal.Entry{Nr: nr, Surface: "tenor", Method: "GET", Path: "/api/testnorge/v2/soek/freg", Query: "kql=x", Status: 200, Verdict: journal.VerdictOK})
	}
	for i := range entries {
		entries[i].Time = at.Add(-time.Duration(i) * time.Minute)
	}
	return entries[:min(limit, len(entries))]
}

func TestRequests_page(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for name, c := range map[string]struct {
		path       string
		status     int
		has, lacks []string
	}{
		"the newest is beside the list": {
			"/foresporsler", 200,
			[]string{
				"107 forespørsler", "Bare avviste 4", "09.41.07 POST /maskinporten/token demo-kontakt · 1,8 ms 400 MP-110 feil mottaker (aud) i assertionen",
				"demo · 1 000 id-er · 2,0 ms 200 998 funnet", "Avvist: MP-110 feil mottaker (aud) i assertionen",
				"Sjekket at aud er nøyaktig lik utstederen", `Fant aud is "http://x; it must be \"y\"/maskinporten" Ventet exactly "http://x/maskinporten/" Gjør slik Bruk issuer fra metadata`,
				"akkurat slik, er en antakelse", "Mer om MP-110", "Lim inn i Forklar", `"error" : "invalid_grant"`, "Sett $ASSERTION først.", "Eldre",
			}, []string{"Til de nyeste"},
		},
		"refused ones only":  {"/foresporsler?avvist=ja", 200, []string{"4 forespørsler", "vis alle igjen", "404 Not Found"}, []string{"998 funnet"}},
		"of one system":      {"/foresporsler?flate=krr", 200, []string{"3 forespørsler", "Bare avviste 2"}, []string{"demo-kontakt"}},
		"of one client":      {"/foresporsler?klient=demo", 200, []string{"2 forespørsler", "Klient: demo"}, []string{"demo-kontakt"}},
		"by trace id":        {"/foresporsler?q=4bf92f3577b34da6a3ce929d0e0e4736", 200, []string{"1 forespørsel"}, nil},
		"by code and client": {"/foresporsler?q=mp-110+KONTAKT", 200, []string{"1 forespørsel"}, nil},
		"a number is looked for as the journal has it, and not repeated": {"/foresporsler?q=05840399895", 200, []string{"1 forespørsel", "058403*****"}, []string{"05840399895"}},
		"nothing fits":                     {"/foresporsler?q=finnesikke", 200, []string{"0 forespørsler", "Ingen forespørsler passer", "Vis alle"}, nil},
		"an older page":                    {"/foresporsler?fra=40", 200, []string{"Til de nyeste", "Følg med"}, []string{"Eldre", "Følger med"}},
		"one good":                         {"/foresporsler/106", 200, []string{"Besvart med 200 998 av 1 000 funnet", "Sett $TOKEN, $BODY først."}, []string{"Sjekket"}},
		"one of no code":                   {"/foresporsler/105", 200, []string{"Avvist: tokenet mangler", "Fant There is no Authorization header Ventet send Authorization: Bearer and an access token."}, []string{"Mer om"}},
		"one whose answer explains itself": {"/foresporsler/103", 200, []string{"Avvist med 400 invalid_grant Unknown key identifier (kid) for client. Fant kid is"}, nil},
		"one that is gone":                 {"/foresporsler/999", 404, []string{"Forespørsel 999 er ikke i journalen."}, nil},
		"no number":                        {"/foresporsler/x", 404, []string{"Siden finnes ikke"}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			w := s.get(t, c.path)
			text := read(w)
			if w.Code != c.status {
				t.Errorf("status %d", w.Code)
			}
			for _, want := range c.has {
				if !strings.Contains(text, want) {
					t.Errorf("no %q in %s", want, text)
				}
			}
			for _, not := range c.lacks {
				if strings.Contains(w.Body.String(), not) || strings.Contains(text, not) {
					t.Errorf("%q is in %s", not, text)
				}
			}
		})
	}
}

func TestRequests_show_hostile_text_harmlessly(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for _, path := range []string{"/foresporsler/104", "/foresporsler?q=%3Cscript%3E%22%E2%80%AE" + strings.Repeat("x", 10_000), "/foresporsler?klient=%3Cscript%3E", "/foresporsler?flate=%3Cscript%3E&fra=-1&folg=%22"} {
		w := s.get(t, path)
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d", path, w.Code)
		}
		if body := w.Body.String(); strings.Contains(body, "<script>") || strings.ContainsAny(body, "\u202e\u200f") || len(body) > 150_000 {
			t.Errorf("%.60s: the text of a caller is in the page as it is, or the page has %d bytes", path, len(body))
		}
	}
}

func TestRequests_have_twins(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	var got struct{ Entries []requestRecord }
	w := s.get(t, "/foresporsler.json?avvist=ja&flate=krr")
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || len(got.Entries) != 2 || got.Entries[0].Nr != 105 || got.Entries[0].Answer == "" {
		t.Errorf("%v: %s", err, w.Body)
	}
	rows, err := csv.NewReader(s.get(t, "/foresporsler.csv?q=rest").Body).ReadAll()
	if err != nil || len(rows) != 4 || rows[3][4] != "/rest/"+hostile+"?a=058403*****&b='" || !strings.HasPrefix(rows[3][8], "'=") {
		t.Errorf("%v: %q", err, rows)
	}
	if rows, err := csv.NewReader(s.get(t, "/foresporsler.csv").Body).ReadAll(); err != nil || len(rows) != 108 {
		t.Errorf("%v: %d rows, want all", err, len(rows))
	}
}

func TestSplitReason(t *testing.T) {
	t.Parallel()
	for in, want := range map[string][2]string{
		`iss is "a; b", the kid of a key; it must be the client id, "c"`: {`iss is "a; b", the kid of a key`, `the client id, "c"`},
		`aud has 2 values, but must be exactly "x"`:                      {`aud has 2 values`, `exactly "x"`},
		`Identifier 1 of 1 is refused: it has to have 11 digits.`:        {`Identifier 1 of 1`, `it has to have 11 digits.`},
		`alg is "none"; RS256 is accepted`:                               {`alg is "none"`, `RS256 is accepted`},
		`a signed JWT has 3 parts; the assertion has 1`:                  {`a signed JWT has 3 parts; the assertion has 1`, ``},
		`Send Authorization: Bearer and a token; it has a scope.`:        {``, `Send Authorization: Bearer and a token; it has a scope.`},
		`no such path`: {`no such path`, ``},
		`a quotation mark that "never ends; it must be so`: {`a quotation mark that "never ends; it must be so`, ``},
		`it ends with a backslash in "quotes\`:             {`it ends with a backslash in "quotes\`, ``},
	} {
		if found, wanted := splitReason(in); found != want[0] || wanted != want[1] {
			t.Errorf("%s: %q and %q", in, found, wanted)
		}
	}
}

func TestCurl_asks_again(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		entry journal.Entry
		want  string
	}{
		"for a token": {
			journal.Entry{Surface: "maskinporten", Method: "POST", Path: "/maskinporten/token"},
			`curl -s -d 'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer' -d "assertion=$ASSERTION" 'http://b/maskinporten/token'`,
		},
		"for persons": {
			journal.Entry{Surface: "krr", Method: "POST", Path: "/rest/v2/personer"},
			`curl -s -H "Authorization: Bearer $TOKEN" --json "$BODY" 'http://b/rest/v2/personer'`,
		},
		"for what cannot be had": {
			journal.Entry{Surface: "krr", Method: "DELETE", Path: "/rest/'; rm -rf ~ #\n$(id)", Query: "a=b'c d$(id)"},
			`curl -s -X 'DELETE' -H "Authorization: Bearer $TOKEN" 'http://b/rest/%27;%20rm%20-rf%20~%20%23%0A$%28id%29?a=b%27c%20d$(id)'`,
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := curlOf(&c.entry, "http://b"); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// The codes are those of the tables of refusals, read from their source.
func TestCauses_are_told_of_every_code(t *testing.T) {
	t.Parallel()
	for file, code := range map[string]string{"../fakeauth/refusal.go": `code: "(MP-\d+)"`, "../sandbox/krr/refusal.go": `{http\.Status\w+, "([a-z_.]+)"`} {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		found := regexp.MustCompile(code).FindAllSubmatch(source, -1)
		if len(found) < 15 {
			t.Errorf("%s has %d codes", file, len(found))
		}
		for _, m := range found {
			if !(words{}).knows(string(m[1])) {
				t.Errorf("%s is not told of", m[1])
			}
		}
	}
}

func TestCauses_are_whole(t *testing.T) {
	t.Parallel()
	for key := range causeTexts {
		code := key[len("cause."):strings.LastIndex(key, ".")]
		for _, part := range []string{"title", "checked", "do"} {
			if _, ok := texts[fmt.Sprintf("cause.%s.%s", code, part)]; !ok {
				t.Errorf("%s has no %s", code, part)
			}
		}
	}
}

func TestCells_are_no_formulas(t *testing.T) {
	t.Parallel()
	for cell, want := range map[string]string{
		"=1+1": "'=1+1", "@a": "'@a", "-2": "'-2", "+cmd|' /C calc'!A0": "'+cmd|' /C calc'!A0", "\tx": "'\tx", "+": "+",
		"+4799999001": "+4799999001", "ola@example.test": "ola@example.test", "": "",
	} {
		if got := asText(cell); got != want {
			t.Errorf("%q is written %q, want %q", cell, got, want)
		}
	}
	s := newStage(t, sandbox.NewClock(castNow.UTC), append(cast(), member{"formula", sandbox.Person{ID: unusedNumber(), FirstName: "=1+1", Status: sandbox.Active, Email: sandbox.Channel{Value: "@x"}}}))
	if text := s.get(t, "/eksport.csv?q=fornavn:*").Body.String(); !strings.Contains(text, ",'=1+1,AKTIV,KAN_IKKE_VARSLES,'@x,") || strings.Contains(text, "'+47") {
		t.Errorf("the export is %.300q", text)
	}
}

func unusedNumber() sandbox.PersonID {
	id, _ := numberFor(sandbox.Date{Year: 1999, Month: 9, Day: 9}, 90, false)
	return id
}

// TestRequests_show_a_hint_beside_an_answer: a code with an answer is something to
// say to the caller, a reason alone is not.
func TestRequests_show_a_hint_beside_an_answer(t *testing.T) {
	t.Parallel()
	hint := words{}.requestView(&journal.Entry{Nr: 1, Surface: "krr", Method: "POST", Path: "/rest/v1/personer", Status: 200, Verdict: journal.VerdictOK, Code: "ids.single", Reason: "One by one."}, requestsURL{}, "http://x")
	none := words{}.requestView(&journal.Entry{Nr: 1, Surface: "idporten", Method: "GET", Path: "/idporten/authorize", Status: 302, Verdict: journal.VerdictOK, Reason: "a login"}, requestsURL{}, "http://x")
	if hint.Told != "One by one." || none.Told != "" {
		t.Errorf("a hint is told as %q, a login as %q", hint.Told, none.Told)
	}
}
