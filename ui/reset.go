package ui

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

const (
	resetPath = "/nullstill"
	clockPath = "/klokke"
)

// resetPage asks before everything is taken back.
type resetPage struct {
	frame
	Text string // what a reset takes back
	None bool   // whether there is nothing
}

func (s *site) askReset(c echo.Context) error {
	m := s.moment()
	f := s.frame(c.Request(), m)
	f.Title = f.T("reset.title")
	changed := s.register.Changed()
	text := f.T("reset.text", f.number(changed))
	if changed == 1 {
		text = f.T("reset.one")
	}
	return s.render(c, http.StatusOK, "reset", resetPage{f, text, changed == 0 && s.register.TimeIsReal()})
}

func (s *site) doReset(c echo.Context) error {
	if err := s.reset(); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, home)
}

// resetClock brings the clock back and goes back to the page.
func (s *site) resetClock(c echo.Context) error {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		return echo.ErrBadRequest
	}
	if err := s.toReal(); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, localPath(r.PostForm.Get(backField)))
}
