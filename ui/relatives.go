package ui

import (
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// relative is somebody who is related to a person or has the same address.
type relative struct {
	Name, URL string
	Relation  string   // "" for one who only shares
	Shares    []string // channels, by name
}

// kin is who a person is related to, or shares an address with.
type kin struct {
	Relatives []relative
	Sharers   []link // to all who share an address, where they are many
}

// kin are the related first, then those who share an e-mail or a mobile.
func (s *site) kin(w words, r sandbox.Record) (kin, error) {
	const most = 10
	var all []relative
	var more []link
	where := map[sandbox.PersonID]int{}
	add := func(other sandbox.Record) *relative {
		i, ok := where[other.ID()]
		if !ok {
			i, where[other.ID()] = len(all), len(all)
			all = append(all, relative{Name: fullName(other), URL: personURL{id: other.ID()}.String()})
		}
		return &all[i]
	}
	for k := range r.Kin().All() {
		if other := s.register.Person(k.ID); other.Exists() {
			row := add(other)
			row.Relation = joined(row.Relation, w.T("relation."+k.Relation.String()))
		}
	}
	for _, c := range []struct {
		key, field string
		sandbox.Channel
	}{{emailKey, "epost", r.Email()}, {mobileKey, "mobil", r.Mobile()}} {
		if !c.Shared {
			continue
		}
		asked := query.Match{Field: query.Find(c.field), Pattern: query.Pattern{Pieces: []string{c.Value}, Phrase: true}}
		found, err := s.find(query.Search{Query: asked, Limit: most + 1})
		if err != nil {
			return kin{}, err
		}
		for _, other := range found.Persons {
			if other.ID() != r.ID() {
				row := add(other)
				row.Shares = append(row.Shares, strings.ToLower(w.T(c.key)))
			}
		}
		if found.Total > most+1 {
			more = append(more, link{searchURL{q: query.Print(asked)}.String(), w.T("relatives.all", w.number(found.Total), w.T("the."+c.key))})
		}
	}
	return kin{all, more}, nil
}
