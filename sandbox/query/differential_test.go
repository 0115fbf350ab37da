package query_test

import (
	"bytes"
	"encoding/json"
	"math/rand/v2"
	"testing"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/query"
	"liksom/sandbox/query/querytest"
	"liksom/seeds"
)

// TestMatch_agrees_with_the_judge holds random queries at random moments against
// a judge that reads exported lines and shares no code with this package; the
// words of enumerated fields too, which facets are made of.
func TestMatch_agrees_with_the_judge(t *testing.T) {
	t.Parallel()
	const queries, moments = 1000, 40
	r := rand.New(rand.NewPCG(5, 18))
	records := crowd(t, r)
	byID := map[sandbox.PersonID]sandbox.Record{}
	for _, rec := range records {
		byID[rec.ID()] = rec
	}
	found := 0
	var at time.Time
	var persons []querytest.Person
	for i := range queries {
		if i%(queries/moments) == 0 {
			at = time.Unix(now.Time().Unix()+r.Int64N(6*365*86400)-3*365*86400, 0)
			persons = exported(t, records, at)
		}
		asked := querytest.Random(r, persons, at)
		text := asked.Spell(r)
		n, err := query.Parse(text)
		if err != nil {
			t.Fatalf("%s: %v", text, err)
		}
		clock := query.ClockAt(at)
		m := query.NewMatcher(n, clock, func(id sandbox.PersonID) sandbox.Record { return byID[id] })
		wanted := map[int]bool{}
		for _, k := range querytest.Judge(asked, persons, at) {
			wanted[k] = true
		}
		found += len(wanted)
		for k, rec := range records {
			if got := m.Match(rec); got != wanted[k] {
				tree, _ := json.Marshal(asked)
				t.Fatalf("query %d at %s: %s\n%s\nfound %v, judged %v: %+v", i, at.In(sandbox.Oslo), text, tree, got, wanted[k], persons[k])
			}
		}
		for name, words := range querytest.Enums() {
			f, k := query.Find(name), r.IntN(len(records))
			got := ""
			if v := f.Value(records[k], clock); v >= 0 {
				got = f.Values[v].Word
			}
			if want := querytest.Word(persons[k], name, at); got != want || len(words) != len(f.Values) {
				t.Fatalf("%s at %s is %q, judged %q: %+v", name, at, got, want, persons[k])
			}
		}
	}
	if share := found / queries; share < len(records)/50 || share > len(records)/2 {
		t.Errorf("a query finds %d persons on average, which tries little", share)
	}
}

// crowd are persons of the generator with what it does not make yet, and the cast.
func crowd(t *testing.T, r *rand.Rand) []sandbox.Record {
	t.Helper()
	g, err := generator.New(generator.Config{Persons: 60, Seed: 5, Reference: sandbox.DateOf(now.Time()), Files: seeds.Files})
	if err != nil {
		t.Fatal(err)
	}
	var persons []sandbox.Person
	for w, i := g.Worker(), 0; i < g.Len(); i++ {
		persons = append(persons, w.Person(i))
	}
	for i := range persons {
		p := &persons[i]
		p.Municipality = []uint16{0, 301, 1103, 4601, 5501, 9901}[r.IntN(6)]
		p.Kin = sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Relation(r.IntN(7)), ID: persons[r.IntN(len(persons))].ID}, sandbox.Relative{Relation: sandbox.Relation(r.IntN(7)), ID: persons[r.IntN(len(persons))].ID})
		p.Mailbox.Inactive, p.Email.Shared, p.Mobile.Shared = r.IntN(3) == 0, r.IntN(3) == 0, r.IntN(3) == 0
		p.Civil = sandbox.CivilStatus(r.IntN(3))
	}
	byName := cast()
	for _, name := range []string{"aase", "avvik", "boerge", "borte", "doed", "eksakt", "kari", "nhn", "ola", "per", "ukjent"} {
		persons = append(persons, byName[name])
	}
	records := make([]sandbox.Record, len(persons))
	for i, p := range persons {
		row, text, err := sandbox.Pack(p, nil)
		if err != nil {
			t.Fatal(err)
		}
		records[i] = row.View(string(text))
	}
	return records
}

// exported are the records as liksom generate writes them.
func exported(t *testing.T, records []sandbox.Record, at time.Time) []querytest.Person {
	t.Helper()
	var lines bytes.Buffer
	w := sandbox.WindowAt(at)
	for _, r := range records {
		if err := json.NewEncoder(&lines).Encode(admin.NewPerson(r, w)); err != nil {
			t.Fatal(err)
		}
	}
	persons, err := querytest.Read(&lines)
	if err != nil {
		t.Fatal(err)
	}
	return persons
}
