package app

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"liksom/generator"
	"liksom/sandbox"
)

// settings are the population flags, checked and resolved.
type settings struct {
	generator generator.Config
	clock     *sandbox.Clock
	reference time.Time // the instant that timestamps lie before
}

// resolve checks all flags and reports all faults together.
func (f populationFlags) resolve(now func() time.Time) (settings, error) {
	var faults []error
	if f.Persons < 0 || f.Persons > generator.MaxPersons {
		faults = append(faults, usage("--persons %d is not possible; choose from 0 to %d", f.Persons, generator.MaxPersons))
	}
	reference := sandbox.DateOf(now())
	if f.ReferenceDate != "" {
		d, err := sandbox.ParseDate(f.ReferenceDate)
		if err != nil {
			faults = append(faults, usage("--reference-date: %w", err))
		}
		reference = d
	}
	s := settings{
		generator: generator.Config{Persons: f.Persons, Seed: f.Seed, Reference: reference},
		clock:     sandbox.NewClock(now),
		reference: reference.Midnight(),
	}
	if f.Clock != "" {
		at, err := parseMoment(f.Clock)
		if err != nil {
			faults = append(faults, usage("--clock: %w", err))
		}
		s.clock = sandbox.NewFrozenClock(at)
	}
	return s, errors.Join(faults...)
}

// parseMoment reads a moment, or a day, which means its first instant in Norway.
func parseMoment(text string) (time.Time, error) {
	if !strings.Contains(text, "T") {
		d, err := sandbox.ParseDate(text)
		return d.Midnight(), err
	}
	i, err := sandbox.ParseInstant(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a time; write it as 2026-11-25T12:00:00+01:00 or 2026-11-25", text)
	}
	return i.Time(), nil
}
