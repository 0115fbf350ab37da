// Package querytest judges persons by queries without a line of the code that it
// is there to check: queries come as a tree of its own, which can be spelt as
// KQL and kept as JSON, and persons as the lines that liksom generate writes.
package querytest

import (
	"math/rand/v2"
	"strings"
)

// Node is a query.
type Node struct {
	Op     string   `json:"op"` // one of the words below
	Terms  []Node   `json:"terms,omitempty"`
	Field  string   `json:"field,omitempty"`
	Values []string `json:"values,omitempty"` // of is; one text, with stars or not, of word, phrase and match
	Low    *End     `json:"low,omitempty"`
	High   *End     `json:"high,omitempty"`
}

// End is an end of a span.
type End struct {
	Value  string `json:"value"` // 2025, 2025-06, 2025-06-30, a moment, nå-18m, i dag-3d, or a whole number
	Beyond bool   `json:"beyond,omitempty"`
}

// The words of Node.Op.
const (
	all     = "all"
	and     = "and"
	or      = "or"
	not     = "not"     // of one term
	word    = "word"    // plain
	phrase  = "phrase"  // plain, in quotation marks
	exists  = "exists"  // of a field
	is      = "is"      // one of the values of an enumerated field, or of tenorRelasjonsnavn
	match   = "match"   // a text of a field
	span    = "span"    // between two ends, of which one may be missing
	related = "related" // of one term about a relative
)

// Spell writes the query as KQL, in one of the ways that mean the same.
func (n Node) Spell(r *rand.Rand) string {
	switch n.Op {
	case and:
		return n.join(r, oneOf(r, " and ", " AND ", " ", " And "))
	case or:
		return n.join(r, oneOf(r, " or ", " OR "))
	case not:
		return oneOf(r, "not ", "NOT ") + n.Terms[0].inner(r)
	case word:
		return n.Values[0]
	case phrase:
		return `"` + n.Values[0] + `"`
	case exists:
		return n.field(r) + ":*"
	case is:
		return n.choice(r)
	case match:
		if strings.ContainsAny(n.Values[0], ` :()<>"`) {
			return n.field(r) + `:"` + n.Values[0] + `"`
		}
		return n.field(r) + oneOf(r, ":", " : ") + n.Values[0]
	case span:
		return n.span(r)
	case related:
		return "tenorRelasjoner.freg:{" + n.Terms[0].Spell(r) + "}"
	}
	return "*"
}

func oneOf[T any](r *rand.Rand, ways ...T) T { return ways[r.IntN(len(ways))] }

// inner is spelt in parentheses if it would otherwise fall apart.
func (n Node) inner(r *rand.Rand) string {
	if n.Op == and || n.Op == or {
		return "(" + n.Spell(r) + ")"
	}
	return n.Spell(r)
}

func (n Node) join(r *rand.Rand, by string) string {
	terms := make([]string, len(n.Terms))
	for i, t := range n.Terms {
		terms[i] = t.inner(r)
	}
	return strings.Join(terms, by)
}

func (n Node) field(r *rand.Rand) string {
	name := n.Field
	if fields[name].krr && r.IntN(2) == 0 {
		name = "krr." + name
	}
	return oneOf(r, name, name, strings.ToUpper(name))
}

func (n Node) choice(r *rand.Rand) string {
	values := make([]string, len(n.Values))
	for i, v := range n.Values {
		values[i] = oneOf(r, v, strings.ToLower(v), `"`+v+`"`)
	}
	if len(values) == 1 {
		return n.field(r) + ":" + values[0]
	}
	return n.field(r) + ":(" + strings.Join(values, " or ") + ")"
}

func (n Node) span(r *rand.Rand) string {
	f := n.field(r)
	switch {
	case n.Low != nil && n.High != nil && !n.Low.Beyond && !n.High.Beyond:
		if n.Low.Value == n.High.Value {
			return f + ":" + n.Low.Value
		}
		return f + ":[" + n.Low.Value + oneOf(r, " to ", " TO ") + n.High.Value + "]"
	case n.Low != nil && n.High != nil:
		return f + ":(" + n.Low.spell(">") + " and " + n.High.spell("<") + ")"
	case n.Low != nil:
		return f + oneOf(r, " ", "", ":") + n.Low.spell(">")
	}
	return f + oneOf(r, " ", "", ":") + n.High.spell("<")
}

func (e End) spell(sign string) string {
	if !e.Beyond {
		sign += "="
	}
	return sign + " " + e.Value
}
