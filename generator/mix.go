package generator

import (
	"slices"

	"liksom/sandbox"
)

// mix is a profile laid out for drawing: tables by age and cumulated weights.
type mix struct {
	*Profile
	new            int       // millionths of numbers by the rule of 2032
	ages           cumulated // of the bands
	tail           cumulated
	women          table
	notRegistered  table
	reserved       table
	bothStale      table
	neverValidated table
	mailbox        table // of active persons who are not reserved, before the county's factor
	seeksPartner   table
	livesAtHome    table
	ward           table
	contact        cumulated
	provider       cumulated
	certificate    cumulated
	language       cumulated
	languageD      cumulated
	places         []place
	growth         []counted
}

// table is a share for each age.
type table [oldest + 1]int

func (t *table) at(age int) int { return t[min(max(age, 0), oldest)] }

func (b ByAge) table() table {
	var t table
	for age := range t {
		t[age] = b.at(age)
	}
	return t
}

// cumulated are weights added up, from the first.
type cumulated []int

func cumulate(weights ...int) cumulated {
	sum := 0
	out := make(cumulated, len(weights))
	for i, n := range weights {
		sum += n
		out[i] = sum
	}
	return out
}

func (w Weights) cumulated(words []string) cumulated {
	weights := make([]int, len(words))
	for i, word := range words {
		weights[i] = w.PPM[word]
	}
	return cumulate(weights...)
}

func compile(p *Profile, counties []County) (*mix, error) {
	m := &mix{
		Profile: p, new: p.Issued2032.PPM, tail: cumulate(p.Ages.Tail...),
		women: p.Women.table(), notRegistered: p.NotRegistered.table(), reserved: p.Reserved.table(), bothStale: p.BothStale.table(),
		neverValidated: p.NeverValidated.table(), seeksPartner: p.SeeksPartner.table(), livesAtHome: p.LivesAtHome.table(), ward: p.Ward.table(),
		contact: p.Contact.cumulated(contactWords), provider: p.Provider.cumulated(providerWords), certificate: p.Certificate.cumulated(certificateWords),
		language: p.Language.cumulated(languageWords), languageD: p.LanguageDNumber.cumulated(languageDWords), growth: p.Growth.counted(),
	}
	for _, b := range p.Ages.Bands {
		m.ages = append(m.ages, b.Residents)
	}
	m.ages = cumulate(m.ages...)
	for age := range m.mailbox {
		m.mailbox[age] = m.mailboxOfActive(age)
	}
	var err error
	m.places, err = compilePlaces(counties, p)
	return m, err
}

// mailboxOfActive is the share of active persons of an age, not reserved, who
// have a mailbox, so that the share of all residents of the age is the wanted one.
func (m *mix) mailboxOfActive(age int) int {
	i, _ := slices.BinarySearchFunc(m.Ages.Bands, age, func(b Band, age int) int { return b.To - age })
	wanted := m.Ages.Bands[min(i, len(m.Ages.Bands)-1)].MailboxPPM
	active := part(million-m.notRegistered[age], million-m.Deleted.PPM)
	reserved := m.reserved[age]
	rest := part(active, million-reserved) // of all: active and not reserved
	left := wanted - part(part(active, reserved), m.ReservedMailbox.PPM)
	if rest == 0 {
		return 0
	}
	return min(max(left, 0)*million/rest, million)
}

// part is a share of a share.
func part(of, ppm int) int { return of * ppm / million }

// recipe is the state that a person is to have, in words; cook gives it dates
// and values.
type recipe struct {
	civil         sandbox.CivilStatus
	status        sandbox.Status
	reserved      bool
	lifted        bool // was reserved once
	returned      bool // was deleted once
	email         sandbox.Freshness
	mobile        sandbox.Freshness
	emailNew      bool // put in lately and not confirmed since
	mobileNew     bool
	emailChanged  bool // another one before
	mobileChanged bool
	foreign       bool // a mobile of another country
	unvalidated   bool // no date of validation, as in old rows
	provider      sandbox.Provider
	inactive      bool
	certificate   sandbox.CertificateState
	language      sandbox.Language
	byAgency      bool // an agency has set the language
}

