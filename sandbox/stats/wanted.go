package stats

import (
	"slices"

	"liksom/sandbox"
)

// Wanted is what a profile asks for; the zero Wanted asks for nothing.
type Wanted struct {
	Profile string
	Day     sandbox.Date        // on which its ages are counted
	Ages    []WantedAges        // without gaps, in order
	Shares  map[string]Quantity // by name; a value of a code list after a dot
	Others  []string            // names of what is no share of persons in a state
}

// WantedAges is an age group with its share of mailboxes in millionths.
type WantedAges struct{ From, To, MailboxPPM int }

// Origin tells where a quantity is from.
type Origin struct {
	Whose  string `json:"whose" description:"of whom it is a share"`
	Kind   string `json:"kind" enum:"counted,estimated,chosen" description:"counted: published figures; estimated: nobody has published any; chosen: for the profile's purpose"`
	Source string `json:"source"`
}

// Quantity is a share that may differ by age.
type Quantity struct {
	Origin
	Steps []Step
}

// Step is the share, in millionths, up to and with an age; the last holds for
// the older too.
type Step struct{ To, PPM int }

func (q Quantity) at(age int) int {
	for _, s := range q.Steps {
		if age <= s.To {
			return s.PPM
		}
	}
	if len(q.Steps) == 0 {
		return 0
	}
	return q.Steps[len(q.Steps)-1].PPM
}

// unseen lists what the profile asks for and no measure counts.
func (c *counter) unseen() []string {
	names := append([]string{}, c.wanted.Others...)
	for name := range c.wanted.Shares {
		if !slices.ContainsFunc(c.measures, func(m measure) bool { return m.name == name }) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// bandsOf gives the age groups of a report: those of the profile, with the
// younger before them.
func bandsOf(wanted []WantedAges) []Band {
	if len(wanted) == 0 {
		const years = 5
		var out []Band
		for from := 0; from < oldest; from += years {
			out = append(out, Band{From: from, To: from + years - 1})
		}
		return out
	}
	var out []Band
	if from := wanted[0].From; from > 0 {
		out = append(out, Band{To: from - 1})
	}
	for _, a := range wanted {
		out = append(out, Band{From: a.From, To: a.To, MailboxPPM: &a.MailboxPPM})
	}
	return out
}
