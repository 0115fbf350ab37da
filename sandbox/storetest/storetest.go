// Package storetest says what every [sandbox.Store] must do, as tests.
package storetest

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"testing"

	"liksom/sandbox"
)

// Run tests an engine. open opens the store that lies in a folder, which is
// empty at first and stays the same from call to call.
func Run(t *testing.T, open func(folder string) (sandbox.Store, error)) {
	t.Run("what was committed is there after opening again", func(t *testing.T) { reopened(t, open) })
	t.Run("state is kept by name", func(t *testing.T) { state(t, open) })
	t.Run("a fault of the receiver stops the loading", func(t *testing.T) { stopped(t, open) })
}

// loaded is what a store handed over: whose each number is, and the changes that stand.
type loaded struct {
	ids     map[uint64]sandbox.PersonID
	changes []sandbox.Change
}

func load(t *testing.T, s sandbox.Store) loaded {
	t.Helper()
	l := loaded{ids: map[uint64]sandbox.PersonID{}}
	var last uint64
	next := func(nr uint64) {
		if last != 0 && nr != last+1 {
			t.Errorf("number %d comes after %d", nr, last)
		}
		last = nr
	}
	err := s.Load(func(c sandbox.Change) error {
		next(c.Nr)
		l.ids[c.Nr] = c.Person.ID
		l.changes = append(l.changes, c)
		return nil
	}, func(r sandbox.Reset) error {
		if len(l.changes) > 0 {
			t.Error("a reset comes after changes that stand")
		}
		for i, id := range r.IDs {
			next(r.First + uint64(i))
			l.ids[r.First+uint64(i)] = id
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// reopened does random things to a store and to a plain list, and opens the
// store again in between.
func reopened(t *testing.T, open func(string) (sandbox.Store, error)) {
	rng := rand.New(rand.NewPCG(1, 2))
	folder := t.TempDir()
	store := mustOpen(t, open, folder)
	want := loaded{ids: map[uint64]sandbox.PersonID{}}
	nr := uint64(200_000_123)
	for range 120 {
		switch rng.IntN(8) {
		case 0:
			reset := sandbox.Reset{First: nr}
			for _, c := range want.changes {
				reset.IDs = append(reset.IDs, c.Person.ID)
				want.ids[nr] = c.Person.ID
				nr++
			}
			if err := store.Reset(reset); err != nil {
				t.Fatal(err)
			}
			want.changes = nil
		case 1:
			if err := store.Close(); err != nil {
				t.Fatal(err)
			}
			store = mustOpen(t, open, folder)
		default:
			var changes []sandbox.Change
			for range 1 + rng.IntN(5) {
				c := RandomChange(rng, nr)
				changes, want.changes = append(changes, c), append(want.changes, c)
				want.ids[nr] = c.Person.ID
				nr++
			}
			if err := store.Commit(changes); err != nil {
				t.Fatal(err)
			}
		}
		if got := load(t, store); !reflect.DeepEqual(got, want) {
			t.Fatalf("got  %+v\nwant %+v", got, want)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

func mustOpen(t *testing.T, open func(string) (sandbox.Store, error), folder string) sandbox.Store {
	t.Helper()
	s, err := open(folder)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func state(t *testing.T, open func(string) (sandbox.Store, error)) {
	folder := t.TempDir()
	store := mustOpen(t, open, folder)
	for _, step := range []struct {
		name string
		set  []byte
	}{{"a", []byte("1")}, {"b", []byte{}}, {"a", []byte("2")}, {"b", nil}, {"c", nil}} {
		if err := store.SetState(step.name, step.set); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	store = mustOpen(t, open, folder)
	for name, want := range map[string]string{"a": "2", "b": "", "c": "", "d": ""} {
		got, err := store.State(name)
		if err != nil || string(got) != want || want == "" && got != nil {
			t.Errorf("%s: %q, %v; want %q", name, got, err, want)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

func stopped(t *testing.T, open func(string) (sandbox.Store, error)) {
	store := mustOpen(t, open, t.TempDir())
	c := RandomChange(rand.New(rand.NewPCG(3, 4)), 200_000_001)
	if err := store.Commit([]sandbox.Change{c}); err != nil {
		t.Fatal(err)
	}
	fault := errors.New("enough")
	if err := store.Load(func(sandbox.Change) error { return fault }, nil); !errors.Is(err, fault) {
		t.Errorf("got %v", err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// RandomChange makes a change with this number, of one of a few persons.
func RandomChange(rng *rand.Rand, nr uint64) sandbox.Change {
	id := sandbox.PersonID{}
	for ok := false; !ok; {
		id, ok = sandbox.MakePersonID(sandbox.Date{Year: 1980, Month: 5, Day: uint8(1 + rng.IntN(3))}, rng.IntN(20), false, sandbox.SeriesTenor)
	}
	c := sandbox.Change{Nr: nr, At: sandbox.Instant(rng.Uint32()), Person: sandbox.Person{ID: id}}
	if rng.IntN(5) == 0 {
		c.Undo = true
		return c
	}
	instant := func() sandbox.Instant { return sandbox.Instant(rng.Uint32N(3) * rng.Uint32()) }
	channel := func(value string) sandbox.Channel {
		return sandbox.Channel{Value: value, Updated: instant(), Confirmed: instant(), Validated: instant()}
	}
	c.Person = sandbox.Person{
		ID: id, FirstName: fmt.Sprint("Sindig", nr), LastName: "Blåveis", Birth: id.BirthDate(), Sex: sandbox.Sex(rng.IntN(3)),
		Civil: sandbox.CivilStatus(rng.IntN(3)), Status: sandbox.Status(rng.IntN(3)), Reserved: rng.IntN(2) == 0,
		ReservedAt: instant(), ReservationUpdated: instant(), Email: channel("a@example.test"), Mobile: channel("+4799990001"),
		Mailbox:  sandbox.Mailbox{Address: "a#9YDT", Provider: sandbox.Provider(rng.IntN(4)), Inactive: rng.IntN(2) == 0, Certificate: sandbox.CertificateState(rng.IntN(3))},
		Language: sandbox.Language(rng.IntN(5)), LanguageUpdated: instant(),
		Municipality: uint16(rng.IntN(5700)), Kin: sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Relation(rng.IntN(7)), ID: id}), Scenario: "fersk-alt",
		Registered: instant(), DeletedAt: instant(), Changed: instant(),
	}
	return c
}
