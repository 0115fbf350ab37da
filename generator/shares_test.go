package generator_test

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"testing"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/seeds"
)

// tally counts how many of some persons have a property.
type tally struct{ yes, of int }

func (t *tally) add(yes bool) {
	t.of++
	if yes {
		t.yes++
	}
}

// holds tells whether the count lies in the interval that a right share misses
// once in a thousand.
func (t tally) holds(ppm int) bool {
	const z = 3.2905
	p := float64(ppm) / 1e6
	off := math.Abs(float64(t.yes) - p*float64(t.of))
	return off <= z*math.Sqrt(p*(1-p)*float64(t.of))+1
}

// shares are the counts of a population by the names that the tests know.
type shares map[string]*tally

func (s shares) add(name string, yes bool) {
	if s[name] == nil {
		s[name] = &tally{}
	}
	s[name].add(yes)
}

func profile(t testing.TB, name string) *generator.Profile {
	t.Helper()
	p, err := generator.BuiltInProfile(seeds.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// Every share of both profiles, and those that go by age in each of their steps.
func TestShares_come_out_as_the_profile_wants(t *testing.T) {
	t.Parallel()
	for _, name := range generator.BuiltInProfiles {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := profile(t, name)
			c := config(100_000, 1)
			c.Profile = p
			got := count(everybody(newGenerator(t, c), 2)[14:], p)
			want := wanted(p)
			for name, ppm := range want {
				if n := got[name]; n == nil || !n.holds(ppm) {
					t.Errorf("%s: %+v, want %d millionths", name, n, ppm)
				}
			}
			for name := range got {
				if _, ok := want[name]; !ok {
					t.Errorf("%s is counted and not wanted", name)
				}
			}
		})
	}
}

func wanted(p *generator.Profile) map[string]int {
	want := map[string]int{
		"d_number": p.DNumber.PPM, "issued_2032": p.Issued2032.PPM, "dead": p.Dead.PPM, "emigrated": p.Emigrated.PPM, "emigrated_d_number": p.EmigratedDNumber.PPM,
		"deleted": p.Deleted.PPM, "reserved_without_contact": p.ReservedWithoutContact.PPM, "reservation_lifted": p.ReservationLifted.PPM,
		"email_stale": p.EmailStale.PPM, "mobile_stale": p.MobileStale.PPM, "expiring": p.Expiring.PPM, "never_confirmed": p.NeverConfirmed.PPM,
		"foreign_mobile": p.ForeignMobile.PPM, "foreign_mobile_d_number": p.ForeignMobileDNumber.PPM,
		"reserved_mailbox": p.ReservedMailbox.PPM, "inactive_mailbox": p.InactiveMailbox.PPM,
		"couple_email": p.CoupleEmail.PPM, "couple_mobile": p.CoupleMobile.PPM, "minor_email": p.MinorEmail.PPM, "minor_mobile": p.MinorMobile.PPM,
		"ward_email": p.WardEmail.PPM, "ward_mobile": p.WardMobile.PPM,
	}
	steps := map[string]generator.ByAge{"women": p.Women, "not_registered": p.NotRegistered, "reserved": p.Reserved, "both_stale": p.BothStale, "never_validated": p.NeverValidated}
	for name, b := range steps {
		for _, s := range b.Steps {
			want[fmt.Sprintf("%s to %d", name, s.To)] = s.PPM
		}
	}
	weights := map[string]generator.Weights{"contact": p.Contact, "provider": p.Provider, "certificate": p.Certificate, "language_d_number": p.LanguageDNumber}
	for name, w := range weights {
		for word, ppm := range w.PPM {
			want[name+" "+word] = ppm
		}
	}
	want["language none"], want["language en"] = p.Language.PPM["none"], p.Language.PPM["en"]
	residents := 0
	for _, b := range p.Ages.Bands {
		residents += b.Residents
	}
	for _, b := range p.Ages.Bands {
		want[fmt.Sprintf("age %d", b.From)] = int(int64(b.Residents) * 1_000_000 / int64(residents))
		want[fmt.Sprintf("mailbox %d", b.From)] = b.MailboxPPM
	}
	return want
}

