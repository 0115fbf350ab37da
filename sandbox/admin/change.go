package admin

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

type patchRequest struct {
	ID    string `path:"id" pattern:"^[0-9]{11}$"`
	Force bool   `query:"force" description:"take in values that the register would refuse"`
	Person
}

type replaceRequest struct {
	ID                  string `path:"id" pattern:"^[0-9]{11}$"`
	Personidentifikator string `json:"personidentifikator,omitempty" pattern:"^[0-9]{11}$" description:"the new number; a fresh one when left out"`
}

// outcome is a person after a change, or that there is none any more.
type outcome struct{ v any }

type gone struct {
	Personidentifikator string `json:"personidentifikator" required:"true" pattern:"^[0-9]{11}$"`
	Gone                bool   `json:"gone" required:"true" const:"true" description:"the change that was taken back had created the person"`
}

// MarshalJSON writes whichever it is.
func (o outcome) MarshalJSON() ([]byte, error) { return encode(o.v) }

// JSONSchemaAnyOf is for the document.
func (outcome) JSONSchemaAnyOf() []any { return []any{Person{}, gone{}} }

func (a *api) outcome(id sandbox.PersonID) outcome { return a.outcomes(id)[0] }

func (a *api) outcomes(ids ...sandbox.PersonID) []outcome {
	found, w := make([]sandbox.Record, len(ids)), a.window()
	a.c.Register.Lookup(ids, found)
	out := make([]outcome, len(ids))
	for i, r := range found {
		if out[i].v = any(gone{ids[i].Digits(), true}); r.Exists() {
			out[i].v = NewPerson(r, w)
		}
	}
	return out
}

// change plans, carries out and answers a change of the person in the path.
func (a *api) change(c echo.Context, add func(*plan, sandbox.PersonID) error) error {
	p, err := a.plan(c)
	if err != nil {
		return err
	}
	defer p.end()
	id, err := keepable(c.Param("id"))
	if err != nil {
		return err
	}
	if err := add(p, id); err != nil {
		return err
	}
	if err := p.carryOut(); err != nil {
		return err
	}
	return writeJSON(c, a.outcome(p.edits[len(p.edits)-1].ID))
}

func (a *api) patchPerson(c echo.Context) error {
	return a.change(c, func(p *plan, id sandbox.PersonID) error {
		object, err := readObject(c.Request(), mergePatch, echo.MIMEApplicationJSON)
		if err != nil {
			return err
		}
		return p.set(id, object)
	})
}

func (a *api) deletePerson(c echo.Context) error {
	return a.change(c, func(p *plan, id sandbox.PersonID) error { p.delete(id); return nil })
}

func (a *api) undoPerson(c echo.Context) error {
	return a.change(c, func(p *plan, id sandbox.PersonID) error { p.undo(id); return nil })
}

func (a *api) replacePerson(c echo.Context) error {
	return a.change(c, func(p *plan, old sandbox.PersonID) error {
		var body struct {
			Personidentifikator string `json:"personidentifikator"`
		}
		if c.Request().ContentLength != 0 {
			if err := readJSON(c.Request(), maxBody, &body); err != nil {
				return err
			}
		}
		r := a.c.Register.Person(old)
		switch {
		case !r.Exists():
			return unknownPerson(old)
		case !old.DNumber():
			return invalid("replace.kind", fmt.Sprintf("%v is a foedselsnummer, which is never replaced; only a D-number is", old))
		}
		id, err := p.replacement(body.Personidentifikator, r)
		if err == nil {
			p.replace(old, id)
		}
		return err
	})
}

func (p *plan) replacement(digits string, r sandbox.Record) (sandbox.PersonID, error) {
	if digits == "" {
		return p.fresh(wanted{birth: r.Birth(), sex: r.Sex()})
	}
	id, err := keepable(digits)
	if err == nil && id.DNumber() {
		err = invalid("replace.kind", fmt.Sprintf("%v is a D-number; a D-number is replaced by a foedselsnummer", id))
	}
	return id, err
}

type resetAnswer struct {
	Persons int `json:"persons" required:"true" description:"how many persons had changes, which are taken back"`
}

func (a *api) reset(c echo.Context) error {
	n := a.c.Register.Changed()
	if err := a.c.Reset(); err != nil {
		return err
	}
	return writeJSON(c, resetAnswer{n})
}
