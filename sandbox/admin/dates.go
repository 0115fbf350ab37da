package admin

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"liksom/sandbox"
)

// step is a part of a period: so many of a unit, which is y, m, d, h, min or s.
type step struct {
	n    int
	unit string
}

var secondsOf = map[string]int64{"h": 3600, "min": 60, "s": 1}

// shift moves a moment step by step: by calendar months and days in Norwegian
// time, where the clock hour is kept, and exactly by what is shorter. It is not
// ok when that leads out of the time that the register can hold.
func shift(t time.Time, steps []step) (time.Time, bool) {
	for _, s := range steps {
		switch s.unit {
		case "y":
			t = sandbox.AddMonths(t, 12*s.n)
		case "m":
			t = sandbox.AddMonths(t, s.n)
		case "d":
			t = sandbox.AddMonths(t.In(sandbox.Oslo).AddDate(0, 0, s.n), 0)
		default:
			t = time.Unix(t.Unix()+int64(s.n)*secondsOf[s.unit], int64(t.Nanosecond()))
		}
		if sandbox.InstantOf(t) == 0 {
			return time.Time{}, false
		}
	}
	return t, true
}

var (
	oneStep   = regexp.MustCompile(`([+-]\d{1,8})(min|[ymdhs])`)
	manySteps = regexp.MustCompile(`^(?:[+-]\d{1,8}(?:min|[ymdhs]))+$`)
	isoPeriod = regexp.MustCompile(`^(-?)P(?:(\d{1,8})Y)?(?:(\d{1,8})M)?(?:(\d{1,8})W)?(?:(\d{1,8})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})S)?)?$`)
)

// readDate reads a date of a person: a moment, now, or how far from now, as
// -19m or -18m+1d.
func readDate(text string, now sandbox.Instant) (sandbox.Instant, error) {
	if at, err := sandbox.ParseInstant(text); err == nil {
		return at, nil
	}
	if text == "now" {
		return now, nil
	}
	if !manySteps.MatchString(text) {
		return 0, invalid("date.invalid", fmt.Sprintf("%q is not a date; write it as 2023-06-10T21:00:01+02, or as far from the register clock: -19m, -18m+1d, -2y, -3h, -10min, now", sandbox.Short(text)))
	}
	var steps []step
	for _, m := range oneStep.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1]) // eight digits at most
		steps = append(steps, step{n, m[2]})
	}
	at, ok := shift(now.Time(), steps)
	if !ok {
		return 0, invalid("date.invalid", fmt.Sprintf("%q is further away than the register can hold; 1970 to 2106 is possible", sandbox.Short(text)))
	}
	return sandbox.InstantOf(at), nil
}

// readPeriod reads an ISO 8601 period of whole numbers, backwards with a minus in front.
func readPeriod(text string) ([]step, error) {
	m := isoPeriod.FindStringSubmatch(text)
	var steps []step
	if m != nil && !strings.HasSuffix(text, "T") {
		for i, unit := range []string{"y", "m", "w", "d", "h", "min", "s"} {
			n, err := strconv.Atoi(m[1] + m[i+2])
			if err != nil {
				continue // this unit is not there
			}
			if unit == "w" {
				n, unit = 7*n, "d"
			}
			steps = append(steps, step{n, unit})
		}
	}
	if len(steps) == 0 {
		return nil, invalid("period.invalid", fmt.Sprintf("%q is not a period; write P18M, P1Y6M, P90D, PT3H or -P1D", sandbox.Short(text)))
	}
	return steps, nil
}
