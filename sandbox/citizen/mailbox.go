package citizen

import (
	"crypto/rand"
	"fmt"
	"math/big"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

// mailboxOffer is what a page says of the digital mailbox.
type mailboxOffer struct {
	Name    string // of the one there is; "" for none
	Offered bool   // whether one can be chosen
	Choices []mailboxChoice
	Why     string // why none can be chosen
}

type mailboxChoice struct {
	Value, Label string
	Chosen       bool
}

// The providers that can be chosen, by their word in the form.
var providers = []struct {
	word     string
	name     string
	provider sandbox.Provider
}{{"digipost", "Digipost", sandbox.Digipost}, {"eboks", "e-Boks", sandbox.EBoks}}

func providerName(p sandbox.Provider) string {
	switch p {
	case sandbox.NoProvider:
		return ""
	case sandbox.Digipost:
		return "Digipost"
	}
	return "e-Boks"
}

// mailboxOf is the mailbox in use.
func mailboxOf(r sandbox.Record) sandbox.Mailbox {
	if r.Status() != sandbox.Active || r.Mailbox().Inactive {
		return sandbox.Mailbox{}
	}
	return r.Mailbox()
}

// mailboxOffer offers a mailbox. The dialog offers one to who is not reserved, has
// none and has an e-mail, and is of age or has a D-number. Source: the public code
// of the confirm dialog (2021).
func (s *sitting) mailboxOffer(r sandbox.Record, chosen string, inDialog bool) mailboxOffer {
	has := mailboxOf(r)
	o := mailboxOffer{Name: providerName(has.Provider)}
	switch {
	case r.Status() == sandbox.Active && r.Reserved():
		o.Why = s.T("mailbox.reserved")
		return o
	case inDialog && o.Name == "" && !s.dialogOffers(r):
		return o
	}
	o.Offered = true
	if o.Name == "" {
		o.Choices = append(o.Choices, mailboxChoice{"", s.T("mailbox.no"), chosen == ""})
	} else {
		o.Choices = append(o.Choices, mailboxChoice{"", s.T("mailbox.keep", o.Name), chosen == ""})
	}
	for _, p := range providers {
		if p.provider != has.Provider {
			label := s.T("mailbox.yes", p.name)
			if o.Name != "" {
				label = s.T("mailbox.switch", p.name)
			}
			o.Choices = append(o.Choices, mailboxChoice{p.word, label, chosen == p.word})
		}
	}
	if o.Name != "" && !inDialog {
		o.Choices = append(o.Choices, mailboxChoice{"forlat", s.T("mailbox.leave", o.Name), chosen == "forlat"})
	}
	return o
}

const adult = 18

func (s *sitting) dialogOffers(r sandbox.Record) bool {
	return r.Status() == sandbox.Active && r.Email().Value != "" && (s.id.DNumber() || !r.Birth().IsZero() && sandbox.DateOf(s.now).Age(r.Birth()) >= adult)
}

// chosenMailbox reads a choice of the form; not ok when nothing is to change.
func chosenMailbox(r sandbox.Record, word string) (sandbox.Mailbox, bool) {
	has := mailboxOf(r)
	if word == "forlat" {
		return sandbox.Mailbox{}, has.Provider != sandbox.NoProvider
	}
	for _, p := range providers {
		if p.word == word && p.provider != has.Provider {
			return sandbox.Mailbox{Provider: p.provider, Address: newAddress(r, p.provider)}, true
		}
	}
	return sandbox.Mailbox{}, false
}

// newAddress makes a postkasseadresse in the form that each provider has: a name
// and four signs at Digipost, ten digits at e-Boks. Source: "Attributter i kontakt-
// og reservasjonsregisteret" (Digdir).
func newAddress(r sandbox.Record, p sandbox.Provider) string {
	const signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	draw := func(n int64) int64 {
		i, err := rand.Int(rand.Reader, big.NewInt(n))
		if err != nil {
			panic(err) // never, see crypto/rand
		}
		return i.Int64()
	}
	if p != sandbox.Digipost {
		return fmt.Sprintf("00%08d", draw(100_000_000))
	}
	name := "innbygger"
	if r.Exists() && r.FirstName()+r.LastName() != "" {
		name = strings.ToLower(strings.Join(strings.Fields(r.FirstName()+" "+r.LastName()), "."))
	}
	if len(name) > 80 {
		name = strings.ToValidUTF8(name[:80], "")
	}
	out := name + "#"
	for range 4 {
		out += string(signs[draw(int64(len(signs)))])
	}
	return out
}

// noticeMailbox writes that a mailbox was chosen or left.
func (s *sitting) noticeMailbox(before, after sandbox.Record) {
	if was, is := mailboxOf(before), mailboxOf(after); was.Provider != is.Provider {
		s.write(outbox.Mailbox(providerName(is.Provider)), after, outbox.SMS, outbox.Email)
	}
}
