package admin_test

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"liksom/sandbox/outbox"
)

// sent puts one message of each kind into the box: two codes and a change.
func (w *world) sent() {
	r := w.reg.Person(numberOf(w.t, modig))
	w.box.Add(
		outbox.Code("12345", noon, noon.Add(10*time.Minute)).To(r, outbox.SMS, noon),
		outbox.Code("54321", noon, noon.Add(10*time.Minute)).To(r, outbox.Email, noon.Add(time.Minute)),
		outbox.Changed().To(w.reg.Person(numberOf(w.t, grundig)), outbox.SMS, noon.Add(2*time.Minute)),
	)
}

// numbers gives those of the messages in an answer.
func numbers(t *testing.T, answer *httptest.ResponseRecorder) string {
	t.Helper()
	var got struct {
		Messages []struct{ Nr int }
	}
	if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil || answer.Code != 200 {
		t.Fatalf("status %d, %v: %s", answer.Code, err, answer.Body)
	}
	var out []string
	for _, m := range got.Messages {
		out = append(out, fmt.Sprint(m.Nr))
	}
	return strings.Join(out, " ")
}

func TestOutbox_lists_what_is_asked_for(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sent()
	for _, c := range []struct{ name, query, want string }{
		{"everything, newest first", "", "3 2 1"},
		{"at most so many", "limit=2", "3 2"},
		{"to a mobile", "to=%2B4799990002", "1"},
		{"to a mobile whose plus sign was not escaped", "to=+4799990002", "1"},
		{"to a mobile without its country", "to=99990002", "1"},
		{"to an e-mail in another case", "to=MODIG@example.test", "2"},
		{"to nobody", "to=ingen@example.test", ""},
		{"to a person", "person=" + modig, "2 1"},
		{"by a channel", "channel=epost", "2"},
		{"for a reason", "type=endring", "3"},
		{"with words", "q=54321+modig", "2"},
		{"after a number", "since=2", "3"},
		{"since a moment", "since=2026-11-25T11:01:00Z", "3 2"},
		{"since a moment whose plus sign was not escaped", "since=2026-11-25T12:02:00+01:00", "3"},
		{"all at once", "to=modig@example.test&person=" + modig + "&channel=epost&type=kode&since=1&limit=1&wait=10s", "2"},
	} {
		if got := numbers(t, w.call("GET", "/outbox?"+c.query, "")); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
	const code = `{"messages":[{"nr":1,"time":"2026-11-25T12:00:00+01:00","channel":"sms","to":"+4799990002","personidentifikator":"41858000236","name":"Modig McRev",` +
		`"type":"kode","text":"Koden din er 12345. Den gjelder i 10 minutter. Har du ikke bedt om koden, kan du se bort fra denne meldingen.","language":"nb",` +
		`"code":"12345","code_expires":"2026-11-25T12:10:00+01:00"}]}`
	if got := strings.TrimSpace(w.call("GET", "/outbox?to=99990002", "").Body.String()); got != code {
		t.Errorf("got %s, want %s", got, code)
	}
	w.has(w.must(200, "DELETE", "/outbox", ""), map[string]string{"messages": "3"})
	if got := w.call("GET", "/outbox", "").Body.String(); got != `{"messages":[]}`+"\n" {
		t.Errorf("emptied, it holds %s", got)
	}
}

func TestOutbox_says_what_would_be_right(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for query, words := range map[string]string{
		"since=i+g%C3%A5r":                 "number of a message, as 17, or a moment, as 2026-11-25T12:00:00Z",
		"since=-1":                         "number of a message",
		"since=2026-11-25":                 "or a moment",
		"wait=5":                           "as 5s or 500ms",
		"wait=-1s":                         "from 0s to 60s",
		"wait=61s":                         "from 0s to 60s",
		"limit=0":                          "from 1 to 1000",
		"limit=1001":                       "from 0 to 1000",
		"to=modig":                         "a mobile number, as %2B4799994127, or an e-mail",
		"person=1":                         "",
		"person=05840399894":               "",
		"channel=brev":                     "sms or epost",
		"type=reklame":                     "[kode paaminnelse endring reservasjon postkasse]",
		"to=x" + strings.Repeat("x", 5000): "neither",
	} {
		w.refused(400, "GET", "/outbox?"+query, "", words)
	}
}

func TestOutbox_answers_when_the_message_comes(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := newWorld(t)
		begun := time.Now()
		ask := func(ctx context.Context, query string) *httptest.ResponseRecorder {
			answer := httptest.NewRecorder()
			w.api.ServeHTTP(answer, httptest.NewRequest("GET", "/sandbox/v1/outbox?"+query, nil).WithContext(ctx))
			return answer
		}
		time.AfterFunc(2*time.Second, w.sent)
		if got := numbers(t, ask(t.Context(), "to=modig@example.test&wait=5s")); got != "2" || time.Since(begun) != 2*time.Second {
			t.Errorf("got %q after %v", got, time.Since(begun))
		}
		if got := numbers(t, ask(t.Context(), "since=3&wait=1m")); got != "" || time.Since(begun) != 62*time.Second {
			t.Errorf("got %q after %v", got, time.Since(begun))
		}
		gone, leave := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, leave)
		ask(gone, "since=3&wait=1m")
		if time.Since(begun) != 63*time.Second {
			t.Errorf("a caller who has left is waited for: %v", time.Since(begun))
		}
	})
}

// Whatever a query holds, the answer is a list or says what is wrong.
func FuzzOutbox(f *testing.F) {
	for _, q := range []string{"", "to=%2B47&since=1&wait=0s", "since=2026-11-25T12:00:00+01:00", "wait=1e9s&limit=9", "since=18446744073709551616", "person=05840399895&type=kode&channel=sms&q=%ff"} {
		f.Add(q)
	}
	w := newWorld(f)
	w.sent()
	f.Fuzz(func(t *testing.T, raw string) {
		v, err := url.ParseQuery(raw)
		if err != nil {
			return
		}
		gone, leave := context.WithCancel(t.Context())
		leave() // waits for nothing
		answer := httptest.NewRecorder()
		r := httptest.NewRequest("GET", "/sandbox/v1/outbox", nil).WithContext(gone)
		r.URL.RawQuery = v.Encode()
		w.api.ServeHTTP(answer, r)
		if answer.Code != 200 && answer.Code != 400 || !json.Valid(answer.Body.Bytes()) {
			t.Errorf("%q: %d %s", raw, answer.Code, answer.Body)
		}
	})
}
