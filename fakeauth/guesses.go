package fakeauth

import "liksom/sandbox/guess"

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

var switches = guess.Switches[Guesses]{
	{Name: "aud_slash", Words: []string{"strict", "lenient"}, Set: func(g *Guesses, i int) { g.AudienceWithoutSlash = i == 1 }},
	{Name: "aud_list", Words: []string{"accept", "refuse"}, Set: func(g *Guesses, i int) { g.RefuseAudienceList = i == 1 }},
	{Name: "iat_old", Words: []string{"refuse", "accept"}, Set: func(g *Guesses, i int) { g.OldAssertions = i == 1 }},
	{Name: "refused_assertion", Words: []string{"used", "free"}, Set: func(g *Guesses, i int) { g.FreeWhenRefused = i == 1 }},
	{Name: "kid_and_x5c", Words: []string{"kid", "x5c"}, Set: func(g *Guesses, i int) { g.CertificateWins = i == 1 }},
	{Name: "certificates", Words: []string{"any", "own"}, Set: func(g *Guesses, i int) { g.OwnCertificates = i == 1 }},
	{Name: "alg_code", Words: []string{"MP-124", "MP-011"}, Set: func(g *Guesses, i int) { g.MalformedAlgorithm = i == 1 }},
	{Name: "resource_error", Words: []string{"invalid_target", "invalid_request"}, Set: func(g *Guesses, i int) { g.ResourceIsInvalidRequest = i == 1 }},
	{Name: "token_aud", Words: []string{"omit", "unspecified"}, Set: func(g *Guesses, i int) { g.UnspecifiedAudience = i == 1 }},
	{Name: "token_aud_list", Words: []string{"as_sent", "flat"}, Set: func(g *Guesses, i int) { g.FlatAudience = i == 1 }},
	{Name: "authorization_details_error", Words: detailsErrors, Set: func(g *Guesses, i int) { g.DetailsError = detailsErrors[i] }},
	{Name: "owner_access", Words: []string{"implied", "granted"}, Set: func(g *Guesses, i int) { g.OwnerNeedsAccess = i == 1 }},
}

var detailsErrors = []string{"invalid_authorization_details", "invalid_request", "invalid_grant"}

// GuessNames are the names that [Guesses.Set] knows.
func GuessNames() []string { return switches.Names() }

// List tells of every switch, without texts.
func (g Guesses) List() []guess.Guess { return switches.List("maskinporten", g) }

// Set sets one switch by its name. The error names what would do.
func (g *Guesses) Set(name, value string) error { return switches.Set(g, name, value) }
