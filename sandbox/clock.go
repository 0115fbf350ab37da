package sandbox

import (
	"fmt"
	"sync"
	"time"
)

// Clock is the register clock, which drives every rule. It starts at real time
// or stands still at a chosen moment, and can be moved; tokens follow the real
// clock instead, since callers sign with their own. It is safe for use by many
// at once.
type Clock struct {
	real func() time.Time

	moving sync.Mutex // held while the clock is moved; guards keep
	keep   func(ClockState) error

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

// KeepBy has every later move kept before anybody sees it. What is kept of a
// reset is the zero state, so that the next start decides.
func (c *Clock) KeepBy(keep func(ClockState) error) {
	c.moving.Lock()
	defer c.moving.Unlock()
	c.keep = keep
}

// Move makes the clock go as to says, which is given how it goes and must not
// move it. Moves happen one after the other; one that cannot be kept is not made.
func (c *Clock) Move(to func(ClockState) (ClockState, error)) error {
	c.moving.Lock()
	defer c.moving.Unlock()
	s, err := to(c.State())
	if err != nil {
		return err
	}
	if err := c.kept(s); err != nil {
		return err
	}
	c.Restore(s)
	return nil
}

// Set makes the clock show a moment, standing still or going on from it.
func (c *Clock) Set(now time.Time, frozen bool) error {
	return c.Move(func(ClockState) (ClockState, error) { return c.Showing(now, frozen), nil })
}

// Showing gives the state in which the clock shows a moment, standing still or
// going on from it.
func (c *Clock) Showing(now time.Time, frozen bool) ClockState {
	if frozen {
		return ClockState{Frozen: now}
	}
	return ClockState{Ahead: now.Sub(c.real())}
}

// Reset brings the clock back to how it started.
func (c *Clock) Reset() error {
	return c.resetWith(func(bringBack func()) error { bringBack(); return nil })
}

// resetWith lets something else be brought back at the same instant. Whoever moves
// the clock may ask the register, so its lock is taken after the clock's.
func (c *Clock) resetWith(do func(bringBack func()) error) error {
	c.moving.Lock()
	defer c.moving.Unlock()
	if err := c.kept(ClockState{}); err != nil {
		return err
	}
	return do(func() { c.Restore(c.start) })
}

func (c *Clock) kept(s ClockState) error {
	if c.keep == nil {
		return nil
	}
	if err := c.keep(s); err != nil {
		return &Error{Unavailable, "store.failed", fmt.Sprintf("the clock could not be kept, so it was not moved: %v", err)}
	}
	return nil
}

// Restore makes the clock go as was kept.
func (c *Clock) Restore(s ClockState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.at = s
}
