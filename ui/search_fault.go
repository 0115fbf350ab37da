package ui

import (
	"errors"
	"strings"
	"unicode/utf8"

	"liksom/sandbox/query"
)

// faultView says what is wrong with a query: the text with the place marked, why,
// and what is near.
type faultView struct {
	Before, Word, After string
	Place               string // the character
	Text                string
	Allowed             []link // queries that would do, by the value that could stand there
	Near                link
}

// fault explains an error of [query.Parse]. The query has been made safe to show
// by shownQuery, which keeps the place of every character.
func (w words) fault(err error, shown string, u searchURL) *faultView {
	var e *query.Error
	if !errors.As(err, &e) {
		return nil
	}
	all := []rune(shown)
	from := min(max(e.Pos, 0), len(all))
	to := min(from+max(e.Length, 0), len(all))
	v := &faultView{Before: ending60(string(all[:from])), Word: string(all[from:to]), After: beginning60(string(all[to:])), Place: w.T("fault.place", w.number(from+1))}
	instead := func(text string) link {
		return link{u.anew(string(all[:from]) + text + string(all[to:])).String(), text}
	}
	field, values := valuesAt(string(all), from)
	switch {
	case e.Code == query.CodeSyntax && from == len(all):
		v.Text = w.T("fault.end")
	case e.Code == query.CodeSyntax && strings.ContainsAny(v.Word, `([{"`):
		v.Text = w.T("fault.open", v.Word)
	case e.Code == query.CodeSyntax:
		v.Text = w.T("fault.syntax", v.Word)
	case e.Code == query.CodeField:
		v.Text = w.T("fault.field", v.Word)
	case e.Code == query.CodeNoData:
		v.Text = w.T("fault.nodata", v.Word)
	case e.Code == query.CodeMisused:
		v.Text = w.T("fault.misused")
	case e.Code == query.CodeValue && field != nil && field.Kind != query.Enum && field.Kind != query.Number:
		v.Text = w.T("fault.date", field.Name)
	case e.Code == query.CodeValue && field != nil && field.Kind == query.Number:
		v.Text = w.T("fault.number", field.Name)
	case e.Code == query.CodeValue && field != nil:
		v.Text = w.T("fault.value", field.Name, v.Word)
		for _, value := range values {
			v.Allowed = append(v.Allowed, instead(value))
		}
	default: // too long, too deep, not text
		v.Text = w.T("fault.long")
	}
	v.Word = beginning60(v.Word)
	if e.Suggestion != "" {
		v.Near = instead(e.Suggestion)
	}
	return v
}

// valuesAt gives the field whose value is due at a place of a query, and the
// values of one that has some.
func valuesAt(text string, at int) (field *query.Field, values []string) {
	for _, s := range query.Complete(text, at).Suggestions {
		if s.Sort == query.FieldValue && s.Field != nil {
			field = s.Field
			if s.Text != "*" {
				values = append(values, s.Text)
			}
		}
	}
	return field, values
}

// beginning60 and ending60 keep what stands nearest to the fault.
const nearestPart = 60

func beginning60(s string) string {
	if utf8.RuneCountInString(s) <= nearestPart {
		return s
	}
	return string([]rune(s)[:nearestPart]) + "…"
}

func ending60(s string) string {
	all := []rune(s)
	if len(all) <= nearestPart {
		return s
	}
	return "…" + string(all[len(all)-nearestPart:])
}
