package generator

import "liksom/sandbox"

// pair says what a person takes over from the one before: couples of nearly the
// same age, and minors from a parent.
type pair struct{ email, mobile bool }

// The shares that make about 5 % of e-mails and 4 % of mobiles shared, given
// how many neighbours are of an age for it; estimated.
const (
	sharedEmailPPM  = 130_000
	sharedMobilePPM = 104_000
	coupleYears     = 12
	adult           = 18
)

// shares decides whether random person i, one of a pair of neighbours, shares a
// contact value with the one before.
func (w *Worker) shares(i int, birth sandbox.Date) pair {
	at := i - w.g.first()
	if at < 1 || at%2 == 0 {
		return pair{}
	}
	mine, other := birth, w.g.plan[i-1].id.BirthDate()
	years := int(mine.Year) - int(other.Year)
	couple := years <= coupleYears && years >= -coupleYears
	child := DataDay.Age(mine) < adult && DataDay.Age(other) >= 2*adult
	if !couple && !child {
		return pair{}
	}
	w.stream(i, streamPair)
	return pair{w.chance(sharedEmailPPM), w.chance(sharedMobilePPM)}
}

// take copies what is shared, where both have the channel.
func (s pair) take(p *sandbox.Person, other sandbox.Person) {
	if s.email && p.Email.Value != "" && other.Email.Value != "" {
		p.Email.Value = other.Email.Value
	}
	if s.mobile && p.Mobile.Value != "" && other.Mobile.Value != "" {
		p.Mobile.Value = other.Mobile.Value
	}
}
