package ui

import (
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
)

func TestReadMoment_takes_what_people_write(t *testing.T) {
	t.Parallel()
	now := time.Date(2026, 11, 25, 9, 41, 0, 0, sandbox.Oslo)
	for text, want := range map[string]string{
		"19.02.2028 20.00": "2028-02-19T20:00:00+01:00", "19.2.2028 8.05": "2028-02-19T08:05:00+01:00", "19.02.2028, kl. 20:00": "2028-02-19T20:00:00+01:00",
		"19.02.2028": "2028-02-19T00:00:00+01:00", "1.7.2028": "2028-07-01T00:00:00+02:00", "2028-02-19": "2028-02-19T00:00:00+01:00", "2028-02-19 20:00": "2028-02-19T20:00:00+01:00",
		"2028-02-19T20:00": "2028-02-19T20:00:00+01:00", "2028-02-19T20:00:00Z": "2028-02-19T21:00:00+01:00", "2028-02-19T20:00:00+01": "2028-02-19T20:00:00+01:00",
		"+18m": "2028-05-25T09:41:00+02:00", "-3d": "2026-11-22T09:41:00+01:00", "+1y-1d": "2027-11-24T09:41:00+01:00",
		"": "", "x": "", "31.02.2028": "", "19.02.28": "", "25.25.2028": "", "19.02.2028 25.00": "", "+99999999y": "", "18m": "",
	} {
		at, ok := readMoment(text, now)
		got := ""
		if ok {
			got = at.In(sandbox.Oslo).Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q is %q, wanted %q", text, got, want)
		}
	}
}

func TestTime_page_shows_the_clock_and_what_moving_does(t *testing.T) {
	t.Parallel()
	clock := sandbox.NewClock(castNow.UTC)
	s := newStage(t, clock, cast())
	page := read(s.get(t, timePath))
	for _, want := range []string{"Registerets klokke", "kan varsles nå", "Nullstill personer og klokke", "+18 md."} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page: %s", want, page)
		}
	}
	if strings.Contains(page, "fram") {
		t.Error("the real time is ahead of itself")
	}
	_ = clock.Set(sandbox.AddMonths(castNow.UTC(), 15), true)
	if page := read(s.get(t, timePath)); !strings.Contains(page, "15 måneder fram") {
		t.Errorf("a clock that was moved: %s", page)
	}
}

// How far the clock is moved is counted as it is moved, where a month is short too.
func TestClock_is_as_far_ahead_as_it_was_moved(t *testing.T) {
	t.Parallel()
	for _, real := range []time.Time{castNow, time.Date(2027, 10, 31, 2, 30, 0, 0, sandbox.Oslo), time.Date(2028, 8, 31, 12, 0, 0, 0, sandbox.Oslo), time.Date(2028, 2, 29, 12, 0, 0, 0, sandbox.Oslo)} {
		for months, want := range map[int]string{1: "én måned fram", 16: "16 måneder fram", 18: "18 måneder fram", -1: "én måned tilbake", -18: "18 måneder tilbake"} {
			if got := (words{}).apart(sandbox.AddMonths(real, months), real); strings.ReplaceAll(got, nbsp, " ") != want {
				t.Errorf("%s moved by %d months: %q", real, months, got)
			}
		}
	}
	for d, want := range map[time.Duration]string{49 * time.Hour: "2 dager fram", -25 * time.Hour: "én dag tilbake", time.Hour: "mindre enn en dag fram"} {
		if got := (words{}).apart(castNow.Add(d), castNow); strings.ReplaceAll(got, nbsp, " ") != want {
			t.Errorf("moved by %s: %q", d, got)
		}
	}
}
