package app

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/outbox"
	"liksom/sandbox/population"
	"liksom/seeds"
)

// post is a register of some persons, with the outbox that its reminders go to.
type post struct {
	t         testing.TB
	clock     *sandbox.Clock
	register  *sandbox.Register
	reminders *reminders
	box       *outbox.Box
}

var postNow = time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)

func newPost(t testing.TB, image *population.Image) *post {
	t.Helper()
	p := &post{t: t, clock: sandbox.NewFrozenClock(postNow)}
	p.register = sandbox.NewRegister(image, p.clock)
	p.reminders = newReminders(p.register, population.NewEngine(p.register, image))
	p.box = outbox.New(outboxSize, p.reminders.due)
	return p
}

func postOf(t testing.TB, persons ...sandbox.Person) *post {
	t.Helper()
	image, err := population.New(persons)
	if err != nil {
		t.Fatal(err)
	}
	return newPost(t, image)
}

func (p *post) at(at time.Time) *post {
	p.t.Helper()
	if err := p.clock.Set(at, true); err != nil {
		p.t.Fatal(err)
	}
	return p
}

// lines are the messages, oldest first: when, by what and to whom.
func (p *post) lines() []string {
	found, _ := p.box.Find(outbox.Filter{})
	out := []string{}
	for _, m := range slices.Backward(found) {
		out = append(out, fmt.Sprintf("%s %s %s", m.Time.Format("2006-01-02T15:04:05"), m.Channel, m.To))
	}
	return out
}

func (p *post) expect(name string, want ...string) {
	p.t.Helper()
	if got := p.lines(); !slices.Equal(got, want) {
		p.t.Errorf("%s: got %q, want %q", name, got, want)
	}
}

func postID(t testing.TB, digits string) sandbox.PersonID {
	t.Helper()
	id, err := sandbox.ParsePersonID(digits)
	if err != nil {
		t.Fatal(err)
	}
	return id
}

func dateOf(at time.Time) sandbox.Instant { return sandbox.InstantOf(at) }

// Source: difi.no, 2015: after 16 months without an update, by e-mail first, else
// SMS. That only one who could be notified is written to is a guess.
func TestReminders_go_to_whom_they_are_for(t *testing.T) {
	t.Parallel()
	old := dateOf(time.Date(2025, 7, 26, 12, 0, 0, 0, sandbox.Oslo)) // due a day after postNow
	older, newer := old-400*24*3600, old+30*24*3600
	email := func(updated, confirmed sandbox.Instant) sandbox.Channel {
		return sandbox.Channel{Value: "a@example.test", Updated: updated, Confirmed: confirmed}
	}
	mobile := func(updated, confirmed sandbox.Instant) sandbox.Channel {
		return sandbox.Channel{Value: "+4799994127", Updated: updated, Confirmed: confirmed}
	}
	const byEmail, bySMS = "2026-11-26T12:00:00 epost a@example.test", "2026-11-26T12:00:00 sms +4799994127"
	for _, c := range []struct {
		name   string
		person sandbox.Person
		want   []string
	}{
		{"by e-mail to one who has both", sandbox.Person{Email: email(old, 0), Mobile: mobile(old, 0)}, []string{byEmail}},
		{"by SMS to one without e-mail", sandbox.Person{Mobile: mobile(old, 0)}, []string{bySMS}},
		{"by e-mail also where the mobile is the newer one", sandbox.Person{Email: email(older, 0), Mobile: mobile(0, old)}, []string{byEmail}},
		{"counted from when it was confirmed", sandbox.Person{Email: email(older, old)}, []string{byEmail}},
		{"not to one whose mobile is newer", sandbox.Person{Email: email(old, 0), Mobile: mobile(newer, 0)}, nil},
		{"validation does not count", sandbox.Person{Email: sandbox.Channel{Value: "a@example.test", Updated: old, Validated: newer}}, []string{byEmail}},
		{"the dates of a mobile that is gone do not count", sandbox.Person{Email: email(old, 0), Mobile: sandbox.Channel{Updated: newer}}, []string{byEmail}},
		{"not to one who was due before the sandbox was there", sandbox.Person{Email: email(older, 0)}, nil},
		{"not to one who is reserved", sandbox.Person{Email: email(old, 0), Reserved: true}, nil},
		{"not to one who is deleted", sandbox.Person{Email: email(old, 0), Status: sandbox.Deleted}, nil},
		{"not to one without e-mail and mobile", sandbox.Person{}, nil},
	} {
		c.person.ID = postID(t, "05840399895")
		if c.person.Status == sandbox.NotRegistered {
			c.person.Status = sandbox.Active
		}
		p := postOf(t, c.person)
		p.at(time.Date(2026, 11, 26, 11, 59, 59, 0, sandbox.Oslo)).expect(c.name + ", a second before")
		p.at(time.Date(2026, 11, 26, 12, 0, 0, 0, sandbox.Oslo)).expect(c.name, c.want...)
		p.at(time.Date(2026, 11, 27, 12, 0, 0, 0, sandbox.Oslo)).expect(c.name+", and once only", c.want...)
	}
}