func stepOf(b generator.ByAge, name string, age int) string {
	i := slices.IndexFunc(b.Steps, func(s generator.Step) bool { return age <= s.To })
	if i < 0 {
		i = len(b.Steps) - 1
	}
	return name + " to " + strconv.Itoa(b.Steps[i].To)
}

func count(persons []sandbox.Person, p *generator.Profile) shares {
	s := shares{}
	byID := make(map[sandbox.PersonID]*sandbox.Person, len(persons))
	for i := range persons {
		byID[persons[i].ID] = &persons[i]
	}
	for i := range persons {
		who := &persons[i]
		age := generator.DataDay.Age(who.Birth)
		s.add("d_number", who.ID.DNumber())
		s.add("issued_2032", who.ID.Issued2032())
		s.add("dead", who.Civil == sandbox.Dead)
		if who.Civil != sandbox.Dead {
			s.add(map[bool]string{false: "emigrated", true: "emigrated_d_number"}[who.ID.DNumber()], who.Civil == sandbox.Emigrated)
		}
		s.add(stepOf(p.Women, "women", age), who.Sex == sandbox.Female)
		s.add(stepOf(p.NotRegistered, "not_registered", age), who.Status == sandbox.NotRegistered)
		for _, b := range p.Ages.Bands {
			if age >= b.From && age <= b.To {
				s.add("age "+strconv.Itoa(b.From), true)
				s.add("mailbox "+strconv.Itoa(b.From), who.Mailbox.Address != "")
			}
		}
		if who.Status != sandbox.NotRegistered {
			s.add("deleted", who.Status == sandbox.Deleted)
		}
		if who.Status == sandbox.Active {
			s.active(who, age, p)
			s.shared(who, age, byID)
		}
	}
	for _, b := range p.Ages.Bands {
		s["age "+strconv.Itoa(b.From)].of = len(persons)
	}
	return s
}

// active counts what only active persons have.
func (s shares) active(who *sandbox.Person, age int, p *generator.Profile) {
	w := sandbox.WindowAt(referenceDay.Midnight())
	e, m := w.Freshness(who.Email), w.Freshness(who.Mobile)
	none := e == sandbox.Missing && m == sandbox.Missing
	s.add(stepOf(p.Reserved, "reserved", age), who.Reserved)
	if who.Reserved {
		s.add("reserved_mailbox", who.Mailbox.Address != "")
	} else {
		s.add("reservation_lifted", who.ReservationUpdated != 0)
		s.add("contact both", e != sandbox.Missing && m != sandbox.Missing)
		s.add("contact mobile", e == sandbox.Missing && m != sandbox.Missing)
		s.add("contact email", e != sandbox.Missing && m == sandbox.Missing)
		s.add("contact none", none)
	}
	if who.Reserved && (none || who.Registered != who.ReservedAt) {
		s.add("reserved_without_contact", none)
	}
	if e != sandbox.Missing && m != sandbox.Missing {
		s.add(stepOf(p.BothStale, "both_stale", age), e == sandbox.Expired && m == sandbox.Expired)
		s.add("email_stale", e == sandbox.Expired && m == sandbox.Fresh)
		s.add("mobile_stale", e == sandbox.Fresh && m == sandbox.Expired)
		s.add("expiring", e == sandbox.Expiring && m == sandbox.Expiring)
	}
	for _, c := range []sandbox.Channel{who.Email, who.Mobile} {
		if c.Value != "" {
			s.add("never_confirmed", c.Confirmed == 0)
		}
	}
	if e == sandbox.Fresh && m == sandbox.Fresh && who.Email.Confirmed != 0 {
		s.add(stepOf(p.NeverValidated, "never_validated", age), who.Email.Validated == 0)
	}
	if box := who.Mailbox; box.Address != "" {
		for word, provider := range map[string]sandbox.Provider{"digipost": sandbox.Digipost, "eboks": sandbox.EBoks, "eboks-old": sandbox.EBoksOld} {
			if _, ok := p.Provider.PPM[word]; ok {
				s.add("provider "+word, box.Provider == provider)
			}
		}
		s.add("inactive_mailbox", box.Inactive)
		s.add("certificate valid", box.Certificate == sandbox.CertificateValid)
		s.add("certificate expired", box.Certificate == sandbox.CertificateExpired)
		s.add("certificate missing", box.Certificate == sandbox.CertificateMissing)
	}
	if !who.ID.DNumber() && !none {
		s.add("language none", who.Language == sandbox.NoLanguage)
		s.add("language en", who.Language == sandbox.English)
	}
	if who.ID.DNumber() && !none {
		for word, l := range map[string]sandbox.Language{"none": sandbox.NoLanguage, "nb": sandbox.Bokmaal, "nn": sandbox.Nynorsk, "en": sandbox.English, "se": sandbox.Sami} {
			s.add("language_d_number "+word, who.Language == l)
		}
	}
}

