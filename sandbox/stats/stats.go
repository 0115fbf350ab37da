// Package stats counts a register: who is in it, in which states, and how that
// compares with what the profile of the population asked for. It only reads the
// register, so that the command line, the control API and the pages can show
// one and the same report.
package stats

import (
	"slices"
	"time"

	"liksom/sandbox"
)

// Report is what there is to tell of a register at one moment. Persons of the
// catalogue are outside all figures but their own, since they are there to be
// odd.
type Report struct {
	At        time.Time `json:"at" description:"the register's clock"`
	Profile   string    `json:"profile,omitempty" description:"what the population was drawn by"`
	Persons   int       `json:"persons" description:"all but those of the catalogue"`
	Catalogue int       `json:"catalogue" description:"persons of the catalogue, who are in no other figure"`
	Ages      []Band    `json:"ages" required:"true" nullable:"false"`
	States    []State   `json:"states" required:"true" nullable:"false"`
	Freshness []Month   `json:"freshness" required:"true" nullable:"false" description:"channels of active persons by whole months since they were updated or confirmed; the last is for older too"`
	Forecast  []Ahead   `json:"forecast" required:"true" nullable:"false" description:"who can be notified in so many months, if nobody confirms anything; the last month is the first without anybody"`
	Shares    []Share   `json:"shares" required:"true" nullable:"false"`
	Usage     *Usage    `json:"usage,omitempty" description:"what a running sandbox was asked"`
	Unseen    []string  `json:"unseen" required:"true" nullable:"false" description:"quantities of the profile that no state of a person tells of"`
}

// Band is an age group at the register's clock, both ends included.
type Band struct {
	From    int `json:"from"`
	To      int `json:"to"`
	Men     Sex `json:"men"`
	Women   Sex `json:"women"`
	Unknown Sex `json:"unknown" description:"of no sex that is known"`

	MailboxPPM *int `json:"mailbox_wanted_ppm,omitempty" description:"the share with a mailbox that the profile asks for, in millionths"`
}

// Sex is one sex of an age group.
type Sex struct {
	Persons int `json:"persons"`
	Mailbox int `json:"mailbox" description:"active persons with a digital mailbox, in use or not"`
}

// All is everybody of the age group.
func (b Band) All() Sex {
	return Sex{b.Men.Persons + b.Women.Persons + b.Unknown.Persons, b.Men.Mailbox + b.Women.Mailbox + b.Unknown.Mailbox}
}

// Month is one column of the histogram.
type Month struct {
	Months int `json:"months"`
	Email  int `json:"email"`
	Mobile int `json:"mobile"`
}

// Ahead is how many persons can be notified some months from now.
type Ahead struct {
	Months  int `json:"months"`
	Persons int `json:"persons"`
}

// staleAt is the month in which everything has run out, by the 18-month rule.
const staleAt = 18

// OldestMonth is the last column of the histogram, for all that is older too.
const OldestMonth = 30

// Of counts the register as it is now. It walks through all persons once, some
// 0.4 s for a million, and holds nobody up.
func Of(r *sandbox.Register, w Wanted) Report {
	at := r.Now()
	c := newCounter(at, w)
	for rec := range r.All {
		c.count(rec)
	}
	return c.report()
}

// counter is a report in the making.
type counter struct {
	at     time.Time
	today  sandbox.Date
	window sandbox.Window
	wanted Wanted
	months [OldestMonth + 1]sandbox.Instant // [n]: n months ago

	persons, catalogue int
	bands              []Band
	bandOf             [oldest + 1]uint8
	states             [stateCount]int
	freshness          [OldestMonth + 1]Month
	ahead              [staleAt + 1]int // [n]: persons who can be notified until month n
	measures           []measure
	samiPlaces         map[int]bool
	tallies            []tally
	seen               person // the one that is looked at
}

func newCounter(at time.Time, w Wanted) *counter {
	c := &counter{at: at, today: sandbox.DateOf(at), window: sandbox.WindowAt(at), wanted: w}
	own, sami := byPlace(w)
	c.samiPlaces, c.measures = sami, slices.Concat(measures, own)
	c.tallies = make([]tally, len(c.measures))
	if c.wanted.Day.IsZero() {
		c.wanted.Day = c.today
	}
	for n := range c.months {
		c.months[n] = sandbox.InstantOf(sandbox.AddMonths(at, -n))
		c.freshness[n].Months = n
	}
	c.bands = bandsOf(w.Ages)
	band := 0
	for age := range c.bandOf {
		for band < len(c.bands)-1 && age > c.bands[band].To {
			band++
		}
		c.bandOf[age] = uint8(band)
	}
	return c
}

func (c *counter) count(r sandbox.Record) {
	if r.Scenario() != "" {
		c.catalogue++
		return
	}
	c.persons++
	p := c.look(r)
	c.countAge(p)
	c.countStates(p)
	for i := range c.measures {
		c.tallies[i].add(&c.measures[i], p)
	}
	if p.status == sandbox.Active {
		c.countMonths(p)
	}
	if p.notice == sandbox.NoticeOK {
		c.ahead[staleAt-min(c.monthsOld(max(p.email.Newest(), p.mobile.Newest())), staleAt)]++
	}
}

func (c *counter) countAge(p *person) {
	age := min(max(c.today.Age(p.birth), 0), oldest)
	b := &c.bands[c.bandOf[age]]
	s := &b.Unknown
	switch p.sex {
	case sandbox.Male:
		s = &b.Men
	case sandbox.Female:
		s = &b.Women
	}
	s.Persons++
	if p.hasMailbox() {
		s.Mailbox++
	}
}

func (c *counter) countMonths(p *person) {
	if p.email.Value != "" {
		c.freshness[c.monthsOld(p.email.Newest())].Email++
	}
	if p.mobile.Value != "" {
		c.freshness[c.monthsOld(p.mobile.Newest())].Mobile++
	}
}

// forecast adds up who is left at the beginning of each month.
func (c *counter) forecast() []Ahead {
	out := make([]Ahead, staleAt+1)
	left := 0
	for n := staleAt; n >= 0; n-- {
		out[n] = Ahead{n, left}
		left += c.ahead[n]
	}
	return out
}

// monthsOld is the largest n for which i is not newer than n months ago, as the
// 18-month rule counts them.
func (c *counter) monthsOld(i sandbox.Instant) int {
	n := 0
	for n < OldestMonth && i <= c.months[n+1] {
		n++
	}
	return n
}

func (c *counter) report() Report {
	r := Report{
		At: c.at, Profile: c.wanted.Profile, Persons: c.persons, Catalogue: c.catalogue,
		Ages: []Band{}, Shares: []Share{}, Forecast: c.forecast(), Freshness: c.freshness[:], States: c.stateList(), Unseen: c.unseen(),
	}
	for _, b := range c.bands {
		if b.MailboxPPM != nil || b.All().Persons > 0 {
			r.Ages = append(r.Ages, b)
		}
	}
	for i, m := range c.measures {
		if s := c.tallies[i].share(m.name, c.wanted); s.Of > 0 || s.Wanted != nil {
			r.Shares = append(r.Shares, s)
		}
	}
	return r
}
