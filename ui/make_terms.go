package ui

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// mostWays bounds the ways in which one term is tried.
const mostWays = 24

// wishesOf finds a person whom as many terms as possible ask for, and gives the
// terms that no such person answers to, or that nobody can be made by. Terms that
// leave the fewest ways go first.
func wishesOf(terms []query.Node, c query.Clock) (found wishes, left []query.Node) {
	type term struct {
		node query.Node
		ways []wishes
	}
	all := make([]term, len(terms))
	for i, n := range terms {
		all[i] = term{n, waysOf(n, c)}
	}
	slices.SortStableFunc(all, func(a, b term) int { return cmp.Compare(len(a.ways), len(b.ways)) })
	found = wishes{}
	for _, t := range all {
		met := false
		for _, way := range t.ways {
			if found, met = found.with(way); met {
				break
			}
		}
		if !met {
			left = append(left, t.node)
		}
	}
	return found, left
}

// waysOf are the wishes, of which one is enough, that a term comes to; none when
// nobody can be made by it.
func waysOf(n query.Node, c query.Clock) []wishes {
	switch n := n.(type) {
	case query.And:
		ways := []wishes{{}}
		for _, t := range n.Terms {
			ways = each(ways, waysOf(t, c))
		}
		return ways
	case query.Or:
		var ways []wishes
		for _, t := range n.Terms {
			ways = append(ways, waysOf(t, c)...)
		}
		return ways[:min(len(ways), mostWays)]
	case query.OneOf:
		return valueWays(n, c)
	case query.Range:
		low, high := n.Bounds(c)
		return rangeWays(n.Field.Name, low, high, c)
	case query.Match:
		return matchWays(n)
	case query.Word:
		return wordWays(n)
	case query.Exists:
		return existsWays(n.Field, c)
	case query.Not:
		return withoutWays(n.Term, c)
	}
	return nil
}

// each joins every way of one with every way of the other.
func each(a, b []wishes) []wishes {
	var ways []wishes
	for _, x := range a {
		for _, y := range b {
			if joined, ok := x.with(y); ok && len(ways) < mostWays {
				ways = append(ways, joined)
			}
		}
	}
	return ways
}

// withoutWays are those of somebody to whom a term does not apply.
func withoutWays(n query.Node, c query.Clock) []wishes {
	switch n := n.(type) {
	case query.OneOf:
		return valueWays(query.OneOf{Field: n.Field, Values: allOf(n.Field) &^ n.Values}, c)
	case query.Exists:
		if path := textMembers[n.Field.Name]; path != "" {
			return []wishes{{path: {has: none}}}
		}
	case query.Not:
		return waysOf(n.Term, c)
	}
	return nil
}

// allOf has the bit of every value of a field.
func allOf(f *query.Field) uint64 { return 1<<len(f.Values) - 1 }

func existsWays(f *query.Field, c query.Clock) []wishes {
	switch {
	case f.Kind == query.Enum:
		return valueWays(query.OneOf{Field: f, Values: allOf(f)}, c)
	case f.Kind == query.Instant:
		return rangeWays(f.Name, math.MinInt64, math.MaxInt64, c)
	case textMembers[f.Name] != "":
		return []wishes{{textMembers[f.Name]: {has: some}}}
	}
	return nil
}

// textMembers are the members behind the fields that hold a text.
var textMembers = map[string]string{
	"fornavn": "fornavn", "etternavn": "etternavn", "kommunenr": "kommunenr", "identifikator": numberMember,
	"epost": emailMember, "mobil": mobileMember, "postkasseadresse": addressMember,
}

func matchWays(n query.Match) []wishes {
	if !n.Plain() {
		return nil
	}
	text := n.Pieces[0]
	if n.Field.Name == "identifikator" {
		return numberWays(text)
	}
	if n.Field.Name == "visningnavn" {
		if first, last, ok := strings.Cut(text, " "); ok {
			return []wishes{{"fornavn": valued(titled(first)), "etternavn": valued(titled(last))}}
		}
		return nameWays(text)
	}
	path := textMembers[n.Field.Name]
	switch path {
	case "":
		return nil
	case "fornavn", "etternavn":
		text = titled(text)
	case mobileMember:
		text = sandbox.SameMobile(text)
	case addressMember:
		return []wishes{{path: valued(text), providerMember: {has: some}}}
	}
	return []wishes{{path: valued(text)}}
}

// wordWays takes a plain word, or how it begins, for a name, a number or an
// address, as it looks.
func wordWays(n query.Word) []wishes {
	text := n.Pieces[0]
	if !n.Plain() && (len(n.Pieces) != 2 || n.Pieces[1] != "") {
		return nil
	}
	digits := strings.ReplaceAll(text, " ", "")
	switch {
	case strings.Contains(text, "@"):
		return []wishes{{emailMember: valued(text)}}
	case len(digits) == 11 && strings.Trim(digits, "0123456789") == "":
		return numberWays(digits)
	case len(digits) == 8 && strings.Trim(digits, "0123456789") == "":
		return []wishes{{mobileMember: valued("+47" + digits)}}
	case strings.ContainsAny(text, "0123456789+#") || len([]rune(text)) < 2:
		return nil
	}
	return nameWays(text)
}

func nameWays(name string) []wishes {
	return []wishes{{"fornavn": valued(titled(name))}, {"etternavn": valued(titled(name))}}
}

// titled gives each word of a name a capital.
func titled(name string) string {
	words := strings.Fields(name)
	for i, w := range words {
		words[i] = sentence(w)
	}
	return strings.Join(words, " ")
}

// numberWays are those of one identity number, which tells what else must be so.
func numberWays(digits string) []wishes {
	id, err := sandbox.ParsePersonID(digits)
	if err != nil || !id.Synthetic() {
		return nil
	}
	w := wishes{numberMember: valued(id.Digits()), kindMember: valued("foedselsnummer"), wishSeries: valued(seriesWord(id))}
	if id.DNumber() {
		w[kindMember] = valued("dNummer")
	}
	if b := id.BirthDate(); !b.IsZero() {
		w[birthMember] = within(dayNumber(b), dayNumber(b))
		w["kjoenn"] = valued(id.Sex().String())
	}
	return []wishes{w}
}

func seriesWord(id sandbox.PersonID) string {
	if id.Series() == sandbox.SeriesTenor {
		return "tenor"
	}
	return "other"
}
