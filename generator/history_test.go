package generator_test

import (
	"testing"

	"liksom/generator"
	"liksom/sandbox"
)

// replay does to an empty row what the events say, and gives what the register
// would show.
func replay(events []generator.Event) sandbox.Person {
	var p sandbox.Person
	for _, e := range events {
		switch e.Kind {
		case generator.EventRegistered:
			p = sandbox.Person{Status: sandbox.Active, Registered: e.At}
		case generator.EventEmail:
			p.Email = sandbox.Channel{Value: e.New, Updated: e.At}
		case generator.EventMobile:
			p.Mobile = sandbox.Channel{Value: e.New, Updated: e.At}
		case generator.EventEmailConfirmed:
			p.Email.Confirmed = e.At
		case generator.EventMobileConfirmed:
			p.Mobile.Confirmed = e.At
		case generator.EventEmailValidated:
			p.Email.Validated = e.At
		case generator.EventMobileValidated:
			p.Mobile.Validated = e.At
		case generator.EventReserved:
			p.Reserved, p.ReservedAt, p.ReservationUpdated = true, e.At, e.At
		case generator.EventReservationLifted:
			p.Reserved, p.ReservedAt, p.ReservationUpdated = false, 0, e.At
		case generator.EventLanguage, generator.EventLanguageByAgency:
			p.LanguageUpdated = e.At
		case generator.EventDeleted:
			p = sandbox.Person{Status: sandbox.Deleted, Registered: p.Registered, DeletedAt: e.At}
		}
		if e.Kind != generator.EventReminded && e.Kind != generator.EventExpired {
			p.Changed = e.At
		}
	}
	return p
}

// shown is what a history must lead to.
func shown(p sandbox.Person) sandbox.Person {
	return sandbox.Person{
		Status: p.Status, Registered: p.Registered, DeletedAt: p.DeletedAt, Changed: p.Changed, Reserved: p.Reserved, ReservedAt: p.ReservedAt,
		ReservationUpdated: p.ReservationUpdated, Email: p.Email, Mobile: p.Mobile, LanguageUpdated: p.LanguageUpdated,
	}
}

func TestHistory_leads_to_the_present(t *testing.T) {
	t.Parallel()
	for _, name := range generator.BuiltInProfiles {
		c := config(4000, 1)
		c.Profile = profile(t, name)
		c.Fixed = []sandbox.Person{{ID: mustID(t, "57859010050"), Status: sandbox.Active, Registered: 1_500_000_000, Changed: 1_500_000_100,
			Email: sandbox.Channel{Value: "fast@example.com", Updated: 1_500_000_000, Confirmed: 1_500_000_100}}}
		g := newGenerator(t, c)
		w := g.Worker()
		seen := map[generator.EventKind]int{}
		for i := range g.Len() {
			p, events := w.Person(i), w.History(i)
			if at, ok := g.Index(p.ID); at != i || !ok {
				t.Errorf("person %d is found at %d", i, at)
			}
			if got := replay(events); got != shown(p) {
				t.Errorf("person %d:\n%+v, want\n%+v, by\n%v", i, got, shown(p), events)
			}
			chronicle(t, i, p, events)
			for _, e := range events {
				seen[e.Kind]++
			}
			if again := w.Person(i); again != p {
				t.Fatalf("person %d is another after its history", i)
			}
		}
		if _, ok := g.Index(mustID(t, "17859010067")); ok {
			t.Error("one who is not there is found")
		}
		for kind := generator.EventRegistered; kind <= generator.EventDeleted; kind++ {
			if seen[kind] == 0 {
				t.Errorf("%s: nobody has %v", name, kind)
			}
		}
	}
}

// chronicle checks the order of events, their bounds and what they hang on.
func chronicle(t *testing.T, i int, p sandbox.Person, events []generator.Event) {
	t.Helper()
	earliest := max(sandbox.InstantOf(sandbox.Date{Year: 2013, Month: 1, Day: 1}.Midnight()), sandbox.InstantOf(p.Birth.AddYears(13).Midnight()))
	var last sandbox.Instant
	value := map[generator.EventKind]string{}
	for _, e := range events {
		if e.At < last || e.At < earliest || e.At >= sandbox.InstantOf(referenceDay.Midnight()) {
			t.Errorf("person %d: %v at %s, after %s", i, e.Kind, e.At.Wire(), last.Wire())
		}
		last = e.At
		switch e.Kind {
		case generator.EventRegistered:
			clear(value)
		case generator.EventEmail, generator.EventMobile:
			if e.Old != value[e.Kind] || e.New == e.Old || e.New == "" {
				t.Errorf("person %d: %v from %q to %q, and it was %q", i, e.Kind, e.Old, e.New, value[e.Kind])
			}
			value[e.Kind] = e.New
		case generator.EventEmailConfirmed, generator.EventEmailValidated:
			if value[generator.EventEmail] == "" {
				t.Errorf("person %d: %v without an e-mail", i, e.Kind)
			}
		case generator.EventMobileConfirmed, generator.EventMobileValidated:
			if value[generator.EventMobile] == "" {
				t.Errorf("person %d: %v without a mobile", i, e.Kind)
			}
		}
	}
}

// Who is out of date has been reminded, and who expires soon too.
func TestHistory_has_the_reminder_and_the_expiry(t *testing.T) {
	t.Parallel()
	g := newGenerator(t, config(4000, 2))
	w, window := g.Worker(), sandbox.WindowAt(referenceDay.Midnight())
	states := map[sandbox.Freshness]int{}
	for i := range g.Len() {
		p := w.Person(i)
		e, m := window.Freshness(p.Email), window.Freshness(p.Mobile)
		if e != m || e < sandbox.Expiring {
			continue
		}
		states[e]++
		var reminded, expired sandbox.Instant
		for _, ev := range w.History(i) {
			switch ev.Kind {
			case generator.EventReminded:
				reminded = ev.At
			case generator.EventExpired:
				expired = ev.At
			}
		}
		newest := max(p.Email.Newest(), p.Mobile.Newest())
		if reminded < newest || (e == sandbox.Expired) != (expired > newest) {
			t.Errorf("person %d, %v: newest %s, reminded %s, expired %s", i, e, newest.Wire(), reminded.Wire(), expired.Wire())
		}
	}
	if states[sandbox.Expiring] < 20 || states[sandbox.Expired] < 50 {
		t.Errorf("%v", states)
	}
}

func TestHistory_happens_when_people_are_awake(t *testing.T) {
	t.Parallel()
	g := newGenerator(t, config(2000, 1))
	w, night := g.Worker(), tally{}
	for i := range g.Len() {
		for _, e := range w.History(i) {
			hour := e.At.Time().In(sandbox.Oslo).Hour()
			night.add(hour >= 2 && hour < 6)
		}
	}
	if night.of < 20_000 || night.yes > night.of/100 {
		t.Errorf("%d of %d events are between two and six", night.yes, night.of)
	}
}

func mustID(t *testing.T, digits string) sandbox.PersonID {
	t.Helper()
	id, err := sandbox.ParsePersonID(digits)
	if err != nil {
		t.Fatal(err)
	}
	return id
}
