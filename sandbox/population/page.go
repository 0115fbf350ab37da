package population

import (
	"cmp"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// sorting is an order of hits and the place in it where a page begins.
type sorting struct {
	field     *query.Field // nil: by number
	names     bool         // the field is a name: by it and then by the other
	reverse   bool
	after     place
	continued bool
}

// place is where a person stands in an order: by number, or by a value and then
// by number. Who has no value stands last either way.
type place struct {
	Number int64  `json:"n,omitempty"`
	Text   string `json:"t,omitempty"`
	None   bool   `json:"x,omitempty"`
	ID     uint64 `json:"i"`
}

func invalid(code, text string) error {
	return &sandbox.Error{Kind: sandbox.Invalid, Code: code, Text: text}
}

func newSorting(s query.Search) (sorting, error) {
	var o sorting
	name, reverse := strings.CutPrefix(s.Sort, "-")
	o.reverse = reverse
	if name != "" {
		f := query.Find(name)
		switch {
		case f == nil, f != query.Find("identifikator") && !f.Kind.Ordered() && f != fieldFirst && f != fieldLast:
			return o, invalid("sort.unknown", fmt.Sprintf("the hits cannot be sorted by %q; take identifikator, fornavn, etternavn, or a field that holds dates or numbers", sandbox.Short(name)))
		case f == fieldAge: // the older, the earlier
			o.field, o.reverse = fieldBirth, !reverse
		case f.Kind.Ordered() || f == fieldFirst || f == fieldLast:
			o.field, o.names = f, !f.Kind.Ordered()
		}
	}
	if s.Cursor == "" || s.Shuffle {
		o.after, o.continued = place{ID: s.After.Uint64()}, o.field == nil && !s.After.IsZero()
		return o, nil
	}
	text, err := base64.RawURLEncoding.DecodeString(s.Cursor)
	if err == nil {
		err = json.Unmarshal(text, &o.after)
	}
	if err != nil {
		return o, invalid("cursor.invalid", "the cursor is not one that an answer gave; leave it out to begin")
	}
	o.continued = true
	return o, nil
}

func (o sorting) cursor(e evaluation, row int) string {
	text, err := json.Marshal(o.place(e, row))
	if err != nil {
		return ""
	}
	return base64.RawURLEncoding.EncodeToString(text)
}

// place works out where a row stands.
func (o sorting) place(e evaluation, row int) place {
	r := e.at(row)
	p := place{ID: r.ID().Uint64()}
	switch {
	case o.names:
		major, minor := r.FirstName(), r.LastName()
		if o.field == fieldLast {
			major, minor = minor, major
		}
		p.Text = sandbox.Fold(major) + "\x00" + sandbox.Fold(minor)
	case o.field != nil:
		n, ok := o.field.Number(r, e.clock)
		p.Number, p.None = n, !ok
	}
	return p
}

// compare tells which of two places comes first.
func (o sorting) compare(a, b place) int {
	if a.None != b.None {
		if a.None {
			return 1
		}
		return -1
	}
	c := cmp.Or(cmp.Compare(a.Number, b.Number), strings.Compare(a.Text, b.Text), cmp.Compare(a.ID, b.ID))
	if o.reverse && !a.None {
		return -c
	}
	return c
}

// page gives the hits after the place, those of all parts together, and the cursor
// of the rest.
func (o sorting) page(parts []part, limit int) (out []sandbox.Record, next string) {
	type candidate struct {
		part  part
		row   int
		place place
	}
	var all []candidate
	for _, p := range parts {
		for _, row := range o.rows(p, limit+1) {
			all = append(all, candidate{p, row, o.place(p.evaluation, row)})
		}
	}
	slices.SortFunc(all, func(a, b candidate) int { return o.compare(a.place, b.place) })
	if len(all) > limit {
		last := all[limit-1]
		next, all = o.cursor(last.part.evaluation, last.row), all[:limit]
	}
	for _, c := range all {
		out = append(out, c.part.at(c.row))
	}
	return out, next
}

// rows gives a part's first hits after the place, in order. Few hits are put in
// order; of many, the order is walked until there are enough.
func (o sorting) rows(p part, limit int) []int {
	const few = 64
	if p.count <= p.n/few {
		return o.few(p, limit)
	}
	var out []int
	o.walk(p, func(row int) bool {
		if p.hits.has(row) {
			out = append(out, row)
		}
		return len(out) < limit
	})
	return out
}

func (o sorting) few(p part, limit int) []int {
	var some, none []keyed // with a value, and without
	p.hits.each(func(row int) bool {
		if o.continued && o.compare(o.place(p.evaluation, row), o.after) <= 0 {
			return true
		}
		if key, ok := o.key(p.evaluation, row); ok {
			some = append(some, keyed{key, uint32(row)})
		} else {
			none = append(none, keyed{0, uint32(row)})
		}
		return true
	})
	sortKeyed(some)
	if o.reverse {
		slices.Reverse(some)
	}
	var out []int
	for _, k := range append(some, none...) {
		if len(out) == limit {
			break
		}
		out = append(out, int(k.row))
	}
	return out
}

// key orders the rows of one segment as their places do; not ok for one without a
// value.
func (o sorting) key(e evaluation, row int) (int64, bool) {
	switch {
	case o.names:
		return e.names().key(o.field, row), true
	case o.field == nil:
		return 0, true
	}
	return o.field.Number(e.at(row), e.clock)
}

// walk shows the rows of a segment that come after the place, in order.
func (o sorting) walk(p part, see func(row int) bool) {
	rows := o.order(p)
	n := p.n // without an order, rows stand by number
	if rows != nil {
		n = len(rows)
	}
	at := func(i int) int {
		if o.reverse {
			i = n - 1 - i
		}
		if rows != nil {
			return int(rows[i])
		}
		return i
	}
	from := 0
	if o.continued {
		from = sort.Search(n, func(i int) bool { return o.compare(o.place(p.evaluation, at(i)), o.after) > 0 })
	}
	for i := from; i < n; i++ {
		if !see(at(i)) {
			return
		}
	}
	if rows == nil || len(rows) == p.n {
		return
	}
	has := p.rows(rows)
	for i := range p.n { // those without a value
		if !has.has(i) && (!o.continued || o.compare(o.place(p.evaluation, i), o.after) > 0) && !see(i) {
			return
		}
	}
}

// order gives the rows that have a value, lowest first; nil when rows stand by
// number.
func (o sorting) order(p part) []uint32 {
	switch {
	case o.names:
		return p.byName(o.field)
	case o.field == nil:
		return nil
	}
	order := p.orders[o.field]
	order.make()
	return order.rows
}
