package citizen

import (
	"time"

	"liksom/sandbox"
)

// reason is why the dialog appears; it is the key of the sentence that says so.
type reason string

// The reasons. Source: the public code of the confirm dialog (2021).
const (
	notDue    reason = ""
	dueCreate reason = "create" // not in the register, or without addresses
	dueEmail  reason = "email"  // the e-mail is missing
	dueMobile reason = "mobile"
	dueOld    reason = "old" // both are there
)

// due tells whether a citizen is to be asked, and why: who is not in the register,
// and whose record was last updated more than so many days ago, by the calendar.
// The register that there is keeps a date of the record; here it is the newest of
// when the person came in and the dates of the addresses (a guess).
func due(r sandbox.Record, now time.Time, days int) reason {
	if r.Status() != sandbox.Active {
		return dueCreate
	}
	email, mobile := r.Email(), r.Mobile()
	last := max(email.Newest(), mobile.Newest())
	if email.Value == "" && mobile.Value == "" {
		last = r.Registered()
	}
	if last != 0 && daysBetween(last.Time(), now) <= days {
		return notDue
	}
	switch {
	case email.Value == "" && mobile.Value == "":
		return dueCreate
	case email.Value == "":
		return dueEmail
	case mobile.Value == "":
		return dueMobile
	}
	return dueOld
}

// daysBetween counts calendar days in Norway.
func daysBetween(from, to time.Time) int {
	day := func(t time.Time) time.Time {
		y, m, d := t.In(sandbox.Oslo).Date()
		return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
	}
	return int(day(to).Sub(day(from)) / (24 * time.Hour))
}
