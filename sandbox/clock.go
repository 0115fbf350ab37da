package sandbox

import "time"

// Clock is the register clock, which drives every rule. It starts at real time
// or stands still at a chosen moment; tokens follow the real clock instead,
// since callers sign with their own.
type Clock struct {
	real   func() time.Time
	frozen time.Time
}

// NewClock makes a clock that shows what real gives.
func NewClock(real func() time.Time) *Clock { return &Clock{real: real} }

// NewFrozenClock makes a clock that stands still.
func NewFrozenClock(at time.Time) *Clock { return &Clock{frozen: at} }

// Now is the register's time.
func (c *Clock) Now() time.Time {
	if c.Frozen() {
		return c.frozen
	}
	return c.real()
}

// Frozen tells whether the clock stands still, so that its time is not real.
func (c *Clock) Frozen() bool { return !c.frozen.IsZero() }
