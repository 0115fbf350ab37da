package sandbox

import (
	"sync"
	"time"
)

// Clock is the register clock, which drives every rule. It starts at real time
// or stands still at a chosen moment, and can be moved; tokens follow the real
// clock instead, since callers sign with their own. It is safe for use by many
// at once.
type Clock struct {
	real func() time.Time

	mu        sync.RWMutex // guards the rest
	start, at ClockState
}

// ClockState says how a clock goes: standing still at a moment, or so much ahead
// of real time. The zero ClockState is real time.
type ClockState struct {
	Frozen time.Time
	Ahead  time.Duration // negative: behind
}

// NewClock makes a clock that follows real time.
func NewClock(real func() time.Time) *Clock { return &Clock{real: real} }

// NewFrozenClock makes a clock that stands still and knows no other time.
func NewFrozenClock(at time.Time) *Clock {
	c := NewClock(func() time.Time { return at })
	c.StartAt(ClockState{Frozen: at})
	return c
}

// StartAt makes the clock go as a state says, and [Clock.Reset] bring it back to
// that.
func (c *Clock) StartAt(s ClockState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.start, c.at = s, s
}

// Now is the register's time.
func (c *Clock) Now() time.Time {
	s := c.State()
	if !s.Frozen.IsZero() {
		return s.Frozen
	}
	return c.real().Add(s.Ahead)
}

// State says how the clock goes.
func (c *Clock) State() ClockState {
	c.mu.RLock()
	defer c.mu.RUnlock()
	return c.at
}

// Moved tells whether the clock shows another time than the real one.
func (c *Clock) Moved() bool { return c.State() != ClockState{} }

// Set makes the clock show a moment, standing still or going on from it.
func (c *Clock) Set(now time.Time, frozen bool) {
	if frozen {
		c.Restore(ClockState{Frozen: now})
		return
	}
	c.Restore(ClockState{Ahead: now.Sub(c.real())})
}

// Restore makes the clock go as a state says.
func (c *Clock) Restore(s ClockState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = s
}

// Reset brings the clock back to how it started.
func (c *Clock) Reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = c.start
}
