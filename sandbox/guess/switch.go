package guess

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Switch is one decision in the set of guesses G.
type Switch[G comparable] struct {
	Name  string
	Words []string          // its values, the default first
	Set   func(g *G, i int) // to word i

	Meaning, Source Text // may be told elsewhere
}

// Switches is a table of all switches of a set of guesses.
type Switches[G comparable] []Switch[G]

// ErrUnknown is returned for a name that is no switch.
var ErrUnknown = errors.New("there is no guess")

// Names are those of all switches.
func (all Switches[G]) Names() []string {
	names := make([]string, len(all))
	for i, s := range all {
		names[i] = s.Name
	}
	return names
}

// Set sets one switch by its name. The error names what would do; it is
// [ErrUnknown] for another name.
func (all Switches[G]) Set(g *G, name, value string) error {
	i := slices.IndexFunc(all, func(s Switch[G]) bool { return s.Name == name })
	if i < 0 {
		return fmt.Errorf("%w %q; there are %s", ErrUnknown, name, strings.Join(all.Names(), ", "))
	}
	at := slices.Index(all[i].Words, value)
	if at < 0 {
		return fmt.Errorf("%s is %s, not %q", name, strings.Join(all[i].Words, " or "), value)
	}
	all[i].Set(g, at)
	return nil
}

// List tells of every switch of a real system as it stands in g.
func (all Switches[G]) List(system string, g G) []Guess {
	list := make([]Guess, len(all))
	for i, s := range all {
		list[i] = Guess{System: system, Name: s.Name, Choices: s.Words, Value: s.value(g), Meaning: s.Meaning, Source: s.Source}
	}
	return list
}

// value is the word that holds in g: the one that changes nothing, or the default
// where nothing has been set.
func (s Switch[G]) value(g G) string {
	for i, word := range s.Words {
		set := g
		if s.Set(&set, i); set == g {
			return word
		}
	}
	return s.Words[0]
}
