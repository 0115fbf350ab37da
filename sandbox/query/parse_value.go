package query

import (
	"strings"

	"liksom/sandbox"
)

// value reads one value of a field, or a comparison or range.
func (p *parser) value(f *Field) (Node, error) {
	switch p.next() {
	case '<', '>':
		return p.comparison(f)
	case '[':
		return p.between(f)
	}
	l, err := p.valueLiteral(f)
	if err != nil {
		return nil, err
	}
	if l.start == l.end || l.is("and") || l.is("or") {
		return nil, p.fault(l.start, l.end, CodeSyntax, "a value of %s is due here", f.Name)
	}
	switch {
	case l.anything():
		return Exists{f}, nil
	case f.Kind == Enum:
		return p.choice(f, l)
	case f.Kind.Ordered():
		v, err := p.ordered(f, l)
		return Range{f, End{Set: true, Value: v}, End{Set: true, Value: v}}, err
	}
	return Match{f, l.Pattern}, nil
}

// valueLiteral reads a literal; i dag is one.
func (p *parser) valueLiteral(f *Field) (literal, error) {
	l, err := p.literal(true)
	if err != nil || !f.Kind.Ordered() || !l.is("i") {
		return l, err
	}
	after := p.at
	more, err := p.literal(true)
	if err != nil || !strings.HasPrefix(sandbox.Fold(more.raw), "dag") {
		p.at = after
		return l, err
	}
	return literal{Pattern{Pieces: []string{"i " + more.String()}}, p.text[l.start:more.end], l.start, more.end}, nil
}

func (p *parser) choice(f *Field, l literal) (Node, error) {
	bits := f.find(l.Pattern)
	if bits == 0 {
		return nil, p.noValue(l, f.Name, f.words())
	}
	return OneOf{f, bits}, nil
}

func (p *parser) noValue(l literal, field string, words []string) *Error {
	return p.fault(l.start, l.end, CodeValue, "%s has no value %s; it is one of %s", field, sandbox.Short(l.String()), strings.Join(words, ", ")).near(nearest(l.String(), words))
}

// ordered reads a date, moment or number.
func (p *parser) ordered(f *Field, l literal) (Value, error) {
	if v, ok := readValue(f.Kind, l.String()); ok {
		return v, nil
	}
	shapes := "a whole number"
	if f.Kind != Number {
		shapes = "2025, 2025-06, 2025-06-30, 2025-06-30T12:00:00+02, or reckoned from the register clock: nå-18m, i dag, i dag-3d"
	}
	return Value{}, p.fault(l.start, l.end, CodeValue, "%s is no value of %s; write %s", sandbox.Short(l.String()), f.Name, shapes)
}

// comparison reads <, <=, > or >= and its value.
func (p *parser) comparison(f *Field) (Node, error) {
	start, sign := p.at, p.text[p.at]
	p.at++
	beyond := p.at == len(p.text) || p.text[p.at] != '='
	if !beyond {
		p.at++
	}
	if !f.Kind.Ordered() {
		return nil, p.fault(start, p.at, CodeMisused, "%s has no order, so it cannot be compared", f.Name).near(f.Name + ":")
	}
	p.compared = f
	l, err := p.valueLiteral(f)
	if err != nil {
		return nil, err
	}
	if l.start == l.end {
		return nil, p.fault(l.start, l.end, CodeSyntax, "a value of %s is due here", f.Name)
	}
	v, err := p.ordered(f, l)
	e := End{true, beyond, v}
	if sign == '<' {
		return Range{Field: f, High: e}, err
	}
	return Range{Field: f, Low: e}, err
}

// between reads [a to b].
func (p *parser) between(f *Field) (Node, error) {
	start := p.at
	p.at++
	low, err := p.end(f)
	if err != nil {
		return nil, err
	}
	if !p.keyword("to") {
		return nil, p.fault(start, p.at, CodeSyntax, "a range is written [2003 to 2005], with * for an open end")
	}
	high, err := p.end(f)
	if err != nil {
		return nil, err
	}
	if !p.take(']') {
		return nil, p.fault(start, p.at, CodeSyntax, "the range that begins here is not closed by ]")
	}
	switch {
	case !f.Kind.Ordered():
		return nil, p.fault(start, p.at, CodeMisused, "%s has no order, so it has no ranges", f.Name).near(f.Name + ":")
	case !low.Set && !high.Set:
		return Exists{f}, nil
	}
	return Range{f, low, high}, nil
}

func (p *parser) end(f *Field) (End, error) {
	l, err := p.valueLiteral(f)
	switch {
	case err != nil:
		return End{}, err
	case l.start == l.end:
		return End{}, p.unexpected()
	case l.anything() || !f.Kind.Ordered():
		return End{}, nil // the field is refused when the range is read
	}
	v, err := p.ordered(f, l)
	return End{Set: true, Value: v}, err
}
