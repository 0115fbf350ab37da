package app

import (
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

func TestOutbox_over_the_wire(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "300", "--reference-date", "2026-11-25", "--clock", "2026-11-25T12:00:00+01:00")
	asks := func(args ...string) (int, string, string) {
		return run(t, nil, append(append([]string{"outbox"}, args...), "--server", p.base)...)
	}
	if code, out, _ := asks(); code != 0 || out != "NR  TIME  CHANNEL  TO  TYPE  TEXT\n" {
		t.Errorf("at first: %d %q", code, out)
	}
	if code, _, errs := asks("--wait", "1ms"); code != 1 || !strings.Contains(errs, "no such message came") {
		t.Errorf("waited for nothing: %d %q", code, errs)
	}
	if code, _, errs := asks("--since", "i går"); code != 1 || !strings.Contains(errs, "since must be the number of a message") {
		t.Errorf("asked wrongly: %d %q", code, errs)
	}
	p.call("PUT", "/sandbox/v1/clock", `{"advance":"P6M"}`, "Content-Type: application/json")
	var all struct{ Messages []outbox.Message }
	p.get("/sandbox/v1/outbox?limit=1000", &all)
	if len(all.Messages) == 0 {
		t.Fatal("half a year brings no reminder")
	}
	newest := all.Messages[0]
	code, out, _ := asks("--limit", "1", "--to", strings.ToUpper(newest.To))
	if want := strings.Join([]string{newest.Time.Format(time.RFC3339), string(newest.Channel), newest.To, "paaminnelse"}, " "); code != 0 || !strings.Contains(strings.Join(strings.Fields(out), " "), want) {
		t.Errorf("%d %q, want %q", code, out, want)
	}
	if code, out, _ := asks("--json", "--limit", "1", "--wait", "5s"); code != 0 || !strings.HasPrefix(out, `{"messages":[{"nr":`) {
		t.Errorf("as JSON: %d %q", code, out)
	}
	if code, _, _ := asks("--code"); code != 1 {
		t.Errorf("there is no code: %d", code)
	}
	if code, out, _ := asks("--clear"); code != 0 || !strings.HasPrefix(out, `{"messages":`) {
		t.Errorf("emptied: %d %q", code, out)
	}

	p.call("DELETE", "/sandbox/v1/clock", "")
	p.call("PUT", "/sandbox/v1/clock", `{"advance":"P6M"}`, "Content-Type: application/json")
	if p.get("/sandbox/v1/outbox", &all); len(all.Messages) != 0 {
		t.Errorf("the clock back and forth reminds again: %+v", all.Messages[0])
	}
	if a := p.call("POST", "/sandbox/v1/reset", ""); a.status != http.StatusOK {
		t.Fatalf("%+v", a)
	}
	p.call("PUT", "/sandbox/v1/clock", `{"advance":"P6M"}`, "Content-Type: application/json")
	var again struct{ Messages []outbox.Message }
	if p.get("/sandbox/v1/outbox?limit=1000", &again); len(again.Messages) == 0 || again.Messages[0].To != newest.To || !again.Messages[0].Time.Equal(newest.Time) {
		t.Errorf("after a reset %d messages come, want those of before", len(again.Messages))
	}
}

// Who waits is answered by what another caller makes due.
func TestOutbox_wait_sees_the_clock_moved(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "100", "--reference-date", "2026-11-25", "--clock", "2026-11-25T12:00:00+01:00")
	moved := make(chan error, 1)
	go func() {
		var c commands
		c.Clock.Advance.Server, c.Clock.Advance.Period = p.base, "P12M"
		moved <- c.Clock.Advance.Run(streams{out: io.Discard, ctx: t.Context()})
	}()
	var found struct{ Messages []outbox.Message }
	p.get("/sandbox/v1/outbox?wait=60s&limit=1", &found)
	if err := <-moved; err != nil {
		t.Fatal(err)
	}
	if len(found.Messages) != 1 || found.Messages[0].Reason != outbox.ReasonReminder || found.Messages[0].Time.Before(time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)) {
		t.Errorf("got %+v", found.Messages)
	}
}
