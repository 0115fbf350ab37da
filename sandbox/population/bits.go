package population

import "math/bits"

// set is a set of rows, a bit each. All sets of a segment have the same length.
type set []uint64

func newSet(n int) set { return make(set, (n+63)/64) }

// allOf is the set of the first n rows.
func allOf(n int) set {
	s := newSet(n)
	for i := range s {
		s[i] = ^uint64(0)
	}
	if last := n % 64; last != 0 {
		s[len(s)-1] = 1<<last - 1
	}
	return s
}

func (s set) add(i int)      { s[i/64] |= 1 << (i % 64) }
func (s set) remove(i int)   { s[i/64] &^= 1 << (i % 64) }
func (s set) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

func (s set) clone() set { return append(make(set, 0, len(s)), s...) }

// and, andNot and or change s.
func (s set) and(t set) {
	for i, w := range t {
		s[i] &= w
	}
}

func (s set) andNot(t set) {
	for i, w := range t {
		s[i] &^= w
	}
}

func (s set) or(t set) {
	for i, w := range t {
		s[i] |= w
	}
}

func (s set) count() int {
	n := 0
	for _, w := range s {
		n += bits.OnesCount64(w)
	}
	return n
}

// common counts the rows that are in both.
func (s set) common(t set) int {
	t = t[:len(s)]
	n := 0
	for i, w := range s {
		n += bits.OnesCount64(w & t[i])
	}
	return n
}

// each shows the rows in order, until see returns false.
func (s set) each(see func(i int) bool) {
	for at, w := range s {
		for ; w != 0; w &= w - 1 {
			if !see(at*64 + bits.TrailingZeros64(w)) {
				return
			}
		}
	}
}
