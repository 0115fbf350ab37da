package sandbox

import (
	"regexp"
	"strconv"
	"time"
)

// Step is a part of a period: so many of a unit, which is y, m, d, h, min or s.
type Step struct {
	N    int
	Unit string
}

var secondsOf = map[string]int64{"h": 3600, "min": 60, "s": 1}

// From moves a moment by one step: by calendar months and days in Norwegian
// time, where the clock hour is kept, and exactly by what is shorter.
func (s Step) From(t time.Time) time.Time {
	switch s.Unit {
	case "y":
		return AddMonths(t, 12*s.N)
	case "m":
		return AddMonths(t, s.N)
	case "d":
		return AddMonths(t.In(Oslo).AddDate(0, 0, s.N), 0)
	}
	return time.Unix(t.Unix()+int64(s.N)*secondsOf[s.Unit], int64(t.Nanosecond()))
}

// Shift moves a moment step by step. It is not ok when that leads out of the
// time that an [Instant] can hold.
func Shift(t time.Time, steps []Step) (time.Time, bool) {
	for _, s := range steps {
		if t = s.From(t); InstantOf(t) == 0 {
			return time.Time{}, false
		}
	}
	return t, true
}

var (
	oneStep   = regexp.MustCompile(`([+-]\d{1,8})(min|[ymdhs])`)
	manySteps = regexp.MustCompile(`^(?:[+-]\d{1,8}(?:min|[ymdhs]))+$`)
)

// ParseSteps reads how far away something is, as -19m or -18m+1d: one step or
// more, of at most eight digits each.
func ParseSteps(text string) (steps []Step, ok bool) {
	if !manySteps.MatchString(text) {
		return nil, false
	}
	for _, m := range oneStep.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1]) // eight digits at most
		steps = append(steps, Step{n, m[2]})
	}
	return steps, true
}
