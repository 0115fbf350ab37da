package sandbox

import (
	"fmt"
	"maps"
	"slices"
)

// Edit changes one person. Make is given the person as it is when its turn
// comes, the zero Record when there is nobody, and gives the person as it shall
// be, with the same number; it may be called more than once. Undo takes the
// person's last change back instead.
type Edit struct {
	ID   PersonID
	Make func(now Record, at Instant) (Person, error)
	Undo bool
}

// pending is a call that waits for the writer.
type pending struct {
	edits []Edit
	reset bool
	done  chan error
}

// Change carries out all edits or, with an error, none. It returns when they are
// committed and seen by everybody. Calls that come at the same time share a
// commit.
func (r *Register) Change(edits ...Edit) error {
	return r.enqueue(&pending{edits: edits, done: make(chan error, 1)})
}

// Changed is the number of persons with a change that stands.
func (r *Register) Changed() int {
	r.mu.RLock()
	defer r.mu.RUnlock()
	return len(r.over.latest)
}

// Reset takes every change back and brings the clock back, both at once.
func (r *Register) Reset() error {
	return r.enqueue(&pending{reset: true, done: make(chan error, 1)})
}

// enqueue leaves a call to the writer. Whoever finds no writer becomes it, and
// takes what is queued until nothing is.
func (r *Register) enqueue(p *pending) error {
	r.queueMu.Lock()
	r.queue = append(r.queue, p)
	lead := !r.writing
	r.writing = true
	r.queueMu.Unlock()
	if lead {
		go r.write() // on its own, so that no caller waits for those behind it
	}
	return <-p.done
}

func (r *Register) write() {
	for {
		r.queueMu.Lock()
		batch := r.queue
		r.queue = nil
		r.writing = len(batch) > 0
		r.queueMu.Unlock()
		if len(batch) == 0 {
			return
		}
		for len(batch) > 0 {
			n := 1
			if batch[0].reset {
				batch[0].done <- r.commitReset()
			} else {
				n = slices.IndexFunc(batch, func(p *pending) bool { return p.reset })
				if n < 0 {
					n = len(batch)
				}
				r.commit(batch[:n])
			}
			batch = batch[n:]
		}
	}
}

// commit works out the changes of several calls, each on top of those before,
// commits them in one go and shows them. A call whose edit fails takes no part.
func (r *Register) commit(batch []*pending) {
	var changes []Change
	var good []*pending
	draft := drafts{over: r.over, made: map[PersonID]*version{}, nr: r.over.nextNr(), at: InstantOf(r.Now())}
	for _, p := range batch {
		made, err := draft.make(p.edits)
		if err != nil {
			p.done <- err
			continue
		}
		changes, good = append(changes, made...), append(good, p)
	}
	err := r.keep(changes)
	for _, p := range good {
		p.done <- err
	}
}

func (r *Register) keep(changes []Change) error {
	if len(changes) == 0 {
		return nil
	}
	if r.store != nil {
		if err := r.durably("change", func() error { return r.store.Commit(changes) }); err != nil {
			return err
		}
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, c := range changes {
		if err := r.over.apply(c); err != nil {
			return err // cannot be: the draft has packed it before
		}
	}
	return nil
}

func (r *Register) commitReset() error {
	return r.clock.resetWith(func(bringBack func()) error {
		reset := Reset{First: r.over.nextNr(), IDs: r.over.changed()}
		if r.store != nil {
			if err := r.durably("reset", func() error { return r.store.Reset(reset) }); err != nil {
				return err
			}
		}
		r.mu.Lock()
		defer r.mu.Unlock()
		r.over.reset(reset)
		bringBack()
		return nil
	})
}

// durably has the store keep something. After a failure nobody knows what is on
// the disk, so nothing more is written until the program has read it again.
func (r *Register) durably(what string, keep func() error) error {
	if err := r.Broken(); err != nil {
		return err
	}
	err := keep()
	if err == nil {
		return nil
	}
	var since error = &Error{Unavailable, "store.failed", fmt.Sprintf("nothing is written since a %s could not be kept (%v); mend that and restart the program", what, err)}
	r.failed.Store(&since)
	return &Error{Unavailable, "store.failed", fmt.Sprintf("the %s could not be made safe, so nobody is shown it; a restart tells whether the disk has it: %v", what, err)}
}

// drafts are persons as the changes before in the same commit leave them. Only
// the writer reads the overlay without its lock, since only the writer changes it.
type drafts struct {
	over *overlay
	made map[PersonID]*version
	nr   uint64
	at   Instant
}

// make works out a call's changes, all or none.
func (d *drafts) make(edits []Edit) ([]Change, error) {
	var changes []Change
	tops := map[PersonID]*version{}
	for _, e := range edits {
		top, ok := tops[e.ID]
		if !ok {
			top = d.top(e.ID)
		}
		c := Change{Nr: d.nr + uint64(len(changes)), At: d.at, Undo: e.Undo, Person: Person{ID: e.ID}}
		if e.Undo {
			switch {
			case top == nil:
				return nil, &Error{Conflict, "undo.nothing", fmt.Sprintf("%v has no change to take back", e.ID)}
			case top.undos == 0:
				return nil, &Error{Conflict, "undo.nothing", fmt.Sprintf("the last %d changes of %v are taken back; only a reset takes back the rest", MaxUndo, e.ID)}
			}
			tops[e.ID] = top.undone()
		} else {
			next, err := d.next(e, top)
			if err != nil {
				return nil, err
			}
			tops[e.ID], c.Person = next, next.record.Person()
		}
		changes = append(changes, c)
	}
	maps.Copy(d.made, tops)
	d.nr += uint64(len(changes))
	return changes, nil
}

// top is a person's last version, nil where the base's or nobody stands.
func (d *drafts) top(id PersonID) *version {
	if v, ok := d.made[id]; ok {
		return v
	}
	return d.over.latest[id]
}

func (d *drafts) next(e Edit, top *version) (*version, error) {
	now := d.over.original(e.ID)
	if top != nil {
		now = top.record
	}
	p, err := e.made(now, d.at)
	if err != nil {
		return nil, err
	}
	if p.ID != e.ID {
		return nil, &Error{Internal, "edit.id", "an edit changed the number of its person"}
	}
	p.Email.Shared, p.Mobile.Shared = false, false // counted, not kept
	p.Changed = d.at
	row, text, err := Pack(p, nil)
	if err != nil {
		return nil, err
	}
	return (&version{record: row.View(string(text))}).after(top), nil
}

// made calls Make. A panic in it is an error of this edit alone: the writer goes
// on, for everybody waits for it.
func (e Edit) made(now Record, at Instant) (p Person, err error) {
	defer func() {
		if broken := recover(); broken != nil {
			err = &Error{Internal, "edit.broken", fmt.Sprintf("an edit broke: %v", broken)}
		}
	}()
	return e.Make(now, at)
}
