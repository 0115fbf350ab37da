package app

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// A reader of the log cannot tell our lines from slog's own.
func TestRequestLog_writes_what_slog_would(t *testing.T) {
	t.Parallel()
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 25, 17, 59, 59, 7_999_999, oslo)
	for name, c := range map[string]struct {
		at           time.Time
		method, path string
		took         time.Duration
		leaves       bool // to slog
	}{
		"a look-up":                        {at, "POST", "/rest/v1/personer", 35_250, false},
		"the same second":                  {at.Add(992 * time.Millisecond), "POST", "/rest/v1/personer", time.Second, false},
		"universal time":                   {at.Add(time.Minute).UTC(), "GET", "/", 0, false},
		"summer time":                      {at.AddDate(0, 8, 0), "GET", "/", time.Hour, false},
		"a masked number":                  {at, "GET", "/058403*****", time.Minute, false},
		"signs that slog does not quote":   {at, "GET", `/a\b<c>'d'&%[e]{f}`, 1, false},
		"a path with a space":              {at, "GET", "/a b", 1, true},
		"a path with an equals sign":       {at, "GET", "/a=b", 1, true},
		"a path with a quotation mark":     {at, "GET", `/a"b`, 1, true},
		"a path with a line break":         {at, "GET", "/a\nlevel", 1, true},
		"a path with another alphabet":     {at, "GET", "/æ", 1, true},
		"a path that is not in UTF-8":      {at, "GET", "/\xff", 1, true},
		"a path that a terminal acts upon": {at, "GET", "/\x7f\x1b[2J", 1, true},
		"no path":                          {at, "OPTIONS", "", 1, true},
	} {
		var want, got bytes.Buffer
		r := slog.NewRecord(c.at, slog.LevelInfo, "request", 0)
		r.Add("method", c.method, "path", c.path, "status", 200, "took", c.took)
		if err := slog.NewTextHandler(&want, nil).Handle(t.Context(), r); err != nil {
			t.Fatal(err)
		}
		l := newRequestLog(&got)
		if taken := l.add(at, "GET", "/before", 200, 1) && l.add(c.at, c.method, c.path, 200, c.took); taken == c.leaves {
			t.Errorf("%s: taken %t", name, taken)
		}
		if err := l.Flush(); err != nil {
			t.Fatal(err)
		}
		if _, line, _ := strings.Cut(got.String(), "\n"); line != want.String() && !c.leaves {
			t.Errorf("%s:\n got %swant %s", name, line, want.String())
		}
	}
}

// writes remembers each write by itself.
type writes struct {
	mu  sync.Mutex
	all []string
}

func (w *writes) Write(b []byte) (int, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.all = append(w.all, string(b))
	return len(b), nil
}

func (w *writes) count() int {
	w.mu.Lock()
	defer w.mu.Unlock()
	return len(w.all)
}

func addLine(l *requestLog, path string) { l.add(time.Now(), "GET", path, 200, 1) }

func TestRequestLog_lets_lines_wait_a_tenth_of_a_second(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &writes{}
		l := newRequestLog(w)
		for round := range 3 {
			addLine(l, "/first")
			time.Sleep(linesWait - time.Microsecond)
			addLine(l, "/second")
			synctest.Wait()
			if w.count() != round {
				t.Fatalf("round %d: %d writes before the time", round, w.count())
			}
			time.Sleep(time.Microsecond)
			synctest.Wait()
			if w.count() != round+1 || strings.Count(w.all[round], "\n") != 2 {
				t.Fatalf("round %d: %q", round, w.all)
			}
			time.Sleep(time.Hour)
		}
	})
}

func TestRequestLog_writes_an_error_at_once_and_in_order(t *testing.T) {
	t.Parallel()
	w := &writes{}
	l := newRequestLog(w)
	addLine(l, "/before")
	slog.New(slog.NewTextHandler(l, nil)).Error("trouble")
	if w.count() != 1 || !strings.Contains(w.all[0], "path=/before") || strings.Index(w.all[0], "/before") > strings.Index(w.all[0], "trouble") {
		t.Errorf("%q", w.all)
	}
}

func TestRequestLog_lets_no_more_wait_than_it_says(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &writes{}
		l := newRequestLog(w)
		addLine(l, "/"+strings.Repeat("x", linesMost))
		if w.count() != 1 {
			t.Errorf("%d writes", w.count())
		}
	})
}

func TestRequestLog_keeps_nothing_back_after_its_end(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		w := &writes{}
		l := newRequestLog(w)
		addLine(l, "/waits")
		if err := l.Close(); err != nil || w.count() != 1 {
			t.Errorf("%v, %q", err, w.all)
		}
		addLine(l, "/late")
		if w.count() != 2 || !strings.Contains(w.all[1], "path=/late") {
			t.Errorf("%q", w.all)
		}
	})
}

// A log that cannot be written must not grow.
func TestRequestLog_forgets_what_nobody_takes(t *testing.T) {
	t.Parallel()
	reader, writer := io.Pipe()
	gone := errors.New("gone")
	_ = reader.CloseWithError(gone)
	l := newRequestLog(writer)
	addLine(l, "/lost")
	if err := l.Flush(); !errors.Is(err, gone) || len(l.waiting) != 0 {
		t.Errorf("%v; %d bytes wait", err, len(l.waiting))
	}
}

func TestRequestLog_mixes_no_lines_of_many_at_once(t *testing.T) {
	t.Parallel()
	w := &writes{}
	l := newRequestLog(w)
	log := slog.New(slog.NewTextHandler(l, nil))
	var all sync.WaitGroup
	for who := range 4 {
		all.Go(func() {
			for i := range 1000 {
				addLine(l, fmt.Sprintf("/line/%d/%d", who, i))
				if i%100 == 0 {
					log.Warn("warning")
				}
			}
		})
	}
	all.Wait()
	if err := l.Close(); err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.Join(w.all, ""), "\n")
	if len(lines) != 4*1010+1 {
		t.Errorf("%d lines", len(lines)-1)
	}
	for _, line := range lines[:len(lines)-1] {
		if !strings.HasPrefix(line, "time=") || strings.Count(line, "time=") != 1 || strings.Count(line, "msg=") != 1 {
			t.Fatalf("not one line: %q", line)
		}
	}
}

func TestServe_loses_no_line_of_a_request_at_its_end(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	for i := range 50 {
		p.call("GET", fmt.Sprintf("/livez?nr=%d", i), "")
		p.call("GET", fmt.Sprintf("/rest/%d", i), "")
	}
	p.stop()
	log := p.log.String()
	if n := strings.Count(log, "path=/livez status=200 took="); n != 50 {
		t.Errorf("%d lines of 50", n)
	}
	for i := range 50 {
		if !strings.Contains(log, fmt.Sprintf("path=/rest/%d status=404 took=", i)) {
			t.Errorf("request %d is not in the log", i)
		}
	}
}
