package generator_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/nyaruka/phonenumbers"

	"liksom/generator"
	"liksom/sandbox"
)

func percent(n int) *int { return &n }

// The offsets are those of the owners of the series.
func TestSeries_shift_the_month(t *testing.T) {
	t.Parallel()
	for series, offset := range map[sandbox.Series]int{sandbox.SeriesTenor: 80, sandbox.SeriesNAV: 40, sandbox.SeriesNHN: 65} {
		c := config(5000, 1)
		c.Series, c.Share2032 = series, percent(20)
		g := newGenerator(t, c)
		persons := everybody(g, 2)[14:]
		for n := range uint64(200) {
			persons = append(persons, g.Worker().Stranger(n))
		}
		share := tally{}
		for _, p := range persons {
			digits := p.ID.Digits()
			day, year := int(p.Birth.Day), int(p.Birth.Year)%100
			if p.ID.DNumber() {
				day += 40
			}
			if want := fmt.Sprintf("%02d%02d%02d", day, int(p.Birth.Month)+offset, year); digits[:6] != want {
				t.Fatalf("series %d: %s, born %v", series, p.ID, p.Birth)
			}
			if parsed, err := sandbox.ParsePersonID(digits); err != nil || parsed != p.ID {
				t.Errorf("series %d: %v: %v", series, p.ID, err)
			}
			share.add(p.ID.Issued2032())
			if !p.ID.Issued2032() && (p.ID.BirthDate() != p.Birth || p.ID.Sex() != p.Sex) {
				t.Errorf("series %d: %v tells %v and %v", series, p.ID, p.ID.BirthDate(), p.ID.Sex())
			}
		}
		if !share.holds(200_000) {
			t.Errorf("series %d: %+v by the rule of 2032", series, share)
		}
	}
}

func TestNew_refuses_series_of_real_persons(t *testing.T) {
	t.Parallel()
	for _, series := range []sandbox.Series{sandbox.SeriesNPID, sandbox.SeriesNPIDSy} {
		c := config(1, 1)
		c.Series = series
		if _, err := generator.New(c); err == nil || !strings.Contains(err.Error(), "Tenor, NAV and NHN") {
			t.Errorf("series %d: %v", series, err)
		}
	}
}

// Test-Norge gives fødselsnumre from the top and D-numbers from the bottom.
// Observed in 2 799 published numbers: 2 542 of 2 571 persons born from 1940 to
// 1999 have 950 to 999, and all D-numbers of the 1900s have at most 027.
func TestNumbers_are_handed_out_as_in_TestNorge(t *testing.T) {
	t.Parallel()
	lowest, highest := 999, 0
	for _, p := range everybody(newGenerator(t, config(20_000, 1)), 2)[14:] {
		individual := int(p.ID.Uint64() / 100 % 1000)
		switch year := p.Birth.Year; {
		case year >= 2000 || year < 1940:
		case p.ID.DNumber():
			highest = max(highest, individual)
		default:
			lowest = min(lowest, individual)
		}
	}
	if lowest < 980 || highest > 20 {
		t.Errorf("fødselsnumre down to %03d, D-numbers up to %03d", lowest, highest)
	}
}

func TestNumbers_of_the_rule_of_2032_are_unique_and_never_old_ones(t *testing.T) {
	t.Parallel()
	c := config(30_000, 1)
	c.Share2032 = percent(100)
	seen := map[sandbox.PersonID]bool{}
	for _, p := range everybody(newGenerator(t, c), 2)[14:] {
		if seen[p.ID] || !p.ID.Issued2032() || p.ID.Sex() != sandbox.SexUnknown {
			t.Fatalf("%v is there twice, or follows the old rule", p.ID)
		}
		seen[p.ID] = true
		if p.Birth == (sandbox.Date{}) || p.Sex == sandbox.SexUnknown {
			t.Fatalf("%v has no birth date or sex of its own", p.ID)
		}
	}
}

func TestPhones_are_of_the_kind_that_was_chosen(t *testing.T) {
	t.Parallel()
	for kind, rule := range map[generator.Phones]func(number string, valid bool) bool{
		generator.PhonesRealistic: func(_ string, valid bool) bool { return valid },
		generator.PhonesUnassigned: func(n string, valid bool) bool {
			return !valid && strings.HasPrefix(n, "+474") && strings.Contains("2349", n[4:5])
		},
		generator.PhonesForeign: func(n string, valid bool) bool { return valid && n >= "+46701740605" && n <= "+46701740699" },
	} {
		c := config(2000, 1)
		c.Phones = kind
		g := newGenerator(t, c)
		persons := everybody(g, 2)
		for n := range uint64(500) {
			persons = append(persons, g.Worker().Stranger(n))
		}
		holders := map[string]int{}
		for _, p := range persons {
			if p.Mobile.Value == "" {
				continue
			}
			number, err := phonenumbers.Parse(p.Mobile.Value, "NO")
			if err != nil || !rule(p.Mobile.Value, phonenumbers.IsValidNumber(number) && isMobile(number)) {
				t.Errorf("%v: %s, %v", kind, p.Mobile.Value, err)
			}
			if sandbox.Check(sandbox.Person{Mobile: p.Mobile}, p.Changed) != nil {
				t.Errorf("%v: the register does not take %s", kind, p.Mobile.Value)
			}
			holders[p.Mobile.Value]++
		}
		for number, n := range holders {
			if n > 5 && kind != generator.PhonesForeign {
				t.Errorf("%v: %d persons have %s", kind, n, number)
			}
		}
	}
}

func TestPhones_last_for_all_that_can_be_asked_for(t *testing.T) {
	t.Parallel()
	if most := generator.PhonesUnassigned.Most(); most != 3_800_000 {
		t.Errorf("%d", most)
	}
	c := config(generator.PhonesUnassigned.Most()+1, 1)
	c.Phones = generator.PhonesUnassigned
	if _, err := generator.New(c); err == nil || !strings.Contains(err.Error(), "3800000") {
		t.Errorf("%v", err)
	}
}
