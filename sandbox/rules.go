package sandbox

import (
	"sort"
	"time"
)

// staleMonths and remindMonths are the ages at which contact data may no longer
// be used for notices, and at which the person has been reminded.
// Sources: eForvaltningsforskriften § 32 second paragraph; "Oppslagstjenesten
// REST" on out-of-date data; the reminder: difi.no, 2015.
const (
	staleMonths  = 18
	remindMonths = 16
)

// Window is the moment of a question and the limits that follow from it. Make
// one for each request and pass it down, so that an answer about a thousand
// persons is of one instant.
type Window struct {
	Now    Instant
	Limit  Instant // 18 calendar months earlier: a date must be newer to count
	Remind Instant // 16 calendar months earlier: an older date is about to run out
}

// WindowAt works out the limits in Norwegian wall time.
func WindowAt(at time.Time) Window {
	return Window{InstantOf(at), InstantOf(AddMonths(at, -staleMonths)), InstantOf(AddMonths(at, -remindMonths))}
}

// Freshness is the state of a channel under the 18-month rule.
type Freshness uint8

// The states of a channel.
const (
	Missing  Freshness = iota // no value
	Fresh                     // may be used for notices
	Expiring                  // may be used, but the reminder has gone out
	Expired                   // may not be used for notices
)

// Freshness judges one channel: it is fresh while at least one of updated and
// confirmed is newer than 18 months. Validation does not count. Exactly 18
// months is not newer (a guess).
// Source: "Oppslagstjenesten REST"; eForvaltningsforskriften § 32.
func (w Window) Freshness(c Channel) Freshness {
	switch newest := c.Newest(); {
	case c.Value == "":
		return Missing
	case newest <= w.Limit:
		return Expired
	case newest <= w.Remind:
		return Expiring
	}
	return Fresh
}

// Usable tells whether the channel may be used for notices.
func (w Window) Usable(c Channel) bool { return c.Value != "" && c.Newest() > w.Limit }

// ExpiresAt is the first instant at which a channel with this newest date is
// expired, given that no date changes; zero without a date.
func ExpiresAt(newest Instant) Instant { return firstAt(newest, staleMonths) }

// firstAt is the first instant at which a date is so many months old. It asks the
// rule itself, since going months ahead and months back do not meet where a month
// is short or the clock is turned.
func firstAt(date Instant, months int) Instant {
	if date == 0 {
		return 0
	}
	const before, hour = 2 * 3600, 3600 // seconds
	old := func(at int64) bool { return InstantOf(AddMonths(time.Unix(at, 0), -months)) >= date }
	at := AddMonths(date.Time(), months).Unix() - before
	for !old(at + hour) { // a day at most, at the end of a month that is short
		at += hour
	}
	return InstantOf(time.Unix(at+int64(sort.Search(hour, func(s int) bool { return old(at + int64(s)) })), 0))
}

// Notice is varslingsstatus with its reason.
type Notice uint8

// The reasons. Only [NoticeOK] means KAN_VARSLES.
// Source: "Attributter i kontakt- og reservasjonsregisteret" (Digdir).
const (
	NoticeOK            Notice = iota // some channel is fresh
	NoticeNotRegistered               // nobody, or IKKE_REGISTRERT
	NoticeDeleted                     // SLETTET
	NoticeReserved                    // reservasjon JA
	NoticeNoContact                   // neither e-mail nor mobile (a guess)
	NoticeExpired                     // every channel is out of date
)

// OK tells whether the person can be notified.
func (n Notice) OK() bool { return n == NoticeOK }

// String gives the code list's word.
func (n Notice) String() string {
	if n.OK() {
		return "KAN_VARSLES"
	}
	return "KAN_IKKE_VARSLES"
}

// Notice decides whether a person can be notified. One fresh channel is enough
// (a guess: the documents judge each channel for itself and do not say what
// holds for a person whose channels differ).
func (w Window) Notice(r Record) Notice {
	switch r.Status() {
	case NotRegistered:
		return NoticeNotRegistered
	case Deleted:
		return NoticeDeleted
	}
	email, mobile := r.Email(), r.Mobile()
	switch {
	case r.Reserved():
		return NoticeReserved
	case email.Value == "" && mobile.Value == "":
		return NoticeNoContact
	case w.Usable(email) || w.Usable(mobile):
		return NoticeOK
	}
	return NoticeExpired
}

// Stale tells whether the person has contact data and all of it is out of date.
// Such persons are filtered, reserved or not.
func (w Window) Stale(r Record) bool {
	if r.Status() != Active {
		return false
	}
	email, mobile := r.Email(), r.Mobile()
	return (email.Value != "" || mobile.Value != "") && !w.Usable(email) && !w.Usable(mobile)
}
