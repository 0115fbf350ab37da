package admin

import (
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

type createRequest struct {
	Force  bool   `query:"force" description:"take in values that the register would refuse"`
	Like   string `json:"like,omitempty" pattern:"^[0-9]{11}$" description:"start from this person"`
	Random bool   `json:"random,omitempty" description:"start from a person drawn like the population"`
	Person
}

func (a *api) createPerson(c echo.Context) error {
	p, err := a.plan(c)
	if err != nil {
		return err
	}
	defer p.end()
	object := map[string]any{}
	if c.Request().ContentLength != 0 {
		if object, err = readObject(c.Request(), echo.MIMEApplicationJSON); err != nil {
			return err
		}
	}
	if err := p.create(object); err != nil {
		return err
	}
	if err := p.carryOut(); err != nil {
		return err
	}
	id := p.edits[0].ID
	c.Response().Header().Set("Location", prefix+"/persons/"+id.Digits())
	return writeStatus(c, http.StatusCreated, a.outcome(id))
}

// creation is a person to be made.
type creation struct {
	id    sandbox.PersonID
	start sandbox.Person // to begin with
	bare  bool           // begun with nothing
	body  patch
	force bool
}

// create plans a new person. Derived members of the body are passed over, so
// that what was read somewhere can be put in here; identifikatorType chooses
// the kind of a fresh number.
func (p *plan) create(object map[string]any) error {
	n := creation{force: p.force}
	var err error
	if n.start, n.bare, err = p.api.start(object); err != nil {
		return err
	}
	if n.body, err = readPatch(object); err != nil {
		return err
	}
	if n.id, err = p.number(n.body, n.start); err != nil {
		return err
	}
	p.edits = append(p.edits, sandbox.Edit{ID: n.id, Make: n.make})
	return nil
}

// start takes our own members from the body and gives the person that they say
// to begin with.
func (a *api) start(object map[string]any) (p sandbox.Person, bare bool, err error) {
	like, alike := object["like"]
	random, err := takeBool(object, "random")
	if err != nil {
		return p, false, err
	}
	delete(object, "like")
	switch {
	case alike && random:
		return p, false, invalid("create.both", "give like or random, not both")
	case alike:
		p, err = a.alike(like)
		return p, false, err
	case random:
		p, err = a.c.Draw()
		return p, false, err
	}
	p.Status = sandbox.Active
	p.FirstName, p.LastName = a.c.Name()
	return p, true, nil
}

func takeBool(object map[string]any, name string) (bool, error) {
	value, named := object[name]
	delete(object, name)
	on, ok := value.(bool)
	if named && !ok {
		return false, invalid("member.type", name+" must be true or false")
	}
	return on, nil
}

func (a *api) alike(like any) (sandbox.Person, error) {
	digits, ok := like.(string)
	if !ok {
		return sandbox.Person{}, invalid("member.type", "like must be a person's number, as a text")
	}
	id, err := keepable(digits)
	if err != nil {
		return sandbox.Person{}, err
	}
	r := a.c.Register.Person(id)
	if !r.Exists() {
		return sandbox.Person{}, invalid("like.unknown", fmt.Sprintf("like: the sandbox has no person with the number %v", id))
	}
	p := r.Person()
	p.Kin, p.Scenario, p.Registered = "", "", 0
	return p, nil
}

const (
	foedselsnummer = "foedselsnummer"
	dNummer        = "dNummer"
)

// number is the one in the body, or a fresh one that fits.
func (p *plan) number(body patch, start sandbox.Person) (sandbox.PersonID, error) {
	kind := body["identifikatorType"]
	if kind != "" && kind != foedselsnummer && kind != dNummer {
		return sandbox.PersonID{}, invalid("value.unknown", fmt.Sprintf("identifikatorType: %q is none of foedselsnummer, dNummer", sandbox.Short(kind)))
	}
	if digits := body["personidentifikator"]; digits != "" {
		id, err := keepable(digits)
		if err == nil && kind != "" && kind != kindOf(id) {
			err = invalid("create.kind", fmt.Sprintf("%v is no %s; leave identifikatorType out", id, kind))
		}
		return id, err
	}
	body.fill(&start, sandbox.InstantOf(p.api.c.Register.Now())) // faults are told when the person is made
	w := wanted{start.Birth, start.Sex, kind == dNummer || kind == "" && start.ID.DNumber()}
	return p.fresh(w)
}

func kindOf(id sandbox.PersonID) string {
	if id.DNumber() {
		return dNummer
	}
	return foedselsnummer
}

// make gives the person. One who has the number already and is not in the
// register comes back with nothing of what the register had; what the
// population register knows is kept, unless another person was begun with.
func (n creation) make(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
	if now.Status() == sandbox.Active {
		return sandbox.Person{}, conflict("person.exists", fmt.Sprintf("%v is AKTIV already; PATCH changes a person", n.id))
	}
	p := n.start
	p.ID = n.id
	if birth := n.id.BirthDate(); !birth.IsZero() {
		p.Birth, p.Sex = birth, n.id.Sex()
	}
	if now.Exists() {
		p.Birth, p.Sex = now.Birth(), now.Sex()
		if n.bare {
			p.Civil = now.Civil()
			if now.FirstName() != "" || now.LastName() != "" {
				p.FirstName, p.LastName = now.FirstName(), now.LastName()
			}
		}
	}
	return n.body.apply(p, at, n.force)
}
