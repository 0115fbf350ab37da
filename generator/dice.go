package generator

import (
	"math/bits"
	"sort"

	"liksom/sandbox"
)

// The streams of random numbers that one person has, and one block.
const (
	streamIdentity = 0x6C696B736F6D2D31
	streamState    = 0x6C696B736F6D2D32
	streamTimes    = 0x6C696B736F6D2D33
	streamBlock    = 0x6C696B736F6D2D34
	streamPast     = 0x6C696B736F6D2D35
)

// stream begins one of the streams of person i.
func (w *Worker) stream(i int, purpose uint64) {
	if w.g.published(i) {
		w.pcg.Seed(purpose, ^uint64(i))
		return
	}
	w.pcg.Seed(w.g.seed^purpose, uint64(i-w.g.first()))
}

// n draws a number from 0 to n-1.
func (w *Worker) n(n int) int {
	high, _ := bits.Mul64(w.pcg.Uint64(), uint64(n))
	return int(high)
}

// chance is true ppm times in a million. Whole numbers instead of fractions
// keep the draw the same on every processor.
func (w *Worker) chance(ppm int) bool { return w.n(million) < ppm }

// pick draws an index by weights, which need not sum to anything.
func (w *Worker) pick(c cumulated) int {
	at := w.n(c[len(c)-1])
	if len(c) < 8 {
		for i, sum := range c {
			if at < sum {
				return i
			}
		}
	}
	return sort.Search(len(c), func(i int) bool { return at < c[i] })
}

// between draws a moment when people are awake, both ends included; from when
// the range is empty.
func (w *Worker) between(from, to sandbox.Instant) sandbox.Instant {
	if to <= from {
		return from
	}
	return awake(from+sandbox.Instant(w.n(int(to-from)+1)), from)
}

// awake moves a moment of the night to the evening before, if that is not before
// from. Summer time is left out: an hour more or less does not matter.
func awake(at, from sandbox.Instant) sandbox.Instant {
	const hour, morning = 60 * 60, 6
	if clock := (at + hour) % day; clock < morning*hour && at >= from+morning*hour {
		return at - morning*hour
	}
	return at
}
