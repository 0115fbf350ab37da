package app

import (
	"time"

	"liksom/generator"
	"liksom/sandbox"
)

// history tells how a person came to the state that the generator gave it.
func (s *Sandbox) history(id sandbox.PersonID) []generator.Event {
	i, ok := s.generate.Index(id)
	if !ok {
		return nil
	}
	return s.generate.Worker().History(i)
}

// standStill stops the register's clock at a moment.
func (s *Sandbox) standStill(at time.Time) error { return s.clock.Set(at, true) }
