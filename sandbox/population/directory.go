package population

import "liksom/sandbox"

// directory finds a row by its id in about one step: an open hash table of row
// numbers plus one, never more than half full, so that a miss ends soon.
type directory struct {
	slots []uint32
	shift uint
}

func newDirectory(rows []sandbox.Row) directory {
	bits := uint(4)
	for 1<<bits < 2*len(rows) {
		bits++
	}
	d := directory{make([]uint32, 1<<bits), 64 - bits}
	for i := range rows {
		at := d.start(rows[i].ID())
		for d.slots[at] != 0 {
			at = (at + 1) & (len(d.slots) - 1)
		}
		d.slots[at] = uint32(i + 1)
	}
	return d
}

func (d directory) find(rows []sandbox.Row, id sandbox.PersonID) (int, bool) {
	for at := d.start(id); d.slots[at] != 0; at = (at + 1) & (len(d.slots) - 1) {
		if i := int(d.slots[at] - 1); rows[i].ID() == id {
			return i, true
		}
	}
	return 0, false
}

func (d directory) start(id sandbox.PersonID) int { return int(id.Hash() >> d.shift) }
