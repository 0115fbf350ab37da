package ui

import (
	"slices"
	"strconv"

	"liksom/generator"
	"liksom/sandbox"
)

// happening is a row of a person's history.
type happening struct {
	Day, Text string
	Note      string // for what is worked out and not kept
	Number    string // of the change, where the feed of changes tells it
	at        sandbox.Instant
}

// past tells how a person came to the present state, the newest first. What was
// made up for the person comes from the generator; a change that was made in the
// sandbox shows by a date that the generator does not know.
func (s *site) past(w words, r sandbox.Record, m moment) []happening {
	events := s.history(r.ID())
	var rows []happening
	add := func(at sandbox.Instant, text string) {
		rows = append(rows, happening{Day: w.date(at), Text: text, at: at})
	}
	changed := sandbox.Instant(0)
	now := channels(r, m.window)
	heard := max(now[0].Newest(), now[1].Newest())
	for i, e := range events {
		switch e.Kind {
		case generator.EventReminded, generator.EventExpired:
			if e.Kind == generator.EventExpired && (e.At >= heard || e.At == now[0].expires || e.At == now[1].expires) {
				continue // told below, channel by channel
			}
			add(e.At, w.happened(e))
			rows[len(rows)-1].Note = w.T("past.worked")
			continue
		case generator.EventEmailConfirmed, generator.EventMobileConfirmed:
			if !confirmedAlone(events, i) {
				break
			}
			text := w.happened(e)
			if e.Kind == generator.EventEmailConfirmed && at(events, e.At, generator.EventMobileConfirmed) && confirmedTogether(events, e.At) {
				text = w.T("past.both")
			}
			add(e.At, text)
		default:
			add(e.At, w.happened(e))
		}
		changed = e.At
	}
	if r.Changed() != changed && r.Changed() != 0 {
		add(r.Changed(), w.T("past.changed"))
		if nr, ok := s.register.LastChange(r.ID()); ok {
			rows[len(rows)-1].Number = "#" + w.number(int(nr))
		}
	}
	for _, c := range now {
		if c.state == sandbox.Expired && c.expires != 0 {
			add(c.expires, w.T("past.expired", sentence(w.T("the."+c.key))))
			rows[len(rows)-1].Note = w.T("past.worked")
		}
	}
	slices.Reverse(rows) // so that what happened last of one moment comes first
	slices.SortStableFunc(rows, func(a, b happening) int { return int(b.at) - int(a.at) })
	return w.shortened(rows)
}

// shortened puts all but the first of many confirmations in a row into one line.
func (w words) shortened(rows []happening) []happening {
	const few = 3
	var out []happening
	for i := 0; i < len(rows); {
		run := 1
		for i+run < len(rows) && rows[i+run].Text == rows[i].Text && rows[i+run].Note == "" {
			run++
		}
		if run <= few {
			out = append(out, rows[i:i+run]...)
		} else {
			from, to := rows[i+run-1].at.Time().Year(), rows[i+1].at.Time().Year()
			span := strconv.Itoa(from)
			if to != from {
				span += "–" + strconv.Itoa(to)
			}
			out = append(out, rows[i], happening{Day: span, Text: w.T("past.times", rows[i].Text, w.number(run-1)), at: rows[i+1].at})
		}
		i += run
	}
	return out
}

// confirmedAlone tells whether a confirmation is a row of its own: not when the
// value came at that moment, and only once when both channels were confirmed.
func confirmedAlone(events []generator.Event, i int) bool {
	e := events[i]
	if e.Kind == generator.EventEmailConfirmed {
		return !at(events, e.At, generator.EventEmail)
	}
	return !at(events, e.At, generator.EventMobile) && (!confirmedTogether(events, e.At) || !at(events, e.At, generator.EventEmailConfirmed))
}

// confirmedTogether tells whether neither channel got a new value then.
func confirmedTogether(events []generator.Event, then sandbox.Instant) bool {
	return !at(events, then, generator.EventEmail) && !at(events, then, generator.EventMobile)
}

func at(events []generator.Event, then sandbox.Instant, kind generator.EventKind) bool {
	return slices.ContainsFunc(events, func(e generator.Event) bool { return e.At == then && e.Kind == kind })
}

// happened says what an event was.
func (w words) happened(e generator.Event) string {
	key := "past." + e.Kind.String()
	show := func(value string) string {
		if e.Kind == generator.EventMobile {
			return mobile(value)
		}
		return value
	}
	switch e.Kind {
	case generator.EventEmail, generator.EventMobile:
		if e.Old != "" {
			return w.T(key+".changed", show(e.Old))
		}
		return w.T(key, show(e.New))
	case generator.EventReminded:
		return w.T(key, w.T("past.of."+e.New))
	case generator.EventLanguage, generator.EventLanguageByAgency:
		return w.T(key, w.T("spoken."+e.New))
	case generator.EventMailbox:
		for _, p := range []sandbox.Provider{sandbox.Digipost, sandbox.EBoks, sandbox.EBoksOld} {
			if p.Org() == e.New {
				return w.T(key, provider(p))
			}
		}
	}
	return w.T(key)
}
