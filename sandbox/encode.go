package sandbox

import (
	"encoding/binary"
	"errors"
	"fmt"
)

// changeFormat is the first byte of an encoded change; it is raised when the
// rest means something else. A folder made with another data version is refused
// before, so that only changes of this format are met.
const changeFormat = 2

// AppendChange appends a change in the form that stores keep: format, time,
// undo, number of the person, and the person's fields, texts with their length.
// The number of the change is the store's to keep.
func AppendChange(b []byte, c Change) []byte {
	p := c.Person
	b = append(b, changeFormat, flag(c.Undo))
	b = binary.BigEndian.AppendUint32(b, uint32(c.At))
	b = binary.BigEndian.AppendUint64(b, p.ID.n)
	if c.Undo {
		return b
	}
	b = append(b, byte(p.Sex), byte(p.Civil), byte(p.Status), flag(p.Reserved), byte(p.Mailbox.Provider),
		flag(p.Mailbox.Inactive), byte(p.Mailbox.Certificate), byte(p.Language), p.Birth.Month, p.Birth.Day)
	b = binary.BigEndian.AppendUint16(b, uint16(p.Birth.Year))
	b = binary.BigEndian.AppendUint16(b, p.Municipality)
	for _, at := range p.times() {
		b = binary.BigEndian.AppendUint32(b, uint32(*at))
	}
	for _, s := range p.texts() {
		b = binary.AppendUvarint(b, uint64(len(*s)))
		b = append(b, *s...)
	}
	return b
}

// times and texts list a person's fields in the order in which they are encoded.
func (p *Person) times() [timeCount]*Instant {
	return [timeCount]*Instant{
		&p.ReservedAt, &p.ReservationUpdated, &p.LanguageUpdated, &p.Registered, &p.DeletedAt, &p.Changed,
		&p.Email.Updated, &p.Email.Confirmed, &p.Email.Validated,
		&p.Mobile.Updated, &p.Mobile.Confirmed, &p.Mobile.Validated,
	}
}

func (p *Person) texts() [textCount]*string {
	return [textCount]*string{&p.FirstName, &p.LastName, &p.Email.Value, &p.Mobile.Value, &p.Mailbox.Address, &p.Scenario, (*string)(&p.Kin)}
}

func flag(b bool) byte {
	if b {
		return 1
	}
	return 0
}

var errBroken = errors.New("a stored change is broken")

// DecodeChange reads what AppendChange wrote; the result shares no memory with b.
func DecodeChange(nr uint64, b []byte) (Change, error) {
	const head, fixed = 14, 14
	if len(b) < head || b[0] != changeFormat {
		return Change{}, fmt.Errorf("%w: change %d", errBroken, nr)
	}
	c := Change{Nr: nr, Undo: b[1] == 1, At: Instant(binary.BigEndian.Uint32(b[2:]))}
	p := &c.Person
	p.ID = PersonID{binary.BigEndian.Uint64(b[6:])}
	b = b[head:]
	if c.Undo && len(b) == 0 {
		return c, nil
	}
	if c.Undo || len(b) < fixed+4*timeCount || b[0] > byte(Male) || b[1] > byte(Dead) || b[2] > byte(Deleted) ||
		b[4] > byte(EBoksOld) || b[6] > byte(CertificateEnding) || b[7] > byte(Sami) {
		return Change{}, fmt.Errorf("%w: change %d", errBroken, nr)
	}
	p.Sex, p.Civil, p.Status, p.Reserved = Sex(b[0]), CivilStatus(b[1]), Status(b[2]), b[3] == 1
	p.Mailbox = Mailbox{Provider: Provider(b[4]), Inactive: b[5] == 1, Certificate: CertificateState(b[6])}
	p.Language = Language(b[7])
	p.Birth = Date{int16(binary.BigEndian.Uint16(b[10:])), b[8], b[9]}
	p.Municipality = binary.BigEndian.Uint16(b[12:])
	b = b[fixed:]
	for _, at := range p.times() {
		*at = Instant(binary.BigEndian.Uint32(b))
		b = b[4:]
	}
	for _, s := range p.texts() {
		n, used := binary.Uvarint(b)
		if used <= 0 || n > uint64(len(b)-used) {
			return Change{}, fmt.Errorf("%w: change %d", errBroken, nr)
		}
		*s, b = string(b[used:used+int(n)]), b[used+int(n):]
	}
	if len(b) > 0 || !p.Kin.good() {
		return Change{}, fmt.Errorf("%w: change %d", errBroken, nr)
	}
	return c, nil
}
