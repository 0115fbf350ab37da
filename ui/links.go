package ui

import (
	"net/url"
	"strconv"

	"liksom/sandbox"
)

const home = "/"

// searchURL is the state of the search page.
type searchURL struct {
	q      string
	edit   bool             // the search box holds all of q, and not its words alone
	sort   string           // as query.Search has it
	cursor string           // of the page before
	sample int              // so many hits drawn at random; 0 for a page of all
	seed   uint64           // what they are drawn by
	chosen sandbox.PersonID // the person in the panel
	alone  bool             // whether the list stands without a panel
}

func (u searchURL) String() string { return home + u.choice() }

func (u searchURL) choice() string {
	v := url.Values{}
	set(v, "q", u.q)
	if u.edit {
		v.Set("rediger", "ja")
	}
	set(v, "sort", u.sort)
	set(v, "cursor", u.cursor)
	if u.sample > 0 {
		v.Set("tilfeldige", strconv.Itoa(u.sample))
		v.Set("seed", strconv.FormatUint(u.seed, 10))
	}
	setID(v, "p", u.chosen)
	if u.alone {
		v.Set("panel", "nei")
	}
	return queryString(v)
}

// anew is the state with another query, from its first page.
func (u searchURL) anew(q string) searchURL { return searchURL{q: q, sort: u.sort, alone: u.alone} }

// personURL is the state of the page of one person.
type personURL struct {
	id      sandbox.PersonID
	q       string // the search that it was found by
	version int    // of KRR; 2 is not spelled out
	scope   string // begge is not spelled out
}

func (u personURL) String() string { return "/person/" + u.id.Digits() + u.choice() }

// choice is what is chosen of a page that shows an answer.
func (u personURL) choice() string {
	v := url.Values{}
	set(v, "q", u.q)
	if u.version == 1 {
		v.Set("ver", "v"+strconv.Itoa(u.version))
	}
	if u.scope != scopeBoth {
		set(v, "scope", u.scope)
	}
	return queryString(v)
}

func set(v url.Values, name, value string) {
	if value != "" {
		v.Set(name, value)
	}
}

func setID(v url.Values, name string, id sandbox.PersonID) {
	if !id.IsZero() {
		v.Set(name, id.Digits())
	}
}

func queryString(v url.Values) string {
	if len(v) == 0 {
		return ""
	}
	return "?" + v.Encode()
}
