package sandbox

import (
	"fmt"
	"time"
	_ "time/tzdata" // the rules need Europe/Oslo on machines without zone files
)

// Oslo is the zone of the register: calendar rules are worked out in it and
// timestamps are shown in it.
var Oslo = mustZone("Europe/Oslo")

func mustZone(name string) *time.Location {
	z, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // embedded with the program; only a broken build lacks it
	}
	return z
}

// Date is a calendar day without a clock or zone. The zero Date means "not known".
type Date struct {
	Year  int16
	Month uint8
	Day   uint8
}

// DateOf gives the day that t falls on in Europe/Oslo.
func DateOf(t time.Time) Date {
	y, m, d := t.In(Oslo).Date()
	return Date{int16(y), uint8(m), uint8(d)}
}

// ParseDate reads YYYY-MM-DD.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return Date{}, &Error{Invalid, "date.invalid", fmt.Sprintf("%q is not a date; write it as YYYY-MM-DD, for example 2026-11-25", Short(s))}
	}
	return Date{int16(t.Year()), uint8(t.Month()), uint8(t.Day())}, nil
}

// Valid tells whether the day exists in the Gregorian calendar.
func (d Date) Valid() bool {
	return d.Month >= 1 && d.Month <= 12 && d.Day >= 1 && int(d.Day) <= daysIn(int(d.Year), time.Month(d.Month))
}

// IsZero tells whether the date is not known.
func (d Date) IsZero() bool { return d == Date{} }

// String gives YYYY-MM-DD, or "" for the zero Date.
func (d Date) String() string {
	if d.IsZero() {
		return ""
	}
	return fmt.Sprintf("%04d-%02d-%02d", d.Year, d.Month, d.Day)
}

// Midnight is the first instant of the day in Europe/Oslo.
func (d Date) Midnight() time.Time {
	return time.Date(int(d.Year), time.Month(d.Month), int(d.Day), 0, 0, 0, 0, Oslo)
}

// AddDays moves the date by n days, negative too.
func (d Date) AddDays(n int) Date {
	t := time.Date(int(d.Year), time.Month(d.Month), int(d.Day)+n, 0, 0, 0, 0, time.UTC)
	return Date{int16(t.Year()), uint8(t.Month()), uint8(t.Day())}
}

// AddYears moves the date by n years; 29 February becomes 28 February in a
// year without one.
func (d Date) AddYears(n int) Date {
	y := int(d.Year) + n
	return Date{int16(y), d.Month, uint8(min(int(d.Day), daysIn(y, time.Month(d.Month))))}
}

// Before tells whether d comes before e.
func (d Date) Before(e Date) bool { return d.ordinal() < e.ordinal() }

// Age is the number of whole years from birth to the day d, never negative.
// A person born on 29 February grows older on 28 February in other years (a
// guess: the register says nothing of it).
func (d Date) Age(birth Date) int {
	if d.Before(birth) {
		return 0
	}
	n := int(d.Year) - int(birth.Year)
	if d.Before(birth.AddYears(n)) {
		n--
	}
	return n
}

func (d Date) ordinal() int32 { return int32(d.Year)<<9 | int32(d.Month)<<5 | int32(d.Day) }

func daysIn(year int, m time.Month) int {
	switch {
	case m != time.February:
		return 30 + int(m+m>>3)&1 // 31 in odd months up to July, in even ones from August
	case year%4 == 0 && (year%100 != 0 || year%400 == 0):
		return 29
	}
	return 28
}

// AddMonths moves t by n calendar months in Europe/Oslo and keeps the clock
// hour. A day that the target month lacks becomes its last day, so that 31
// August less 18 months is 28 February and not 3 March. (A guess where the
// documents only say "18 months"; the usual calendar libraries clamp the same
// way.)
func AddMonths(t time.Time, n int) time.Time {
	o := t.In(Oslo)
	y, m, d := o.Date()
	first := time.Date(y, m+time.Month(n), 1, 0, 0, 0, 0, time.UTC)
	d = min(d, daysIn(first.Year(), first.Month()))
	at := time.Date(first.Year(), first.Month(), d, o.Hour(), o.Minute(), o.Second(), o.Nanosecond(), Oslo)
	if earlier := at.Add(-time.Hour); earlier.Hour() == at.Hour() {
		return earlier
	}
	return at
}
