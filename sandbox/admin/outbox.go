package admin

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

type messagesRequest struct {
	To      string `query:"to" description:"only to this mobile or e-mail, in any spelling"`
	Person  string `query:"person" pattern:"^[0-9]{11}$" description:"only to this person"`
	Channel string `query:"channel" enum:"sms,epost"`
	Type    string `query:"type" enum:"kode,paaminnelse,endring,reservasjon,postkasse" description:"why they were written"`
	Q       string `query:"q" description:"only those that hold each of these words in recipient, person, subject or text"`
	Since   string `query:"since" description:"only those with a higher number than this, or, as 2026-11-25T12:00:00+01:00, those not older by the register's clock"`
	Wait    string `query:"wait" description:"how long to wait for a message when there is none, up to 60s; an empty list is the answer when none comes"`
	Limit   int    `query:"limit" minimum:"1" maximum:"1000" default:"50"`
}

type messagesAnswer struct {
	Messages []outbox.Message `json:"messages" required:"true" nullable:"false"`
}

type emptiedAnswer struct {
	Messages int `json:"messages" description:"how many there were"`
}

func (a *api) listMessages(c echo.Context) error {
	f, err := readFilter(c)
	if err != nil {
		return err
	}
	wait, err := readWait(c.QueryParam("wait"))
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(c.Request().Context(), wait)
	defer cancel()
	return writeJSON(c, messagesAnswer{a.c.Outbox.Wait(ctx, f)})
}

func (a *api) deleteMessages(c echo.Context) error {
	return writeJSON(c, emptiedAnswer{a.c.Outbox.Clear()})
}

func readFilter(c echo.Context) (f outbox.Filter, err error) {
	f = outbox.Filter{
		To: c.QueryParam("to"), Channel: outbox.Channel(c.QueryParam("channel")), Reason: outbox.Reason(c.QueryParam("type")), Words: c.QueryParam("q"),
	}
	switch {
	case f.To != "" && !outbox.IsAddress(f.To):
		return f, invalid("to.invalid", fmt.Sprintf("to must be a mobile number, as %%2B4799994127, or an e-mail; %q is neither", sandbox.Short(f.To)))
	case f.Channel != "" && !slices.Contains(outbox.Channels, f.Channel):
		return f, invalid("channel.invalid", fmt.Sprintf("channel must be sms or epost, not %q", sandbox.Short(string(f.Channel))))
	case f.Reason != "" && !slices.Contains(outbox.Reasons, f.Reason):
		return f, invalid("type.invalid", fmt.Sprintf("type must be one of %v, not %q", outbox.Reasons, sandbox.Short(string(f.Reason))))
	}
	if person := c.QueryParam("person"); person != "" {
		id, err := sandbox.ParsePersonID(person)
		if err != nil {
			return f, err
		}
		f.Person = id.Digits()
	}
	if f.After, f.Since, err = readSince(c.QueryParam("since")); err != nil {
		return f, err
	}
	if f.Limit, err = limitOf(c); err == nil && f.Limit == 0 {
		err = invalid("limit.invalid", fmt.Sprintf("limit must be a number from 1 to %d", maxLimit))
	}
	return f, err
}

// readSince reads the number of a message or a moment. A plus sign that the caller
// did not escape has become a space.
func readSince(text string) (after uint64, since time.Time, err error) {
	if text == "" {
		return 0, since, nil
	}
	if after, err = strconv.ParseUint(text, 10, 64); err == nil {
		return after, since, nil
	}
	if since, err = time.Parse(time.RFC3339, strings.Replace(text, " ", "+", 1)); err != nil {
		return 0, since, invalid("since.invalid", fmt.Sprintf("since must be the number of a message, as 17, or a moment, as 2026-11-25T12:00:00Z; %q is neither", sandbox.Short(text)))
	}
	return 0, since, nil
}

const maxWait = time.Minute

func readWait(text string) (time.Duration, error) {
	if text == "" {
		return 0, nil
	}
	wait, err := time.ParseDuration(text)
	if err != nil || wait < 0 || wait > maxWait {
		return 0, invalid("wait.invalid", fmt.Sprintf("wait must be a time from 0s to 60s, as 5s or 500ms, not %q", sandbox.Short(text)))
	}
	return wait, nil
}
