package ui

import (
	"compress/gzip"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/sandbox/stats"
)

// stage is the handler over the cast, with a clock that is said to be real.
type stage struct {
	http.Handler
	ids      map[string]sandbox.PersonID
	register *sandbox.Register
}

func newStage(t testing.TB, clock *sandbox.Clock, persons []member) stage {
	t.Helper()
	s := stage{ids: map[string]sandbox.PersonID{}}
	var all []sandbox.Person
	for _, m := range persons {
		s.ids[m.word] = m.ID
		all = append(all, m.Person)
	}
	image, err := population.New(all)
	if err != nil {
		t.Fatal(err)
	}
	register := sandbox.NewRegister(image, clock)
	s.register = register
	s.Handler, err = New(Config{
		Register: register, Search: population.NewEngine(register, image).Search,
		Answer: func(id sandbox.PersonID, version int, scopes sandbox.Scopes) ([]byte, bool) {
			if version == 2 && register.Person(id).Status() == sandbox.NotRegistered {
				return nil, false
			}
			return fmt.Appendf(nil, `{"personidentifikator":%q,"version":%d,"scopes":%d,"sertifikat":%q}`, id.Digits(), version, scopes, strings.Repeat("x", 200)), true
		},
		Told: func(r sandbox.Record, _ sandbox.Window) any {
			return map[string]string{"personidentifikator": r.ID().Digits()}
		},
		Guesses: twoGuesses,
		Stats: func() stats.Report {
			r := stats.Of(register, wanted)
			r.Usage = &stats.Usage{Seconds: 93_784, Customers: 4321, Today: 17, ThisMonth: 98_765, Days: []stats.Asked{{Period: "2026-11-22", IDs: 17}}, Months: []stats.Asked{{Period: "2026-11", IDs: 98_765}}}
			return r
		},
		BaseURL: func(*http.Request) string { return "http://127.0.0.1:8080" },
		Reset: func() error {
			return errors.Join(clock.Reset(), register.Reset())
		},
		ResetClock:     clock.Reset,
		SetClock:       func(at time.Time) error { return clock.Set(at, true) },
		Control:        controlOf(register),
		History:        pastOf,
		Municipalities: map[uint16]string{301: "Oslo", 4601: "Bergen"},
		Tokens:         testTokens(),
		Journal:        testJournal,
		Outbox:         testOutbox(register, clock),
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func castStage(t *testing.T) stage {
	t.Helper()
	return newStage(t, sandbox.NewClock(castNow.UTC), cast())
}

func (s stage) get(t *testing.T, path string, edit ...func(*http.Request)) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	for _, e := range edit {
		e(r)
	}
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

var tags = regexp.MustCompile(`<[^>]*>`)

// read gives the words of a page as one reads them, hard spaces made soft.
func read(w *httptest.ResponseRecorder) string {
	text := tags.ReplaceAllString(w.Body.String(), " ")
	text = strings.NewReplacer(nbsp, " ", nbsp, " ").Replace(html.UnescapeString(text))
	return strings.Join(strings.Fields(text), " ")
}

func TestNew_names_everything_that_is_missing(t *testing.T) {
	t.Parallel()
	_, err := New(Config{})
	for _, name := range []string{"Register", "Answer", "BaseURL", "Tokens"} {
		if err == nil || !strings.Contains(err.Error(), name) {
			t.Errorf("got %v, want it to name %s", err, name)
		}
	}
}

func TestPages_carry_safe_headers_and_nothing_inline(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	paths := []string{"/", "/?q=finnesikke", "/nei", "/person/1", "/?q=" + url.QueryEscape(`"><script>x</script>`)}
	for word, id := range s.ids {
		if strings.HasPrefix(word, "crowd") {
			continue
		}
		paths = append(paths, "/person/"+id.Digits(), "/?p="+id.Digits())
	}
	inline := regexp.MustCompile(`(?i)\sstyle=|<style|<script(?: [^>]*)?>[^<]|\son[a-z]+=|javascript:[^a]|hx-on|src="https?:|href="https?:`)
	for _, path := range paths {
		w := s.get(t, path)
		h := w.Header()
		if h.Get("Content-Security-Policy") != contentPolicy || h.Get("X-Content-Type-Options") != "nosniff" || h.Get("Referrer-Policy") != "same-origin" {
			t.Errorf("%s: headers are %v", path, h)
		}
		if found := inline.FindString(w.Body.String()); found != "" {
			t.Errorf("%s holds %q", path, found)
		}
		if strings.Contains(w.Body.String(), "ZgotmplZ") {
			t.Errorf("%s: the template refused a value", path)
		}
		if strings.Contains(read(w), "%!") || regexp.MustCompile(`\[[a-z]+\.[a-z.]+\]`).MatchString(read(w)) {
			t.Errorf("%s shows a text that is not filled or not there", path)
		}
	}
	for _, directive := range []string{"default-src 'none'", "script-src 'self'", "style-src 'self'", "form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'"} {
		if !strings.Contains(contentPolicy, directive) {
			t.Errorf("the policy lacks %s", directive)
		}
	}
}

func TestErrors_have_pages(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for _, c := range []struct {
		name, method, path string
		status             int
		want               string
	}{
		{"a synthetic number that nobody has", "GET", "/person/14835227635", 404, "Personen finnes ikke Ingen har nummeret 148352•••••. Det er et gyldig syntetisk nummer"},
		{"a real number", "GET", "/person/" + realNumber(t), 404, "Ingen har nummeret 010170••••• her. Det har formen til et ekte nummer"},
		{"no number", "GET", "/person/%3Cb%3E", 404, "Personen finnes ikke Adressen peker ikke på en person her."},
		{"no page", "GET", "/nei", 404, "Siden finnes ikke"},
		{"a method that is not there", "DELETE", "/", 405, "Forespørselen kan ikke besvares"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			w := httptest.NewRecorder()
			s.ServeHTTP(w, httptest.NewRequest(c.method, c.path, nil))
			if w.Code != c.status || !strings.Contains(read(w), c.want) {
				t.Errorf("status %d, page %q", w.Code, read(w))
			}
			if strings.Contains(w.Body.String(), realNumber(t)) {
				t.Error("the page repeats a real number")
			}
		})
	}
}

func TestHeader_says_when_the_clock_is_not_real(t *testing.T) {
	t.Parallel()
	frozen := newStage(t, sandbox.NewFrozenClock(castNow), cast())
	if text := read(frozen.get(t, "/")); !strings.Contains(text, "Klokken er ikke ekte. I registeret er det 22. nov. 2026 kl. 09.41, og tiden står stille.") {
		t.Errorf("no banner in %.300q", text)
	}
	text := read(castStage(t).get(t, "/"))
	if strings.Contains(text, "ikke ekte") || !strings.Contains(text, "22. nov. 2026 09.41") {
		t.Errorf("a real clock shows as %.300q", text)
	}
}

// The whole first visit, compressed, font included.
func TestFirst_visit_is_small(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	compressed := func(r *http.Request) { r.Header.Set("Accept-Encoding", "gzip, deflate, br") }
	page := s.get(t, "/", compressed)
	total := page.Body.Len()
	z, err := gzip.NewReader(page.Body)
	if err != nil {
		t.Fatal(err)
	}
	first, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`(?:href|src)="(/static/[^"]+)"`).FindAllStringSubmatch(string(first), -1) {
		if seen[m[1]] {
			continue
		}
		seen[m[1]] = true
		w := s.get(t, m[1], compressed)
		if w.Code != 200 || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d, %v", m[1], w.Code, w.Header())
		}
		total += w.Body.Len()
	}
	if len(seen) < 6 || total > 150_000 {
		t.Errorf("%d files and %d bytes, want at most 150000", len(seen), total)
	}
}
