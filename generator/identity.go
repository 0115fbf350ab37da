package generator

import "liksom/sandbox"

// ageBands are the residents of 15 years and more at 1 January 2024, with the
// share (in 1/10 000) that has a digital mailbox.
// Source: "KRR: Datakvalitet, forbedringer og nyheter" (Digdir, autumn 2024).
var ageBands = [...]struct{ from, years, people, mailbox int }{
	{15, 6, 398323, 4659},
	{21, 5, 340129, 8006},
	{26, 5, 375829, 7951},
	{31, 5, 400147, 7729},
	{36, 5, 375765, 7718},
	{41, 5, 360564, 7588},
	{46, 5, 360728, 7680},
	{51, 5, 382184, 7168},
	{56, 5, 355156, 6693},
	{61, 5, 315353, 6318},
	{66, 5, 286212, 5899},
	{71, 5, 251694, 5226},
	{76, 5, 214486, 3952},
	{81, 5, 121197, 2730},
	{86, 5, 65050, 1575},
	{91, 20, 36258, 669}, // "90+": halved for every two and a half years
}

// oldTail are the weights of the years 91, 92, … in the last band.
var oldTail = [...]int{1000, 758, 574, 435, 330, 250, 189, 144, 109, 82, 63, 47, 36, 27, 21, 16, 12, 9, 7, 5}

// band finds the age band of an age; younger than 15 counts as the first.
func band(age int) int {
	for i := len(ageBands) - 1; i > 0; i-- {
		if age >= ageBands[i].from {
			return i
		}
	}
	return 0
}

// dNumberPPM is the share of D-numbers: an estimate, between the 1 % and 20 %
// seen in different excerpts of Tenor.
const dNumberPPM = 50_000

// identity is what a person's number and name follow from.
type identity struct {
	birth   sandbox.Date
	sex     sandbox.Sex
	dNumber bool
	name    int // which pair of words
}

// identity draws the identity of person i, who is not one of the published.
func (w *Worker) identity(i int) identity {
	w.stream(i, streamIdentity)
	age := w.age()
	return identity{
		birth:   DataDay.AddYears(-age).AddDays(-w.faker.IntN(365)),
		sex:     w.sex(age),
		dNumber: w.chance(dNumberPPM),
		name:    w.faker.IntN(w.g.words.pairs()),
	}
}

func (w *Worker) age() int {
	var weights [len(ageBands)]int
	for i, b := range ageBands {
		weights[i] = b.people
	}
	b := ageBands[w.pick(weights[:])]
	if b.from >= 91 {
		return b.from + w.pick(oldTail[:])
	}
	return b.from + w.faker.IntN(b.years)
}

// sex follows the share of women by age. Source: Statistics Norway for the
// whole (50.25 % men, 2014); estimates for the old.
func (w *Worker) sex(age int) sandbox.Sex {
	women := 497_500
	switch {
	case age >= 90:
		women = 700_000
	case age >= 80:
		women = 580_000
	case age >= 65:
		women = 520_000
	}
	if w.chance(women) {
		return sandbox.Female
	}
	return sandbox.Male
}
