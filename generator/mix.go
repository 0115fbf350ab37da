package generator

import "liksom/sandbox"

// recipe is the state that a person is to have, in words; cook gives it dates
// and values.
type recipe struct {
	civil       sandbox.CivilStatus
	status      sandbox.Status
	reserved    bool
	lifted      bool // was reserved once
	email       sandbox.Freshness
	mobile      sandbox.Freshness
	emailNew    bool // put in lately and not confirmed since
	mobileNew   bool
	foreign     bool // a mobile of another country
	unvalidated bool // no date of validation, as in old rows
	provider    sandbox.Provider
	inactive    bool
	certificate sandbox.CertificateState
	language    sandbox.Language
}

// byAge holds shares by the upper end of an age range.
type byAge []struct{ to, ppm int }

func (b byAge) at(age int) int {
	for _, r := range b {
		if age <= r.to {
			return r.ppm
		}
	}
	return b[len(b)-1].ppm
}

// The mix, in millionths. Counted: the register's statistics of November 2017
// (test data of its statistics client). Estimated: no published figure was
// found, so the numbers are ours.
var (
	// Not in the register at all; estimated, gives 95 % coverage of residents.
	notRegistered = byAge{{20, 180_000}, {60, 10_000}, {75, 30_000}, {80, 90_000}, {85, 200_000}, {90, 350_000}, {150, 550_000}}
	// Reserved, of active persons; by age estimated, scaled to the 3.2 % counted.
	reserved = byAge{
		{20, 4_300}, {30, 9_600}, {40, 11_700}, {50, 17_100}, {60, 25_600}, {65, 40_500}, {70, 55_500},
		{75, 80_000}, {80, 106_700}, {85, 149_300}, {150, 181_300},
	}
	// Both channels out of date; estimated at 3.0 % in all, rising with age.
	bothStale = byAge{{30, 15_000}, {45, 21_000}, {60, 28_000}, {75, 42_000}, {150, 85_000}}
)

const (
	deletedPPM         = 27_000  // of all in the register; counted
	reservedNoContact  = 110_000 // of the reserved; counted
	liftedPPM          = 30_000  // of those not reserved; estimated
	emailStalePPM      = 25_000  // e-mail out of date, mobile fresh; estimated
	mobileStalePPM     = 10_000  // the reverse; estimated
	expiringPPM        = 12_000  // between 16 and 18 months; estimated
	neverConfirmedPPM  = 30_000  // of channels; estimated
	unvalidatedPPM     = 200_000 // estimated
	foreignPPM         = 15_000  // estimated
	foreignDNumberPPM  = 150_000 // estimated
	reservedMailboxPPM = 150_000 // estimated
	inactivePPM        = 12_500  // of mailboxes; counted
	emigratedPPM       = 15_000  // estimated; five times as many D-numbers
	deadPPM            = 4_000   // estimated
)

// contactWeights: both channels, mobile only, e-mail only, neither. Counted,
// but the last, which is estimated.
var contactWeights = []int{974_900, 16_000, 5_600, 500}

var (
	providerWeights    = []int{890, 110}             // Digipost, e-Boks; counted
	certificateWeights = []int{993, 5, 2}            // valid, expired, missing; estimated
	languageWeights    = []int{86, 770, 100, 40, 4}  // none, nb, nn, en, se; estimated
	languageForeign    = []int{200, 300, 10, 490, 0} // of D-numbers; estimated
)

// draw draws the state of a random person of this age.
func (w *Worker) draw(age int, dNumber bool) recipe {
	var r recipe
	r.civil = w.civil(dNumber)
	r.status = w.status(age)
	if r.status != sandbox.Active {
		return r
	}
	r.reserved = w.chance(reserved.at(age))
	r.lifted = w.chance(liftedPPM) && !r.reserved
	r.email, r.mobile = w.channels(age, r.reserved)
	r.emailNew, r.mobileNew = w.chance(neverConfirmedPPM), w.chance(neverConfirmedPPM)
	r.foreign = w.chance(choose(dNumber, foreignDNumberPPM, foreignPPM))
	r.unvalidated = w.chance(unvalidatedPPM)
	if w.chance(mailboxPPM(age, r.reserved)) {
		r.provider = sandbox.Digipost + sandbox.Provider(w.pick(providerWeights))
		r.inactive = w.chance(inactivePPM)
		r.certificate = sandbox.CertificateState(w.pick(certificateWeights))
	}
	weights := languageWeights
	if dNumber {
		weights = languageForeign
	}
	r.language = sandbox.Language(w.pick(weights))
	return r
}

func (w *Worker) civil(dNumber bool) sandbox.CivilStatus {
	switch {
	case w.chance(deadPPM):
		return sandbox.Dead
	case w.chance(choose(dNumber, 5*emigratedPPM, emigratedPPM)):
		return sandbox.Emigrated
	}
	return sandbox.Resident
}

func (w *Worker) status(age int) sandbox.Status {
	switch {
	case w.chance(notRegistered.at(age)):
		return sandbox.NotRegistered
	case w.chance(deletedPPM):
		return sandbox.Deleted
	}
	return sandbox.Active
}

// channels draws which channels there are and how old they are.
func (w *Worker) channels(age int, isReserved bool) (email, mobile sandbox.Freshness) {
	if isReserved && w.chance(reservedNoContact) {
		return sandbox.Missing, sandbox.Missing
	}
	stale := bothStale.at(age)
	switch w.pick([]int{stale, emailStalePPM, mobileStalePPM, expiringPPM, 1_000_000 - stale - emailStalePPM - mobileStalePPM - expiringPPM}) {
	case 0:
		email, mobile = sandbox.Expired, sandbox.Expired
	case 1:
		email, mobile = sandbox.Expired, sandbox.Fresh
	case 2:
		email, mobile = sandbox.Fresh, sandbox.Expired
	case 3:
		email, mobile = sandbox.Expiring, sandbox.Expiring
	default:
		email, mobile = sandbox.Fresh, sandbox.Fresh
	}
	switch w.pick(contactWeights) {
	case 1:
		email = sandbox.Missing
	case 2:
		mobile = sandbox.Missing
	case 3:
		email, mobile = sandbox.Missing, sandbox.Missing
	}
	return email, mobile
}

// mailboxPPM is the share of active persons of an age who have a mailbox, so
// that the share of all residents of the age is the published one.
func mailboxPPM(age int, isReserved bool) int {
	if isReserved {
		return reservedMailboxPPM
	}
	active := (1_000_000 - notRegistered.at(age)) * (1_000_000 - deletedPPM) / 1_000_000
	ofActive := ageBands[band(age)].mailbox * 100 * 1_000 / (active / 1_000)
	res := reserved.at(age)
	ofRest := (ofActive - res*reservedMailboxPPM/1_000_000) * 1_000 / ((1_000_000 - res) / 1_000)
	return min(ofRest, 1_000_000)
}

func choose(yes bool, a, b int) int {
	if yes {
		return a
	}
	return b
}
