package ui

import (
	"encoding/csv"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/outbox"
)

// messageView is one message.
type messageView struct {
	Nr            uint64
	Title         string
	Code          string // "" where the message carries none
	Left          string // how long the code is taken
	Over          bool   // whether it no longer is
	Person        link
	To            string
	ToAll         string // where all to this recipient are
	Time, Machine string
	Reason        link // to all for this reason
	Subject, Text string
	Lang          string
	Curl          string // fetches it in a test
	Back          string // the list without a message
}

func (w words) messageView(one *outbox.Message, u outboxURL, m moment, base string) messageView {
	v := messageView{
		Nr: one.Nr, Title: w.messageTitle(one), Code: one.Code, To: visible(mobile(one.To)), ToAll: outboxURL{to: one.To}.String(),
		Person: link{"/person/" + one.Person, visible(one.Name)},
		Time:   w.T("outbox.moment", w.day(one.Time), w.second(one.Time)), Machine: one.Time.UTC().Format(time.RFC3339Nano),
		Reason:  link{outboxURL{reason: one.Reason}.String(), w.messageReason(one)},
		Subject: visible(one.Subject), Text: visible(one.Text), Lang: one.Lang,
		Curl: "curl -s " + inShell(base+"/sandbox/v1/outbox?to="+url.QueryEscape(one.To)+"&wait=5s"),
	}
	if v.Person.Label == "" {
		v.Person.Label = one.Person
	}
	if one.Code != "" {
		v.Left, v.Over = w.left(one.Until, m.at)
	}
	u.nr = 0
	v.Back = u.String()
	return v
}

func (w words) messageReason(one *outbox.Message) string {
	if one.Reason == outbox.ReasonCode {
		return w.T("outbox.code." + string(one.Channel))
	}
	return w.T("outbox.reason." + string(one.Reason))
}

// left is how many minutes there are to a moment, begun ones counted, or that it
// has passed.
func (w words) left(until, now time.Time) (text string, over bool) {
	if !now.Before(until) {
		return w.T("outbox.over"), true
	}
	minutes := int((until.Sub(now) + time.Minute - 1) / time.Minute)
	return w.T("outbox.left", w.number(minutes)), false
}

func (s *site) messagesAs(c echo.Context) []outbox.Message {
	found, _ := s.outbox.Find(readOutboxURL(c.QueryParams()).filter())
	c.Response().Header().Set("Cache-Control", "private, no-cache")
	return found
}

func (s *site) messagesJSON(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]any{"messages": s.messagesAs(c)})
}

func (s *site) messagesCSV(c echo.Context) error {
	var b strings.Builder
	rows := [][]string{{"nr", "time", "channel", "to", "personidentifikator", "name", "type", "subject", "text", "language", "code", "code_expires"}}
	for _, m := range s.messagesAs(c) {
		until := ""
		if !m.Until.IsZero() {
			until = m.Until.Format(time.RFC3339)
		}
		rows = append(rows, []string{
			strconv.FormatUint(m.Nr, 10), m.Time.Format(time.RFC3339), string(m.Channel), asText(m.To), m.Person, asText(m.Name), string(m.Reason),
			asText(m.Subject), asText(m.Text), m.Lang, asText(m.Code), until,
		})
	}
	if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="utboks.csv"`)
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", []byte(b.String()))
}
