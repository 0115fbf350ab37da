package ui

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/query"
)

const completePath = "/fullfor"

// mostSuggested is how many suggestions a list has room for.
const mostSuggested = 12

// completion is what could stand at a place of a query: any of the suggestions
// instead of the characters from From up to To.
type completion struct {
	From        int          `json:"from"`
	To          int          `json:"to"`
	Suggestions []suggestion `json:"suggestions"`
}

type suggestion struct {
	Text string `json:"text"`
	Doc  string `json:"doc,omitempty"` // of a field, in the language of the page
}

// complete suggests what could stand at a place of a query, counted in
// characters; fields and values, as operators are typed as fast.
func (s *site) complete(c echo.Context) error {
	q := c.QueryParam("q")
	at, err := strconv.Atoi(c.QueryParam("at"))
	if err != nil {
		at = len(q)
	}
	made := query.Complete(q, at)
	out := completion{From: made.From, To: made.To, Suggestions: []suggestion{}}
	lang := languageOf(c.Request())
	for _, one := range made.Suggestions {
		if one.Sort == query.Operator || len(out.Suggestions) == mostSuggested {
			continue
		}
		v := suggestion{Text: one.Text}
		if one.Sort == query.FieldName && one.Field != nil {
			v.Doc = [...]string{one.Field.Doc.NB, one.Field.Doc.NN, one.Field.Doc.EN}[lang]
		}
		out.Suggestions = append(out.Suggestions, v)
	}
	c.Response().Header().Set("Cache-Control", "private, no-cache")
	return c.JSON(http.StatusOK, out)
}
