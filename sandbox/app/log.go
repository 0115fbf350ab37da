package app

import (
	"io"
	"strconv"
	"sync"
	"time"
)

// requestLog gathers the lines of requests and writes many at once, since a
// write costs as much as a look-up. Lines wait for [linesWait] at most; whatever
// else is written to it, such as an error, is written at once and takes them
// along, in order. Who kills the program, or lets it crash outside a request,
// loses the lines that wait. It is safe for use by many at once.
type requestLog struct {
	mu      sync.Mutex
	out     io.Writer
	waiting []byte
	timer   *time.Timer // runs while lines wait
	closed  bool        // nothing waits any more

	second int64  // the Unix time that stamp shows; all times are of one location
	stamp  []byte // as slog writes it
}

const (
	linesWait = 100 * time.Millisecond
	linesMost = 64 << 10 // bytes that wait; more are written at once
)

func newRequestLog(out io.Writer) *requestLog {
	l := &requestLog{out: out}
	l.timer = time.AfterFunc(linesWait, func() { _ = l.Flush() }) // where the log is gone there is nobody to tell
	l.timer.Stop()
	return l
}

// Write writes whole lines at once, after those that wait.
func (l *requestLog) Write(lines []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.waiting = append(l.waiting, lines...)
	return len(lines), l.flush()
}

// Flush writes the lines that wait.
func (l *requestLog) Flush() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.flush()
}

// Close writes the lines that wait; later ones are written at once.
func (l *requestLog) Close() error {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.closed = true
	return l.flush()
}

func (l *requestLog) flush() error {
	if len(l.waiting) == 0 {
		return nil
	}
	l.timer.Stop()
	_, err := l.out.Write(l.waiting)
	l.waiting = l.waiting[:0]
	return err
}

// add adds the line of one request that ended at a time, as slog's text handler
// would write it. It refuses, and leaves to slog, texts that slog might quote.
func (l *requestLog) add(at time.Time, method, path string, status int, took time.Duration) bool {
	if !unquoted(method) || !unquoted(path) {
		return false
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	first := len(l.waiting) == 0
	b := append(l.waiting, "time="...)
	b = append(b, l.stampOf(at)...)
	b = append(b, " level=INFO msg=request method="...)
	b = append(b, method...)
	b = append(b, " path="...)
	b = append(b, path...)
	b = append(b, " status="...)
	b = strconv.AppendInt(b, int64(status), 10)
	b = append(b, " took="...)
	b = append(b, took.String()...)
	l.waiting = append(b, '\n')
	switch {
	case l.closed || len(l.waiting) >= linesMost:
		_ = l.flush() // where the log is gone there is nobody to tell
	case first:
		l.timer.Reset(linesWait)
	}
	return true
}

// stampOf formats a time to the millisecond; all but those once a second.
func (l *requestLog) stampOf(at time.Time) []byte {
	const form, millis = "2006-01-02T15:04:05.000Z07:00", len("2006-01-02T15:04:05.")
	if second := at.Unix(); second != l.second || l.stamp == nil {
		l.second, l.stamp = second, at.AppendFormat(l.stamp[:0], form)
	}
	ms := at.Nanosecond() / int(time.Millisecond)
	l.stamp[millis], l.stamp[millis+1], l.stamp[millis+2] = byte('0'+ms/100), byte('0'+ms/10%10), byte('0'+ms%10)
	return l.stamp
}

// unquoted tells whether a text is surely written as it is by slog.
func unquoted(s string) bool {
	for i := range len(s) {
		if c := s[i]; c <= ' ' || c >= 0x7f || c == '"' || c == '=' {
			return false
		}
	}
	return s != ""
}
