// Package catalogue is the test cast: the odd persons that a user of the
// register must cope with, each under a stable name, with a fixed number and
// the answer that is to be expected of KRR.
//
// The entries are data, scenarios/*.json, written by hand: what stands under
// forventet comes from the documents that the entry names and is never taken
// from what this program answers. Dates are relative to the reference date, so
// that an entry is on every day what its name says.
package catalogue

import (
	"iter"

	"liksom/sandbox"
)

// Catalogue is all entries, by group.
type Catalogue struct {
	Groups []Group
	names  names
}

// Group is entries of one kind, A to J.
type Group struct {
	Letter, Title string
	Entries       []Entry
}

// Entry is one edge case.
type Entry struct {
	Number   int    // counted through all groups, from 1
	Slug     string // its stable name
	Title    string
	Purpose  string
	Source   string   // what the expectation rests on
	Doubt    string   // what the documents leave open; "" when nothing
	Guesses  []string // the switches that another answer hangs on
	Requests []Request
	actors   []actor
}

// All gives every entry in order, with its group.
func (c *Catalogue) All() iter.Seq2[*Group, *Entry] {
	return func(yield func(*Group, *Entry) bool) {
		for i := range c.Groups {
			g := &c.Groups[i]
			for j := range g.Entries {
				if !yield(g, &g.Entries[j]) {
					return
				}
			}
		}
	}
}

// Scene is an entry as it is on a reference date: its persons, and what is
// expected of each.
type Scene struct {
	*Entry
	Group    *Group
	At       sandbox.Instant // T: the first instant of the reference date
	Persons  []sandbox.Person
	Expected []Expected // one for each person
}

// Stage makes every entry's scene. T of the entries is the first instant of the
// reference date.
func (c *Catalogue) Stage(reference sandbox.Date) []Scene {
	t := sandbox.InstantOf(reference.Midnight())
	taken := map[sandbox.PersonID]bool{}
	for _, e := range c.All() {
		for _, a := range e.actors {
			taken[a.id] = true
		}
	}
	var scenes []Scene
	for g, e := range c.All() {
		s := Scene{Entry: e, Group: g, At: t}
		ids := e.numbers(reference, taken)
		for i, a := range e.actors {
			p := a.person(t)
			p.ID, p.Scenario = ids[i], e.Slug
			a.identify(&p, reference)
			c.names.give(&p, e.Slug, i)
			p.Kin = a.kin(ids)
			s.Persons = append(s.Persons, p)
			s.Expected = append(s.Expected, a.expected.at(t))
		}
		scenes = append(scenes, s)
	}
	return scenes
}

// Persons gives all persons of the catalogue.
func (c *Catalogue) Persons(reference sandbox.Date) []sandbox.Person {
	var all []sandbox.Person
	for _, s := range c.Stage(reference) {
		all = append(all, s.Persons...)
	}
	return all
}
