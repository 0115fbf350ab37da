package query

import "strings"

const (
	relationField = "tenorRelasjoner.freg"
	relationName  = "tenorRelasjonsnavn"
)

// RelationField is the pseudo field tenorRelasjonsnavn of a relation, for
// completion and documentation; its values stand in the order of
// [sandbox.Relation]. Source: "Tenor testdata" (Skatteetaten); verge and
// vergemaal are ours.
var RelationField = &Field{
	Name: relationName, Kind: Enum, Values: words("partner", "barn", "far", "mor", "medmor", "verge", "vergemaal"),
	Doc: Doc{"Hva den andre er for personen; bare i " + relationField, "Kva den andre er for personen; berre i " + relationField, "What the other is to the person; only within " + relationField},
}

// relation reads what stands behind tenorRelasjoner.
func (p *parser) relation(l literal, which string) (Node, error) {
	if strings.HasPrefix(which, "freg.") {
		return nil, p.fault(l.start, l.end, CodeSyntax, "relations are written %s:{%s:barn and …}", relationField, relationName).near(relationField)
	}
	if which != "freg" {
		return nil, p.fault(l.start, l.end, CodeField, "there are relations to freg only").near(relationField)
	}
	if p.related {
		return nil, p.fault(l.start, l.end, CodeMisused, "a relation cannot stand within a relation")
	}
	if !p.take(':') {
		return nil, p.unexpected()
	}
	switch p.next() {
	case '*':
		p.at++
		return Related{All{}}, nil
	case '{':
		outer := p.compared
		p.related, p.compared = true, nil
		n, err := p.group('{', '}', func() (Node, error) { return p.either(nil) })
		p.related, p.compared = false, outer
		return Related{n}, err
	}
	return nil, p.fault(p.at, p.at, CodeSyntax, "a relation is written %s:{%s:barn and …}", relationField, relationName)
}

// relationName reads what a relative is.
func (p *parser) relationName(l literal) (Node, error) {
	if !p.related {
		return nil, p.fault(l.start, l.end, CodeMisused, "%s stands only within %s:{…}", relationName, relationField).near(relationField)
	}
	p.take(':')
	read := func() (Node, error) { return p.value(RelationField) }
	if p.next() == '(' {
		read = func() (Node, error) {
			return p.group('(', ')', func() (Node, error) { return p.either(RelationField) })
		}
	}
	n, err := read()
	return named(n), err
}

// named turns values of tenorRelasjonsnavn into relations.
func named(n Node) Node {
	switch n := n.(type) {
	case OneOf:
		return Relation{n.Values}
	case Exists:
		return All{} // a relative is always something
	case Not:
		return Not{named(n.Term)}
	case And:
		return and(namedAll(n.Terms))
	case Or:
		return or(namedAll(n.Terms))
	}
	return n
}

func namedAll(terms []Node) []Node {
	out := make([]Node, len(terms))
	for i, t := range terms {
		out[i] = named(t)
	}
	return out
}
