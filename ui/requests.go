package ui

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/journal"
	spoken "liksom/sandbox/words"
)

// requestsShown is the number of rows on a page.
const requestsShown = 50

// requestsPage is the journal: a list, and one request beside it.
type requestsPage struct {
	frame
	Words         string
	Hidden        []option // the rest of the state, for the form
	Surfaces      []option // Value is the URL
	Refused       toggle
	Client        string
	AnyClient     string // URL without the client
	Count         string
	Live          bool
	Poll          string // where the list is asked for anew
	Stop, Follow  string
	Rows          []requestRow
	Older, Newest string
	JSON, CSV     string
	All           string // where there are some, when the state leaves none
	Command       string // that makes one, when there is none at all
	One           bool   // the address is that of one request
	Chosen        *requestView
	Gone          string // why there is none beside
}

// toggle is a link that turns something on and off.
type toggle struct {
	URL, Count string
	On         bool
}

// requestRow is one line of the list.
type requestRow struct {
	Nr                 uint64
	URL                string
	Time, Day, Machine string // Day is empty on the day of the newest
	Method, Target     string
	Second             string // who, how many, how long
	OK                 bool
	Status             int
	Outcome            string
	Chosen             bool
}

func (s *site) listRequests(c echo.Context) error { return s.requests(c, 0) }

func (s *site) showRequest(c echo.Context) error {
	nr, err := strconv.ParseUint(c.Param("nr"), 10, 64)
	if err != nil || nr == 0 {
		return echo.ErrNotFound
	}
	return s.requests(c, nr)
}

func (s *site) requests(c echo.Context, nr uint64) error {
	u := readRequestsURL(c.QueryParams())
	u.nr = nr
	p := requestsPage{frame: s.frame(c.Request(), s.moment()), Words: u.words, Client: u.client, One: nr > 0}
	p.Entry, p.Page, p.Title, p.Here = entryRequests, requestsPath, p.T("requests"), u.String()
	all := s.journal(maxJournal)
	fitting, refused := u.among(all)
	p.Count = p.counted("requests.count", len(fitting))
	p.links(u, refused)
	p.choose(u, all, fitting, s.baseURL(c.Request()))
	p.list(u, fitting)
	if len(fitting) == 0 {
		p.All = requestsURL{}.String()
	}
	if len(all) == 0 {
		p.All, p.Command = "", firstCall(s.baseURL(c.Request()))
	}
	status := http.StatusOK
	if p.Gone != "" && c.Request().Header.Get("HX-Request") == "" {
		status = http.StatusNotFound
	}
	return s.render(c, status, "foresporsler", p)
}

// maxJournal is more than a journal keeps.
const maxJournal = 100_000

// among gives the entries that are asked for, and how many of those, were all
// decisions asked for, are refused.
func (u requestsURL) among(all []journal.Entry) (fitting []*journal.Entry, refused int) {
	for i := range all {
		e := &all[i]
		if !u.fits(e) {
			continue
		}
		bad := e.Verdict == journal.VerdictRefused
		if bad {
			refused++
		}
		if bad || !u.refused {
			fitting = append(fitting, e)
		}
	}
	return fitting, refused
}

// links are those that change what is listed. They keep the request beside, as
// far as its address has it.
func (p *requestsPage) links(u requestsURL, refused int) {
	p.Live, p.JSON, p.CSV = !u.still && u.from == 0, u.twin("json"), u.twin("csv")
	to := u
	to.nr, to.from = 0, 0
	stop, follow := u, to
	stop.still, follow.still = true, false
	p.Stop, p.Follow = stop.String(), follow.String()
	for _, surface := range append([]string{""}, surfaces...) {
		to.surface = surface
		label := p.T("requests.all")
		if surface != "" {
			label = p.T("surface." + surface)
		}
		p.Surfaces = append(p.Surfaces, option{Value: to.String(), Label: label, Chosen: surface == u.surface})
	}
	to.surface, to.refused = u.surface, !u.refused
	p.Refused = toggle{to.String(), p.number(refused), u.refused}
	to.refused, to.client = u.refused, ""
	p.AnyClient = to.String()
	for _, field := range []option{{Value: u.surface, Label: "flate"}, {Value: u.client, Label: "klient"}} {
		if field.Value != "" {
			p.Hidden = append(p.Hidden, field)
		}
	}
	if u.refused {
		p.Hidden = append(p.Hidden, option{Value: yes, Label: "avvist"})
	}
}

