package query

import (
	"strings"
	"unicode/utf8"

	"liksom/sandbox"
)

// What a query may be at most. They are far above what people write, and keep
// any query cheap to refuse.
const (
	MaxLength = 10_000 // bytes
	MaxDepth  = 50     // parentheses, braces and nots within each other
	MaxTerms  = 500
	MaxSlow   = 25 // terms that every person must be read for: a star within a value, and relations
)

// Parse reads a query; the empty one is everybody. The error is an [Error].
func Parse(text string) (Node, error) {
	p := &parser{text: text}
	if len(text) > MaxLength {
		return nil, &Error{Code: CodeLong, Length: MaxLength, Text: "the query is too long; at most 10 000 bytes are read"}
	}
	if at := invalidAt(text); at >= 0 {
		p.text = strings.ToValidUTF8(text[:at], "")
		return nil, p.fault(len(p.text), len(p.text), CodeEncoding, "the query is not valid UTF-8 here")
	}
	if nr := strings.TrimSpace(text); nr != "" && strings.Trim(nr, "+0123456789 ") == "" {
		return Word{Pattern{Pieces: []string{strings.ReplaceAll(nr, " ", "")}}}, nil // one number, however it is grouped
	}
	if p.next() == 0 {
		return All{}, nil
	}
	n, err := p.either(nil)
	if err != nil {
		return nil, err
	}
	if p.next() != 0 {
		return nil, p.unexpected()
	}
	if slow(n) > MaxSlow {
		return nil, p.fault(p.at, p.at, CodeDeep, "the query has too many terms with a star in the middle or in front, or with relations; at most %d are read", MaxSlow)
	}
	return n, nil
}

// slow counts the terms that no index helps with.
func slow(n Node) (count int) {
	switch n := n.(type) {
	case And:
		for _, t := range n.Terms {
			count += slow(t)
		}
	case Or:
		for _, t := range n.Terms {
			count += slow(t)
		}
	case Not:
		return slow(n.Term)
	case Related:
		return 1 + slow(n.Inner)
	case Match:
		return n.slow()
	case Word:
		return n.slow()
	}
	return count
}

func invalidAt(s string) int {
	for i, r := range s {
		if r == utf8.RuneError {
			if _, n := utf8.DecodeRuneInString(s[i:]); n == 1 {
				return i
			}
		}
	}
	return -1
}

type parser struct {
	text         string
	at           int
	depth, terms int
	compared     *Field // last; a comparison without a field is about it
	related      bool   // within the braces of a relation
}

// either reads terms with or between. With a field they are values of it.
func (p *parser) either(f *Field) (Node, error) {
	var terms []Node
	for {
		n, err := p.both(f)
		if err != nil {
			return nil, err
		}
		if terms = append(terms, n); !p.keyword("or") {
			return or(terms), nil
		}
	}
}

// both reads terms with and, or nothing, between.
func (p *parser) both(f *Field) (Node, error) {
	var terms []Node
	for {
		n, err := p.term(f)
		if err != nil {
			return nil, err
		}
		terms = append(terms, n)
		if p.keyword("and") {
			continue
		}
		if c := p.next(); c == 0 || strings.IndexByte(")]}", c) >= 0 || p.ahead("or") {
			return and(terms), nil
		}
	}
}

// ahead tells whether a keyword is at hand, and keyword moves past it.
func (p *parser) ahead(word string) bool {
	p.space()
	end := p.at + len(word)
	if end > len(p.text) || !strings.EqualFold(p.text[p.at:end], word) {
		return false
	}
	if end == len(p.text) {
		return true
	}
	r, _ := utf8.DecodeRuneInString(p.text[end:])
	return ends(r, false) && r != ':'
}

func (p *parser) keyword(word string) bool {
	if !p.ahead(word) {
		return false
	}
	p.at += len(word)
	return true
}

