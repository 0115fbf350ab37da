package journal

import (
	"regexp"
	"strings"
	"unicode/utf8"
)

// Bytes that are kept of a text.
const (
	longestText   = 500
	longestAnswer = 2048
)

// cut shortens a text on a rune boundary. The copy lets go of the request that
// a short path is a part of.
func cut(s string, most int) string {
	if len(s) > most {
		n := most
		for n > most-utf8.UTFMax && !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n] + "…"
	}
	return strings.Clone(s)
}

// tokenStart is how every JWT begins: an opening brace and a quotation mark in
// base64url.
const tokenStart = "eyJ"

var token = regexp.MustCompile(tokenStart + `[A-Za-z0-9_-]{8,}(\.[A-Za-z0-9_-]*)*`)

// secretStart begins a client's secret in a query, where it does not belong.
const secretStart = "client_secret="

var secret = regexp.MustCompile(secretStart + `[^&]+`)

// hideTokens leaves out what whoever reads the journal could use: assertions and
// secrets in a query, and tokens that an answer repeats.
func hideTokens(s string) string {
	if strings.Contains(s, tokenStart) {
		s = token.ReplaceAllString(s, tokenStart+"…")
	}
	if strings.Contains(s, secretStart) {
		s = secret.ReplaceAllString(s, secretStart+"…")
	}
	return s
}
