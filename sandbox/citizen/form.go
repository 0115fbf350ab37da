package citizen

import (
	"net/url"
	"slices"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

// form is the part of a page where contact data is typed.
type form struct {
	Country   string
	Countries []string
	Number    string
	Email     string
	Fields    map[outbox.Channel]field
	Fault     string   // of both together
	Check     string   // URL that looks at one field while one types
	Seen      []string // warnings that the page shows, so that they are given once
}

// field is what is said of one address.
type field struct {
	words
	Way      outbox.Channel
	Fault    string
	Shared   bool // other active persons have it too
	Removing bool
	Proven   string // when it was proven by a code
	Unproven bool   // a code can be sent
	Seen     []string
	Base     string
}

// readContact reads what was typed. A value that is spelt in another way than the
// register's, and is the same, stays as it is there.
func readContact(f url.Values, stored contact) contact {
	c := contact{joinMobile(f.Get("land"), f.Get("mobil")), strings.TrimSpace(f.Get("epost"))}
	if c.of(outbox.SMS).same(stored.mobile) {
		c.mobile = stored.mobile
	}
	if c.of(outbox.Email).same(stored.email) {
		c.email = stored.email
	}
	return c
}

// form shows contact data as it was typed, with what is to be said of it.
func (s *sitting) form(r sandbox.Record, typed contact) form {
	f := form{Countries: countries, Email: typed.email, Fields: map[outbox.Channel]field{}, Check: s.base + "/sjekk"}
	f.Country, f.Number = splitMobile(typed.mobile)
	if f.Number = grouped(f.Country, f.Number); s.faulty(r, typed, outbox.SMS) { // as it was typed, as far as it can be told
		f.Country, f.Number = countries[0], strings.TrimPrefix(typed.mobile, countries[0])
	}
	if !slices.Contains(countries, f.Country) {
		f.Countries = append([]string{f.Country}, countries...)
	}
	for _, way := range ways {
		one := s.field(r, typed, way)
		f.Fields[way], f.Seen = one, append(f.Seen, one.Seen...)
	}
	if stored := contactOf(r); typed == (contact{}) && stored != (contact{}) {
		f.Fault = s.T("fault.both")
	}
	return f
}

// field looks at one address.
func (s *sitting) field(r sandbox.Record, typed contact, way outbox.Channel) field {
	a, stored := typed.of(way), contactOf(r).of(way)
	f := field{words: s.words, Way: way, Base: s.base}
	switch {
	case a.value == "":
		f.Removing = way == outbox.SMS && stored.value != "" && typed.email != ""
	case s.faulty(r, typed, way):
		f.Fault = s.T("fault." + string(way))
	default:
		f.Shared = s.others(r, a) > 0
		f.Proven = s.proof(r, a)
		f.Unproven = f.Proven == ""
	}
	if f.Shared && !a.same(stored.value) {
		f.Seen = append(f.Seen, "delt "+a.counted().Value)
	}
	if f.Removing {
		f.Seen = append(f.Seen, "fjern "+string(way))
	}
	return f
}

// faulty tells whether the register would not take what was typed. What it has
// already it keeps.
func (s *sitting) faulty(r sandbox.Record, typed contact, way outbox.Channel) bool {
	a := typed.of(way)
	if a.value == "" || a.value == contactOf(r).of(way).value {
		return false
	}
	if _, rest := splitMobile(a.value); way == outbox.SMS && strings.HasPrefix(rest, "00") {
		return true // no national number begins so, and it would read as a country code
	}
	if _, domain, _ := strings.Cut(a.value, "@"); way == outbox.Email && !strings.Contains(domain, ".") {
		return true // the dialog is stricter than the register. Source: its public code (2021), on test@domaindotcom
	}
	p := sandbox.Person{}
	a.channel(&p).Value = a.value
	return sandbox.Check(p, sandbox.InstantOf(s.now)) != nil || len(sandbox.RealNumbers(p)) > 0
}

// others is how many other active persons have an address.
func (s *sitting) others(r sandbox.Record, a address) int {
	n := s.server.Register.Holders(a.counted())
	if a.same(contactOf(r).of(a.way).value) {
		n--
	}
	return n
}

// proof tells when an address was proven, "" if it was not.
func (s *sitting) proof(r sandbox.Record, a address) string {
	if s.proven[a.way].same(a.value) {
		return s.T("proven.now")
	}
	if r.Status() != sandbox.Active || !a.same(contactOf(r).of(a.way).value) {
		return ""
	}
	p := r.Person()
	if when := a.channel(&p).Validated; when != 0 {
		return s.T("proven", s.day(when.Time()))
	}
	return ""
}

// good tells whether contact data can be saved as it is: without faults, and with
// every warning given before.
func (f form) good(seen []string) bool {
	for _, one := range f.Fields {
		if one.Fault != "" {
			return false
		}
	}
	return f.Fault == "" && !slices.ContainsFunc(f.Seen, func(warning string) bool { return !slices.Contains(seen, warning) })
}

// faulty tells whether something is wrong, and not only to be warned of.
func (f form) faulty() bool {
	return f.Fault != "" || slices.ContainsFunc(ways, func(w outbox.Channel) bool { return f.Fields[w].Fault != "" })
}

// Mobile is the field of the mobile.
func (f form) Mobile() field { return f.Fields[outbox.SMS] }

// Mail is the field of the e-mail.
func (f form) Mail() field { return f.Fields[outbox.Email] }
