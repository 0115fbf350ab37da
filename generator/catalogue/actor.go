package catalogue

import (
	"liksom/sandbox"
)

// actor is a person of an entry before the reference date is known.
type actor struct {
	id        sandbox.PersonID // zero when it hangs on the clock
	born      []step           // then: how far from the reference date
	birth     sandbox.Date     // the register's, where it is not the number's
	sex       sandbox.Sex      // likewise
	first     string           // "": see names
	last      string
	civil     sandbox.CivilStatus
	place     uint16
	relatives []relative
	expected  expectation

	status                                                                      sandbox.Status
	registered, deleted, reservedAt, reservationUpdated, languageUpdated, boxed when
	email, mobile                                                               channel
	mailbox                                                                     sandbox.Mailbox
	language                                                                    sandbox.Language
}

// relative is another person of the same entry.
type relative struct {
	relation sandbox.Relation
	person   int // its index
}

// channel is a contact value with its dates.
type channel struct {
	value                         string
	updated, confirmed, validated when
}

func (c channel) at(t sandbox.Instant) sandbox.Channel {
	if c.value == "" {
		return sandbox.Channel{}
	}
	return sandbox.Channel{Value: c.value, Updated: c.updated.at(t), Confirmed: c.confirmed.at(t), Validated: c.validated.at(t)}
}

// person gives what the register holds of the actor, identity left out.
func (a actor) person(t sandbox.Instant) sandbox.Person {
	p := sandbox.Person{
		FirstName: a.first, LastName: a.last, Civil: a.civil, Municipality: a.place, Status: a.status,
		Registered: a.registered.at(t), DeletedAt: a.deleted.at(t),
		ReservedAt: a.reservedAt.at(t), ReservationUpdated: a.reservationUpdated.at(t),
		Email: a.email.at(t), Mobile: a.mobile.at(t), Mailbox: a.mailbox,
		Language: a.language, LanguageUpdated: a.languageUpdated.at(t),
	}
	if p.ReservedAt != 0 {
		p.Reserved = true
		if p.ReservationUpdated == 0 {
			p.ReservationUpdated = p.ReservedAt
		}
	}
	if p.Status == sandbox.NotRegistered {
		return p
	}
	first, last := a.span(p, t)
	if p.Registered == 0 {
		p.Registered = first
	}
	p.Changed = max(last, p.Registered)
	return p
}

// span gives the first and the last of the person's dates that are not ahead of
// T, which is when a person without dates came.
func (a actor) span(p sandbox.Person, t sandbox.Instant) (first, last sandbox.Instant) {
	first = t
	for _, at := range []sandbox.Instant{
		p.DeletedAt, p.ReservedAt, p.ReservationUpdated, p.LanguageUpdated, a.boxed.at(t),
		p.Email.Updated, p.Email.Confirmed, p.Email.Validated, p.Mobile.Updated, p.Mobile.Confirmed, p.Mobile.Validated,
	} {
		if at != 0 && at <= t {
			first, last = min(first, at), max(last, at)
		}
	}
	return first, last
}

// identify fills in what the number tells, where the entry says nothing else.
func (a actor) identify(p *sandbox.Person, reference sandbox.Date) {
	p.Birth, p.Sex = p.ID.BirthDate(), p.ID.Sex()
	if len(a.born) > 0 {
		p.Birth = a.birthOn(reference)
	}
	if !a.birth.IsZero() {
		p.Birth = a.birth
	}
	if a.sex != sandbox.SexUnknown {
		p.Sex = a.sex
	}
}

func (a actor) kin(ids []sandbox.PersonID) sandbox.Kin {
	var all []sandbox.Relative
	for _, r := range a.relatives {
		all = append(all, sandbox.Relative{Relation: r.relation, ID: ids[r.person]})
	}
	return sandbox.MakeKin(all...)
}
