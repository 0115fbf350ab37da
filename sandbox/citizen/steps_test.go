package citizen

import (
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

func instant(s string) sandbox.Instant {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return sandbox.InstantOf(t)
}

var (
	longAgo = instant("2020-05-04T09:12:30+02:00")
	before  = instant("2024-11-02T18:20:05+01:00")
	now     = instant("2025-03-15T12:00:00+01:00")
)

// anne has both addresses, proven and confirmed long ago, a mailbox and a language.
func anne(t *testing.T) sandbox.Person {
	t.Helper()
	id, err := sandbox.ParsePersonID("14838131043")
	if err != nil {
		t.Fatal(err)
	}
	return sandbox.Person{
		ID: id, FirstName: "Anne", LastName: "Lie", Birth: id.BirthDate(), Sex: id.Sex(), Status: sandbox.Active, Registered: longAgo,
		Email:  sandbox.Channel{Value: "a.lie@example.test", Updated: longAgo, Confirmed: before, Validated: before},
		Mobile: sandbox.Channel{Value: "+4799990001", Updated: longAgo, Confirmed: before, Validated: before},
		Mailbox: sandbox.Mailbox{
			Address: "anne.lie#4K7Q", Provider: sandbox.Digipost,
		},
		Language: sandbox.Bokmaal, LanguageUpdated: longAgo,
	}
}

// TestSteps_change_exactly_their_fields goes through what a citizen can do, and
// compares the whole person. Sources: "Attributter i kontakt- og reservasjons-
// registeret" (Digdir) for the meaning of the dates, the public code of the confirm
// dialog (2021) for what the dialog writes, "KRR: Datakvalitet, forbedringer og
// nyheter" (2024) for codes and the mailbox; that MinProfil leaves the other address
// alone, that a changed address is not validated and that reserving keeps addresses
// and mailbox are guesses.
func TestSteps_change_exactly_their_fields(t *testing.T) {
	t.Parallel()
	fresh := func(value string) sandbox.Channel {
		return sandbox.Channel{Value: value, Updated: now, Confirmed: now}
	}
	eboks := sandbox.Mailbox{Provider: sandbox.EBoks, Address: "0000734567"}
	for name, c := range map[string]struct {
		given func(p *sandbox.Person)
		steps []step
		want  func(p *sandbox.Person)
	}{
		"first registration in the dialog makes the person active, with both dates now": {
			func(p *sandbox.Person) { *p = sandbox.Person{ID: p.ID, Birth: p.Birth, Sex: p.Sex} },
			[]step{state(contact{"+4799990002", "ny@example.test"}), confirm},
			func(p *sandbox.Person) {
				p.Status, p.Registered, p.Mobile, p.Email = sandbox.Active, now, fresh("+4799990002"), fresh("ny@example.test")
			},
		},
		"confirming without a change confirms every address there is": {
			nil,
			[]step{state(contact{"+4799990001", "a.lie@example.test"}), confirm},
			func(p *sandbox.Person) { p.Mobile.Confirmed, p.Email.Confirmed = now, now },
		},
		"confirming with one address confirms that one": {
			func(p *sandbox.Person) { p.Email = sandbox.Channel{} },
			[]step{state(contact{"+4799990001", ""}), confirm},
			func(p *sandbox.Person) { p.Mobile.Confirmed = now },
		},
		"changing the e-mail in the dialog updates it, drops its validation and confirms the mobile too": {
			nil,
			[]step{state(contact{"+4799990001", "ny@example.test"}), confirm},
			func(p *sandbox.Person) { p.Email, p.Mobile.Confirmed = fresh("ny@example.test"), now },
		},
		"changing the mobile in the dialog does the same the other way": {
			nil,
			[]step{state(contact{"+4799990002", "a.lie@example.test"}), confirm},
			func(p *sandbox.Person) { p.Mobile, p.Email.Confirmed = fresh("+4799990002"), now },
		},
		"removing the mobile in the dialog takes all of it away": {
			nil,
			[]step{state(contact{"", "a.lie@example.test"}), confirm},
			func(p *sandbox.Person) { p.Mobile, p.Email.Confirmed = sandbox.Channel{}, now },
		},
		"a right code validates that address and nothing else": {
			nil,
			[]step{prove(address{outbox.SMS, "+4799990001"})},
			func(p *sandbox.Person) { p.Mobile.Validated = now },
		},
		"a right code for an address that has been changed since validates nothing": {
			nil,
			[]step{prove(address{outbox.Email, "an.annen@example.test"})},
			func(*sandbox.Person) {},
		},
		"a code typed before a new address is saved validates it when it is": {
			nil,
			[]step{state(contact{"+4799990001", "ny@example.test"}), confirm, prove(address{outbox.Email, "ny@example.test"})},
			func(p *sandbox.Person) {
				p.Email, p.Email.Validated, p.Mobile.Confirmed = fresh("ny@example.test"), now, now
				p.Email.Validated = now
			},
		},
		"a change in MinProfil leaves the other address alone": {
			nil,
			[]step{state(contact{"+4799990002", "a.lie@example.test"})},
			func(p *sandbox.Person) { p.Mobile = fresh("+4799990002") },
		},
		"reserving keeps addresses and mailbox": {
			nil,
			[]step{reserve(true)},
			func(p *sandbox.Person) { p.Reserved, p.ReservedAt, p.ReservationUpdated = true, now, now },
		},
		"undoing a reservation takes its moment away": {
			func(p *sandbox.Person) { p.Reserved, p.ReservedAt, p.ReservationUpdated = true, before, before },
			[]step{reserve(false)},
			func(p *sandbox.Person) { p.Reserved, p.ReservedAt, p.ReservationUpdated = false, 0, now },
		},
		"reserving somebody who is in no register makes a record without addresses": {
			func(p *sandbox.Person) { *p = sandbox.Person{ID: p.ID, Birth: p.Birth, Sex: p.Sex} },
			[]step{reserve(true)},
			func(p *sandbox.Person) {
				p.Status, p.Registered = sandbox.Active, now
				p.Reserved, p.ReservedAt, p.ReservationUpdated = true, now, now
			},
		},
		"choosing a mailbox changes no date": {
			func(p *sandbox.Person) { p.Mailbox = sandbox.Mailbox{} },
			[]step{choose(eboks)},
			func(p *sandbox.Person) { p.Mailbox = eboks },
		},
		"switching the mailbox replaces it":   {nil, []step{choose(eboks)}, func(p *sandbox.Person) { p.Mailbox = eboks }},
		"leaving the mailbox takes it away":   {nil, []step{choose(sandbox.Mailbox{})}, func(p *sandbox.Person) { p.Mailbox = sandbox.Mailbox{} }},
		"choosing a language updates it":      {nil, []step{speak(sandbox.Sami)}, func(p *sandbox.Person) { p.Language, p.LanguageUpdated = sandbox.Sami, now }},
		"taking the language back removes it": {nil, []step{speak(sandbox.NoLanguage)}, func(p *sandbox.Person) { p.Language, p.LanguageUpdated = sandbox.NoLanguage, 0 }},
		"who is deleted and registers again begins anew": {
			func(p *sandbox.Person) {
				*p = sandbox.Person{ID: p.ID, FirstName: p.FirstName, LastName: p.LastName, Birth: p.Birth, Sex: p.Sex, Status: sandbox.Deleted, Registered: longAgo, DeletedAt: before}
			},
			[]step{state(contact{"", "ny@example.test"}), confirm},
			func(p *sandbox.Person) {
				p.Status, p.Registered, p.DeletedAt, p.Email = sandbox.Active, now, 0, fresh("ny@example.test")
			},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := anne(t)
			if c.given != nil {
				c.given(&p)
			}
			got := do(recordOf(p), p.ID, now, c.steps...)
			c.want(&p)
			if got != p {
				t.Errorf("the person is\n%+v, wanted\n%+v", got, p)
			}
		})
	}
}

func TestSteps_know_somebody_who_is_in_no_register(t *testing.T) {
	t.Parallel()
	id := anne(t).ID
	got := do(sandbox.Record{}, id, now, state(contact{"+4799990002", ""}), confirm)
	want := sandbox.Person{ID: id, Birth: id.BirthDate(), Sex: id.Sex(), Status: sandbox.Active, Registered: now, Mobile: sandbox.Channel{Value: "+4799990002", Updated: now, Confirmed: now}}
	if got != want {
		t.Errorf("the person is %+v, wanted %+v", got, want)
	}
}
