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

// The population that is made when no flag says otherwise.
const (
	defaultPersons = 10_000
	defaultSeed    = 1
)

// resolve checks all flags and reports all faults together. kept are the
// parameters of a data folder, nil without one: they hold where no flag says
// otherwise, and a flag that differs is a fault.
func (f populationFlags) resolve(now func() time.Time, kept *parameters) (settings, error) {
	var faults []error
	c := generator.Config{Persons: defaultPersons, Seed: defaultSeed, Reference: sandbox.DateOf(now())}
	if kept != nil {
		c.Persons, c.Seed, c.Reference = kept.Persons, kept.Seed, kept.reference
		faults = append(faults, kept.differs(f)...)
	}
	if f.Persons != nil {
		c.Persons = *f.Persons
	}
	if f.Seed != nil {
		c.Seed = *f.Seed
	}
	if c.Persons < 0 || c.Persons > generator.MaxPersons {
		faults = append(faults, usage("--persons %d is not possible; choose from 0 to %d", c.Persons, generator.MaxPersons))
	}
	if f.ReferenceDate != "" {
		d, err := sandbox.ParseDate(f.ReferenceDate)
		if err == nil {
			err = generator.CheckReference(d)
		}
		if err != nil {
			faults = append(faults, usage("--reference-date: %w", err))
		}
		c.Reference = d
	}
	s := settings{generator: c, clock: sandbox.NewClock(now), reference: c.Reference.Midnight()}
	if f.Clock != "" {
		at, err := parseMoment(f.Clock)
		if err != nil {
			faults = append(faults, usage("--clock: %w", err))
		}
		s.clock.StartAt(sandbox.ClockState{Frozen: at})
	}
	return s, errors.Join(faults...)
}

// parseMoment reads a moment, or a day, which means its first instant in Norway.
func parseMoment(text string) (time.Time, error) {
	if !strings.Contains(text, "T") {
		d, err := sandbox.ParseDate(text)
		if err == nil && sandbox.InstantOf(d.Midnight()) == 0 {
			err = fmt.Errorf("%q is out of range; the register clock goes from 1971 to 2105", text)
		}
		return d.Midnight(), err
	}
	i, err := sandbox.ParseInstant(text)
	if err != nil {
		return time.Time{}, fmt.Errorf("%q is not a time; write it as 2026-11-25T12:00:00+01:00 or 2026-11-25", text)
	}
	return i.Time(), nil
}
