package ui

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/guess"
)

const guessesPath = "/hjelp/antakelser"

// guessesPage lists what no source settles, and what is not emulated.
type guessesPage struct {
	frame
	Systems []guessedSystem
	Missing []string
}

// guessedSystem is the guesses about one real system.
type guessedSystem struct {
	Name, Title string
	Guesses     []guessed
}

// guessed is one guess in the reader's language.
type guessed struct {
	Name, Meaning, Source string
	Value                 string   // of the switch; "" when there is none
	Commands              []string // flags that set it otherwise
}

func (s *site) listGuesses(c echo.Context) error {
	f := s.frame(c.Request(), s.moment())
	f.Entry, f.Page, f.Title, f.Here = entryHelp, guessesPath, f.T("guesses.title"), guessesPath
	page := guessesPage{frame: f}
	for _, g := range s.guesses {
		last := len(page.Systems) - 1
		if last < 0 || page.Systems[last].Name != g.System {
			page.Systems = append(page.Systems, guessedSystem{Name: g.System, Title: f.T("system." + g.System)})
			last++
		}
		page.Systems[last].Guesses = append(page.Systems[last].Guesses, f.guessed(g))
	}
	for _, key := range []string{"missing.providers", "missing.soap", "missing.population", "missing.limits", "missing.tls"} {
		page.Missing = append(page.Missing, f.T(key))
	}
	return s.render(c, http.StatusOK, "antakelser", page)
}

func (w words) guessed(g guess.Guess) guessed {
	out := guessed{Name: g.Name, Meaning: w.in(g.Meaning), Source: w.in(g.Source), Value: g.Value}
	for _, word := range g.Choices {
		if word != g.Value {
			out.Commands = append(out.Commands, "--guess "+g.Name+"="+word)
		}
	}
	return out
}

// in gives a text that comes from elsewhere, in the reader's language.
func (w words) in(t guess.Text) string { return [...]string{t.NB, t.NN, t.EN}[w.Language] }
