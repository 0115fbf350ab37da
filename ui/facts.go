package ui

import (
	"fmt"
	"slices"
	"strings"

	"liksom/sandbox"
)

// fact is one row of a list of facts.
type fact struct {
	Label, Value string
	More         string // a second line
	Code         bool   // whether the value is the register's own spelling of something long
}

// identity is the line under a person's name: age, sex, kind of number.
func (w words) identity(r sandbox.Record, m moment) []string {
	var parts []string
	if !r.Birth().IsZero() {
		parts = append(parts, w.T("years", sandbox.DateOf(m.at).Age(r.Birth())))
	}
	switch r.Sex() {
	case sandbox.Female:
		parts = append(parts, w.T("sex.1"))
	case sandbox.Male:
		parts = append(parts, w.T("sex.2"))
	}
	return parts
}

// livesIn adds where a person lives to what else is told in a line.
func (s *site) livesIn(parts []string, r sandbox.Record) []string {
	if name := s.places[r.Municipality()]; name != "" {
		parts = append(parts, name)
	}
	return parts
}

func (w words) numberKind(id sandbox.PersonID) string {
	if id.DNumber() {
		return w.T("id.d")
	}
	return w.T("id.birth")
}

func (w words) series(id sandbox.PersonID) string {
	switch id.Series() {
	case sandbox.SeriesNAV:
		return w.T("series.nav")
	case sandbox.SeriesNPIDSy:
		return w.T("series.npid")
	case sandbox.SeriesNHN:
		return w.T("series.nhn")
	case sandbox.SeriesTenor:
		return w.T("series.tenor")
	}
	return ""
}

// contactFacts are what the register has of a person.
func (w words) contactFacts(r sandbox.Record, m moment) []fact {
	facts := []fact{{Label: w.T("status"), Value: r.Status().String()}}
	if r.Status() == sandbox.Active {
		facts = append(facts, w.reservationFact(r))
	}
	for _, c := range channels(r, m.window) {
		f := fact{Label: w.T(c.key), Value: w.T("missing")}
		if c.state != sandbox.Missing {
			f.Value = c.Value
			if c.key == mobileKey {
				f.Value = mobile(c.Value)
			}
			f.More = w.stampLine(c)
			if c.Shared {
				f.More = joined(f.More, w.T("shared"))
			}
		}
		facts = append(facts, f)
	}
	return facts
}

func (w words) reservationFact(r sandbox.Record) fact {
	f := fact{Label: w.T("reservation"), Value: "NEI"}
	if r.Reserved() {
		f.Value = "JA"
		if at := r.ReservedAt(); at != 0 {
			f.More = w.T("reserved.since", w.date(at))
		}
	} else if at := r.ReservationUpdated(); at != 0 {
		f.More = w.T("changed.at", w.date(at))
	}
	return f
}

// mailboxFacts are the mailbox and its certificate.
func (w words) mailboxFacts(r sandbox.Record) []fact {
	box := r.Mailbox()
	if box.Provider == sandbox.NoProvider {
		return []fact{{Label: w.T("col.mailbox"), Value: w.T("none")}}
	}
	f := fact{Label: w.T("col.mailbox"), Value: provider(box.Provider), More: box.Address}
	if box.Provider == sandbox.EBoksOld {
		f.Value = joined(f.Value, w.T("mailbox.old"))
	}
	if box.Inactive {
		f.Value = joined(f.Value, w.T("mailbox.inactive"))
	}
	state := [...]string{
		sandbox.CertificateValid: "certificate.valid", sandbox.CertificateExpired: "certificate.past", sandbox.CertificateMissing: "certificate.none",
		sandbox.CertificateEnding: "certificate.last",
	}[box.Certificate]
	return []fact{f, {Label: w.T("certificate"), Value: w.T(state)}}
}

func (w words) languageFact(r sandbox.Record) fact {
	f := fact{Label: w.T("spoken"), Value: w.T("none")}
	if r.Language() != sandbox.NoLanguage {
		f.Value = r.Language().String() + " (" + w.T("spoken."+r.Language().String()) + ")"
		if at := r.LanguageUpdated(); at != 0 {
			f.More = w.T("set.at", w.date(at))
		}
	}
	return f
}

// personFacts are what the population register knows.
func (w words) personFacts(r sandbox.Record, places map[uint16]string) []fact {
	id := r.ID()
	facts := []fact{{Label: w.T("identifier"), Value: w.numberKind(id), More: w.series(id)}}
	if b := r.Birth(); !b.IsZero() {
		f := fact{Label: w.T("born"), Value: w.day(b.Midnight())}
		if told := id.BirthDate(); !told.IsZero() && told != b {
			f.More = w.T("born.differs", w.day(told.Midnight()))
		}
		facts = append(facts, f)
	}
	if r.Sex() != sandbox.SexUnknown {
		facts = append(facts, fact{Label: w.T("sex"), Value: r.Sex().String()})
	}
	facts = append(facts, fact{Label: w.T("civil"), Value: r.Civil().String()})
	if nr := r.Municipality(); nr != 0 {
		facts = append(facts, fact{Label: w.T("municipality"), Value: strings.TrimSpace(fmt.Sprintf("%04d %s", nr, places[nr]))})
	}
	return append(facts, w.languageFact(r))
}

// panelFacts are the shorter list beside the hits.
func (w words) panelFacts(r sandbox.Record, m moment) []fact {
	facts := slices.Concat(w.contactFacts(r, m), w.mailboxFacts(r)[:1], []fact{w.languageFact(r)})
	if box := r.Mailbox(); box.Provider != sandbox.NoProvider {
		facts[len(facts)-2].Value = joined(w.mailboxView(box).Provider, w.mailboxView(box).Word)
	}
	return facts
}

func joined(a, b string) string {
	if a == "" {
		return b
	}
	return a + ", " + b
}
