package querytest

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"
)

// Random draws a query about what some of the persons have, so that most find
// somebody.
func Random(r *rand.Rand, persons []Person, now time.Time) Node {
	d := drawer{r, persons, now}
	return d.query(3, false)
}

type drawer struct {
	*rand.Rand
	persons []Person
	now     time.Time
}

var names = slices.Sorted(maps.Keys(fields))

func (d drawer) query(depth int, within bool) Node {
	if depth == 0 {
		return d.term(within)
	}
	switch d.IntN(8) {
	case 0, 1:
		return Node{Op: and, Terms: d.terms(depth-1, within)}
	case 2, 3:
		return Node{Op: or, Terms: d.terms(depth-1, within)}
	case 4:
		return Node{Op: not, Terms: []Node{d.query(depth-1, within)}}
	case 5:
		if !within {
			return Node{Op: related, Terms: []Node{d.query(min(depth-1, 1), true)}}
		}
	}
	return d.term(within)
}

func (d drawer) terms(depth int, within bool) []Node {
	out := make([]Node, 2+d.IntN(3))
	for i := range out {
		out[i] = d.query(depth, within)
	}
	return out
}

func (d drawer) term(within bool) Node {
	if within && d.IntN(3) == 0 {
		return Node{Op: is, Field: "tenorRelasjonsnavn", Values: d.some([]string{"partner", "barn", "far", "mor", "medmor", "verge", "vergemaal"})}
	}
	p := d.person()
	if d.IntN(6) == 0 {
		return d.plain(p)
	}
	name := oneOf(d.Rand, names...)
	f := fields[name]
	switch {
	case d.IntN(8) == 0:
		return Node{Op: exists, Field: name}
	case f.word != nil:
		return Node{Op: is, Field: name, Values: d.some(f.words)}
	case f.texts != nil:
		return d.text(name, f.texts(p))
	}
	return d.span(name, f, p)
}

func (d drawer) person() Person { return d.persons[d.IntN(len(d.persons))] }

// some draws one value or more, in their order.
func (d drawer) some(words []string) (out []string) {
	for _, w := range words {
		if d.IntN(len(words)) == 0 {
			out = append(out, w)
		}
	}
	if out == nil {
		out = []string{words[d.IntN(len(words))]}
	}
	return out
}

func (d drawer) plain(p Person) Node {
	candidates := append(strings.Split(p.name(), " "), p.Personidentifikator, p.contact(epost), p.contact(mobil), p.Katalog)
	candidates = slices.DeleteFunc(candidates, func(s string) bool { return s == "" })
	if d.IntN(5) == 0 && p.name() != "" {
		return Node{Op: phrase, Values: []string{p.name()}}
	}
	if len(candidates) == 0 {
		return Node{Op: all}
	}
	s := []rune(strings.ReplaceAll(oneOf(d.Rand, candidates...), " ", ""))
	s = s[:1+d.IntN(len(s))]
	return Node{Op: word, Values: []string{oneOf(d.Rand, string(s), string(s)+"*", "*"+string(s[len(s)/2:]))}}
}

func (d drawer) text(name string, texts []string) Node {
	if len(texts) == 0 {
		return Node{Op: exists, Field: name}
	}
	s := oneOf(d.Rand, texts...)
	runes := []rune(s)
	at := 1 + d.IntN(len(runes))
	starred := oneOf(d.Rand, string(runes[:at])+"*", "*"+string(runes[at-1:]), string(runes[:at])+"*"+string(runes[len(runes)-1:]))
	if d.IntN(2) == 0 || strings.ContainsAny(starred, ` :()<>"`) {
		return Node{Op: match, Field: name, Values: []string{s}}
	}
	return Node{Op: match, Field: name, Values: []string{starred}}
}

func (d drawer) span(name string, f field, p Person) Node {
	n := Node{Op: span, Field: name}
	switch d.IntN(5) {
	case 0:
		e := d.end(f, p)
		n.Low, n.High = &End{Value: e}, &End{Value: e}
	case 1:
		n.Low = &End{d.end(f, p), d.IntN(2) == 0}
	case 2:
		n.High = &End{d.end(f, p), d.IntN(2) == 0}
	case 3:
		n.Low, n.High = &End{Value: d.end(f, p)}, &End{Value: d.end(f, d.person())}
	default:
		n.Low, n.High = &End{d.end(f, p), d.IntN(2) == 0}, &End{d.end(f, d.person()), true}
	}
	return n
}

// end draws a value near what a person has, or one that the clock tells.
func (d drawer) end(f field, p Person) string {
	if f.count != nil {
		n, _ := f.count(p, d.now)
		return fmt.Sprint(max(0, n+d.IntN(3)-1))
	}
	s := ""
	if f.day != nil {
		s = f.day(p)
	} else {
		s = f.at(p)
	}
	if s == "" || d.IntN(3) == 0 {
		return oneOf(d.Rand, "nå", "i dag", "nå-18m", "nå-16m", fmt.Sprintf("i dag-%dd", d.IntN(900)), fmt.Sprintf("nå-%dm+%dd", d.IntN(40), d.IntN(40)),
			fmt.Sprintf("nå-%dy", d.IntN(20)), fmt.Sprintf("nå-%dh-5min", d.IntN(90)), fmt.Sprintf("i dag-%dy", d.IntN(90)), "i dag+1d")
	}
	return s[:oneOf(d.Rand, 4, 7, 10, len(s))]
}
