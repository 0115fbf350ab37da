package population

import (
	"sort"
	"strconv"
	"strings"
	"unicode"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// evaluation answers a query over one segment at one moment.
type evaluation struct {
	*segment
	clock  query.Clock
	person func(sandbox.PersonID) sandbox.Record
}

// find gives the rows that a query asks for. The set may be changed.
func (e evaluation) find(n query.Node) set {
	switch n := n.(type) {
	case nil, query.All:
		return allOf(e.n)
	case query.And:
		return e.every(n.Terms)
	case query.Or:
		out := newSet(e.n)
		for _, t := range n.Terms {
			out.or(e.find(t))
		}
		return out
	case query.Not:
		out := allOf(e.n)
		out.andNot(e.find(n.Term))
		return out
	case query.OneOf:
		return e.oneOf(n)
	case query.Range:
		return e.within(n)
	case query.Word:
		return e.word(n)
	case query.Match:
		return e.match(n)
	}
	return e.look(allOf(e.n), n)
}

// every puts first what the index knows, and looks only at who is left for the
// rest.
func (e evaluation) every(terms []query.Node) set {
	out := allOf(e.n)
	var rest []query.Node
	for _, t := range terms {
		if e.knows(t) {
			out.and(e.find(t))
		} else {
			rest = append(rest, t)
		}
	}
	for _, t := range rest {
		switch t.(type) {
		case query.And, query.Or, query.Not:
			out.and(e.find(t))
		default:
			out = e.look(out, t)
		}
	}
	return out
}

// knows tells whether an index answers a term.
func (e evaluation) knows(n query.Node) bool {
	switch n := n.(type) {
	case query.OneOf, query.Range:
		return true
	case query.Word:
		return n.Plain() && !n.Phrase || begins(n)
	case query.Match:
		return e.names().wordsOf(n.Field) != nil || n.Field == fieldEmail && n.Pieces[0] != ""
	}
	return false
}

// begins tells whether a word with stars is a plain one with a star behind, which
// finds the same, since a plain word is how something begins.
func begins(w query.Word) bool {
	other := func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) }
	return len(w.Pieces) == 2 && w.Pieces[0] != "" && w.Pieces[1] == "" && strings.IndexFunc(w.Pieces[0], other) < 0
}

// look asks the language itself about each row of a set.
func (e evaluation) look(among set, n query.Node) set {
	m := query.NewMatcher(n, e.clock, e.person)
	return e.scan(among, m.Match)
}

func (e evaluation) sets(f *query.Field) []set {
	if f.ByClock {
		return e.byClock.at(e.clock).enums[f]
	}
	return e.enums[f]
}

func (e evaluation) oneOf(n query.OneOf) set {
	out := newSet(e.n)
	for v, rows := range e.sets(n.Field) {
		if n.Values>>v&1 != 0 {
			out.or(rows)
		}
	}
	return out
}

// within answers a range by the field's order. The age follows from the birth
// date: the older, the earlier.
func (e evaluation) within(n query.Range) set {
	if out, ok := e.inRange(n, e.clock); ok {
		return out
	}
	if n.Field != fieldAge {
		return e.look(allOf(e.n), n)
	}
	low, high := n.Bounds(e.clock)
	births := e.orders[fieldBirth]
	births.make()
	out := newSet(e.n)
	age := func(i int) int64 {
		years, _ := fieldAge.Number(e.at(int(births.rows[i])), e.clock)
		return years
	}
	from, to := 0, len(births.rows) // ages fall along the order
	from += sort.Search(to, func(i int) bool { return age(i) <= high })
	to = from + sort.Search(to-from, func(i int) bool { return age(from+i) < low })
	for _, row := range births.rows[from:to] {
		out.add(int(row))
	}
	return out
}

// word answers a plain word by what begins with it. Phrases and stars are looked
// for in every person.
func (e evaluation) word(w query.Word) set {
	if !e.knows(w) {
		return e.look(allOf(e.n), w)
	}
	out, text := newSet(e.n), sandbox.Fold(w.Pieces[0])
	e.names().beginning(out, text)
	for _, row := range e.email().beginning(text) {
		out.add(int(row))
	}
	e.dialled(out, text)
	e.numbered(out, text)
	for _, row := range e.cast() {
		if strings.HasPrefix(sandbox.Fold(e.at(row).Scenario()), text) {
			out.add(row)
		}
	}
	return out
}

// dialled adds those whose mobile begins with a text, with or without Norway's
// country code.
func (e evaluation) dialled(out set, text string) {
	if rest, ok := strings.CutPrefix(text, "00"); ok {
		text = "+" + rest
	}
	if strings.Trim(text, "+0123456789") != "" {
		return
	}
	for _, prefix := range []string{text, "+47" + text} {
		for _, row := range e.mobile().beginning(prefix) {
			out.add(int(row))
		}
	}
}

// numbered adds those whose number begins with a text.
func (e evaluation) numbered(out set, text string) {
	const digits = 11
	if text == "" || len(text) > digits || strings.Trim(text, "0123456789") != "" {
		return
	}
	number := func(padding string) uint64 {
		n, _ := strconv.ParseUint(text+strings.Repeat(padding, digits-len(text)), 10, 64)
		return n
	}
	low, high := number("0"), number("9")
	from := sort.Search(e.n, func(i int) bool { return e.at(i).ID().Uint64() >= low })
	for i := from; i < e.n && e.at(i).ID().Uint64() <= high; i++ {
		out.add(i)
	}
}

// match answers a text field where an index has it.
func (e evaluation) match(n query.Match) set {
	if words := e.names().wordsOf(n.Field); words != nil {
		out := newSet(e.n)
		words.add(out, n.Test())
		return out
	}
	if e.knows(n) {
		return e.look(e.rows(e.email().beginning(sandbox.Fold(n.Pieces[0]))), n)
	}
	return e.look(allOf(e.n), n)
}

func (e evaluation) rows(rows []uint32) set {
	out := newSet(e.n)
	for _, row := range rows {
		out.add(int(row))
	}
	return out
}
