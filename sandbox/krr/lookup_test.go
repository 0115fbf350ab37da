package krr

import (
	"testing"
	"time"

	"liksom/sandbox"
)

func TestWindowAtIsTheRegistersOwn(t *testing.T) {
	t.Parallel()
	var a API
	at := time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)
	for _, at := range []time.Time{
		at, at.Add(999 * time.Millisecond), at.Add(time.Second), at,
		time.Date(2107, 1, 1, 0, 0, 0, 0, time.UTC), time.Date(2107, 2, 1, 0, 0, 0, 0, time.UTC), // later than an Instant can be
		time.Date(1960, 1, 1, 0, 0, 0, 0, time.UTC), at,
	} {
		if got, want := a.windowAt(at), sandbox.WindowAt(at); got != want {
			t.Errorf("%v: %v, want %v", at, got, want)
		}
	}
}
