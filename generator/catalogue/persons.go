package catalogue

import (
	"encoding/json"
	"regexp"

	"liksom/sandbox"
)

// most is how many persons an entry's line may stand for.
const most = 1000

var bornIs = regexp.MustCompile(`^(?:[+-]\d{1,4}d)?-\d{1,3}y(?:[+-]\d{1,4}d)?$`)

// persons reads one line of an entry, which may stand for several persons.
// before is how many the entry has already.
func (r *reader) persons(f *faults, b json.RawMessage, entry entryLine, before, i int) []actor {
	var l personLine
	if err := strict(b, &l); err != nil {
		f.add("person %d: %w", i+1, err)
		return nil
	}
	x := l.Expected
	if x == nil {
		x = entry.Expected
	}
	ids, born := r.identities(f, l)
	all := make([]actor, len(ids))
	one := l.actor(f)
	one.born, one.expected = born, x.expectation(f)
	for k := range all {
		all[k] = one
		all[k].id = ids[k]
		l.own(&all[k], entry.Slug, r.number, before+k)
	}
	return all
}

// identities gives the numbers that a line stands for; the zero number is one
// that hangs on the clock.
func (r *reader) identities(f *faults, l personLine) ([]sandbox.PersonID, []step) {
	switch {
	case l.ID != "" && l.Born == "" && l.Count == 0 && l.From == "":
		id, err := sandbox.ParsePersonID(l.ID)
		switch {
		case err != nil:
			f.add("%v: %w", sandbox.MaskIDs(l.ID), err)
		case id.Series() != sandbox.SeriesTenor:
			f.add("%v is not of the series with 80 added to the month", id)
		case r.ids[id]:
			f.add("%v is another person's", id)
		}
		r.ids[id] = true
		return []sandbox.PersonID{id}, nil
	case l.ID == "" && l.Born != "" && l.Count == 0 && l.From == "":
		if !bornIs.MatchString(l.Born) {
			f.add("foedt %q is not so many years and days from the reference date: -15y, +1d-15y", l.Born)
			return nil, nil
		}
		return make([]sandbox.PersonID, 1), readSteps(l.Born)
	case l.ID == "" && l.Born == "" && l.Count > 0 && l.Count <= most && l.From != "":
		from, err := sandbox.ParseDate(l.From)
		if err != nil || from.Year < 1900 || from.Year > 2030 {
			f.add("foedt_fraa %q is not a date from 1900 to 2030", l.From)
			return nil, nil
		}
		ids := make([]sandbox.PersonID, l.Count)
		for k := range ids {
			ids[k] = number(from.AddDays(k), sandbox.SexUnknown, r.ids)
		}
		return ids, nil
	}
	f.add("a person has either id, or foedt, or antall (1 to %d) and foedt_fraa", most)
	return nil, nil
}
