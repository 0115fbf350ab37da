package ui

import (
	"encoding/json"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

// The pages that change a person, or make another one like it.
const (
	editPath   = "/person/:id/endre"
	likePath   = "/person/:id/lik"
	deletePath = "/person/:id/slett"
	undoPath   = "/person/:id/angre"
)

func personPath(path string, id sandbox.PersonID) string {
	return strings.Replace(path, ":id", id.Digits(), 1)
}

// editPage is the form.
type editPage struct {
	frame
	Action, Back, Button string
	Lead                 string
	Query                string // that the person is made for; empty when it is not
	Cannot               []criterionView
	Delete               string // where the person can be deleted; empty when another one is made
	Fault                refusal
	Saying               string // of the fault
	Groups               []editGroup
}

func (s *site) askEdit(c echo.Context) error { return s.edit(c, editPath, nil, refusal{}) }

func (s *site) askLike(c echo.Context) error { return s.edit(c, likePath, nil, refusal{}) }

// edit shows the form with what the person has, or with what was typed.
func (s *site) edit(c echo.Context, path string, typed formValues, fault refusal) error {
	r, err := s.personOf(c)
	if err != nil {
		return err
	}
	m := s.moment()
	told, err := json.Marshal(s.told(r, m.window))
	if err != nil {
		return err
	}
	var held map[string]any
	if err := json.Unmarshal(told, &held); err != nil {
		return err
	}
	f := s.frame(c.Request(), m)
	f.Entry, f.sheet, f.Here = entryPeople, "person.css", personPath(path, r.ID())
	page := editPage{
		frame: f, Action: f.Here, Back: personURL{id: r.ID(), version: 2, scope: scopeBoth}.String(), Fault: fault, Saying: f.saying(fault), Lead: f.T("edit.intro"), Groups: f.editGroups(held, typed),
		Button: f.T("edit.save"), Delete: personPath(deletePath, r.ID()),
	}
	page.Title = f.T("edit.title", fullName(r))
	if path == likePath {
		page.Title, page.Lead, page.Button, page.Delete = f.T("edit.like", fullName(r)), f.T("edit.like.intro"), f.T("edit.make"), ""
	}
	return s.render(c, http.StatusOK, "endre", page)
}

func (s *site) doEdit(c echo.Context) error {
	return s.send(c, editPath, func(sandbox.PersonID, map[string]any) (string, string) {
		return http.MethodPatch, "/persons/" + c.Param("id")
	})
}

func (s *site) doLike(c echo.Context) error {
	return s.send(c, likePath, func(id sandbox.PersonID, body map[string]any) (string, string) {
		body["like"] = id.Digits()
		return http.MethodPost, "/persons"
	})
}

// send has the control API do what the form says, and goes to the person.
func (s *site) send(c echo.Context, path string, how func(sandbox.PersonID, map[string]any) (method, path string)) error {
	r, err := s.personOf(c)
	if err != nil {
		return err
	}
	form, err := readForm(c)
	if err != nil {
		return err
	}
	body := changes(form, editGroups)
	method, to := how(r.ID(), body)
	answer, fault, err := s.ask(c.Request().Context(), method, to, body)
	switch {
	case err != nil:
		return err
	case fault != refusal{}:
		return s.edit(c, path, form, fault)
	}
	return s.toPerson(c, answer)
}

func (s *site) doDelete(c echo.Context) error {
	return s.simply(c, http.MethodDelete, "/persons/"+c.Param("id"))
}

func (s *site) doUndo(c echo.Context) error {
	return s.simply(c, http.MethodPost, "/persons/"+c.Param("id")+"/undo")
}

// simply has the control API do what needs no form.
func (s *site) simply(c echo.Context, method, to string) error {
	if _, err := s.personOf(c); err != nil {
		return err
	}
	answer, fault, err := s.ask(c.Request().Context(), method, to, struct{}{})
	switch {
	case err != nil:
		return err
	case fault != refusal{}:
		return s.edit(c, editPath, nil, fault)
	}
	return s.toPerson(c, answer)
}

// toPerson goes to the person of an answer, or home when there is none any more.
func (s *site) toPerson(c echo.Context, answer map[string]any) error {
	digits, _ := answer["personidentifikator"].(string)
	id, err := sandbox.ParsePersonID(digits)
	if err != nil || answer["gone"] == true {
		return c.Redirect(http.StatusSeeOther, home)
	}
	return c.Redirect(http.StatusSeeOther, personURL{id: id, version: 2, scope: scopeBoth}.String())
}

// personOf is the person whom the address names.
func (s *site) personOf(c echo.Context) (sandbox.Record, error) {
	id, err := sandbox.ParsePersonID(c.Param("id"))
	if err != nil {
		return sandbox.Record{}, lost{c.Param("id")}
	}
	r := s.register.Person(id)
	if !r.Exists() {
		return sandbox.Record{}, lost{c.Param("id")}
	}
	return r, nil
}
