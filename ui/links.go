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
	cursor sandbox.PersonID // only hits after this one
	chosen sandbox.PersonID // the person in the panel
}

func (u searchURL) String() string {
	v := url.Values{}
	set(v, "q", u.q)
	setID(v, "cursor", u.cursor)
	setID(v, "p", u.chosen)
	return home + queryString(v)
}

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
