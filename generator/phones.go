package generator

import (
	"slices"
	"strconv"
)

// Phones says what mobile numbers are made of. No Norwegian numbers are set
// aside for fiction, so each way has its price.
type Phones uint8

// The ways.
const (
	PhonesRealistic  Phones = iota // valid numbers, which could belong to somebody
	PhonesUnassigned               // series that nobody has: the register's own rule lets them through, validators do not
	PhonesForeign                  // 95 Swedish numbers set aside for fiction, so that nearly everybody shares one
)

// PhonesWords are the ways as flags spell them, in order.
var PhonesWords = []string{"realistic", "unassigned", "foreign"}

// String gives the flag's word.
func (p Phones) String() string { return PhonesWords[p] }

// mobileSeries are the Norwegian mobile series that numbers are taken from, a
// million in each. Source: the numbering plan as observed in libphonenumber;
// 42, 43, 44 and 49 are not assigned, nor is 4536 within 45.
var mobileSeries = [...][]byte{
	PhonesRealistic:  {40, 41, 45, 46, 47, 48, 90, 91, 92, 93, 94, 95, 96, 97, 98, 99},
	PhonesUnassigned: {42, 43, 44, 49},
	PhonesForeign:    {},
}

// The Swedish numbers for fiction. Source: "Telefonnummer för användning i
// böcker och filmer etcetera" (Post- och telestyrelsen).
const (
	fictionFirst = 46_701_740_605
	fictionCount = 95
)

// foreignSeries are mobile in Sweden, Finland, Poland and Lithuania, each followed
// by seven digits. Observed in libphonenumber.
var foreignSeries = [...]string{"+4673", "+35840", "+4860", "+3706"}

// held are the blocks of ten thousand numbers, by their first four digits, that
// nobody drawn at random gets: for the published test numbers and the fixed
// persons, who have the same under every seed, and 4536, which is not assigned.
var held = [...][]int{PhonesRealistic: {9999, 4536}, PhonesUnassigned: {4999}, PhonesForeign: {}}

const block = 10_000

// Most is how many persons can be drawn at random, each with a number of its own
// where there are enough. A person has the place of its index among the numbers, a
// stranger one behind the displaced: those who had met a held number.
func (p Phones) Most() int {
	const reserve = 200_000
	if p == PhonesForeign {
		return MaxPersons
	}
	return min(MaxPersons, len(mobileSeries[p])*million-reserve)
}

func (p Phones) stranger(n uint64) int {
	const most = 150_000
	return p.Most() + len(held[p])*block + int(n%most)
}

// mobile gives a person a number that nobody else has.
func (w *Worker) mobile(i, place int, foreign bool) string {
	p := w.g.phones
	switch {
	case p == PhonesForeign:
		return "+" + strconv.Itoa(fictionFirst+place%fictionCount)
	case w.g.published(i):
		return norwegian(held[p][0]*block + 9001 + i)
	case foreign && p == PhonesRealistic:
		s := foreignSeries[w.n(len(foreignSeries))]
		return s + strconv.Itoa(10*million + w.scatter(place, 10*million))[1:]
	}
	for {
		at := w.scatter(place, len(mobileSeries[p])*million)
		number := int(mobileSeries[p][at/million])*million + at%million
		where := slices.Index(held[p], number/block)
		if where < 0 {
			return norwegian(number)
		}
		place = p.Most() + where*block + number%block // each held number displaces one
	}
}

func norwegian(number int) string { return "+47" + strconv.Itoa(number) }

// scatter spreads places over a space whose size is a product of twos and
// fives, by a step that meets every place once.
func (w *Worker) scatter(place, space int) int {
	n := uint64(space)
	return int((uint64(place)*7_368_787 + w.g.seed%n) % n)
}
