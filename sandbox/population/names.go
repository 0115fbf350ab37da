package population

import (
	"slices"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// names finds persons by the words of their names, of which there are few.
type names struct {
	segment     *segment
	first, last words
}

// words is one name of all rows: the distinct spellings in order, and for each the
// rows that have it.
type words struct {
	spelt []string // folded
	of    []uint32 // of each row, the place in spelt
	rows  []uint32 // those of spelt[k] are rows[from[k]:from[k+1]]
	from  []uint32
}

func newNames(s *segment) *names {
	n := &names{segment: s}
	for words, of := range map[*words]func(sandbox.Record) string{&n.first: sandbox.Record.FirstName, &n.last: sandbox.Record.LastName} {
		words.make(s, of)
	}
	return n
}

func (w *words) make(s *segment, of func(sandbox.Record) string) {
	seen := map[string]uint32{} // as written -> place in raw
	var raw []string
	w.of = make([]uint32, s.n)
	for i := range s.n {
		text := of(s.at(i))
		k, ok := seen[text]
		if !ok {
			k = uint32(len(raw))
			seen[text] = k
			raw = append(raw, sandbox.Fold(text))
		}
		w.of[i] = k
	}
	w.spelt = slices.Clone(raw)
	slices.Sort(w.spelt)
	w.spelt = slices.Compact(w.spelt)
	place := make([]uint32, len(raw))
	for k, text := range raw {
		at, _ := slices.BinarySearch(w.spelt, text)
		place[k] = uint32(at)
	}
	w.from = make([]uint32, len(w.spelt)+1)
	for i := range w.of {
		w.of[i] = place[w.of[i]]
		w.from[w.of[i]+1]++
	}
	for k := range w.spelt {
		w.from[k+1] += w.from[k]
	}
	next := slices.Clone(w.from)
	w.rows = make([]uint32, s.n)
	for i, k := range w.of {
		w.rows[next[k]] = uint32(i)
		next[k]++
	}
}

// add puts the rows of every spelling that passes a test into a set.
func (w *words) add(out set, is func(string) bool) {
	for k, text := range w.spelt {
		if text != "" && is(text) {
			for _, row := range w.rows[w.from[k]:w.from[k+1]] {
				out.add(int(row))
			}
		}
	}
}

// newByName orders rows by one name and then by the other.
func newByName(n *names, major, minor *words) []uint32 {
	pairs := make([]keyed, n.segment.n)
	for i := range pairs {
		pairs[i] = keyed{keyOf(major, minor, i), uint32(i)}
	}
	sortKeyed(pairs)
	rows := make([]uint32, len(pairs))
	for i, p := range pairs {
		rows[i] = p.row
	}
	return rows
}

func keyOf(major, minor *words, row int) int64 {
	return int64(major.of[row])<<32 | int64(minor.of[row])
}

// key orders rows by a name field and then by the other name.
func (n *names) key(f *query.Field, row int) int64 {
	if f == fieldLast {
		return keyOf(&n.last, &n.first, row)
	}
	return keyOf(&n.first, &n.last, row)
}

// byName gives the rows in the order of a name field.
func (s *segment) byName(f *query.Field) []uint32 {
	if f == fieldLast {
		return s.byLast()
	}
	return s.byFirst()
}

// wordsOf is one of the two by the field that shows it, nil for others.
func (n *names) wordsOf(f *query.Field) *words {
	switch f {
	case fieldFirst:
		return &n.first
	case fieldLast:
		return &n.last
	}
	return nil
}

// beginning gives the rows one of whose name's words begins with a text.
func (n *names) beginning(out set, prefix string) {
	is := func(text string) bool {
		return strings.HasPrefix(text, prefix) || strings.Contains(text, " "+prefix)
	}
	n.first.add(out, is)
	n.last.add(out, is)
}

var (
	fieldFirst, fieldLast = query.Find("fornavn"), query.Find("etternavn")
	fieldEmail            = query.Find("epost")
	fieldAge, fieldBirth  = query.Find("alder"), query.Find("foedselsdato")
)
