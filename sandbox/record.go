package sandbox

import "fmt"

// Row is a person packed to a fixed size without pointers. Its texts lie one
// after the other in a buffer that many rows share. A population is a slice of
// rows in id order and that buffer, and can be written to a file as it is.
type Row struct {
	id      PersonID
	text    uint32            // where the texts begin
	lengths [textCount]uint16 // of each text
	times   [timeCount]Instant
	birth   Date
	sex     Sex
	civil   CivilStatus
	status  Status
	lang    Language
	mailbox Provider
	cert    CertificateState
	flags   flags
	place   uint16 // municipality
}

const (
	textFirst = iota
	textLast
	textEmail
	textMobile
	textMailbox
	textScenario
	textKin
	textCount
)

const (
	timeReserved = iota
	timeReservation
	timeLanguage
	timeRegistered
	timeDeleted
	timeChanged
	timeEmail  // three: updated, confirmed, validated
	timeMobile = timeEmail + 3
	timeCount  = timeMobile + 3
)

type flags uint8

const (
	flagReserved flags = 1 << iota
	flagInactive
	flagEmailShared
	flagMobileShared
)

// Pack appends a person's texts to buf and returns its row. It fails when a
// text is longer than 65 535 bytes or the buffer passes 4 GiB.
func Pack(p Person, buf []byte) (Row, []byte, error) {
	r := Row{
		id: p.ID, text: uint32(len(buf)), birth: p.Birth, sex: p.Sex, civil: p.Civil, status: p.Status,
		place: p.Municipality, lang: p.Language, mailbox: p.Mailbox.Provider, cert: p.Mailbox.Certificate,
	}
	if uint64(len(buf)) > uint64(^uint32(0)) {
		return Row{}, buf, fmt.Errorf("more than 4 GiB of text in one population")
	}
	for i, s := range [textCount]string{p.FirstName, p.LastName, p.Email.Value, p.Mobile.Value, p.Mailbox.Address, p.Scenario, string(p.Kin)} {
		if len(s) > int(^uint16(0)) {
			return Row{}, buf, &Error{Invalid, "text.long", fmt.Sprintf("a text of %d bytes is too long; at most 65535", len(s))}
		}
		r.lengths[i] = uint16(len(s))
		buf = append(buf, s...)
	}
	r.times = [timeCount]Instant{ // as Person.times
		p.ReservedAt, p.ReservationUpdated, p.LanguageUpdated, p.Registered, p.DeletedAt, p.Changed,
		p.Email.Updated, p.Email.Confirmed, p.Email.Validated,
		p.Mobile.Updated, p.Mobile.Confirmed, p.Mobile.Validated,
	}
	r.set(flagReserved, p.Reserved)
	r.set(flagInactive, p.Mailbox.Inactive)
	r.SetShared(p.Email.Shared, p.Mobile.Shared)
	return r, buf, nil
}

// ID gives the row's person.
func (r *Row) ID() PersonID { return r.id }

// Shift moves the row's texts by n bytes, for rows whose buffer was appended to another.
func (r *Row) Shift(n int) { r.text += uint32(n) }

// SetShared says which contact values another active person has too.
func (r *Row) SetShared(email, mobile bool) {
	r.set(flagEmailShared, email)
	r.set(flagMobileShared, mobile)
}

func (r *Row) set(f flags, on bool) { r.flags = r.flags.with(f, on) }

func (f flags) with(bit flags, on bool) flags {
	if on {
		return f | bit
	}
	return f &^ bit
}

// View reads the row with the buffer that its texts lie in.
func (r *Row) View(text string) Record { return Record{r, text, r.flags} }

// Record is one person as the register reads it: a flat view, cheap to copy and
// never changed. The zero Record is nobody, whose status is IKKE_REGISTRERT.
type Record struct {
	row   *Row
	text  string
	flags flags // the row's, but what is shared may be known better
}

// Exists tells a person from nobody.
func (r Record) Exists() bool { return r.row != nil }

// ID gives the person's number, or the zero PersonID of nobody.
func (r Record) ID() PersonID {
	if r.row == nil {
		return PersonID{}
	}
	return r.row.id
}

