package krr

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"liksom/sandbox"
)

// Guesses are the switches for what no source settles about the real API. The
// zero value is the default of each; [Guesses.Set] sets them by name.
type Guesses struct {
	// Policy holds filter_stale (on, off, kan_ikke_varsles) and
	// reserved_contact (return, hide); see [sandbox.Policy].
	sandbox.Policy

	// IncludeUnregistered is v2_include_unregistered (false, true): what the
	// absence of inkluderIkkeRegistrerte means in version 2. The field is a
	// boolean of a Java service, where absent is false.
	IncludeUnregistered bool

	// DropDeleted is v2_deleted (keep, drop): whether version 2 leaves out
	// SLETTET together with IKKE_REGISTRERT. The field's name speaks of those who
	// are not registered only, so they are kept.
	DropDeleted bool

	// LenientIDs is malformed_id (400, lenient): whether a text that is not
	// eleven digits is answered as a number that is not registered. The
	// documents say that identifiers have eleven digits, so it is refused.
	LenientIDs bool

	// StrictChecksum is wrong_checksum (unregistered, 400): whether eleven digits
	// with wrong check digits or an impossible date are refused. A client is known
	// to send 00000000000 to see whether the service is up, so they are answered.
	StrictChecksum bool

	// Repeated is repeated_id (version, each, once). The SOAP service promised as
	// many persons out as numbers in, which version 1 looks like.
	Repeated Repeated

	// BareCertificate is certificate (pem, base64): whether sertifikat is DER in
	// base64 on one line. A public client stores the value as PEM; older
	// documents show bare base64.
	BareCertificate bool

	// FeedInclusive is feed_start (exclusive, inclusive): whether the change with
	// the number fraEndringsId is told too. The documents say so of the SOAP
	// service; a recorded pair of pages of today's service fits exclusive only.
	FeedInclusive bool

	// FeedWithoutNotice is feed_varslingsstatus (include, omit): whether the feed
	// leaves varslingsstatus out. Older documents say so; a recorded page has it.
	FeedWithoutNotice bool
}

// Repeated says how often a number that is asked for twice is answered.
type Repeated uint8

// The values of Repeated.
const (
	RepeatedByVersion Repeated = iota // version: each time in version 1, once in version 2
	RepeatedEach                      // each: each time in both
	RepeatedOnce                      // once: once in both
)

// guess is one switch: its words, the default first, and what word i sets.
type guess struct {
	name  string
	words []string
	set   func(g *Guesses, i int)
}

var guesses = []guess{
	{"filter_stale", []string{"on", "off", "kan_ikke_varsles"}, func(g *Guesses, i int) { g.FilterStale = sandbox.FilterStale(i) }},
	{"reserved_contact", []string{"return", "hide"}, func(g *Guesses, i int) { g.HideReservedContact = i == 1 }},
	{"v2_include_unregistered", []string{"false", "true"}, func(g *Guesses, i int) { g.IncludeUnregistered = i == 1 }},
	{"v2_deleted", []string{"keep", "drop"}, func(g *Guesses, i int) { g.DropDeleted = i == 1 }},
	{"malformed_id", []string{"400", "lenient"}, func(g *Guesses, i int) { g.LenientIDs = i == 1 }},
	{"wrong_checksum", []string{"unregistered", "400"}, func(g *Guesses, i int) { g.StrictChecksum = i == 1 }},
	{"repeated_id", []string{"version", "each", "once"}, func(g *Guesses, i int) { g.Repeated = Repeated(i) }},
	{"certificate", []string{"pem", "base64"}, func(g *Guesses, i int) { g.BareCertificate = i == 1 }},
	{"feed_start", []string{"exclusive", "inclusive"}, func(g *Guesses, i int) { g.FeedInclusive = i == 1 }},
	{"feed_varslingsstatus", []string{"include", "omit"}, func(g *Guesses, i int) { g.FeedWithoutNotice = i == 1 }},
}

// ErrUnknownGuess is returned for a name that is no switch.
var ErrUnknownGuess = errors.New("there is no guess")

// Set sets one switch by its name. The error names the words that would do.
func (g *Guesses) Set(name, value string) error {
	names := make([]string, len(guesses))
	for i, s := range guesses {
		if s.name == name {
			at := slices.Index(s.words, value)
			if at < 0 {
				return fmt.Errorf("%s is %s, not %q", name, strings.Join(s.words, " or "), value)
			}
			s.set(g, at)
			return nil
		}
		names[i] = s.name
	}
	return fmt.Errorf("%w %q; there are %s", ErrUnknownGuess, name, strings.Join(names, ", "))
}
