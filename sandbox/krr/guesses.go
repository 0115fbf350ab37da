package krr

import (
	"liksom/sandbox"
	"liksom/sandbox/guess"
)

// Guesses are the switches for what no source settles about the real API. The
// zero value is the default of each; [Guesses.Set] sets them by name.
type Guesses struct {
	// Policy holds filter_stale (on, off, kan_ikke_varsles, kanal), stale_mailbox
	// (return, filter) and reserved_contact (return, hide); see [sandbox.Policy].
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

	// WithoutNewFields is new_fields (tell, omit): whether the fields of 2024 are
	// left out, as in answers that were recorded in 2023.
	WithoutNewFields bool

	// UnknownField is unknown_field (none, add): whether each person has a member
	// that nobody knows, which a client must bear.
	UnknownField bool

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

// List tells of every guess, with the switches as they are in g.
func (g Guesses) List() []guess.Guess {
	list := switches.List("krr", g)
	for _, one := range settled {
		one.System = "krr"
		list = append(list, one)
	}
	return list
}

// Set sets one switch by its name. The error names what would do.
func (g *Guesses) Set(name, value string) error { return switches.Set(g, name, value) }
