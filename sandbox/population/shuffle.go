package population

import (
	"cmp"
	"math/bits"
	"slices"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// rankOf is a person's place in the order of a seed: a hash, so that an edit
// moves nobody else.
func rankOf(id sandbox.PersonID, seed uint64) uint64 {
	high, low := bits.Mul64(id.Hash()^seed*0x9E3779B97F4A7C15, 0xD6E8FEB86659FD93)
	return (high ^ low) * 0xFF51AFD7ED558CCD
}

// shuffled gives a stretch of the hits in the order of a seed. It counts ranks by
// their first bits to find who can be in the stretch, so that not all need be put
// in order.
func shuffled(parts []part, s query.Search) []sandbox.Record {
	const bucketBits = 12
	var counts [1 << bucketBits]int
	each := func(see func(p part, row int, rank uint64)) {
		for _, p := range parts {
			p.hits.each(func(row int) bool {
				see(p, row, rankOf(p.at(row).ID(), s.Seed))
				return true
			})
		}
	}
	each(func(_ part, _ int, rank uint64) { counts[rank>>(64-bucketBits)]++ })
	before, first := 0, 0
	for first < len(counts) && before+counts[first] <= s.Offset {
		before += counts[first]
		first++
	}
	last, upTo := first, before
	for last < len(counts) && upTo < s.Offset+s.Limit {
		upTo += counts[last]
		last++
	}
	type ranked struct {
		rank   uint64
		record sandbox.Record
	}
	var some []ranked
	each(func(p part, row int, rank uint64) {
		if bucket := int(rank >> (64 - bucketBits)); first <= bucket && bucket < last {
			some = append(some, ranked{rank, p.at(row)})
		}
	})
	slices.SortFunc(some, func(a, b ranked) int {
		return cmp.Or(cmp.Compare(a.rank, b.rank), a.record.ID().Compare(b.record.ID()))
	})
	from := min(max(0, s.Offset-before), len(some))
	some = some[from:min(from+s.Limit, len(some))]
	out := make([]sandbox.Record, len(some))
	for i, r := range some {
		out[i] = r.record
	}
	return out
}
