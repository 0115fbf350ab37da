package journal_test

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"liksom/sandbox/journal"
)

var start = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

// ticking gives a clock that goes one millisecond at each look.
func ticking() func() time.Time {
	var mu sync.Mutex
	now := start
	return func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		now = now.Add(time.Millisecond)
		return now
	}
}

// hide masks the word secret, and what a decoded plus sign makes of it.
func hide(s string) string {
	return strings.NewReplacer("secret", "******", "sec ret", "*** ***").Replace(s)
}

func newJournal(size int) *journal.Journal {
	return journal.New(journal.Config{Now: ticking(), Size: size, Mask: hide})
}

// serve sends one request through the middleware and gives the newest entry.
func serve(j *journal.Journal, r *http.Request, h http.HandlerFunc) journal.Entry {
	j.Middleware("krr", h).ServeHTTP(httptest.NewRecorder(), r)
	return j.Recent(1)[0]
}

func TestEntries(t *testing.T) {
	t.Parallel()
	note := func(r *http.Request, f func(*journal.Entry)) { journal.Note(r.Context(), f) }
	entry := func(change func(*journal.Entry)) journal.Entry {
		e := journal.Entry{
			Nr: 1, Time: start.Add(time.Millisecond), Surface: "krr", Method: "POST", Path: "/p", Status: 200,
			Duration: time.Millisecond, Verdict: journal.VerdictOK,
		}
		change(&e)
		return e
	}
	for name, c := range map[string]struct {
		target  string
		headers map[string]string
		handler http.HandlerFunc
		want    journal.Entry
	}{
		"a handler that does nothing has answered 200": {
			"/p", nil, func(http.ResponseWriter, *http.Request) {}, entry(func(*journal.Entry) {}),
		},
		"bytes are counted however they are written": {
			"/p?a=1&b=%20", nil, func(w http.ResponseWriter, _ *http.Request) {
				_, _ = io.WriteString(w, "one")
				_, _ = io.Copy(w, io.LimitReader(strings.NewReader("two and more"), 3))
			}, entry(func(e *journal.Entry) { e.Bytes, e.Query = 6, "a=1&b=%20" }),
		},
		"an early hint is not the status": {
			"/p", nil, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusEarlyHints)
				w.WriteHeader(http.StatusNoContent)
			}, entry(func(e *journal.Entry) { e.Status = 204 }),
		},
		"without a note the status decides": {
			"/p", nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNotFound) },
			entry(func(e *journal.Entry) {
				e.Status, e.Verdict, e.Reason = 404, journal.VerdictRefused, "The answer was 404 Not Found."
			}),
		},
		"what a handler notes is kept": {
			"/p", nil, func(w http.ResponseWriter, r *http.Request) {
				note(r, func(e *journal.Entry) { e.Client, e.IDs, e.Found = "demo", 3, 2 })
				note(r, func(e *journal.Entry) {
					e.Verdict, e.Code, e.Reason = journal.VerdictRefused, "ids.count", "There are 3."
				})
			}, entry(func(e *journal.Entry) {
				e.Client, e.IDs, e.Found, e.Verdict, e.Code, e.Reason = "demo", 3, 2, journal.VerdictRefused, "ids.count", "There are 3."
			}),
		},
		"a note cannot change what the journal saw": {
			"/p", nil, func(_ http.ResponseWriter, r *http.Request) {
				note(r, func(e *journal.Entry) { e.Nr, e.Surface, e.Status, e.Bytes, e.Duration = 9, "other", 9, 9, 9 })
			}, entry(func(*journal.Entry) {}),
		},
		"the answer of a refusal is kept, masked and without tokens": {
			"/p?assertion=eyJhbGciOiJSUzI1NiJ9.e30.x", nil, func(w http.ResponseWriter, _ *http.Request) {
				w.WriteHeader(http.StatusBadRequest)
				_, _ = io.WriteString(w, "no secret, no eyJhbGciOiJSUzI1NiJ9.eyJhIjoxfQ.sig_-1 and \xff")
				_, _ = io.Copy(w, strings.NewReader(" more"))
			}, entry(func(e *journal.Entry) {
				e.Query, e.Status, e.Verdict, e.Reason, e.Bytes = "assertion=eyJ…", 400, journal.VerdictRefused, "The answer was 400 Bad Request.", 63
				e.Answer = "no ******, no eyJ… and \uFFFD more"
			}),
		},
		"a good answer is not kept": {
			"/p", nil, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "a token") },
			entry(func(e *journal.Entry) { e.Bytes = 7 }),
		},
		"every text is masked": {
			"/secret?a=secret", nil, func(_ http.ResponseWriter, r *http.Request) {
				note(r, func(e *journal.Entry) { e.Client, e.Code, e.Reason = "secret", "secret", "a secret" })
			}, entry(func(e *journal.Entry) {
				e.Path, e.Query, e.Client, e.Code, e.Reason = "/******", "a=******", "******", "******", "a ******"
			}),
		},
		"a secret behind percent and plus signs is masked": {
			"/%73ecret?a=%73ecret&b=sec+ret", nil, func(http.ResponseWriter, *http.Request) {},
			entry(func(e *journal.Entry) { e.Path, e.Query = "/******", "a=******&b=*** ***" }),
		},
		"a query that cannot be decoded is kept as sent": {
			"/p?a=%zz&b=secret", nil, func(http.ResponseWriter, *http.Request) {},
			entry(func(e *journal.Entry) { e.Query = "a=%zz&b=******" }),
		},
		"the trace is known": {
			"/p", map[string]string{"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"},
			func(http.ResponseWriter, *http.Request) {}, entry(func(e *journal.Entry) { e.TraceID = "0af7651916cd43dd8448eb211c80319c" }),
		},
		"a trace of another form is none": {
			"/p", map[string]string{"traceparent": "00-0AF7651916CD43DD8448EB211C80319C-b7ad6b7169203331-01"},
			func(http.ResponseWriter, *http.Request) {}, entry(func(*journal.Entry) {}),
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := httptest.NewRequest("POST", c.target, nil)
			for name, value := range c.headers {
				r.Header.Set(name, value)
			}
			if got := serve(newJournal(0), r, c.handler); got != c.want {
				t.Errorf("\n got %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestLongTextsAreCutOnARuneBoundary(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("ø", 400) // 800 bytes
	r := httptest.NewRequest("GET", "/x?q="+strings.Repeat("q", 1000), nil)
	r.URL.Path = "/" + long
	got := serve(newJournal(1), r, func(_ http.ResponseWriter, r *http.Request) {
		journal.Note(r.Context(), func(e *journal.Entry) { e.Reason = long })
	})
	want := [3]string{"/" + strings.Repeat("ø", 249) + "…", "q=" + strings.Repeat("q", 498) + "…", strings.Repeat("ø", 250) + "…"}
	if cut := [3]string{got.Path, got.Query, got.Reason}; cut != want {
		t.Errorf("\n got %q\nwant %q", cut, want)
	}
}

func TestAPanicIsWrittenDownAndGoesOn(t *testing.T) {
	t.Parallel()
	j := newJournal(3)
	func() {
		defer func() {
			if p := recover(); p != "broken" {
				t.Errorf("recovered %v", p)
			}
		}()
		serve(j, httptest.NewRequest("GET", "/p", nil), func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusOK)
			panic("broken")
		})
	}()
	want := journal.Entry{
		Nr: 1, Time: start.Add(time.Millisecond), Surface: "krr", Method: "GET", Path: "/p", Status: 500, Duration: time.Millisecond,
		Verdict: journal.VerdictRefused, Reason: "The answer was 500 Internal Server Error.",
	}
	if got := j.Recent(9); len(got) != 1 || got[0] != want {
		t.Errorf("entries are %+v, want %+v", got, want)
	}
}

