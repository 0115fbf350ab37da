package citizen

import (
	"net/url"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

func TestJoinMobile_reads_what_people_type(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ country, number, want string }{
		{"+47", "999 90 001", "+4799990001"},
		{"+47", " 99990001 ", "+4799990001"},
		{"+47", "+47 999 90 001", "+4799990001"},
		{"+47", "+46 70 174 06 05", "+46701740605"},
		{"+47", "0046701740605", "+46701740605"},
		{"+46", "70-174 06 05", "+46701740605"},
		{"+47", "00000000", "+4700000000"},
		{"+47", "", ""},
		{"", "99990001", "99990001"},
		{"evil", "99990001", "99990001"},
	} {
		if got := joinMobile(c.country, c.number); got != c.want {
			t.Errorf("%s and %q make %q, wanted %q", c.country, c.number, got, c.want)
		}
	}
}

func TestSplitMobile_finds_the_country(t *testing.T) {
	t.Parallel()
	for value, want := range map[string][2]string{
		"+4799990001": {"+47", "99990001"}, "99990007": {"+47", "99990007"}, "004799990001": {"+47", "99990001"}, "+46701740605": {"+46", "701740605"},
		"+358401234567": {"+358", "401234567"}, "+12025550123": {"+1", "2025550123"}, "+79161234567": {"+7", "9161234567"}, "+37061234567": {"+370", "61234567"},
		"": {"+47", ""}, "+4": {"+4", ""}, "abc": {"+47", ""},
	} {
		if country, number := splitMobile(value); country != want[0] || number != want[1] {
			t.Errorf("%q is %s and %s, wanted %v", value, country, number, want)
		}
	}
}

// TestFaulty_is_what_the_register_refuses. Sources: the public code of the confirm
// dialog (2021) for the values, "KRR: Datakvalitet, forbedringer og nyheter" (2024)
// for +47 00000000.
func TestFaulty_is_what_the_register_refuses(t *testing.T) {
	t.Parallel()
	s := &sitting{words: inLanguage(0), now: now.Time()}
	stored := recordOf(anne(t))
	for value, want := range map[string]bool{
		"+4745127723": false, "+4795127723": false, "+46701740605": false, "121212121": false, "": false,
		"+4700000000": true, "+47XX127723": true, "+479512772": true, "+4712121212": true, "+4795127723 ; DROP": true,
	} {
		if got := s.faulty(stored, contact{mobile: value}, outbox.SMS); got != want {
			t.Errorf("the mobile %q is faulty: %v, wanted %v", value, got, want)
		}
	}
	for value, want := range map[string]bool{
		"test@domain.com": false, "test.sub@domain.sub.com": false, "ærlig.ørken@a.no": false, "": false,
		"test@-domain.com": true, "testdomain.com": true, "test@domaindotcom": true, "@domain.com": true, "a b@c.no": true, strings.Repeat("a", 50) + "@b.no": true,
		"test@domain.com\r\nBcc: x@y.no": true,
	} {
		if got := s.faulty(stored, contact{email: value}, outbox.Email); got != want {
			t.Errorf("the e-mail %q is faulty: %v, wanted %v", value, got, want)
		}
	}
	odd := anne(t)
	odd.Mobile.Value = "9999" // the register has it, so it stays
	if s.faulty(recordOf(odd), contact{mobile: "9999"}, outbox.SMS) {
		t.Error("a value that the register has is faulty")
	}
}

// FuzzReadContact: what is not faulty is the same number when the page shows it and
// it comes back.
func FuzzReadContact(f *testing.F) {
	f.Add("+47", "999 90 001", "a@b.no")
	f.Add("+46", "+47", "")
	f.Add("", "00", "\x00")
	f.Add("0", "10000000000", "")
	f.Fuzz(func(t *testing.T, country, number, email string) {
		s := &sitting{words: inLanguage(0), now: now.Time()}
		c := readContact(url.Values{"land": {country}, "mobil": {number}, "epost": {email}}, contact{})
		where, rest := splitMobile(c.mobile)
		if s.faulty(sandbox.Record{}, c, outbox.SMS) {
			return
		}
		if back := joinMobile(where, grouped(where, rest)); sandbox.SameMobile(back) != sandbox.SameMobile(c.mobile) {
			t.Errorf("%q %q is %q, is shown as %q %q and comes back as %q", country, number, c.mobile, where, rest, back)
		}
	})
}
