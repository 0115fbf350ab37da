package query

import (
	"math/bits"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Print spells a query in its one canonical form, which [Parse] reads as the
// same query. Everybody is "".
func Print(n Node) string {
	if _, all := n.(All); all || n == nil {
		return ""
	}
	p := &printer{}
	n.print(p)
	return p.String()
}

type printer struct{ strings.Builder }

// inner prints a term, in parentheses if it would otherwise fall apart.
func (p *printer) inner(n Node, apart bool) {
	if !apart {
		n.print(p)
		return
	}
	p.WriteByte('(')
	n.print(p)
	p.WriteByte(')')
}

func (All) print(p *printer) { p.WriteByte('*') }

func (n And) print(p *printer) {
	for i, t := range n.Terms {
		if i > 0 {
			p.WriteString(" and ")
		}
		_, apart := t.(Or)
		p.inner(t, apart)
	}
}

func (n Or) print(p *printer) {
	for i, t := range n.Terms {
		if i > 0 {
			p.WriteString(" or ")
		}
		p.inner(t, false)
	}
}

func (n Not) print(p *printer) {
	p.WriteString("not ")
	switch n.Term.(type) {
	case And, Or:
		p.inner(n.Term, true)
	default:
		p.inner(n.Term, false)
	}
}

func (n Word) print(p *printer) { p.pattern(n.Pattern) }

func (n Exists) print(p *printer) { p.WriteString(n.Field.Name + ":*") }

func (n OneOf) print(p *printer) { p.choices(n.Field, n.Values) }

func (n Relation) print(p *printer) { p.choices(RelationField, n.Relations) }

func (p *printer) choices(f *Field, values uint64) {
	p.WriteString(f.Name + ":")
	several := bits.OnesCount64(values) > 1
	if several {
		p.WriteByte('(')
	}
	for i, first := 0, true; i < len(f.Values); i++ {
		if values>>i&1 == 0 {
			continue
		}
		if !first {
			p.WriteString(" or ")
		}
		first = false
		p.WriteString(f.Values[i].Word)
	}
	if several {
		p.WriteByte(')')
	}
}

func (n Match) print(p *printer) {
	p.WriteString(n.Field.Name + ":")
	p.pattern(n.Pattern)
}

func (n Range) print(p *printer) {
	p.WriteString(n.Field.Name)
	switch {
	case n.Low.Set && n.High.Set && n.Low.Value.text == n.High.Value.text:
		p.WriteString(":" + n.Low.Value.text)
	case n.Low.Set && n.High.Set:
		p.WriteString(":[" + n.Low.Value.text + " to " + n.High.Value.text + "]")
	case n.Low.Set:
		p.end(" >", n.Low)
	default:
		p.end(" <", n.High)
	}
}

func (p *printer) end(sign string, e End) {
	p.WriteString(sign)
	if !e.Beyond {
		p.WriteByte('=')
	}
	p.WriteString(" " + e.Value.text)
}

func (n Related) print(p *printer) {
	p.WriteString(relationField + ":{")
	n.Inner.print(p)
	p.WriteByte('}')
}

// pattern spells a text so that it reads as itself.
func (p *printer) pattern(t Pattern) {
	if t.Phrase {
		p.WriteString(`"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(t.Pieces[0]) + `"`)
		return
	}
	for i, piece := range t.Pieces {
		if i > 0 {
			p.WriteByte('*')
		}
		p.piece(piece, t.Plain() && keyword(piece))
	}
}

func keyword(s string) bool {
	return strings.EqualFold(s, "and") || strings.EqualFold(s, "or") || strings.EqualFold(s, "not")
}

func (p *printer) piece(s string, escapeFirst bool) {
	for i, r := range s {
		if i == 0 && escapeFirst || unicode.IsSpace(r) || strings.ContainsRune(`\*()[]{}<>":`, r) {
			p.WriteByte('\\')
		}
		_, n := utf8.DecodeRuneInString(s[i:])
		p.WriteString(s[i : i+n])
	}
}
