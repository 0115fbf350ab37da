// Package journal remembers the latest requests and how they were decided. It
// is plain net/http middleware; handlers add what they know with [Note].
package journal

import (
	"context"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"time"
)

// Config is what a journal needs.
type Config struct {
	Now  func() time.Time    // required; real time, since it measures durations
	Size int                 // entries kept; 1000 when zero or less
	Mask func(string) string // hides identity numbers in a text; nil hides nothing
	Seen func(*Entry)        // is shown each entry when it is finished, by several at once; may be nil
}

// The values of [Entry.Verdict].
const (
	VerdictOK      = "ok"
	VerdictRefused = "refused"
)

// Entry is one request. Texts of the caller and of handlers are masked, and cut to
// some hundred bytes.
type Entry struct {
	Nr      uint64 // 1, 2, … in the order in which answers were finished
	Time    time.Time
	Surface string // which emulated system was asked
	Method  string
	Path    string
	Query   string // as sent; decoded where something had to be masked
	Status  int    // 500 also when the handler panicked, whatever it had sent
	// Duration is the time that the handler took.
	Duration time.Duration
	Bytes    int64 // of the answer's body
	Client   string
	Verdict  string // VerdictOK or VerdictRefused
	Code     string // the rule that decided; stable, for programs
	Reason   string // one sentence: which rule, which value, what would be right
	// TraceID is the trace id of the caller's traceparent header. It is random
	// and never masked, so that it can be searched for elsewhere.
	TraceID    string
	IDs, Found int // how many persons were asked for, and found
	// Answer is the beginning of the body of an answer of 400 or above, at most
	// 2048 bytes; "" of every other.
	Answer string
}

// Journal keeps the latest entries. It is safe for use by many at once.
type Journal struct {
	now  func() time.Time
	mask func(string) string
	seen func(*Entry)

	mu   sync.Mutex
	ring []Entry // entry nr lies at (nr-1) % len
	last uint64

	path, client atomic.Pointer[keptText]
}

// keptText is a text as it came last, and as it is kept. Most requests have the
// same path and client as the one before, and so need no copy.
type keptText struct{ came, kept string }

// New makes an empty journal.
func New(c Config) *Journal {
	if c.Now == nil {
		panic("journal: Config.Now is required")
	}
	if c.Size <= 0 {
		c.Size = 1000
	}
	if c.Mask == nil {
		c.Mask = func(s string) string { return s }
	}
	if c.Seen == nil {
		c.Seen = func(*Entry) {}
	}
	return &Journal{now: c.Now, mask: c.Mask, seen: c.Seen, ring: make([]Entry, c.Size)}
}

// Recent gives up to limit entries, the newest first.
func (j *Journal) Recent(limit int) []Entry {
	j.mu.Lock()
	defer j.mu.Unlock()
	n := min(uint64(max(0, limit)), j.last, uint64(len(j.ring)))
	out := make([]Entry, n)
	for i := range out {
		out[i] = j.ring[(j.last-1-uint64(i))%uint64(len(j.ring))]
	}
	return out
}

// Middleware writes every request to next into the journal, once, also when
// next panics; the panic goes on.
func (j *Journal) Middleware(surface string, next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		start := j.now()
		v := &visit{notes{Context: r.Context(), entry: Entry{
			Time: start, Surface: surface, Method: r.Method, Path: r.URL.Path, Query: j.maskQuery(r.URL.RawQuery), TraceID: traceID(r.Header),
		}}, recorder{ResponseWriter: w}}
		panicked := true
		defer func() {
			status := v.recorder.answered()
			if panicked {
				status = http.StatusInternalServerError
			}
			e := v.notes.close()
			e.Surface, e.Status, e.Bytes, e.Duration, e.Answer = surface, status, v.recorder.bytes, j.now().Sub(start), string(v.recorder.refusal)
			j.add(e)
		}()
		next.ServeHTTP(&v.recorder, r.WithContext(&v.notes))
		panicked = false
	})
}

// visit is what the journal holds of a request under way, in one piece of memory.
type visit struct {
	notes    notes
	recorder recorder
}

// Note lets a handler say what it decided. It does nothing outside a request
// that a journal listens to, and nothing after its end.
func Note(ctx context.Context, f func(*Entry)) {
	n, ok := ctx.Value(notesKey{}).(*notes)
	if !ok {
		return
	}
	n.mu.Lock()
	defer n.mu.Unlock()
	if !n.closed {
		f(&n.entry)
	}
}

type notesKey struct{}

// notes is the entry of a request under way, and the context that carries it.
type notes struct {
	context.Context
	mu     sync.Mutex
	entry  Entry
	closed bool
}

func (n *notes) Value(key any) any {
	if key == (notesKey{}) {
		return n
	}
	return n.Context.Value(key)
}

// close gives the entry, which no handler can change any more.
func (n *notes) close() *Entry {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.closed = true
	return &n.entry
}

func (j *Journal) add(e *Entry) {
	if e.Verdict == "" {
		e.Verdict = VerdictOK
		if e.Status >= http.StatusBadRequest {
			e.Verdict = VerdictRefused
		}
	}
	if e.Reason == "" && e.Status >= http.StatusBadRequest {
		e.Reason = fmt.Sprintf("The answer was %d %s.", e.Status, http.StatusText(e.Status))
	}
	e.Path, e.Client = j.keptAgain(&j.path, e.Path), j.keptAgain(&j.client, e.Client)
	for _, text := range [...]*string{&e.Method, &e.Query, &e.Verdict, &e.Code, &e.Reason} {
		*text = j.kept(*text)
	}
	e.TraceID = cut(e.TraceID, longestText)
	if e.Answer != "" {
		e.Answer = cut(hideTokens(j.mask(strings.ToValidUTF8(e.Answer, "\uFFFD"))), longestAnswer)
	}
	j.seen(e)
	j.mu.Lock()
	defer j.mu.Unlock()
	j.last++
	e.Nr = j.last
	j.ring[(e.Nr-1)%uint64(len(j.ring))] = *e
}

// kept is a text as it is kept. Those that most requests have need no copy.
func (j *Journal) kept(text string) string {
	switch text {
	case "":
		return ""
	case http.MethodPost:
		return http.MethodPost
	case http.MethodGet:
		return http.MethodGet
	case VerdictOK:
		return VerdictOK
	}
	return cut(hideTokens(j.mask(text)), longestText)
}

// keptAgain is kept, with the last text at hand.
func (j *Journal) keptAgain(last *atomic.Pointer[keptText], text string) string {
	if l := last.Load(); l != nil && l.came == text {
		return l.kept
	}
	kept := j.kept(text)
	if len(text) <= longestText { // not to hold on to more
		last.Store(&keptText{strings.Clone(text), kept})
	}
	return kept
}

// maskQuery looks for numbers and tokens behind percent signs too.
func (j *Journal) maskQuery(raw string) string {
	if raw == "" {
		return ""
	}
	plain, err := url.QueryUnescape(raw)
	if err != nil {
		return raw
	}
	if masked := hideTokens(j.mask(plain)); masked != plain {
		return masked
	}
	return raw
}

// traceID reads the second field of a traceparent header, 32 hexadecimal
// digits. Source: W3C "Trace Context", traceparent.
func traceID(h http.Header) string {
	v := h.Get("Traceparent")
	if len(v) < 55 || v[2] != '-' || v[35] != '-' || strings.Trim(v[3:35], "0123456789abcdef") != "" {
		return ""
	}
	return v[3:35]
}
