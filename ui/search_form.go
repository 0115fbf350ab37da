package ui

import (
	"regexp"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// readSearchURL reads the state; what makes no sense is as if it were left out.
func readSearchURL(c echo.Context) searchURL {
	u := searchURL{q: cut(c.QueryParam("q")), edit: c.QueryParam("rediger") == "ja", sort: c.QueryParam("sort"), cursor: c.QueryParam("cursor"), chosen: idParam(c, "p"), alone: c.QueryParam("panel") == "nei"}
	if n, err := strconv.Atoi(c.QueryParam("tilfeldige")); err == nil && n > 0 {
		u.sample = min(n, pageSize)
		u.seed, _ = strconv.ParseUint(c.QueryParam("seed"), 10, 64) // what is none draws as 0 does
	}
	return u
}

// composed makes the canonical query of the search box or of the filters' fields.
func composed(c echo.Context, u searchURL) searchURL {
	form := c.QueryParams()
	words, rest := cut(form.Get("ord")), u.q
	if form.Has("filtre") {
		rest = cut(form.Get("resten"))
	}
	n, err := query.Parse(words)
	kept, restErr := query.Parse(rest)
	if err != nil || restErr != nil { // shown as it stands, to be mended
		return searchURL{q: both(rest, words), edit: true, sort: u.sort, alone: u.alone}
	}
	all := criteriaOf(kept)
	all.add(n)
	if form.Has("filtre") {
		all.choose(form)
	}
	return u.anew(spelt(all.terms()))
}

// both joins two queries, of which one cannot be read.
func both(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + " and " + b
}

var numberLike = regexp.MustCompile(`\d{6}[ +.-]?\d{5,}`)

// shownQuery is a query for the search box and the title: whole, save for
// numbers that somebody may really have.
func shownQuery(q string) string {
	return numberLike.ReplaceAllStringFunc(q, func(s string) string {
		if digits, ok := typedID(s); ok {
			if id, err := sandbox.ParsePersonID(digits); err == nil && id.Synthetic() {
				return s
			}
		}
		if strings.HasPrefix(s, "0047") && len(s) == len("004799999999") {
			return s
		}
		return masked(s)
	})
}

// cut tidies a query and cuts one that is too long, which is refused then.
func cut(q string) string {
	q = strings.Join(strings.Fields(strings.ToValidUTF8(q, "")), " ")
	if runes := []rune(q); len(runes) > longestQuery {
		q = strings.TrimSpace(string(runes[:longestQuery]))
	}
	return q
}

// idParam reads an identity number of the query string; what is none is as if
// it were left out.
func idParam(c echo.Context, name string) sandbox.PersonID {
	id, err := sandbox.ParsePersonID(c.QueryParam(name))
	if err != nil {
		return sandbox.PersonID{}
	}
	return id
}
