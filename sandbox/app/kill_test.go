package app

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestKill_loses_no_acknowledged_change kills the program in the middle of
// parallel writes, again and again: every change that was acknowledged is there
// at the next start, and the numbers of the change feed have no gap. KILLS sets
// how often.
func TestKill_loses_no_acknowledged_change(t *testing.T) {
	t.Parallel()
	kills := 6
	if n, err := strconv.Atoi(os.Getenv("KILLS")); err == nil {
		kills = n
	}
	h := &killing{t: t, folder: t.TempDir(), acknowledged: map[string]int{}, attempted: map[string]int{}}
	for k := range kills {
		v := h.start()
		h.check(v)
		h.write(v, time.Duration(20+37*k%120)*time.Millisecond)
	}
	v := h.start()
	t.Logf("%d kills, %d changes", kills, h.check(v))
	v.kill()
}

// killing is what is known from outside of a program that is killed again and
// again.
type killing struct {
	t      *testing.T
	folder string
	ids    []string // one for each writer
	first  int      // the last number of the change feed before any change

	mu           sync.Mutex
	acknowledged map[string]int // by person: the last change that was answered
	attempted    map[string]int // the last that was asked for
}

// victim is the program as a process of its own.
type victim struct {
	*program
	t   *testing.T
	cmd *exec.Cmd
	log *lastWords
}

// writers change one person each, those with the lowest numbers: two could not
// tell whose change came last.
const writers = 16

func (h *killing) start() *victim {
	h.t.Helper()
	args := []string{"--data", h.folder}
	if h.ids == nil {
		args = append(args, "--persons", "0")
	}
	v := startVictim(h.t, args...)
	if h.ids == nil {
		h.meet(v)
	}
	return v
}

// startVictim starts the program as a process of its own, which ends with the test.
func startVictim(t *testing.T, args ...string) *victim {
	t.Helper()
	v := &victim{t: t, cmd: exec.Command(os.Args[0], append([]string{"serve", "--addr", "127.0.0.1:0"}, args...)...), log: &lastWords{}}
	v.cmd.Env = append(os.Environ(), "BE_THE_PROGRAM=1")
	v.cmd.Stderr = v.log
	out, err := v.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := v.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(v.kill)
	card, err := readCard(out)
	if err != nil {
		v.kill()
		t.Fatalf("it did not start: %v, %s", err, v.log)
	}
	v.program = &program{t: t, base: regexp.MustCompile(`http://[^/\s]+`).FindString(card)}
	return v
}

// lastWords keeps the end of a log that may be long, and notices errors in it.
type lastWords struct {
	mu     sync.Mutex
	text   []byte
	errors bool
}

func (l *lastWords) Write(p []byte) (int, error) {
	const kept, word = 8 << 10, "level=ERROR"
	l.mu.Lock()
	defer l.mu.Unlock()
	l.text = append(l.text, p...)
	l.errors = l.errors || bytes.Contains(l.text[max(0, len(l.text)-len(p)-len(word)):], []byte(word))
	l.text = append(l.text[:0], l.text[max(0, len(l.text)-kept):]...)
	return len(p), nil
}

func (l *lastWords) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return string(l.text)
}

// checkLog fails the test if the program has logged an error.
func (v *victim) checkLog() {
	v.t.Helper()
	v.log.mu.Lock()
	defer v.log.mu.Unlock()
	if v.log.errors {
		v.t.Errorf("the log has errors; it ends with\n%s", v.log.text)
	}
}

// meet learns the persons and the first number.
func (h *killing) meet(v *victim) {
	var list struct {
		Persons []struct{ Personidentifikator string }
	}
	v.get("/sandbox/v1/persons?limit="+strconv.Itoa(writers), &list)
	for _, p := range list.Persons {
		h.ids = append(h.ids, p.Personidentifikator)
	}
	if len(h.ids) != writers {
		h.t.Fatalf("%d persons", len(h.ids))
	}
	h.first = v.lastNumber()
}

func (v *victim) kill() {
	_ = v.cmd.Process.Kill() // it may be gone
	_ = v.cmd.Wait()         // "signal: killed" is what we asked for
}

// write lets the writers change their persons until the kill.
func (h *killing) write(v *victim, long time.Duration) {
	var wg sync.WaitGroup
	for _, id := range h.ids {
		wg.Go(func() {
			for h.change(v, id) {
			}
		})
	}
	timer := time.AfterFunc(long, func() { _ = v.cmd.Process.Kill() })
	wg.Wait()
	timer.Stop()
	v.kill()
}

// change makes a person's next change; false when the program is gone.
func (h *killing) change(v *victim, id string) bool {
	h.mu.Lock()
	h.attempted[id]++
	n := h.attempted[id]
	h.mu.Unlock()
	body := fmt.Sprintf(`{"status":"AKTIV","kontaktinformasjon":{"epostadresse":"nr%d@example.com"}}`, n)
	r, err := http.NewRequestWithContext(h.t.Context(), http.MethodPatch, v.base+"/sandbox/v1/persons/"+id, strings.NewReader(body))
	if err != nil {
		h.t.Error(err)
		return false
	}
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		return false
	}
	answer, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close() // it was read to its end, or the program is gone
	if err != nil {
		return false
	}
	if resp.StatusCode != http.StatusOK {
		h.t.Errorf("%d %s", resp.StatusCode, answer)
		return false
	}
	h.mu.Lock()
	h.acknowledged[id] = n
	h.mu.Unlock()
	return true
}

// check reads every person back: at least the acknowledged change is there, and
// at most the one that was under way. It gives the number of changes so far,
// which is how far the change feed has come.
func (h *killing) check(v *victim) int {
	changes := 0
	for _, id := range h.ids {
		n := 0
		if _, err := fmt.Sscanf(v.email(id), "nr%d@", &n); err != nil && h.acknowledged[id] > 0 {
			h.t.Errorf("a person has lost the e-mail: %v", err)
		}
		if n < h.acknowledged[id] || n > h.attempted[id] {
			h.t.Errorf("change %d is there; %d was acknowledged and %d attempted", n, h.acknowledged[id], h.attempted[id])
		}
		h.acknowledged[id], h.attempted[id] = n, n
		changes += n
	}
	if last := v.lastNumber(); last != h.first+changes {
		h.t.Errorf("the last number is %d, want %d and %d changes", last, h.first, changes)
	}
	return changes
}

// lastNumber is the last number of the change feed.
func (v *victim) lastNumber() int {
	a := v.call("POST", "/sandbox/v1/tokens", `{"client_id":"demo","scope":"krr:global/hentendring.read"}`, "Content-Type: application/json", "Accept: text/plain")
	feed := v.call("POST", "/rest/v2/krr/hentEndringer", `{"fraEndringsId":299999999}`, "Content-Type: application/json", "Authorization: Bearer "+strings.TrimSpace(a.body))
	match := regexp.MustCompile(`"sisteEndringsId":(\d+)`).FindStringSubmatch(feed.body)
	if match == nil {
		v.t.Fatalf("the change feed: %d %s", feed.status, feed.body)
	}
	n, err := strconv.Atoi(match[1])
	if err != nil {
		v.t.Fatal(err)
	}
	return n
}
