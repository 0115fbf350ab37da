package app

import (
	"math/rand/v2"
	"strings"

	"liksom/fakeauth/idporten"
	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/sandbox/query"
)

// people are those who can log in: everybody whose number is synthetic, in the
// register or not.
type people struct {
	register *sandbox.Register
	engine   *population.Engine
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
// whom there is something else to know.
func (p people) oneOfEach(limit int) []idporten.Person {
	const enough = 500 // of the edge cases, to see every kind
	out := p.find(query.Search{Query: must(query.Parse(cardPerson)), Limit: 1})
	seen := map[string]bool{"": true}
	for _, one := range p.find(query.Search{Query: must(query.Parse("katalog:*")), Limit: enough}) {
		if kind := strings.Join(one.Note, " "); !seen[kind] && len(out) < limit {
			seen[kind] = true
			out = append(out, one)
		}
	}
	return out
}

// must is for queries that stand in the program.
func must(n query.Node, err error) query.Node {
	if err != nil {
		panic(err)
	}
	return n
}

// Random gives somebody.
func (p people) Random() idporten.Person {
	if found := p.find(query.Search{Shuffle: true, Seed: rand.Uint64(), Limit: 1}); len(found) > 0 {
		return found[0]
	}
	return idporten.Person{PID: cardPerson, Age: -1}
}

func (p people) find(s query.Search) []idporten.Person {
	found, err := p.engine.Search(s)
	if err != nil {
		return nil // only a sorting or a cursor can be wrong
	}
	var out []idporten.Person
	for _, r := range found.Persons {
		one := idporten.Person{PID: r.ID().Digits(), Name: strings.TrimSpace(r.FirstName() + " " + r.LastName()), Age: -1, Note: notes(r, found.Clock.Window)}
		if !r.Birth().IsZero() {
			one.Age = found.Clock.Today.Age(r.Birth())
		}
		out = append(out, one)
	}
	return out
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
