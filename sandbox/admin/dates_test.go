package admin

import (
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
)

func instantOf(t *testing.T, wire string) sandbox.Instant {
	t.Helper()
	at, err := sandbox.ParseInstant(wire)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// Months end at the month's last day, as sandbox.AddMonths says; days keep the
// clock hour in Norway; hours are hours.
func TestReadDate_takes_moments_and_distances(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, now, want string }{
		{"a moment of the register", "2023-06-10T21:00:01+02", "2026-08-31T12:00:00+02", "2023-06-10T21:00:01+02"},
		{"a moment by RFC 3339", "2023-06-10T19:00:01Z", "2026-08-31T12:00:00+02", "2023-06-10T21:00:01+02"},
		{"a moment with a fraction", "2023-06-10T19:00:01.999Z", "2026-08-31T12:00:00+02", "2023-06-10T21:00:01+02"},
		{"now", "now", "2026-08-31T12:00:00+02", "2026-08-31T12:00:00+02"},
		{"months", "-19m", "2026-11-25T12:00:00+01", "2025-04-25T12:00:00+02"},
		{"months and days, one after the other", "-18m+1d", "2026-08-31T12:00:00+02", "2025-03-01T12:00:00+01"},
		{"days before months", "+1d-18m", "2026-08-31T12:00:00+02", "2025-03-01T12:00:00+01"},
		{"years from 29 February", "-1y", "2024-02-29T12:00:00+01", "2023-02-28T12:00:00+01"},
		{"days over the turn of the clock", "-1d", "2026-03-29T12:00:00+02", "2026-03-28T12:00:00+01"},
		{"hours over the turn of the clock", "-24h", "2026-03-29T12:00:00+02", "2026-03-28T11:00:00+01"},
		{"a day before in the hour that there is twice: its first pass", "-1d", "2026-10-26T02:30:00+01", "2026-10-25T02:30:00+02"},
		{"minutes, seconds", "-10min-5s", "2026-08-31T12:00:00+02", "2026-08-31T11:49:55+02"},
		{"forward", "+2y", "2026-08-31T12:00:00+02", "2028-08-31T12:00:00+02"},
	} {
		got, err := readDate(c.text, instantOf(t, c.now))
		if err != nil || got.Wire() != c.want {
			t.Errorf("%s: %s, %v, want %s", c.name, got.Wire(), err, c.want)
		}
	}
	for _, text := range []string{"", "19m", "-m", "-19", "-19 m", "-19M", "-1w", "m", "now-1d", "-1d,", "+-1d", "-123456789d", "2023-06-10", "yesterday", "-99999999y", "-99999999h", "-60y", "+100y", strings.Repeat("-1d", 20) + "x"} {
		if at, err := readDate(text, instantOf(t, "2026-08-31T12:00:00+02")); err == nil {
			t.Errorf("%q gives %s", text, at.Wire())
		}
	}
}

func TestReadPeriod_takes_whole_ISO_8601_periods(t *testing.T) {
	t.Parallel()
	from := time.Date(2026, 8, 31, 12, 0, 0, 0, sandbox.Oslo)
	for text, want := range map[string]string{
		"P18M": "2028-02-29T12:00:00+01:00", "-P18M": "2025-02-28T12:00:00+01:00", "P1Y6M": "2028-02-29T12:00:00+01:00", "P0D": "2026-08-31T12:00:00+02:00",
		"P2W": "2026-09-14T12:00:00+02:00", "P90D": "2026-11-29T12:00:00+01:00", "PT90M": "2026-08-31T13:30:00+02:00", "-PT1S": "2026-08-31T11:59:59+02:00",
		"P1Y2M3W4DT5H6M7S": "2027-11-25T17:06:07+01:00",
	} {
		steps, err := readPeriod(text)
		at, ok := sandbox.Shift(from, steps)
		if got := at.In(sandbox.Oslo).Format(time.RFC3339); err != nil || !ok || got != want {
			t.Errorf("%s: %s, %v, want %s", text, got, err, want)
		}
	}
	for _, text := range []string{"", "P", "-P", "PT", "P1DT", "18M", "P18", "P-1D", "+P1D", "P1.5D", "P1D1M", "p1d", "P1H", "P123456789D", "P1D "} {
		if steps, err := readPeriod(text); err == nil {
			t.Errorf("%q gives %v", text, steps)
		}
	}
}

// FuzzDates: whatever is read as a date is spelt as a date that reads the same,
// and going there and back by days, hours and less leads home.
func FuzzDates(f *testing.F) {
	for _, text := range []string{"2023-06-10T21:00:01+02", "-18m+1d", "-2y", "-90d", "-3h+5min-1s", "now", "P18M", "-P1Y2M3DT4H5M6S", "-99999999y", "PT", "+-1d"} {
		f.Add(text, uint32(1_790_000_000))
	}
	f.Fuzz(func(t *testing.T, text string, clock uint32) {
		now := sandbox.Instant(clock)
		if at, err := readDate(text, now); err == nil && at != 0 {
			if again, err := readDate(at.Wire(), now); err != nil || again != at {
				t.Fatalf("%q is %s, which is read as %s, %v", text, at.Wire(), again.Wire(), err)
			}
		}
		steps, err := readPeriod(text)
		if err != nil {
			return
		}
		back, err := readPeriod(strings.TrimPrefix("-"+text, "--"))
		if err != nil || len(back) != len(steps) {
			t.Fatalf("%q is read, and backwards not: %v", text, err)
		}
		for i := range steps {
			if steps[i].N != -back[i].N || steps[i].Unit != back[i].Unit {
				t.Fatalf("%q: %v is not the inverse of %v", text, back, steps)
			}
		}
		if at, ok := sandbox.Shift(now.Time(), steps); ok && sandbox.InstantOf(at) == 0 {
			t.Fatalf("%q leads out of what an instant holds", text)
		}
	})
}
