package ui

import (
	"fmt"
	"math"
	"math/bits"
	"strings"

	"liksom/sandbox/query"
)

// criteria are the top-level terms of a query: the words, then what filters
// choose, in the filters' order, then what no filter can express.
type criteria struct {
	words  []query.Node
	chosen map[*query.Field]query.OneOf
	ages   ages
	own    []query.Node
}

// ages are the limits of an age, both included; none where they are open.
type ages struct {
	low, high int64
	set       bool
}

var fieldAge = query.Find("alder")

// criteriaOf takes a query apart.
func criteriaOf(n query.Node) criteria {
	c := criteria{chosen: map[*query.Field]query.OneOf{}, ages: ages{low: math.MinInt64, high: math.MaxInt64}}
	c.add(n)
	return c
}

func (c *criteria) add(n query.Node) {
	switch n := n.(type) {
	case nil, query.All:
	case query.And:
		for _, t := range n.Terms {
			c.add(t)
		}
	case query.Word:
		c.words = append(c.words, n)
	case query.OneOf:
		if _, taken := c.chosen[n.Field]; taken || !expressible(n) {
			c.own = append(c.own, n)
			return
		}
		c.chosen[n.Field] = n
	case query.Range:
		if n.Field != fieldAge {
			c.own = append(c.own, n)
			return
		}
		low, high := n.Bounds(query.Clock{})
		c.ages = ages{max(c.ages.low, low), min(c.ages.high, high), true}
	default:
		c.own = append(c.own, n)
	}
}

// node spells out the limits; nil when there are none.
func (a ages) node() query.Node {
	var text string
	switch lowOpen, highOpen := a.low == math.MinInt64 || a.low == 0, a.high == math.MaxInt64; {
	case !a.set || a.low == math.MinInt64 && highOpen:
		return nil
	case highOpen && a.low <= 0:
		text = fmt.Sprintf(">= %d", a.low)
	case highOpen:
		text = fmt.Sprintf("> %d", a.low-1)
	case lowOpen:
		text = fmt.Sprintf("< %d", a.high+1)
	default:
		text = fmt.Sprintf(":[%d to %d]", a.low, a.high)
	}
	n, err := query.Parse(fieldAge.Name + " " + text)
	if err != nil {
		return nil // limits beyond what a number may be
	}
	return n
}

// filtered are the terms of the filters in their order.
func (c criteria) filtered() (terms []query.Node) {
	for _, g := range filterGroups {
		if g.age {
			if n := c.ages.node(); n != nil {
				terms = append(terms, n)
			}
			continue
		}
		seen := map[*query.Field]bool{}
		for _, o := range g.options {
			if n, ok := c.chosen[o.field]; ok && !seen[o.field] {
				seen[o.field] = true
				terms = append(terms, n)
			}
		}
	}
	return terms
}

// terms are all of them, in their order.
func (c criteria) terms() []query.Node {
	return append(append(append([]query.Node{}, c.words...), c.filtered()...), c.own...)
}

// joined makes one query of terms.
func joinedTerms(terms []query.Node) query.Node {
	switch len(terms) {
	case 0:
		return query.All{}
	case 1:
		return terms[0]
	}
	return query.And{Terms: terms}
}

// spelt is the canonical text of terms.
func spelt(terms []query.Node) string { return query.Print(joinedTerms(terms)) }

// plainWords are the words as one types them.
func (c criteria) plainWords() string {
	words := make([]string, len(c.words))
	for i, w := range c.words {
		words[i] = query.Print(w)
	}
	return strings.Join(words, " ")
}

// without leaves one of the terms out.
func without(terms []query.Node, i int) []query.Node {
	return append(append([]query.Node{}, terms[:i]...), terms[i+1:]...)
}

// chip is a chosen criterion, and where it leads to be removed.
type chip struct {
	ID, Label string
	Code      string // of one that no filter can express
	URL       string
}

func (w words) chips(c criteria, u searchURL) (chips []chip) {
	terms := c.terms()
	for i, t := range terms {
		if i < len(c.words) {
			continue
		}
		label, code := w.criterion(t)
		chips = append(chips, chip{ID: fmt.Sprintf("k-%d", i), Label: label, Code: code, URL: u.anew(spelt(without(terms, i))).String()})
	}
	return chips
}

// criterion names a term; code is set when only the language can say it.
func (w words) criterion(n query.Node) (label, code string) {
	switch n := n.(type) {
	case query.OneOf:
		if expressible(n) {
			return w.chosenLabel(n), ""
		}
	case query.Range:
		if n.Field == fieldAge {
			low, high := n.Bounds(query.Clock{})
			return w.agesLabel(ages{low, high, true}), ""
		}
	case query.Word:
		return shownQuery(query.Print(n)), ""
	}
	return w.T("criterion.own"), shownQuery(query.Print(n))
}

func (w words) agesLabel(a ages) string {
	switch {
	case a.high == math.MaxInt64:
		return w.T("ages.over", fmt.Sprint(a.low-1))
	case a.low == math.MinInt64 || a.low == 0:
		return w.T("ages.under", fmt.Sprint(a.high+1))
	case a.low == a.high:
		return w.T("years", int(a.low))
	}
	return w.T("ages.between", fmt.Sprint(a.low), fmt.Sprint(a.high))
}

func (w words) chosenLabel(n query.OneOf) string {
	var names []string
	prefix, asIs := "", false
	for _, g := range filterGroups {
		for _, o := range g.options {
			if o.field == n.Field && n.Values>>o.value&1 != 0 {
				names = append(names, w.option(o))
				prefix, asIs = g.prefix, g.names
			}
		}
	}
	label := strings.Join(names, " "+w.T("or")+" ")
	if prefix != "" {
		label = w.T(prefix) + " " + label
	}
	if asIs {
		return label
	}
	return sentence(label)
}

// expressible tells whether check boxes can say all of a term.
func expressible(n query.OneOf) bool {
	var known uint64
	for _, g := range filterGroups {
		for _, o := range g.options {
			if o.field == n.Field {
				known |= 1 << o.value
			}
		}
	}
	return n.Values&^known == 0 && bits.OnesCount64(n.Values) > 0
}
