package ui

import (
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// makePath is where a person is made whom a search asks for.
const makePath = "/ny"

func makeURL(q string) string { return makePath + "?" + url.Values{"q": {q}}.Encode() }

// criterionView names a term of a query; Code is set when only the language can
// say it.
type criterionView struct{ Label, Code string }

// makeGroups are the fields by which a person can be made.
var makeGroups = append([]fieldGroup{{"edit.person", []editable{
	{path: numberMember, label: "make.number"},
	{path: kindMember, label: "identifier", choices: []string{"foedselsnummer", "dNummer"}},
	{path: "fornavn", label: "edit.first"},
	{path: "etternavn", label: "edit.last"},
	{path: birthMember, label: "born"},
	{path: "kjoenn", label: "sex", choices: []string{"kvinne", "mann"}},
	{path: "personstatus", label: "civil", choices: []string{"bosatt", "utflyttet", "doed"}},
	{path: "kommunenr", label: "municipality"},
	{path: "status", label: "status", choices: []string{"AKTIV", "SLETTET", "IKKE_REGISTRERT"}},
	{path: "reservasjon", label: "reservation", choices: []string{"NEI", "JA"}},
	{path: "reservasjonstidspunkt", label: "reservation", word: "make.at"},
	{path: "reservasjon_oppdatert", label: "reservation", word: "updated"},
	{path: "spraak", label: "spoken", choices: []string{"", "nb", "nn", "en", "se"}},
	{path: "spraak_oppdatert", label: "spoken", word: "updated"},
}}}, editGroups[1:]...)

func (s *site) askMake(c echo.Context) error {
	q := cut(c.QueryParam("q"))
	m := s.moment()
	asked, err := query.Parse(q)
	terms := criteriaOf(asked).terms()
	if err != nil || len(terms) == 0 || shownQuery(q) != q {
		return c.Redirect(http.StatusSeeOther, searchURL{q: q}.String())
	}
	found, left := wishesOf(terms, m.query())
	values, err := s.fill(found, m.query())
	if err != nil {
		return err
	}
	return s.showMake(c, m, q, values, left, refusal{})
}

// showMake shows the form with values by path.
func (s *site) showMake(c echo.Context, m moment, q string, values map[string]string, left []query.Node, fault refusal) error {
	f := s.frame(c.Request(), m)
	f.Entry, f.sheet, f.Here, f.Title = entryPeople, "person.css", makeURL(q), f.T("make.such")
	page := editPage{frame: f, Action: makePath, Query: q, Back: searchURL{q: q}.String(), Button: f.T("edit.make"), Lead: f.T("make.intro"), Fault: fault, Saying: f.saying(fault)}
	for _, n := range left {
		label, code := f.criterion(n)
		page.Cannot = append(page.Cannot, criterionView{label, code})
	}
	for _, g := range makeGroups {
		group := editGroup{Title: f.T(g.title)}
		for _, e := range g.fields {
			if value, asked := values[e.path]; asked {
				group.Fields = append(group.Fields, f.chosenOf(e, f.editField(e, value)))
			}
		}
		if len(group.Fields) > 0 {
			page.Groups = append(page.Groups, group)
		}
	}
	return s.render(c, http.StatusOK, "endre", page)
}

// doMake has the control API draw a person with what the form says, and goes to
// the person among the hits of the search.
func (s *site) doMake(c echo.Context) error {
	form, err := readForm(c)
	if err != nil {
		return err
	}
	q := cut(form.Get("q"))
	body := changes(form, makeGroups)
	body["random"] = true
	answer, fault, err := s.ask(c.Request().Context(), http.MethodPost, "/persons", body)
	switch {
	case err != nil:
		return err
	case fault != refusal{}:
		return s.showMake(c, s.moment(), q, typedValues(form), nil, fault)
	}
	digits, _ := answer[numberMember].(string)
	id, err := sandbox.ParsePersonID(digits)
	if err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, personURL{id: id, q: q, version: 2, scope: scopeBoth}.String())
}

// typedValues are what was typed, by path.
func typedValues(form formValues) map[string]string {
	values := map[string]string{}
	for _, g := range makeGroups {
		for _, e := range g.fields {
			if typed, asked := form[e.path]; asked {
				values[e.path] = typed[0]
			}
		}
	}
	return values
}
