package sandbox

import (
	"fmt"
	"slices"
)

// overlay is what has changed since the population was made. Its methods are
// not safe for use by many at once; the register's lock guards it.
type overlay struct {
	base    Base
	latest  map[PersonID]*version // of every person with a change that stands
	created []PersonID            // those of them who are not in the base, in order
	feed    []PersonID            // whose change has the number firstNr + index
	holders map[Contact]int       // active holders of each value that has more or fewer than in the base
	shifted map[PersonID]int      // persons of the base whose values are shared otherwise: how many values
}

// version is a person after a change, with the one that it followed.
type version struct {
	record Record
	before *version // nil: the person of the base, or nobody
	undos  int      // how many changes can be taken back from here
}

// MaxUndo is how many of a person's changes can be taken back one by one, so that
// one who is changed for ever does not fill the memory. A reset takes back all.
const MaxUndo = 100

// after puts a version on top of another, which may be nil.
func (v *version) after(before *version) *version {
	v.before, v.undos = before, 1
	if before != nil {
		v.undos = min(before.undos+1, MaxUndo)
	}
	return v
}

// undone is what stands when a version's change is taken back; nil is the base's
// person. It is not asked for where no change can be taken back.
func (v *version) undone() *version {
	if v.before == nil {
		return nil
	}
	return &version{v.before.record, v.before.before, v.undos - 1}
}

// forget lets go of versions that nobody can come back to.
func (v *version) forget() {
	for range v.undos {
		if v = v.before; v == nil {
			return
		}
	}
	v.before = nil
}

func newOverlay(base Base) *overlay {
	o := &overlay{base: base}
	o.clear()
	return o
}

func (o *overlay) clear() {
	o.latest, o.created, o.holders, o.shifted = map[PersonID]*version{}, nil, map[Contact]int{}, map[PersonID]int{}
}

// firstFeedNr is the number before the first in the change feed. Source: "Lokal
// kopi" (Digdir): the numbers lie above 200 000 000 since the move of 2023.
const firstFeedNr = 200_000_000

// nextNr is the number that the next change gets.
func (o *overlay) nextNr() uint64 {
	return firstFeedNr + 1 + uint64(o.base.FeedLen()) + uint64(len(o.feed))
}

// record gives a person as it is now.
func (o *overlay) record(id PersonID) Record {
	if v := o.latest[id]; v != nil {
		return v.record
	}
	return o.original(id)
}

func (o *overlay) original(id PersonID) Record {
	var out [1]Record
	o.base.Lookup([]PersonID{id}, out[:])
	return out[0]
}

// apply carries out a committed change.
func (o *overlay) apply(c Change) error {
	id := c.Person.ID
	before := o.record(id)
	if c.Undo {
		o.undo(id)
	} else {
		row, text, err := Pack(c.Person, nil)
		if err != nil {
			return err
		}
		v := (&version{record: row.View(string(text))}).after(o.latest[id])
		v.forget()
		o.latest[id] = v
	}
	o.recount(before, o.record(id))
	o.keepCreated(id)
	o.feed = append(o.feed, id)
	return nil
}

// replay carries out a change that a store has kept.
func (o *overlay) replay(c Change) error {
	if err := o.due(c.Nr); err != nil {
		return err
	}
	return o.apply(c)
}

func (o *overlay) replayReset(r Reset) error {
	if err := o.due(r.First); err != nil {
		return err
	}
	o.reset(r)
	return nil
}

// due tells whether a kept number is the next one.
func (o *overlay) due(nr uint64) error {
	if next := o.nextNr(); nr != next {
		return fmt.Errorf("change %d is kept where %d is due: the folder is damaged, or holds changes to another population", nr, next)
	}
	return nil
}

func (o *overlay) undo(id PersonID) {
	if v := o.latest[id]; v != nil && v.before != nil {
		o.latest[id] = v.undone()
		return
	}
	delete(o.latest, id)
}

// reset takes all changes back and numbers the persons that it touches.
func (o *overlay) reset(r Reset) {
	o.clear()
	o.feed = append(o.feed, r.IDs...)
}

// changed gives the persons with a change that stands, in order.
func (o *overlay) changed() []PersonID {
	ids := make([]PersonID, 0, len(o.latest))
	for id := range o.latest {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, PersonID.Compare)
	return ids
}

func (o *overlay) keepCreated(id PersonID) {
	if o.original(id).Exists() {
		return
	}
	at, found := slices.BinarySearchFunc(o.created, id, PersonID.Compare)
	switch exists := o.latest[id] != nil; {
	case exists && !found:
		o.created = slices.Insert(o.created, at, id)
	case !exists && found:
		o.created = slices.Delete(o.created, at, at+1)
	}
}

// recount moves the holders of contact values from one state of a person to the
// next.
func (o *overlay) recount(before, after Record) {
	for _, c := range Contacts(before) {
		o.hold(c, -1)
	}
	for _, c := range Contacts(after) {
		o.hold(c, +1)
	}
}

func (o *overlay) holdersOf(c Contact) int {
	if n, ok := o.holders[c]; ok {
		return n
	}
	return o.base.Holders(c)
}

func (o *overlay) hold(c Contact, more int) {
	if c.Value == "" {
		return
	}
	based, before := o.base.Holders(c), o.holdersOf(c)
	if after := before + more; after == based {
		delete(o.holders, c)
	} else {
		o.holders[c] = after
	}
	if was, is := before > 1 != (based > 1), before+more > 1 != (based > 1); was != is {
		o.base.EachHolder(c, func(id PersonID) { o.shift(id, is) })
	}
}

// shift counts, for a person of the base, the contact values that are not shared
// as they were at first.
func (o *overlay) shift(id PersonID, more bool) {
	if more {
		o.shifted[id]++
	} else if o.shifted[id]--; o.shifted[id] == 0 {
		delete(o.shifted, id)
	}
}

// each shows every person who is not as in the base: those with a change that
// stands, and those who share a value that they did not share, or the reverse.
func (o *overlay) each(see func(FeedEntry)) {
	for id := range o.latest {
		see(FeedEntry{id, o.seen(id)})
	}
	for id := range o.shifted {
		if o.latest[id] == nil {
			see(FeedEntry{id, o.seen(id)})
		}
	}
}

// seen gives a person as it is now, with what it shares.
func (o *overlay) seen(id PersonID) Record { return o.share(o.record(id)) }

// based is seen for a person who has just been found in the base.
func (o *overlay) based(r Record) FeedEntry {
	id := r.ID()
	if v := o.latest[id]; v != nil {
		r = v.record
	}
	return FeedEntry{id, o.share(r)}
}

// share marks which of a person's contact values another active person has, as
// far as changes have touched them; the base knows the rest.
func (o *overlay) share(r Record) Record {
	_, changed := o.latest[r.ID()]
	if !changed && len(o.holders) == 0 {
		return r
	}
	for _, c := range Contacts(r) {
		_, touched := o.holders[c]
		switch {
		case c.Value == "" || !touched && !changed:
		case c.Mobile:
			r = r.withMobileShared(o.holdersOf(c) > 1)
		default:
			r = r.withEmailShared(o.holdersOf(c) > 1)
		}
	}
	return r
}
