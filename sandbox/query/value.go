package query

import (
	"math"
	"strconv"
	"strings"
	"time"

	"liksom/sandbox"
)

// Value is a literal of a [Date], [Instant] or [Number] field. It stands for a
// span: a year, month or day for all of it, a number for itself.
type Value struct {
	text      string // as it is printed
	low, high int64  // of one that does not depend on the clock, both included
	base      base
	steps     []sandbox.Step
}

type base uint8

const (
	absolute base = iota
	fromNow
	fromToday
)

// String gives the literal as it is printed.
func (v Value) String() string { return v.text }

// span gives the first and last number of the field's that the value stands for.
func (v Value) span(k Kind, c Clock) (low, high int64) {
	if v.base == absolute {
		return v.low, v.high
	}
	at := c.Now.Time()
	if v.base == fromToday {
		at = c.Today.Midnight()
	}
	for _, s := range v.steps {
		at = s.From(at)
	}
	switch {
	case k == Date:
		return dayOf(at), dayOf(at)
	case v.base == fromNow:
		return at.Unix(), at.Unix()
	}
	y, m, d := at.In(sandbox.Oslo).Date()
	return instants(y, m, d, y, m, d+1)
}

// Bounds gives the least and the greatest number within the range at a moment,
// in the numbers of [Field.Number]. None are when low is above high.
func (n Range) Bounds(c Clock) (low, high int64) {
	low, high = math.MinInt64, math.MaxInt64
	if n.Low.Set {
		first, last := n.Low.Value.span(n.Field.Kind, c)
		if low = first; n.Low.Beyond {
			low = last + 1
		}
	}
	if n.High.Set {
		first, last := n.High.Value.span(n.Field.Kind, c)
		if high = last; n.High.Beyond {
			high = first - 1
		}
	}
	return low, high
}

// readValue reads a literal of a field of this kind.
func readValue(k Kind, text string) (Value, bool) {
	if k == Number {
		n, err := strconv.ParseInt(text, 10, 32)
		return Value{text: strconv.FormatInt(n, 10), low: n, high: n}, err == nil
	}
	if v, ok := readRelative(text); ok {
		return v, true
	}
	return readCalendar(k, text)
}

// The farthest that a distance may lead keeps the reckoning within what a
// calendar can hold.
const mostSteps, mostOfUnit = 10, 1_000_000

// readRelative reads nå or i dag, with steps behind. Beside the units of an
// edit, å is a year.
func readRelative(text string) (Value, bool) {
	folded := sandbox.Fold(text)
	for _, b := range []struct {
		word, print string
		base        base
	}{{"naa", "nå", fromNow}, {"now", "nå", fromNow}, {"i dag", "i dag", fromToday}, {"idag", "i dag", fromToday}, {"today", "i dag", fromToday}} {
		rest, ok := strings.CutPrefix(folded, b.word)
		if !ok {
			continue
		}
		rest = strings.ReplaceAll(rest, "aa", "y")
		steps, ok := sandbox.ParseSteps(rest)
		return Value{text: b.print + rest, base: b.base, steps: steps}, rest == "" || ok && bounded(steps, b.base)
	}
	return Value{}, false
}

func bounded(steps []sandbox.Step, b base) bool {
	for _, s := range steps {
		whole := s.Unit == "y" || s.Unit == "m" || s.Unit == "d"
		if max(s.N, -s.N) > mostOfUnit || b == fromToday && !whole {
			return false
		}
	}
	return len(steps) <= mostSteps
}

// readCalendar reads a year, month, day or moment.
func readCalendar(k Kind, text string) (Value, bool) {
	v := Value{text: text}
	for layout, unit := range map[string][3]int{"2006": {1, 0, 0}, "2006-01": {0, 1, 0}, time.DateOnly: {0, 0, 1}} {
		from, err := time.Parse(layout, text)
		if err != nil {
			continue
		}
		y, m, d := from.Date()
		if k == Date {
			last := from.AddDate(unit[0], unit[1], unit[2]-1)
			v.low, v.high = number(from), number(last)
			return v, true
		}
		v.low, v.high = instants(y, m, d, y+unit[0], m+time.Month(unit[1]), d+unit[2])
		return v, true
	}
	upper := strings.ToUpper(text)
	at, err := sandbox.ParseInstant(upper)
	if err != nil {
		return v, false
	}
	v.text = upper
	if v.low = int64(at); k == Date {
		v.low = dayOf(at.Time())
	}
	v.high = v.low
	return v, true
}

// dayOf numbers the day in Norway: 20031231.
func dayOf(at time.Time) int64 { return number(at.In(sandbox.Oslo)) }

func number(t time.Time) int64 {
	y, m, d := t.Date()
	return int64(y)*10_000 + int64(m)*100 + int64(d)
}

// instants gives the first and last second from one day in Norway up to another.
func instants(y int, m time.Month, d, toYear int, toMonth time.Month, toDay int) (first, last int64) {
	return time.Date(y, m, d, 0, 0, 0, 0, sandbox.Oslo).Unix(), time.Date(toYear, toMonth, toDay, 0, 0, 0, 0, sandbox.Oslo).Unix() - 1
}
