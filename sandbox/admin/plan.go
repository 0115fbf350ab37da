package admin

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

// plan gathers the edits of a call, which are carried out together.
type plan struct {
	api   *api
	force bool
	edits []sandbox.Edit
	held  []sandbox.PersonID // fresh numbers
}

func (a *api) plan(c echo.Context) (*plan, error) {
	switch force := c.QueryParam("force"); force {
	case "", "false", "true":
		return &plan{api: a, force: force == "true"}, nil
	}
	return nil, invalid("force.invalid", "force must be true or false")
}

func (p *plan) fresh(w wanted) (sandbox.PersonID, error) {
	id, err := p.api.numbers.fresh(w, sandbox.DateOf(p.api.c.Register.Now()))
	if err == nil {
		p.held = append(p.held, id)
	}
	return id, err
}

func (p *plan) carryOut() error { return p.api.c.Register.Change(p.edits...) }

// end lets go of what the plan holds; call it when all is done or given up.
func (p *plan) end() { p.api.numbers.letGo(p.held) }

func unknownPerson(id sandbox.PersonID) error {
	return notFound("person.unknown", fmt.Sprintf("the sandbox has no person with the number %v; POST %s/persons creates one", id, prefix))
}

// set plans a merge patch.
func (p *plan) set(id sandbox.PersonID, object map[string]any) error {
	body, err := readPatch(object)
	faults := []error{err}
	if r := p.api.c.Register.Person(id); r.Exists() {
		faults = append(faults, body.checkDerived(NewPerson(r, p.api.window())))
	}
	if err := together(faults); err != nil {
		return err
	}
	force := p.force
	p.edits = append(p.edits, sandbox.Edit{ID: id, Make: func(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
		if !now.Exists() {
			return sandbox.Person{}, unknownPerson(id)
		}
		return body.apply(now.Person(), at, force)
	}})
	return nil
}

func (p *plan) delete(id sandbox.PersonID) {
	p.edits = append(p.edits, sandbox.Edit{ID: id, Make: func(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
		if !now.Exists() {
			return sandbox.Person{}, unknownPerson(id)
		}
		return deleted(now.Person(), at), nil
	}})
}

func deleted(before sandbox.Person, at sandbox.Instant) sandbox.Person {
	after := before
	after.Status = sandbox.Deleted
	sandbox.Move(before, &after, at, 0)
	return after
}

func (p *plan) undo(id sandbox.PersonID) {
	p.edits = append(p.edits, sandbox.Edit{ID: id, Undo: true})
}

// replace plans that a person gets a fødselsnummer instead of a D-number: all
// that the register has moves along, and the old number is deleted. Source: a
// notice by Digdir, 2019.
func (p *plan) replace(old, id sandbox.PersonID) {
	var moved sandbox.Person // found by the first edit for the second
	p.edits = append(p.edits, sandbox.Edit{ID: old, Make: func(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
		if now.Status() != sandbox.Active {
			return sandbox.Person{}, conflict("replace.inactive", fmt.Sprintf("%v is %v and has nothing that could move to another number", old, now.Status()))
		}
		moved = now.Person()
		return deleted(moved, at), nil
	}}, sandbox.Edit{ID: id, Make: func(now sandbox.Record, _ sandbox.Instant) (sandbox.Person, error) {
		if now.Status() == sandbox.Active {
			return sandbox.Person{}, conflict("person.exists", fmt.Sprintf("%v is AKTIV already", id))
		}
		moved.ID = id
		if birth := id.BirthDate(); !birth.IsZero() {
			moved.Birth, moved.Sex = birth, id.Sex()
		}
		return moved, nil
	}})
}
