package stats_test

import (
	"fmt"
	"math"
	"slices"
	"testing"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/sandbox/stats"
	"liksom/seeds"
)

var now = time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)

func monthsAgo(n int) sandbox.Instant { return sandbox.InstantOf(sandbox.AddMonths(now, -n)) }

func id(t testing.TB, digits string) sandbox.PersonID {
	t.Helper()
	id, err := sandbox.ParsePersonID(digits)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

// cast is five persons: can be notified, out of date with a mailbox, reserved
// with a D-number, not registered, and one of the catalogue.
func cast(t testing.TB) []sandbox.Person {
	person := func(digits string, status sandbox.Status) sandbox.Person {
		id := id(t, digits)
		return sandbox.Person{ID: id, FirstName: "Rask", LastName: "Elv", Birth: id.BirthDate(), Sex: id.Sex(), Status: status}
	}
	fresh, old, reserved := person("05840399895", sandbox.Active), person("12829499914", sandbox.Active), person("52905200100", sandbox.Active)
	fresh.Email = sandbox.Channel{Value: "a@example.com", Updated: monthsAgo(40), Confirmed: monthsAgo(3)}
	fresh.Mobile = sandbox.Channel{Value: "+4799999001", Updated: monthsAgo(17)}
	fresh.Language = sandbox.Nynorsk
	old.Email = sandbox.Channel{Value: "b@example.com", Updated: monthsAgo(18)}
	old.Mobile = sandbox.Channel{Value: "+46701740605", Updated: monthsAgo(60)}
	old.Mailbox = sandbox.Mailbox{Provider: sandbox.EBoks, Address: "0000000001"}
	reserved.Reserved, reserved.ReservedAt, reserved.ReservationUpdated = true, monthsAgo(5), monthsAgo(5)
	odd := person("21883649874", sandbox.Active)
	odd.Scenario = "kun-epost"
	return []sandbox.Person{fresh, old, reserved, person("17912099997", sandbox.NotRegistered), odd}
}

func register(t testing.TB, persons []sandbox.Person) (*sandbox.Register, *sandbox.Clock) {
	t.Helper()
	image, err := population.New(persons)
	if err != nil {
		t.Fatal(err)
	}
	clock := sandbox.NewFrozenClock(now)
	return sandbox.NewRegister(image, clock), clock
}

func states(r stats.Report) map[string]int {
	out := map[string]int{}
	for _, s := range r.States {
		if s.Count > 0 {
			out[s.Group+"."+s.Name] = s.Count
		}
	}
	return out
}

func TestOf_counts_everybody_but_the_catalogue(t *testing.T) {
	t.Parallel()
	r, _ := register(t, cast(t))
	report := stats.Of(r, stats.Wanted{})
	if report.Persons != 4 || report.Catalogue != 1 || !report.At.Equal(now) {
		t.Errorf("%d persons and %d of the catalogue at %v", report.Persons, report.Catalogue, report.At)
	}
	want := map[string]int{
		"status.AKTIV": 3, "status.IKKE_REGISTRERT": 1,
		"notice.KAN_VARSLES": 1, "notice.expired": 1, "notice.reserved": 1, "notice.not_registered": 1,
		"email.fresh": 1, "email.expired": 1, "email.missing": 1,
		"mobile.expiring": 1, "mobile.expired": 1, "mobile.missing": 1,
		"mailbox.eboks": 1, "mailbox.none": 2, "language.nn": 1, "language.none": 2,
	}
	if got := states(report); fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("states %v\nwant %v", got, want)
	}
	for _, m := range report.Freshness {
		email := map[int]int{3: 1, 18: 1}[m.Months]
		mobile := map[int]int{17: 1, stats.OldestMonth: 1}[m.Months]
		if m.Email != email || m.Mobile != mobile {
			t.Errorf("%d months: %d e-mails and %d mobiles, want %d and %d", m.Months, m.Email, m.Mobile, email, mobile)
		}
	}
	var ages []string
	for _, b := range report.Ages {
		ages = append(ages, fmt.Sprintf("%d–%d: %d of %d men, %d of %d women", b.From, b.To, b.Men.Mailbox, b.Men.Persons, b.Women.Mailbox, b.Women.Persons))
	}
	if want := []string{
		"5–9: 0 of 1 men, 0 of 0 women", "20–24: 0 of 0 men, 0 of 1 women", "30–34: 1 of 1 men, 0 of 0 women", "70–74: 0 of 1 men, 0 of 0 women",
	}; !slices.Equal(ages, want) {
		t.Errorf("ages %q\nwant %q", ages, want)
	}
}

