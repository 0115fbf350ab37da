package sandbox

import (
	"testing"
	"time"
)

func moment(t *testing.T, s string) time.Time {
	t.Helper()
	at, err := time.Parse(wireLayout, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

func instant(t *testing.T, s string) Instant {
	t.Helper()
	if s == "" {
		return 0
	}
	return InstantOf(moment(t, s))
}

// Source: eForvaltningsforskriften § 32 and "Oppslagstjenesten REST" for the
// rule; clamping to the end of the month and wall time are our reading.
func TestWindow_goes_back_18_calendar_months_in_Norwegian_time(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, now, limit string }{
		{"an ordinary day, winter to summer time", "2025-03-15T12:00:00+01", "2023-09-15T12:00:00+02"},
		{"an ordinary day, summer to winter time", "2025-07-01T00:00:00+02", "2024-01-01T00:00:00+01"},
		{"31 August, where February has 28 days", "2024-08-31T10:00:00+02", "2023-02-28T10:00:00+01"},
		{"31 August, where February has 29 days", "2025-08-31T10:00:00+02", "2024-02-29T10:00:00+01"},
		{"29 August, where February has 28 days", "2024-08-29T10:00:00+02", "2023-02-28T10:00:00+01"},
		{"29 February", "2024-02-29T23:59:59+01", "2022-08-29T23:59:59+02"},
		{"30 November to 31 May's month", "2026-11-30T08:00:00+01", "2025-05-30T08:00:00+02"},
		{"New Year's Eve, to a month of 30 days", "2025-12-31T12:00:00+01", "2024-06-30T12:00:00+02"},
		{"just after midnight in Norway, the day before in UTC", "2025-06-01T00:30:00+02", "2023-12-01T00:30:00+01"},
		{"an hour that the limit's day skips", "2026-09-29T02:30:00+02", "2025-03-29T02:30:00+01"},
		{"an hour that the limit's day has twice: the first one", "2026-04-26T02:30:00+02", "2024-10-26T02:30:00+02"},
	} {
		if got := WindowAt(moment(t, c.now)).Limit; got != instant(t, c.limit) {
			t.Errorf("%s: limit %s, want %s", c.name, got.Wire(), c.limit)
		}
	}
}

// The two odd hours themselves. Which side is taken is a guess; that it is the
// same side everywhere is not.
func TestWindow_in_the_odd_hours(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, now, limit string }{
		{"the skipped hour moves on by an hour", "2026-09-30T02:30:00+02", "2025-03-30T03:30:00+02"},
		{"the repeated hour is its first pass", "2026-04-27T02:30:00+02", "2024-10-27T02:30:00+02"},
	} {
		if got := WindowAt(moment(t, c.now)).Limit; got != instant(t, c.limit) {
			t.Errorf("%s: limit %s, want %s", c.name, got.Wire(), c.limit)
		}
	}
}

func TestFreshness_of_one_channel(t *testing.T) {
	t.Parallel()
	w := WindowAt(moment(t, "2025-03-15T12:00:00+01")) // limit 2023-09-15T12:00:00+02, reminder 2023-11-15T12:00:00+01
	for _, c := range []struct {
		name, value, updated, confirmed, validated string
		want                                       Freshness
	}{
		{"no value", "", "", "", "", Missing},
		{"updated yesterday, never confirmed", "x", "2025-03-14T12:00:00+01", "", "", Fresh},
		{"updated long ago, confirmed lately", "x", "2018-03-03T12:00:00+01", "2025-01-01T12:00:00+01", "", Fresh},
		{"updated lately, confirmed long ago", "x", "2025-01-01T12:00:00+01", "2018-03-03T12:00:00+01", "", Fresh},
		{"exactly on the limit", "x", "2018-03-03T12:00:00+01", "2023-09-15T12:00:00+02", "", Expired},
		{"one second newer than the limit", "x", "2018-03-03T12:00:00+01", "2023-09-15T12:00:01+02", "", Expiring},
		{"one second older than the limit", "x", "2018-03-03T12:00:00+01", "2023-09-15T11:59:59+02", "", Expired},
		{"exactly on the reminder", "x", "2023-11-15T12:00:00+01", "", "", Expiring},
		{"one second newer than the reminder", "x", "2023-11-15T12:00:01+01", "", "", Fresh},
		{"validated yesterday does not count", "x", "2018-03-03T12:00:00+01", "", "2025-03-14T12:00:00+01", Expired},
		{"a value without any date", "x", "", "", "", Expired},
	} {
		ch := Channel{Value: c.value, Updated: instant(t, c.updated), Confirmed: instant(t, c.confirmed), Validated: instant(t, c.validated)}
		if got := w.Freshness(ch); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
		if got := w.Usable(ch); got != (c.want == Fresh || c.want == Expiring) {
			t.Errorf("%s: usable %t", c.name, got)
		}
	}
}

