package population_test

import (
	"cmp"
	"slices"
	"testing"

	"liksom/sandbox"
)

// Newest shows the same as looking at everybody does, also after changes.
func TestNewest_shows_whose_newest_date_lies_between(t *testing.T) {
	t.Parallel()
	w := newTown(t, 300, 7)
	for round := range 30 {
		at := sandbox.InstantOf(townNow.AddDate(0, 0, -w.rng.IntN(1200)))
		after := at - sandbox.Instant(w.rng.IntN(200*24*3600))
		type line struct {
			date sandbox.Instant
			id   sandbox.PersonID
		}
		var want, got []line
		w.reg.All(func(r sandbox.Record) bool {
			if d := sandbox.Newest(r); d > after && d <= at {
				want = append(want, line{d, r.ID()})
			}
			return true
		})
		for d, r := range w.engine.Newest(after, at) {
			got = append(got, line{d, r.ID()})
		}
		if !slices.IsSortedFunc(got, func(a, b line) int { return cmp.Compare(b.date, a.date) }) {
			t.Fatalf("round %d: not the newest first: %v", round, got)
		}
		order := func(a, b line) int { return cmp.Or(cmp.Compare(b.date, a.date), a.id.Compare(b.id)) }
		slices.SortFunc(got, order)
		slices.SortFunc(want, order)
		if !slices.Equal(got, want) {
			t.Fatalf("round %d: got %v, want %v", round, got, want)
		}
		w.stir()
	}
	for range w.engine.Newest(200, 100) {
		t.Error("somebody lies between limits that are the wrong way round")
	}
}