// shared counts contact values that relatives share, and foreign mobiles among
// the rest.
func (s shares) shared(who *sandbox.Person, age int, byID map[sandbox.PersonID]*sandbox.Person) {
	if who.Mobile.Value != "" {
		s.add(map[bool]string{false: "foreign_mobile", true: "foreign_mobile_d_number"}[who.ID.DNumber()], who.Mobile.Value[:3] != "+47")
	}
	both := func(name string, a, b string) {
		if a != "" && b != "" {
			s.add(name, a == b)
		}
	}
	parent := false
	for r := range who.Kin.All() {
		other := byID[r.ID]
		name := ""
		switch r.Relation {
		case sandbox.Partner:
			if who.ID.Compare(other.ID) < 0 && !guarded(who) && !guarded(other) {
				name = "couple"
			}
		case sandbox.Mother, sandbox.Father:
			if age < 18 && !parent && !guarded(other) {
				name = "minor"
			}
			parent = true
		case sandbox.Guardian:
			name = "ward"
		}
		if name != "" {
			both(name+"_email", who.Email.Value, other.Email.Value)
			both(name+"_mobile", who.Mobile.Value, other.Mobile.Value)
		}
	}
}

// The shares that only a history shows, for those who have been in the register
// for a while.
func TestShares_of_the_past_come_out_as_the_profile_wants(t *testing.T) {
	t.Parallel()
	p := profile(t, "realistic")
	g := newGenerator(t, config(30_000, 1))
	w, s := g.Worker(), shares{}
	for i := 14; i < g.Len(); i++ {
		who := w.Person(i)
		if who.Status != sandbox.Active || who.Birth.Year > 1985 || who.Email.Value == "" || who.Mobile.Value == "" {
			continue
		}
		kinds := map[generator.EventKind]int{}
		for _, e := range w.History(i) {
			kinds[e.Kind]++
		}
		again := kinds[generator.EventRegistered] > 1
		s.add("returned", again)
		if c := who.Email; c.Validated != 0 && c.Confirmed != 0 && c.Confirmed == who.Mobile.Confirmed && !again {
			s.add("email_changed", kinds[generator.EventEmail] > 1)
		}
		if c := who.Mobile; c.Validated != 0 && c.Confirmed != 0 && c.Confirmed == who.Email.Confirmed && !again {
			s.add("mobile_changed", kinds[generator.EventMobile] > 1)
		}
		if who.Language == sandbox.NoLanguage {
			continue
		}
		if !who.ID.DNumber() {
			s.add("language_by_agency", kinds[generator.EventLanguageByAgency] > 0)
		}
		if kinds[generator.EventLanguage] > 0 {
			s.add("language_at_entry", who.LanguageUpdated == who.Registered)
		}
	}
	for name, ppm := range map[string]int{
		"returned": p.Returned.PPM, "email_changed": p.EmailChanged.PPM, "mobile_changed": p.MobileChanged.PPM,
		"language_by_agency": p.LanguageByAgency.PPM, "language_at_entry": p.LanguageAtEntry.PPM,
	} {
		if n := s[name]; n == nil || !n.holds(ppm) {
			t.Errorf("%s: %+v, want %d millionths", name, n, ppm)
		}
	}
}

func guarded(p *sandbox.Person) bool {
	for r := range p.Kin.All() {
		if r.Relation == sandbox.Guardian {
			return true
		}
	}
	return false
}
