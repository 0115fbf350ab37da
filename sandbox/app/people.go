package app

import (
	"math/rand/v2"
	"strings"

	"liksom/fakeauth/idporten"
	"liksom/generator/catalogue"
	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/sandbox/query"
)

// people are those who can log in: everybody whose number is synthetic, in the
// register or not.
type people struct {
	register *sandbox.Register
	engine   *population.Engine
	image    *population.Image // never empty: the edge cases are in it
	scenes   []catalogue.Scene
}

// Check tells why a number cannot log in.
func (people) Check(pid string) string {
	id, err := sandbox.ParsePersonID(pid)
	switch {
	case err == nil && id.Synthetic():
		return ""
	case err == nil:
		return "real"
	}
	return map[error]string{sandbox.ErrIDShape: "shape", sandbox.ErrIDChecksum: "checksum", sandbox.ErrIDDate: "date"}[err]
}

// Search finds persons as the start page does; for no words one of each kind among
// the edge cases. What cannot be read as a query finds nobody.
func (p people) Search(words string, limit int) []idporten.Person {
	if words = strings.TrimSpace(words); words == "" {
		return p.oneOfEach(limit)
	}
	asked, err := query.Parse(words)
	if err != nil {
		return nil
	}
	return p.find(query.Search{Query: asked, Limit: limit})
}

// oneOfEach begins with the person of the start card, and goes on with persons of
// the edge cases of whom there is something else to know.
func (p people) oneOfEach(limit int) []idporten.Person {
	now := query.ClockAt(p.register.Now())
	var out []idporten.Person
	seen := map[string]bool{}
	show := func(r sandbox.Record) {
		if !r.Exists() || len(out) == limit {
			return
		}
		one := person(r, now)
		if kind := strings.Join(one.Note, " "); !seen[kind] {
			seen[kind] = true
			out = append(out, one)
		}
	}
	if first, err := sandbox.ParsePersonID(cardPerson); err == nil {
		show(p.register.Person(first))
	}
	for _, scene := range p.scenes {
		for _, actor := range scene.Persons {
			show(p.register.Person(actor.ID))
		}
	}
	return out
}

// Random gives an adult of those who were there at first.
func (p people) Random() idporten.Person {
	now := query.ClockAt(p.register.Now())
	var id sandbox.PersonID
	for range 100 { // more than enough, unless the register's clock stands long ago
		id = p.image.At(rand.IntN(p.image.Len())).ID()
		if r := p.register.Person(id); r.Exists() {
			if one := person(r, now); one.Age >= 18 {
				return one
			}
		}
	}
	return idporten.Person{PID: id.Digits(), Age: -1} // who has been taken out since can log in all the same
}

func (p people) find(s query.Search) []idporten.Person {
	found, err := p.engine.Search(s)
	if err != nil {
		return nil // only a sorting or a cursor can be wrong
	}
	var out []idporten.Person
	for _, r := range found.Persons {
		out = append(out, person(r, found.Clock))
	}
	return out
}

func person(r sandbox.Record, now query.Clock) idporten.Person {
	one := idporten.Person{PID: r.ID().Digits(), Name: strings.TrimSpace(r.FirstName() + " " + r.LastName()), Age: -1, Note: notes(r, now.Window)}
	if !r.Birth().IsZero() {
		one.Age = now.Today.Age(r.Birth())
	}
	return one
}

// notes are what to know of a person before one logs in as them.
func notes(r sandbox.Record, w sandbox.Window) []string {
	var out []string
	note := func(is bool, key string) {
		if is {
			out = append(out, key)
		}
	}
	note(r.Status() == sandbox.NotRegistered, "ikkeRegistrert")
	note(r.Status() == sandbox.Deleted, "slettet")
	if r.Status() == sandbox.Active {
		email, mobile := w.Freshness(r.Email()), w.Freshness(r.Mobile())
		note(r.Reserved(), "reservert")
		note(email == sandbox.Missing && mobile == sandbox.Missing, "mangler")
		note(email == sandbox.Expired, "epost.utgaatt")
		note(mobile == sandbox.Expired, "mobil.utgaatt")
	}
	note(r.ID().DNumber(), "dNummer")
	return out
}
