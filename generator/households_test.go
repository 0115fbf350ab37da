package generator_test

import (
	"testing"

	"liksom/generator"
	"liksom/sandbox"
)

var inverse = map[sandbox.Relation][]sandbox.Relation{
	sandbox.Partner: {sandbox.Partner}, sandbox.Child: {sandbox.Mother, sandbox.Father, sandbox.CoMother},
	sandbox.Mother: {sandbox.Child}, sandbox.Father: {sandbox.Child}, sandbox.CoMother: {sandbox.Child},
	sandbox.Guardian: {sandbox.Ward}, sandbox.Ward: {sandbox.Guardian},
}

func related(p, q sandbox.Person, as []sandbox.Relation) bool {
	for r := range p.Kin.All() {
		for _, relation := range as {
			if r.ID == q.ID && r.Relation == relation {
				return true
			}
		}
	}
	return false
}

func TestKin_stands_both_ways_and_fits_in_age(t *testing.T) {
	t.Parallel()
	const n = 20_007 // the last block of neighbours is cut off
	persons := everybody(newGenerator(t, config(n, 1)), 2)
	byID := map[sandbox.PersonID]sandbox.Person{}
	for _, p := range persons {
		byID[p.ID] = p
	}
	minors, alone, apart := 0, 0, 0
	for i, p := range persons {
		age := generator.DataDay.Age(p.Birth)
		seen, parents, partners := map[sandbox.Relative]bool{}, 0, 0
		for r := range p.Kin.All() {
			q, ok := byID[r.ID]
			if !ok || q.ID == p.ID || seen[r] || !related(q, p, inverse[r.Relation]) {
				t.Fatalf("person %d: %v of %v does not stand both ways, or is there twice", i, r.Relation, r.ID)
			}
			seen[r] = true
			years := generator.DataDay.Age(q.Birth) - age
			home := p.Municipality == q.Municipality || p.Municipality == 0 || q.Municipality == 0
			fits := true
			switch r.Relation {
			case sandbox.Partner:
				partners++
				fits = years >= -12 && years <= 12 && age >= 18 && home
			case sandbox.Mother, sandbox.CoMother, sandbox.Father:
				parents++
				fits = years >= 18 && years <= 72 && (q.Sex == sandbox.Male) == (r.Relation == sandbox.Father)
				if age < 18 && !home {
					apart++
				}
			case sandbox.Guardian:
				fits = age >= 18
			}
			if !fits {
				t.Errorf("person %d of %d years has a %v %d years older, in %04d and %04d", i, age, r.Relation, years, p.Municipality, q.Municipality)
			}
		}
		if partners > 1 || parents > 2 {
			t.Errorf("person %d has %d partners and %d parents", i, partners, parents)
		}
		if age < 18 && !p.ID.DNumber() && i >= 14 {
			minors++
			if parents == 0 {
				alone++
			}
		}
	}
	if minors < 700 || alone > minors/100 || apart > 0 {
		t.Errorf("of %d minors %d have no parents, and %d live apart", minors, alone, apart)
	}
}

// A value that two have is one that relatives have.
func TestShared_values_stay_among_relatives(t *testing.T) {
	t.Parallel()
	const n = 20_000
	persons := everybody(newGenerator(t, config(n, 1)), 2)
	shared := 0
	for _, value := range []func(sandbox.Person) string{
		func(p sandbox.Person) string { return p.Email.Value }, func(p sandbox.Person) string { return p.Mobile.Value },
	} {
		holders := map[string][]sandbox.Person{}
		for _, p := range persons {
			if v := value(p); v != "" {
				holders[v] = append(holders[v], p)
			}
		}
		for v, have := range holders {
			if len(have) > 1 {
				shared += len(have)
			}
			for _, p := range have {
				ok := len(have) == 1
				for _, q := range have {
					ok = ok || q.Kin != "" && p.Kin != "" && p.ID != q.ID && (related(p, q, allRelations))
				}
				if !ok {
					t.Errorf("%v has %s of somebody who is no relative", p.ID, v)
				}
			}
		}
	}
	// 5 % of e-mails and 4 % of mobiles are wanted, by the sources in the profile.
	if all := 2 * n * 9 / 10; shared < all*38/1000 || shared > all*52/1000 {
		t.Errorf("%d of %d values are shared", shared, all)
	}
}

