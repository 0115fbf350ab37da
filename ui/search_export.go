package ui

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"net/http"
	"net/url"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

const (
	listPath   = "/treff"   // the list of the search page in other formats
	exportPath = "/eksport" // all hits
	// mostLookedUp is how many numbers one look-up in KRR may ask for. Source:
	// Digdir's documentation of Oppslagstjenesten.
	mostLookedUp = 1000
	exportPage   = 1000
)

// exportLink is a format in which all hits can be had.
type exportLink struct{ URL, Label, Ending string }

func (w words) exports(u searchURL) []exportLink {
	var all []exportLink
	for _, e := range []struct{ ending, text string }{{"csv", "export.csv"}, {"json", "export.json"}, {"ids", "export.ids"}, {"krr", "export.krr"}} {
		all = append(all, exportLink{exportPath + "." + e.ending + anyPage(u).choice(), w.T(e.text), e.ending})
	}
	return all
}

// anyPage is what an export keeps of the state: all hits, or those drawn.
func anyPage(u searchURL) searchURL {
	return searchURL{q: u.q, sort: u.sort, sample: u.sample, seed: u.seed}
}

// callOf is the query string of the control API's search that finds the same.
func callOf(u searchURL) string {
	v := url.Values{}
	set(v, "q", u.q)
	set(v, "sort", u.sort)
	return queryString(v)
}

// listAs answers with the list of the search page as JSON or CSV.
func (s *site) listAs(ending string) echo.HandlerFunc {
	return func(c echo.Context) error {
		m := s.moment()
		w := words{languageOf(c.Request())}
		a, err := s.look(readSearchURL(c), pageSize, false)
		if err != nil {
			return err
		}
		if a.fault != nil {
			return c.String(http.StatusBadRequest, masked(a.fault.Error())+"\n")
		}
		list := w.hitList(a, m)
		if a.found.Next != "" && a.url.sample == 0 {
			next := a.url.anew(a.url.q)
			next.cursor = a.found.Next
			list.Next = listPath + "." + ending + next.choice()
		}
		c.Response().Header().Set("Cache-Control", "private, no-cache")
		if ending == "json" {
			return c.JSON(http.StatusOK, list)
		}
		c.Response().Header().Set(echo.HeaderContentType, "text/csv; charset=utf-8")
		out := csv.NewWriter(c.Response())
		rows := [][]string{{"personidentifikator", "navn", "om", "varsling", "grunn", "epost", "mobil", "postkasse"}}
		for _, h := range list.Hits {
			rows = append(rows, []string{h.ID, asText(h.Name), h.Identity, h.Notice.Label, h.Notice.Reason, joined(h.Email.Age, h.Email.Word), joined(h.Mobile.Age, h.Mobile.Word), joined(h.Mailbox.Provider, h.Mailbox.Word)})
		}
		return out.WriteAll(rows)
	}
}

// exporter writes persons in one format.
type exporter struct {
	kind string
	most int // persons; 0 for all
	head string
	tail string
	one  func(w io.Writer, r sandbox.Record, win sandbox.Window, first bool) error
}

func (s *site) exporters() map[string]exporter {
	apart := func(first bool) string {
		if first {
			return ""
		}
		return ",\n"
	}
	return map[string]exporter{
		"ids": {kind: "text/plain; charset=utf-8", one: func(w io.Writer, r sandbox.Record, _ sandbox.Window, _ bool) error {
			_, err := io.WriteString(w, r.ID().Digits()+"\n")
			return err
		}},
		"krr": {kind: "application/json", most: mostLookedUp, head: `{"personidentifikatorer":[` + "\n", tail: "\n]}\n", one: func(w io.Writer, r sandbox.Record, _ sandbox.Window, first bool) error {
			_, err := io.WriteString(w, apart(first)+`"`+r.ID().Digits()+`"`)
			return err
		}},
		"json": {kind: "application/json", head: "[\n", tail: "\n]\n", one: func(w io.Writer, r sandbox.Record, win sandbox.Window, first bool) error {
			text, err := json.Marshal(s.told(r, win))
			if err == nil {
				_, err = io.WriteString(w, apart(first)+string(text))
			}
			return err
		}},
		"csv": {kind: "text/csv; charset=utf-8", head: "personidentifikator,visningnavn,status,varslingsstatus,epostadresse,mobiltelefonnummer\r\n", one: func(w io.Writer, r sandbox.Record, win sandbox.Window, _ bool) error {
			out := csv.NewWriter(w)
			out.UseCRLF = true
			cells := []string{r.ID().Digits(), asText(fullName(r)), r.Status().String(), win.Notice(r).String(), asText(r.Email().Value), asText(r.Mobile().Value)}
			if r.Status() != sandbox.Active {
				cells[4], cells[5] = "", ""
			}
			err := out.Write(cells)
			out.Flush()
			return err
		}},
	}
}

// exportAs answers with all hits. They are written page by page, each of its own
// moment.
func (s *site) exportAs(ending string) echo.HandlerFunc {
	e := s.exporters()[ending]
	return func(c echo.Context) error {
		u := anyPage(readSearchURL(c))
		a, err := s.look(u, exportPage, false)
		if err != nil {
			return err
		}
		if a.fault != nil {
			return c.String(http.StatusBadRequest, masked(a.fault.Error())+"\n")
		}
		h := c.Response().Header()
		h.Set(echo.HeaderContentType, e.kind)
		h.Set("Cache-Control", "private, no-cache")
		h.Set(echo.HeaderContentDisposition, `attachment; filename="liksom.`+fileEnding(ending)+`"`)
		_, err = io.WriteString(c.Response(), e.head)
		left := a.found
		for n := 0; err == nil; {
			for _, r := range left.Persons {
				if e.most > 0 && n == e.most || err != nil {
					break
				}
				err = e.one(c.Response(), r, left.Clock.Window, n == 0)
				n++
			}
			if err != nil || left.Next == "" || u.sample > 0 || e.most > 0 && n >= e.most {
				break
			}
			left, err = s.find(query.Search{Query: a.asked, Sort: a.url.sort, Cursor: left.Next, Limit: exportPage})
		}
		if err == nil {
			_, err = io.WriteString(c.Response(), e.tail)
		}
		return err
	}
}

func fileEnding(ending string) string {
	switch ending {
	case "ids":
		return "txt"
	case "krr":
		return "krr.json"
	}
	return ending
}
