package app

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
)

// personCommands change persons of a running sandbox. Fields are written as
// NAME=VALUE, in the register's names; an empty value takes the field away.
type personCommands struct {
	Create personCreate `cmd:"" help:"Create a person: from nothing, --random, or --like another. liksom person create epostadresse=ny@example.com reservasjon=JA"`
	Set    personSet    `cmd:"" help:"Change a person. liksom person set 05840399895 epostadresse_oppdatert=-19m epostadresse_sist_verifisert=-19m"`
	Delete personDelete `cmd:"" help:"Delete a person: status SLETTET."`
	Undo   personUndo   `cmd:"" help:"Take a person's last change back."`
}

type personCreate struct {
	serverFlag
	Random bool     `help:"Start from a person drawn like the population."`
	Like   string   `placeholder:"ID" help:"Start from this person."`
	Force  bool     `help:"Take in values that the register would refuse."`
	Fields []string `arg:"" optional:"" help:"NAME=VALUE in the register's names."`
}

// Run creates a person and prints it.
func (c *personCreate) Run(s streams) error {
	body, err := fieldsOf(c.Fields)
	if err != nil {
		return err
	}
	if c.Random {
		body["random"] = true
	}
	if c.Like != "" {
		body["like"] = c.Like
	}
	return c.change(s, http.MethodPost, "/sandbox/v1/persons"+forced(c.Force), body)
}

type personSet struct {
	serverFlag
	ID     string   `arg:"" help:"The person's number."`
	Force  bool     `help:"Take in values that the register would refuse."`
	Fields []string `arg:"" help:"NAME=VALUE in the register's names; dates may be relative: -19m."`
}

// Run changes a person and prints it.
func (c *personSet) Run(s streams) error {
	body, err := fieldsOf(c.Fields)
	if err != nil {
		return err
	}
	return c.change(s, http.MethodPatch, personPath(c.ID)+forced(c.Force), body)
}

type personDelete struct {
	serverFlag
	ID string `arg:"" help:"The person's number."`
}

// Run deletes a person and prints it.
func (c *personDelete) Run(s streams) error {
	return c.change(s, http.MethodDelete, personPath(c.ID), nil)
}

type personUndo struct {
	serverFlag
	ID string `arg:"" help:"The person's number."`
}

// Run takes the last change back and prints the person.
func (c *personUndo) Run(s streams) error {
	return c.change(s, http.MethodPost, personPath(c.ID)+"/undo", nil)
}

// clockCommands show and move the register clock.
type clockCommands struct {
	Show    clockShow    `cmd:"" default:"withargs" help:"Show the register clock (the default)."`
	Set     clockSet     `cmd:"" help:"Let the clock stand still at a time: 2026-08-31T12:00:00+02:00; with --running it goes on from there."`
	Advance clockAdvance `cmd:"" help:"Move the clock by an ISO 8601 period: P18M, P1D, -P1Y."`
	Reset   clockReset   `cmd:"" help:"Bring the clock back to how it started."`
}

const clockPath = "/sandbox/v1/clock"

type clockShow struct{ serverFlag }

// Run prints the clock.
func (c *clockShow) Run(s streams) error { return c.change(s, http.MethodGet, clockPath, nil) }

type clockSet struct {
	serverFlag
	Time    string `arg:"" help:"The time to show; a day means its first instant."`
	Running bool   `help:"Go on from there instead of standing still."`
}

// Run sets the clock and prints it.
func (c *clockSet) Run(s streams) error {
	at, err := parseMoment(c.Time)
	if err != nil {
		return usage("%w", err)
	}
	return c.change(s, http.MethodPut, clockPath, map[string]any{"now": at, "frozen": !c.Running})
}

type clockAdvance struct {
	serverFlag
	Period string `arg:"" help:"How far: P18M, P1DT2H, -P1Y."`
}

// Run moves the clock and prints it.
func (c *clockAdvance) Run(s streams) error {
	return c.change(s, http.MethodPut, clockPath, map[string]any{"advance": c.Period})
}

type clockReset struct{ serverFlag }

// Run brings the clock back and prints it.
func (c *clockReset) Run(s streams) error { return c.change(s, http.MethodDelete, clockPath, nil) }

type resetCommand struct{ serverFlag }

// Run takes back every change.
func (c *resetCommand) Run(s streams) error {
	return c.change(s, http.MethodPost, "/sandbox/v1/reset", nil)
}

// change makes a request with a JSON body and prints the answer.
func (f serverFlag) change(s streams, method, path string, body map[string]any) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return err
		}
	}
	answer, err := f.call(s.ctx, method, path, "application/json", text)
	if err != nil {
		return err
	}
	_, err = s.out.Write(answer)
	return err
}

func personPath(id string) string { return "/sandbox/v1/persons/" + url.PathEscape(id) }

func forced(force bool) string {
	if force {
		return "?force=true"
	}
	return ""
}

// nested says in which object of the person a field lies, by how its name begins.
var nested = map[string]string{
	"epostadresse": "kontaktinformasjon", "mobiltelefonnummer": "kontaktinformasjon",
	"postkasseadresse": "digital_post", "postkasseleverandoeradresse": "digital_post",
}

// fieldsOf reads NAME=VALUE into the person's shape.
func fieldsOf(fields []string) (map[string]any, error) {
	body := map[string]any{}
	for _, f := range fields {
		name, text, ok := strings.Cut(f, "=")
		if !ok || name == "" {
			return nil, usage("%q is not a field; write NAME=VALUE, for example epostadresse=ny@example.com", f)
		}
		var value any = text
		if text == "" {
			value = nil
		}
		first, _, _ := strings.Cut(name, "_")
		if object, ok := nested[first]; ok {
			inner, _ := body[object].(map[string]any)
			if inner == nil {
				inner = map[string]any{}
				body[object] = inner
			}
			inner[name] = value
			continue
		}
		body[name] = value
	}
	return body, nil
}
