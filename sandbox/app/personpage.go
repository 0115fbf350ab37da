package app

import (
	"encoding/json"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/admin"
)

// history tells how a person came to the state that the generator gave it.
func (s *Sandbox) history(id sandbox.PersonID) []generator.Event {
	i, ok := s.generate.Index(id)
	if !ok {
		return nil
	}
	return s.generate.Worker().History(i)
}

// source is a person as the control API tells of one, for reading.
func (s *Sandbox) source(r sandbox.Record) []byte {
	text, _ := json.MarshalIndent(admin.NewPerson(r, sandbox.WindowAt(s.register.Now())), "", "  ") // strings and numbers only
	return text
}

// standStill stops the register's clock at a moment.
func (s *Sandbox) standStill(at time.Time) error { return s.clock.Set(at, true) }
