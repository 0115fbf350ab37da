package ui

import (
	"errors"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// emptyView explains an empty list and gives where there are hits, if anywhere.
type emptyView struct {
	Lead, Text string
	Without    []withoutView // removals that give hits
	Make       string        // URL where such a person can be made; empty when none can
	All        link
}

// withoutView is a criterion whose removal gives hits.
type withoutView struct{ Label, URL, Count string }

// mostTried bounds the searches that an empty list leads to.
const mostTried = 12

// nobody explains the empty answer to a query as it was typed.
func (s *site) nobody(w words, a sought, q string) (emptyView, error) {
	c, u := a.criteria, a.url
	v := emptyView{Lead: w.T("empty.lead"), All: link{home, w.T("empty.all")}}
	terms := c.terms()
	switch {
	case s.register.Len() == 0:
		v.Text, v.All.URL = w.T("empty.register"), ""
		return v, nil
	case u.cursor != "":
		v.Text, v.All.URL = w.T("empty.past"), u.anew(u.q).String()
		return v, nil
	}
	if _, left := wishesOf(terms, s.moment().query()); len(left) < len(terms) && a.shown == q {
		v.Make = makeURL(q)
	}
	if typed, ok := typedID(q); ok {
		v.Text = w.unknownNumber(typed)
		return v, nil
	}
	v.Text = w.T("empty.words", w.number(s.register.Len()))
	switch criteria := len(c.filtered()) + len(c.own); {
	case criteria > 0 && len(terms) == 1:
		v.Text = w.T("empty.criterion", w.number(s.register.Len()))
	case criteria > 0:
		v.Text = w.T("empty.criteria", w.number(s.register.Len()), w.number(len(terms)))
	}
	if len(terms) < 2 || len(terms) > mostTried {
		return v, nil
	}
	for i, t := range terms {
		rest := without(terms, i)
		found, err := s.find(query.Search{Query: joinedTerms(rest)})
		if err != nil {
			return v, err
		}
		if found.Total > 0 {
			label, code := w.criterion(t)
			if code != "" {
				label = beginning60(code)
			}
			v.Without = append(v.Without, withoutView{w.T("search.remove.one", label), u.anew(spelt(rest)).String(), w.number(found.Total)})
		}
	}
	return v, nil
}

// unknownNumber says why nobody has a number that was looked for.
func (w words) unknownNumber(typed string) string {
	id, err := sandbox.ParsePersonID(typed)
	switch {
	case errors.Is(err, sandbox.ErrIDChecksum):
		return w.T("unknown.checksum", masked(typed))
	case err != nil:
		return w.T("unknown.date", masked(typed))
	case !id.Synthetic():
		return w.T("unknown.real", masked(typed))
	}
	return w.T("unknown.synthetic", masked(typed))
}

// typedID finds an identity number that makes up a whole query, grouped or not.
func typedID(q string) (string, bool) {
	digits := strings.ReplaceAll(q, " ", "")
	return digits, len(digits) == 11 && strings.Trim(digits, "0123456789") == ""
}
