package ui

import (
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/outbox"
)

// messagesShown is the number of rows on a page.
const messagesShown = 50

// outboxPage is what the register would have sent: a list, and one message beside
// it.
type outboxPage struct {
	frame
	Words         string
	Hidden        []option // the rest of the state, for the form
	Channels      []option // Value is the URL
	Narrowed      []narrowing
	Count         string
	Live          bool
	Poll          string // where the list is asked for anew
	Fill          bool   // the next look may find the first message, to show beside the list
	Stop, Follow  string
	Rows          []messageRow
	Older, Newest string
	JSON, CSV     string
	All           string // where there are some, when the state leaves none
	One           bool   // the address is that of one message
	Chosen        *messageView
	Gone          string // why there is none beside
}

// narrowing is a choice that the list is narrowed to, with the URL without it.
type narrowing struct{ URL, Label string }

// messageRow is one line of the list.
type messageRow struct {
	Nr            uint64
	URL           string
	Icon, Title   string
	Text, Lang    string
	Time, Machine string
	Chosen        bool
}

func (s *site) listMessages(c echo.Context) error { return s.messages(c, 0) }

func (s *site) showMessage(c echo.Context) error {
	nr, err := strconv.ParseUint(c.Param("nr"), 10, 64)
	if err != nil || nr == 0 {
		return echo.ErrNotFound
	}
	return s.messages(c, nr)
}

func (s *site) emptyOutbox(c echo.Context) error {
	s.outbox.Clear()
	return c.Redirect(http.StatusSeeOther, outboxPath)
}

func (s *site) messages(c echo.Context, nr uint64) error {
	u := readOutboxURL(c.QueryParams())
	u.nr = nr
	fitting, _ := s.outbox.Find(u.filter())
	m := s.moment() // after the look, so that nothing is newer
	p := outboxPage{frame: s.frame(c.Request(), m), Words: u.words, One: nr > 0}
	p.Entry, p.Page, p.Title, p.Here = entryOutbox, outboxPath, p.T("outbox"), u.String()
	p.Count = p.counted("outbox.count", len(fitting))
	p.links(u)
	p.choose(u, s.message(u, fitting), m, s.baseURL(c.Request()))
	p.list(u, fitting, m)
	if any, _ := s.outbox.Find(outbox.Filter{Limit: 1}); len(fitting) == 0 && len(any) > 0 {
		p.All = outboxURL{}.String()
	}
	status := http.StatusOK
	if p.Gone != "" && c.Request().Header.Get("HX-Request") == "" {
		status = http.StatusNotFound
	}
	return s.render(c, status, "utboks", p)
}

// message finds the one beside the list: that of the address, whether it fits or
// not, else the newest of the list.
func (s *site) message(u outboxURL, fitting []outbox.Message) *outbox.Message {
	if u.nr == 0 {
		if len(fitting) == 0 {
			return nil
		}
		return &fitting[u.start(fitting)]
	}
	from, _ := s.outbox.Find(outbox.Filter{After: u.nr - 1})
	if last := len(from) - 1; last >= 0 && from[last].Nr == u.nr {
		return &from[last]
	}
	return nil
}

// links are those that change what is listed.
func (p *outboxPage) links(u outboxURL) {
	p.Live, p.JSON, p.CSV = !u.still && u.from == 0, u.twin("json"), u.twin("csv")
	to := u
	to.nr, to.from = 0, 0
	stop, follow := u, to
	stop.still, follow.still = true, false
	p.Stop, p.Follow = stop.String(), follow.String()
	for _, channel := range append([]outbox.Channel{""}, outbox.Channels...) {
		one, label := to, p.T("outbox.all")
		if one.channel = channel; channel != "" {
			label = p.T("outbox.channel." + string(channel))
		}
		p.Channels = append(p.Channels, option{Value: one.String(), Label: label, Chosen: channel == u.channel})
	}
	if u.to != "" {
		any := to
		any.to = ""
		p.Narrowed = append(p.Narrowed, narrowing{any.String(), p.T("outbox.only.to", mobile(u.to))})
	}
	if u.reason != "" {
		any := to
		any.reason = ""
		p.Narrowed = append(p.Narrowed, narrowing{any.String(), p.T("outbox.kind." + string(u.reason))})
	}
	for _, field := range []option{{Value: u.to, Label: "til"}, {Value: string(u.reason), Label: "type"}, {Value: string(u.channel), Label: "kanal"}} {
		if field.Value != "" {
			p.Hidden = append(p.Hidden, field)
		}
	}
}

// choose shows the message beside the list. The address of the next look names it,
// so that it stays.
func (p *outboxPage) choose(u outboxURL, chosen *outbox.Message, m moment, base string) {
	poll := u
	switch {
	case chosen != nil:
		view := p.messageView(chosen, u, m, base)
		p.Chosen, poll.nr = &view, chosen.Nr
		if u.nr > 0 {
			p.Title = view.Title + " – " + p.Title
		}
	case u.nr > 0:
		p.Gone = p.T("outbox.gone", strconv.FormatUint(u.nr, 10))
	}
	p.Poll, p.Fill = poll.String(), chosen == nil && u.nr == 0
}

func (p *outboxPage) list(u outboxURL, fitting []outbox.Message, m moment) {
	if len(fitting) == 0 {
		return
	}
	first := u.start(fitting)
	last := min(len(fitting), first+messagesShown)
	row := u
	for i := range fitting[first:last] {
		one := &fitting[first+i]
		row.nr = one.Nr
		p.Rows = append(p.Rows, p.messageRow(one, m, row.String(), p.Chosen != nil && one.Nr == p.Chosen.Nr))
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

func (w words) messageRow(one *outbox.Message, m moment, url string, chosen bool) messageRow {
	return messageRow{
		Nr: one.Nr, URL: url, Icon: string(one.Channel), Title: w.messageTitle(one), Text: visible(one.Text), Lang: one.Lang,
		Time: w.near(one.Time, m.at), Machine: one.Time.UTC().Format(time.RFC3339Nano), Chosen: chosen,
	}
}

func (w words) messageTitle(one *outbox.Message) string {
	return w.T("outbox.to."+string(one.Channel), visible(mobile(one.To)))
}

// near is a time of day, or another day's date, with its year where that is another.
func (w words) near(t, now time.Time) string {
	day, today := w.day(t), w.day(now)
	if day == today {
		return w.clock(t)
	}
	const year = len(nbsp + "2026")
	if short, ok := strings.CutSuffix(day, today[len(today)-year:]); ok {
		return short
	}
	return day
}