// choose finds the request beside the list: the one of the address, else the
// newest of the list. The address of the next look names it, so that it stays.
func (p *requestsPage) choose(u requestsURL, all []journal.Entry, fitting []*journal.Entry, base string) {
	var chosen *journal.Entry
	for i := range all {
		if all[i].Nr == u.nr {
			chosen = &all[i]
		}
	}
	switch {
	case chosen == nil && u.nr > 0:
		p.Gone = p.T("requests.gone", strconv.FormatUint(u.nr, 10))
	case chosen == nil && len(fitting) > 0:
		chosen = fitting[u.start(fitting)]
	}
	poll := u
	if chosen != nil {
		view := p.requestView(chosen, u, base)
		p.Chosen, poll.nr = &view, chosen.Nr
		if u.nr > 0 {
			p.Title = chosen.Method + " " + visible(chosen.Path) + " – " + p.Title
		}
	}
	p.Poll = poll.String()
}

// start is where the list begins; the last row when it begins after that.
func (u requestsURL) start(fitting []*journal.Entry) int {
	if u.from == 0 {
		return 0
	}
	for i, e := range fitting {
		if e.Nr <= u.from {
			return i
		}
	}
	return len(fitting) - 1
}

func (p *requestsPage) list(u requestsURL, fitting []*journal.Entry) {
	if len(fitting) == 0 {
		return
	}
	first := u.start(fitting)
	last := min(len(fitting), first+requestsShown)
	row := u
	for _, e := range fitting[first:last] {
		row.nr = e.Nr
		p.Rows = append(p.Rows, p.row(e, fitting[0].Time, row.String(), p.Chosen != nil && e.Nr == p.Chosen.Nr))
	}
	to := u
	to.nr, to.from = 0, 0
	if first > 0 {
		p.Newest = to.String()
	}
	if last < len(fitting) {
		to.from = fitting[last].Nr
		p.Older = to.String()
	}
}

func (w words) row(e *journal.Entry, newest time.Time, url string, chosen bool) requestRow {
	r := requestRow{
		Nr: e.Nr, URL: url, Time: w.second(e.Time), Machine: e.Time.UTC().Format(time.RFC3339Nano),
		Method: e.Method, Target: visible(target(e)), Second: w.took(e), OK: e.Verdict == journal.VerdictOK, Status: e.Status, Outcome: w.outcome(e), Chosen: chosen,
	}
	if day := w.day(e.Time); day != w.day(newest) {
		r.Day = day
	}
	if e.IDs > 0 {
		r.Second = w.counted("requests.ids", e.IDs) + " · " + r.Second
	}
	if e.Client != "" {
		r.Second = visible(e.Client) + " · " + r.Second
	}
	return r
}

// second is a time of day to the second.
func (w words) second(t time.Time) string { return t.In(sandbox.Oslo).Format(w.T("requests.clock")) }

// outcome says in some words how a request ended.
func (w words) outcome(e *journal.Entry) string {
	switch {
	case e.Verdict == journal.VerdictRefused && w.knows(e.Code):
		return w.refusedAs(e.Code)
	case e.Verdict == journal.VerdictRefused:
		return http.StatusText(e.Status)
	case e.IDs > 0:
		return w.T("requests.found", w.number(e.Found))
	case e.Surface == surfaceMaskinporten && e.Method == http.MethodPost:
		return w.T("requests.token")
	}
	return w.T("requests.bytes", w.number(int(e.Bytes)))
}

// counted is a text about so many, which has another form for one.
func (w words) counted(key string, n int) string {
	if n == 1 {
		return w.T(key + ".one")
	}
	return w.T(key, w.number(n))
}

// took is how long a request took.
func (w words) took(e *journal.Entry) string {
	ms := strconv.FormatFloat(max(.1, float64(e.Duration.Microseconds())/1000), 'f', 1, 64)
	if w.Language != spoken.English {
		ms = strings.Replace(ms, ".", ",", 1)
	}
	return w.T("requests.took", ms)
}
