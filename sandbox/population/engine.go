package population

import (
	"context"
	"slices"
	"sync"
	"sync/atomic"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// Engine searches a register whose base is an image. It is safe for use by many
// at once; what it answers shows every change that was committed before.
type Engine struct {
	register *sandbox.Register
	image    *Image
	base     *segment

	mu   sync.Mutex // held while the view is made anew
	view atomic.Pointer[view]
}

// view is the register at one change: the base, those of it who are not as they
// were, and how these are now.
type view struct {
	last   uint64
	hidden set // rows of the base that differ
	delta  *segment
	moved  map[sandbox.PersonID]sandbox.Record // how they are now; the zero Record is nobody
}

// NewEngine makes the engine of a register over this image. It reads the whole
// image once.
func NewEngine(register *sandbox.Register, image *Image) *Engine {
	return &Engine{register: register, image: image, base: newSegment(image.Len(), image.At)}
}

// Warm makes ready what the first questions would have to wait for, piece by piece
// and what most ask for first, until it is done or the context ends. A question
// that comes meanwhile waits for the piece that is being made, or makes another
// itself; none is made twice.
func (e *Engine) Warm(ctx context.Context) {
	pieces := []func(){
		func() { e.base.byClock.at(query.ClockAt(e.register.Now())) }, func() { e.base.byClock.newest() },
		func() { e.base.names() }, func() { e.base.email() }, func() { e.base.mobile() }, func() { e.base.cast() },
		func() { e.base.byLast() }, func() { e.base.byFirst() },
	}
	for _, f := range query.Fields {
		if o := e.base.orders[f]; o != nil {
			pieces = append(pieces, o.make)
		}
	}
	for _, make := range pieces {
		if ctx.Err() != nil {
			return
		}
		make()
	}
}

// now gives the view of the register's last change.
func (e *Engine) now() *view {
	if v := e.view.Load(); v != nil && v.last == e.register.Last() {
		return v
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if v := e.view.Load(); v != nil && v.last == e.register.Last() {
		return v
	}
	v := e.differences()
	e.view.Store(v)
	return v
}

func (e *Engine) differences() *view {
	v := &view{hidden: newSet(e.image.Len()), moved: map[sandbox.PersonID]sandbox.Record{}}
	var shown []sandbox.Record
	v.last = e.register.Differences(func(d sandbox.FeedEntry) {
		v.moved[d.ID] = d.Person
		if row, ok := e.image.ids.find(e.image.rows, d.ID); ok {
			v.hidden.add(row)
		}
		if d.Person.Exists() {
			shown = append(shown, d.Person)
		}
	})
	slices.SortFunc(shown, func(a, b sandbox.Record) int { return a.ID().Compare(b.ID()) })
	v.delta = newSegment(len(shown), func(i int) sandbox.Record { return shown[i] })
	return v
}

// Search answers a question. An error is about Sort or Cursor.
func (e *Engine) Search(s query.Search) (query.Found, error) {
	sorting, err := newSorting(s)
	if err != nil {
		return query.Found{}, err
	}
	v, clock := e.now(), query.ClockAt(e.register.Now())
	parts := []part{
		newPart(evaluation{e.base, clock, e.person(v)}, s.Query, v.hidden),
		newPart(evaluation{v.delta, clock, e.person(v)}, s.Query, nil),
	}
	found := query.Found{Clock: clock, Of: e.image.Len() - v.hidden.count() + v.delta.n}
	for _, p := range parts {
		found.Total += p.count
	}
	if s.Facets {
		found.Facets = facets(parts)
	}
	switch {
	case s.Limit <= 0:
	case s.Shuffle:
		found.Persons = shuffled(parts, s)
	default:
		found.Persons, found.Next = sorting.page(parts, s.Limit)
	}
	return found, nil
}

// person looks relatives up as they are in a view.
func (e *Engine) person(v *view) func(sandbox.PersonID) sandbox.Record {
	return func(id sandbox.PersonID) sandbox.Record {
		if r, ok := v.moved[id]; ok {
			return r
		}
		if row, ok := e.image.ids.find(e.image.rows, id); ok {
			return e.image.At(row)
		}
		return sandbox.Record{}
	}
}

// part is the hits in one segment, with what the facets need of the query.
type part struct {
	evaluation
	hits   set
	count  int
	open   set                  // who is left when the terms that choose are taken away
	choose map[*query.Field]set // by field: who passes the terms that choose among its values
}

// newPart finds the hits. The top-level terms that choose among a field's values
// are kept apart.
func newPart(e evaluation, n query.Node, hidden set) part {
	p := part{evaluation: e, choose: map[*query.Field]set{}}
	terms := []query.Node{n}
	if and, ok := n.(query.And); ok {
		terms = and.Terms
	}
	var rest []query.Node
	for _, t := range terms {
		one, ok := t.(query.OneOf)
		if !ok {
			rest = append(rest, t)
			continue
		}
		chosen := e.oneOf(one)
		if before := p.choose[one.Field]; before != nil {
			chosen.and(before)
		}
		p.choose[one.Field] = chosen
	}
	p.hits = allOf(e.n)
	if hidden != nil {
		p.hits.andNot(hidden)
	}
	p.hits = p.narrow(p.hits, rest)
	p.open = p.hits
	if len(p.choose) > 0 {
		p.hits = p.hits.clone()
		for _, chosen := range p.choose {
			p.hits.and(chosen)
		}
	}
	p.count = p.hits.count()
	return p
}

func (e evaluation) narrow(among set, terms []query.Node) set {
	switch len(terms) {
	case 0:
	case 1:
		if terms[0] != nil {
			among.and(e.find(terms[0]))
		}
	default:
		among.and(e.every(terms))
	}
	return among
}

// without gives who would be hit if nothing were chosen among a field's values.
func (p part) without(f *query.Field) set {
	if p.choose[f] == nil {
		return p.hits
	}
	out := p.open.clone()
	for other, chosen := range p.choose {
		if other != f {
			out.and(chosen)
		}
	}
	return out
}

// facets counts the hits of all parts by every enumerated field.
func facets(parts []part) []query.Facet {
	var out []query.Facet
	for _, f := range query.Fields {
		if f.Kind != query.Enum {
			continue
		}
		facet := query.Facet{Field: f, Counts: make([]int, len(f.Values))}
		for _, p := range parts {
			hits := p.without(f)
			for v, rows := range p.sets(f) {
				facet.Counts[v] += hits.common(rows)
			}
		}
		out = append(out, facet)
	}
	return out
}