// Status gives the person's status; nobody is [NotRegistered].
func (r Record) Status() Status {
	if r.row == nil {
		return NotRegistered
	}
	return r.row.status
}

// The rest of the methods may be called only on a Record that exists.

// FirstName is fornavn.
func (r Record) FirstName() string { return r.textAt(textFirst) }

// LastName is etternavn.
func (r Record) LastName() string { return r.textAt(textLast) }

// Birth is foedselsdato.
func (r Record) Birth() Date { return r.row.birth }

// Sex is kjoenn.
func (r Record) Sex() Sex { return r.row.sex }

// Civil is personstatus.
func (r Record) Civil() CivilStatus { return r.row.civil }

// Municipality is kommunenr, 0 when there is none.
func (r Record) Municipality() uint16 { return r.row.place }

// Kin are the person's relatives.
func (r Record) Kin() Kin { return Kin(r.textAt(textKin)) }

// Scenario is katalog: the slug of the person's entry in the catalogue, or "".
func (r Record) Scenario() string { return r.textAt(textScenario) }

// Registered is when the person came into the register, or came back; zero for
// one who never was in it.
func (r Record) Registered() Instant { return r.row.times[timeRegistered] }

// DeletedAt is when the person left the register; only when SLETTET.
func (r Record) DeletedAt() Instant { return r.row.times[timeDeleted] }

// Changed is endret: the last change of anything.
func (r Record) Changed() Instant { return r.row.times[timeChanged] }

// Reserved is reservasjon.
func (r Record) Reserved() bool { return r.flags&flagReserved != 0 }

// ReservedAt is reservasjonstidspunkt.
func (r Record) ReservedAt() Instant { return r.row.times[timeReserved] }

// ReservationUpdated is reservasjon_oppdatert.
func (r Record) ReservationUpdated() Instant { return r.row.times[timeReservation] }

// Language is spraak.
func (r Record) Language() Language { return r.row.lang }

// LanguageUpdated is spraak_oppdatert.
func (r Record) LanguageUpdated() Instant { return r.row.times[timeLanguage] }

// Email is the e-mail channel.
func (r Record) Email() Channel { return r.channel(textEmail, timeEmail, flagEmailShared) }

// Mobile is the mobile channel.
func (r Record) Mobile() Channel { return r.channel(textMobile, timeMobile, flagMobileShared) }

// Mailbox is digital_post.
func (r Record) Mailbox() Mailbox {
	return Mailbox{r.textAt(textMailbox), r.row.mailbox, r.flags&flagInactive != 0, r.row.cert}
}

// Person unpacks the whole person.
func (r Record) Person() Person {
	return Person{
		ID: r.ID(), FirstName: r.FirstName(), LastName: r.LastName(), Birth: r.Birth(), Sex: r.Sex(), Civil: r.Civil(),
		Municipality: r.Municipality(), Kin: r.Kin(), Scenario: r.Scenario(),
		Registered: r.Registered(), DeletedAt: r.DeletedAt(), Changed: r.Changed(),
		Status: r.Status(), Reserved: r.Reserved(), ReservedAt: r.ReservedAt(), ReservationUpdated: r.ReservationUpdated(),
		Email: r.Email(), Mobile: r.Mobile(), Mailbox: r.Mailbox(), Language: r.Language(), LanguageUpdated: r.LanguageUpdated(),
	}
}

func (r Record) withEmailShared(on bool) Record {
	r.flags = r.flags.with(flagEmailShared, on)
	return r
}

func (r Record) withMobileShared(on bool) Record {
	r.flags = r.flags.with(flagMobileShared, on)
	return r
}

func (r Record) channel(text, times int, shared flags) Channel {
	t := r.row.times[times : times+3]
	return Channel{r.textAt(text), t[0], t[1], t[2], r.flags&shared != 0}
}

func (r Record) textAt(i int) string {
	at := int(r.row.text)
	for _, n := range r.row.lengths[:i] {
		at += int(n)
	}
	return r.text[at : at+int(r.row.lengths[i])]
}
