package sandbox

import (
	"slices"
	"time"
)

// FeedPage is a page of the change feed.
type FeedPage struct {
	Entries []FeedEntry
	To      uint64    // the last number on the page; what was asked for when it is empty
	Last    uint64    // the last number of the whole register
	At      time.Time // when all this was so
}

// FeedEntry is one change: who changed, and the person as it is now, which is the
// zero Record for one who is no more.
type FeedEntry struct {
	ID     PersonID
	Person Record
}

// Differences shows every person who is not as in the base, in no order, and
// tells the number of the last change that they show. A person is the zero Record
// who is no more. Nothing can change while they are shown.
func (r *Register) Differences(see func(FeedEntry)) (last uint64) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	r.over.each(see)
	return r.over.nextNr() - 1
}

// Last is the number of the last change.
func (r *Register) Last() uint64 {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.over.nextNr() - 1
}

// LastChange is the number of the last change of a person since the population
// was made, not ok for one who is as it was made. It takes time in proportion to
// all changes.
func (r *Register) LastChange(id PersonID) (nr uint64, ok bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	for i, changed := range slices.Backward(r.over.feed) {
		if changed == id {
			return firstFeedNr + 1 + uint64(r.base.FeedLen()) + uint64(i), true
		}
	}
	return 0, false
}

// Feed gives at most limit changes whose numbers are above after. The base has
// one for each person that is or was in the register; what has changed since
// follows. Numbers have no gaps and never go back, not by a reset either.
// Sources: "Lokal kopi" (Digdir) for the numbers; that the start is exclusive is
// a guess, since the documents disagree.
func (r *Register) Feed(after uint64, limit int) FeedPage {
	r.mu.RLock()
	defer r.mu.RUnlock()
	page := FeedPage{To: after, Last: r.over.nextNr() - 1, At: r.Now()}
	at := uint64(0)
	if after > firstFeedNr {
		at = after - firstFeedNr
	}
	based, last := uint64(r.base.FeedLen()), page.Last-firstFeedNr
	if at < last {
		page.Entries = make([]FeedEntry, 0, min(uint64(max(0, limit)), last-at))
	}
	for ; at < last && len(page.Entries) < limit; at++ {
		var e FeedEntry
		if at < based {
			e = r.over.based(r.base.FeedAt(int(at)))
		} else {
			e.ID = r.over.feed[at-based]
			e.Person = r.over.seen(e.ID)
		}
		page.Entries = append(page.Entries, e)
		page.To = firstFeedNr + at + 1
	}
	return page
}
