// Package generator turns a seed, a reference date and data files into
// synthetic persons. It is a pure function: person i of a seed is the same
// whatever the number of persons and workers, on every machine and every day.
// Only relatives may come as the population grows, and with them those who share
// a contact value.
//
// It goes in two passes. [New] walks the indices once and hands out identity
// numbers, since a number depends on the persons before it. A [Worker] then
// makes each person from its own stream of random numbers, in any order. How many
// are in which state a [Profile] says; who lives with whom is found in blocks of
// neighbours; dates are the end of a life, which [Worker.History] tells.
package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"

	"github.com/brianvoe/gofakeit/v7"

	"liksom/sandbox"
)

// DataVersion is raised whenever the same parameters give other persons than
// before. DataDay is the day on which ages are drawn, so that birth dates do
// not depend on the reference date.
const DataVersion = 3

// DataDay belongs to [DataVersion].
var DataDay = sandbox.Date{Year: 2026, Month: 11, Day: 1}

// MaxPersons is the most that can be asked for: as many as the real register
// holds. The identity numbers of a birth date would last for about twice that.
const MaxPersons = 5_000_000

// The reference date must leave a past that the register existed in, and a
// future that an Instant can hold.
var (
	firstReference = sandbox.Date{Year: 2015, Month: 1, Day: 1}
	lastReference  = sandbox.Date{Year: 2099, Month: 12, Day: 31}
)

// CheckReference tells whether a day can be the reference date.
func CheckReference(d sandbox.Date) error {
	if d.Before(firstReference) || lastReference.Before(d) {
		return fmt.Errorf("the reference date %v is out of range; choose from %v to %v", d, firstReference, lastReference)
	}
	return nil
}

// Config says which population to make.
type Config struct {
	Persons   int          // drawn at random, 0 to [MaxPersons]; the published test numbers come on top
	Seed      uint64       // any value
	Reference sandbox.Date // every register timestamp lies before 00:00 Norwegian time of this day
	Files     fs.FS        // names/adjectives.txt, names/nouns.txt, vectors.json, municipalities.json and profiles/

	Profile   *Profile       // how many are in which state; nil is the built-in realistic
	Share2032 *int           // percent of numbers by the rule of 2032; nil is what the profile says
	Series    sandbox.Series // of the numbers drawn at random: Tenor (the zero value), NAV or NHN
	Phones    Phones         // what mobile numbers are made of

	// Fixed are persons made elsewhere, who come on top too and are the same
	// under every seed. Nobody else gets their numbers; to be nobody's double
	// they keep to e-mail domains of their own and to the mobiles +479999xxxx.
	Fixed []sandbox.Person
}

// Generator is a population that has its numbers and can be made.
type Generator struct {
	seed      uint64
	reference sandbox.Instant
	words     words
	vectors   []vector
	fixed     []sandbox.Person
	mix       *mix
	series    sandbox.Series
	phones    Phones
	plan      []planned // whole blocks
	length    int
}

// New checks the configuration, reads the files and hands out the identity
// numbers. It reports all faults together.
func New(c Config) (*Generator, error) {
	var faults []error
	if c.Persons < 0 || c.Persons > MaxPersons {
		faults = append(faults, fmt.Errorf("%d persons cannot be made; choose from 0 to %d", c.Persons, MaxPersons))
	}
	if most := c.Phones.Most(); c.Persons > most && most < MaxPersons {
		faults = append(faults, fmt.Errorf("%d persons cannot be made with phones %v; there are numbers for %d", c.Persons, c.Phones, most))
	}
	if c.Share2032 != nil && (*c.Share2032 < 0 || *c.Share2032 > 100) {
		faults = append(faults, fmt.Errorf("%d percent of numbers cannot be by the rule of 2032", *c.Share2032))
	}
	if err := CheckReference(c.Reference); err != nil {
		faults = append(faults, err)
	}
	g := &Generator{seed: c.Seed, reference: sandbox.InstantOf(c.Reference.Midnight()), fixed: c.Fixed, series: c.Series, phones: c.Phones}
	if g.series == sandbox.SeriesReal {
		g.series = sandbox.SeriesTenor
	}
	if !slices.Contains(Series, g.series) {
		faults = append(faults, errors.New("numbers are made in the series of Tenor, NAV and NHN only"))
	}
	if faults = append(faults, g.read(c)...); errors.Join(faults...) != nil {
		return nil, errors.Join(faults...)
	}
	g.length = g.first() + c.Persons
	g.plan = newNumbering(g).plan((c.Persons + blockSize - 1) / blockSize * blockSize)
	return g, nil
}

