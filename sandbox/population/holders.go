package population

import (
	"hash/maphash"

	"liksom/sandbox"
)

// holders counts the active persons who have a contact value: an open hash table
// of values, each by the row of its first holder, never more than half full.
type holders struct {
	value func(sandbox.Record) string
	first []uint32 // row plus one; zero is an empty place
	count []uint32
	shift uint
	seed  maphash.Seed
}

func newHolders(rows int, value func(sandbox.Record) string) holders {
	bits := uint(4)
	for 1<<bits < 2*rows {
		bits++
	}
	return holders{value, make([]uint32, 1<<bits), make([]uint32, 1<<bits), 64 - bits, maphash.MakeSeed()}
}

// place finds where a value is, or the empty place where it would be.
func (h *holders) place(m *Image, value string) int {
	at := int(maphash.String(h.seed, value) >> h.shift)
	for ; h.first[at] != 0 && h.value(m.At(int(h.first[at]-1))) != value; at = (at + 1) & (len(h.first) - 1) {
	}
	return at
}

// number tells how many have a value.
func (h *holders) number(m *Image, value string) int { return int(h.count[h.place(m, value)]) }

// add counts in row i, and gives the place of its value; not ok when it has none
// that counts.
func (h *holders) add(m *Image, i int) (place int, ok bool) {
	r := m.At(i)
	v := h.value(r)
	if v == "" || r.Status() != sandbox.Active {
		return 0, false
	}
	place = h.place(m, v)
	if h.first[place] == 0 {
		h.first[place] = uint32(i + 1)
	}
	h.count[place]++
	return place, true
}

// shared counts in all rows and tells of each whether another has its value.
func (h *holders) shared(m *Image) []bool {
	const none = ^uint32(0)
	places := make([]uint32, len(m.rows))
	for i := range m.rows {
		places[i] = none
		if place, ok := h.add(m, i); ok {
			places[i] = uint32(place)
		}
	}
	out := make([]bool, len(m.rows))
	for i, place := range places {
		out[i] = place != none && h.count[place] > 1
	}
	return out
}
