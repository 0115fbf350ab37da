package sandbox_test

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/boltstore"
	"liksom/sandbox/population"
)

// world is a register with a store, and a plain model of what it must hold.
type world struct {
	t      *testing.T
	rng    *rand.Rand
	folder string
	image  *population.Image
	clock  *sandbox.Clock
	store  *boltstore.Store
	reg    *sandbox.Register

	ids    []sandbox.PersonID // everybody who is ever spoken of
	base   map[sandbox.PersonID]sandbox.Person
	stacks map[sandbox.PersonID][]sandbox.Person // what stands on the base
	feed   []sandbox.PersonID                    // from 200 000 001 on
}

func newWorld(t *testing.T, seed uint64) *world {
	t.Helper()
	w := &world{
		t: t, rng: rand.New(rand.NewPCG(seed, 0)), folder: t.TempDir(),
		base: map[sandbox.PersonID]sandbox.Person{}, stacks: map[sandbox.PersonID][]sandbox.Person{},
	}
	var persons []sandbox.Person
	for day := uint8(1); len(w.ids) < 40; day++ {
		for individual := range 10 {
			id, ok := sandbox.MakePersonID(sandbox.Date{Year: 1980, Month: 5, Day: day}, individual, false, sandbox.SeriesTenor)
			if !ok {
				continue
			}
			w.ids = append(w.ids, id)
			if len(w.ids)%4 != 0 { // every fourth is at first unknown
				p := w.someone(id)
				persons = append(persons, p)
				w.base[id] = p
				if p.Status != sandbox.NotRegistered {
					w.feed = append(w.feed, id)
				}
			}
		}
	}
	var err error
	if w.image, err = population.New(persons); err != nil {
		t.Fatal(err)
	}
	w.clock = sandbox.NewFrozenClock(time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo))
	w.open()
	return w
}

// someone makes a person with values that several share.
func (w *world) someone(id sandbox.PersonID) sandbox.Person {
	p := sandbox.Person{ID: id, Municipality: uint16(w.rng.IntN(6000)), Scenario: "s", Kin: sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Child, ID: id}), FirstName: fmt.Sprint("F", w.rng.IntN(9)), LastName: "L", Birth: id.BirthDate(), Status: sandbox.Status(w.rng.IntN(3))}
	if p.Status == sandbox.Active {
		p.Email.Value = []string{"", "a@example.test", "A@example.test", "b@example.test", "c@example.test"}[w.rng.IntN(5)]
		p.Mobile.Value = []string{"", "+4799990001", "99990001", "+4799990002", "004799990003"}[w.rng.IntN(5)]
	}
	return p
}

func (w *world) open() {
	w.t.Helper()
	var err error
	if w.store, err = boltstore.Open(w.folder); err != nil {
		w.t.Fatal(err)
	}
	if w.reg, err = sandbox.OpenRegister(w.image, w.clock, w.store); err != nil {
		w.t.Fatal(err)
	}
}

func (w *world) restart() {
	w.t.Helper()
	if err := w.store.Close(); err != nil {
		w.t.Fatal(err)
	}
	w.open()
}

// now is a person by the model; not ok for nobody.
func (w *world) now(id sandbox.PersonID) (sandbox.Person, bool) {
	if s := w.stacks[id]; len(s) > 0 {
		return s[len(s)-1], true
	}
	p, ok := w.base[id]
	return p, ok
}

