package catalogue

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"time"

	"liksom/sandbox"
)

// when is a moment of an entry: so far from an anchor, or a moment as it stands.
// The zero when is no moment.
type when struct {
	anchor anchor
	month  time.Month // of the anchor "day"
	day    int
	fixed  sandbox.Instant
	steps  []step
}

// anchor is what the steps of a moment are counted from.
type anchor uint8

const (
	noMoment anchor = iota
	atT             // the first instant of the reference date
	onDay           // --08-31: the first such day on or after the reference date, at midnight
	atAutumn        // hoest: the last end of summer time before T, when 03:00 became 02:00
	atSpring        // vaar: the last beginning of summer time before T, when 02:00 became 03:00
	atFixed         // a moment in full
)

// step is so many of a unit: y, m and d by the calendar of Norway, where the
// clock hour is kept; h, min and s exactly.
type step struct {
	n    int
	unit string
}

var (
	oneStep  = regexp.MustCompile(`([+-]\d{1,6})(min|[ymdhs])`)
	momentIs = regexp.MustCompile(`^(T|hoest|vaar|--\d\d-\d\d)?((?:[+-]\d{1,6}(?:min|[ymdhs]))*)$`)
)

// readWhen reads a moment: T, -20m, -18m+1d, --08-31-18m, hoest-30min, or a
// moment in full. "" is none.
func readWhen(text string) (when, error) {
	if text == "" {
		return when{}, nil
	}
	m := momentIs.FindStringSubmatch(text)
	if m == nil {
		if at, err := sandbox.ParseInstant(text); err == nil {
			return when{anchor: atFixed, fixed: at}, nil
		}
		return when{}, fmt.Errorf("%q is no moment; write T, -20m, -18m+1d, --08-31-18m, hoest-30min, or it in full", text)
	}
	w := when{anchor: atT, steps: readSteps(m[2])}
	switch {
	case m[1] == "hoest":
		w.anchor = atAutumn
	case m[1] == "vaar":
		w.anchor = atSpring
	case strings.HasPrefix(m[1], "--"):
		d, err := sandbox.ParseDate("2023" + m[1][1:]) // of a year without 29 February
		if err != nil {
			return when{}, fmt.Errorf("%q is on a day that not every year has", text)
		}
		w.anchor, w.month, w.day = onDay, time.Month(d.Month), int(d.Day)
	}
	return w, nil
}

func readSteps(text string) []step {
	var steps []step
	for _, m := range oneStep.FindAllStringSubmatch(text, -1) {
		n, _ := strconv.Atoi(m[1]) // six digits at most
		steps = append(steps, step{n, m[2]})
	}
	return steps
}

// at works the moment out; zero when there is none, or none that can be held.
func (w when) at(t sandbox.Instant) sandbox.Instant {
	moment := w.from(t.Time())
	if moment.IsZero() {
		return 0
	}
	for _, s := range w.steps {
		switch s.unit {
		case "y":
			moment = sandbox.AddMonths(moment, 12*s.n)
		case "m":
			moment = sandbox.AddMonths(moment, s.n)
		case "d":
			moment = moment.In(sandbox.Oslo).AddDate(0, 0, s.n)
		case "h":
			moment = moment.Add(time.Duration(s.n) * time.Hour)
		case "min":
			moment = moment.Add(time.Duration(s.n) * time.Minute)
		default:
			moment = moment.Add(time.Duration(s.n) * time.Second)
		}
	}
	return sandbox.InstantOf(moment)
}

func (w when) from(t time.Time) time.Time {
	switch w.anchor {
	case noMoment:
		return time.Time{}
	case onDay:
		day := time.Date(t.In(sandbox.Oslo).Year(), w.month, w.day, 0, 0, 0, 0, sandbox.Oslo)
		if day.Before(t) {
			day = day.AddDate(1, 0, 0)
		}
		return day
	case atAutumn:
		return lastTurn(t, time.October)
	case atSpring:
		return lastTurn(t, time.March)
	case atFixed:
		return w.fixed.Time()
	}
	return t
}

// lastTurn is the last time before t that the clocks were turned in a month: at
// 01:00 UTC on its last Sunday. Source: directive 2000/84/EC, article 2 and 3.
func lastTurn(t time.Time, month time.Month) time.Time {
	for year := t.Year(); ; year-- {
		last := time.Date(year, month, 31, 1, 0, 0, 0, time.UTC)
		if turn := last.AddDate(0, 0, -int(last.Weekday())); turn.Before(t) {
			return turn
		}
	}
}
