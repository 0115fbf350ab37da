package app

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/seeds"
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
	c := generator.Config{Persons: defaultPersons, Seed: defaultSeed, Reference: sandbox.DateOf(now())}
	var faults []error
	if kept != nil {
		c = kept.config
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
	faults = append(faults, f.kinds(&c)...)
	if kept != nil {
		faults = append(faults, kept.differs(f, c)...)
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

// seriesWords are the series as --series spells them.
var seriesWords = map[string]sandbox.Series{"tenor": sandbox.SeriesTenor, "nav": sandbox.SeriesNAV, "nhn": sandbox.SeriesNHN}

// kinds resolves what kind of persons, numbers and phones there are.
func (f populationFlags) kinds(c *generator.Config) []error {
	var faults []error
	if f.Series != "" {
		series, ok := seriesWords[f.Series]
		if !ok {
			faults = append(faults, usage("--series %q is not possible; choose tenor, nav or nhn", f.Series))
		}
		c.Series = series
	}
	if f.Phones != "" {
		i := slices.Index(generator.PhonesWords, f.Phones)
		if i < 0 {
			faults = append(faults, usage("--phones %q is not possible; choose %s", f.Phones, strings.Join(generator.PhonesWords, ", ")))
		}
		c.Phones = generator.Phones(max(i, 0))
	}
	if most := c.Phones.Most(); c.Persons > most && c.Persons <= generator.MaxPersons {
		faults = append(faults, usage("--persons %d is not possible with --phones %v, which has numbers for %d", c.Persons, c.Phones, most))
	}
	if f.Share2032 != nil {
		if *f.Share2032 < 0 || *f.Share2032 > 100 {
			faults = append(faults, usage("--share-2032 %d is not possible; choose from 0 to 100", *f.Share2032))
		}
		c.Share2032 = f.Share2032
	}
	if f.Profile != "" || c.Profile == nil {
		p, err := findProfile(cmp.Or(f.Profile, generator.BuiltInProfiles[0]))
		if err != nil {
			faults = append(faults, usage("--profile: %w", err))
		}
		c.Profile = p
	}
	return faults
}

// findProfile gives a built-in profile by its name, or reads a file.
func findProfile(name string) (*generator.Profile, error) {
	if slices.Contains(generator.BuiltInProfiles, name) {
		return generator.BuiltInProfile(seeds.Files, name)
	}
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("%q is neither %s nor a file that can be read: %w", name, strings.Join(generator.BuiltInProfiles, ", "), err)
	}
	defer func() { _ = f.Close() }() // it was only read
	const most = 1 << 20
	b, err := io.ReadAll(io.LimitReader(f, most+1))
	switch {
	case err != nil:
		return nil, err
	case len(b) > most:
		return nil, fmt.Errorf("%s is larger than 1 MiB", name)
	}
	p, err := generator.ReadProfile(b)
	if err == nil {
		err = generator.CheckPlaces(seeds.Files, p)
	}
	if err != nil {
		return nil, fmt.Errorf("%s:\n%w", name, err)
	}
	return p, nil
}

// parseMoment reads a moment, or a day, which means its first instant in Norway.
func parseMoment(text string) (time.Time, error) {
	if !strings.Contains(text, "T") {
		d, err := sandbox.ParseDate(text)
		if err != nil {
			return time.Time{}, fmt.Errorf("%q is not a time; write 2026-11-25T12:00:00+01:00 or 2026-11-25", text)
		}
		if sandbox.InstantOf(d.Midnight()) == 0 {
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
