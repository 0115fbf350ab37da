package sandbox

import (
	"fmt"
	"sync"
	"time"
)

// Base is an immutable population. Its methods may be called by many at once.
type Base interface {
	// Len is the number of persons, those not in the register included.
	Len() int
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
	failed  error // of the store, since when nothing is written; the writer's own
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
	return r.base.Len() + r.over.created
}

// Lookup fills out[i] with the person ids[i], or with the zero Record. All are of
// one instant.
func (r *Register) Lookup(ids []PersonID, out []Record) {
	r.base.Lookup(ids, out)
	r.mu.RLock()
	defer r.mu.RUnlock()
	if len(r.over.latest) == 0 {
		return
	}
	for i, id := range ids {
		if v := r.over.latest[id]; v != nil {
			out[i] = v.record
		}
		out[i] = r.over.share(out[i])
	}
}

// Person looks up one person; the zero Record when the sandbox does not know it.
func (r *Register) Person(id PersonID) Record {
	var out [1]Record
	r.Lookup([]PersonID{id}, out[:])
	return out[0]
}
