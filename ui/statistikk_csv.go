package ui

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/stats"
)

// statisticsCSV is the page's numbers, one a row, under the names that the control
// API has for them: a spreadsheet makes the tables that one wants.
func (s *site) statisticsCSV(c echo.Context) error {
	var b strings.Builder
	out := csv.NewWriter(&b)
	if err := out.WriteAll(append([][]string{{"table", "row", "column", "value"}}, statsRecords(s.stats())...)); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="statistikk.csv"`)
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", []byte(b.String()))
}

func statsRecords(r stats.Report) [][]string {
	var rows [][]string
	add := func(table, row, column string, n int) {
		rows = append(rows, []string{table, row, column, strconv.Itoa(n)})
	}
	add("persons", "all", "persons", r.Persons)
	add("persons", "catalogue", "persons", r.Catalogue)
	for _, s := range r.States {
		add("states", s.Group, s.Name, s.Count)
	}
	for _, a := range r.Ages {
		ages := strconv.Itoa(a.From) + "–" + strconv.Itoa(a.To)
		add("ages", ages, "men", a.Men.Persons)
		add("ages", ages, "women", a.Women.Persons)
		add("ages", ages, "mailbox", a.All().Mailbox)
	}
	for _, m := range r.Freshness {
		add("freshness", strconv.Itoa(m.Months), "email", m.Email)
		add("freshness", strconv.Itoa(m.Months), "mobile", m.Mobile)
	}
	for _, a := range r.Forecast {
		add("forecast", strconv.Itoa(a.Months), "persons", a.Persons)
	}
	for _, s := range r.Shares {
		add("shares", s.Name, "of", s.Of)
		add("shares", s.Name, "have", s.Have)
		if s.Wanted != nil {
			rows = append(rows, []string{"shares", s.Name, "wanted", strconv.FormatFloat(s.Wanted.Have, 'f', 1, 64)})
		}
	}
	return rows
}
