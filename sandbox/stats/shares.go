package stats

import (
	"math"
	"strings"

	"liksom/sandbox"
)

// Share is a share of the profile as it came out.
type Share struct {
	Name   string `json:"name" description:"as in the profile; a value of a code list after a dot"`
	Of     int    `json:"of" description:"how many it is a share of"`
	Have   int    `json:"have"`
	Wanted *Wish  `json:"wanted,omitempty"`
}

// Wish is how many the profile asks for.
type Wish struct {
	Have   float64 `json:"have" description:"the number that can be expected, by the ages of those whom it is a share of"`
	Low    float64 `json:"low" description:"the ends of the interval that 999 of 1000 draws fall in"`
	High   float64 `json:"high"`
	Within bool    `json:"within"`

	Origin
}

// oldest is the highest age that is told apart.
const oldest = 120

// person is what the measures look at.
type person struct {
	birth         sandbox.Date
	age           int // on the day that the profile's ages are of
	sex           sandbox.Sex
	dNumber       bool
	issued2032    bool
	civil         sandbox.CivilStatus
	status        sandbox.Status
	notice        sandbox.Notice
	reserved      bool
	lifted        bool
	cameReserved  bool // came into the register by the reservation
	email, mobile sandbox.Channel
	emailAge      sandbox.Freshness
	mobileAge     sandbox.Freshness
	mailbox       sandbox.Mailbox
	language      sandbox.Language
	county        int
	municipality  int
	sami          bool // lives where the profile has a share of Northern Sami of its own
}

func (c *counter) look(r sandbox.Record) *person {
	id := r.ID()
	p := &c.seen
	*p = person{
		birth: r.Birth(), sex: r.Sex(), dNumber: id.DNumber(), issued2032: id.Issued2032(), civil: r.Civil(), status: r.Status(),
		notice: c.window.Notice(r), reserved: r.Reserved(), cameReserved: r.Reserved() && r.Registered() == r.ReservedAt(), lifted: !r.Reserved() && r.ReservationUpdated() != 0,
		email: r.Email(), mobile: r.Mobile(), mailbox: r.Mailbox(), language: r.Language(),
		municipality: int(r.Municipality()), county: int(r.Municipality()) / municipalitiesOfOne,
	}
	p.sami = c.samiPlaces[p.municipality]
	p.age = min(max(c.wanted.Day.Age(p.birth), 0), oldest)
	p.emailAge, p.mobileAge = c.window.Freshness(p.email), c.window.Freshness(p.mobile)
	return p
}

func (p *person) active() bool     { return p.status == sandbox.Active }
func (p *person) hasMailbox() bool { return p.active() && p.mailbox.Provider != sandbox.NoProvider }
func (p *person) both() bool       { return p.active() && p.email.Value != "" && p.mobile.Value != "" }
func (p *person) contactless() bool {
	return p.email.Value == "" && p.mobile.Value == ""
}

// measure tells whom a quantity of the profile is a share of, and who has it.
type measure struct {
	name    string
	of, has func(*person) bool
}

// municipalitiesOfOne is how many codes a county has: 0301 is in 03.
const municipalitiesOfOne = 100

