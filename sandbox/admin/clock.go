package admin

import (
	"fmt"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

type clockAnswer struct {
	Now    string `json:"now" required:"true" format:"date-time" description:"the register's time"`
	Frozen bool   `json:"frozen" required:"true"`
	Moved  bool   `json:"moved" required:"true" description:"whether it is another time than the real one"`
	Real   string `json:"real,omitempty" format:"date-time"`
}

// clockRequest has three forms: now, advance, or expiry_of with channel.
type clockRequest struct {
	Now      *string `json:"now,omitempty" format:"date-time"`
	Frozen   *bool   `json:"frozen,omitempty" default:"true" description:"with now: stand still, or go on from there"`
	Advance  *string `json:"advance,omitempty" description:"an ISO 8601 period: P18M, -P1D"`
	ExpiryOf *string `json:"expiry_of,omitempty" pattern:"^[0-9]{11}$" description:"stand still where this person's channel runs out"`
	Channel  *string `json:"channel,omitempty" enum:"epost,mobil"`
	Offset   *string `json:"offset,omitempty" description:"a period from there"`
}

func (a *api) getClock(c echo.Context) error { return writeJSON(c, a.clock()) }

func (a *api) clock() clockAnswer {
	const whole = time.RFC3339
	out := clockAnswer{
		Now:    a.c.Clock.Now().In(sandbox.Oslo).Format(whole),
		Frozen: !a.c.Clock.State().Frozen.IsZero(), Moved: a.c.Clock.Moved(),
	}
	if a.c.Now != nil {
		out.Real = a.c.Now().In(sandbox.Oslo).Format(whole)
	}
	return out
}

func (a *api) putClock(c echo.Context) error {
	var body clockRequest
	if err := readJSON(c.Request(), maxBody, &body); err != nil {
		return err
	}
	err := a.c.Clock.Move(func(s sandbox.ClockState) (sandbox.ClockState, error) {
		now := a.c.Clock.Now()
		at, frozen, err := a.target(body, now)
		if err != nil {
			return s, err
		}
		if y := at.In(sandbox.Oslo).Year(); y < 1971 || y > 2100 {
			return s, invalid("clock.range", fmt.Sprintf("the register clock goes from 1971 to 2100, not to %d", y))
		}
		if frozen || body.Now != nil {
			return a.c.Clock.Showing(at, frozen), nil
		}
		return sandbox.ClockState{Ahead: s.Ahead + at.Sub(now)}, nil // to the nanosecond, so that there and back is the real time
	})
	if err != nil {
		return err
	}
	return writeJSON(c, a.clock())
}

func (a *api) deleteClock(c echo.Context) error {
	if err := a.c.Clock.Reset(); err != nil {
		return err
	}
	return writeJSON(c, a.clock())
}

// target is where a request moves the clock to, and whether it stands still there.
func (a *api) target(r clockRequest, now time.Time) (at time.Time, frozen bool, err error) {
	forms := 0
	for _, form := range []*string{r.Now, r.Advance, r.ExpiryOf} {
		if form != nil {
			forms++
		}
	}
	if forms != 1 || r.Frozen != nil && r.Now == nil || (r.Channel != nil || r.Offset != nil) && r.ExpiryOf == nil {
		return at, false, invalid("clock.form", `give one of {"now":"2026-08-31T12:00:00+02:00","frozen":true}, {"advance":"P18M"} and {"expiry_of":"<personidentifikator>","channel":"epost","offset":"-P1D"}`)
	}
	switch {
	case r.Now != nil:
		at, err = readMoment(*r.Now)
		return at, r.Frozen == nil || *r.Frozen, err
	case r.Advance != nil:
		at, err = advance(now, *r.Advance)
		return at, !a.c.Clock.State().Frozen.IsZero(), err
	}
	at, err = a.expiryOf(r)
	return at, true, err
}

func readMoment(text string) (time.Time, error) {
	for _, layout := range []string{"2006-01-02T15:04:05-07", time.RFC3339} {
		if at, err := time.Parse(layout, text); err == nil {
			return at, nil
		}
	}
	return time.Time{}, invalid("instant.invalid", fmt.Sprintf("%q is not a moment; write it as 2026-08-31T12:00:00+02:00", sandbox.Short(text)))
}

func advance(from time.Time, period string) (time.Time, error) {
	steps, err := readPeriod(period)
	if err != nil {
		return time.Time{}, err
	}
	at, ok := sandbox.Shift(from, steps)
	if !ok {
		return time.Time{}, invalid("clock.range", "the register clock goes from 1971 to 2100, and "+sandbox.Short(period)+" leads out of that")
	}
	return at, nil
}

func (a *api) expiryOf(r clockRequest) (time.Time, error) {
	id, err := keepable(*r.ExpiryOf)
	if err != nil {
		return time.Time{}, err
	}
	if r.Channel == nil || *r.Channel != "epost" && *r.Channel != "mobil" {
		return time.Time{}, invalid("clock.channel", "channel must be epost or mobil")
	}
	var channel sandbox.Channel
	if p := a.c.Register.Person(id); p.Status() == sandbox.Active {
		if channel = p.Email(); *r.Channel == "mobil" {
			channel = p.Mobile()
		}
	}
	at := sandbox.ExpiresAt(channel.Newest()).Time()
	switch {
	case at.IsZero():
		return at, invalid("clock.expiry", fmt.Sprintf("%v has no %s with a date, so none that runs out", id, *r.Channel))
	case r.Offset != nil:
		return advance(at, *r.Offset)
	}
	return at, nil
}
