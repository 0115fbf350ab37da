package querytest

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Enums gives the words of every enumerated field, in order.
func Enums() map[string][]string {
	out := map[string][]string{}
	for name, f := range fields {
		if f.word != nil {
			out[name] = f.words
		}
	}
	return out
}

// Word gives what a person has of an enumerated field at a moment; "" for nothing.
func Word(p Person, name string, now time.Time) string { return fields[name].word(p, now) }

// Judge says which of the persons a query asks for at a moment, by their index.
func Judge(n Node, persons []Person, now time.Time) (found []int) {
	j := judge{now, map[string]Person{}, map[string]*regexp.Regexp{}}
	for _, p := range persons {
		j.persons[p.Personidentifikator] = p
	}
	for i, p := range persons {
		if j.asks(n, p, "") {
			found = append(found, i)
		}
	}
	return found
}

type judge struct {
	now      time.Time
	persons  map[string]Person
	compiled map[string]*regexp.Regexp
}

// asks judges a person, who is a relative within a relation.
func (j judge) asks(n Node, p Person, relation string) bool {
	one := func(t Node) bool { return j.asks(t, p, relation) }
	f := fields[n.Field]
	switch n.Op {
	case and:
		return !slices.ContainsFunc(n.Terms, func(t Node) bool { return !one(t) })
	case or:
		return slices.ContainsFunc(n.Terms, one)
	case not:
		return !one(n.Terms[0])
	case related:
		for _, k := range p.Relasjoner {
			if other, known := j.persons[k.Personidentifikator]; known && j.asks(n.Terms[0], other, k.Relasjon) {
				return true
			}
		}
		return false
	case word, phrase:
		return j.plain(n, p)
	case match:
		return slices.ContainsFunc(f.texts(p), func(s string) bool { return j.text(n, f, s) })
	case exists:
		return j.has(f, p)
	case is:
		if n.Field == "tenorRelasjonsnavn" {
			return slices.Contains(n.Values, relation)
		}
		return slices.Contains(n.Values, f.word(p, j.now))
	case span:
		return j.within(n, f, p)
	}
	return true
}

func (j judge) has(f field, p Person) bool {
	switch {
	case f.word != nil:
		return f.word(p, j.now) != ""
	case f.texts != nil:
		return len(f.texts(p)) > 0
	case f.day != nil:
		return f.day(p) != ""
	case f.at != nil:
		return f.at(p) != ""
	}
	_, ok := f.count(p, j.now)
	return ok
}

var letters = strings.NewReplacer("æ", "ae", "ø", "oe", "å", "aa", "ä", "ae", "ö", "oe", "é", "e", "ü", "u", "á", "a", "č", "c", "š", "s", "ž", "z", "đ", "d", "ŋ", "n", "ŧ", "t")

func fold(s string) string { return letters.Replace(strings.ToLower(s)) }

// like makes the expression for a text with stars.
func like(text string) string {
	return strings.ReplaceAll(regexp.QuoteMeta(fold(text)), `\*`, `.*`)
}

func (j judge) fits(expression, s string) bool {
	e := j.compiled[expression]
	if e == nil {
		e = regexp.MustCompile(`(?s)^(?:` + expression + `)$`)
		j.compiled[expression] = e
	}
	return e.MatchString(fold(s))
}

func (j judge) text(n Node, f field, s string) bool {
	text := n.Values[0]
	switch {
	case f.several && !strings.Contains(text, "*"):
		return strings.Contains(" "+fold(s)+" ", " "+fold(text)+" ")
	case f.several:
		return slices.ContainsFunc(append(strings.Split(s, " "), s), func(w string) bool { return j.fits(like(text), w) })
	case n.Field == "mobil" && !strings.Contains(text, "*"):
		return s == withCode(text)
	}
	return j.fits(like(text), s)
}

// plain judges by a word, which begins something, or a phrase or word with stars,
// which is it.
func (j judge) plain(n Node, p Person) bool {
	text := n.Values[0]
	nr := strings.ReplaceAll(text, " ", "")
	if strings.HasPrefix(nr, "00") {
		nr = "+" + nr[2:]
	}
	if n.Op == phrase && strings.Contains(" "+fold(p.name())+" ", " "+fold(text)+" ") {
		return true
	}
	open := ""
	if n.Op == word && !strings.Contains(text, "*") {
		open = ".*"
	}
	whole := append(mobiles(p), p.Personidentifikator)
	if n.Op == word {
		whole = append(whole, append(strings.Split(p.name(), " "), p.name())...)
	}
	for _, s := range append(whole[:0:0], whole...) {
		if s != "" && (j.fits(like(text)+open, s) || strings.HasPrefix(s, "+") && j.fits(like(nr)+open, s)) {
			return true
		}
	}
	for _, s := range []string{p.contact(epost), p.Katalog} {
		if s != "" && j.fits(like(text)+open, s) {
			return true
		}
	}
	return slices.ContainsFunc(mobiles(p), func(s string) bool { return j.fits(like(nr)+open, s) })
}

func (j judge) within(n Node, f field, p Person) bool {
	if f.count != nil {
		v, ok := f.count(p, j.now)
		return ok && ends(n, func(e End) (int, int) {
			at, _ := strconv.Atoi(e.Value)
			return at, at
		}, v, func(a, b int) int { return a - b })
	}
	if f.day != nil {
		return f.day(p) != "" && ends(n, j.days, f.day(p), strings.Compare)
	}
	return f.at(p) != "" && ends(n, j.moments, moment(f.at(p)), time.Time.Compare)
}

// ends holds a value against both ends, each of which stands for all from its
// first to its last.
func ends[T any](n Node, of func(End) (first, last T), v T, compare func(a, b T) int) bool {
	if n.Low != nil {
		first, last := of(*n.Low)
		if n.Low.Beyond && compare(v, last) <= 0 || !n.Low.Beyond && compare(v, first) < 0 {
			return false
		}
	}
	if n.High != nil {
		first, last := of(*n.High)
		if n.High.Beyond && compare(v, first) >= 0 || !n.High.Beyond && compare(v, last) > 0 {
			return false
		}
	}
	return true
}
