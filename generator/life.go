package generator

import "liksom/sandbox"

const day = 24 * 60 * 60

// registerStart is when today's register took over its contact data; nothing
// in it is older. A person must be 13 to be in it (a guess).
var registerStart = sandbox.Date{Year: 2013, Month: 1, Day: 1}

const youngest = 13

// agencyStart is when agencies could begin to set the language of persons.
// Source: "KRR: Datakvalitet, forbedringer og nyheter" (Digdir, autumn 2024),
// which gives no day.
var agencyStart = sandbox.InstantOf(sandbox.Date{Year: 2024, Month: 1, Day: 1}.Midnight())

// agesExpiring keep some days away from the limits of 16 and 18 months,
// whatever the months' lengths, as the ages of a profile do.
var agesExpiring = []Quantile{{0, expiringMin}, {1000, expiringMax}}

// life is what a person has done in the register: came in, answered the dialog
// that confirms both channels, changed a value. The register shows how it ended.
type life struct {
	w          *Worker
	earliest   sandbox.Instant // 2013 or the 13th birthday
	last       sandbox.Instant // just before the reference, or before the deletion
	came, gone sandbox.Instant // the first time in the register, of those who left it and came back
	entered    sandbox.Instant
	dialog     sandbox.Instant // the last time in the dialog; zero when never
	mailbox    sandbox.Instant // when it was chosen
	deleted    sandbox.Instant
}

// begin decides when a person came in and last answered, early enough for the
// state that the recipe asks for. It fails for persons who were too young.
func (w *Worker) begin(birth sandbox.Date, r recipe) (life, bool) {
	earliest := registerStart
	if b := birth.AddYears(youngest); earliest.Before(b) {
		earliest = b
	}
	l := life{w: w, earliest: sandbox.InstantOf(earliest.Midnight()), last: w.g.reference - 1}
	if l.earliest+day >= w.g.reference {
		return l, false
	}
	if r.status == sandbox.Deleted {
		l.deleted = w.between(l.earliest+day, l.last)
		l.last = l.deleted - 1
	}
	switch answered := l.ago(w.agesOf(r.older())); {
	case r.contact() && r.unanswered():
		l.entered = answered
	case r.contact():
		l.dialog = answered
		l.enter(r, answered)
	case r.byAgency:
		l.entered = w.between(min(max(l.earliest, agencyStart), l.last), l.last)
	default:
		l.enter(r, l.last)
	}
	return l, true
}

// older ranks the state of the older channel.
func (r recipe) older() int { return min(staleFirst(r.email), staleFirst(r.mobile)) }

// unanswered tells whether the person has never been in the dialog.
func (r recipe) unanswered() bool {
	return (r.emailNew || r.email == sandbox.Missing) && (r.mobileNew || r.mobile == sandbox.Missing)
}

func (r recipe) contact() bool { return r.email != sandbox.Missing || r.mobile != sandbox.Missing }

// enter decides when the person came in, or came back, no later than some moment.
func (l *life) enter(r recipe, latest sandbox.Instant) {
	const apart = 200 * day
	if r.returned && latest > l.earliest+2*apart {
		l.entered = l.w.between(l.earliest+2*apart, latest)
		l.gone = l.w.between(l.earliest+apart, l.entered-apart)
		l.came = l.w.between(l.earliest, l.gone-apart/2)
		return
	}
	l.entered = l.w.entry(l.earliest, latest)
}

// staleFirst orders the states so that the dialog was last answered when the
// older channel was: a channel that is fresher was changed later.
func staleFirst(f sandbox.Freshness) int {
	return [...]int{sandbox.Expired: 0, sandbox.Expiring: 1, sandbox.Fresh: 2, sandbox.Missing: 3}[f]
}

func (w *Worker) agesOf(rank int) []Quantile {
	switch rank {
	case 0:
		return w.g.mix.StaleDays.Points
	case 1:
		return agesExpiring
	}
	return w.g.mix.FreshDays.Points
}

// ago draws a moment by a table of ages. The young, whose time in the register
// is shorter than the age, get the earliest moment they can have.
func (l *life) ago(table []Quantile) sandbox.Instant {
	age := l.w.ageSeconds(table)
	if age+l.earliest > l.last {
		return l.earliest
	}
	return awake(l.last-age, l.earliest)
}

