package query

import (
	"strings"
	"time"

	"liksom/sandbox"
)

// Kind is what sort of values a field has, and so what can be asked of it.
type Kind uint8

// The kinds of fields.
const (
	Enum    Kind = iota // one of some words
	Text                // words, each of which can be found
	Keyword             // a text that is found as a whole, or one of several such
	Date                // a day; its number is 20031231
	Instant             // a second; its number counts seconds since 1970
	Number              // a whole number
)

// Ordered tells whether values can be compared.
func (k Kind) Ordered() bool { return k >= Date }

// Field is one thing that can be asked of a person.
type Field struct {
	Name    string
	Aliases []string
	KRR     bool // of the contact register; krr. may stand in front
	Kind    Kind
	Values  []Choice // of an [Enum], at most 64
	ByClock bool     // the value moves with the clock, and is not only the person's
	Doc     Doc

	value  func(sandbox.Record, Clock) int
	number func(sandbox.Record, Clock) (int64, bool)
	any    func(sandbox.Record, func(string) bool) bool
	spell  func(string) string // of a whole text that is looked for; nil for sandbox.Fold
}

// Doc describes a field in a few words of bokmål, nynorsk and English.
type Doc struct{ NB, NN, EN string }

// Clock is the moment at which persons are judged.
type Clock struct {
	sandbox.Window
	Today sandbox.Date // in Norway
}

// ClockAt works out what depends on a moment alone.
func ClockAt(at time.Time) Clock { return Clock{sandbox.WindowAt(at), sandbox.DateOf(at)} }

// Value gives the index in Values of what a person has of an [Enum] field; -1
// for nothing. The record must exist.
func (f *Field) Value(r sandbox.Record, c Clock) int { return f.value(r, c) }

// Number gives the comparable number of what a person has of an ordered field;
// not ok for nothing. The record must exist.
func (f *Field) Number(r sandbox.Record, c Clock) (n int64, ok bool) { return f.number(r, c) }

// Any tells whether one of the texts that a person has of a [Text] or [Keyword]
// field is what is looked for. They are spelt by [sandbox.Fold]; a mobile comes
// with country code, and a Norwegian one without it too. The record must exist.
func (f *Field) Any(r sandbox.Record, is func(string) bool) bool { return f.any(r, is) }

// has tells whether there is a value.
func (f *Field) has(r sandbox.Record, c Clock) bool {
	switch f.Kind {
	case Enum:
		return f.value(r, c) >= 0
	case Text, Keyword:
		return f.any(r, func(string) bool { return true })
	}
	_, ok := f.number(r, c)
	return ok
}

// Find looks a field up by its name or an alias, in any spelling; nil when there
// is none.
func Find(name string) *Field {
	key := sandbox.Fold(name)
	if f := byName[key]; f != nil {
		return f
	}
	if rest, ok := strings.CutPrefix(key, "krr."); ok {
		if f := byName[rest]; f != nil && f.KRR {
			return f
		}
	}
	return nil
}

// Fields are all that can be asked, those of the population register first.
var Fields = append(append([]*Field{}, personFields...), registerFields...)

var byName = func() map[string]*Field {
	m := map[string]*Field{}
	for _, f := range Fields {
		for _, name := range append([]string{f.Name}, f.Aliases...) {
			m[sandbox.Fold(name)] = f
		}
	}
	return m
}()

// Choice is one of the words of an [Enum] field.
type Choice struct {
	Word    string
	Aliases []string
}

// find gives the bits of the values that a pattern fits.
func (f *Field) find(p Pattern) (bits uint64) {
	p = p.spelt()
	for i, v := range f.Values {
		for _, word := range append([]string{v.Word}, v.Aliases...) {
			if p.matches(sandbox.Fold(word)) {
				bits |= 1 << i
			}
		}
	}
	return bits
}

func (f *Field) words() []string {
	words := make([]string, len(f.Values))
	for i, v := range f.Values {
		words[i] = v.Word
	}
	return words
}
