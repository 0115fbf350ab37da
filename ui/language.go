package ui

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/query"
)

const languagePath = "/hjelp/sporresprak"

// languagePage explains the query language: what can be written, and the fields.
type languagePage struct {
	frame
	Examples []exampleGroup
	Tables   []fieldTable
}

// exampleGroup is queries that show one thing.
type exampleGroup struct {
	Title   string
	Queries []queryExample
}

// queryExample is a query that one can try.
type queryExample struct{ Query, URL, Means string }

// fieldTable is the fields of one register.
type fieldTable struct {
	ID, Title string
	Fields    []fieldRow
}

// fieldRow is one field.
type fieldRow struct {
	Name, Aliases string
	Doc, Kind     string
	ByClock       bool
	Values        []string
	Example       queryExample
}

// queries are the examples, by the part of the language that they show. What
// each means is the text of "means.", the group and its place.
var queries = []struct {
	group string
	texts []string
}{
	{"words", []string{`høvelig ishule`, `"høvelig ishule"`, `høv*`}},
	{"fields", []string{`reservasjon:JA`, `spraak:(nn or se)`, `epost:*`, `fornavn:A* etternavn:*sen`}},
	{"logic", []string{`status:AKTIV and not reservasjon:JA`, `epostTilstand:utgaatt or mobilTilstand:utgaatt`, `alder > 70 and (postkasse:digipost or postkasse:eboks)`}},
	{"ranges", []string{`alder > 70`, `foedselsdato:[2003 to 2005-06]`, `foedselsdato > 2003 and < 2005`, `endret:[2025 to *]`}},
	{"clock", []string{`epostOppdatert < nå-18m`, `endret > i dag-3d`, `mobilSistVerifisert:[nå-18m to nå-16m]`}},
	{"kin", []string{`tenorRelasjoner.freg:{tenorRelasjonsnavn:barn and alder < 18}`, `vergeFnr:*`}},
}

func (s *site) explainLanguage(c echo.Context) error {
	f := s.frame(c.Request(), s.moment())
	f.Entry, f.Page, f.Title, f.Here = entryHelp, languagePath, f.T("language.title"), languagePath
	page := languagePage{frame: f, Tables: []fieldTable{{ID: "folkeregisteret", Title: f.T("language.persons")}, {ID: "krr", Title: f.T("language.register")}}}
	for _, group := range queries {
		g := exampleGroup{Title: f.T("language." + group.group)}
		means := strings.Split(f.T("means."+group.group), "|")
		for i, text := range group.texts {
			g.Queries = append(g.Queries, queryExample{text, searchURL{q: text}.String(), means[i]})
		}
		page.Examples = append(page.Examples, g)
	}
	for _, field := range query.Fields {
		t := &page.Tables[0]
		if field.KRR {
			t = &page.Tables[1]
		}
		t.Fields = append(t.Fields, f.fieldRow(field))
	}
	return s.render(c, http.StatusOK, "sporresprak", page)
}

func (w words) fieldRow(f *query.Field) fieldRow {
	example := exampleOf(f)
	row := fieldRow{
		Name: f.Name, Aliases: strings.Join(f.Aliases, ", "), Doc: [...]string{f.Doc.NB, f.Doc.NN, f.Doc.EN}[w.Language],
		Kind: w.T("kind." + kindNames[f.Kind]), ByClock: f.ByClock, Example: queryExample{Query: example, URL: searchURL{q: example}.String()},
	}
	for _, v := range f.Values {
		word := v.Word
		if len(v.Aliases) > 0 {
			word += " (" + strings.Join(v.Aliases, ", ") + ")"
		}
		row.Values = append(row.Values, word)
	}
	return row
}

var kindNames = map[query.Kind]string{
	query.Enum: "enum", query.Text: "text", query.Keyword: "keyword", query.Date: "date", query.Instant: "instant", query.Number: "number",
}

// exampleOf is a query about a field that is good in any sandbox.
func exampleOf(f *query.Field) string {
	switch f.Kind {
	case query.Enum:
		return f.Name + ":" + f.Values[len(f.Values)-1].Word
	case query.Text:
		return f.Name + ":s*"
	case query.Date:
		return f.Name + ":[1990 to 1999]"
	case query.Instant:
		return f.Name + " > nå-18m"
	case query.Number:
		return f.Name + " > 2"
	}
	return f.Name + ":*"
}
