package sandbox

// Scopes are the rights that decide which parts of a person are told.
type Scopes uint8

// The rights of the two read scopes. Either of them opens for a person's
// number, status and reservation. Source: "Oppslagstjenesten REST", scopes.
const (
	ScopeContact Scopes = 1 << iota // krr:global/kontaktinformasjon.read
	ScopeMailbox                    // krr:global/digitalpost.read
)

// FilterStale says whose data is held back where varslingsstatus is told.
type FilterStale uint8

// The values of FilterStale; the words are those of the switch filter_stale.
const (
	FilterOn         FilterStale = iota // on: everybody whose contact data is out of date
	FilterOff                           // off: nobody
	FilterNotifiable                    // kan_ikke_varsles: everybody who is KAN_IKKE_VARSLES
	FilterChannel                       // kanal: as on, and each channel that is out of date, though the other is not
)

// Policy holds what the documents leave open about telling; the zero value is
// the default. Every field is a guess.
type Policy struct {
	// FilterStale: "Oppslagstjenesten REST" says both that out-of-date data is
	// filtered when varslingsstatus is asked for, and that it cannot be held back.
	FilterStale FilterStale
	// FilterAlone filters under the mailbox scope alone too, where no
	// varslingsstatus is told.
	FilterAlone bool
	// HideReservedContact holds back contact data of reserved persons. The
	// product page says that they may be sent reminders and service messages,
	// which needs their data, so the default is to tell it.
	HideReservedContact bool
}

// Omission says why a part of a person is not told; [Told] means that it is.
type Omission uint8

// The reasons for leaving a part out.
const (
	Told              Omission = iota
	OutOfScope                 // the token lacks the scope
	NotThere                   // the register has no such data
	OmitNotActive              // SLETTET or IKKE_REGISTRERT
	OmitStale                  // filtered: contact data out of date
	OmitNotNotifiable          // filtered: KAN_IKKE_VARSLES, under the wider switch
	OmitReserved               // the person is reserved
	OmitInactive               // the mailbox is not in use
)

// Disclosure says for each part of a person whether it is told, or why not.
type Disclosure struct {
	Reservation Omission // reservasjon and its times
	Notice      Omission // varslingsstatus
	Contact     Omission // kontaktinformasjon
	Email       Omission // of what is told in it; Told too when there is none
	Mobile      Omission // in the same way
	Mailbox     Omission // digital_post
	Certificate Omission // sertifikat
	Language    Omission // spraak and its time
}

// Disclose decides what a token with these scopes is told of a person.
// Sources: "Oppslagstjenesten REST" (scopes, filtering), test data with
// expected answers (deleted persons), and the guesses in [Policy].
func (p Policy) Disclose(r Record, w Window, s Scopes) Disclosure {
	var d Disclosure
	if s&ScopeContact == 0 {
		d.Notice, d.Contact, d.Language = OutOfScope, OutOfScope, OutOfScope
	}
	if s&ScopeMailbox == 0 {
		d.Mailbox, d.Certificate = OutOfScope, OutOfScope
	}
	if r.Status() != Active {
		d.Reservation = OmitNotActive
		first(&d.Contact, OmitNotActive)
		first(&d.Mailbox, OmitNotActive)
		first(&d.Certificate, OmitNotActive)
		first(&d.Language, OmitNotActive)
		return d
	}
	first(&d.Contact, p.contact(r))
	first(&d.Mailbox, mailboxOmission(r))
	if s&ScopeContact != 0 || p.FilterAlone {
		filtered := p.filtered(r, w)
		first(&d.Contact, filtered)
		first(&d.Mailbox, filtered)
	}
	if s&ScopeContact != 0 {
		d.Email, d.Mobile = p.channel(r.Email(), w), p.channel(r.Mobile(), w)
	}
	first(&d.Certificate, d.Mailbox)
	if r.Mailbox().Certificate == CertificateMissing {
		first(&d.Certificate, NotThere)
	}
	if r.Language() == NoLanguage {
		first(&d.Language, NotThere)
	}
	return d
}

// first keeps the reason that was found before.
func first(at *Omission, why Omission) {
	if *at == Told {
		*at = why
	}
}

func (p Policy) contact(r Record) Omission {
	switch {
	case r.Email().Value == "" && r.Mobile().Value == "":
		return NotThere
	case r.Reserved() && p.HideReservedContact:
		return OmitReserved
	}
	return Told
}

func mailboxOmission(r Record) Omission {
	switch m := r.Mailbox(); {
	case m.Provider == NoProvider:
		return NotThere
	case m.Inactive:
		return OmitInactive
	case r.Reserved():
		return OmitReserved
	}
	return Told
}

// filtered applies where varslingsstatus is asked for, that is under the contact
// scope; elsewhere by [Policy.FilterAlone] only.
func (p Policy) filtered(r Record, w Window) Omission {
	switch {
	case (p.FilterStale == FilterOn || p.FilterStale == FilterChannel) && w.Stale(r):
		return OmitStale
	case p.FilterStale == FilterNotifiable && !w.Notice(r).OK():
		return OmitNotNotifiable
	}
	return Told
}

func (p Policy) channel(c Channel, w Window) Omission {
	if p.FilterStale == FilterChannel && c.Value != "" && !w.Usable(c) {
		return OmitStale
	}
	return Told
}
