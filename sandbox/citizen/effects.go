package citizen

import (
	"liksom/sandbox"
)

// effect is a member of KRR's answer that a step changes, and how.
type effect struct{ Field, Text string }

// shown are the members that steps can change, in the order of KRR's answer. A
// moment is one that stands for when something happened.
var shown = []struct {
	name   string
	moment bool
	get    func(r sandbox.Record, w sandbox.Window) string
}{
	{"reservasjon", false, func(r sandbox.Record, _ sandbox.Window) string { return yesNo(r.Reserved()) }},
	{"reservasjonstidspunkt", true, func(r sandbox.Record, _ sandbox.Window) string { return r.ReservedAt().Wire() }},
	{"reservasjon_oppdatert", true, func(r sandbox.Record, _ sandbox.Window) string { return r.ReservationUpdated().Wire() }},
	{"status", false, func(r sandbox.Record, _ sandbox.Window) string { return r.Status().String() }},
	{"epostadresse", false, func(r sandbox.Record, _ sandbox.Window) string { return r.Email().Value }},
	{"epostadresse_oppdatert", true, func(r sandbox.Record, _ sandbox.Window) string { return r.Email().Updated.Wire() }},
	{"epostadresse_sist_verifisert", true, func(r sandbox.Record, _ sandbox.Window) string { return r.Email().Confirmed.Wire() }},
	{"epostadresse_sist_validert", true, func(r sandbox.Record, _ sandbox.Window) string { return r.Email().Validated.Wire() }},
	{"mobiltelefonnummer", false, func(r sandbox.Record, _ sandbox.Window) string { return r.Mobile().Value }},
	{"mobiltelefonnummer_oppdatert", true, func(r sandbox.Record, _ sandbox.Window) string { return r.Mobile().Updated.Wire() }},
	{"mobiltelefonnummer_sist_verifisert", true, func(r sandbox.Record, _ sandbox.Window) string { return r.Mobile().Confirmed.Wire() }},
	{"mobiltelefonnummer_sist_validert", true, func(r sandbox.Record, _ sandbox.Window) string { return r.Mobile().Validated.Wire() }},
	{"postkasseadresse", false, func(r sandbox.Record, _ sandbox.Window) string { return r.Mailbox().Address }},
	{"postkasseleverandoeradresse", false, func(r sandbox.Record, _ sandbox.Window) string { return r.Mailbox().Provider.Org() }},
	{"spraak", false, func(r sandbox.Record, _ sandbox.Window) string { return r.Language().String() }},
	{"spraak_oppdatert", true, func(r sandbox.Record, _ sandbox.Window) string { return r.LanguageUpdated().Wire() }},
	{"varslingsstatus", false, func(r sandbox.Record, w sandbox.Window) string { return w.Notice(r).String() }},
}

func yesNo(is bool) string {
	if is {
		return "JA"
	}
	return "NEI"
}

// effects tells what the register has otherwise after a step. The last is
// varslingsstatus, changed or not.
func (w words) effects(before, after sandbox.Record, at sandbox.Instant) []effect {
	window := sandbox.WindowAt(at.Time())
	if !before.Exists() {
		before = recordOf(sandbox.Person{ID: after.ID()})
	}
	var out []effect
	for _, m := range shown {
		was, is := m.get(before, window), m.get(after, window)
		switch {
		case m.name == "varslingsstatus" && was == is:
			out = append(out, effect{m.name, w.T("effect.still", is)})
		case was == is:
		case is == "":
			out = append(out, effect{m.name, w.T("effect.gone")})
		case m.moment && is == at.Wire():
			out = append(out, effect{m.name, w.freshened(m.name, before, window)})
		default:
			out = append(out, effect{m.name, w.T("effect.becomes", is)})
		}
	}
	return out
}

// freshened says of a moment that it is now, and what that does.
func (w words) freshened(member string, before sandbox.Record, window sandbox.Window) string {
	if before.Status() == sandbox.Active {
		switch {
		case member == "epostadresse_sist_verifisert" && window.Freshness(before.Email()) == sandbox.Expired:
			return w.T("effect.fresh.epost")
		case member == "mobiltelefonnummer_sist_verifisert" && window.Freshness(before.Mobile()) == sandbox.Expired:
			return w.T("effect.fresh.sms")
		}
	}
	return w.T("effect.now")
}

// recordOf views a person who is in no register.
func recordOf(p sandbox.Person) sandbox.Record {
	row, text, err := sandbox.Pack(p, nil)
	if err != nil {
		return sandbox.Record{} // a text is too long; the register would not take it either
	}
	return row.View(string(text))
}
