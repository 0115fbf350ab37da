package citizen

import (
	"testing"
	"time"

	"liksom/sandbox"
)

// TestDue_counts_calendar_days. Sources: the public code of the confirm dialog
// (2021) for which page whom is shown, and that exactly 90 days do not trigger it.
func TestDue_counts_calendar_days(t *testing.T) {
	t.Parallel()
	noon := now.Time()
	ago := func(days int) sandbox.Instant { return sandbox.InstantOf(noon.AddDate(0, 0, -days)) }
	for name, c := range map[string]struct {
		change func(p *sandbox.Person)
		want   reason
	}{
		"both confirmed 90 days ago":                    {func(p *sandbox.Person) { p.Email.Confirmed, p.Mobile.Confirmed = ago(90), ago(90) }, notDue},
		"both confirmed 91 days ago":                    {func(p *sandbox.Person) { p.Email.Confirmed, p.Mobile.Confirmed = ago(91), ago(91) }, dueOld},
		"late on the 90th day counts by the date":       {func(p *sandbox.Person) { p.Email.Confirmed = ago(90) - 11*3600 }, notDue},
		"one confirmed yesterday is enough":             {func(p *sandbox.Person) { p.Mobile.Confirmed = ago(1) }, notDue},
		"updated, never confirmed":                      {func(p *sandbox.Person) { p.Email = sandbox.Channel{Value: "a@b.no", Updated: ago(5)} }, notDue},
		"the e-mail is missing, and it is long ago":     {func(p *sandbox.Person) { p.Email = sandbox.Channel{}; p.Mobile.Confirmed = ago(400) }, dueEmail},
		"the e-mail is missing, and it is not long ago": {func(p *sandbox.Person) { p.Email = sandbox.Channel{}; p.Mobile.Confirmed = ago(4) }, notDue},
		"the mobile is missing, and it is long ago":     {func(p *sandbox.Person) { p.Mobile = sandbox.Channel{}; p.Email.Confirmed = ago(400) }, dueMobile},
		"no address, and in the register for long":      {func(p *sandbox.Person) { p.Email, p.Mobile = sandbox.Channel{}, sandbox.Channel{} }, dueCreate},
		"no address, and in the register since yesterday": {func(p *sandbox.Person) {
			p.Email, p.Mobile, p.Registered = sandbox.Channel{}, sandbox.Channel{}, ago(1)
		}, notDue},
		"no date at all": {func(p *sandbox.Person) {
			p.Email = sandbox.Channel{Value: "a@b.no"}
			p.Mobile = sandbox.Channel{Value: "+4799990001"}
		}, dueOld},
		"deleted":        {func(p *sandbox.Person) { p.Status = sandbox.Deleted }, dueCreate},
		"not registered": {func(p *sandbox.Person) { p.Status = sandbox.NotRegistered }, dueCreate},
	} {
		p := anne(t)
		c.change(&p)
		if got := due(recordOf(p), noon, 90); got != c.want {
			t.Errorf("%s: %q, wanted %q", name, got, c.want)
		}
	}
	if got := due(sandbox.Record{}, noon, 90); got != dueCreate {
		t.Errorf("somebody unknown: %q", got)
	}
}

// TestDaysBetween_are_those_of_Norway: the days on which clocks turn have 23 and 25
// hours.
func TestDaysBetween_are_those_of_Norway(t *testing.T) {
	t.Parallel()
	at := func(s string) time.Time { return instant(s).Time() }
	for _, c := range []struct {
		from, to string
		want     int
	}{
		{"2025-03-29T00:30:00+01:00", "2025-03-30T23:30:00+02:00", 1},
		{"2025-10-25T23:59:00+02:00", "2025-10-26T00:01:00+02:00", 1},
		{"2025-10-26T00:01:00+02:00", "2025-10-26T23:59:00+01:00", 0},
		{"2024-12-31T23:30:00+01:00", "2025-03-31T23:30:00+02:00", 90},
	} {
		if got := daysBetween(at(c.from), at(c.to)); got != c.want {
			t.Errorf("from %s to %s are %d days, wanted %d", c.from, c.to, got, c.want)
		}
	}
}
