package idporten

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/ory/fosite"

	"liksom/fakeauth"
)

// under gives the login under way that a page belongs to, and the browser's
// cookie.
func (s *Server) under(c echo.Context, id string) (pending, string, error) {
	cookie := browserOf(c)
	p, ok := s.sso.waiting(id, cookie)
	if !ok {
		return p, cookie, fosite.ErrInvalidRequest.WithHint("This login is not under way in this browser, or it took too long. Go back to the service and begin anew.")
	}
	return p, cookie, nil
}

// selectorPage is where one chooses how to log in.
type selectorPage struct {
	frame
	Client string
	Ways   []way
}

// way is a link to one way of logging in.
type way struct{ ID, URL, Label, Note string }

// selector offers TestID at the levels that will do. The label of the higher one
// and its element id are those of the real page (observed by public scripts); the
// other label is a guess.
func (s *Server) selector(c echo.Context) error {
	id := c.QueryParam("id")
	p, _, err := s.under(c, id)
	if err != nil {
		return err
	}
	f := s.frame(c, p.issuer, p.locales)
	page := selectorPage{frame: f, Client: p.client.name()}
	page.Title = f.T("selector.title")
	for _, l := range []struct{ element, level, label string }{{"testid1", levelHigh, "testid.high"}, {"testid2", levelSubstantial, "testid.substantial"}} {
		if p.satisfiedBy(l.level) {
			page.Ways = append(page.Ways, way{l.element, testIDURL(p.issuer, id, l.level), f.T(l.label), f.T("testid.note")})
		}
	}
	return s.render(c, http.StatusOK, "selector", page)
}

func testIDURL(issuer, id, level string) string {
	v := url.Values{"id": {id}, "nivaa": {level}}
	return issuer + "/authorize/testid?" + v.Encode()
}

// choicePage is where one chooses a person.
type choicePage struct {
	frame
	ID, Client    string
	Words         string
	People        []shownPerson
	Levels        []shownLevel
	PID           string // in the field
	Fault         string // what is wrong with what was typed
	Hint          string // login_hint that does the same
	AskedAt       string // the level in words
	CancelURL     string
	HeadlessLevel string
}

type shownPerson struct {
	Person
	Detail string
	Chosen bool
}

type shownLevel struct {
	Value, Label string
	Chosen       bool
}

const shownPeople = 8

// choose shows the page where one picks a person.
func (s *Server) choose(c echo.Context) error {
	p, _, err := s.under(c, c.QueryParam("id"))
	if err != nil {
		return err
	}
	pid := c.QueryParam("pid")
	if c.QueryParam("tilfeldig") != "" {
		pid = s.cfg.People.Random().PID
	}
	return s.choicePage(c, p, c.QueryParam("id"), c.QueryParam("q"), c.QueryParam("nivaa"), pid, "")
}

func (s *Server) choicePage(c echo.Context, p pending, id, words, level, pid, fault string) error {
	f := s.frame(c, p.issuer, p.locales)
	if !slices.Contains(testIDLevels, level) || !p.satisfiedBy(level) {
		level = p.offered()
	}
	page := choicePage{
		frame: f, ID: id, Client: p.client.name(), Words: clip(words), PID: clip(pid), AskedAt: f.T("level." + p.lowest()),
		CancelURL: p.issuer + "/authorize/avbryt",
	}
	page.Title = f.T("login.title")
	if fault != "" {
		page.Fault = f.T("fault." + fault)
		page.Title = f.T("login.title.fault")
	}
	for _, one := range s.cfg.People.Search(clip(words), shownPeople) {
		if page.PID == "" {
			page.PID = one.PID
		}
		page.People = append(page.People, shownPerson{one, f.notes(one), one.PID == page.PID})
	}
	for _, l := range testIDLevels {
		if p.satisfiedBy(l) {
			page.Levels = append(page.Levels, shownLevel{l, f.T("level." + l), l == level})
		}
	}
	page.Hint = "login_hint=testid:" + page.PID + "_" + level
	status := http.StatusOK
	if fault != "" {
		status = http.StatusUnprocessableEntity
	}
	return s.render(c, status, "choice", page)
}

// login takes the choice.
func (s *Server) login(c echo.Context) error {
	form, err := s.pageForm(c)
	if err != nil {
		return err
	}
	p, cookie, err := s.under(c, form.Get("id"))
	if err != nil {
		return err
	}
	pid, level := chosenPID(form), form.Get("nivaa")
	if why := s.cfg.People.Check(pid); why != "" {
		s.conclude(c.Request().Context(), fakeauth.Verdict{Refused: true, Client: p.client.ID, Error: "login", Reason: "a number was typed that cannot log in: " + why})
		return s.choicePage(c, p, form.Get("id"), "", level, pid, why)
	}
	if !slices.Contains(testIDLevels, level) || !p.satisfiedBy(level) {
		level = p.offered()
	}
	cookie = s.sso.renew(cookie)
	s.keepBrowser(c, cookie)
	l := login{pid: pid, acr: level, at: s.cfg.Now(), locale: localeOf(c, p.locales)}
	if s.cfg.AfterLogin != nil {
		s.sso.chose(form.Get("id"), l)
		back := p.issuer + "/authorize/videre?id=" + url.QueryEscape(form.Get("id"))
		if s.cfg.AfterLogin(c.Response(), c.Request(), Arrival{pid, languageOf(c, p.locales).Code(), back}) {
			return nil
		}
	}
	return s.complete(c, form.Get("id"), p, cookie, l)
}

// chosenPID is what was typed, if anything was, and else the chosen person: the
// field comes filled in, and the page works without script.
func chosenPID(form url.Values) string {
	pid := form.Get("skrevet")
	if picked := form.Get("pid"); picked != "" && pid == form.Get("fra") {
		pid = picked
	}
	return strings.ReplaceAll(pid, " ", "")
}

// goOn comes back from AfterLogin's page.
func (s *Server) goOn(c echo.Context) error {
	id := c.QueryParam("id")
	p, cookie, err := s.under(c, id)
	if err != nil {
		return err
	}
	if p.chosen == nil {
		return c.Redirect(http.StatusFound, p.issuer+"/authorize/selector?id="+url.QueryEscape(id))
	}
	return s.complete(c, id, p, cookie, *p.chosen)
}

func (s *Server) complete(c echo.Context, id string, p pending, cookie string, l login) error {
	s.sso.done(id)
	return s.grant(c, p.request, s.sso.begin(cookie, p.client, l), cookie)
}

// cancel goes back to the client without a login.
func (s *Server) cancel(c echo.Context) error {
	form, err := s.pageForm(c)
	if err != nil {
		return err
	}
	p, _, err := s.under(c, form.Get("id"))
	if err != nil {
		return err
	}
	s.sso.done(form.Get("id"))
	return s.answer(c, p.request, refusalOf(fosite.ErrAccessDenied, "The user chose to cancel."))
}

// crossOrigin refuses forms that another site made the browser send; the cookie is
// not sent along with such either (SameSite).
var crossOrigin = http.NewCrossOriginProtection()

// pageForm reads the form of one of our own pages.
func (s *Server) pageForm(c echo.Context) (url.Values, error) {
	hr := c.Request()
	if err := crossOrigin.Check(hr); err != nil {
		return nil, echo.NewHTTPError(http.StatusForbidden)
	}
	hr.Body = http.MaxBytesReader(c.Response(), hr.Body, maxForm)
	if err := onlyForm(hr); err != nil {
		return nil, err
	}
	return hr.PostForm, nil
}
