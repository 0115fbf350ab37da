package population

import (
	"iter"

	"liksom/sandbox"
)

// Newest shows whoever has a newest date ([sandbox.Newest]) after one moment and
// not after another, the newest first, as they are at the register's last change.
// Its cost is that of those whom it shows.
func (e *Engine) Newest(after, until sandbox.Instant) iter.Seq2[sandbox.Instant, sandbox.Record] {
	return func(yield func(sandbox.Instant, sandbox.Record) bool) {
		v := e.now()
		base, delta := e.base.newest(after, until, v.hidden), v.delta.newest(after, until, nil)
		b, more := base()
		for d, also := delta(); more || also; {
			next := &d
			if more && (!also || b.date >= d.date) {
				next = &b
			}
			if !yield(next.date, next.record) {
				return
			}
			if next == &b {
				b, more = base()
			} else {
				d, also = delta()
			}
		}
	}
}

// dated is a person with the newest date.
type dated struct {
	date   sandbox.Instant
	record sandbox.Record
}

// newest gives the next older person of a segment at each call; not ok at the end.
func (s *segment) newest(after, until sandbox.Instant, hidden set) func() (dated, bool) {
	var rows []aged // a channel each, oldest first
	if after < until {
		rows = s.byClock.between(after, until)
	}
	return func() (dated, bool) {
		for len(rows) > 0 {
			k := rows[len(rows)-1]
			rows = rows[:len(rows)-1]
			both := len(rows) > 0 && rows[len(rows)-1] == k // the other channel shows the person
			if hidden != nil && hidden.has(int(k.row)) || both {
				continue
			}
			if r := s.at(int(k.row)); sandbox.Newest(r) == k.newest {
				return dated{k.newest, r}, true
			}
		}
		return dated{}, false
	}
}
