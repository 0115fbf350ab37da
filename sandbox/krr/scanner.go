package krr

import "encoding/json"

// maxDepth is how deep arrays and objects may lie in one another; the limit of
// the usual Java parser.
const maxDepth = 1000

// scanner walks through JSON text (RFC 8259) that is valid UTF-8. Its methods
// are not ok when the text is not JSON; then at is where.
type scanner struct {
	text []byte
	at   int
}

// next skips white space and shows the byte after it, 0 at the end.
func (s *scanner) next() byte {
	for ; s.at < len(s.text); s.at++ {
		if c := s.text[s.at]; c != ' ' && c != '\n' && c != '\r' && c != '\t' {
			return c
		}
	}
	return 0
}

// take steps over one byte after white space.
func (s *scanner) take(c byte) bool {
	if s.next() != c || s.at == len(s.text) {
		return false
	}
	s.at++
	return true
}

// document walks through a whole text, member by member when it is an object;
// each must step over the value of its key. It gives the place of the first
// fault, or -1.
func (s *scanner) document(each func(key []byte) bool) (object bool, fault int) {
	object = s.next() == '{'
	ok := false
	if object {
		ok = s.members(0, each)
	} else {
		ok = s.skip(0)
	}
	if ok && s.next() == 0 && s.at == len(s.text) {
		return object, -1
	}
	return object, s.at
}

// members walks through an object; each must step over the value of its key.
func (s *scanner) members(depth int, each func(key []byte) bool) bool {
	return s.list(depth, '{', '}', func(int) bool {
		if s.next() != '"' {
			return false
		}
		key, ok := s.str()
		return ok && s.take(':') && each(key)
	})
}

// elements walks through an array; each must step over one element.
func (s *scanner) elements(depth int, each func(i int) bool) bool {
	return s.list(depth, '[', ']', each)
}

func (s *scanner) list(depth int, open, end byte, each func(i int) bool) bool {
	if depth >= maxDepth || !s.take(open) {
		return false
	}
	if s.take(end) {
		return true
	}
	for i := 0; ; i++ {
		if !each(i) {
			return false
		}
		if s.take(end) {
			return true
		}
		if !s.take(',') {
			return false
		}
	}
}

// skip steps over any value.
func (s *scanner) skip(depth int) bool {
	switch s.next() {
	case '{':
		return s.members(depth, func([]byte) bool { return s.skip(depth + 1) })
	case '[':
		return s.elements(depth, func(int) bool { return s.skip(depth + 1) })
	case '"':
		_, ok := s.str()
		return ok
	case 't':
		return s.word("true")
	case 'f':
		return s.word("false")
	case 'n':
		return s.word("null")
	}
	return s.number()
}

func (s *scanner) word(w string) bool {
	for i := range len(w) {
		if s.at == len(s.text) || s.text[s.at] != w[i] {
			return false
		}
		s.at++
	}
	return true
}

func (s *scanner) number() bool {
	s.one("-")
	if !s.one("0") && !s.digits() {
		return false
	}
	if s.one(".") && !s.digits() {
		return false
	}
	if s.one("eE") {
		s.one("+-")
		return s.digits()
	}
	return true
}

// one steps over one of the bytes, if it is there.
func (s *scanner) one(of string) bool {
	for i := range len(of) {
		if s.at < len(s.text) && s.text[s.at] == of[i] {
			s.at++
			return true
		}
	}
	return false
}

func (s *scanner) digits() bool {
	start := s.at
	for s.at < len(s.text) && s.text[s.at] >= '0' && s.text[s.at] <= '9' {
		s.at++
	}
	return s.at > start
}

// str reads a string, whose quote is next.
func (s *scanner) str() (contents []byte, ok bool) {
	start, escaped := s.at, false
	for s.at++; s.at < len(s.text); s.at++ {
		switch c := s.text[s.at]; {
		case c == '"':
			s.at++
			if escaped {
				return s.unescape(start)
			}
			return s.text[start+1 : s.at-1], true
		case c == '\\':
			escaped = true
			s.at++ // the quote of \" ends nothing
		case c < ' ':
			return nil, false
		}
	}
	s.at = len(s.text) // also when a backslash is the last byte
	return nil, false
}

// unescape decodes the string from start to here; rare, so it may cost.
func (s *scanner) unescape(start int) (contents []byte, ok bool) {
	var text string
	if json.Unmarshal(s.text[start:s.at], &text) != nil {
		s.at = start
		return nil, false
	}
	return []byte(text), true
}
