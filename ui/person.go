package ui

import (
	"encoding/json"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// personView is a person as both the panel and the page show one.
type personView struct {
	words
	ID, Name  string
	URL       string   // of the person's own page
	Identity  []string // age, sex
	Kind      string   // of the number
	Verdict   verdict
	Timelines []timeline
	Answer    answer
	Rules     []rule
	WorkedOut string // when the rules were applied
	Register  []fact
	Mailbox   []fact
	Person    []fact
	Past      []happening
	kin
}

func (s *site) personView(w words, r sandbox.Record, m moment, u personURL, req *http.Request) (personView, error) {
	related, err := s.kin(w, r)
	v := personView{
		words: w, ID: r.ID().Digits(), Name: fullName(r), URL: personURL{id: u.id, q: u.q}.String(),
		Identity: s.livesIn(w.identity(r, m), r), Kind: w.numberKind(r.ID()), Verdict: w.verdict(r, m),
		Timelines: w.timelines(r, m, "t"), Answer: s.answerView(w, r, m, u, req), Rules: w.why(r, m, s.policy),
		WorkedOut: w.T("why.at", w.day(m.at), w.clock(m.at)),
		Register:  w.contactFacts(r, m), Mailbox: w.mailboxFacts(r), Person: w.personFacts(r, s.places), Past: s.past(w, r, m), kin: related,
	}
	if series := w.series(r.ID()); series != "" {
		v.Kind += " (" + series + ")"
	}
	return v, err
}

// fullName is the name, or the number of somebody without one.
func fullName(r sandbox.Record) string {
	if name := strings.TrimSpace(r.FirstName() + " " + r.LastName()); name != "" {
		return name
	}
	return r.ID().Digits()
}

// personPage is /person/{id}.
type personPage struct {
	frame
	View     personView
	Back     string // to the hits that the person was found among
	Previous string // the page of the hit before, by number; empty when there is none
	Next     string // of the hit after
	Messages string // what the person would have been sent
	Cast     link   // the edge case that the person plays in; no URL for most

	ID         string // the person's number, for logging in as them
	Edit, Like string // pages that change the person, or make another
	Undo       string // where the last change is taken back; empty when there is none

	Source string // all that is known, as JSON
}

func (s *site) person(c echo.Context) error {
	typed := c.Param("id")
	id, err := sandbox.ParsePersonID(typed)
	if err != nil {
		return lost{typed}
	}
	r := s.register.Person(id)
	if !r.Exists() {
		return lost{typed}
	}
	m := s.moment()
	u := personURL{id: id, q: cut(c.QueryParam("q")), version: 2, scope: scopeBoth}
	if c.QueryParam("ver") == "v1" {
		u.version = 1
	}
	if scope := c.QueryParam("scope"); slices.Contains([]string{scopeContact, scopeMailbox}, scope) {
		u.scope = scope
	}
	f := s.frame(c.Request(), m)
	view, err := s.personView(f.words, r, m, u, c.Request())
	if err != nil {
		return err
	}
	page := personPage{frame: f, View: view, Back: searchURL{q: u.q}.String()}
	page.Entry, page.sheet, page.Title = entryPeople, "person.css", page.View.Name
	page.Cast, page.Messages = s.castOf(f.words, r), outboxURL{to: id.Digits()}.String()
	page.Edit, page.Like, page.ID = personPath(editPath, id), personPath(likePath, id), id.Digits()
	if s.register.CanUndo(id) {
		page.Undo = personPath(undoPath, id)
	}
	told, err := json.MarshalIndent(s.told(r, m.window), "", "  ")
	if err != nil {
		return err
	}
	page.Source = string(told)
	if asked, err := query.Parse(u.q); err == nil {
		if page.Next, err = s.beside(u, asked, "identifikator"); err != nil {
			return err
		}
		if page.Previous, err = s.beside(u, asked, "-identifikator"); err != nil {
			return err
		}
	}
	return s.render(c, http.StatusOK, "person", page)
}

// beside is the page of the hit that comes after a person in an order of numbers;
// "" when there is none.
func (s *site) beside(u personURL, asked query.Node, order string) (string, error) {
	found, err := s.find(query.Search{Query: asked, Sort: order, After: u.id, Limit: 1})
	if err != nil || len(found.Persons) == 0 {
		return "", err
	}
	u.id = found.Persons[0].ID()
	return u.String(), nil
}
