package ui

import (
	"fmt"
	"maps"
	"math"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// fill gives each member that is asked for a value, "" for none. What is asked for
// without a value gets one that nobody has.
func (s *site) fill(w wishes, c query.Clock) (map[string]string, error) {
	values := map[string]string{}
	for path, one := range w {
		switch {
		case one.has == none:
			values[path] = ""
		case path == birthMember:
			values[path] = birthWithin(one.from, one.to, c.Today).String()
		case one.dated:
			values[path] = momentWithin(one.from, one.to, c.Now).Wire()
		case one.value != "":
			values[path] = one.value
		case path == "reservasjon":
			values[path] = "NEI"
		case path == "spraak":
			values[path] = "nb"
		case path == providerMember:
			values[path] = sandbox.Digipost.Org()
		}
	}
	s.fillPlace(values)
	fillMailbox(values)
	if values[numberMember] != "" { // which tells the rest
		maps.DeleteFunc(values, func(path, _ string) bool { return path == birthMember || path == kindMember || path == "kjoenn" })
	}
	for path, field := range map[string]string{emailMember: "epost", mobileMember: "mobil"} {
		if w[path].has != some || values[path] != "" {
			continue
		}
		var err error
		if values[path], err = s.address(field, w["delt."+field].value == "JA"); err != nil {
			return nil, err
		}
	}
	return values, nil
}

// birthWithin picks a birth date: half a year from a limit on age, on that side
// where the age is nearest to it.
func birthWithin(from, to int64, today sandbox.Date) sandbox.Date {
	const half = 182
	low, high := dateOfNumber(from), today
	if to != math.MaxInt64 {
		high = dateOfNumber(to)
	}
	pick := high.AddDays(-half)
	if high == today && from > 0 {
		pick = low.AddDays(half)
	}
	if high.Before(pick) {
		pick = high
	}
	if from > 0 && pick.Before(low) {
		pick = low
	}
	return pick
}

func dateOfNumber(n int64) sandbox.Date {
	n = max(n, 0)
	return sandbox.Date{Year: int16(n / 10_000), Month: uint8(n / 100 % 100), Day: uint8(n % 100)}
}

// momentWithin picks a moment: three months ago, or where that is too late two
// months before the limit, or else the middle.
func momentWithin(from, to int64, now sandbox.Instant) sandbox.Instant {
	const month = 30 * 24 * 3600
	from, to = max(from, 1), min(to, int64(now))
	pick := int64(now) - 3*month
	if pick > to {
		pick = to - 2*month
	}
	if pick < from {
		pick = from + (to-from)/2
	}
	return sandbox.Instant(pick)
}

// fillPlace picks the first municipality of a county.
func (s *site) fillPlace(values map[string]string) {
	county := values[wishCounty]
	if county == "" || values["kommunenr"] != "" {
		return
	}
	for _, nr := range slices.Sorted(maps.Keys(s.places)) {
		if code := fmt.Sprintf("%04d", nr); strings.HasPrefix(code, county) {
			values["kommunenr"] = code
			return
		}
	}
}

// fillMailbox makes a mailbox address in the form that its provider has.
func fillMailbox(values map[string]string) {
	if provider := values[providerMember]; provider == "" || values[addressMember] != "" {
		return
	} else if provider == sandbox.Digipost.Org() {
		values[addressMember] = "ny.person#" + strings.ToUpper(someSigns(4))
		return
	}
	values[addressMember] = "00" + strconv.Itoa(10_000_000+rand.IntN(90_000_000))
}

// address gives an e-mail or a mobile that nobody has, or one that somebody has.
// The mobiles lie within the ten thousand that the population does without.
func (s *site) address(field string, shared bool) (string, error) {
	if shared {
		return s.sharedAddress(field)
	}
	const tries = 50
	value := ""
	for range tries {
		value = "ny.person." + someSigns(6) + "@example.com"
		if field == "mobil" {
			value = fmt.Sprintf("+479999%04d", rand.IntN(9000))
		}
		asked := query.Match{Field: query.Find(field), Pattern: query.Pattern{Pieces: []string{value}, Phrase: true}}
		if found, err := s.find(query.Search{Query: asked}); err != nil || found.Total == 0 {
			return value, err
		}
	}
	return value, nil // nearly all are taken, so it may be shared
}

func (s *site) sharedAddress(field string) (string, error) {
	found, err := s.find(query.Search{Query: query.Exists{Field: query.Find(field)}, Limit: 1, Shuffle: true, Seed: rand.Uint64()})
	if err != nil || len(found.Persons) == 0 {
		return "", err
	}
	if field == "mobil" {
		return found.Persons[0].Mobile().Value, nil
	}
	return found.Persons[0].Email().Value, nil
}

func someSigns(n int) string {
	const signs = "23456789abcdefghjkmnpqrstuvwxyz"
	b := make([]byte, n)
	for i := range b {
		b[i] = signs[rand.IntN(len(signs))]
	}
	return string(b)
}
