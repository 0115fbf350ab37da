package sandbox

import (
	"fmt"
	"sync"
	"sync/atomic"
	"time"
)

// Base is an immutable population. Its methods may be called by many at once.
type Base interface {
	// Len is the number of persons, those not in the register included.
	Len() int
	// At gives person i in id order, 0 <= i < Len.
	At(i int) Record
	// Find gives the place of the first person whose id is not below id; Len
	// when there is none.
	Find(id PersonID) int
	// Lookup fills out[i] with the person ids[i], or with the zero Record when
	// there is none. Both slices have the same length.
	Lookup(ids []PersonID, out []Record)
	// FeedLen is the number of persons that are or were in the register.
	FeedLen() int
	// FeedAt gives person i of these in the order in which they were made,
	// 0 <= i < FeedLen.
	FeedAt(i int) Record
	// Holders counts the active persons who have a contact value.
	Holders(c Contact) int
	// EachHolder shows the numbers of these.
	EachHolder(c Contact, see func(PersonID))
}

// Register is the contact register: a population, what has changed in it since,
// and the clock by which it is judged. It is safe for use by many at once; a
// change is committed to the store before anybody sees it.
type Register struct {
	base  Base
	clock *Clock
	store Store // nil: nothing outlives the program

	mu   sync.RWMutex // guards over
	over *overlay

	queueMu sync.Mutex // guards queue and writing
	queue   []*pending
	writing bool
	failed  atomic.Pointer[error] // of the store, since when nothing is written
}

// NewRegister makes a register over a population whose changes live as long as
// the program.
func NewRegister(base Base, clock *Clock) *Register {
	return &Register{base: base, clock: clock, over: newOverlay(base)}
}

// OpenRegister makes a register that goes on from what a store holds, and keeps
// its changes there. The store must hold changes to this very population.
func OpenRegister(base Base, clock *Clock, store Store) (*Register, error) {
	r := NewRegister(base, clock)
	r.store = store
	if err := store.Load(r.over.replay, r.over.replayReset); err != nil {
		return nil, fmt.Errorf("loading the changes: %w", err)
	}
	return r, nil
}

// Now is the register's time.
func (r *Register) Now() time.Time { return r.clock.Now() }

// TimeIsReal tells whether the register's clock follows real time.
func (r *Register) TimeIsReal() bool { return !r.clock.Moved() }

// TimeStandsStill tells whether the register's clock is frozen.
func (r *Register) TimeStandsStill() bool { return !r.clock.State().Frozen.IsZero() }

// Len is the number of persons that the sandbox knows.
func (r *Register) Len() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.base.Len() + len(r.over.created)
}

// Lookup fills out[i] with the person ids[i], or with the zero Record. All are of
// one instant, whose time it gives.
func (r *Register) Lookup(ids []PersonID, out []Record) time.Time {
	r.base.Lookup(ids, out)
	r.mu.RLock()
	defer r.mu.RUnlock()
	at := r.Now() // under the lock: no change can come between
	if len(r.over.latest) == 0 {
		return at
	}
	for i, id := range ids {
		if v := r.over.latest[id]; v != nil {
			out[i] = v.record
		}
		out[i] = r.over.share(out[i])
	}
	return at
}

// Person looks up one person; the zero Record when the sandbox does not know it.
func (r *Register) Person(id PersonID) Record {
	var out [1]Record
	r.Lookup([]PersonID{id}, out[:])
	return out[0]
}

// Holders is the number of active persons who have a contact value.
func (r *Register) Holders(c Contact) int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return r.over.holdersOf(c)
}

// Broken tells why nothing is written any more, or nil. Once broken, a register
// stays so until the program has been started anew.
func (r *Register) Broken() error {
	if err := r.failed.Load(); err != nil {
		return *err
	}
	return nil
}

// CanUndo tells whether a person's last change can be taken back.
func (r *Register) CanUndo(id PersonID) bool {
	r.mu.RLock()
	defer r.mu.RUnlock()
	v := r.over.latest[id]
	return v != nil && v.undos > 0
}

// All shows every person in order of their numbers; range over it. Each is as it
// is when a stretch of persons is reached, so that a change need not wait for
// the whole walk.
func (r *Register) All(yield func(Record) bool) {
	const stretch = 4096
	persons := make([]Record, 0, stretch)
	for after := (PersonID{}); ; after = persons[stretch-1].ID() {
		persons = persons[:0]
		r.walk(after, func(rec Record) bool {
			persons = append(persons, rec)
			return len(persons) < stretch
		})
		for _, rec := range persons {
			if !yield(rec) {
				return
			}
		}
		if len(persons) < stretch {
			return
		}
	}
}

// walk shows every person from the first whose number is above after, in order,
// until see returns false.
func (r *Register) walk(after PersonID, see func(Record) bool) {
	r.mu.RLock()
	defer r.mu.RUnlock()
	created := r.over.created
	for len(created) > 0 && created[0].Compare(after) <= 0 {
		created = created[1:]
	}
	for i := r.base.Find(after); i < r.base.Len(); i++ {
		rec := r.base.At(i)
		if rec.ID() == after {
			continue
		}
		for ; len(created) > 0 && created[0].Compare(rec.ID()) < 0; created = created[1:] {
			if !see(r.over.seen(created[0])) {
				return
			}
		}
		if !see(r.over.based(rec).Person) {
			return
		}
	}
	for _, id := range created {
		if !see(r.over.seen(id)) {
			return
		}
	}
}