func (w *world) step() string {
	id := w.ids[w.rng.IntN(len(w.ids))]
	switch w.rng.IntN(12) {
	case 0:
		var touched []sandbox.PersonID
		for id, s := range w.stacks {
			if len(s) > 0 {
				touched = append(touched, id)
			}
		}
		slices.SortFunc(touched, sandbox.PersonID.Compare)
		w.must(w.reg.Reset())
		w.feed, w.stacks = append(w.feed, touched...), map[sandbox.PersonID][]sandbox.Person{}
		return "reset"
	case 1:
		w.restart()
		return "restart"
	case 2:
		w.must(w.clock.Set(w.clock.Now().AddDate(0, w.rng.IntN(9)-4, 0), true))
		return "clock"
	case 3, 4, 5:
		err := w.reg.Change(sandbox.Edit{ID: id, Undo: true})
		s := w.stacks[id]
		if (err == nil) != (len(s) > 0) {
			w.t.Fatalf("undo with %d changes: %v", len(s), err)
		}
		if len(s) > 0 {
			w.stacks[id], w.feed = s[:len(s)-1], append(w.feed, id)
		}
		return "undo"
	case 6: // all or nothing
		p := w.someone(id)
		fault := errors.New("no")
		err := w.reg.Change(
			sandbox.Edit{ID: id, Make: func(sandbox.Record, sandbox.Instant) (sandbox.Person, error) { return p, nil }},
			sandbox.Edit{ID: id, Make: func(sandbox.Record, sandbox.Instant) (sandbox.Person, error) { return sandbox.Person{}, fault }},
		)
		if !errors.Is(err, fault) {
			w.t.Fatalf("a failing edit: %v", err)
		}
		return "failing edit"
	}
	var edits []sandbox.Edit
	for range 1 + w.rng.IntN(3) {
		id := w.ids[w.rng.IntN(len(w.ids))]
		p := w.someone(id)
		before, existed := w.now(id)
		edits = append(edits, sandbox.Edit{ID: id, Make: func(now sandbox.Record, _ sandbox.Instant) (sandbox.Person, error) {
			if now.Exists() != existed || existed && unshared(now.Person()) != before {
				w.t.Errorf("the edit is shown %v, want %v", now, before)
			}
			return p, nil
		}})
		p.Changed = sandbox.InstantOf(w.clock.Now())
		w.stacks[id], w.feed = append(w.stacks[id], p), append(w.feed, id)
	}
	w.must(w.reg.Change(edits...))
	return "edit"
}

func (w *world) must(err error) {
	w.t.Helper()
	if err != nil {
		w.t.Fatal(err)
	}
}

func unshared(p sandbox.Person) sandbox.Person {
	p.Email.Shared, p.Mobile.Shared = false, false
	return p
}

// expected is a person by the model with what it shares.
func (w *world) expected(id sandbox.PersonID) (sandbox.Person, bool) {
	p, ok := w.now(id)
	if !ok || p.Status != sandbox.Active {
		return p, ok
	}
	for _, other := range w.ids {
		q, ok := w.now(other)
		if !ok || other == id || q.Status != sandbox.Active {
			continue
		}
		p.Email.Shared = p.Email.Shared || p.Email.Value != "" && strings.EqualFold(p.Email.Value, q.Email.Value)
		p.Mobile.Shared = p.Mobile.Shared || p.Mobile.Value != "" && sandbox.SameMobile(p.Mobile.Value) == sandbox.SameMobile(q.Mobile.Value)
	}
	return p, true
}

// check compares look-up, search and feed with the model.
func (w *world) check(after string) {
	w.t.Helper()
	out := make([]sandbox.Record, len(w.ids))
	w.reg.Lookup(w.ids, out)
	var all []sandbox.PersonID
	for i, id := range w.ids {
		want, ok := w.expected(id)
		if out[i].Exists() != ok || ok && out[i].Person() != want {
			w.t.Fatalf("after %s, look-up of %v:\n got %+v\nwant %+v", after, id, out[i], want)
		}
		if ok {
			all = append(all, id)
		}
	}
	slices.SortFunc(all, sandbox.PersonID.Compare)
	if w.reg.Len() != len(all) {
		w.t.Fatalf("after %s, %d persons, want %d", after, w.reg.Len(), len(all))
	}
	w.checkWalk(after, all)
	w.checkDifferences(after)
	w.checkFeed(after)
}

// checkDifferences: who is not told of is as in the base, with what it shares.
func (w *world) checkDifferences(after string) {
	w.t.Helper()
	told := map[sandbox.PersonID]bool{}
	last := w.reg.Differences(func(e sandbox.FeedEntry) {
		want, ok := w.expected(e.ID)
		if e.Person.Exists() != ok || ok && e.Person.Person() != want || told[e.ID] {
			w.t.Fatalf("after %s, the differences show %+v, want %+v (told before: %t)", after, e.Person, want, told[e.ID])
		}
		told[e.ID] = true
	})
	for i := range w.image.Len() {
		r := w.image.At(i)
		if want, _ := w.expected(r.ID()); !told[r.ID()] && r.Person() != want {
			w.t.Fatalf("after %s, nothing is told of %+v, who was %+v", after, want, r.Person())
		}
	}
	if last != w.reg.Last() || last != uint64(200_000_000+len(w.feed)) {
		w.t.Fatalf("after %s, the differences are of change %d, want %d", after, last, 200_000_000+len(w.feed))
	}
}

