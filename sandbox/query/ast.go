package query

import "liksom/sandbox"

// Node is a part of a query: one of the types below.
type Node interface{ print(p *printer) }

// All is everybody.
type All struct{}

// And, Or and Not join nodes. An And or Or has two terms or more, none of its
// own type.
type (
	And struct{ Terms []Node }
	Or  struct{ Terms []Node }
	Not struct{ Term Node }
)

// Word is a plain word or phrase, which is looked for in name, e-mail, mobile,
// number and slug.
type Word struct{ Pattern }

// Exists asks whether a field has a value.
type Exists struct{ Field *Field }

// OneOf asks whether an [Enum] field has one of the values whose bits are set:
// bit i for Field.Values[i].
type OneOf struct {
	Field  *Field
	Values uint64
}

// Match looks for a pattern in a [Text] or [Keyword] field.
type Match struct {
	Field *Field
	Pattern
}

// Range asks whether a [Date], [Instant] or [Number] field lies within limits.
type Range struct {
	Field     *Field
	Low, High End
}

// End is one end of a [Range].
type End struct {
	Set    bool // otherwise the range is open here
	Beyond bool // the value itself is outside
	Value  Value
}

// Related asks whether somebody related to the person answers to a query, in
// which [Relation] may stand. Relatives whom the sandbox does not know do not.
type Related struct{ Inner Node }

// Relation asks what the relative is to the person: bit i for [sandbox.Relation] i.
type Relation struct{ Relations uint64 }

func (n Relation) has(rel sandbox.Relation) bool { return n.Relations>>rel&1 != 0 }

// and joins terms, so that no And lies in an And.
func and(terms []Node) Node {
	var flat []Node
	for _, t := range terms {
		switch t := t.(type) {
		case All:
		case And:
			flat = append(flat, t.Terms...)
		default:
			flat = append(flat, t)
		}
	}
	switch len(flat) {
	case 0:
		return All{}
	case 1:
		return flat[0]
	}
	return And{flat}
}

// or joins terms, so that no Or lies in an Or and values of one field stand
// together.
func or(terms []Node) Node {
	var flat []Node
	add := func(n Node) {
		for i, have := range flat {
			if joined, ok := joinValues(have, n); ok {
				flat[i] = joined
				return
			}
		}
		flat = append(flat, n)
	}
	for _, t := range terms {
		switch t := t.(type) {
		case All:
			return All{}
		case Or:
			for _, n := range t.Terms {
				add(n)
			}
		default:
			add(t)
		}
	}
	if len(flat) == 1 {
		return flat[0]
	}
	return Or{flat}
}

func joinValues(a, b Node) (Node, bool) {
	switch a := a.(type) {
	case OneOf:
		if b, ok := b.(OneOf); ok && a.Field == b.Field {
			return OneOf{a.Field, a.Values | b.Values}, true
		}
	case Relation:
		if b, ok := b.(Relation); ok {
			return Relation{a.Relations | b.Relations}, true
		}
	}
	return nil, false
}
