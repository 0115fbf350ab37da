package ui

import (
	"context"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/stats"
)

const timePath = "/tid"

// timePage is the register's clock: what it shows, how to move it, and what that
// does.
type timePage struct {
	frame
	Now, Real  string
	Apart      string // how far from real time; "" when it is that
	Steps      []option
	Typed      string
	Fault      string
	Forecast   []chart
	Months     []aheadRow
	Changes    string
	NoChanges  bool
	Standstill bool
}

// aheadRow is one row of the forecast as a table.
type aheadRow struct{ Months, Day, Persons string }

// clockSteps are how far the buttons move the clock.
var clockSteps = []struct{ period, key string }{
	{"-P1M", "time.month.back"}, {"-P1D", "time.day.back"}, {"P1D", "time.day"}, {"P1M", "time.month"}, {"P16M", "time.remind"}, {"P18M", "time.expire"},
}

func (s *site) showTime(c echo.Context) error { return s.timePage(c, http.StatusOK, "", "") }

func (s *site) timePage(c echo.Context, status int, typed, fault string) error {
	m := s.moment()
	f := s.frame(c.Request(), m)
	f.Entry, f.Page, f.Title, f.Here = entryTime, timePath, f.T("time.title"), timePath
	real, err := s.realTime(c.Request().Context())
	if err != nil {
		return err
	}
	report := s.stats()
	p := timePage{
		frame: f, Now: f.day(m.at) + " " + f.clock(m.at), Real: f.day(real) + " " + f.clock(real), Typed: typed, Standstill: f.Frozen,
		Forecast: f.forecast(report.Forecast, "forecast"), Changes: f.T("time.changes", f.number(s.register.Changed())), NoChanges: s.register.Changed() == 0,
	}
	if s.register.Changed() == 1 {
		p.Changes = f.T("time.changes.one")
	}
	if f.Unreal {
		p.Apart = f.apart(m.at, real)
	}
	if fault != "" {
		p.Fault = f.T(fault)
	}
	for _, step := range clockSteps {
		p.Steps = append(p.Steps, option{Value: step.period, Label: f.T(step.key)})
	}
	for _, ahead := range report.Forecast {
		p.Months = append(p.Months, aheadRow{f.number(ahead.Months), f.day(sandbox.AddMonths(m.at, ahead.Months)), f.number(ahead.Persons)})
	}
	return s.render(c, status, "tid", p)
}

// realTime is what the control API says that it really is.
func (s *site) realTime(ctx context.Context) (time.Time, error) {
	clock, _, err := s.ask(ctx, http.MethodGet, "/clock", nil)
	if err != nil {
		return time.Time{}, err
	}
	text, _ := clock["real"].(string)
	return time.Parse(time.RFC3339, text)
}

// apart says how far one time is from another.
func (w words) apart(at, from time.Time) string {
	key := "time.ahead"
	if at.Before(from) {
		at, from, key = from, at, "time.behind"
	}
	n, unit := 0, "months"
	for !sandbox.AddMonths(from, n+1).After(at) { // ahead, as the clock is moved: 18 months after 31 October is 30 April
		n++
	}
	if n == 0 {
		n, unit = int(at.Sub(from)/(24*time.Hour)), "days"
	}
	if n == 0 {
		return w.T(key + ".less")
	}
	return w.T(key, w.counted("time."+unit, n))
}

// moveTime moves the clock by a button, to a typed moment, or lets it go or stand
// still, by way of the control API.
func (s *site) moveTime(c echo.Context) error {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		return echo.ErrBadRequest
	}
	now := s.register.Now()
	body := map[string]any{}
	typed := strings.TrimSpace(r.PostForm.Get("tidspunkt"))
	switch {
	case r.PostForm.Get("flytt") != "":
		body["advance"] = r.PostForm.Get("flytt")
	case r.PostForm.Get("gang") != "":
		body["now"], body["frozen"] = now.Format(time.RFC3339Nano), r.PostForm.Get("gang") == "staar"
	default:
		at, ok := readMoment(typed, now)
		if !ok {
			return s.timePage(c, http.StatusUnprocessableEntity, typed, "time.fault")
		}
		body["now"], body["frozen"] = at.Format(time.RFC3339), s.register.TimeIsReal() || s.register.TimeStandsStill()
	}
	_, fault, err := s.ask(r.Context(), http.MethodPut, "/clock", body)
	switch {
	case err != nil:
		return err
	case fault != (refusal{}):
		return s.timePage(c, http.StatusUnprocessableEntity, typed, "time.range")
	}
	return c.Redirect(http.StatusSeeOther, timePath)
}

var norwegianMoment = regexp.MustCompile(`^(\d{1,2})[.](\d{1,2})[.](\d{4})(?:,?\s+(?:kl[.]?\s*)?(\d{1,2})[.:](\d{2}))?$`)

// readMoment reads 19.02.2028 20.00, ISO 8601, or how far from now: +18m, -3d.
func readMoment(text string, now time.Time) (time.Time, bool) {
	if m := norwegianMoment.FindStringSubmatch(text); m != nil {
		if m[4] == "" {
			m[4], m[5] = "0", "00"
		}
		at, err := time.ParseInLocation("2.1.2006 15:04", m[1]+"."+strings.TrimPrefix(m[2], "0")+"."+m[3]+" "+pad(m[4])+":"+m[5], sandbox.Oslo)
		return at, err == nil
	}
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04", time.DateOnly} {
		if at, err := time.ParseInLocation(layout, text, sandbox.Oslo); err == nil {
			return at, true
		}
	}
	if at, err := sandbox.ParseInstant(text); err == nil {
		return at.Time(), true
	}
	steps, ok := sandbox.ParseSteps(text)
	if !ok {
		return time.Time{}, false
	}
	return sandbox.Shift(now, steps)
}

func pad(hour string) string {
	if len(hour) == 1 {
		return "0" + hour
	}
	return hour
}

// forecast draws how many can be notified in each of the next months.
func (w words) forecast(ahead []stats.Ahead, name string) []chart {
	most := 1
	for _, a := range ahead {
		most = max(most, a.Persons)
	}
	return drawings(name, func(c *chart) {
		const top, high = 24, 130
		step := roundUp(most)
		ceiling := (most + step - 1) / step * step
		left, bottom := 12+7.0*float64(len(w.number(ceiling))), float64(top+high)
		c.Height, c.Sentence = px(bottom+42), w.T("time.say")
		c.scale(left, bottom, high, ceiling, step, w.number)
		column := (float64(c.Width) - left - 4) / float64(len(ahead))
		for i, a := range ahead {
			x, tall := left+column*float64(i), high*float64(a.Persons)/float64(ceiling)
			class := "with"
			if i == 0 {
				class = "soon"
			}
			c.bar(class, x+column*.1, bottom-tall, column*.8, tall)
			if every := labelEvery(column); a.Months%every == 0 {
				c.text("muted", x+column/2, bottom+16, "middle", w.number(a.Months))
			}
		}
		c.text("", left+column*.1, bottom-high*float64(ahead[0].Persons)/float64(ceiling)-6, "start", w.T("time.can", w.number(ahead[0].Persons)))
		c.text("muted", left, bottom+34, "start", w.T("time.caption"))
	})
}
