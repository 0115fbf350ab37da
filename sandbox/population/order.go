package population

import (
	"cmp"
	"slices"
	"sort"
	"sync"

	"liksom/sandbox/query"
)

// order is the rows of a segment that have a value of an ordered field, lowest
// first; rows of one value in order of their numbers.
type order struct {
	segment *segment
	field   *query.Field

	once sync.Once
	rows []uint32
}

type keyed struct {
	key int64
	row uint32
}

func (o *order) make() {
	o.once.Do(func() {
		pairs := make([]keyed, 0, o.segment.n)
		for i := range o.segment.n {
			if key, ok := o.key(uint32(i)); ok {
				pairs = append(pairs, keyed{key, uint32(i)})
			}
		}
		sortKeyed(pairs)
		o.rows = make([]uint32, len(pairs))
		for i, p := range pairs {
			o.rows[i] = p.row
		}
	})
}

func (o *order) key(row uint32) (int64, bool) {
	return o.field.Number(o.segment.at(int(row)), query.Clock{})
}

func sortKeyed(pairs []keyed) {
	slices.SortFunc(pairs, func(a, b keyed) int {
		if a.key != b.key {
			return cmp.Compare(a.key, b.key)
		}
		return cmp.Compare(a.row, b.row)
	})
}

// between gives the rows whose value lies within limits, both included.
func (o *order) between(low, high int64) []uint32 {
	o.make()
	key := func(i int) int64 {
		k, _ := o.key(o.rows[i])
		return k
	}
	from := sort.Search(len(o.rows), func(i int) bool { return key(i) >= low })
	to := from + sort.Search(len(o.rows)-from, func(i int) bool { return key(from+i) > high })
	return o.rows[from:to]
}

// inRange is the set of rows within a range. It fills the smaller part.
func (s *segment) inRange(n query.Range, c query.Clock) (set, bool) {
	low, high := n.Bounds(c)
	o := s.orders[n.Field]
	if o == nil {
		return nil, false
	}
	out := newSet(s.n)
	if low <= high {
		for _, row := range o.between(low, high) {
			out.add(int(row))
		}
	}
	return out, true
}
