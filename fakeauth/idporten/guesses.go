package idporten

import (
	"fmt"
	"slices"
	"strings"

	"liksom/fakeauth"
)

// Guesses are the switches for where Digdir's pages contradict each other. The zero
// value is the default of each; [Guesses.Set] sets them by name.
type Guesses struct {
	// StateDemanded is login_state (recommended, demanded): whether every client must
	// send state and nonce. "/authorize endpoint" recommends them, "Endringer i Nye
	// ID-porten" says "must".
	StateDemanded bool

	// TokenEndpointAudience is login_aud (issuer, endpoint): whether aud of a
	// client_assertion may be the address of the token endpoint too. The page of 2026
	// says that it is no longer valid, that of 2024 allowed it.
	TokenEndpointAudience bool

	// NoPublicRefresh is login_refresh (rotate, confidential): whether only clients
	// that authenticate can refresh, as "/token endpoint" says. The page on DPoP and
	// the release notes of 2021 let the others, with a new token each time.
	NoPublicRefresh bool
}

// switches are all of them: their words, the default first, and their place.
var switches = []struct {
	name  string
	words [2]string
	at    func(*Guesses) *bool
}{
	{"login_state", [2]string{"recommended", "demanded"}, func(g *Guesses) *bool { return &g.StateDemanded }},
	{"login_aud", [2]string{"issuer", "endpoint"}, func(g *Guesses) *bool { return &g.TokenEndpointAudience }},
	{"login_refresh", [2]string{"rotate", "confidential"}, func(g *Guesses) *bool { return &g.NoPublicRefresh }},
}

// List tells of every switch, as it stands.
func (g Guesses) List() []fakeauth.Switch {
	var list []fakeauth.Switch
	for _, s := range switches {
		value := s.words[0]
		if *s.at(&g) {
			value = s.words[1]
		}
		list = append(list, fakeauth.Switch{Name: s.name, Choices: s.words[:], Value: value})
	}
	return list
}

// GuessNames are the names that [Guesses.Set] knows.
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
		i := slices.Index(s.words[:], value)
		if i < 0 {
			return fmt.Errorf("%s is %s, not %q", name, strings.Join(s.words[:], " or "), value)
		}
		*s.at(g) = i == 1
		return nil
	}
	return fmt.Errorf("there is no guess %q; there are %s", name, strings.Join(GuessNames(), ", "))
}
