package fakeauth

import (
	"fmt"
	"slices"
	"strings"
)

// Guesses are the switches for what no source settles about the real
// Maskinporten. The zero value is the default of each; [Guesses.Set] sets them
// by name.
type Guesses struct {
	// AudienceWithoutSlash is aud_slash (strict, lenient): whether an aud that
	// lacks the issuer's slash is accepted. Some of Digdir's own examples lack it;
	// its error page lists a wrong aud as MP-110.
	AudienceWithoutSlash bool

	// RefuseAudienceList is aud_list (accept, refuse): whether an aud that is a
	// list of one value is refused. The documents say "one value only"; older
	// libraries write a list.
	RefuseAudienceList bool

	// OldAssertions is iat_old (refuse, accept): whether an assertion that was
	// signed more than ten seconds ago is accepted until its exp. The documents
	// speak of both sides of the clock; no client is known to fail for being slow.
	OldAssertions bool

	// FreeWhenRefused is refused_assertion (used, free): whether an assertion that
	// is refused for its scopes or what comes after may be sent again.
	FreeWhenRefused bool

	// CertificateWins is kid_and_x5c (kid, x5c): which is used when a client that
	// has keys sends both. Some clients do; the documents say one of the two.
	CertificateWins bool

	// OwnCertificates is certificates (any, own): whether a certificate that this
	// sandbox has not issued is refused with MP-120. The real server knows the
	// issuers of enterprise certificates, whose test certificates should work here.
	OwnCertificates bool

	// MalformedAlgorithm is alg_code (MP-124, MP-011): what an algorithm gets that
	// is not accepted.
	MalformedAlgorithm bool

	// ResourceIsInvalidRequest is resource_error (invalid_target,
	// invalid_request): the error of a resource that is no URI. The first is that
	// of RFC 8707.
	ResourceIsInvalidRequest bool

	// UnspecifiedAudience is token_aud (omit, unspecified): what aud a token has
	// when no resource was asked for. Old pages say "unspecified"; tokens of
	// 2025 and 2026 have none.
	UnspecifiedAudience bool

	// FlatAudience is token_aud_list (as_sent, flat): whether a list of one
	// resource becomes a string in the token.
	FlatAudience bool

	// DetailsError is authorization_details_error (invalid_authorization_details,
	// invalid_request, invalid_grant): the error with MP-301 and MP-302. The first
	// is that of RFC 9396.
	DetailsError string

	// OwnerNeedsAccess is owner_access (implied, granted): whether the owner of a
	// scope must give access to itself.
	OwnerNeedsAccess bool
}

// guess is one switch: its words, the default first, and what word i sets.
type guess struct {
	name  string
	words []string
	set   func(g *Guesses, i int)
}

var guesses = []guess{
	{"aud_slash", []string{"strict", "lenient"}, func(g *Guesses, i int) { g.AudienceWithoutSlash = i == 1 }},
	{"aud_list", []string{"accept", "refuse"}, func(g *Guesses, i int) { g.RefuseAudienceList = i == 1 }},
	{"iat_old", []string{"refuse", "accept"}, func(g *Guesses, i int) { g.OldAssertions = i == 1 }},
	{"refused_assertion", []string{"used", "free"}, func(g *Guesses, i int) { g.FreeWhenRefused = i == 1 }},
	{"kid_and_x5c", []string{"kid", "x5c"}, func(g *Guesses, i int) { g.CertificateWins = i == 1 }},
	{"certificates", []string{"any", "own"}, func(g *Guesses, i int) { g.OwnCertificates = i == 1 }},
	{"alg_code", []string{"MP-124", "MP-011"}, func(g *Guesses, i int) { g.MalformedAlgorithm = i == 1 }},
	{"resource_error", []string{"invalid_target", "invalid_request"}, func(g *Guesses, i int) { g.ResourceIsInvalidRequest = i == 1 }},
	{"token_aud", []string{"omit", "unspecified"}, func(g *Guesses, i int) { g.UnspecifiedAudience = i == 1 }},
	{"token_aud_list", []string{"as_sent", "flat"}, func(g *Guesses, i int) { g.FlatAudience = i == 1 }},
	{"authorization_details_error", detailsErrors, func(g *Guesses, i int) { g.DetailsError = detailsErrors[i] }},
	{"owner_access", []string{"implied", "granted"}, func(g *Guesses, i int) { g.OwnerNeedsAccess = i == 1 }},
}

var detailsErrors = []string{"invalid_authorization_details", "invalid_request", "invalid_grant"}

// value is the word of the switch that holds in g.
func (s guess) value(g Guesses) string {
	for i, word := range s.words {
		set := g
		if s.set(&set, i); set == g {
			return word
		}
	}
	return s.words[0] // DetailsError is empty
}

// GuessNames are the names that [Guesses.Set] knows.
func GuessNames() []string {
	names := make([]string, len(guesses))
	for i, s := range guesses {
		names[i] = s.name
	}
	return names
}

// Switch is one guess as it stands.
type Switch struct {
	Name    string
	Choices []string // the default first
	Value   string
}

// List tells of every switch.
func (g Guesses) List() []Switch {
	list := make([]Switch, len(guesses))
	for i, s := range guesses {
		list[i] = Switch{s.name, s.words, s.value(g)}
	}
	return list
}

// Set sets one switch by its name. The error names the words that would do.
func (g *Guesses) Set(name, value string) error {
	i := slices.IndexFunc(guesses, func(s guess) bool { return s.name == name })
	if i < 0 {
		return fmt.Errorf("there is no guess %q; there are %s", name, strings.Join(GuessNames(), ", "))
	}
	at := slices.Index(guesses[i].words, value)
	if at < 0 {
		return fmt.Errorf("%s is %s, not %q", name, strings.Join(guesses[i].words, " or "), value)
	}
	guesses[i].set(g, at)
	return nil
}
