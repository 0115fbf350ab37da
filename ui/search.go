package ui

import (
	"errors"
	"math/rand/v2"
	"net/http"
	"strings"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

const (
	pageSize     = 20
	sampleSize   = 5
	longestQuery = 2000 // characters; a page repeats its query in every link
)

// searchPage is the start page: words, filters, hits, and one person beside them.
type searchPage struct {
	frame
	List    hitList
	Box     boxView
	Chips   []chip
	None    string // URL without any criterion
	Kql     []kqlPart
	KqlText string
	Edit    string // URL where the search box holds the whole query
	Filters filterView
	Count   string // of hits
	Unit    string // treff or personer
	Of      string // the size of the register, when words narrow it
	Sorts   map[string]sortView
	Sample  sampleView
	Exports []exportLink
	Call    string // of the control API that does the same
	Paging  link   // the following page of hits; no URL when there is none
	First   string
	Fault   *faultView
	Empty   *emptyView
	Chosen  *personView
	Facts   []fact // of the chosen person
	NoPanel bool   // whether the list stands alone
	Panel   string // URL where it does not, or does
}

// boxView is the search box: the words of the query alone, with the rest of it
// beside, or all of the query.
type boxView struct {
	Words bool
	Value string
	Rest  string
	Sort  string
}

// sampleView is a draw of hits.
type sampleView struct {
	URL, Label string // draws anew; empty where there are no more hits than a draw has
	All        string // URL of all hits; "" when these are shown
}

// sought is what a request asks for, and the answer.
type sought struct {
	url      searchURL
	shown    string // the query without what must not be shown
	asked    query.Node
	criteria criteria
	fault    error
	found    query.Found
}

func (s *site) search(c echo.Context) error {
	form := c.QueryParams()
	u := readSearchURL(c)
	if form.Has("ord") || form.Has("filtre") {
		u = composed(c, u)
		if shownQuery(u.q) == u.q {
			return c.Redirect(http.StatusSeeOther, u.String())
		}
	}
	return s.showSearch(c, u)
}

// look searches. What is wrong with order or cursor is as if it were left out.
func (s *site) look(u searchURL, limit int, facets bool) (sought, error) {
	a := sought{url: u, shown: shownQuery(u.q)}
	a.asked, a.fault = query.Parse(u.q)
	if n := utf8.RuneCountInString(u.q); n >= longestQuery {
		a.fault = &query.Error{Pos: n, Code: query.CodeLong}
	}
	if a.fault != nil {
		a.asked = query.Or{} // nobody
	} else {
		a.criteria = criteriaOf(a.asked)
	}
	ask := query.Search{Query: a.asked, Sort: u.sort, Cursor: u.cursor, Limit: limit, Facets: facets}
	if u.sample > 0 {
		ask.Shuffle, ask.Seed, ask.Limit = true, u.seed, u.sample
	}
	var err error
	a.found, err = s.find(ask)
	var wrong *sandbox.Error
	if errors.As(err, &wrong) && wrong.Kind == sandbox.Invalid {
		a.url.sort, a.url.cursor = "", ""
		ask.Sort, ask.Cursor = "", ""
		a.found, err = s.find(ask)
	}
	if a.shown != u.q { // links and forms must not repeat what the search box hides
		a.url.q, a.criteria = "", criteriaOf(nil)
	}
	return a, err
}

func (s *site) showSearch(c echo.Context, u searchURL) error {
	m := s.moment()
	f := s.frame(c.Request(), m)
	a, err := s.look(u, pageSize, true)
	if err != nil {
		return err
	}
	page := searchPage{frame: f, List: f.hitList(a, m)}
	page.Entry, page.Page, page.Title = entryPeople, home, f.T("search.title")
	if a.shown != "" {
		page.Title = beginning60(a.shown) + " – " + page.Title
	}
	page.count(a)
	if a.shown != u.q {
		page.Here = home
		c.Response().Header().Set("HX-Replace-Url", "false") // nor the address, while one types
	}
	s.fillControls(&page, a, c)
	if a.fault != nil {
		page.Fault = f.fault(a.fault, a.shown, a.url)
		keepLastList(c)
	} else if len(a.found.Persons) == 0 {
		empty, err := s.nobody(f.words, a, u.q)
		if err != nil {
			return err
		}
		page.Empty = &empty
	}
	other := a.url
	other.alone = !u.alone
	page.NoPanel, page.Panel = u.alone, other.String()
	if chosen := s.chosen(a); chosen.Exists() && !u.alone {
		v, err := s.personView(f.words, chosen, m, personURL{id: chosen.ID(), q: a.url.q, version: 2, scope: scopeBoth}, c.Request())
		if err != nil {
			return err
		}
		v.Timelines = v.Timelines[min(1, len(v.Timelines)):] // the compact one alone
		page.Chosen, page.Facts = &v, f.panelFacts(chosen, m)
	}
	return s.render(c, http.StatusOK, "search", page)
}

// count says how many there are.
func (p *searchPage) count(a sought) {
	p.Count, p.Unit = p.number(a.found.Total), p.T("search.people")
	switch {
	case a.fault != nil:
		p.Count, p.Unit = "", p.T("fault.empty")
	case a.shown != "":
		p.Unit, p.Of = p.T("search.hits"), p.T("search.of", p.number(a.found.Of))
	}
}

// keepLastList answers one who types with the fault alone, so that the last good
// list stays.
func keepLastList(c echo.Context) {
	if c.Request().Header.Get("HX-Source") == "input#q" {
		c.Response().Header().Set("HX-Retarget", "#feil")
		c.Response().Header().Set("HX-Reselect", "#feil")
	}
}

// fillControls adds what leads from these hits to others.
func (s *site) fillControls(page *searchPage, a sought, c echo.Context) {
	w, u := page.words, a.url
	page.Box = boxView{Value: a.shown, Sort: u.sort}
	if !u.edit && a.fault == nil && a.shown == u.q {
		page.Box = boxView{Words: true, Value: a.criteria.plainWords(), Rest: spelt(append(a.criteria.filtered(), a.criteria.own...)), Sort: u.sort}
	}
	page.Chips, page.None = w.chips(a.criteria, u), u.anew(a.criteria.plainWords()).String()
	page.KqlText = query.Print(joinedTerms(a.criteria.terms()))
	page.Kql = kqlParts(page.KqlText)
	edit := u.anew(page.KqlText)
	edit.edit = true
	page.Edit = edit.String()
	if a.fault != nil {
		a.found.Facets = nil // nobody is counted
	}
	page.Filters = w.filters(a.criteria, u, a.found.Facets)
	page.Sorts = w.sorts(u)
	again := u.anew(u.q)
	if u.sample > 0 {
		page.Sample.All = again.String()
	}
	if again.sample, again.seed = sampleSize, uint64(rand.Uint32()); a.found.Total > sampleSize {
		page.Sample.URL, page.Sample.Label = again.String(), w.T("search.sample", sampleSize)
	}
	page.Exports = w.exports(u)
	page.Call = "curl '" + s.baseURL(c.Request()) + "/sandbox/v1/persons" + strings.ReplaceAll(callOf(u), "'", "%27") + "'\n"
	if u.cursor != "" {
		page.First = u.anew(u.q).String()
	}
	if a.found.Next != "" && u.sample == 0 {
		next := u.anew(u.q)
		next.cursor = a.found.Next
		page.Paging = link{next.String(), w.T("search.next", pageSize)}
	}
}

// chosen is the person for the panel: the one asked for, else the first hit.
func (s *site) chosen(a sought) sandbox.Record {
	if !a.url.chosen.IsZero() {
		if r := s.register.Person(a.url.chosen); r.Exists() {
			return r
		}
	}
	if len(a.found.Persons) > 0 {
		return a.found.Persons[0]
	}
	return sandbox.Record{}
}
