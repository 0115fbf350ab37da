package catalogue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"liksom/sandbox"
)

// personLine is a person as an entry spells it, or several who differ in number
// only. Moments are read by readWhen.
type personLine struct {
	ID    string `json:"id"`         // fixed; or
	Born  string `json:"foedt"`      // so far from the reference date: -15y, +1d-15y; or
	Count int    `json:"antall"`     // so many,
	From  string `json:"foedt_fraa"` // born on the days from this one

	FirstName string           `json:"fornavn"`
	LastName  string           `json:"etternavn"`
	Birth     string           `json:"foedselsdato"`
	Sex       string           `json:"kjoenn"`
	Civil     string           `json:"personstatus"`
	Place     string           `json:"kommunenr"`
	Relatives map[string][]int `json:"familie"` // relation to the numbers of other persons of the entry

	Status             string        `json:"status"`
	Registered         string        `json:"registrert"`
	Deleted            string        `json:"slettet"`
	ReservedAt         string        `json:"reservert"`
	ReservationUpdated string        `json:"reservasjon_oppdatert"`
	Email              *channelLine  `json:"epost"`
	Mobile             *channelLine  `json:"mobil"`
	Mailbox            *mailboxLine  `json:"postkasse"`
	Language           string        `json:"spraak"`
	LanguageUpdated    string        `json:"spraak_oppdatert"`
	Expected           *expectedLine `json:"forventet"`
}

// channelLine is a channel. Spelt as a text it is the moment at which the value
// was entered, confirmed and proven.
type channelLine struct {
	Value     string `json:"verdi"` // "": made up
	Updated   string `json:"oppdatert"`
	Confirmed string `json:"verifisert"`
	Validated string `json:"validert"`
}

func (l *channelLine) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(bytes.TrimSpace(b), []byte{'"'}) {
		var at string
		if err := json.Unmarshal(b, &at); err != nil {
			return err
		}
		l.Updated, l.Confirmed, l.Validated = at, at, at
		return nil
	}
	type plain channelLine
	return strict(b, (*plain)(l))
}

type mailboxLine struct {
	Provider    string `json:"leverandoer"`
	Address     string `json:"adresse"`
	Inactive    bool   `json:"inaktiv"`
	Certificate string `json:"sertifikat"`
	Since       string `json:"fraa"` // when it became the person's
}

type expectedLine struct {
	Both    string             `json:"begge"`
	Contact string             `json:"kontakt"`
	Mailbox string             `json:"post"`
	Version string             `json:"v2"` // "": as version 1; utelatt
	Values  map[string]*string `json:"verdier"`
}

// defaultPlace is the municipality of those who live somewhere and do not say where.
const defaultPlace = 301

// actor reads the line, but for what each of several persons has alone.
func (l personLine) actor(f *faults) actor {
	a := actor{first: l.FirstName, last: l.LastName}
	a.status = pick(f, "status", l.Status, map[string]sandbox.Status{"": sandbox.Active, "AKTIV": sandbox.Active, "SLETTET": sandbox.Deleted, "IKKE_REGISTRERT": sandbox.NotRegistered})
	a.civil = pick(f, "personstatus", l.Civil, map[string]sandbox.CivilStatus{"": sandbox.Resident, "bosatt": sandbox.Resident, "utflyttet": sandbox.Emigrated, "doed": sandbox.Dead})
	a.sex = pick(f, "kjoenn", l.Sex, map[string]sandbox.Sex{"": sandbox.SexUnknown, "kvinne": sandbox.Female, "mann": sandbox.Male})
	a.language = pick(f, "spraak", l.Language, map[string]sandbox.Language{"": sandbox.NoLanguage, "nb": sandbox.Bokmaal, "nn": sandbox.Nynorsk, "en": sandbox.English, "se": sandbox.Sami})
	if l.Birth != "" {
		var err error
		if a.birth, err = sandbox.ParseDate(l.Birth); err != nil {
			f.add("foedselsdato: %w", err)
		}
	}
	for _, m := range []struct {
		member, text string
		to           *when
	}{
		{"registrert", l.Registered, &a.registered}, {"slettet", l.Deleted, &a.deleted},
		{"reservert", l.ReservedAt, &a.reservedAt}, {"reservasjon_oppdatert", l.ReservationUpdated, &a.reservationUpdated},
		{"spraak_oppdatert", l.LanguageUpdated, &a.languageUpdated},
	} {
		*m.to = f.moment(m.member, m.text)
	}
	a.email = l.Email.channel(f, "epost")
	a.mobile = l.Mobile.channel(f, "mobil")
	a.mailbox, a.boxed = l.Mailbox.mailbox(f)
	a.place = l.place(f, a.civil)
	a.relatives = l.relatives(f)
	return a
}

