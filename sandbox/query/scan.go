package query

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// literal is a word or phrase as it stands in the query.
type literal struct {
	Pattern
	raw        string // as written, to tell keywords from what only spells like one
	start, end int
}

// is tells whether the literal is a keyword.
func (l literal) is(keyword string) bool { return !l.Phrase && strings.EqualFold(l.raw, keyword) }

// ends tells whether a sign ends a word. A colon does where a field's name could
// stand; within a value it belongs to a moment.
func ends(r rune, inValue bool) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`()[]{}<>"`, r) || r == ':' && !inValue
}

func (p *parser) space() {
	for p.at < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.text[p.at:])
		if !unicode.IsSpace(r) {
			return
		}
		p.at += n
	}
}

// next gives the sign at hand after spaces, 0 at the end.
func (p *parser) next() byte {
	p.space()
	if p.at == len(p.text) {
		return 0
	}
	return p.text[p.at]
}

// take moves past a sign if it is at hand.
func (p *parser) take(sign byte) bool {
	if p.next() != sign {
		return false
	}
	p.at++
	return true
}

// literal reads a word or phrase; its length is 0 when none is at hand.
func (p *parser) literal(inValue bool) (literal, error) {
	if p.next() == '"' {
		return p.phrase()
	}
	l := literal{start: p.at}
	var piece strings.Builder
	for p.at < len(p.text) {
		r, n := utf8.DecodeRuneInString(p.text[p.at:])
		if ends(r, inValue) {
			break
		}
		if r == '*' {
			l.star(piece.String())
			piece.Reset()
			p.at += n
			continue
		}
		if r == '\\' && p.at+n < len(p.text) {
			p.at += n
			_, n = utf8.DecodeRuneInString(p.text[p.at:])
		}
		piece.WriteString(p.text[p.at : p.at+n])
		p.at += n
	}
	l.Pieces = append(l.Pieces, piece.String())
	l.end, l.raw = p.at, p.text[l.start:p.at]
	return l, nil
}

// star ends a piece; stars in a row are one.
func (l *literal) star(piece string) {
	if piece != "" || len(l.Pieces) == 0 {
		l.Pieces = append(l.Pieces, piece)
	}
}

func (p *parser) phrase() (literal, error) {
	l := literal{start: p.at}
	var text strings.Builder
	for p.at++; p.at < len(p.text); p.at++ {
		switch c := p.text[p.at]; {
		case c == '"':
			p.at++
			l.end, l.raw, l.Pattern = p.at, p.text[l.start:p.at], Pattern{[]string{text.String()}, true}
			if strings.TrimSpace(text.String()) == "" {
				return l, p.fault(l.start, l.end, CodeSyntax, "there is nothing between the quotation marks")
			}
			return l, nil
		case c == '\\' && p.at+1 < len(p.text):
			p.at++
			text.WriteByte(p.text[p.at])
		default:
			text.WriteByte(c)
		}
	}
	return l, p.fault(l.start, len(p.text), CodeSyntax, "the quotation mark that begins here is not closed")
}