// draw draws the state of a random person.
func (w *Worker) draw(age int, dNumber bool, at *place) recipe {
	m := w.g.mix
	var r recipe
	r.civil = w.civil(dNumber)
	r.status = w.status(age)
	if r.status == sandbox.NotRegistered {
		return r
	}
	r.returned = w.chance(m.Returned.PPM)
	r.reserved = w.chance(m.reserved.at(age))
	r.lifted = w.chance(m.ReservationLifted.PPM) && !r.reserved
	r.email, r.mobile = w.channels(age, r.reserved)
	r.emailNew, r.mobileNew = w.chance(m.NeverConfirmed.PPM), w.chance(m.NeverConfirmed.PPM)
	r.emailChanged, r.mobileChanged = w.chance(m.EmailChanged.PPM), w.chance(m.MobileChanged.PPM)
	r.foreign = w.chance(choose(dNumber, m.ForeignMobileDNumber.PPM, m.ForeignMobile.PPM))
	r.unvalidated = w.chance(m.neverValidated.at(age))
	if w.chance(choose(r.reserved, m.ReservedMailbox.PPM, min(part(m.mailbox.at(age), at.mailbox), million))) {
		r.provider = sandbox.Digipost + sandbox.Provider(w.pick(m.provider))
		r.inactive = w.chance(m.InactiveMailbox.PPM)
		r.certificate = sandbox.CertificateState(w.pick(m.certificate))
	}
	w.speak(&r, dNumber, at)
	return r
}

// speak draws the language.
func (w *Worker) speak(r *recipe, dNumber bool, at *place) {
	m := w.g.mix
	if dNumber {
		r.language = sandbox.Language(w.pick(m.languageD))
	} else {
		r.language = [...]sandbox.Language{sandbox.NoLanguage, sandbox.Bokmaal, sandbox.English, sandbox.Sami}[w.pick(m.language)]
		nynorsk, sami := w.chance(at.nynorsk), w.chance(at.sami)
		switch {
		case sami:
			r.language = sandbox.Sami
		case nynorsk && r.language == sandbox.Bokmaal:
			r.language = sandbox.Nynorsk
		}
		r.byAgency = w.chance(m.LanguageByAgency.PPM) && r.language != sandbox.NoLanguage
	}
	if r.email == sandbox.Missing && r.mobile == sandbox.Missing && !r.reserved { // in the register for the language alone
		r.byAgency = true
		if r.language == sandbox.NoLanguage {
			r.language = sandbox.Bokmaal
		}
	}
}

func (w *Worker) civil(dNumber bool) sandbox.CivilStatus {
	switch {
	case w.chance(w.g.mix.Dead.PPM):
		return sandbox.Dead
	case w.chance(choose(dNumber, w.g.mix.EmigratedDNumber.PPM, w.g.mix.Emigrated.PPM)):
		return sandbox.Emigrated
	}
	return sandbox.Resident
}

func (w *Worker) status(age int) sandbox.Status {
	switch {
	case w.chance(w.g.mix.notRegistered.at(age)):
		return sandbox.NotRegistered
	case w.chance(w.g.mix.Deleted.PPM):
		return sandbox.Deleted
	}
	return sandbox.Active
}

// channels draws which channels there are and how old they are.
func (w *Worker) channels(age int, isReserved bool) (email, mobile sandbox.Freshness) {
	m := w.g.mix
	if isReserved && w.chance(m.ReservedWithoutContact.PPM) {
		return sandbox.Missing, sandbox.Missing
	}
	switch at := w.n(million) - m.bothStale.at(age); {
	case at < 0:
		email, mobile = sandbox.Expired, sandbox.Expired
	case at < m.EmailStale.PPM:
		email, mobile = sandbox.Expired, sandbox.Fresh
	case at < m.EmailStale.PPM+m.MobileStale.PPM:
		email, mobile = sandbox.Fresh, sandbox.Expired
	case at < m.EmailStale.PPM+m.MobileStale.PPM+m.Expiring.PPM:
		email, mobile = sandbox.Expiring, sandbox.Expiring
	default:
		email, mobile = sandbox.Fresh, sandbox.Fresh
	}
	switch w.pick(m.contact) {
	case 1:
		email = sandbox.Missing
	case 2:
		mobile = sandbox.Missing
	case 3:
		if !isReserved { // of the reserved, these are counted above
			email, mobile = sandbox.Missing, sandbox.Missing
		}
	}
	return email, mobile
}

func choose(yes bool, a, b int) int {
	if yes {
		return a
	}
	return b
}
