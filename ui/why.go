package ui

import "liksom/sandbox"

// rule is one step of the reasoning: what was found, by which source.
type rule struct {
	Mark         string // passed, failed or unreached; also the icon
	MarkText     string // the mark in words
	Lead, Text   string
	Source       string
	Guess, Shown string // what the sources leave open; Shown is the word before it
	Guesses      string // where the guess is explained; empty where the list has none for it
	Travel, Go   string // where a click takes the clock to the day before, and the words for it
}

// why is the reasoning behind varslingsstatus, step by step.
func (w words) why(r sandbox.Record, m moment, p sandbox.Policy) []rule {
	n := m.window.Notice(r)
	rules := []rule{w.statusRule(r)}
	if r.Status() == sandbox.Active {
		for _, c := range channels(r, m.window) {
			v := w.channelRule(c, m, n)
			if c.expires != 0 && c.state != sandbox.Missing {
				v.Travel, v.Go = travelURL(r.ID(), c.key), w.T("travel."+c.key)
			}
			rules = append(rules, v)
		}
	}
	rules = append(rules, w.conclusion(r, m, n, p.Disclose(r, m.window, sandbox.ScopeContact|sandbox.ScopeMailbox)))
	for i := range rules {
		if i > 0 && rules[i].Source == rules[i-1].Source { // said once for both channels
			rules[i].Source = ""
		}
		rules[i].MarkText = w.T("rule." + rules[i].Mark)
		if rules[i].Guess != "" {
			rules[i].Shown = w.T("guess")
		}
	}
	return rules
}

func (w words) statusRule(r sandbox.Record) rule {
	switch {
	case r.Status() == sandbox.NotRegistered:
		return rule{Mark: "failed", Lead: w.T("rule.unregistered"), Text: w.T("rule.unregistered.text"), Source: w.T("source.status")}
	case r.Status() == sandbox.Deleted:
		return rule{Mark: "failed", Lead: w.T("rule.deleted"), Text: w.T("rule.deleted.text"), Source: w.T("source.status")}
	case r.Reserved():
		v := rule{Mark: "failed", Lead: w.T("rule.reserved"), Text: w.T("rule.reserved.text"), Source: w.T("source.reserved")}
		if at := r.ReservedAt(); at != 0 {
			v.Text = w.T("rule.reserved.at", w.date(at))
		}
		return v
	}
	v := rule{Mark: "passed", Lead: w.T("rule.active"), Text: w.T("rule.active.never")}
	if at := r.ReservationUpdated(); at != 0 {
		v.Text = w.T("rule.active.at", w.date(at))
	}
	return v
}

func (w words) channelRule(c channel, m moment, n sandbox.Notice) rule {
	name, limit := w.T(c.key), w.date(m.window.Limit)
	v := rule{Mark: "passed", Source: w.T("source.18")}
	switch {
	case c.state == sandbox.Missing:
		v.Mark, v.Lead, v.Text, v.Source = "failed", w.T("rule.missing", name), w.T("rule.missing.text"), ""
	case c.state == sandbox.Expired && c.expires == 0:
		v.Mark, v.Lead, v.Text = "failed", w.T("rule.expired", name), w.T("rule.undated", limit)
	case c.state == sandbox.Expired:
		v.Mark, v.Lead, v.Text = "failed", w.T("rule.expired", name), w.T("rule.expired.at", w.newest(c), limit)
	case c.state == sandbox.Expiring:
		v.Lead, v.Text = w.T("rule.expiring", name), w.T("rule.expiring.at", w.date(c.expires), w.newest(c))
	default:
		v.Lead, v.Text = w.T("rule.fresh", name), w.T("rule.until", w.date(c.expires), w.newest(c))
	}
	if n == sandbox.NoticeReserved {
		v.Mark = "unreached"
	}
	return v
}

// conclusion joins the steps: the word of the code list, and what follows for
// the data.
func (w words) conclusion(r sandbox.Record, m moment, n sandbox.Notice, d sandbox.Disclosure) rule {
	c := channels(r, m.window)
	v := rule{Mark: "failed"}
	switch n {
	case sandbox.NoticeOK:
		v.Mark, v.Lead = "passed", w.T("rule.both")
		if !c[0].usable() || !c[1].usable() {
			v.Lead = w.T("rule.one")
		}
	case sandbox.NoticeNotRegistered, sandbox.NoticeDeleted:
		v.Lead = w.T("rule.nobody")
	case sandbox.NoticeReserved:
		v.Lead = w.T("rule.reservation")
	default:
		v.Lead = w.T("rule.none")
	}
	switch {
	case d.Contact == sandbox.OmitStale || d.Contact == sandbox.OmitNotNotifiable:
		v.Text, v.Source = w.T("rule.held"), w.T("source.filter")
	case d.Contact != sandbox.Told:
		v.Text = w.T("rule.untold")
	case n == sandbox.NoticeReserved:
		v.Text = w.T("rule.told.reserved")
	case d.Email != sandbox.Told:
		v.Text = w.T("rule.held.channel", w.T("the."+c[1].key))
	case d.Mobile != sandbox.Told:
		v.Text = w.T("rule.held.channel", w.T("the."+c[0].key))
	case c[0].state == sandbox.Expired:
		v.Text = w.T("rule.told.unequal", w.T("the."+c[0].key))
	case c[1].state == sandbox.Expired:
		v.Text = w.T("rule.told.unequal", w.T("the."+c[1].key))
	default:
		v.Text = w.T("rule.told")
	}
	switch {
	case n == sandbox.NoticeOK && (c[0].state == sandbox.Expired || c[1].state == sandbox.Expired):
		v.Guess, v.Guesses = w.T("guess.unequal"), guessesPath+"#one_fresh_channel"
	case n == sandbox.NoticeNoContact:
		v.Guess = w.T("guess.contact")
	case n == sandbox.NoticeReserved && (d.Contact == sandbox.Told || d.Contact == sandbox.OmitReserved):
		v.Guess, v.Guesses = w.T("guess.reserved"), guessesPath+"#reserved_contact"
	}
	return v
}
