package citizen

import (
	"time"

	"liksom/sandbox/guess"
)

// Guesses are the switches for what no source settles about the citizen's side,
// each as the place of a word in its list. The zero value is the default of each;
// [Guesses.Set] sets them by name.
type Guesses struct {
	ConfirmAfter int // confirm_after: after how many days the dialog asks at login
	Codes        int // codes: fixed or random
	CodeLifetime int // code_minutes
	CodeTries    int // code_tries
}

// The words of the switches, beside what they mean where they are numbers.
var (
	confirmWords  = []string{"90", "5", "30", "180", "off"}
	confirmDays   = []int{90, 5, 30, 180}
	codeWords     = []string{"fixed", "random"}
	lifetimeWords = []string{"10", "1", "60"}
	lifetimes     = []time.Duration{10 * time.Minute, time.Minute, time.Hour}
	tryWords      = []string{"3", "1", "10"}
	tries         = []int{3, 1, 10}
)

// asks tells whether the dialog asks at all, and after how many days.
func (g Guesses) asks() (days int, ok bool) {
	if g.ConfirmAfter == len(confirmDays) {
		return 0, false
	}
	return confirmDays[g.ConfirmAfter], true
}

func (g Guesses) codeLifetime() time.Duration { return lifetimes[g.CodeLifetime] }
func (g Guesses) codeTries() int              { return tries[g.CodeTries] }
func (g Guesses) randomCodes() bool           { return g.Codes == 1 }

// GuessNames are the names of the switches.
func GuessNames() []string { return switches.Names() }

// Set sets one switch by its name. The error names what would do.
func (g *Guesses) Set(name, value string) error { return switches.Set(g, name, value) }

// List tells of every guess, with the switches as they are in g.
func (g Guesses) List() []guess.Guess {
	list := switches.List("idporten", g)
	for _, one := range settled {
		one.System = "idporten"
		list = append(list, one)
	}
	return list
}
