package ui

import (
	"strings"

	"liksom/sandbox/stats"
)

// shareRow holds what was asked for against what there is.
type shareRow struct {
	Name, Of, Wanted, Here string
	Mark, Verdict          string // the symbol and its word
	Kind, Whose            string
}

// sourceRow tells where a quantity of the profile is from.
type sourceRow struct{ Name, Kind, Source string }

func (w words) shareRows(r stats.Report) []shareRow {
	var rows []shareRow
	for _, s := range r.Shares {
		row := shareRow{Name: s.Name, Of: w.number(s.Of), Here: w.percent(float64(s.Have), s.Of), Wanted: "–"}
		if want := s.Wanted; want != nil {
			row.Wanted, row.Whose = w.percent(want.Have, s.Of), want.Whose
			row.Kind = w.T("stats.kind." + want.Kind)
			row.Mark, row.Verdict = "passed", w.T("stats.within")
			if !want.Within {
				row.Mark, row.Verdict = "failed", w.T("stats.outside")
			}
		}
		rows = append(rows, row)
	}
	return rows
}

// sourceRows has one row for a quantity, however many values it has.
func (w words) sourceRows(r stats.Report) []sourceRow {
	var rows []sourceRow
	for _, s := range r.Shares {
		name, _, _ := strings.Cut(s.Name, ".")
		if s.Wanted == nil || len(rows) > 0 && rows[len(rows)-1].Name == name {
			continue
		}
		rows = append(rows, sourceRow{name, w.T("stats.kind." + s.Wanted.Kind), s.Wanted.Source})
	}
	return rows
}
