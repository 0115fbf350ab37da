package query

import (
	"fmt"
	"unicode/utf8"

	"liksom/sandbox"
)

// The codes of an [Error].
const (
	CodeSyntax   = "query.syntax"
	CodeEncoding = "query.encoding" // the text is not UTF-8
	CodeLong     = "query.long"
	CodeDeep     = "query.deep"
	CodeField    = "field.unknown"
	CodeNoData   = "field.nodata" // Tenor has the field; the sandbox has nothing to put there
	CodeMisused  = "field.misused"
	CodeValue    = "value.unknown"
)

// Error says what is wrong with a query and where. It unwraps to a
// [sandbox.Error] of kind Invalid.
type Error struct {
	Pos, Length int // in characters from the start of the query
	Code        string
	Text        string // what is wrong and what would be right
	Suggestion  string // what could stand there instead; "" when nothing is near
}

func (e *Error) Error() string {
	return fmt.Sprintf("character %d: %s", e.Pos+1, e.Text)
}

// Unwrap lets surfaces treat it like any other invalid value.
func (e *Error) Unwrap() error {
	return &sandbox.Error{Kind: sandbox.Invalid, Code: e.Code, Text: e.Error()}
}

// fault makes an error about text[from:to].
func (p *parser) fault(from, to int, code, format string, args ...any) *Error {
	return &Error{
		Pos:    utf8.RuneCountInString(p.text[:from]),
		Length: utf8.RuneCountInString(p.text[from:to]),
		Code:   code,
		Text:   fmt.Sprintf(format, args...),
	}
}

// near adds a suggestion, if there is one.
func (e *Error) near(s string) *Error {
	if s != "" {
		e.Suggestion = s
		e.Text += "; did you mean " + s + "?"
	}
	return e
}

// nearest finds the candidate that takes the fewest changes of a letter to
// become name, both folded; "" when that is more than half of it.
func nearest(name string, candidates []string) string {
	name = sandbox.Fold(name)
	if len(name) > 40 {
		return ""
	}
	best, least := "", len(name)/2+1
	for _, c := range candidates {
		if d := distance(name, sandbox.Fold(c)); d < least {
			best, least = c, d
		}
	}
	return best
}

// distance is Levenshtein's.
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			change := diagonal
			if a[i] != b[j] {
				change++
			}
			diagonal = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
