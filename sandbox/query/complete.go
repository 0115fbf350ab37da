package query

import (
	"strings"
	"unicode/utf8"

	"liksom/sandbox"
)

// Completion is what could stand at a place in a query: any of the suggestions
// in place of the characters from From up to To.
type Completion struct {
	From, To    int
	Suggestions []Suggestion
}

// Suggestion is one of them.
type Suggestion struct {
	Text  string
	Sort  Sort
	Field *Field // that it names or is a value of; nil for an operator
}

// Sort is what a suggestion is.
type Sort uint8

// The sorts of suggestions.
const (
	FieldName Sort = iota // with the colon behind
	FieldValue
	Operator
)

// Complete suggests what could stand at a cursor, which is a place among the
// characters of the query; it need not be one that can be read. Suggestions go
// on from the word that the cursor is in or behind.
func Complete(text string, cursor int) Completion {
	if len(text) > MaxLength {
		return Completion{From: cursor, To: cursor}
	}
	text = strings.ToValidUTF8(text, "\uFFFD")
	at := byteAt(text, cursor)
	w := walk(text[:at])
	word := text[w.word:at]
	end := at
	for end < len(text) {
		r, n := utf8.DecodeRuneInString(text[end:])
		if ends(r, false) {
			break
		}
		end += n
	}
	c := Completion{From: utf8.RuneCountInString(text[:w.word]), To: utf8.RuneCountInString(text[:end])}
	for _, s := range w.possible() {
		if begins(s, word) {
			c.Suggestions = append(c.Suggestions, s)
		}
	}
	return c
}

func byteAt(text string, cursor int) int {
	for i := range text {
		if cursor <= 0 {
			return i
		}
		cursor--
	}
	return len(text)
}

// begins tells whether a suggestion goes on from a word, by any of its names.
func begins(s Suggestion, word string) bool {
	word = strings.TrimPrefix(sandbox.Fold(word), `"`)
	names := []string{s.Text}
	switch {
	case s.Sort == FieldName && s.Field != nil:
		names = append(names, s.Field.Aliases...)
		if s.Field.KRR {
			names = append(names, "krr."+s.Field.Name)
		}
	case s.Sort == FieldValue && s.Field.Kind == Enum:
		for _, v := range s.Field.Values {
			if v.Word == s.Text {
				names = append(names, v.Aliases...)
			}
		}
	}
	for _, n := range names {
		if strings.HasPrefix(sandbox.Fold(n), word) {
			return true
		}
	}
	return false
}

// place is where a walk through a query has come to.
type place struct {
	word    int      // where the last word begins; the end if there is none
	value   *Field   // whose value is due
	groups  []*Field // the fields of the groups that are open; nil for a plain one
	related bool
	after   bool // a term has ended, so that an operator may follow
	named   string
}

// walk reads a query as far as it goes, and never fails.
func walk(text string) place {
	var w place
	p := &parser{text: text}
	for {
		p.space()
		w.word = len(text)
		if p.at == len(text) {
			return w
		}
		if !ends(rune(text[p.at]), w.value != nil) || text[p.at] == '"' {
			start := p.at
			l, err := p.literal(w.value != nil)
			if err != nil || p.at == len(text) {
				w.word = start
				return w
			}
			w.pass(l)
			continue
		}
		w.sign(text[p.at])
		p.at++
		if (text[p.at-1] == '<' || text[p.at-1] == '>') && p.at < len(text) && text[p.at] == '=' {
			p.at++
		}
	}
}

// pass goes past a word.
func (w *place) pass(l literal) {
	switch {
	case l.is("and"), l.is("or"), l.is("not"):
		w.after = false
	default:
		w.named, w.value, w.after = l.String(), nil, true
	}
}

func (w *place) sign(c byte) {
	switch c {
	case ':', '<', '>':
		w.value, w.after = w.find(w.named), false
	case '(', '{', '[':
		if w.value == nil && c == '(' {
			w.value = w.group()
		}
		w.groups = append(w.groups, w.value)
		w.value, w.after = nil, false
		w.related = w.related || c == '{'
	case ')', '}', ']':
		if n := len(w.groups); n > 0 {
			w.groups = w.groups[:n-1]
		}
		w.value, w.after = nil, true
		w.related = w.related && c != '}'
	}
}

func (w *place) find(name string) *Field {
	if w.related && sandbox.Fold(name) == sandbox.Fold(relationName) {
		return RelationField
	}
	return Find(name)
}

// group is the field whose group is open innermost.
func (w *place) group() *Field {
	if n := len(w.groups); n > 0 {
		return w.groups[n-1]
	}
	return nil
}

// possible lists what could stand here.
func (w *place) possible() (all []Suggestion) {
	f := w.value
	if f == nil {
		f = w.group()
	}
	if w.after {
		all = append(all, Suggestion{"and", Operator, nil}, Suggestion{"or", Operator, nil})
	}
	if f != nil {
		return append(all, values(f)...)
	}
	if w.related {
		all = append(all, Suggestion{relationName + ":", FieldName, RelationField})
	}
	for _, f := range Fields {
		all = append(all, Suggestion{f.Name + ":", FieldName, f})
	}
	if !w.related {
		all = append(all, Suggestion{relationField + ":{", FieldName, nil})
	}
	return append(all, Suggestion{"not", Operator, nil})
}

func values(f *Field) (all []Suggestion) {
	words := f.words()
	if f.Kind == Date || f.Kind == Instant {
		words = []string{"i dag", "nå-18m", "nå-1y", "nå-30d"}
	}
	for _, word := range append(words, "*") {
		all = append(all, Suggestion{word, FieldValue, f})
	}
	return all
}
