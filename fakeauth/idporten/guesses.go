package idporten

import "liksom/sandbox/guess"

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

var switches = guess.Switches[Guesses]{
	{Name: "login_state", Words: []string{"recommended", "demanded"}, Set: func(g *Guesses, i int) { g.StateDemanded = i == 1 }},
	{Name: "login_aud", Words: []string{"issuer", "endpoint"}, Set: func(g *Guesses, i int) { g.TokenEndpointAudience = i == 1 }},
	{Name: "login_refresh", Words: []string{"rotate", "confidential"}, Set: func(g *Guesses, i int) { g.NoPublicRefresh = i == 1 }},
}

// GuessNames are the names that [Guesses.Set] knows.
func GuessNames() []string { return switches.Names() }

// List tells of every switch, without texts.
func (g Guesses) List() []guess.Guess { return switches.List("idporten", g) }

// Set sets one switch by its name. The error names what would do.
func (g *Guesses) Set(name, value string) error { return switches.Set(g, name, value) }
