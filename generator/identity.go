package generator

import "liksom/sandbox"

// identity is what a person's number and name follow from.
type identity struct {
	birth   sandbox.Date
	sex     sandbox.Sex
	dNumber bool
	new     bool // a number by the rule of 2032
	name    int  // which pair of words
}

// identity draws the identity of person i, who is not one of the published.
func (w *Worker) identity(i int) identity {
	w.stream(i, streamIdentity)
	age := w.age()
	return identity{
		birth:   DataDay.AddYears(-age).AddDays(-w.n(365)),
		sex:     w.sex(age),
		dNumber: w.chance(w.g.mix.DNumber.PPM),
		new:     w.chance(w.g.mix.new),
		name:    w.faker.IntN(w.g.words.pairs()),
	}
}

func (w *Worker) age() int {
	bands := w.g.mix.Ages.Bands
	i := w.pick(w.g.mix.ages)
	if i == len(bands)-1 {
		return bands[i].From + w.pick(w.g.mix.tail)
	}
	return bands[i].From + w.n(bands[i].To-bands[i].From+1)
}

func (w *Worker) sex(age int) sandbox.Sex {
	if w.chance(w.g.mix.women.at(age)) {
		return sandbox.Female
	}
	return sandbox.Male
}
