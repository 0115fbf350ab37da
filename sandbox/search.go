package sandbox

import "strings"

// Search asks for persons by words. The zero Search asks for everybody.
type Search struct {
	// Words are separated by spaces. A person is found when every word begins
	// one of its name words, its e-mail, its mobile (with or without country
	// code), its number or its entry in the catalogue.
	Words string
	After PersonID // only persons whose number is above this one
	Limit int      // at most this many persons; 0 counts only
}

// Found is the answer to a [Search]: the hits in order of their numbers.
type Found struct {
	Total   int      // hits in all, whatever After and Limit say
	Persons []Record // the page
	More    bool     // whether hits follow the page
}

// Search looks through the whole population; its cost grows with it (some 2 ms
// for 10 000 persons).
func (r *Register) Search(s Search) Found {
	words := searchWords(s.Words)
	if len(words) == 0 {
		return r.page(s)
	}
	var f Found
	r.walk(PersonID{}, func(rec Record) bool {
		if matches(rec, words) {
			f.Total++
			f.add(rec, s)
		}
		return true
	})
	return f
}

// page answers without words, where no person need be looked at to be counted.
func (r *Register) page(s Search) Found {
	f := Found{Total: r.Len()}
	r.walk(s.After, func(rec Record) bool {
		f.add(rec, s)
		return !f.More
	})
	return f
}

func (f *Found) add(rec Record, s Search) {
	switch {
	case rec.ID().Compare(s.After) <= 0:
	case len(f.Persons) < s.Limit:
		f.Persons = append(f.Persons, rec)
	default:
		f.More = true
	}
}

func matches(r Record, words []string) bool {
	fields := [...]string{Fold(r.FirstName()), Fold(r.LastName()), Fold(r.Email().Value), withoutCountryCode(SameMobile(r.Mobile().Value)), r.ID().Digits(), r.Scenario()}
	for _, w := range words {
		if !matchesAny(w, fields[:]) {
			return false
		}
	}
	return true
}

func matchesAny(word string, fields []string) bool {
	for i, f := range fields {
		if strings.HasPrefix(f, word) {
			return true
		}
		if i < 2 && strings.Contains(f, " ") && strings.Contains(f, " "+word) {
			return true // the second word of a name of several
		}
	}
	return false
}

// searchWords takes the query apart. A query of nothing but digits, spaces and
// plus signs is one number, however it is grouped.
func searchWords(query string) []string {
	if strings.Trim(query, "+0123456789 ") == "" {
		query = strings.ReplaceAll(query, " ", "")
	}
	words := strings.Fields(Fold(query))
	for i, w := range words {
		words[i] = withoutCountryCode(w)
	}
	return words
}

// withoutCountryCode makes a Norwegian mobile findable with or without it.
func withoutCountryCode(s string) string {
	for _, prefix := range []string{"+47", "0047"} {
		if rest, ok := strings.CutPrefix(s, prefix); ok && rest != "" {
			return rest
		}
	}
	return s
}