// checkWalk: everybody, in order.
func (w *world) checkWalk(after string, all []sandbox.PersonID) {
	w.t.Helper()
	var walked []sandbox.PersonID
	for r := range w.reg.All {
		walked = append(walked, r.ID())
		if want, _ := w.expected(r.ID()); r.Person() != want {
			w.t.Fatalf("after %s, the walk shows %+v, want %+v", after, r.Person(), want)
		}
	}
	if !slices.Equal(walked, all) {
		w.t.Fatalf("after %s, the walk shows %d persons, want %d in order", after, len(walked), len(all))
	}
}

func (w *world) checkFeed(after string) {
	w.t.Helper()
	var got []sandbox.PersonID
	from, limit := uint64(w.rng.IntN(2)*200_000_000), 1+w.rng.IntN(50)
	for {
		page := w.reg.Feed(from, limit)
		for _, e := range page.Entries {
			got = append(got, e.ID)
			want, ok := w.expected(e.ID)
			if e.Person.Exists() != ok || ok && e.Person.Person() != want {
				w.t.Fatalf("after %s, the feed shows %+v, want %+v", after, e.Person, want)
			}
		}
		if want := uint64(200_000_000 + len(w.feed)); page.Last != want {
			w.t.Fatalf("after %s, the last number is %d, want %d", after, page.Last, want)
		}
		if page.To >= page.Last {
			break
		}
		from = page.To
	}
	if !slices.Equal(got, w.feed) {
		w.t.Fatalf("after %s, the feed has %d entries, want %d", after, len(got), len(w.feed))
	}
}

func TestRegister_agrees_with_a_plain_model(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, seed)
			w.check("start")
			for range 150 {
				w.check(w.step())
			}
		})
	}
}

// failing is a store that cannot keep changes any more.
type failing struct{ *boltstore.Store }

func (failing) Commit([]sandbox.Change) error { return errors.New("the disk is gone") }

// After the store has failed nothing is written until a restart, since nobody
// knows what is on the disk.
func TestRegister_writes_nothing_after_its_store_failed(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 6)
	reg, err := sandbox.OpenRegister(w.image, w.clock, failing{w.store})
	w.must(err)
	id := w.ids[0]
	before := reg.Person(id)
	for _, want := range []string{"the disk is gone", "restart the program"} {
		err := reg.Change(sandbox.Edit{ID: id, Make: func(sandbox.Record, sandbox.Instant) (sandbox.Person, error) {
			return sandbox.Person{ID: id, FirstName: "Seig"}, nil
		}})
		var known *sandbox.Error
		if !errors.As(err, &known) || known.Kind != sandbox.Unavailable || !strings.Contains(known.Text, want) {
			t.Errorf("got %v, want %q", err, want)
		}
	}
	if err := reg.Reset(); err == nil || reg.Person(id) != before {
		t.Errorf("a reset after the failure: %v", err)
	}
}

// An edit that panics is refused, and the next one is carried out.
func TestRegister_outlives_an_edit_that_breaks(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 5)
	id := w.ids[0]
	err := w.reg.Change(sandbox.Edit{ID: id, Make: func(sandbox.Record, sandbox.Instant) (sandbox.Person, error) { panic("no") }})
	var known *sandbox.Error
	if !errors.As(err, &known) || known.Kind != sandbox.Internal {
		t.Fatalf("got %v", err)
	}
	w.must(w.reg.Change(sandbox.Edit{ID: id, Make: func(sandbox.Record, sandbox.Instant) (sandbox.Person, error) {
		return sandbox.Person{ID: id, FirstName: "Seig"}, nil
	}}))
	if got := w.reg.Person(id).FirstName(); got != "Seig" {
		t.Errorf("the next edit left %q", got)
	}
}

