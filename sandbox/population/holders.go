package population

import (
	"hash/maphash"

	"liksom/sandbox"
)

// holders finds the active persons who have a contact value: an open hash table
// of values, each by the row of its first holder, never more than half full.
// Those after the first, of the few values that are shared, are a list each.
type holders struct {
	value  func(sandbox.Record) string
	first  []uint32         // row plus one; zero is an empty place
	others map[int][]uint32 // place -> the rows after the first
	shift  uint
	seed   maphash.Seed
}

func newHolders(rows int, value func(sandbox.Record) string) holders {
	bits := uint(4)
	for 1<<bits < 2*rows {
		bits++
	}
	return holders{value, make([]uint32, 1<<bits), map[int][]uint32{}, 64 - bits, maphash.MakeSeed()}
}

// place finds where a value is, or the empty place where it would be.
func (h *holders) place(m *Image, value string) int {
	at := int(maphash.String(h.seed, value) >> h.shift)
	for ; h.first[at] != 0 && h.value(m.At(int(h.first[at]-1))) != value; at = (at + 1) & (len(h.first) - 1) {
	}
	return at
}

// number tells how many have a value.
func (h *holders) number(m *Image, value string) int {
	at := h.place(m, value)
	if h.first[at] == 0 {
		return 0
	}
	return 1 + len(h.others[at])
}

// each shows the rows that have a value.
func (h *holders) each(m *Image, value string, see func(i int)) {
	at := h.place(m, value)
	if h.first[at] == 0 {
		return
	}
	see(int(h.first[at] - 1))
	for _, i := range h.others[at] {
		see(int(i))
	}
}

// add counts in row i, if it has a value that counts.
func (h *holders) add(m *Image, i int) {
	r := m.At(i)
	v := h.value(r)
	if v == "" || r.Status() != sandbox.Active {
		return
	}
	if at := h.place(m, v); h.first[at] == 0 {
		h.first[at] = uint32(i + 1)
	} else {
		h.others[at] = append(h.others[at], uint32(i))
	}
}

// fill counts in all rows and tells of each whether another has its value.
func (h *holders) fill(m *Image) (shared set) {
	for i := range m.rows {
		h.add(m, i)
	}
	shared = newSet(len(m.rows))
	for at, rows := range h.others {
		shared.add(int(h.first[at] - 1))
		for _, i := range rows {
			shared.add(int(i))
		}
	}
	return shared
}
