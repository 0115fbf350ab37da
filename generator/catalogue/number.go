package catalogue

import (
	"liksom/sandbox"
)

// reserved is where the twenty individnumre begin that are kept for the
// catalogue on every birth date, which nobody else is given.
func reserved(year int, dNumber bool) int {
	switch {
	case dNumber && year < 1900:
		return 580
	case dNumber && year < 1940:
		return 180
	case dNumber && year < 2000:
		return 480
	case dNumber:
		return 980
	case year >= 1900 && year < 2000:
		return 0
	}
	return 500
}

const reservedCount = 20

// lastBirth is the last birth date that a number can tell.
var lastBirth = sandbox.Date{Year: 2039, Month: 12, Day: 31}

// number gives the first free number kept for the catalogue on a birth date; any
// sex will do when none is given. A date that no number can tell, or whose
// numbers are used up, passes on to the day before.
func number(birth sandbox.Date, sex sandbox.Sex, taken map[sandbox.PersonID]bool) sandbox.PersonID {
	if lastBirth.Before(birth) {
		birth = lastBirth
	}
	for ; ; birth = birth.AddDays(-1) {
		from := reserved(int(birth.Year), false)
		for i := from; i < from+reservedCount; i++ {
			id, ok := sandbox.MakePersonID(birth, i, false, sandbox.SeriesTenor)
			if ok && !taken[id] && (sex == sandbox.SexUnknown || id.Sex() == sex) {
				taken[id] = true
				return id
			}
		}
	}
}

// numbers gives the numbers of an entry's persons: the fixed ones as they are,
// those that hang on the clock by entry and date.
func (e *Entry) numbers(reference sandbox.Date, taken map[sandbox.PersonID]bool) []sandbox.PersonID {
	ids := make([]sandbox.PersonID, len(e.actors))
	for i, a := range e.actors {
		ids[i] = a.id
		if a.id.IsZero() {
			ids[i] = number(a.birthOn(reference), a.sex, taken)
		}
	}
	return ids
}

// birthOn works out a birth date that hangs on the clock.
func (a actor) birthOn(reference sandbox.Date) sandbox.Date {
	d := reference
	for _, s := range a.born {
		if s.unit == "y" {
			d = d.AddYears(s.n)
		} else {
			d = d.AddDays(s.n)
		}
	}
	return d
}

// unknown gives n numbers that nobody has: kept for the catalogue and not used by it.
func unknown(n int, taken map[sandbox.PersonID]bool) []sandbox.PersonID {
	ids := make([]sandbox.PersonID, n)
	birth := sandbox.Date{Year: 1941, Month: 1, Day: 1}
	for i := range ids {
		for ids[i].IsZero() {
			for k := range reservedCount {
				if id, ok := sandbox.MakePersonID(birth, reserved(int(birth.Year), false)+k, false, sandbox.SeriesTenor); ok && !taken[id] {
					ids[i] = id
					break
				}
			}
			birth = birth.AddDays(1)
		}
	}
	return ids
}
