package sandbox

import "time"

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
}

// Register is the contact register: a population and the clock by which it is judged.
// It is safe for use by many at once.
type Register struct {
	base  Base
	clock *Clock
}

// NewRegister makes a register over a population.
func NewRegister(base Base, clock *Clock) *Register { return &Register{base, clock} }

// Now is the register's time.
func (r *Register) Now() time.Time { return r.clock.Now() }

// TimeIsReal tells whether the register's clock follows real time.
func (r *Register) TimeIsReal() bool { return !r.clock.Frozen() }

// Len is the number of persons that the sandbox knows.
func (r *Register) Len() int { return r.base.Len() }

// Lookup fills out[i] with the person ids[i], or with the zero Record.
func (r *Register) Lookup(ids []PersonID, out []Record) { r.base.Lookup(ids, out) }

// Person looks up one person; the zero Record when the sandbox does not know it.
func (r *Register) Person(id PersonID) Record {
	var out [1]Record
	r.base.Lookup([]PersonID{id}, out[:])
	return out[0]
}
