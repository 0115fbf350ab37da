package generator_test

import (
	"testing"

	"liksom/generator"
	"liksom/sandbox"
)

// What the profile for testers promises: a small population has every rare state
// in more than one person.
func TestQARich_has_every_rare_state_among_a_thousand(t *testing.T) {
	t.Parallel()
	c := config(1000, 1)
	c.Profile = profile(t, "qa-rich")
	g := newGenerator(t, c)
	w, window := g.Worker(), sandbox.WindowAt(referenceDay.Midnight())
	states := map[string]int{}
	mark := func(name string, yes bool) {
		states[name] += map[bool]int{true: 1}[yes]
	}
	for i := 14; i < g.Len(); i++ {
		p := w.Person(i)
		mark("dead", p.Civil == sandbox.Dead)
		mark("emigrated", p.Civil == sandbox.Emigrated)
		mark("D-number", p.ID.DNumber())
		mark("deleted", p.Status == sandbox.Deleted)
		mark("not registered", p.Status == sandbox.NotRegistered)
		mark("with a guardian", guarded(&p))
		if p.Status != sandbox.Active {
			continue
		}
		e, m := window.Freshness(p.Email), window.Freshness(p.Mobile)
		mark("reserved", p.Reserved)
		mark("reserved without contact data", p.Reserved && e == sandbox.Missing && m == sandbox.Missing)
		mark("no longer reserved", !p.Reserved && p.ReservationUpdated != 0)
		mark("reserved with a mailbox", p.Reserved && p.Mailbox.Address != "")
		mark("nothing but a language", !p.Reserved && e == sandbox.Missing && m == sandbox.Missing)
		mark("e-mail only", e != sandbox.Missing && m == sandbox.Missing)
		mark("mobile only", e == sandbox.Missing && m != sandbox.Missing)
		mark("both expired", e == sandbox.Expired && m == sandbox.Expired)
		mark("e-mail expired", e == sandbox.Expired && m == sandbox.Fresh)
		mark("mobile expired", e == sandbox.Fresh && m == sandbox.Expired)
		mark("expiring", e == sandbox.Expiring)
		mark("never confirmed", p.Email.Value != "" && p.Email.Confirmed == 0)
		mark("never validated", p.Email.Value != "" && p.Email.Validated == 0)
		mark("foreign mobile", len(p.Mobile.Value) > 3 && p.Mobile.Value[:3] != "+47")
		mark("e-Boks", p.Mailbox.Provider == sandbox.EBoks)
		mark("e-Boks by its old number", p.Mailbox.Provider == sandbox.EBoksOld)
		mark("inactive mailbox", p.Mailbox.Inactive)
		mark("expired certificate", p.Mailbox.Certificate == sandbox.CertificateExpired)
		mark("missing certificate", p.Mailbox.Certificate == sandbox.CertificateMissing)
		mark("nynorsk", p.Language == sandbox.Nynorsk)
		mark("English", p.Language == sandbox.English)
		mark("Sami", p.Language == sandbox.Sami)
		mark("no language", p.Language == sandbox.NoLanguage)
		registered := 0
		for _, ev := range w.History(i) {
			registered += map[bool]int{true: 1}[ev.Kind == generator.EventRegistered]
		}
		mark("came back", registered > 1)
	}
	const least = 8
	for name, n := range states {
		if n < least {
			t.Errorf("%s: %d persons of 1000, want at least %d", name, n, least)
		}
	}
}
