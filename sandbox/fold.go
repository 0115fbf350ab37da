package sandbox

import (
	"strings"
	"unicode"
)

// Fold spells a text for searching: lower case, æ ø å as ae oe aa, other
// letters without their marks, so that what a tester types on any keyboard
// finds the person.
func Fold(s string) string {
	if isFolded(s) {
		return s
	}
	var b strings.Builder
	b.Grow(len(s) + 4)
	for _, r := range s {
		r = unicode.ToLower(r)
		if r < 0x80 {
			b.WriteByte(byte(r))
		} else if t, ok := folded[r]; ok {
			b.WriteString(t)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// isFolded tells of most texts that there is nothing to do.
func isFolded(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x80 || 'A' <= c && c <= 'Z' {
			return false
		}
	}
	return true
}

var folded = map[rune]string{
	'æ': "ae", 'ä': "ae", 'ø': "oe", 'ö': "oe", 'å': "aa",
	'à': "a", 'á': "a", 'â': "a", 'č': "c", 'ç': "c", 'đ': "d", 'è': "e", 'é': "e", 'ê': "e", 'ë': "e",
	'ì': "i", 'í': "i", 'ï': "i", 'ñ': "n", 'ń': "n", 'ŋ': "n", 'ò': "o", 'ó': "o", 'ô': "o",
	'š': "s", 'ŧ': "t", 'ù': "u", 'ú': "u", 'ü': "u", 'ý': "y", 'ž': "z",
}
