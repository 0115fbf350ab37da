package population

import (
	"cmp"
	"encoding/binary"
	"slices"
	"sort"
	"strings"

	"liksom/sandbox"
)

// spellings is a text of all rows that have it, in alphabetical order, so that
// those that begin alike stand together.
type spellings struct {
	segment *segment
	of      func(sandbox.Record) string
	rows    []uint32
}

// spelt is a row with the first sixteen bytes of its text, which tell most apart.
type spelt struct {
	head, more uint64
	row        uint32
}

func newSpellings(s *segment, of func(sandbox.Record) string) *spellings {
	texts := make([]spelt, 0, s.n)
	for i := range s.n {
		if text := of(s.at(i)); text != "" {
			var head [16]byte
			copy(head[:], text)
			texts = append(texts, spelt{binary.BigEndian.Uint64(head[:]), binary.BigEndian.Uint64(head[8:]), uint32(i)})
		}
	}
	slices.SortFunc(texts, func(a, b spelt) int {
		switch {
		case a.head != b.head:
			return cmp.Compare(a.head, b.head)
		case a.more != b.more:
			return cmp.Compare(a.more, b.more)
		}
		return cmp.Or(strings.Compare(of(s.at(int(a.row))), of(s.at(int(b.row)))), cmp.Compare(a.row, b.row))
	})
	out := &spellings{s, of, make([]uint32, len(texts))}
	for i, t := range texts {
		out.rows[i] = t.row
	}
	return out
}

// beginning gives the rows whose text begins with a prefix.
func (s *spellings) beginning(prefix string) []uint32 {
	text := func(i int) string { return s.of(s.segment.at(int(s.rows[i]))) }
	from := sort.Search(len(s.rows), func(i int) bool { return text(i) >= prefix })
	n := sort.Search(len(s.rows)-from, func(i int) bool { return !strings.HasPrefix(text(from+i), prefix) })
	return s.rows[from : from+n]
}
