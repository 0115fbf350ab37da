package sandbox

// Change is one person as it became. Changes are numbered without gaps, on from
// the base's entries in the change feed.
type Change struct {
	Nr     uint64  // endringsId
	At     Instant // by the register clock
	Undo   bool    // takes back the person's last change; Person is then only its number
	Person Person  // whole, after the change
}

// Reset takes all changes back. Every person that had one gets a new number,
// from First on, in this order.
type Reset struct {
	First uint64
	IDs   []PersonID
}

// Store makes what changes durable. It knows nothing of rules, clocks or search.
//
// Commit and Reset are atomic and durable: when they return nil, what they were
// given is on disk and the next Load hands it over; when they fail, the next Load
// hands over all of it or nothing. They are called by one goroutine at a time, with numbers
// that follow each other. State may be used by many at once.
type Store interface {
	// Load hands over what was committed, in the order of the numbers. Changes
	// that a Reset took back come as a Reset too: whose they were, from their
	// first number on.
	Load(change func(Change) error, reset func(Reset) error) error
	// Commit keeps changes.
	Commit(changes []Change) error
	// Reset forgets all changes and keeps the numbers that it gives.
	Reset(r Reset) error
	// State gives what SetState kept under a name; nil when nothing.
	State(name string) ([]byte, error)
	// SetState keeps a small value under a name; nil forgets it.
	SetState(name string, value []byte) error
	// Close lets go of the store. Nothing else may be called after it.
	Close() error
}
