package sandbox

import "cmp"

// Given says which dates a caller chose, so that the register's own are not put
// in their place.
type Given uint16

// The dates of a person.
const (
	GivenReservedAt Given = 1 << iota
	GivenReservationUpdated
	GivenLanguageUpdated
	GivenEmailUpdated
	GivenEmailConfirmed
	GivenEmailValidated
	GivenMobileUpdated
	GivenMobileConfirmed
	GivenMobileValidated
)

// Where the three dates of each channel begin among the bits of Given.
const (
	emailDates  = 3
	mobileDates = 6
)

// Move gives a changed person the dates that the register would have given, as
// if the person had made the change in MinProfil at that moment: a new address
// is updated and confirmed now and not validated; reservation and language are
// updated now. Who leaves the register leaves with everything, and who comes
// back brings nothing along.
// Sources: the confirm dialog's public source for addresses; "Attributter i
// kontakt- og reservasjonsregisteret" (Digdir) for the rest; that MinProfil
// confirms the changed address only is a guess.
func Move(before Person, p *Person, at Instant, given Given) {
	if p.Status != Active {
		leave(before, p, at)
		return
	}
	if before.Status != Active || p.Registered == 0 {
		p.Registered, p.DeletedAt = at, 0
	}
	moveChannel(before.Email, &p.Email, at, given>>emailDates)
	moveChannel(before.Mobile, &p.Mobile, at, given>>mobileDates)
	if p.Reserved != before.Reserved {
		put(&p.ReservationUpdated, at, given&GivenReservationUpdated)
		put(&p.ReservedAt, at, given&GivenReservedAt)
	}
	if !p.Reserved {
		p.ReservedAt = 0
	}
	if p.Language != before.Language {
		put(&p.LanguageUpdated, at, given&GivenLanguageUpdated)
	}
	if p.Language == NoLanguage {
		p.LanguageUpdated = 0
	}
	if p.Mailbox.Provider == NoProvider {
		p.Mailbox = Mailbox{}
	}
}

func leave(before Person, p *Person, at Instant) {
	*p = Person{
		ID: p.ID, FirstName: p.FirstName, LastName: p.LastName, Birth: p.Birth, Sex: p.Sex, Civil: p.Civil,
		Municipality: p.Municipality, Kin: p.Kin, Scenario: p.Scenario, Status: p.Status,
	}
	if p.Status == Deleted {
		p.Registered, p.DeletedAt = before.Registered, at
		if before.Status == Deleted {
			p.DeletedAt = before.DeletedAt
		}
	}
}

// moveChannel reads the given dates of one channel: updated, confirmed,
// validated. Who gives one of the dates that count means to say how old the new
// value is, so that the other is not made up.
func moveChannel(before Channel, c *Channel, at Instant, given Given) {
	const updated, confirmed, validated = 1, 2, 4
	if c.Value == "" {
		*c = Channel{}
		return
	}
	if c.Value == before.Value {
		return
	}
	switch given & (updated | confirmed) {
	case 0:
		c.Updated, c.Confirmed = at, at
	case updated:
		c.Confirmed = 0
	case confirmed:
		c.Updated = cmp.Or(c.Confirmed, at) // or the confirmation was taken away
	}
	put(&c.Validated, 0, given&validated)
}

func put(field *Instant, at Instant, given Given) {
	if given == 0 {
		*field = at
	}
}