func TestRecentGivesTheNewestFirst(t *testing.T) {
	t.Parallel()
	j := newJournal(3)
	for i := range 5 {
		for limit, want := range map[int]int{-1: 0, 0: 0, 2: min(2, i), 3: min(3, i), 99: min(3, i)} {
			got := j.Recent(limit)
			if len(got) != want || got == nil {
				t.Errorf("after %d requests, %d of them are %v", i, limit, got)
			}
			for k, e := range got {
				if e.Nr != uint64(i-k) || e.Path != fmt.Sprintf("/%d", i-k) {
					t.Errorf("after %d requests, place %d is %d %s", i, k, e.Nr, e.Path)
				}
			}
		}
		serve(j, httptest.NewRequest("GET", fmt.Sprintf("/%d", i+1), nil), func(http.ResponseWriter, *http.Request) {})
	}
}

func TestNoteWithoutAJournalOrAfterTheEndDoesNothing(t *testing.T) {
	t.Parallel()
	never := func(*journal.Entry) { t.Error("called") }
	journal.Note(t.Context(), never)
	var ctx context.Context
	serve(newJournal(1), httptest.NewRequest("GET", "/", nil), func(_ http.ResponseWriter, r *http.Request) { ctx = r.Context() })
	journal.Note(ctx, never)
}

func TestTheServersAbilitiesStayWithinReach(t *testing.T) {
	t.Parallel()
	rec := httptest.NewRecorder()
	newJournal(1).Middleware("ui", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		if err := http.NewResponseController(w).Flush(); err != nil {
			t.Error(err)
		}
		if _, ok := w.(io.ReaderFrom); !ok {
			t.Error("ReadFrom is lost")
		}
	})).ServeHTTP(rec, httptest.NewRequest("GET", "/", nil))
	if !rec.Flushed {
		t.Error("not flushed")
	}
}

