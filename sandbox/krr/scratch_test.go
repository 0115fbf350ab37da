package krr

import (
	"net/http/httptest"
	"strings"
	"testing"
)

// The buffers of a request go on to the next ones; a large one must not.
func TestScratch_keeps_buffers_of_common_size_only(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body, answer int
		kept         bool
	}{
		"a thousand numbers":        {14_000, 2 << 20, true},
		"a megabyte of numbers":     {maxBody, 2 << 20, false},
		"an answer that is too big": {14_000, 9 << 20, false},
	} {
		s := new(scratch)
		if f := s.read(httptest.NewRequest("POST", "/", strings.NewReader(strings.Repeat(" ", c.body)))); f != nil {
			t.Fatal(f.reason)
		}
		s.out = append(s.out, make([]byte, c.answer)...)
		s.forget()
		if s.body.Len() != 0 || len(s.out) != 0 {
			t.Errorf("%s: something is left in it", name)
		}
		if kept := s.body.Cap() >= c.body && cap(s.out) >= c.answer; kept != c.kept {
			t.Errorf("%s: kept %v, %d and %d bytes", name, kept, s.body.Cap(), cap(s.out))
		}
	}
}

// What one request asked for must not count as repeated in the next.
func TestScratch_forgets_the_texts_it_has_seen(t *testing.T) {
	t.Parallel()
	s := new(scratch)
	for round := range 3 {
		s.question.ids = append(s.question.ids[:0], []byte("a"), []byte("b"), []byte("a"))
		for i, want := range []bool{false, false, true} {
			if s.repeated(i) != want {
				t.Errorf("round %d: text %d is repeated: %v", round, i, !want)
			}
		}
		s.forget()
	}
}
