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
	once    sync.Once
	newest  []dated // both channels of all rows, oldest first
	now     atomic.Pointer[clocked]
}

// dated is a row with the newest date of one of its channels.
type dated struct {
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
		for i := range b.segment.n {
			r := b.segment.at(i)
			if r.Status() != sandbox.Active {
				continue
			}
			for _, ch := range [...]sandbox.Channel{r.Email(), r.Mobile()} {
				if ch.Value != "" {
					b.newest = append(b.newest, dated{ch.Newest(), uint32(i)})
				}
			}
		}
		slices.SortFunc(b.newest, func(a, b dated) int { return cmp.Compare(a.newest, b.newest) })
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
func (b *byClock) between(one, other sandbox.Instant) []dated {
	low, high := min(one, other), max(one, other)
	place := func(limit sandbox.Instant) int { // the first that is newer
		return sort.Search(len(b.newest), func(i int) bool { return b.newest[i].newest > limit })
	}
	return b.newest[place(low):place(high)]
}