// term reads one term: a not, a group, or what stands for itself.
func (p *parser) term(f *Field) (Node, error) {
	switch start := p.at; {
	case p.keyword("not"):
		return p.within(start, func() (Node, error) {
			n, err := p.term(f)
			return Not{n}, err
		})
	case p.next() == '(':
		return p.group('(', ')', func() (Node, error) { return p.either(f) })
	}
	if f == nil || f.Kind != Enum { // whose values become one term
		p.terms++
	}
	if p.terms > MaxTerms {
		return nil, p.fault(p.at, p.at, CodeDeep, "the query has too many terms; at most %d are read", MaxTerms)
	}
	if f != nil {
		return p.value(f)
	}
	return p.free()
}

// group reads what stands between two signs.
func (p *parser) group(open, shut byte, inner func() (Node, error)) (Node, error) {
	start := p.at
	p.at++
	return p.within(start, func() (Node, error) {
		n, err := inner()
		if err == nil && !p.take(shut) {
			if p.next() == 0 {
				return nil, p.fault(start, start+1, CodeSyntax, "the %q that begins here is not closed", open)
			}
			return nil, p.unexpected()
		}
		return n, err
	})
}

func (p *parser) within(start int, inner func() (Node, error)) (Node, error) {
	if p.depth++; p.depth > MaxDepth {
		return nil, p.fault(start, start+1, CodeDeep, "the query is nested too deeply; at most %d levels are read", MaxDepth)
	}
	defer func() { p.depth-- }()
	return inner()
}

// free reads a term outside a field's group: a word, a field and its value, or
// one more comparison.
func (p *parser) free() (Node, error) {
	if c := p.next(); (c == '<' || c == '>') && p.compared != nil {
		return p.value(p.compared)
	}
	l, err := p.literal(false)
	if err != nil {
		return nil, err
	}
	if l.start == l.end {
		return nil, p.unexpected()
	}
	if c := p.next(); c == ':' || c == '<' || c == '>' {
		return p.field(l)
	}
	switch {
	case l.is("and"), l.is("or"):
		return nil, p.fault(l.start, l.end, CodeSyntax, "there must be something before %s; write it in quotation marks to look for the word", l.raw)
	case l.anything():
		return All{}, nil
	}
	return Word{l.Pattern}, nil
}

// field reads the value of a field that has just been named.
func (p *parser) field(l literal) (Node, error) {
	name := l.String()
	if relation, ok := strings.CutPrefix(sandbox.Fold(name), "tenorrelasjoner."); ok {
		return p.relation(l, relation)
	}
	if sandbox.Fold(name) == "tenorrelasjonsnavn" {
		return p.relationName(l)
	}
	f := Find(name)
	if f == nil {
		return nil, p.noField(l)
	}
	p.take(':')
	if p.next() == '(' {
		return p.group('(', ')', func() (Node, error) { return p.either(f) })
	}
	return p.value(f)
}

func (p *parser) noField(l literal) *Error {
	name := l.String()
	if instead, known := noData[sandbox.Fold(name)]; known {
		return p.fault(l.start, l.end, CodeNoData, "Tenor has the field %s; this sandbox has no data for it", sandbox.Short(name)).near(instead)
	}
	return p.fault(l.start, l.end, CodeField, "there is no field %s", sandbox.Short(name)).near(nearest(strings.TrimPrefix(name, "krr."), fieldNames))
}

var fieldNames = func() (names []string) {
	for _, f := range Fields {
		names = append(names, f.Name)
		names = append(names, f.Aliases...)
	}
	return append(names, relationField)
}()

// unexpected is about what is at hand.
func (p *parser) unexpected() *Error {
	if p.next() == 0 {
		return p.fault(p.at, p.at, CodeSyntax, "the query ends where something more is due")
	}
	_, n := utf8.DecodeRuneInString(p.text[p.at:])
	return p.fault(p.at, p.at+n, CodeSyntax, "%q does not fit here", p.text[p.at:p.at+n])
}
