package ui

import (
	"fmt"
	"math"
	"strings"

	"liksom/sandbox"
)

// The two channels, by their key in the texts.
const (
	emailKey  = "email"
	mobileKey = "mobile"
)

// channel is one way to reach a person, judged by the register at one moment.
type channel struct {
	sandbox.Channel
	key     string // emailKey or mobileKey
	state   sandbox.Freshness
	expires sandbox.Instant // zero when no date counts
}

func channels(r sandbox.Record, w sandbox.Window) [2]channel {
	judge := func(key string, c sandbox.Channel) channel {
		return channel{c, key, w.Freshness(c), sandbox.ExpiresAt(c.Newest())}
	}
	return [2]channel{judge(emailKey, r.Email()), judge(mobileKey, r.Mobile())}
}

// class names the state for style sheets.
func (c channel) class() string {
	return [...]string{sandbox.Missing: "missing", sandbox.Fresh: "fresh", sandbox.Expiring: "expiring", sandbox.Expired: "expired"}[c.state]
}

func (c channel) usable() bool { return c.state == sandbox.Fresh || c.state == sandbox.Expiring }

// stamp is a date of a channel with the word for it.
type stamp struct {
	key     string // updated, confirmed or validated
	at      sandbox.Instant
	counted bool // whether it counts in the 18-month rule
}

// stamps are the dates that a channel has, the newest first.
func (c channel) stamps() []stamp {
	var all []stamp
	for _, s := range []stamp{{"confirmed", c.Confirmed, true}, {"updated", c.Updated, true}, {"validated", c.Validated, false}} {
		if s.at == 0 {
			continue
		}
		i := 0
		for i < len(all) && all[i].at >= s.at {
			i++
		}
		all = append(all[:i], append([]stamp{s}, all[i:]...)...)
	}
	return all
}

// dated writes a stamp: "bekreftet 11. mars 2025".
func (w words) dated(s stamp) string { return w.T(s.key) + nbsp + w.date(s.at) }

// newest writes the date that decides, for instance "bekreftet 11. mars 2025".
func (w words) newest(c channel) string {
	for _, s := range c.stamps() {
		if s.counted {
			return w.dated(s)
		}
	}
	return w.T("age.none")
}

// channelView is a channel in a list: symbol, age and word.
type channelView struct {
	Label  string
	Symbol dial
	Age    string // or the word "mangler"
	Word   string // fersk, utgått …; empty when missing
}

func (w words) channelView(c channel, m moment) channelView {
	v := channelView{Label: w.T(c.key), Symbol: dialOf(c, m.window)}
	if c.state == sandbox.Missing {
		v.Age = w.T("missing")
		return v
	}
	v.Age = w.age(c.Newest(), m)
	v.Word = w.T(c.class())
	if c.Shared {
		v.Word += ", " + w.T("shared")
	}
	return v
}

// dial is the symbol of a channel: a disc that shows how much of the 18 months
// is left, or another mark when nothing is.
type dial struct {
	State string // fresh, expiring, expired or missing; also the class
	Share string // the path of the share that is left; empty when it is none or all
	Whole bool   // whether all is left
}

func dialOf(c channel, w sandbox.Window) dial {
	d := dial{State: c.class()}
	if !c.usable() {
		return d
	}
	left := float64(c.expires) - float64(w.Now)
	share := left / (float64(c.expires) - float64(c.Newest()))
	if share > 0.995 {
		d.Whole = true
		return d
	}
	d.Share = sector(8, 8, 5.75, max(share, 0.04)) // a sliver must be seen
	return d
}

// sector draws the share of a circle from twelve o'clock and with the clock.
func sector(x, y, radius, share float64) string {
	angle := 2 * math.Pi * share
	large := 0
	if share > 0.5 {
		large = 1
	}
	return fmt.Sprintf("M%g %gV%gA%g %g 0 %d 1 %.2f %.2fZ", x, y, y-radius, radius, radius, large,
		x+radius*math.Sin(angle), y-radius*math.Cos(angle))
}

// noticeView tells whether a person can be notified, and by what or why not.
type noticeView struct {
	OK     bool
	Label  string
	Reason string
	Symbol string // an icon for the reason, if it has one
}

func (w words) noticeView(r sandbox.Record, m moment) noticeView {
	n := m.window.Notice(r)
	if n.OK() {
		return noticeView{OK: true, Label: w.T("can"), Reason: w.T("by." + reach(channels(r, m.window)))}
	}
	key, symbol := "not.expired", ""
	switch n {
	case sandbox.NoticeNotRegistered:
		key, symbol = "not.registered", "unregistered"
	case sandbox.NoticeDeleted:
		key, symbol = "not.deleted", "deleted"
	case sandbox.NoticeReserved:
		key, symbol = "not.reserved", "reserved"
	case sandbox.NoticeNoContact:
		key, symbol = "not.contact", ""
	}
	return noticeView{Label: w.T("cannot"), Reason: w.T(key), Symbol: symbol}
}

// reach says by which channels somebody who can be notified is reached.
func reach(c [2]channel) string {
	switch {
	case c[0].usable() && c[1].usable():
		return "both"
	case c[0].usable():
		return emailKey
	}
	return mobileKey
}

// mailboxView is a digital mailbox in a list.
type mailboxView struct{ Provider, Word string }

func (w words) mailboxView(m sandbox.Mailbox) mailboxView {
	if m.Provider == sandbox.NoProvider {
		return mailboxView{}
	}
	v := mailboxView{Provider: provider(m.Provider)}
	switch {
	case m.Inactive:
		v.Word = w.T("mailbox.inactive")
	case m.Certificate == sandbox.CertificateExpired:
		v.Word = w.T("cert.expired")
	case m.Certificate == sandbox.CertificateMissing:
		v.Word = w.T("cert.missing")
	case m.Certificate == sandbox.CertificateEnding:
		v.Word = w.T("cert.last")
	default:
		v.Word = w.T("cert.valid")
	}
	return v
}

func provider(p sandbox.Provider) string {
	return [...]string{sandbox.NoProvider: "", sandbox.Digipost: "Digipost", sandbox.EBoks: "e-Boks", sandbox.EBoksOld: "e-Boks"}[p]
}

// stampLine writes the dates of a channel for reading, those of one day together.
func (w words) stampLine(c channel) string {
	var lines []string
	stamps := c.stamps()
	for i := 0; i < len(stamps); {
		names := []string{w.T(stamps[i].key)}
		j := i + 1
		for j < len(stamps) && sandbox.DateOf(stamps[j].at.Time()) == sandbox.DateOf(stamps[i].at.Time()) {
			names = append(names, w.T(stamps[j].key))
			j++
		}
		lines = append(lines, w.list(names)+nbsp+w.date(stamps[i].at))
		i = j
	}
	return strings.Join(lines, ", ")
}
