package query

import (
	"strings"

	"liksom/sandbox"
)

// Pattern is a text to look for: its pieces, as written, with any signs between
// them. A phrase has one piece, in which a star means itself.
type Pattern struct {
	Pieces []string
	Phrase bool
}

// Plain tells whether no star is in it.
func (p Pattern) Plain() bool { return len(p.Pieces) == 1 }

// anything tells whether it is nothing but stars.
func (p Pattern) anything() bool { return len(p.Pieces) == 2 && p.Pieces[0] == "" && p.Pieces[1] == "" }

// slow is 1 for a pattern with a star elsewhere than at its end.
func (p Pattern) slow() int {
	if p.Plain() || p.anything() || len(p.Pieces) == 2 && p.Pieces[1] == "" {
		return 0
	}
	return 1
}

// String gives the text with its stars.
func (p Pattern) String() string { return strings.Join(p.Pieces, "*") }

// spelt gives the pattern with its pieces in the spelling in which they are
// looked for.
func (p Pattern) spelt() Pattern {
	pieces := make([]string, len(p.Pieces))
	for i, s := range p.Pieces {
		pieces[i] = sandbox.Fold(s)
	}
	return Pattern{pieces, p.Phrase}
}

// matches tells whether a whole text fits; both are spelt.
func (p Pattern) matches(text string) bool {
	last := len(p.Pieces) - 1
	if last == 0 {
		return text == p.Pieces[0]
	}
	rest, ok := strings.CutPrefix(text, p.Pieces[0])
	if !ok {
		return false
	}
	for _, piece := range p.Pieces[1:last] {
		at := strings.Index(rest, piece)
		if at < 0 {
			return false
		}
		rest = rest[at+len(piece):]
	}
	return strings.HasSuffix(rest, p.Pieces[last])
}

// matchesWords tells whether a text of several words fits: one of its words or
// all of it; a phrase, some of its words in a row.
func (p Pattern) matchesWords(text string) bool {
	if p.Plain() {
		return strings.Contains(" "+text+" ", " "+p.Pieces[0]+" ")
	}
	return anyWord(text, p.matches)
}

// anyWord tries a text of several words, and each of them.
func anyWord(text string, is func(string) bool) bool {
	if is(text) {
		return true
	}
	if !strings.Contains(text, " ") {
		return false
	}
	for w := range strings.SplitSeq(text, " ") {
		if is(w) {
			return true
		}
	}
	return false
}