func TestManyAtOnce(t *testing.T) {
	t.Parallel()
	const workers, each, size = 8, 50, 100
	j := newJournal(size)
	h := j.Middleware("krr", http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) {
		var wg sync.WaitGroup
		for range 2 {
			wg.Go(func() { journal.Note(r.Context(), func(e *journal.Entry) { e.Found++ }) })
		}
		wg.Wait()
		j.Recent(size)
	}))
	var wg sync.WaitGroup
	for range workers {
		wg.Go(func() {
			for range each {
				h.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest("GET", "/", nil))
			}
		})
	}
	wg.Wait()
	var got, want []uint64
	for i, e := range j.Recent(2 * size) {
		got, want = append(got, e.Nr), append(want, uint64(workers*each-i))
		if e.Found != 2 {
			t.Errorf("entry %d has %d notes of 2", e.Nr, e.Found)
		}
	}
	if len(got) != size || !slices.Equal(got, want) {
		t.Errorf("entries are %v", got)
	}
}

func TestNewWantsAClock(t *testing.T) {
	t.Parallel()
	defer func() {
		if recover() == nil {
			t.Error("New took a Config without a clock")
		}
	}()
	journal.New(journal.Config{})
}

func TestEveryEntryIsSeenOnceAsItIsKept(t *testing.T) {
	var seen []journal.Entry
	j := journal.New(journal.Config{Now: ticking(), Mask: hide, Seen: func(e *journal.Entry) { seen = append(seen, *e) }})
	kept := serve(j, httptest.NewRequest("GET", "/p", nil), func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusTeapot) })
	kept.Nr = 0 // given afterwards
	if len(seen) != 1 || seen[0] != kept {
		t.Errorf("seen %+v, want %+v", seen, kept)
	}
}

func TestAnswers_are_kept_up_to_2048_bytes(t *testing.T) {
	t.Parallel()
	j := newJournal(2)
	secretAtTheEdge := strings.Repeat("x", 2045) + "secret" + strings.Repeat("y", 5000)
	e := serve(j, httptest.NewRequest(http.MethodGet, "/p", nil), func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusInternalServerError)
		for part := range slices.Chunk([]byte(secretAtTheEdge), 100) {
			_, _ = w.Write(part)
		}
	})
	if want := strings.Repeat("x", 2045) + "***…"; e.Answer != want {
		t.Errorf("kept %d bytes, ending in %q", len(e.Answer), e.Answer[2040:])
	}
	if e.Bytes != int64(len(secretAtTheEdge)) {
		t.Errorf("%d bytes were counted", e.Bytes)
	}
}

// What the journal adds to a request whose answer is good.
func BenchmarkMiddleware(b *testing.B) {
	j := journal.New(journal.Config{Now: time.Now})
	body := []byte(strings.Repeat("x", 100_000))
	h := j.Middleware("krr", http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write(body) }))
	r := httptest.NewRequest(http.MethodPost, "/rest/v2/personer", nil)
	b.ReportAllocs()
	for b.Loop() {
		h.ServeHTTP(nothing{}, r)
	}
}

type nothing struct{}

func (nothing) Header() http.Header         { return http.Header{} }
func (nothing) Write(b []byte) (int, error) { return len(b), nil }
func (nothing) WriteHeader(int)             {}

func TestTextsThatComeAgainAreKeptAlike(t *testing.T) {
	t.Parallel()
	j := newJournal(1)
	long := strings.Repeat("x", 600)
	for i, c := range []struct{ path, client, keptPath, keptClient string }{
		{"/secret", "a secret", "/******", "a ******"},
		{"/secret", "a secret", "/******", "a ******"},
		{"/p", "a secret", "/p", "a ******"},
		{"/secret", "", "/******", ""},
		{"/" + long, long, "/" + long[:499] + "…", long[:500] + "…"},
		{"/" + long, long, "/" + long[:499] + "…", long[:500] + "…"},
		{"/p", "b", "/p", "b"},
	} {
		e := serve(j, httptest.NewRequest("GET", c.path, nil), func(_ http.ResponseWriter, r *http.Request) {
			journal.Note(r.Context(), func(e *journal.Entry) { e.Client = c.client })
		})
		if e.Path != c.keptPath || e.Client != c.keptClient {
			t.Errorf("request %d is kept as %q of %q", i, e.Path, e.Client)
		}
	}
}

// What a client authenticates with is left out, wherever it does not belong.
func TestSecrets_in_a_query_are_left_out(t *testing.T) {
	t.Parallel()
	for query, want := range map[string]string{
		"client_id=a&client_secret=one&b=2":         "client_id=a&client_secret=…&b=2",
		"client%5Fsecret=one+two&client_secret=%33": "client_secret=…&client_secret=…",
		"a=%zz&client_secret=one":                   "a=%zz&client_secret=…",
		"client_secret=":                            "client_secret=",
	} {
		j := journal.New(journal.Config{Now: time.Now})
		j.Middleware("idporten", http.NotFoundHandler()).ServeHTTP(httptest.NewRecorder(), httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/token?"+query, nil))
		if got := j.Recent(1)[0].Query; got != want {
			t.Errorf("%s is kept as %s", query, got)
		}
	}
}
