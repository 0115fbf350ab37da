package sandbox

import "strings"

// Status is a person's status in the register.
// Source: "Attributter i kontakt- og reservasjonsregisteret" (Digdir).
type Status uint8

// The values of Status.
const (
	NotRegistered Status = iota // IKKE_REGISTRERT
	Active                      // AKTIV
	Deleted                     // SLETTET
)

// String gives the code list's word.
func (s Status) String() string { return [...]string{"IKKE_REGISTRERT", "AKTIV", "SLETTET"}[s] }

// CivilStatus is personstatus in the population register.
type CivilStatus uint8

// The values of CivilStatus that the generator makes.
const (
	Resident CivilStatus = iota // bosatt
	Emigrated
	Dead
)

// String gives the word of the population register.
func (s CivilStatus) String() string { return [...]string{"bosatt", "utflyttet", "doed"}[s] }

// Language is spraak, the language that a person wants to be written to in.
type Language uint8

// The values of Language. Northern Sami is "se", as the register spells it.
const (
	NoLanguage Language = iota
	Bokmaal
	Nynorsk
	English
	Sami
)

// String gives the register's code: nb, nn, en, se, or "".
func (l Language) String() string { return [...]string{"", "nb", "nn", "en", "se"}[l] }

// Provider is a supplier of digital mailboxes.
type Provider uint8

// The providers. Source: the test data of "Oppslagstjenesten", with expected answers.
const (
	NoProvider Provider = iota
	Digipost
	EBoks
	EBoksOld // the organisation number that e-Boks had before
)

// Org gives the organisation number (postkasseleverandoeradresse).
func (p Provider) Org() string {
	return [...]string{"", "984661185", "922020175", "996460320"}[p]
}

// CertificateState tells which certificate stands at a mailbox.
type CertificateState uint8

// The values of CertificateState.
const (
	CertificateValid CertificateState = iota
	CertificateExpired
	CertificateMissing
	CertificateEnding // valid to the end of the reference date
)

// Channel is one way to reach a person: e-mail or mobile. An empty Value means
// that the register has none, and then there are no dates.
type Channel struct {
	Value     string
	Updated   Instant // oppdatert: the value is new or changed
	Confirmed Instant // sist_verifisert: the person said that it is right
	Validated Instant // sist_validert: proven with a code sent to it
	Shared    bool    // duplisert: another active person has it too; not kept, but counted
}

// Newest is the later of the two dates that count in the 18-month rule.
func (c Channel) Newest() Instant { return max(c.Updated, c.Confirmed) }

// Mailbox is digital_post.
type Mailbox struct {
	Address     string // postkasseadresse
	Provider    Provider
	Inactive    bool // left by its owner: still in the register, never handed out
	Certificate CertificateState
}

// Person is everything that the sandbox knows of one person, in the form in
// which persons are made and changed. Read one through its [Record].
type Person struct {
	ID        PersonID
	FirstName string // fornavn, in title case
	LastName  string // etternavn
	Birth     Date   // foedselsdato in the population register; may differ from the number's
	Sex       Sex    // kjoenn
	Civil     CivilStatus

	Municipality uint16 // kommunenr, as 301 for 0301; 0 when there is none. The county is the part above the last two digits
	Kin          Kin    // relatives in the population register
	Scenario     string // katalog: the slug of the catalogue's entry that the person plays in; "" for most

	Status             Status
	Registered         Instant // when the person came into the register, or came back
	DeletedAt          Instant // when the person left it; only when SLETTET
	Changed            Instant // endret: the last change of anything
	Reserved           bool    // reservasjon
	ReservedAt         Instant // reservasjonstidspunkt; only when reserved
	ReservationUpdated Instant // reservasjon_oppdatert
	Email, Mobile      Channel
	Mailbox            Mailbox
	Language           Language
	LanguageUpdated    Instant // spraak_oppdatert
}

// Contact is a contact value in the spelling that duplicates are counted by.
type Contact struct {
	Mobile bool   // or else an e-mail
	Value  string // by SameEmail or SameMobile; "" when there is none
}

// Contacts are the values of a person that count for duplicates: those of an
// active person, the e-mail first.
func Contacts(r Record) (out [2]Contact) {
	if r.Status() == Active {
		out = [2]Contact{{false, SameEmail(r.Email().Value)}, {true, SameMobile(r.Mobile().Value)}}
	}
	return out
}

// SameEmail spells an e-mail so that equal texts are the same address for
// duplicates: in lower case (a guess).
func SameEmail(s string) string { return strings.ToLower(s) }

// SameMobile spells a mobile so that equal texts are the same number for
// duplicates: +, country code, digits; eight digits alone are Norwegian (a guess).
func SameMobile(s string) string {
	if len(s) > 1 && s[0] == '+' && strings.Trim(s[1:], "0123456789") == "" {
		return s // most are spelt so, and this is asked often
	}
	digits := strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, s)
	switch {
	case digits == "":
		return ""
	case strings.HasPrefix(s, "+"):
		return "+" + digits
	case strings.HasPrefix(digits, "00"):
		return "+" + digits[2:]
	case len(digits) == 8:
		return "+47" + digits
	}
	return "+" + digits
}
