package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/query"
	"liksom/sandbox/query/querytest"
)

// The engine agrees, hits and facets, with a judge that reads the exported persons
// and shares no code with it, whatever has been edited and wherever the clock
// stands.
func TestSearch_agrees_with_a_judge_of_its_own(t *testing.T) {
	t.Parallel()
	box := newBox(t, 250)
	rng := rand.New(rand.NewPCG(11, 13))
	all := func() []sandbox.Record {
		found, err := box.engine.Search(query.Search{Limit: 1000})
		if err != nil {
			t.Fatal(err)
		}
		return found.Persons
	}
	people := all()
	for range 25 {
		at := time.Date(2026, 11, 25, 0, 0, 0, 0, sandbox.Oslo).AddDate(0, rng.IntN(60)-30, rng.IntN(30))
		if err := box.clock.Set(at, true); err != nil {
			t.Fatal(err)
		}
		for range rng.IntN(8) {
			edit(t, box, rng, people)
		}
		records := all()
		exported := exportedAt(t, records, at)
		for range 12 {
			asked := querytest.Random(rng, exported, at)
			text := asked.Spell(rng)
			n, err := query.Parse(text)
			if err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			want := querytest.Judge(asked, exported, at)
			got, err := box.engine.Search(query.Search{Query: n, Limit: 1000, Facets: true})
			if err != nil {
				t.Fatal(err)
			}
			var ids, judged []string
			for _, r := range got.Persons {
				ids = append(ids, r.ID().Digits())
			}
			for _, k := range want {
				judged = append(judged, exported[k].Personidentifikator)
			}
			if !slices.Equal(ids, judged) {
				t.Fatalf("%s at %v:\n got %v\nwant %v", text, at, ids, judged)
			}
			for _, f := range got.Facets {
				if chosen(n, f.Field) {
					continue // counts alternatives, which the engine's own test looks at
				}
				counts := make([]int, len(f.Counts))
				for _, k := range want {
					if v := slices.IndexFunc(f.Field.Values, func(c query.Choice) bool { return c.Word == querytest.Word(exported[k], f.Field.Name, at) }); v >= 0 {
						counts[v]++
					}
				}
				if !slices.Equal(counts, f.Counts) {
					t.Fatalf("%s at %v: %s is %v, want %v", text, at, f.Field.Name, f.Counts, counts)
				}
			}
		}
	}
}

// chosen tells whether a top-level term of a query chooses among a field's values.
func chosen(n query.Node, f *query.Field) bool {
	terms := []query.Node{n}
	if and, ok := n.(query.And); ok {
		terms = and.Terms
	}
	return slices.ContainsFunc(terms, func(t query.Node) bool {
		one, ok := t.(query.OneOf)
		return ok && one.Field == f
	})
}

func exportedAt(t *testing.T, records []sandbox.Record, at time.Time) []querytest.Person {
	t.Helper()
	var lines bytes.Buffer
	for _, r := range records {
		if err := json.NewEncoder(&lines).Encode(admin.NewPerson(r, sandbox.WindowAt(at))); err != nil {
			t.Fatal(err)
		}
	}
	persons, err := querytest.Read(&lines)
	if err != nil {
		t.Fatal(err)
	}
	return persons
}

// edit changes somebody as the control API would: takes a value of another,
// deletes, brings back, undoes.
func edit(t *testing.T, box *Sandbox, rng *rand.Rand, people []sandbox.Record) {
	t.Helper()
	one, other := people[rng.IntN(len(people))].ID(), people[rng.IntN(len(people))].ID()
	if rng.IntN(6) == 0 {
		_ = box.register.Change(sandbox.Edit{ID: one, Undo: true}) // there may be nothing to undo
		return
	}
	from := box.register.Person(other).Person()
	err := box.register.Change(sandbox.Edit{ID: one, Make: func(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
		before := now.Person()
		p := before
		switch rng.IntN(5) {
		case 0:
			p.Status = sandbox.Status(rng.IntN(3))
		case 1:
			p.Email.Value, p.Mobile.Value = from.Email.Value, fmt.Sprintf("+479%07d", rng.IntN(3))
		case 2:
			p.Reserved, p.Language = !p.Reserved, sandbox.Language(rng.IntN(5))
		case 3:
			p.Mailbox = from.Mailbox
		default:
			p.FirstName, p.Municipality, p.Kin = from.FirstName, 301, sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Child, ID: other})
		}
		sandbox.Move(before, &p, at, 0)
		return p, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
}
