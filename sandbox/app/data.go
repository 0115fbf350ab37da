package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/boltstore"
)

// parameters are what a data folder remembers of the population that its changes
// are made to, so that later starts make the same one.
type parameters struct {
	Persons       int    `json:"persons"`
	Seed          uint64 `json:"seed"`
	ReferenceDate string `json:"reference_date"`
	DataVersion   int    `json:"data_version"`
	Series        string `json:"series"`
	Phones        string `json:"phones"`
	Share2032     *int   `json:"share_2032,omitempty"` // percent
	Profile       string `json:"profile"`              // its text, so that its file need not stay
	ProfileHash   string `json:"profile_hash"`

	config generator.Config
}

// The names of what a data folder keeps beside the changes.
const (
	stateParameters = "parameters"
	stateClock      = "clock"
	stateRegistry   = "maskinporten"
)

// readParameters gives what a folder remembers, nil when it is new. A folder
// that was made from other data is refused.
func readParameters(store *boltstore.Store, folder string) (*parameters, error) {
	b, err := store.State(stateParameters)
	if b == nil || err != nil {
		return nil, err
	}
	var p parameters
	if err := json.Unmarshal(b, &p); err != nil {
		return nil, fmt.Errorf("the parameters in the data folder %s are broken: %w", folder, err)
	}
	if p.DataVersion != generator.DataVersion {
		return nil, fmt.Errorf("the data folder %s was made with data version %d and this program has %d; choose another folder with --data",
			folder, p.DataVersion, generator.DataVersion)
	}
	if p.config, err = p.resolve(); err != nil {
		return nil, fmt.Errorf("the parameters in the data folder %s are broken: %w", folder, err)
	}
	return &p, nil
}

// resolve makes the generator's parameters out of what was kept.
func (p *parameters) resolve() (generator.Config, error) {
	c := generator.Config{Persons: p.Persons, Seed: p.Seed, Share2032: p.Share2032}
	var faults []error
	var err error
	if c.Reference, err = sandbox.ParseDate(p.ReferenceDate); err != nil {
		faults = append(faults, err)
	}
	if c.Profile, err = generator.ReadProfile([]byte(p.Profile)); err != nil {
		faults = append(faults, err)
	} else if c.Profile.Hash() != p.ProfileHash {
		faults = append(faults, errors.New("the profile is not the one whose hash was kept"))
	}
	return c, errors.Join(append(faults, populationFlags{Series: p.Series, Phones: p.Phones}.kinds(&c)...)...)
}

func keepParameters(store *boltstore.Store, c generator.Config) error {
	b, err := json.Marshal(parameters{
		Persons: c.Persons, Seed: c.Seed, ReferenceDate: c.Reference.String(), DataVersion: generator.DataVersion,
		Series: seriesWord(c.Series), Phones: c.Phones.String(), Share2032: c.Share2032, Profile: c.Profile.Text(), ProfileHash: c.Profile.Hash(),
	})
	if err != nil {
		return err
	}
	return store.SetState(stateParameters, b)
}

// differs names each flag that asks for another population than the folder's.
// asked is what the flags come to.
func (p *parameters) differs(f populationFlags, asked generator.Config) []error {
	var faults []error
	check := func(given bool, flag string, asked, kept any) {
		if given && asked != kept {
			faults = append(faults, usage("--%s %v differs from the data folder's %v; leave the flag out, or choose another folder with --data", flag, asked, kept))
		}
	}
	check(f.Persons != nil, "persons", asked.Persons, p.Persons)
	check(f.Seed != nil, "seed", asked.Seed, p.Seed)
	check(f.ReferenceDate != "", "reference-date", f.ReferenceDate, p.ReferenceDate)
	check(f.Series != "", "series", f.Series, p.Series)
	check(f.Phones != "", "phones", f.Phones, p.Phones)
	check(f.Share2032 != nil, "share-2032", percent(asked), percent(p.config))
	if asked.Profile != nil {
		check(f.Profile != "", "profile", profileWord(asked.Profile), profileWord(p.config.Profile))
	}
	return faults
}

// percent is how many numbers are by the rule of 2032.
func percent(c generator.Config) string {
	if c.Share2032 == nil {
		return "share of the profile"
	}
	return fmt.Sprint(*c.Share2032)
}

// profileWord tells profiles apart that have the same name.
func profileWord(p *generator.Profile) string { return fmt.Sprintf("%s (%.8s)", p.Name, p.Hash()) }

func seriesWord(s sandbox.Series) string {
	for word, series := range seriesWords {
		if series == s {
			return word
		}
	}
	return "tenor"
}

// clockLine is a moved clock as a data folder keeps it.
type clockLine struct {
	Frozen time.Time     `json:"frozen,omitzero"`
	Ahead  time.Duration `json:"ahead,omitempty"` // nanoseconds
}

// keepClock remembers how the clock goes.
func keepClock(store *boltstore.Store, s sandbox.ClockState) error {
	if s == (sandbox.ClockState{}) {
		return store.SetState(stateClock, nil)
	}
	b, err := json.Marshal(clockLine(s))
	if err != nil {
		return err
	}
	return store.SetState(stateClock, b)
}

// restoreClock lets the clock go as it did when the program last ended.
func restoreClock(store *boltstore.Store, c *sandbox.Clock) error {
	b, err := store.State(stateClock)
	if b == nil || err != nil {
		return err
	}
	var line clockLine
	if err := json.Unmarshal(b, &line); err != nil {
		return fmt.Errorf("the clock in the data folder is broken: %w", err)
	}
	c.Restore(sandbox.ClockState(line))
	return nil
}

// openData opens a data folder and resolves the flags by what it remembers. The
// store is nil without a folder.
func openData(folder string, f populationFlags, now func() time.Time) (*boltstore.Store, settings, error) {
	if folder == "" {
		s, err := f.resolve(now, nil)
		return nil, s, err
	}
	store, err := boltstore.Open(folder)
	if err != nil {
		return nil, settings{}, err
	}
	s, err := useData(store, folder, f, now)
	if err != nil {
		return nil, settings{}, errors.Join(err, store.Close())
	}
	return store, s, nil
}

func useData(store *boltstore.Store, folder string, f populationFlags, now func() time.Time) (settings, error) {
	kept, err := readParameters(store, folder)
	if err != nil {
		return settings{}, err
	}
	s, err := f.resolve(now, kept)
	if err != nil {
		return settings{}, err
	}
	if kept == nil {
		if err := keepParameters(store, s.generator); err != nil {
			return settings{}, fmt.Errorf("the data folder %s cannot be written to: %w", folder, err)
		}
	}
	if f.Clock != "" {
		return s, nil
	}
	return s, restoreClock(store, s.clock)
}