func TestReminders_follow_the_clock(t *testing.T) {
	t.Parallel()
	due := time.Date(2026, 12, 1, 10, 0, 0, 0, sandbox.Oslo)
	someone := sandbox.Person{ID: postID(t, "05840399895"), Status: sandbox.Active, Language: sandbox.English,
		Email: sandbox.Channel{Value: "a@example.test", Updated: dateOf(sandbox.AddMonths(due, -16))}}
	p := postOf(t, someone)
	p.expect("at first")
	first := "2026-12-01T10:00:00 epost a@example.test"
	p.at(due.AddDate(0, 5, 0)).expect("the clock passes over it", first)
	found, _ := p.box.Find(outbox.Filter{})
	if m := found[0]; m.Reason != outbox.ReasonReminder || m.Lang != "en" || !strings.Contains(m.Text, "by 1 February 2027") {
		t.Errorf("got %+v", m)
	}
	p.at(postNow).expect("the clock goes back", first)
	p.at(due.AddDate(0, 6, 0)).expect("and passes over it again", first)

	confirm := func(at time.Time) {
		if err := p.register.Change(sandbox.Edit{ID: someone.ID, Make: func(now sandbox.Record, _ sandbox.Instant) (sandbox.Person, error) {
			next := now.Person()
			next.Email.Confirmed = dateOf(at)
			return next, nil
		}}); err != nil {
			t.Fatal(err)
		}
	}
	confirm(due)
	p.at(due.AddDate(0, 15, 0)).expect("confirmed meanwhile", first)
	p.at(due.AddDate(0, 17, 0)).expect("and old again", first, "2028-04-01T10:00:00 epost a@example.test")
	confirm(due)
	p.expect("a change that says the same", first, "2028-04-01T10:00:00 epost a@example.test")

	if err := p.register.Reset(); err != nil {
		t.Fatal(err)
	}
	p.at(postNow)
	p.reminders.restart()
	p.box.Clear()
	p.expect("reset")
	p.at(due).expect("passed anew", first)
}

// Eighteen months at once are thousands of reminders, of whom the latest fit.
func TestReminders_of_many_keep_the_latest(t *testing.T) {
	t.Parallel()
	g, err := generator.New(generator.Config{Persons: 5000, Seed: 1, Reference: sandbox.DateOf(postNow), Files: seeds.Files})
	if err != nil {
		t.Fatal(err)
	}
	image, err := makeImage(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	p := newPost(t, image)
	end := sandbox.AddMonths(postNow, 18)
	var due []sandbox.Instant
	for i := range image.Len() {
		if r := image.At(i); !r.Reserved() && sandbox.Newest(r) != 0 {
			if at := sandbox.RemindAt(sandbox.Newest(r)); at > dateOf(postNow) && at <= dateOf(end) {
				due = append(due, at)
			}
		}
	}
	slices.Sort(due)
	if len(due) < 2*outboxSize {
		t.Fatalf("%d reminders are too few to try it", len(due))
	}
	p.at(end)
	var all sync.WaitGroup
	for range 4 { // whoever asks first lets them in
		all.Go(func() { p.box.Find(outbox.Filter{}) })
	}
	all.Wait()
	found, _ := p.box.Find(outbox.Filter{})
	var got []sandbox.Instant
	people := map[string]bool{}
	for _, m := range slices.Backward(found) {
		got = append(got, dateOf(m.Time))
		people[m.Person] = true
	}
	if !slices.Equal(got, due[len(due)-mostReminders:]) || len(people) != mostReminders {
		t.Errorf("%d messages to %d people, from %s to %s, are not the latest in their order", len(got), len(people), got[0].Wire(), got[len(got)-1].Wire())
	}
}

// The reminders of step after step are those of one look at the end.
func TestReminders_are_the_same_however_often_one_looks(t *testing.T) {
	t.Parallel()
	g, err := generator.New(generator.Config{Persons: 400, Seed: 2, Reference: sandbox.DateOf(postNow), Files: seeds.Files})
	if err != nil {
		t.Fatal(err)
	}
	image, err := makeImage(g, nil)
	if err != nil {
		t.Fatal(err)
	}
	often, once := newPost(t, image), newPost(t, image)
	end := sandbox.AddMonths(postNow, 20)
	for at := postNow; at.Before(end); at = at.Add(7 * time.Hour) {
		often.at(at).box.Find(outbox.Filter{Limit: 1})
	}
	got, want := often.at(end).lines(), once.at(end).lines()
	slices.Sort(got)
	slices.Sort(want)
	if len(want) == 0 || !slices.Equal(got, want) {
		t.Errorf("%d messages in steps, %d at once", len(got), len(want))
	}
}

// A look at a box over a million persons: when no time has passed, a second, and
// eighteen months.
func BenchmarkReminders1000000(b *testing.B) {
	p := newPost(b, millionImage(b, 1_000_000))
	p.at(postNow.AddDate(0, 0, 1)).box.Find(outbox.Filter{}) // makes the column of dates
	p.box.Clear()
	nothing := outbox.Filter{To: "nobody@example.test"}
	b.Run("nothing", func(b *testing.B) {
		for b.Loop() {
			p.box.Find(nothing)
		}
	})
	b.Run("second", func(b *testing.B) {
		for at := postNow.AddDate(0, 0, 1); b.Loop(); at = at.Add(time.Second) {
			p.at(at).box.Find(nothing)
		}
	})
	b.Run("months", func(b *testing.B) {
		for b.Loop() {
			p.at(postNow).reminders.restart()
			p.at(sandbox.AddMonths(postNow, 18)).box.Find(nothing)
		}
	})
}
