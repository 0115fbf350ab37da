package admin

import (
	"fmt"
	"math"
	"strconv"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

type personsRequest struct {
	Q      string `query:"q" description:"plain words, or KQL: status:AKTIV and epostTilstand:utgaatt"`
	Facets bool   `query:"facets" description:"count the hits by every enumerated field; one that q chooses by counts its alternatives"`
	Sort   string `query:"sort" description:"identifikator, fornavn, etternavn, or a field of dates or numbers; - in front for the reverse"`
	Limit  int    `query:"limit" minimum:"0" maximum:"1000" default:"50"`
	Cursor string `query:"cursor" description:"next of the page before"`
	Sample int    `query:"sample" minimum:"1" maximum:"1000" description:"so many hits drawn at random, instead of a page"`
	Seed   uint64 `query:"seed" description:"with sample: the same seed draws the same persons"`
}

type personsAnswer struct {
	Total   int                       `json:"total" description:"hits in all"`
	Of      int                       `json:"of" description:"persons in all"`
	Query   string                    `json:"query,omitempty" description:"q in its canonical spelling"`
	Persons []Person                  `json:"persons" required:"true" nullable:"false"`
	Next    string                    `json:"next,omitempty" description:"pass back as cursor; absent at the end"`
	Facets  map[string]map[string]int `json:"facets,omitempty" description:"by field and value"`
}

func (a *api) listPersons(c echo.Context) error {
	s, err := readSearch(c)
	if err != nil {
		return err
	}
	found, err := a.c.Search(s)
	if err != nil {
		return err
	}
	out := personsAnswer{Total: found.Total, Of: found.Of, Query: query.Print(s.Query), Persons: make([]Person, len(found.Persons)), Next: found.Next}
	for i, r := range found.Persons {
		out.Persons[i] = NewPerson(r, found.Clock.Window)
	}
	if s.Facets {
		out.Facets = map[string]map[string]int{}
		for _, f := range found.Facets {
			counts := map[string]int{}
			for i, n := range f.Counts {
				counts[f.Field.Values[i].Word] = n
			}
			out.Facets[f.Field.Name] = counts
		}
	}
	return writeJSON(c, out)
}

func readSearch(c echo.Context) (s query.Search, err error) {
	if s.Query, err = query.Parse(c.QueryParam("q")); err != nil {
		return s, err
	}
	if s.Limit, err = limitOf(c); err != nil {
		return s, err
	}
	s.Sort, s.Cursor = c.QueryParam("sort"), c.QueryParam("cursor")
	switch facets := c.QueryParam("facets"); facets {
	case "", "false":
	case "true":
		s.Facets = true
	default:
		return s, invalid("facets.invalid", "facets must be true or false")
	}
	return s, readSample(c, &s)
}

func readSample(c echo.Context, s *query.Search) error {
	sample, seed := c.QueryParam("sample"), c.QueryParam("seed")
	if sample == "" {
		if seed != "" {
			return invalid("seed.alone", "seed means something only with sample")
		}
		return nil
	}
	n, err := strconv.Atoi(sample)
	if err != nil || n < 1 || n > maxLimit {
		return invalid("sample.invalid", fmt.Sprintf("sample must be a number from 1 to %d", maxLimit))
	}
	s.Shuffle, s.Limit = true, n
	if seed == "" {
		return nil
	}
	if s.Seed, err = strconv.ParseUint(seed, 10, 64); err != nil {
		return invalid("seed.invalid", fmt.Sprintf("seed must be a whole number from 0 to %d", uint64(math.MaxUint64)))
	}
	return nil
}

type completeRequest struct {
	Q  string `query:"q" description:"the query so far"`
	At int    `query:"at" minimum:"0" description:"where the cursor is, in characters; the end when it is left out"`
}

type completeAnswer struct {
	From        int          `json:"from" description:"the first character that a suggestion takes the place of"`
	To          int          `json:"to" description:"the first character behind these"`
	Suggestions []suggestion `json:"suggestions" required:"true" nullable:"false"`
}

type suggestion struct {
	Text  string `json:"text"`
	Kind  string `json:"kind" enum:"field,value,operator"`
	Field string `json:"field,omitempty" description:"that it names or is a value of"`
	Doc   string `json:"doc,omitempty" description:"what the field is, in bokmål"`
}

func (a *api) complete(c echo.Context) error {
	q, at := c.QueryParam("q"), len(c.QueryParam("q"))
	if text := c.QueryParam("at"); text != "" {
		var err error
		if at, err = strconv.Atoi(text); err != nil || at < 0 {
			return invalid("at.invalid", "at must be a number of characters")
		}
	}
	made := query.Complete(q, at)
	out := completeAnswer{made.From, made.To, []suggestion{}}
	for _, s := range made.Suggestions {
		one := suggestion{Text: s.Text, Kind: [...]string{query.FieldName: "field", query.FieldValue: "value", query.Operator: "operator"}[s.Sort]}
		if s.Field != nil {
			one.Field = s.Field.Name
		}
		if s.Field != nil && s.Sort == query.FieldName {
			one.Doc = s.Field.Doc.NB
		}
		out.Suggestions = append(out.Suggestions, one)
	}
	return writeJSON(c, out)
}

// problemOfQuery adds where in a query the fault is.
func problemOfQuery(p Problem, err *query.Error) Problem {
	p.Position, p.Length, p.Suggestion = &err.Pos, err.Length, err.Suggestion
	p.Detail = sandbox.MaskIDs(p.Detail)
	return p
}
