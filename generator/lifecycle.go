package generator

import "liksom/sandbox"

const day = 24 * 60 * 60

// registerStart is when today's register took over its contact data; nothing
// in it is older. A person must be 13 to be in it (a guess).
var registerStart = sandbox.Date{Year: 2013, Month: 1, Day: 1}

const youngest = 13

// ages gives the age of a date by its rank, in days: a tenth of fresh persons
// confirmed in the last week, half in the last 45 days, since ID-porten asks
// every 90 days. Between the points the age is drawn evenly. The ends keep two
// days away from the limits of 16 and 18 months, whatever the months' lengths.
type ages []struct{ promille, days int }

var (
	agesFresh    = ages{{0, 0}, {100, 7}, {250, 20}, {500, 45}, {750, 90}, {900, 190}, {970, 330}, {1000, 470}}
	agesExpiring = ages{{0, 490}, {1000, 543}}
	agesExpired  = ages{{0, 553}, {500, 900}, {900, 1900}, {1000, 3500}}
)

func (w *Worker) ageDays(table ages) sandbox.Instant {
	at := w.faker.IntN(1_000_000)
	for i := 1; i < len(table); i++ {
		from, to := table[i-1], table[i]
		if at < to.promille*1000 {
			span := (to.promille - from.promille) * 1000
			seconds := (to.days - from.days) * day
			return sandbox.Instant(from.days*day + seconds/span*(at-from.promille*1000) + w.faker.IntN(seconds/span+1))
		}
	}
	return sandbox.Instant(table[len(table)-1].days * day)
}

// life is what a person has done in the register: came in, changed a value,
// confirmed both channels in the dialog.
type life struct {
	w         *Worker
	earliest  sandbox.Instant // 2013 or the 13th birthday
	entered   sandbox.Instant
	confirmed sandbox.Instant // the last time in the dialog; zero when never
}

// begin decides when the person came in, early enough for the state that the
// recipe asks for. It fails for persons who were too young.
func (w *Worker) begin(birth sandbox.Date, r recipe) (life, bool) {
	earliest := registerStart
	if b := birth.AddYears(youngest); earliest.Before(b) {
		earliest = b
	}
	l := life{w: w, earliest: sandbox.InstantOf(earliest.Midnight())}
	if l.earliest+day >= w.g.reference {
		return l, false
	}
	l.confirmed = l.ago(agesOf(min(staleFirst(r.email), staleFirst(r.mobile))))
	l.entered = w.between(l.earliest, l.confirmed)
	return l, true
}

// staleFirst orders the states so that the dialog was last answered when the
// older channel was: a channel that is fresher was changed later.
func staleFirst(f sandbox.Freshness) int {
	return [...]int{sandbox.Expired: 0, sandbox.Expiring: 1, sandbox.Fresh: 2, sandbox.Missing: 3}[f]
}

func agesOf(rank int) ages {
	return [...]ages{agesExpired, agesExpiring, agesFresh, agesFresh}[rank]
}

// ago draws a moment by a table of ages. The young, whose time in the register
// is shorter than the age, get the earliest moment they can have.
func (l life) ago(table ages) sandbox.Instant {
	age := l.w.ageDays(table)
	if age+l.earliest > l.w.g.reference-1 {
		return l.earliest
	}
	return l.w.g.reference - 1 - age
}

// channel gives a value its dates. oldest is the state of the older channel.
func (l life) channel(value string, f sandbox.Freshness, oldest int, r recipe, isNew bool) sandbox.Channel {
	if value == "" {
		return sandbox.Channel{}
	}
	c := sandbox.Channel{Value: value, Updated: l.w.between(l.entered, l.confirmed), Confirmed: l.confirmed}
	if staleFirst(f) > oldest { // changed after the last time in the dialog
		c.Updated = l.ago(agesOf(staleFirst(f)))
		c.Confirmed = c.Updated
	}
	if isNew {
		c.Updated, c.Confirmed = c.Confirmed, 0
	}
	if !r.unvalidated {
		c.Validated = min(c.Updated+sandbox.Instant(60+l.w.faker.IntN(240)), l.w.g.reference-1)
	}
	return c
}

// cook fills in a person by a recipe: first the texts, then the dates from a
// stream of their own, since how many numbers those draw depends on the
// reference date. nth is how many persons of the same name there are before.
func (w *Worker) cook(p *sandbox.Person, r recipe, i, nth int) {
	p.Civil, p.Status = r.civil, r.status
	if r.status != sandbox.Active {
		return
	}
	var email, mobile string
	if r.email != sandbox.Missing {
		email = w.email(p, nth)
	}
	if r.mobile != sandbox.Missing {
		mobile = w.mobile(i, r.foreign)
	}
	var box sandbox.Mailbox
	if r.provider != sandbox.NoProvider {
		box = sandbox.Mailbox{Address: w.mailboxAddress(p, r.provider), Provider: r.provider, Inactive: r.inactive, Certificate: r.certificate}
	}
	w.stream(i, streamTimes)
	l, ok := w.begin(p.Birth, r)
	if !ok {
		p.Status = sandbox.NotRegistered
		return
	}
	oldest := min(staleFirst(r.email), staleFirst(r.mobile))
	p.Email = l.channel(email, r.email, oldest, r, r.emailNew)
	p.Mobile = l.channel(mobile, r.mobile, oldest, r, r.mobileNew)
	p.Mailbox = box
	last := w.g.reference - 1
	if r.reserved {
		p.Reserved, p.ReservedAt = true, w.between(l.entered, last)
		p.ReservationUpdated = p.ReservedAt
	}
	if r.lifted {
		p.ReservationUpdated = w.between(l.entered, last)
	}
	if r.language != sandbox.NoLanguage {
		p.Language, p.LanguageUpdated = r.language, w.between(l.entered, last)
	}
}