func (l personLine) place(f *faults, civil sandbox.CivilStatus) uint16 {
	if l.Place == "" {
		if civil != sandbox.Resident {
			return 0
		}
		return defaultPlace
	}
	n, err := strconv.ParseUint(l.Place, 10, 16)
	if err != nil || len(l.Place) != 4 {
		f.add("kommunenr %q is not four digits", l.Place)
	}
	return uint16(n)
}

func (l personLine) relatives(f *faults) []relative {
	var all []relative
	for r := sandbox.Partner; r <= sandbox.Ward; r++ {
		for _, n := range l.Relatives[r.String()] {
			all = append(all, relative{r, n - 1})
		}
	}
	known := 0
	for _, numbers := range l.Relatives {
		known += len(numbers)
	}
	if len(all) != known {
		f.add("familie knows partner, barn, far, mor, medmor, verge and vergemaal only")
	}
	return all
}

// madeUpEmail and madeUpMobile are nobody else's: a domain of our own, and the
// numbers 9999xxxx below those of the published persons.
func madeUpEmail(slug string, index int) string {
	if index > 0 {
		slug += "-" + strconv.Itoa(index+1)
	}
	return slug + "@katalog.test"
}

const mobilesEach = 20 // numbers set aside for an entry; the last may have more

func madeUpMobile(n, index int) string { return fmt.Sprintf("+479999%04d", n*mobilesEach+index) }

// own makes up the values that the line leaves out, for the person in this place
// of entry n.
func (l personLine) own(a *actor, slug string, n, index int) {
	if l.Email != nil && l.Email.Value == "" {
		a.email.value = madeUpEmail(slug, index)
	}
	if l.Mobile != nil && l.Mobile.Value == "" {
		a.mobile.value = madeUpMobile(n, index)
	}
	switch m := &a.mailbox; {
	case m.Provider == sandbox.NoProvider || m.Address != "":
	case m.Provider == sandbox.Digipost:
		m.Address = fmt.Sprintf("%s#K%03d", slug, n)
	default:
		m.Address = fmt.Sprintf("%010d", 7_000_000+n*1000+index)
	}
}

func (l *channelLine) channel(f *faults, member string) channel {
	if l == nil {
		return channel{}
	}
	return channel{l.Value, f.moment(member, l.Updated), f.moment(member, l.Confirmed), f.moment(member, l.Validated)}
}

func (l *mailboxLine) mailbox(f *faults) (sandbox.Mailbox, when) {
	if l == nil {
		return sandbox.Mailbox{}, when{}
	}
	m := sandbox.Mailbox{Address: l.Address, Inactive: l.Inactive}
	m.Provider = pick(f, "leverandoer", l.Provider, map[string]sandbox.Provider{"digipost": sandbox.Digipost, "eboks": sandbox.EBoks, "eboks-gammel": sandbox.EBoksOld})
	m.Certificate = pick(f, "sertifikat", l.Certificate, certificates)
	return m, f.moment("fraa", l.Since)
}

var certificates = map[string]sandbox.CertificateState{
	"": sandbox.CertificateValid, "utloept": sandbox.CertificateExpired, "utloeper": sandbox.CertificateEnding, "mangler": sandbox.CertificateMissing,
}

func (l *expectedLine) expectation(f *faults) expectation {
	if l == nil {
		f.add("forventet is missing")
		return expectation{}
	}
	x := expectation{leftOut: l.Version == "utelatt", words: map[Scope][]string{}}
	if l.Version != "" && !x.leftOut {
		f.add(`forventet: v2 is utelatt or not there, not %q`, l.Version)
	}
	for scope, text := range map[Scope]string{Both: l.Both, Contact: l.Contact, Mailbox: l.Mailbox} {
		x.words[scope] = strings.Fields(text)
		if len(x.words[scope]) == 0 {
			f.add("forventet: %s is missing", scope)
		}
		for _, w := range x.words[scope] {
			if !canBeExpected(w) {
				f.add("forventet: %s cannot be %q", scope, w)
			}
		}
	}
	for _, member := range slices.Sorted(maps.Keys(l.Values)) {
		v, err := readValue(member, l.Values[member])
		if err != nil {
			f.add("forventet: %w", err)
		}
		x.values = append(x.values, v)
	}
	return x
}

func (f *faults) moment(member, text string) when {
	w, err := readWhen(text)
	if err != nil {
		f.add("%s: %w", member, err)
	}
	return w
}

func pick[T any](f *faults, member, text string, words map[string]T) T {
	v, ok := words[text]
	if !ok {
		f.add("%s cannot be %q", member, text)
	}
	return v
}