func (w *Worker) ageSeconds(table []Quantile) sandbox.Instant {
	at := w.n(million)
	for i := 1; ; i++ {
		from, to := table[i-1], table[i]
		if at < to.Permille*1000 {
			span := (to.Permille - from.Permille) * 1000
			seconds := (to.Days - from.Days) * day
			return sandbox.Instant(from.Days*day + seconds*(at-from.Permille*1000)/span + w.n(seconds/span+1))
		}
	}
}

// channel gives a value its dates.
func (l *life) channel(value string, f sandbox.Freshness, r recipe, isNew, changed bool) sandbox.Channel {
	if value == "" {
		return sandbox.Channel{}
	}
	c := sandbox.Channel{Value: value, Updated: l.entered, Confirmed: l.dialog}
	switch {
	case staleFirst(f) > r.older(): // changed on its own after the last time in the dialog
		c.Updated = max(l.ago(l.w.agesOf(staleFirst(f))), l.dialog, l.entered)
		c.Confirmed = c.Updated
	case isNew && l.dialog != 0: // put in right after the dialog
		c.Updated = min(l.dialog+sandbox.Instant(60+l.w.n(3600)), l.last)
	case changed && !isNew && !r.unvalidated:
		c.Updated = l.w.between(l.entered, l.dialog)
	}
	if isNew {
		c.Confirmed = 0
	}
	if !r.unvalidated || c.Updated != l.entered { // the code was sent when the value was new
		c.Validated = min(c.Updated+sandbox.Instant(60+l.w.n(240)), l.last)
	}
	return c
}

// reserve gives the reservation its dates.
func (l *life) reserve(p *sandbox.Person, r recipe) {
	switch {
	case r.reserved && !r.contact():
		p.Reserved, p.ReservedAt = true, l.entered // came in to reserve
	case r.reserved:
		p.Reserved, p.ReservedAt = true, l.w.between(l.entered, l.last)
	case r.lifted:
		p.ReservationUpdated = l.w.between(l.entered, l.last)
		return
	}
	p.ReservationUpdated = p.ReservedAt
}

// speak gives the language its date.
func (l *life) speak(p *sandbox.Person, r recipe) {
	if r.language == sandbox.NoLanguage {
		return
	}
	p.Language, p.LanguageUpdated = r.language, l.entered
	switch {
	case r.byAgency && r.contact():
		p.LanguageUpdated = l.w.between(min(max(l.entered, agencyStart), l.last), l.last)
	case !r.byAgency && !l.w.chance(l.w.g.mix.LanguageAtEntry.PPM):
		p.LanguageUpdated = l.w.between(l.entered, l.last)
	}
}

// counted is a point of the growth of the register.
type counted struct {
	at      sandbox.Instant
	persons int // in hundredths
}

func (g Growth) counted() []counted {
	out := make([]counted, len(g.Counts))
	for i, c := range g.Counts {
		d, _ := sandbox.ParseDate(c.Day) // checked
		out[i] = counted{sandbox.InstantOf(d.Midnight()), 100 * c.Persons}
	}
	return out
}

// entry draws when a person came in: with the growth of the register, or in the
// three years after the thirteenth birthday.
func (w *Worker) entry(from, to sandbox.Instant) sandbox.Instant {
	g := w.g.mix.growth
	if from >= g[1].at || from > g[0].at+day {
		return w.between(from, min(to, from+3*365*day))
	}
	low, high := personsAt(g, from), personsAt(g, to)
	if high <= low {
		return from
	}
	persons := low + w.n(high-low+1)
	i := 1
	for i < len(g)-1 && persons > g[i].persons {
		i++
	}
	seconds := int(g[i].at-g[i-1].at) * (persons - g[i-1].persons) / (g[i].persons - g[i-1].persons)
	return awake(min(max(g[i-1].at+sandbox.Instant(seconds), from), to), from)
}

func personsAt(g []counted, at sandbox.Instant) int {
	i := 1
	for i < len(g)-1 && at > g[i].at {
		i++
	}
	return g[i-1].persons + (g[i].persons-g[i-1].persons)*(int(at)-int(g[i-1].at))/int(g[i].at-g[i-1].at)
}
