package query

import (
	"strings"

	"liksom/sandbox"
)

// Matcher judges persons by a query at one moment. It may be used by many at
// once.
type Matcher struct {
	clock Clock
	test  test
}

// test judges a person, who is a relative within a relation.
type test func(r sandbox.Record, as sandbox.Relation) bool

// NewMatcher works out once what all persons are judged by. person looks a
// relative up, and gives the zero Record for one who is not known; it is called
// only for queries with relations.
func NewMatcher(n Node, c Clock, person func(sandbox.PersonID) sandbox.Record) Matcher {
	b := binder{c, person}
	return Matcher{c, b.bind(n)}
}

// Match tells whether a person, who must exist, is one that the query asks for.
func (m Matcher) Match(r sandbox.Record) bool { return m.test(r, 0) }

// binder makes tests for a moment.
type binder struct {
	clock  Clock
	person func(sandbox.PersonID) sandbox.Record
}

func (b binder) bind(n Node) test {
	c := b.clock
	switch n := n.(type) {
	case And:
		return b.every(n.Terms)
	case Or:
		return b.some(n.Terms)
	case Not:
		inner := b.bind(n.Term)
		return func(r sandbox.Record, as sandbox.Relation) bool { return !inner(r, as) }
	case Word:
		return person(n.Test())
	case Exists:
		return person(func(r sandbox.Record) bool { return n.Field.has(r, c) })
	case OneOf:
		return person(func(r sandbox.Record) bool {
			i := n.Field.value(r, c)
			return i >= 0 && n.Values>>i&1 != 0
		})
	case Match:
		is := n.Test()
		return person(func(r sandbox.Record) bool { return n.Field.any(r, is) })
	case Range:
		low, high := n.Bounds(c)
		return person(func(r sandbox.Record) bool {
			v, ok := n.Field.number(r, c)
			return ok && low <= v && v <= high
		})
	case Related:
		return b.related(n)
	case Relation:
		return func(_ sandbox.Record, as sandbox.Relation) bool { return n.has(as) }
	}
	return func(sandbox.Record, sandbox.Relation) bool { return true } // All
}

func person(is func(sandbox.Record) bool) test {
	return func(r sandbox.Record, _ sandbox.Relation) bool { return is(r) }
}

func (b binder) tests(terms []Node) []test {
	out := make([]test, len(terms))
	for i, t := range terms {
		out[i] = b.bind(t)
	}
	return out
}

func (b binder) every(terms []Node) test {
	tests := b.tests(terms)
	return func(r sandbox.Record, as sandbox.Relation) bool {
		for _, is := range tests {
			if !is(r, as) {
				return false
			}
		}
		return true
	}
}

func (b binder) some(terms []Node) test {
	tests := b.tests(terms)
	return func(r sandbox.Record, as sandbox.Relation) bool {
		for _, is := range tests {
			if is(r, as) {
				return true
			}
		}
		return false
	}
}

func (b binder) related(n Related) test {
	inner := b.bind(n.Inner)
	return person(func(r sandbox.Record) bool {
		for k := range r.Kin().All() {
			if other := b.person(k.ID); other.Exists() && inner(other, k.Relation) {
				return true
			}
		}
		return false
	})
}

// Test gives the test of one of a field's texts, see [Field.Any].
func (n Match) Test() func(string) bool {
	p := n.spelt()
	if n.Field.Kind == Text {
		return p.matchesWords
	}
	if n.Plain() && n.Field.spell != nil {
		whole := n.Field.spell(n.Pieces[0])
		return func(s string) bool { return s == whole }
	}
	return p.matches
}

// Test gives the test of a person, who must exist. A word begins, and a phrase
// or a word with stars is, one of the name's words or the whole of e-mail,
// mobile, number or slug.
func (n Word) Test() func(sandbox.Record) bool {
	is := n.spelt()
	inName := is.matchesWords
	if n.Plain() && !n.Phrase {
		is.Pieces = append(is.Pieces, "") // it is how the text begins
		inName = func(name string) bool { return anyWord(name, is.matches) }
	}
	nr := Pattern{append([]string{dialled(is.Pieces[0])}, is.Pieces[1:]...), n.Phrase}
	return func(r sandbox.Record) bool {
		return inName(sandbox.Fold(displayName(r))) || epostField.any(r, is.matches) || mobilField.any(r, nr.matches) ||
			is.matches(r.ID().Digits()) || is.matches(sandbox.Fold(r.Scenario()))
	}
}

var epostField, mobilField = Find("epost"), Find("mobil")

// dialled writes a number, or how it begins, as the register does.
func dialled(nr string) string {
	nr = strings.ReplaceAll(nr, " ", "")
	if rest, ok := strings.CutPrefix(nr, "00"); ok {
		return "+" + rest
	}
	return nr
}