func TestOf_follows_edits_and_clock(t *testing.T) {
	t.Parallel()
	r, clock := register(t, cast(t))
	_ = clock.Set(sandbox.AddMonths(now, 18), true)
	if got := stats.Of(r, stats.Wanted{}).State("notice", "expired"); got != 2 {
		t.Errorf("18 months later %d are out of date, want both", got)
	}
	_ = clock.Set(now, true)
	old := id(t, "12829499914")
	gone := func(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
		p := now.Person()
		p.Status, p.DeletedAt, p.Email, p.Mobile, p.Mailbox = sandbox.Deleted, at, sandbox.Channel{}, sandbox.Channel{}, sandbox.Mailbox{}
		return p, nil
	}
	if err := r.Change(sandbox.Edit{ID: old, Make: gone}); err != nil {
		t.Fatal(err)
	}
	if report := stats.Of(r, stats.Wanted{}); report.State("status", "SLETTET") != 1 || report.State("notice", "expired") != 0 {
		t.Errorf("a person was deleted: %v", states(report))
	}
}

// TestForecast_is_what_a_moved_clock_finds.
func TestForecast_is_what_a_moved_clock_finds(t *testing.T) {
	t.Parallel()
	r, clock := register(t, cast(t))
	forecast := stats.Of(r, stats.Wanted{}).Forecast
	if len(forecast) != 19 || forecast[0].Persons == 0 {
		t.Fatalf("the forecast is %v", forecast)
	}
	for n, ahead := range forecast {
		_ = clock.Set(sandbox.AddMonths(now, n), true)
		if got := stats.Of(r, stats.Wanted{}).State("notice", "KAN_VARSLES"); ahead.Months != n || ahead.Persons != got {
			t.Errorf("in %d months: %+v, and a moved clock finds %d", n, ahead, got)
		}
	}
}

func TestOf_holds_shares_against_the_wish_by_age(t *testing.T) {
	t.Parallel()
	r, _ := register(t, cast(t))
	report := stats.Of(r, stats.Wanted{
		Profile: "test", Ages: []stats.WantedAges{{15, 69, 500_000}, {70, 110, 250_000}},
		Shares: map[string]stats.Quantity{
			"reserved":       {Steps: []stats.Step{{40, 100_000}, {120, 400_000}}},
			"not_registered": {Steps: []stats.Step{{120, 0}}},
			"couple_email":   {Steps: []stats.Step{{120, 1}}},
		},
		Others: []string{"growth"},
	})
	reserved, ghosts := share(t, report, "reserved"), share(t, report, "not_registered")
	if reserved.Of != 3 || reserved.Have != 1 || math.Abs(reserved.Wanted.Have-0.6) > 1e-9 || !reserved.Wanted.Within {
		t.Errorf("reserved: %+v, wanted %+v; of 23, 32 and 74 years 0.1 + 0.1 + 0.4 can be expected", reserved, *reserved.Wanted)
	}
	if ghosts.Have != 1 || ghosts.Wanted.Have != 0 || ghosts.Wanted.Within {
		t.Errorf("one is not registered where nobody should: %+v", *ghosts.Wanted)
	}
	if got := share(t, report, "dead"); got.Wanted != nil {
		t.Errorf("nothing was wished for the dead: %+v", got)
	}
	if want := []string{"couple_email", "growth"}; !slices.Equal(report.Unseen, want) {
		t.Errorf("unseen %v, want %v", report.Unseen, want)
	}
	last := report.Ages[len(report.Ages)-1]
	if len(report.Ages) != 3 || *last.MailboxPPM != 250_000 || last.All().Persons != 1 || report.Ages[0].To != 14 {
		t.Errorf("ages %+v", report.Ages)
	}
}

func share(t *testing.T, r stats.Report, name string) stats.Share {
	t.Helper()
	for _, s := range r.Shares {
		if s.Name == name {
			return s
		}
	}
	t.Fatalf("no share %s in %+v", name, r.Shares)
	return stats.Share{}
}

func BenchmarkOf_a_million(b *testing.B) {
	g, err := generator.New(generator.Config{Persons: 1_000_000, Seed: 1, Reference: sandbox.DateOf(now), Files: seeds.Files})
	if err != nil {
		b.Fatal(err)
	}
	image, err := population.Build(g.Len(), 2, func() func(int) sandbox.Person { return g.Worker().Person }, nil)
	if err != nil {
		b.Fatal(err)
	}
	r := sandbox.NewRegister(image, sandbox.NewFrozenClock(now))
	for b.Loop() {
		stats.Of(r, stats.Wanted{})
	}
}
