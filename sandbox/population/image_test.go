package population_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/population"
)

// somePersons makes persons with random numbers and few enough contact values
// that many are shared.
func somePersons(n int, rng *rand.Rand) []sandbox.Person {
	var out []sandbox.Person
	seen := map[sandbox.PersonID]bool{}
	for len(out) < n {
		birth := sandbox.Date{Year: 1950, Month: 1, Day: 1}.AddDays(rng.IntN(20_000))
		id, ok := sandbox.MakePersonID(birth, rng.IntN(1000), rng.IntN(5) == 0, sandbox.SeriesTenor)
		if !ok || seen[id] {
			continue
		}
		seen[id] = true
		p := sandbox.Person{ID: id, FirstName: fmt.Sprint("F", len(out)), LastName: "L", Birth: birth, Status: sandbox.Status(rng.IntN(3))}
		if rng.IntN(3) > 0 {
			p.Email.Value = fmt.Sprintf("%c%d@example.test", "aA"[rng.IntN(2)], rng.IntN(n))
		}
		if rng.IntN(3) > 0 {
			p.Mobile.Value = []string{"+47%d", "0047%d", "%d"}[rng.IntN(3)]
			p.Mobile.Value = fmt.Sprintf(p.Mobile.Value, 90000000+rng.IntN(n))
		}
		out = append(out, p)
	}
	return out
}

// model answers the same questions by looking through everything.
type model []sandbox.Person

func (m model) shared(value func(sandbox.Person) string, p sandbox.Person) bool {
	holders := 0
	for _, q := range m {
		if q.Status == sandbox.Active && value(q) == value(p) {
			holders++
		}
	}
	return p.Status == sandbox.Active && value(p) != "" && holders > 1
}

func TestImage_agrees_with_a_plain_model(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 1))
	for _, n := range []int{0, 1, 2, 15, 16, 17, 700} {
		persons := somePersons(n, rng)
		image, err := population.Build(n, 3, func() func(int) sandbox.Person { return func(i int) sandbox.Person { return persons[i] } }, nil)
		if err != nil {
			t.Fatal(err)
		}
		m := model(slices.Clone(persons))
		slices.SortFunc(m, func(a, b sandbox.Person) int { return a.ID.Compare(b.ID) })
		if image.Len() != n {
			t.Fatalf("%d persons, want %d", image.Len(), n)
		}
		ids := make([]sandbox.PersonID, 0, 2*n)
		for i, p := range m {
			p.Email.Shared = m.shared(func(q sandbox.Person) string { return strings.ToLower(q.Email.Value) }, p)
			p.Mobile.Shared = m.shared(func(q sandbox.Person) string { return sandbox.SameMobile(q.Mobile.Value) }, p)
			if got := image.At(i).Person(); got != p {
				t.Errorf("%d persons: place %d holds\n%+v, want\n%+v", n, i, got, p)
			}
			ids = append(ids, p.ID)
		}
		ids = append(ids, strangers(n+1, m, rng)...)
		rng.Shuffle(len(ids), func(i, j int) { ids[i], ids[j] = ids[j], ids[i] })
		out := make([]sandbox.Record, len(ids))
		image.Lookup(ids, out)
		for i, id := range ids {
			_, known := slices.BinarySearchFunc(m, id, func(p sandbox.Person, id sandbox.PersonID) int { return p.ID.Compare(id) })
			if out[i].Exists() != known || known && out[i].ID() != id {
				t.Errorf("%d persons: asked for %v, known %t, got %v", n, id, known, out[i].ID())
			}
		}
	}
}

func strangers(n int, m model, rng *rand.Rand) []sandbox.PersonID {
	var out []sandbox.PersonID
	for _, p := range somePersons(n+len(m), rng) {
		if !slices.ContainsFunc(m, func(q sandbox.Person) bool { return q.ID == p.ID }) && len(out) < n {
			out = append(out, p.ID)
		}
	}
	return out
}

func TestImage_refuses_two_persons_with_one_number(t *testing.T) {
	t.Parallel()
	p := somePersons(1, rand.New(rand.NewPCG(1, 2)))
	if _, err := population.New([]sandbox.Person{p[0], p[0]}); err == nil {
		t.Error("no error")
	}
}

func TestBuild_counts_every_person_once(t *testing.T) {
	t.Parallel()
	const n = 2500
	persons := somePersons(n, rand.New(rand.NewPCG(3, 3)))
	counted := make(chan int, n)
	_, err := population.Build(n, 2, func() func(int) sandbox.Person { return func(i int) sandbox.Person { return persons[i] } }, func(more int) { counted <- more })
	if err != nil {
		t.Fatal(err)
	}
	close(counted)
	sum := 0
	for more := range counted {
		sum += more
	}
	if sum != n {
		t.Errorf("%d counted, want %d", sum, n)
	}
}

func BenchmarkLookup1000(b *testing.B) {
	persons := somePersons(20_000, rand.New(rand.NewPCG(4, 4)))
	image, err := population.New(persons)
	if err != nil {
		b.Fatal(err)
	}
	ids := make([]sandbox.PersonID, 1000)
	for i := range ids {
		ids[i] = persons[i*17%len(persons)].ID
	}
	out := make([]sandbox.Record, len(ids))
	b.ReportAllocs()
	for b.Loop() {
		image.Lookup(ids, out)
	}
}
