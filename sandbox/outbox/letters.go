package outbox

import (
	"strings"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/words"
)

// Reason is why a message was written.
type Reason string

// The reasons.
const (
	ReasonCode     Reason = "kode"        // to prove that the address is the person's
	ReasonReminder Reason = "paaminnelse" // that contact data runs out in two months
	ReasonChanged  Reason = "endring"     // contact data was changed
	ReasonReserved Reason = "reservasjon" // reserved, or no longer
	ReasonMailbox  Reason = "postkasse"   // a mailbox was chosen or left
)

// Reasons are all of them.
var Reasons = []Reason{ReasonCode, ReasonReminder, ReasonChanged, ReasonReserved, ReasonMailbox}

// Letter is what a message says; send it with [Letter.To].
type Letter struct {
	reason Reason
	key    string
	args   func(words.Words) []any
	code   string
	until  time.Time
}

// Code is a letter that carries a code, which is taken until some time.
func Code(code string, now, until time.Time) Letter {
	return Letter{reason: ReasonCode, key: "code", code: code, until: until, args: func(w words.Words) []any {
		minutes := max(1, int(until.Sub(now).Round(time.Minute).Minutes()))
		if minutes == 1 {
			return []any{code, w.T("minute")}
		}
		return []any{code, w.T("minutes", minutes)}
	}}
}

// Reminder says by when contact data must be confirmed. Source: difi.no, 2015: a
// notice after 16 months, by e-mail first, else SMS.
func Reminder(deadline time.Time) Letter {
	return Letter{reason: ReasonReminder, key: "reminder", args: func(w words.Words) []any { return []any{Day(w.Language, deadline)} }}
}

// Changed says that contact data was changed.
func Changed() Letter { return Letter{reason: ReasonChanged, key: "changed"} }

// Reserved says that the person has reserved, or no longer has.
func Reserved(now bool) Letter {
	return Letter{reason: ReasonReserved, key: map[bool]string{true: "reserved", false: "unreserved"}[now]}
}

// Mailbox says which mailbox was chosen; "" for none any more. Source: "Hurtig-
// registrering" (Digdir): after a choice a confirmation comes by SMS.
func Mailbox(provider string) Letter {
	if provider == "" {
		return Letter{reason: ReasonMailbox, key: "mailbox.left"}
	}
	return Letter{reason: ReasonMailbox, key: "mailbox", args: func(words.Words) []any { return []any{provider} }}
}

// To makes the message to a person by one channel. Northern Sami is written to in
// bokmål, and so is who has chosen nothing.
func (l Letter) To(r sandbox.Record, channel Channel, now time.Time) Message {
	language, _ := words.Parse(r.Language().String())
	w := words.Words{Language: language, Table: letters}
	m := Message{
		Time: now.In(sandbox.Oslo), Channel: channel, To: sandbox.SameMobile(r.Mobile().Value),
		Person: r.ID().Digits(), Name: strings.TrimSpace(r.FirstName() + " " + r.LastName()), Reason: l.reason,
		Lang: language.Code(), Code: l.code,
	}
	var args []any
	if l.args != nil {
		args = l.args(w)
	}
	m.Text = w.T(l.key, args...)
	if channel == Email {
		m.To, m.Subject = r.Email().Value, w.T(l.key+".subject")
	}
	if l.code != "" {
		m.Until = l.until.In(sandbox.Oslo)
	}
	return m
}

// Day spells a day as letters do, in Norway: 25. november 2026.
func Day(l words.Language, t time.Time) string {
	t = t.In(sandbox.Oslo)
	month := strings.Fields(words.Words{Language: l, Table: letters}.T("months"))[t.Month()-1]
	if l == words.English {
		return t.Format("2 ") + month + t.Format(" 2006")
	}
	return t.Format("2. ") + month + t.Format(" 2006")
}