// A channel is usable one second before ExpiresAt and not from then on. Where a
// month is short, the date 18 months back leaps over the last days, so that the
// expiry is the first of the next month.
func TestExpiresAt_is_the_first_expired_instant(t *testing.T) {
	t.Parallel()
	for newest, want := range map[string]string{
		"2025-05-15T12:00:00+02": "2026-11-15T12:00:00+01", // summer to winter time
		"2025-01-15T12:00:00+01": "2026-07-15T12:00:00+02",
		"2024-02-29T10:00:00+01": "2025-08-29T10:00:00+02",
		"2023-02-28T15:00:00+01": "2024-08-28T15:00:00+02", // and is fresh again in the mornings of the three days after
		"2024-08-31T10:00:00+02": "2026-03-01T00:00:00+01", // to a February of 28 days
		"2026-08-29T10:00:00+02": "2028-02-29T10:00:00+01", // to one of 29
		"2026-08-31T10:00:00+02": "2028-03-01T00:00:00+01",
		"2024-09-29T02:30:00+02": "2026-03-29T03:00:00+02", // an hour that is skipped
		"2024-04-26T02:30:00+02": "2025-10-26T02:30:00+02", // an hour that there is twice
		"2024-10-27T02:30:00+01": "2026-04-27T03:00:00+02", // set in its second pass
	} {
		c := Channel{Value: "x", Updated: instant(t, newest)}
		end := ExpiresAt(c.Updated)
		if end.Wire() != want {
			t.Errorf("%s expires at %s, want %s", newest, end.Wire(), want)
		}
		if WindowAt(end.Time()).Usable(c) || !WindowAt(end.Time().Add(-time.Second)).Usable(c) {
			t.Errorf("%s: usable at %s: %t, a second before: %t", newest, end.Wire(), WindowAt(end.Time()).Usable(c), WindowAt(end.Time().Add(-time.Second)).Usable(c))
		}
	}
	if ExpiresAt(0) != 0 {
		t.Error("no date, no expiry")
	}
}

var (
	testNow   = "2025-03-15T12:00:00+01"
	freshDate = "2025-01-01T12:00:00+01"
	oldDate   = "2020-01-01T12:00:00+01"
)

func record(t *testing.T, p Person) Record {
	t.Helper()
	row, text, err := Pack(p, nil)
	if err != nil {
		t.Fatal(err)
	}
	return row.View(string(text))
}

func TestNotice_with_its_reason(t *testing.T) {
	t.Parallel()
	w := WindowAt(moment(t, testNow))
	fresh, old := Channel{Value: "a", Updated: instant(t, freshDate)}, Channel{Value: "a", Updated: instant(t, oldDate)}
	for _, c := range []struct {
		name string
		p    Person
		want Notice
	}{
		{"both fresh", Person{Status: Active, Email: fresh, Mobile: fresh}, NoticeOK},
		{"one fresh, one out of date", Person{Status: Active, Email: old, Mobile: fresh}, NoticeOK},
		{"one fresh, one missing", Person{Status: Active, Email: fresh}, NoticeOK},
		{"both out of date", Person{Status: Active, Email: old, Mobile: old}, NoticeExpired},
		{"one out of date, one missing", Person{Status: Active, Mobile: old}, NoticeExpired},
		{"no channel", Person{Status: Active, Language: Sami}, NoticeNoContact},
		{"reserved and fresh", Person{Status: Active, Reserved: true, Email: fresh}, NoticeReserved},
		{"reserved and out of date: reserved is said first", Person{Status: Active, Reserved: true, Email: old}, NoticeReserved},
		{"deleted", Person{Status: Deleted}, NoticeDeleted},
		{"known but not registered", Person{Status: NotRegistered}, NoticeNotRegistered},
	} {
		if got := w.Notice(record(t, c.p)); got != c.want {
			t.Errorf("%s: %d, want %d", c.name, got, c.want)
		}
	}
	if got := w.Notice(Record{}); got != NoticeNotRegistered || got.String() != "KAN_IKKE_VARSLES" || NoticeOK.String() != "KAN_VARSLES" {
		t.Errorf("nobody: %d", got)
	}
}

