package krr

import (
	"math/rand/v2"
	"testing"

	"liksom/sandbox"
)

func TestCalendarSpellsEveryInstantAsWireDoes(t *testing.T) {
	t.Parallel()
	c := newCalendar()
	check := func(at sandbox.Instant) {
		if got, want := string(c.appendWire(nil, at)), at.Wire(); at != 0 && got != want {
			t.Errorf("%d is %s, want %s", at, got, want)
		}
	}
	for _, at := range []sandbox.Instant{1, 86399, 86400, 1<<pieceBits - 1, 1 << pieceBits, 1<<32 - 1} {
		check(at)
	}
	const day, hour = 86400, 3600
	for at := sandbox.Instant(0); at < 1<<32-2*day; at += day {
		check(at + day - 1)
		check(at + day/2)
		if hoursAhead(at) != hoursAhead(at+day) { // both sides of the change, and of every other hour
			for h := at; h < at+day; h += hour {
				check(h)
				check(h + hour - 1)
			}
		}
	}
	random := rand.New(rand.NewPCG(1, 2))
	for range 100_000 {
		check(sandbox.Instant(random.Uint32()))
	}
}
