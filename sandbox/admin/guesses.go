package admin

import (
	"github.com/labstack/echo/v4"

	"liksom/sandbox/guess"
)

type guessesAnswer struct {
	Guesses []guessLine `json:"guesses" required:"true" nullable:"false"`
}

// guessLine is a guess on the wire.
type guessLine struct {
	Name    string     `json:"name" required:"true" description:"of the switch, as for --guess"`
	System  string     `json:"system" required:"true" description:"which real system"`
	Value   string     `json:"value,omitempty" description:"as the switch stands; absent when there is no switch"`
	Default string     `json:"default,omitempty"`
	Choices []string   `json:"choices,omitempty"`
	Meaning guess.Text `json:"meaning" required:"true"`
	Source  guess.Text `json:"source" required:"true" description:"what speaks for the default"`
}

func (a *api) listGuesses(c echo.Context) error {
	out := guessesAnswer{Guesses: make([]guessLine, len(a.c.Guesses))}
	for i, g := range a.c.Guesses {
		out.Guesses[i] = guessLine{g.Name, g.System, g.Value, g.Default(), g.Choices, g.Meaning, g.Source}
	}
	return writeJSON(c, out)
}
