package admin

import (
	"encoding/json"
	"maps"
	"reflect"

	"github.com/labstack/echo/v4"

	"liksom/generator/catalogue"
)

// Catalogue is the edge cases on the wire.
type Catalogue struct {
	Entries []CatalogueEntry `json:"entries" required:"true" nullable:"false"`
}

// CatalogueEntry is one edge case. Texts are in bokmål.
type CatalogueEntry struct {
	Number   int                `json:"number"`
	Slug     string             `json:"slug" description:"its stable name, which its persons carry as katalog"`
	Group    string             `json:"group" description:"A to J"`
	Title    string             `json:"title"`
	Purpose  string             `json:"purpose"`
	Source   string             `json:"source" description:"what the expectation rests on"`
	Doubt    string             `json:"doubt,omitempty" description:"what the documents leave open"`
	Guesses  []string           `json:"guesses,omitempty" description:"switches (--guess) that another answer hangs on"`
	IDs      []string           `json:"personidentifikatorer" required:"true" nullable:"false" description:"its persons, in the order that the purpose counts them"`
	Expected []CatalogueAnswers `json:"expected" required:"true" nullable:"false"`
	Requests []CatalogueRequest `json:"requests,omitempty" description:"calls to make beside looking the persons up"`
}

// CatalogueAnswers is what KRR is to answer of some of an entry's persons.
type CatalogueAnswers struct {
	IDs     []string                   `json:"personidentifikatorer"`
	Answers map[string]CatalogueAnswer `json:"answers" description:"by version and scope: v1/begge, v1/kontakt, v1/post, v2/begge, v2/kontakt, v2/post"`
	Values  map[string]string          `json:"values,omitempty" description:"what single members must be where they are told; – is absent, … is the rest before, < and > are moments"`
}

// CatalogueAnswer is what the answer must hold, and nothing else.
type CatalogueAnswer struct {
	LeftOut bool     `json:"left_out,omitempty" description:"the person is not in the answer"`
	Words   []string `json:"words,omitempty" description:"status and varslingsstatus as they are, reservasjon=NEI, the channels that are there, epostadresse_duplisert=JA where it is, digital_post, sertifikat, spraak=nb"`
}

// CatalogueRequest is a call and its expected outcome.
type CatalogueRequest struct {
	Title   string          `json:"title"`
	Method  string          `json:"method,omitempty"`
	Path    string          `json:"path,omitempty"`
	Body    json.RawMessage `json:"body,omitempty"`
	Status  int             `json:"status,omitempty" description:"expected"`
	Code    string          `json:"code,omitempty" description:"expected in a problem document"`
	Persons *int            `json:"persons,omitempty" description:"how many the answer is to hold"`
}

// NewCatalogue shows the entries of a reference date.
func NewCatalogue(scenes []catalogue.Scene) Catalogue {
	out := Catalogue{Entries: []CatalogueEntry{}}
	for _, s := range scenes {
		e := CatalogueEntry{
			Number: s.Number, Slug: s.Slug, Group: s.Group.Letter, Title: s.Title, Purpose: s.Purpose, Source: s.Source,
			Doubt: s.Doubt, Guesses: s.Guesses, IDs: []string{}, Expected: []CatalogueAnswers{},
		}
		for i, p := range s.Persons {
			e.IDs = append(e.IDs, p.ID.Digits())
			e.expect(p.ID.Digits(), CatalogueAnswers{nil, answers(s.Expected[i]), s.Expected[i].Values()})
		}
		for _, r := range s.Requests {
			r = s.Filled(r)
			e.Requests = append(e.Requests, CatalogueRequest{r.Title, r.Method, r.Path, r.Body, r.Status, r.Code, r.Count})
		}
		out.Entries = append(out.Entries, e)
	}
	return out
}

// expect adds a person to those of whom the same is expected.
func (e *CatalogueEntry) expect(id string, x CatalogueAnswers) {
	last := len(e.Expected) - 1
	if last < 0 || !reflect.DeepEqual(e.Expected[last].Answers, x.Answers) || !maps.Equal(e.Expected[last].Values, x.Values) {
		e.Expected = append(e.Expected, x)
		last++
	}
	e.Expected[last].IDs = append(e.Expected[last].IDs, id)
}

func answers(x catalogue.Expected) map[string]CatalogueAnswer {
	all := map[string]CatalogueAnswer{}
	for version, name := range map[int]string{1: "v1/", 2: "v2/"} {
		for _, scope := range catalogue.Scopes {
			words, told := x.Words(version, scope)
			all[name+string(scope)] = CatalogueAnswer{!told, words}
		}
	}
	return all
}

func (a *api) listCatalogue(c echo.Context) error { return writeJSON(c, NewCatalogue(a.c.Catalogue)) }
