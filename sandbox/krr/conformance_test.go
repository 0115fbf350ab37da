package krr_test

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/guess"
	"liksom/sandbox/krr"
)

// TestConformance answers each file of testdata/conformance as written there.
// The expectations come from the source in the first line, which names a guess if
// it is one, and are never made from our own answers. A file is divided by lines that begin with "---":
//
//	setup     clock and guess lines; those in the register, in the order of the
//	          feed, when they are not all; and the size of a page of the feed
//	request   as in HTTP/1.1; the bearer token is a name in tokens
//	response  status, headers that must be there, and the body, whose white
//	          space does not count but whose keys and their order do
//	absent    keys that must not be anywhere in the body
//
// Request and response may be repeated: what comes later is asked of the register
// as the earlier has left it.
//
// The body "@ids 1001" stands for a request with so many numbers, and @real for
// a number such as real persons have.
func TestConformance(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/conformance/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases found (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			c := readCase(t, file)
			api, verdicts := newAPI(t, conformancePersons(t), func(cfg *krr.Config) { c.configure(t, cfg) })
			for i, e := range c.exchanges {
				rec := httptest.NewRecorder()
				api.ServeHTTP(rec, e.request)
				e.check(t, rec)
				documented(t, e.request, rec)
				if v := verdicts(); len(v) != i+1 || v[i].Refused != (e.status >= http.StatusBadRequest) {
					t.Errorf("verdicts are %+v; want one more, that fits status %d", v, e.status)
				}
			}
		})
	}
}

type conformanceCase struct {
	setup     []string
	exchanges []*exchange
}

// exchange is a request and what must be answered.
type exchange struct {
	request *http.Request
	status  int
	headers http.Header
	body    string
	absent  []string
}

func readCase(t *testing.T, file string) conformanceCase {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	source, rest, _ := strings.Cut(strings.ReplaceAll(string(data), "@real", realID(t)), "\n")
	if len(strings.TrimPrefix(source, "source: ")) < 10 {
		t.Fatalf("the first line is %q; it must name the source", source)
	}
	checkGuesses(t, source)
	var c conformanceCase
	for _, part := range strings.Split("\n"+rest, "\n--- ")[1:] {
		name, text, _ := strings.Cut(part, "\n")
		switch name {
		case "setup":
			c.setup = strings.Split(strings.TrimSpace(text), "\n")
		case "request":
			c.exchanges = append(c.exchanges, &exchange{request: parseRequest(t, text)})
		case "response":
			c.last().parseResponse(t, text)
		case "absent":
			c.last().absent = strings.Fields(text)
		default:
			t.Fatalf("unknown part %q", name)
		}
	}
	return c
}

var guessOf = regexp.MustCompile(`guess(?: ([a-z0-9_]+)(?:=([a-z0-9_]+))?)?`)

// checkGuesses demands that a source that is a guess says which of those that are
// listed for everybody to see.
func checkGuesses(t *testing.T, source string) {
	t.Helper()
	listed := krr.Guesses{}.List()
	for _, found := range guessOf.FindAllStringSubmatch(source, -1) {
		i := slices.IndexFunc(listed, func(g guess.Guess) bool { return g.Name == found[1] })
		if i < 0 || found[2] != "" && !slices.Contains(listed[i].Choices, found[2]) {
			t.Errorf("%q in the first line is no guess that is listed", found[0])
		}
	}
}

func (c *conformanceCase) last() *exchange { return c.exchanges[len(c.exchanges)-1] }

func parseRequest(t *testing.T, text string) *http.Request {
	t.Helper()
	head, body, _ := strings.Cut(text, "\n\n")
	if n, ok := strings.CutPrefix(strings.TrimSpace(body), "@ids "); ok {
		count, err := strconv.Atoi(n)
		if err != nil {
			t.Fatal(err)
		}
		body = `{"personidentifikatorer": ["` + idA + `"` + strings.Repeat(`, "`+idA+`"`, count-1) + `]}`
	}
	first, headers, _ := strings.Cut(head, "\n")
	raw := fmt.Sprintf("%s HTTP/1.1\r\nHost: localhost\r\nContent-Length: %d\r\n%s\r\n\r\n%s",
		first, len(body), strings.ReplaceAll(headers, "\n", "\r\n"), body)
	r, err := http.ReadRequest(bufio.NewReader(strings.NewReader(raw)))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func (e *exchange) parseResponse(t *testing.T, text string) {
	t.Helper()
	head, body, _ := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	status, err := strconv.Atoi(lines[0])
	if err != nil {
		t.Fatal(err)
	}
	e.status, e.body, e.headers = status, body, http.Header{}
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		e.headers.Add(name, value)
	}
}

func (c *conformanceCase) configure(t *testing.T, cfg *krr.Config) {
	t.Helper()
	clock, people := conformanceClock, conformancePersons(t)
	for _, line := range c.setup {
		var err error
		switch what, value, _ := strings.Cut(line, " "); what {
		case "clock":
			clock, err = time.Parse(time.RFC3339, value)
		case "persons":
			people = chosenPersons(t, strings.Fields(value))
		case "page":
			cfg.FeedPage, err = strconv.Atoi(value)
		case "guess":
			name, word, _ := strings.Cut(value, "=")
			err = cfg.Guesses.Set(name, word)
		default:
			t.Fatalf("unknown setup %q", line)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	cfg.Register = sandbox.NewRegister(newImage(t, people), sandbox.NewFrozenClock(clock))
}

// chosenPersons gives some of the persons of the cases, in the order asked for.
func chosenPersons(t *testing.T, ids []string) []sandbox.Person {
	t.Helper()
	var chosen []sandbox.Person
	for _, id := range ids {
		for _, p := range append(conformancePersons(t), personM(t)) {
			if p.ID.Digits() == id {
				chosen = append(chosen, p)
			}
		}
	}
	if len(chosen) != len(ids) {
		t.Fatalf("%d of %d persons are known", len(chosen), len(ids))
	}
	return chosen
}

func (e *exchange) check(t *testing.T, rec *httptest.ResponseRecorder) {
	t.Helper()
	if rec.Code != e.status {
		t.Errorf("status is %d, want %d", rec.Code, e.status)
	}
	for name, want := range e.headers {
		if got := rec.Header().Values(name); len(got) != 1 || got[0] != want[0] {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	if _, expected := e.headers["Www-Authenticate"]; !expected && rec.Header().Get("WWW-Authenticate") != "" {
		t.Errorf("WWW-Authenticate is %q, want none", rec.Header().Get("WWW-Authenticate"))
	}
	if got, want := compact(t, rec.Body.String()), compact(t, e.body); got != want {
		t.Errorf("body\n got %s\nwant %s", got, want)
	}
	for _, key := range e.absent {
		if strings.Contains(rec.Body.String(), `"`+key+`"`) {
			t.Errorf("%q is in the body and must not be: %s", key, rec.Body)
		}
	}
}

func compact(t *testing.T, text string) string {
	t.Helper()
	if strings.TrimSpace(text) == "" {
		return ""
	}
	var b bytes.Buffer
	if err := json.Compact(&b, []byte(text)); err != nil {
		t.Errorf("%v in %s", err, text)
	}
	return b.String()
}
