package population

import (
	"cmp"
	"slices"
	"sort"
	"sync"
	"sync/atomic"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// byClock holds the rows by value of the fields that move with the clock. A value
// turns only where one of a person's channels passes the limit of the 18-month
// rule, so a moved clock costs no more than those who are between its two limits.
type byClock struct {
	segment *segment
	newest  func() []aged // of both channels of all rows, oldest first
	once    sync.Once
	now     atomic.Pointer[clocked]
}

func newByClock(s *segment) *byClock {
	return &byClock{segment: s, newest: sync.OnceValue(func() []aged {
		var newest []aged
		for i := range s.n {
			r := s.at(i)
			if r.Status() != sandbox.Active {
				continue
			}
			for _, ch := range [...]sandbox.Channel{r.Email(), r.Mobile()} {
				if ch.Value != "" {
					newest = append(newest, aged{ch.Newest(), uint32(i)})
				}
			}
		}
		slices.SortFunc(newest, func(a, b aged) int { return cmp.Or(cmp.Compare(a.newest, b.newest), cmp.Compare(a.row, b.row)) })
		return newest
	})}
}

// aged is a row with the newest date of one of its channels.
type aged struct {
	newest sandbox.Instant
	row    uint32
}

// clocked is how the fields stand at a limit. It never changes.
type clocked struct {
	limit sandbox.Instant
	enums map[*query.Field][]set
}

func isClocked(f *query.Field) bool { return f.Kind == query.Enum && f.ByClock }

// at gives the fields at a moment.
func (b *byClock) at(c query.Clock) *clocked {
	b.once.Do(func() {
		b.now.Store(&clocked{c.Limit, b.segment.sort(isClocked, c)})
	})
	have := b.now.Load()
	if have.limit == c.Limit {
		return have
	}
	made := b.moved(have, c)
	b.now.CompareAndSwap(have, made)
	return made
}

// moved gives the fields at another moment.
func (b *byClock) moved(have *clocked, c query.Clock) *clocked {
	rows := b.between(have.limit, c.Limit)
	out := &clocked{c.Limit, have.enums}
	if len(rows) == 0 {
		return out
	}
	if len(rows) > b.segment.n/2 {
		out.enums = b.segment.sort(isClocked, c)
		return out
	}
	out.enums = make(map[*query.Field][]set, len(have.enums))
	for f, sets := range have.enums {
		fresh := make([]set, len(sets))
		for v := range sets {
			fresh[v] = sets[v].clone()
		}
		for _, k := range rows {
			for v := range fresh {
				fresh[v].remove(int(k.row))
			}
			if v := f.Value(b.segment.at(int(k.row)), c); v >= 0 {
				fresh[v].add(int(k.row))
			}
		}
		out.enums[f] = fresh
	}
	return out
}

// between gives the rows with a channel whose newest date lies between two limits.
func (b *byClock) between(one, other sandbox.Instant) []aged {
	low, high, newest := min(one, other), max(one, other), b.newest()
	place := func(limit sandbox.Instant) int { // the first that is newer
		return sort.Search(len(newest), func(i int) bool { return newest[i].newest > limit })
	}
	return newest[place(low):place(high)]
}