// Many write at once: every change that was acknowledged is there, the numbers
// have no gap, and readers never see half of a call.
// Whoever walks through the register may stop, and may change it.
func TestRegister_can_be_changed_while_it_is_walked_through(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 1)
	seen := 0
	for r := range w.reg.All {
		if seen++; seen == 3 {
			break
		}
		w.must(w.reg.Change(sandbox.Edit{ID: r.ID(), Make: func(now sandbox.Record, _ sandbox.Instant) (sandbox.Person, error) {
			p := now.Person()
			p.LastName = "Endret"
			return p, nil
		}}))
	}
	if changed := w.reg.Changed(); seen != 3 || changed != 2 {
		t.Errorf("%d were seen and %d changed", seen, changed)
	}
}

func TestRegister_under_parallel_writers(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 99)
	a, b := w.ids[0], w.ids[1]
	start := w.reg.Feed(0, 0).Last
	const writers, each = 8, 25
	var wg sync.WaitGroup
	for k := range writers {
		wg.Go(func() {
			for n := range each {
				name := fmt.Sprint(k, "-", n)
				set := func(id sandbox.PersonID) sandbox.Edit {
					return sandbox.Edit{ID: id, Make: func(sandbox.Record, sandbox.Instant) (sandbox.Person, error) {
						return sandbox.Person{ID: id, FirstName: name, Status: sandbox.Active}, nil
					}}
				}
				if err := w.reg.Change(set(a), set(b)); err != nil {
					t.Error(err)
				}
				out := make([]sandbox.Record, 2)
				w.reg.Lookup([]sandbox.PersonID{a, b}, out)
				if out[0].FirstName() != out[1].FirstName() {
					t.Errorf("half of a call: %s and %s", out[0].FirstName(), out[1].FirstName())
				}
			}
		})
	}
	wg.Wait()
	if got, want := w.reg.Feed(0, 0).Last-start, uint64(writers*each*2); got != want {
		t.Errorf("%d numbers, want %d", got, want)
	}
	last := w.reg.Person(a).FirstName()
	w.restart()
	if got := w.reg.Person(a).FirstName(); got != last {
		t.Errorf("after a restart %s, before %s", got, last)
	}
}

// What can be taken back has an end, before and after a restart, and behind it
// only a reset helps.
func TestUndo_goes_a_hundred_changes_back(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 7)
	id := w.ids[0]
	name := func(s string) sandbox.Edit {
		return sandbox.Edit{ID: id, Make: func(sandbox.Record, sandbox.Instant) (sandbox.Person, error) {
			return sandbox.Person{ID: id, FirstName: s}, nil
		}}
	}
	const changes = sandbox.MaxUndo + 20
	for i := range changes {
		w.must(w.reg.Change(name(fmt.Sprint(i))))
	}
	undo := sandbox.Edit{ID: id, Undo: true}
	for i := range sandbox.MaxUndo {
		if i == 50 {
			w.restart()
		}
		w.must(w.reg.Change(undo))
		if got, want := w.reg.Person(id).FirstName(), fmt.Sprint(changes-2-i); got != want {
			t.Fatalf("after %d steps back: %s, want %s", i+1, got, want)
		}
	}
	var refused *sandbox.Error
	if err := w.reg.Change(undo); !errors.As(err, &refused) || refused.Kind != sandbox.Conflict {
		t.Errorf("one more: %v", err)
	}
	w.must(w.reg.Change(name("again"), undo))
	if got := w.reg.Person(id).FirstName(); got != "19" {
		t.Errorf("changed and undone: %s", got)
	}
	w.must(w.reg.Reset())
	if got, want := w.reg.Person(id).Person(), w.base[id]; unshared(got) != want {
		t.Errorf("after a reset: %+v, want %+v", got, want)
	}
}

// A folder that belongs to another population is not loaded as if it were ours.
func TestOpenRegister_refuses_numbers_that_do_not_follow(t *testing.T) {
	t.Parallel()
	w := newWorld(t, 8)
	w.must(w.store.Commit([]sandbox.Change{{Nr: 200_000_001, Person: sandbox.Person{ID: w.ids[0]}}}))
	if _, err := sandbox.OpenRegister(w.image, w.clock, w.store); err == nil || !strings.Contains(err.Error(), "is due") {
		t.Errorf("a change too early: %v", err)
	}
}
