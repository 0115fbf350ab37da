package ui

import "liksom/sandbox"

// verdict is the answer in one sentence, and the reason in the next.
type verdict struct {
	OK         bool
	Lead, Text string
}

func (w words) verdict(r sandbox.Record, m moment) verdict {
	c := channels(r, m.window)
	switch m.window.Notice(r) {
	case sandbox.NoticeOK:
		return verdict{true, w.T("verdict." + reach(c)), w.reasons(c)}
	case sandbox.NoticeNotRegistered:
		return verdict{false, w.T("verdict.unregistered"), w.T("because.unregistered")}
	case sandbox.NoticeDeleted:
		return verdict{false, w.T("verdict.deleted"), w.T("because.deleted")}
	case sandbox.NoticeReserved:
		if at := r.ReservedAt(); at != 0 {
			return verdict{false, w.T("verdict.reserved"), w.T("because.reserved.at", w.date(at))}
		}
		return verdict{false, w.T("verdict.reserved"), w.T("because.reserved")}
	case sandbox.NoticeNoContact:
		return verdict{false, w.T("verdict.contact"), w.T("because.contact")}
	}
	return verdict{false, w.T("verdict.expired"), w.reasons(c)}
}

// reasons says of each channel what is not as one would wish.
func (w words) reasons(c [2]channel) string {
	if email, mobile := c[0], c[1]; email.state == sandbox.Expired && mobile.state == sandbox.Expired && email.expires != 0 && mobile.expires != 0 {
		return w.T("because.expired.both", w.date(email.expires), w.date(mobile.expires))
	}
	var text string
	for _, c := range c {
		name := sentence(w.T("the." + c.key))
		s := ""
		switch {
		case c.state == sandbox.Missing:
			s = w.T("because.missing", sentence(w.T(c.key)))
		case c.state == sandbox.Expired && c.expires == 0:
			s = w.T("because.undated", name)
		case c.state == sandbox.Expired:
			s = w.T("because.expired", name, w.date(c.expires))
		case c.state == sandbox.Expiring:
			s = w.T("because.expiring", name, w.date(c.expires))
		}
		if s != "" && text != "" {
			text += " "
		}
		text += s
	}
	if text == "" {
		return w.T("because.both")
	}
	return text
}