// The measures that every profile has. never_confirmed and never_validated are
// counted by the e-mail alone.
var measures = []measure{
	{"women", everybody, func(p *person) bool { return p.sex == sandbox.Female }},
	{"d_number", everybody, func(p *person) bool { return p.dNumber }},
	{"issued_2032", everybody, func(p *person) bool { return p.issued2032 }},
	{"dead", everybody, func(p *person) bool { return p.civil == sandbox.Dead }},
	{"emigrated", func(p *person) bool { return !p.dNumber && p.civil != sandbox.Dead }, emigrated},
	{"emigrated_d_number", func(p *person) bool { return p.dNumber && p.civil != sandbox.Dead }, emigrated},

	{"not_registered", everybody, func(p *person) bool { return p.status == sandbox.NotRegistered }},
	{"deleted", func(p *person) bool { return p.status != sandbox.NotRegistered }, func(p *person) bool { return p.status == sandbox.Deleted }},
	{"reserved", (*person).active, isReserved},
	{"reserved_without_contact", func(p *person) bool { return isReserved(p) && (p.contactless() || !p.cameReserved) }, (*person).contactless},
	{"reservation_lifted", func(p *person) bool { return p.active() && !p.reserved }, func(p *person) bool { return p.lifted }},
	{"contact.both", contactable, (*person).both},
	{"contact.mobile", contactable, func(p *person) bool { return p.email.Value == "" && p.mobile.Value != "" }},
	{"contact.email", contactable, func(p *person) bool { return p.email.Value != "" && p.mobile.Value == "" }},
	{"contact.none", contactable, (*person).contactless},

	{"both_stale", (*person).both, func(p *person) bool { return p.emailAge == sandbox.Expired && p.mobileAge == sandbox.Expired }},
	{"email_stale", (*person).both, func(p *person) bool { return p.emailAge == sandbox.Expired && p.mobileAge != sandbox.Expired }},
	{"mobile_stale", (*person).both, func(p *person) bool { return p.emailAge != sandbox.Expired && p.mobileAge == sandbox.Expired }},
	{"expiring", (*person).both, func(p *person) bool { return p.emailAge == sandbox.Expiring && p.mobileAge == sandbox.Expiring }},

	{"never_confirmed", func(p *person) bool { return p.active() && p.email.Value != "" }, func(p *person) bool { return p.email.Confirmed == 0 }},
	{"never_validated", bothFresh, func(p *person) bool { return p.email.Validated == 0 }},
	{"foreign_mobile", func(p *person) bool { return hasMobile(p) && !p.dNumber }, foreign},
	{"foreign_mobile_d_number", func(p *person) bool { return hasMobile(p) && p.dNumber }, foreign},
	{"mailbox", everybody, (*person).hasMailbox},
	{"reserved_mailbox", isReserved, (*person).hasMailbox},
	{"provider.digipost", (*person).hasMailbox, func(p *person) bool { return p.mailbox.Provider == sandbox.Digipost }},
	{"provider.eboks", (*person).hasMailbox, func(p *person) bool { return p.mailbox.Provider == sandbox.EBoks }},
	{"provider.eboks-old", (*person).hasMailbox, func(p *person) bool { return p.mailbox.Provider == sandbox.EBoksOld }},
	{"inactive_mailbox", (*person).hasMailbox, func(p *person) bool { return p.mailbox.Inactive }},
	{"certificate.valid", (*person).hasMailbox, func(p *person) bool { return p.mailbox.Certificate == sandbox.CertificateValid }},
	{"certificate.expired", (*person).hasMailbox, func(p *person) bool { return p.mailbox.Certificate == sandbox.CertificateExpired }},
	{"certificate.missing", (*person).hasMailbox, func(p *person) bool { return p.mailbox.Certificate == sandbox.CertificateMissing }},

	{"language.none", speaks, func(p *person) bool { return p.language == sandbox.NoLanguage }},
	{"language.norwegian", speaks, func(p *person) bool { return p.language == sandbox.Bokmaal || p.language == sandbox.Nynorsk }},
	{"language.en", speaks, func(p *person) bool { return p.language == sandbox.English }},
	{"language.se", speaks, func(p *person) bool { return p.language == sandbox.Sami }},
	{"language_d_number.none", speaksForeign, func(p *person) bool { return p.language == sandbox.NoLanguage }},
	{"language_d_number.nb", speaksForeign, func(p *person) bool { return p.language == sandbox.Bokmaal }},
	{"language_d_number.nn", speaksForeign, func(p *person) bool { return p.language == sandbox.Nynorsk }},
	{"language_d_number.en", speaksForeign, func(p *person) bool { return p.language == sandbox.English }},
	{"language_d_number.se", speaksForeign, func(p *person) bool { return p.language == sandbox.Sami }},

	{"email_shared", func(p *person) bool { return p.active() && p.email.Value != "" }, func(p *person) bool { return p.email.Shared }},
	{"mobile_shared", hasMobile, func(p *person) bool { return p.mobile.Shared }},
}

func bothFresh(p *person) bool {
	return p.active() && p.emailAge == sandbox.Fresh && p.mobileAge == sandbox.Fresh && p.email.Confirmed != 0
}
func everybody(*person) bool       { return true }
func emigrated(p *person) bool     { return p.civil == sandbox.Emigrated }
func isReserved(p *person) bool    { return p.active() && p.reserved }
func contactable(p *person) bool   { return p.active() && !p.reserved }
func hasMobile(p *person) bool     { return p.active() && p.mobile.Value != "" }
func speaks(p *person) bool        { return p.active() && !p.dNumber && !p.sami && !p.contactless() }
func speaksForeign(p *person) bool { return p.active() && p.dNumber && !p.contactless() }

func foreign(p *person) bool {
	const home = "+47"
	return !strings.HasPrefix(p.mobile.Value, home) && !strings.HasPrefix(sandbox.SameMobile(p.mobile.Value), home)
}

// tally counts for one measure.
type tally struct {
	of   [oldest + 1]int // by age, which wishes may hang on
	have int
}

func (t *tally) add(m *measure, p *person) {
	if m.of(p) {
		t.of[p.age]++
		if m.has(p) {
			t.have++
		}
	}
}

func (t *tally) share(name string, w Wanted) Share {
	s := Share{Name: name, Have: t.have}
	for _, n := range t.of {
		s.Of += n
	}
	wish, ok := w.Shares[name]
	if !ok {
		return s
	}
	var mean, variance float64
	for age, n := range t.of {
		const million = 1_000_000
		p := float64(wish.at(age)) / million
		mean += float64(n) * p
		variance += float64(n) * p * (1 - p)
	}
	// Half a person either way, since persons are whole.
	const widthOf999, half = 3.2905, .5
	around := widthOf999*math.Sqrt(variance) + half
	s.Wanted = &Wish{Have: mean, Low: max(0, mean-around), High: min(float64(s.Of), mean+around), Origin: wish.Origin}
	s.Wanted.Within = mean-around <= float64(t.have) && float64(t.have) <= mean+around
	return s
}
