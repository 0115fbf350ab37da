package sandbox

import (
	"math/rand/v2"
	"testing"
	"time"
)

// Source: difi.no, 2015, for the sixteen months; that they end with a short month
// is our reading.
func TestRemindAt_is_sixteen_calendar_months_later(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, newest, want string }{
		{"an ordinary day", "2025-07-15T12:00:00+02", "2026-11-15T12:00:00+01"},
		{"the last day of a month that is shorter then", "2025-10-31T10:00:00+01", "2027-03-01T00:00:00+01"},
		{"30 April, which three days go back to: the first of them", "2025-04-30T15:00:00+02", "2026-08-30T15:00:00+02"},
		{"an hour that is skipped then", "2024-11-29T02:30:00+01", "2026-03-29T03:00:00+02"},
		{"no date", "", ""},
	} {
		if got := RemindAt(instant(t, c.newest)); got != instant(t, c.want) {
			t.Errorf("%s: %s is reminded of at %s, want %s", c.name, c.newest, got.Wire(), c.want)
		}
	}
}

// Who is reminded by a moment is whose reminder is due by then, around every end
// of a month and every turn of the clock.
func TestRemindedBy_agrees_with_RemindAt(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(16, 1))
	for range 40_000 {
		month := time.Date(2020, time.Month(1+rng.IntN(120)), 1, 0, 0, 0, 0, Oslo)
		at := month.Add(time.Duration(rng.IntN(8*24*3600)-6*24*3600) * time.Second)
		newest := InstantOf(AddMonths(at, -remindMonths).Add(time.Duration(rng.IntN(4*24*3600)-2*24*3600) * time.Second))
		if rng.IntN(2) == 0 { // close by
			newest = InstantOf(AddMonths(at, -remindMonths).Add(time.Duration(rng.IntN(3*3600)-5400) * time.Second))
		}
		due, gone := RemindAt(newest), RemindedBy(at)
		if (newest <= gone) != (due <= InstantOf(at)) {
			t.Fatalf("%s is due at %s, but at %s dates up to %s are reminded of", newest.Wire(), due.Wire(), at.In(Oslo).Format(wireLayout), gone.Wire())
		}
		if RemindAt(newest+1) < due {
			t.Fatalf("the date after %s is due earlier than %s", newest.Wire(), due.Wire())
		}
	}
}