// Sources: "Oppslagstjenesten REST" on scopes and filtering, test data with
// expected answers for deleted persons; the rest are the guesses that Policy names.
func TestDisclose(t *testing.T) {
	t.Parallel()
	w := WindowAt(moment(t, testNow))
	fresh, old := Channel{Value: "a", Updated: instant(t, freshDate)}, Channel{Value: "a", Updated: instant(t, oldDate)}
	box := Mailbox{Address: "a#1234", Provider: Digipost}
	const both = ScopeContact | ScopeMailbox
	for _, c := range []struct {
		name   string
		p      Person
		policy Policy
		scopes Scopes
		want   Disclosure
	}{
		{"a fresh person, both scopes", Person{Status: Active, Email: fresh, Mailbox: box, Language: Bokmaal}, Policy{}, both, Disclosure{}},
		{"contact scope alone", Person{Status: Active, Email: fresh, Mailbox: box, Language: Bokmaal}, Policy{}, ScopeContact,
			Disclosure{Mailbox: OutOfScope, Certificate: OutOfScope}},
		{"mailbox scope alone", Person{Status: Active, Email: fresh, Mailbox: box, Language: Bokmaal}, Policy{}, ScopeMailbox,
			Disclosure{Notice: OutOfScope, Contact: OutOfScope, Language: OutOfScope}},
		{"out of date, both scopes: filtered, the language stays", Person{Status: Active, Email: old, Mailbox: box, Language: Bokmaal}, Policy{}, both,
			Disclosure{Contact: OmitStale, Mailbox: OmitStale, Certificate: OmitStale}},
		{"out of date, mailbox scope: told", Person{Status: Active, Email: old, Mailbox: box}, Policy{}, ScopeMailbox,
			Disclosure{Notice: OutOfScope, Contact: OutOfScope, Language: OutOfScope}},
		{"out of date, mailbox scope, filtered there too", Person{Status: Active, Email: old, Mailbox: box}, Policy{FilterAlone: true}, ScopeMailbox,
			Disclosure{Notice: OutOfScope, Contact: OutOfScope, Language: OutOfScope, Mailbox: OmitStale, Certificate: OmitStale}},
		{"out of date, filter off", Person{Status: Active, Email: old, Mailbox: box, Language: English}, Policy{FilterStale: FilterOff}, both, Disclosure{}},
		{"one channel fresh: both told", Person{Status: Active, Email: old, Mobile: fresh, Mailbox: box, Language: English}, Policy{}, both, Disclosure{}},
		{"one channel fresh, each by itself", Person{Status: Active, Email: old, Mobile: fresh, Mailbox: box, Language: English}, Policy{FilterStale: FilterChannel}, both, Disclosure{Email: OmitStale}},
		{"both out of date, each by itself", Person{Status: Active, Email: old, Mobile: old, Mailbox: box, Language: English}, Policy{FilterStale: FilterChannel}, both,
			Disclosure{Contact: OmitStale, Email: OmitStale, Mobile: OmitStale, Mailbox: OmitStale, Certificate: OmitStale}},
		{"the other channel missing, each by itself", Person{Status: Active, Email: fresh, Mailbox: box, Language: English}, Policy{FilterStale: FilterChannel}, both, Disclosure{}},
		{"reserved: contact told, mailbox not", Person{Status: Active, Reserved: true, Email: fresh, Mailbox: box, Language: English}, Policy{}, both,
			Disclosure{Mailbox: OmitReserved, Certificate: OmitReserved}},
		{"reserved, contact hidden by switch", Person{Status: Active, Reserved: true, Email: fresh, Language: English}, Policy{HideReservedContact: true}, both,
			Disclosure{Contact: OmitReserved, Mailbox: NotThere, Certificate: NotThere}},
		{"reserved, wide filter", Person{Status: Active, Reserved: true, Email: fresh, Mailbox: box, Language: English}, Policy{FilterStale: FilterNotifiable}, both,
			Disclosure{Contact: OmitNotNotifiable, Mailbox: OmitReserved, Certificate: OmitReserved}},
		{"mailbox without contact data", Person{Status: Active, Mailbox: box}, Policy{}, both, Disclosure{Contact: NotThere, Language: NotThere}},
		{"mailbox without certificate", Person{Status: Active, Email: fresh, Language: Bokmaal, Mailbox: Mailbox{Address: "a#1234", Provider: Digipost, Certificate: CertificateMissing}}, Policy{}, both,
			Disclosure{Certificate: NotThere}},
		{"mailbox that is not in use", Person{Status: Active, Email: fresh, Language: Bokmaal, Mailbox: Mailbox{Address: "a#1234", Provider: EBoks, Inactive: true}}, Policy{}, both,
			Disclosure{Mailbox: OmitInactive, Certificate: OmitInactive}},
		{"deleted", Person{Status: Deleted}, Policy{}, both,
			Disclosure{Reservation: OmitNotActive, Contact: OmitNotActive, Mailbox: OmitNotActive, Certificate: OmitNotActive, Language: OmitNotActive}},
		{"deleted, mailbox scope", Person{Status: Deleted}, Policy{}, ScopeMailbox,
			Disclosure{Reservation: OmitNotActive, Notice: OutOfScope, Contact: OutOfScope, Mailbox: OmitNotActive, Certificate: OmitNotActive, Language: OutOfScope}},
	} {
		if got := c.policy.Disclose(record(t, c.p), w, c.scopes); got != c.want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, c.want)
		}
	}
}
