package citizen

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
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

// switching is one switch: its words, the default first, and where its place is.
type switching struct {
	name            string
	words           []string
	at              func(g *Guesses) *int
	meaning, source guess.Text
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
func GuessNames() []string {
	var names []string
	for _, s := range switches {
		names = append(names, s.name)
	}
	return names
}

// Set sets one switch by its name. The error names the words that would do.
func (g *Guesses) Set(name, value string) error {
	for _, s := range switches {
		if s.name != name {
			continue
		}
		i := slices.Index(s.words, value)
		if i < 0 {
			return fmt.Errorf("%s is %s, not %q", name, strings.Join(s.words, " or "), value)
		}
		*s.at(g) = i
		return nil
	}
	return errors.New("there is no guess " + strconv.Quote(name))
}

// List tells of every guess, with the switches as they are in g.
func (g Guesses) List() []guess.Guess {
	var list []guess.Guess
	for _, s := range switches {
		list = append(list, guess.Guess{System: "idporten", Name: s.name, Choices: s.words, Value: s.words[*s.at(&g)], Meaning: s.meaning, Source: s.source})
	}
	for _, one := range settled {
		one.System = "idporten"
		list = append(list, one)
	}
	return list
}
