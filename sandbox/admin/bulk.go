package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

type bulkRequest struct {
	Force      bool            `query:"force" json:"-" description:"take in values that the register would refuse"`
	Operations []bulkOperation `json:"operations" required:"true" nullable:"false" minItems:"1" maxItems:"1000"`
}

type bulkOperation struct {
	Op                  string          `json:"op" required:"true" enum:"create,set,delete,undo"`
	Personidentifikator string          `json:"personidentifikator,omitempty" pattern:"^[0-9]{11}$" description:"whom; a create may leave it out"`
	Person              json.RawMessage `json:"person,omitempty" description:"for create as in POST /persons, for set as in PATCH /persons/{id}"`
}

type bulkAnswer struct {
	Persons []outcome `json:"persons" required:"true" nullable:"false" description:"one for each operation, as they are after all of them"`
}

const maxOperations = 1000

func (a *api) bulk(c echo.Context) error {
	p, err := a.plan(c)
	if err != nil {
		return err
	}
	defer p.end()
	var body bulkRequest
	if err := readJSON(c.Request(), maxBulk, &body); err != nil {
		return err
	}
	if n := len(body.Operations); n == 0 || n > maxOperations {
		return invalid("bulk.size", fmt.Sprintf("operations must hold 1 to %d; it holds %d", maxOperations, n))
	}
	for i, o := range body.Operations {
		if err := p.add(o); err != nil {
			return atOperation(i, err)
		}
	}
	if err := p.carryOut(); err != nil {
		if i := p.failing(); i < len(p.edits) {
			err = atOperation(i, err)
		}
		return err
	}
	ids := make([]sandbox.PersonID, len(p.edits))
	for i, e := range p.edits {
		ids[i] = e.ID
	}
	return writeJSON(c, bulkAnswer{a.outcomes(ids...)})
}

// add plans one operation of many.
func (p *plan) add(o bulkOperation) error {
	if o.Op == "create" {
		return p.addCreate(o)
	}
	id, err := keepable(o.Personidentifikator)
	switch {
	case o.Op != "set" && o.Op != "delete" && o.Op != "undo":
		return invalid("bulk.op", fmt.Sprintf("op %q is none of create, set, delete, undo", sandbox.Short(o.Op)))
	case err != nil:
		return err
	case o.Op == "set" && len(o.Person) == 0:
		return invalid("bulk.person", "set needs a person")
	case o.Op == "set":
		object, err := decodeObject(o.Person)
		if err != nil {
			return err
		}
		return p.set(id, object)
	case len(o.Person) != 0:
		return invalid("bulk.person", o.Op+" takes no person")
	case o.Op == "delete":
		p.delete(id)
	default:
		p.undo(id)
	}
	return nil
}

func (p *plan) addCreate(o bulkOperation) error {
	object := map[string]any{}
	if len(o.Person) != 0 {
		var err error
		if object, err = decodeObject(o.Person); err != nil {
			return err
		}
	}
	if o.Personidentifikator != "" {
		if inside, named := object["personidentifikator"]; named && inside != o.Personidentifikator {
			return invalid("bulk.number", "personidentifikator differs from the one in person")
		}
		object["personidentifikator"] = o.Personidentifikator
	}
	return p.create(object)
}

var errTried = errors.New("tried only")

// failing finds the first edit that cannot be made. Edits are tried with one
// behind them that always fails, so that nothing is changed.
func (p *plan) failing() int {
	fail := func(sandbox.Record, sandbox.Instant) (sandbox.Person, error) { return sandbox.Person{}, errTried }
	return sort.Search(len(p.edits), func(i int) bool {
		try := append(p.edits[:i+1:i+1], sandbox.Edit{ID: p.edits[i].ID, Make: fail})
		return !errors.Is(p.api.c.Register.Change(try...), errTried)
	})
}

func atOperation(i int, err error) error {
	var known *sandbox.Error
	if !errors.As(err, &known) || known.Kind == sandbox.Internal || known.Kind == sandbox.Unavailable {
		return err
	}
	return &sandbox.Error{Kind: known.Kind, Code: known.Code, Text: fmt.Sprintf("operations[%d]: %s", i, known.Text)}
}
