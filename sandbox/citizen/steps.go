package citizen

import (
	"errors"

	"liksom/sandbox"
)

// contact is what a citizen states: values as they are to be kept, "" for none.
type contact struct{ mobile, email string }

// contactOf gives what the register has.
func contactOf(r sandbox.Record) contact {
	if r.Status() != sandbox.Active {
		return contact{}
	}
	return contact{r.Mobile().Value, r.Email().Value}
}

// known gives a person as the register has it, or one of whom it has nothing.
func known(r sandbox.Record, id sandbox.PersonID) sandbox.Person {
	if r.Exists() {
		return r.Person()
	}
	return sandbox.Person{ID: id, Birth: id.BirthDate(), Sex: id.Sex()}
}

// step changes a person at an instant. It is what a citizen can do.
type step func(p *sandbox.Person, at sandbox.Instant)

var (
	// errReserved is of a mailbox for somebody who has reserved.
	errReserved = errors.New("who has reserved cannot choose a mailbox")
	// errDeleted is of a step that does not bring somebody who is SLETTET back: only
	// an address does (a guess).
	errDeleted = errors.New("who is SLETTET comes back with an address only")
)

// allowed tells what does not go with a person as steps leave them.
func allowed(before sandbox.Record, after sandbox.Person) error {
	switch was := mailboxOf(before); {
	case before.Status() == sandbox.Deleted && after.Email.Value == "" && after.Mobile.Value == "":
		return errDeleted
	case after.Reserved && after.Mailbox.Provider != sandbox.NoProvider && after.Mailbox.Provider != was.Provider && !after.Mailbox.Inactive:
		return errReserved
	}
	return nil
}

// do carries out steps one after the other, with the dates that the register gives
// for each. Whoever was not in the register is after the first of them.
func do(r sandbox.Record, id sandbox.PersonID, at sandbox.Instant, steps ...step) sandbox.Person {
	p := known(r, id)
	for _, s := range steps {
		before := p
		p.Status = sandbox.Active
		s(&p, at)
		sandbox.Move(before, &p, at, 0)
	}
	return p
}

// state changes the contact data: a changed value is updated and confirmed, and not
// validated. Source: the public code of the confirm dialog (2021).
func state(c contact) step {
	return func(p *sandbox.Person, _ sandbox.Instant) { p.Mobile.Value, p.Email.Value = c.mobile, c.email }
}

// confirm confirms what there is: one press covers both. Source: as for state.
func confirm(p *sandbox.Person, at sandbox.Instant) {
	for _, c := range []*sandbox.Channel{&p.Email, &p.Mobile} {
		if c.Value != "" {
			c.Confirmed = at
		}
	}
}

// prove marks an address as proven by a code, if it is still the one that the code
// went to. Source: "KRR: Datakvalitet, forbedringer og nyheter" (2024), on
// verification.
func prove(a address) step {
	return func(p *sandbox.Person, at sandbox.Instant) {
		if c := a.channel(p); a.same(c.Value) {
			c.Validated = at
		}
	}
}

// reserve reserves, or takes it back; addresses and mailbox stay. Source:
// "Attributter i kontakt- og reservasjonsregisteret" (Digdir); that they stay is a
// guess.
func reserve(on bool) step {
	return func(p *sandbox.Person, _ sandbox.Instant) { p.Reserved = on }
}

// choose chooses a mailbox, or leaves the one there is.
func choose(box sandbox.Mailbox) step {
	return func(p *sandbox.Person, _ sandbox.Instant) { p.Mailbox = box }
}

// speak chooses the language of messages.
func speak(l sandbox.Language) step {
	return func(p *sandbox.Person, _ sandbox.Instant) { p.Language = l }
}
