package generator_test

import (
	"slices"
	"testing"

	"liksom/sandbox"
)

// A fixed person takes a number that somebody has, which must move that one
// person alone.
func TestFixed_persons_come_on_top_and_keep_their_numbers(t *testing.T) {
	t.Parallel()
	const vectors = 14
	plain := everybody(newGenerator(t, config(2000, 1)), 2)
	fixed := []sandbox.Person{
		{ID: plain[500].ID, FirstName: "Fast", LastName: "Bestand", Status: sandbox.Deleted},
		{ID: plain[3].ID, FirstName: "Uten", LastName: "Nummer"},
	}
	fixed[1].ID, _ = sandbox.ParsePersonID("57859010050")
	c := config(2000, 1)
	c.Fixed = fixed
	got := everybody(newGenerator(t, c), 2)
	if len(got) != len(plain)+len(fixed) || !slices.Equal(got[vectors:vectors+2], fixed) {
		t.Fatalf("%d persons; in the fixed places %+v", len(got), got[vectors:vectors+2])
	}
	moved := 0
	for i, p := range plain[vectors:] {
		if got[vectors+len(fixed)+i].ID != p.ID {
			moved++
		}
	}
	if moved == 0 || moved > 5 {
		t.Errorf("%d persons have another number", moved)
	}
}

// The last twenty individnumre of each row are for fixed persons: see numbers.go.
func TestRandom_persons_leave_the_reserved_individnumre(t *testing.T) {
	t.Parallel()
	g := newGenerator(t, config(0, 1))
	w := g.Worker()
	persons := everybody(newGenerator(t, config(20_000, 1)), 2)[g.Len():]
	for n := range uint64(20_000) {
		persons = append(persons, w.Stranger(n))
	}
	for _, p := range persons {
		individual := int(p.ID.Uint64() / 100 % 1000)
		for _, r := range reservedIndividuals(p.ID) {
			if individual >= r && individual < r+20 {
				t.Errorf("%v, D-number %t, born %v, has %03d", p.ID, p.ID.DNumber(), p.Birth, individual)
			}
		}
	}
}

// reservedIndividuals gives the beginnings of the twenties that are left alone.
func reservedIndividuals(id sandbox.PersonID) []int {
	switch year := id.BirthDate().Year; {
	case id.DNumber() && year < 1900:
		return []int{580}
	case id.DNumber() && year < 1940:
		return []int{180}
	case id.DNumber() && year < 2000:
		return []int{480}
	case id.DNumber():
		return []int{980}
	case year < 1900 || year >= 2000:
		return []int{500}
	}
	return []int{0}
}
