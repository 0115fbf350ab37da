// Package generator turns a seed, a reference date and data files into
// synthetic persons. It is a pure function: person i of a seed is the same
// whatever the number of persons and workers, on every machine and every day.
// Only who shares a contact value may change as the population grows.
//
// It goes in two passes. [New] walks the indices once and hands out identity
// numbers, since a number depends on the persons before it. A [Worker] then
// makes each person from its own stream of random numbers, in any order.
package generator

import (
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"

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
	Files     fs.FS        // names/adjectives.txt, names/nouns.txt, vectors.json

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
	plan      []planned
}

// New checks the configuration, reads the files and hands out the identity
// numbers. It reports all faults together.
func New(c Config) (*Generator, error) {
	var faults []error
	if c.Persons < 0 || c.Persons > MaxPersons {
		faults = append(faults, fmt.Errorf("%d persons cannot be made; choose from 0 to %d", c.Persons, MaxPersons))
	}
	if err := CheckReference(c.Reference); err != nil {
		faults = append(faults, err)
	}
	g := &Generator{seed: c.Seed, reference: sandbox.InstantOf(c.Reference.Midnight()), fixed: c.Fixed}
	var err error
	if g.words, err = readWords(c.Files); err != nil {
		faults = append(faults, err)
	}
	if g.vectors, err = readVectors(c.Files); err != nil {
		faults = append(faults, err)
	}
	if len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	g.plan = newNumbering(g).plan(c.Persons)
	return g, nil
}

// Len is the number of persons, the published test numbers and the fixed ones
// included.
func (g *Generator) Len() int { return len(g.plan) }

// first is the index of the first person drawn at random: the published test
// numbers and the fixed persons come before.
func (g *Generator) first() int { return len(g.vectors) + len(g.fixed) }

// Worker makes persons. One worker may not be used by two at once.
type Worker struct {
	g     *Generator
	pcg   rand.PCG
	faker *gofakeit.Faker
}

// Worker gives a new worker.
func (g *Generator) Worker() *Worker {
	w := &Worker{g: g}
	w.faker = gofakeit.NewFaker(&w.pcg, false)
	return w
}

// Person makes person i, 0 <= i < Len; the published test numbers come first,
// then the fixed persons.
func (w *Worker) Person(i int) sandbox.Person {
	if at := i - len(w.g.vectors); at >= 0 && at < len(w.g.fixed) {
		return w.g.fixed[at]
	}
	p := w.alone(i)
	if s := w.shares(i, p.Birth); s != (pair{}) {
		s.take(&p, w.alone(i-1))
	}
	return p
}

// alone makes person i as if nobody shared anything.
func (w *Worker) alone(i int) sandbox.Person {
	at := w.g.plan[i]
	p := w.person(at.id, at.name)
	w.stream(i, streamState)
	var r recipe
	if w.g.published(i) {
		r = w.g.vectors[i].recipe
	} else {
		r = w.draw(DataDay.Age(p.Birth), at.id.DNumber())
	}
	w.cook(&p, r, i, int(at.nth))
	return p
}

func (w *Worker) person(id sandbox.PersonID, name int32) sandbox.Person {
	p := sandbox.Person{ID: id, Sex: id.Sex(), Birth: id.BirthDate()}
	p.FirstName, p.LastName = w.g.words.name(name)
	return p
}

// strangers is the first index that neither a person nor a number that is not
// assigned has led to, see mobile.
const strangers = 3 * (MaxPersons + 100)

// Stranger makes one more person like those of the population, another for each
// n. Its identity number may be one that somebody has; its mobile and e-mail
// are not those of the population.
func (w *Worker) Stranger(n uint64) sandbox.Person {
	const mobiles = 900_000 // that are left above strangers
	i := strangers + int(n%mobiles)
	who := w.identity(i)
	id := sandbox.PersonID{}
	row := individuals(int(who.birth.Year), who.dNumber)
	for at := w.faker.IntN(row.len()); ; at = (at + 1) % row.len() {
		individual := row.at(at)
		made, ok := sandbox.MakePersonID(who.birth, individual, who.dNumber, sandbox.SeriesTenor)
		if ok && made.Sex() == who.sex {
			id = made
			break
		}
	}
	p := w.person(id, int32(who.name))
	w.stream(i, streamState)
	const apart = 10_000 // above the number that a name of the population carries
	w.cook(&p, w.draw(DataDay.Age(p.Birth), who.dNumber), i, apart+int(n%mobiles))
	return p
}

// published tells whether person i is one of the published test numbers, who
// are the same under every seed.
func (g *Generator) published(i int) bool { return i < len(g.vectors) }

// The streams of random numbers that one person has.
const (
	streamIdentity = 0x6C696B736F6D2D31
	streamState    = 0x6C696B736F6D2D32
	streamTimes    = 0x6C696B736F6D2D33
	streamPair     = 0x6C696B736F6D2D34
)

// stream begins one of the streams of person i.
func (w *Worker) stream(i int, purpose uint64) {
	if w.g.published(i) {
		w.pcg.Seed(purpose, ^uint64(i))
		return
	}
	w.pcg.Seed(w.g.seed^purpose, uint64(i-w.g.first()))
}

// chance is true ppm times in a million. Whole numbers instead of fractions
// keep the draw the same on every processor.
func (w *Worker) chance(ppm int) bool { return w.faker.IntN(1_000_000) < ppm }

// pick draws an index by weights that need not sum to anything.
func (w *Worker) pick(weights []int) int {
	sum := 0
	for _, n := range weights {
		sum += n
	}
	at := w.faker.IntN(sum)
	for i, n := range weights {
		if at -= n; at < 0 {
			return i
		}
	}
	return len(weights) - 1
}

// between draws a moment, both ends included; from when the range is empty.
func (w *Worker) between(from, to sandbox.Instant) sandbox.Instant {
	if to <= from {
		return from
	}
	return from + sandbox.Instant(w.faker.IntN(int(to-from)+1))
}
