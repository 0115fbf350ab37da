package fakeauth

import (
	"regexp"
	"strconv"
	"strings"
)

// Limits of what is echoed in a text.
const (
	maxQuoted = 100 // runes of one value
	maxListed = 5   // values in a list
	maxEchoed = 300 // characters in an error_description
)

// identityNumber matches eleven digits or more, also when written with a space
// after the birth date.
var identityNumber = regexp.MustCompile(`[0-9]{6} ?[0-9]{5,}`)

// mask hides what may be a national identity number: the birth date stays.
func mask(s string) string {
	return identityNumber.ReplaceAllStringFunc(s, func(n string) string {
		return n[:6] + "*****"
	})
}

// clip shortens s to what is echoed of one value.
func clip(s string) string {
	n := 0
	for i := range s {
		if n == maxQuoted {
			return s[:i] + "…"
		}
		n++
	}
	return s
}

// quote makes an untrusted value fit to stand in a sentence.
func quote(s string) string {
	return strconv.Quote(clip(s))
}

// list quotes values, the first few of them.
func list(values []string) string {
	if len(values) == 0 {
		return "none"
	}
	var b strings.Builder
	for i, v := range values {
		if i > 0 {
			b.WriteString(", ")
		}
		if i == maxListed {
			b.WriteString("…")
			break
		}
		b.WriteString(quote(v))
	}
	return b.String()
}

// plain reduces an untrusted value to the characters that error_description may
// hold (RFC 6749, 5.2), shortened and masked.
func plain(s string) string {
	ascii := strings.Map(func(r rune) rune {
		if r < 0x20 || r > 0x7e || r == '"' || r == '\\' {
			return '?'
		}
		return r
	}, s)
	return mask(ascii[:min(len(ascii), maxEchoed)])
}

// span writes a number of seconds. Long ones are not counted: their digits help
// nobody and look like an identity number.
func span(seconds int64) string {
	const year = 366 * 24 * 60 * 60
	if seconds > year {
		return "more than a year"
	}
	return strconv.FormatInt(seconds, 10) + " s"
}
