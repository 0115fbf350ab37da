package citizen

import (
	"slices"
	"testing"

	"liksom/sandbox"
)

// TestMailboxOffer_follows_the_dialogs_rules. Source: the public code of the confirm
// dialog (2021): not reserved, no mailbox in use, an e-mail, and of age or with a
// D-number; "Digital postkasse" (Digdir) for reservation. That MinProfil offers one
// at any age is a guess.
func TestMailboxOffer_follows_the_dialogs_rules(t *testing.T) {
	t.Parallel()
	days := func(years int) sandbox.Date { return sandbox.DateOf(now.Time().AddDate(-years, 0, 0)) }
	dNumber, err := sandbox.ParsePersonID("45840375084") // day + 40
	for name, c := range map[string]struct {
		change            func(p *sandbox.Person)
		dialog, minProfil []string // what can be chosen
		told              bool     // why nothing can be
	}{
		"somebody with a mailbox may change it":          {func(*sandbox.Person) {}, []string{"", "eboks"}, []string{"", "eboks", "forlat"}, false},
		"somebody without one may choose":                {func(p *sandbox.Person) { p.Mailbox = sandbox.Mailbox{} }, []string{"", "digipost", "eboks"}, []string{"", "digipost", "eboks"}, false},
		"one that is closed does not count":              {func(p *sandbox.Person) { p.Mailbox.Inactive = true }, []string{"", "digipost", "eboks"}, []string{"", "digipost", "eboks"}, false},
		"who turns 18 today may choose":                  {func(p *sandbox.Person) { p.Mailbox, p.Birth = sandbox.Mailbox{}, days(18) }, []string{"", "digipost", "eboks"}, []string{"", "digipost", "eboks"}, false},
		"who is 17 is not asked in the dialog":           {func(p *sandbox.Person) { p.Mailbox, p.Birth = sandbox.Mailbox{}, days(17) }, nil, []string{"", "digipost", "eboks"}, false},
		"a D-number is asked at any age":                 {func(p *sandbox.Person) { p.ID, p.Mailbox, p.Birth = dNumber, sandbox.Mailbox{}, days(10) }, []string{"", "digipost", "eboks"}, []string{"", "digipost", "eboks"}, false},
		"who has no e-mail is not asked in the dialog":   {func(p *sandbox.Person) { p.Mailbox, p.Email = sandbox.Mailbox{}, sandbox.Channel{} }, nil, []string{"", "digipost", "eboks"}, false},
		"who has reserved cannot, and is told why":       {func(p *sandbox.Person) { p.Reserved = true }, nil, nil, true},
		"who is deleted is not asked before coming back": {func(p *sandbox.Person) { p.Status, p.Mailbox = sandbox.Deleted, sandbox.Mailbox{} }, nil, []string{"", "digipost", "eboks"}, false},
	} {
		if err != nil {
			t.Fatal(err)
		}
		p := anne(t)
		c.change(&p)
		s := &sitting{words: inLanguage(0), now: now.Time(), id: p.ID}
		for inDialog, want := range map[bool][]string{true: c.dialog, false: c.minProfil} {
			o := s.mailboxOffer(recordOf(p), "", inDialog)
			var got []string
			for _, choice := range o.Choices {
				got = append(got, choice.Value)
			}
			if !slices.Equal(got, want) || o.Offered != (want != nil) || (o.Why != "") != c.told {
				t.Errorf("%s; in the dialog: %v: %q offered (%v, %q), wanted %q", name, inDialog, got, o.Offered, o.Why, want)
			}
		}
	}
}
