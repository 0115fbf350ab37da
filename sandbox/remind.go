package sandbox

import "time"

// Newest is the newest date that counts in the 18-month rule, of both channels:
// what a reminder is counted from. It is zero for one who is not AKTIV or has
// neither e-mail nor mobile. The record must exist.
func Newest(r Record) Instant {
	var newest Instant
	if r.Status() != Active {
		return 0
	}
	for _, c := range [...]Channel{r.Email(), r.Mobile()} {
		if c.Value != "" {
			newest = max(newest, c.Newest())
		}
	}
	return newest
}

// RemindAt is when somebody with this newest date is reminded: the first instant
// at which it is 16 calendar months old. It is zero without a date, and never
// earlier for a newer date.
// Source: difi.no, 2015: a notice after 16 months without an update.
func RemindAt(newest Instant) Instant { return firstAt(newest, remindMonths) }

// RemindedBy is the newest date whose reminder has gone out at a moment: those
// and no others with [RemindAt] up to then are up to it. A moment alone does not
// tell: at ten o'clock on 31 August the limit is ten o'clock on 30 April, where
// it was at midnight a day before. So it asks too where the hour and the day
// before ended.
func RemindedBy(at time.Time) Instant {
	o := at.In(Oslo)
	newest := Instant(0)
	for _, t := range [...]time.Time{
		at,
		at.Add(-time.Duration(o.Minute())*time.Minute - time.Duration(o.Second()+1)*time.Second),
		time.Date(o.Year(), o.Month(), o.Day(), 0, 0, 0, 0, Oslo).Add(-time.Second),
	} {
		newest = max(newest, InstantOf(AddMonths(t, -remindMonths)))
	}
	return newest
}