// Series are the series that numbers are made in. D-numbers are made in that of
// Norsk helsenett too, where only fødselsnumre have been seen (a guess).
var Series = []sandbox.Series{sandbox.SeriesTenor, sandbox.SeriesNAV, sandbox.SeriesNHN}

// read reads the files and the profile.
func (g *Generator) read(c Config) []error {
	var faults []error
	var err error
	if g.words, err = readWords(c.Files); err != nil {
		faults = append(faults, err)
	}
	if g.vectors, err = readVectors(c.Files); err != nil {
		faults = append(faults, err)
	}
	counties, err := ReadCounties(c.Files)
	if err != nil {
		faults = append(faults, err)
	}
	if c.Profile == nil {
		if c.Profile, err = BuiltInProfile(c.Files, BuiltInProfiles[0]); err != nil {
			faults = append(faults, err)
		}
	}
	if len(faults) == 0 {
		if g.mix, err = compile(c.Profile, counties); err != nil {
			return []error{fmt.Errorf("the profile %s: %w", c.Profile.Name, err)}
		}
		if c.Share2032 != nil {
			g.mix.new = *c.Share2032 * million / 100
		}
	}
	return faults
}

// Len is the number of persons, the published test numbers and the fixed ones
// included.
func (g *Generator) Len() int { return g.length }

// Index finds a person by the number; its cost grows with the population (some
// milliseconds for a million).
func (g *Generator) Index(id sandbox.PersonID) (int, bool) {
	i := slices.IndexFunc(g.plan[:g.length], func(p planned) bool { return p.id == id })
	return i, i >= 0
}

// Profile says how many are in which state.
func (g *Generator) Profile() *Profile { return g.mix.Profile }

// Phones says what the mobile numbers are made of.
func (g *Generator) Phones() Phones { return g.phones }

// first is the index of the first person drawn at random: the published test
// numbers and the fixed persons come before.
func (g *Generator) first() int { return len(g.vectors) + len(g.fixed) }

// Worker makes persons. One worker may not be used by two at once.
type Worker struct {
	g     *Generator
	pcg   rand.PCG
	faker *gofakeit.Faker
	block int // whose persons are made
	made  [blockSize]sandbox.Person
}

// Worker gives a new worker.
func (g *Generator) Worker() *Worker {
	w := &Worker{g: g, block: -1}
	w.faker = gofakeit.NewFaker(&w.pcg, false)
	return w
}

// Person makes person i, 0 <= i < Len; the published test numbers come first,
// then the fixed persons. Neighbours are made together, so that it is cheapest
// to ask in order.
func (w *Worker) Person(i int) sandbox.Person {
	at := i - w.g.first()
	switch {
	case w.g.published(i):
		return w.alone(i, w.placeOf(i))
	case at < 0:
		return w.g.fixed[i-len(w.g.vectors)]
	case at/blockSize != w.block:
		w.fill(at / blockSize)
	}
	return w.made[at%blockSize]
}

// Stranger makes one more person like those of the population, another for each
// n. Its identity number may be one that somebody has; its mobile and e-mail
// are not those of the population.
func (w *Worker) Stranger(n uint64) sandbox.Person {
	const apart = 10_000 // above the number that a name of the population carries
	i := w.g.first() + MaxPersons + blockSize + int(n%MaxPersons)
	who := w.identity(i)
	row := individuals(who)
	for at := w.n(row.count); ; at = (at + 1) % row.count {
		if id, ok := w.g.number(who, row, at); ok {
			at := &w.g.mix.places[w.pickPlace()]
			made := planned{id, who.birth, int32(who.name), uint16(apart + n%apart), who.sex, who.dNumber}
			w.stream(i, streamState)
			r := w.draw(DataDay.Age(who.birth), who.dNumber, at)
			p, _ := w.cookFor(&made, i, w.g.phones.stranger(n), r, at)
			if p.Status == sandbox.Deleted {
				return left(p)
			}
			return p
		}
	}
}

// published tells whether person i is one of the published test numbers, who
// are the same under every seed.
func (g *Generator) published(i int) bool { return i < len(g.vectors) }
