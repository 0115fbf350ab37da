package ui

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

const (
	pageSize     = 20
	longestQuery = 200 // characters
)

// searchPage is the start page: words, hits, and one person beside them.
type searchPage struct {
	frame
	Query    string // as it stands in the search box
	Count    string // of hits
	Unit     string // treff or personer
	Of       string // the size of the register, when words narrow it
	Hits     []hit
	Next     link // the following page of hits; no URL when there is none
	First    string
	Empty    string // why there are no hits
	EmptyAll string // where there are some
	Chosen   *personView
	Facts    []fact // of the chosen person
}

// hit is one row of the list.
type hit struct {
	ID, Name      string
	Identity      string
	Panel, Page   string // URLs: with the person in the panel, and the person's own page
	Chosen        bool
	Notice        noticeView
	Email, Mobile channelView
	Mailbox       mailboxView
}

func (s *site) search(c echo.Context) error {
	m := s.moment()
	f := s.frame(c.Request(), m)
	u := searchURL{q: cut(c.QueryParam("q")), cursor: idParam(c, "cursor"), chosen: idParam(c, "p")}
	asked, fault := query.Parse(u.q)
	if fault != nil {
		asked = query.Or{} // nobody
	}
	found, err := s.find(query.Search{Query: asked, After: u.cursor, Limit: pageSize})
	if err != nil {
		return err
	}
	page := searchPage{
		frame: f, Query: shownQuery(u.q), Count: f.number(found.Total), Unit: f.T("search.people"),
	}
	page.Entry, page.Page, page.Title = entryPeople, home, f.T("search.title")
	if u.q != "" {
		page.Unit, page.Of = f.T("search.hits"), f.T("search.of", f.number(found.Of))
		page.Title = page.Query + " – " + page.Title
	}
	if len(found.Persons) == 0 {
		page.Empty, page.EmptyAll = s.nobody(f.words, u)
	}
	if fault != nil {
		page.Empty = fault.Error()
	}
	if page.Query != u.q { // links and forms must not repeat what the search box hides
		u.q, page.Here = "", home
		c.Response().Header().Set("HX-Replace-Url", "false") // nor the address, while one types
	}
	if !u.cursor.IsZero() {
		page.First = searchURL{q: u.q}.String()
	}
	chosen := s.chosen(u, found)
	for _, r := range found.Persons {
		page.Hits = append(page.Hits, f.hit(r, m, u, r.ID() == chosen.ID()))
	}
	if found.Next != "" {
		last := found.Persons[len(found.Persons)-1].ID()
		page.Next = link{searchURL{q: u.q, cursor: last}.String(), f.T("search.next", pageSize)}
	}
	if chosen.Exists() {
		v := s.personView(f.words, chosen, m, personURL{id: chosen.ID(), q: u.q, version: 2, scope: scopeBoth}, c.Request())
		v.Timelines = v.Timelines[min(1, len(v.Timelines)):] // the compact one alone
		page.Chosen, page.Facts = &v, f.panelFacts(chosen, m)
	}
	return s.render(c, http.StatusOK, "search", page)
}

// chosen is the person for the panel: the one asked for, else the first hit.
func (s *site) chosen(u searchURL, found query.Found) sandbox.Record {
	if !u.chosen.IsZero() {
		if r := s.register.Person(u.chosen); r.Exists() {
			return r
		}
	}
	if len(found.Persons) > 0 {
		return found.Persons[0]
	}
	return sandbox.Record{}
}

func (w words) hit(r sandbox.Record, m moment, u searchURL, chosen bool) hit {
	c := channels(r, m.window)
	return hit{
		ID: r.ID().Digits(), Name: fullName(r), Identity: strings.Join(w.identity(r, m), " · "),
		Panel:  searchURL{q: u.q, cursor: u.cursor, chosen: r.ID()}.String(),
		Page:   personURL{id: r.ID(), q: u.q}.String(),
		Chosen: chosen,
		Notice: w.noticeView(r, m), Email: w.channelView(c[0], m), Mobile: w.channelView(c[1], m),
		Mailbox: w.mailboxView(r.Mailbox()),
	}
}

// nobody explains an empty list and gives where there are hits, if anywhere.
func (s *site) nobody(w words, u searchURL) (text, elsewhere string) {
	switch {
	case s.register.Len() == 0:
		return w.T("empty.register"), ""
	case !u.cursor.IsZero():
		return w.T("empty.past"), searchURL{q: u.q}.String()
	}
	if typed, ok := typedID(u.q); ok {
		id, err := sandbox.ParsePersonID(typed)
		switch {
		case errors.Is(err, sandbox.ErrIDChecksum):
			return w.T("unknown.checksum", masked(typed)), home
		case err != nil:
			return w.T("unknown.date", masked(typed)), home
		case !id.Synthetic():
			return w.T("unknown.real", masked(typed)), home
		}
		return w.T("unknown.synthetic", masked(typed)), home
	}
	return w.T("empty.words", w.number(s.register.Len())), home
}

// typedID finds an identity number that makes up a whole query, grouped or not.
func typedID(q string) (string, bool) {
	digits := strings.ReplaceAll(q, " ", "")
	return digits, len(digits) == 11 && strings.Trim(digits, "0123456789") == ""
}

// shownQuery is a query for the search box and the title: whole, save for
// numbers that somebody may really have.
func shownQuery(q string) string {
	if digits, ok := typedID(q); ok {
		if id, err := sandbox.ParsePersonID(digits); err == nil && id.Synthetic() {
			return q
		}
	}
	if strings.HasPrefix(q, "0047") && len(q) == len("004799999999") {
		return q
	}
	return masked(q)
}

// cut tidies a query and keeps it short enough to be one.
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
