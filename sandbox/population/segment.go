package population

import (
	"runtime"
	"sync"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// segment is a run of persons in order of their numbers, with what is needed to
// search it: the whole base, or those who differ from it. What only some
// questions need is made at the first that does.
type segment struct {
	n      int
	at     func(i int) sandbox.Record
	enums  map[*query.Field][]set // rows by value, of the fields that do not move with the clock
	orders map[*query.Field]*order

	names   func() *names
	byFirst func() []uint32 // rows in order of their names
	byLast  func() []uint32
	email   func() *spellings
	mobile  func() *spellings
	cast    func() []int // rows of those who play in the catalogue
	byClock *byClock
}

func newSegment(n int, at func(i int) sandbox.Record) *segment {
	s := &segment{n: n, at: at, orders: map[*query.Field]*order{}}
	s.enums = s.sort(func(f *query.Field) bool { return f.Kind == query.Enum && !f.ByClock }, query.Clock{})
	for _, f := range query.Fields {
		if f.Kind.Ordered() && !f.ByClock {
			s.orders[f] = &order{segment: s, field: f}
		}
	}
	s.names = sync.OnceValue(func() *names { return newNames(s) })
	s.byFirst = sync.OnceValue(func() []uint32 { return newByName(s.names(), &s.names().first, &s.names().last) })
	s.byLast = sync.OnceValue(func() []uint32 { return newByName(s.names(), &s.names().last, &s.names().first) })
	s.email = sync.OnceValue(func() *spellings {
		return newSpellings(s, func(r sandbox.Record) string { return sandbox.Fold(activeEmail(r)) })
	})
	s.mobile = sync.OnceValue(func() *spellings {
		return newSpellings(s, func(r sandbox.Record) string { return sandbox.SameMobile(activeMobile(r)) })
	})
	s.cast = sync.OnceValue(func() []int {
		var rows []int
		for i := range n {
			if at(i).Scenario() != "" {
				rows = append(rows, i)
			}
		}
		return rows
	})
	s.byClock = newByClock(s)
	return s
}

// The channels as search sees them: only active persons have any.
func activeEmail(r sandbox.Record) string {
	if r.Status() != sandbox.Active {
		return ""
	}
	return r.Email().Value
}

func activeMobile(r sandbox.Record) string {
	if r.Status() != sandbox.Active {
		return ""
	}
	return r.Mobile().Value
}

// sort puts every row into the set of its value, for each of some fields.
func (s *segment) sort(which func(*query.Field) bool, c query.Clock) map[*query.Field][]set {
	out := map[*query.Field][]set{}
	var fields []*query.Field
	for _, f := range query.Fields {
		if which(f) {
			fields = append(fields, f)
			out[f] = make([]set, len(f.Values))
			for i := range out[f] {
				out[f][i] = newSet(s.n)
			}
		}
	}
	sets := make([][]set, len(fields))
	for k, f := range fields {
		sets[k] = out[f]
	}
	s.share(func(from, to int) {
		for i := from; i < to; i++ {
			r := s.at(i)
			for k, f := range fields {
				if v := f.Value(r, c); v >= 0 {
					sets[k][v].add(i)
				}
			}
		}
	})
	return out
}

// share does something for all rows with all processors, each of which gets whole
// words of a set.
func (s *segment) share(do func(from, to int)) {
	const worthIt = 4096
	workers := runtime.GOMAXPROCS(0)
	if s.n < worthIt || workers < 2 {
		do(0, s.n)
		return
	}
	step := (s.n/workers + 64) / 64 * 64
	var wg sync.WaitGroup
	for from := 0; from < s.n; from += step {
		wg.Go(func() { do(from, min(from+step, s.n)) })
	}
	wg.Wait()
}

// scan finds the rows of a set that pass a test by looking at each.
func (s *segment) scan(among set, is func(sandbox.Record) bool) set {
	out := newSet(s.n)
	s.share(func(from, to int) {
		among[from/64 : (to+63)/64].each(func(i int) bool {
			if is(s.at(from + i)) {
				out.add(from + i)
			}
			return true
		})
	})
	return out
}