var allRelations = []sandbox.Relation{sandbox.Partner, sandbox.Child, sandbox.Father, sandbox.Mother, sandbox.CoMother, sandbox.Guardian, sandbox.Ward}

// What a larger population adds to the first is relatives among the new ones.
func TestKin_only_grows_with_the_population(t *testing.T) {
	t.Parallel()
	large := everybody(newGenerator(t, config(5000, 3)), 1)
	for _, n := range []int{1, 7, 40, 1003} {
		for i, p := range everybody(newGenerator(t, config(n, 3)), 1) {
			for r := range p.Kin.All() {
				if !related(large[i], sandbox.Person{ID: r.ID}, []sandbox.Relation{r.Relation}) {
					t.Errorf("of %d persons, number %d has a %v that is none among more", n, i, r.Relation)
				}
			}
		}
	}
}

func TestPersons_live_where_the_residents_do(t *testing.T) {
	t.Parallel()
	const n = 100_000
	p := profile(t, "realistic")
	s, homes := shares{}, map[uint16]float64{}
	boxes, active := tally{}, tally{}
	for _, who := range everybody(newGenerator(t, config(n, 1)), 2)[14:] {
		if (who.Municipality == 0) != (who.ID.DNumber() || who.Civil == sandbox.Emigrated) {
			t.Fatalf("%v, %v, lives in %d", who.ID, who.Civil, who.Municipality)
		}
		if who.Municipality == 0 {
			continue
		}
		county := who.Municipality / 100
		homes[county]++
		active.add(true)
		if who.Status != sandbox.Active {
			continue
		}
		if who.Language == sandbox.Bokmaal || who.Language == sandbox.Nynorsk {
			s.add("nynorsk "+codes[county], who.Language == sandbox.Nynorsk)
		}
		if !who.Reserved {
			boxes.add(who.Mailbox.Address != "")
			s.add(map[bool]string{true: "mailbox by the capital", false: "mailbox elsewhere"}[county == 3 || county == 32], who.Mailbox.Address != "")
		}
		switch who.Municipality {
		case 5610, 5612, 5622, 5628, 5636:
			s.add("sami", who.Language == sandbox.Sami)
		}
	}
	all := 0
	for _, c := range counties(t) {
		all += c.Residents
	}
	for _, c := range counties(t) {
		// A household moves together; two at a time is more than there are.
		share := float64(c.Residents) / float64(all)
		got := tally{int(homes[codeOf(c.Code)]) / 2, active.of / 2}
		if !got.holds(int(share * 1e6)) {
			t.Errorf("%s has %d of %d, want %.4f", c.Name, got.yes, got.of, share)
		}
		want, ok := p.NynorskByCounty.PPM[c.Code]
		if !ok {
			want = p.NynorskByCounty.PPM["others"]
		}
		if n := s["nynorsk "+c.Code]; !n.holds(want) {
			t.Errorf("nynorsk in %s: %+v, want %d", c.Name, n, want)
		}
	}
	whole := boxes.yes * 1000 / boxes.of * 1000
	for name, factor := range map[string]int{"mailbox by the capital": 1150, "mailbox elsewhere": 946} {
		if n := s[name]; !n.holds(whole * factor / 1000) {
			t.Errorf("%s: %+v, want %d", name, n, whole*factor/1000)
		}
	}
	if n := s["sami"]; !n.holds(352_000) {
		t.Errorf("sami: %+v", n)
	}
}
