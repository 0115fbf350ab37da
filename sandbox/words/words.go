// Package words holds the languages of the pages, and lets a page say things in
// one of them. It knows no text: each surface brings its own table.
package words

import (
	"fmt"
	"strconv"
	"strings"
)

// Language is a language of the pages.
type Language int

// The languages. Pages in Northern Sami there are none.
const (
	Bokmaal Language = iota
	Nynorsk
	English
)

// Languages are all of them, in the order in which pages offer them.
var Languages = []Language{Bokmaal, Nynorsk, English}

// Code gives nb, nn or en, for the lang attribute and for ui_locales.
func (l Language) Code() string { return [...]string{"nb", "nn", "en"}[l] }

// Own is the language's name in itself.
func (l Language) Own() string { return [...]string{"Bokmål", "Nynorsk", "English"}[l] }

// Parse reads a code.
func Parse(code string) (Language, bool) {
	for _, l := range Languages {
		if l.Code() == code {
			return l, true
		}
	}
	return 0, false
}

// Accepted picks the language that weighs most in an Accept-Language header; the
// first of equals. No header and "*" mean bokmål.
func Accepted(header string) Language {
	best, bestWeight := Bokmaal, 0.0
	for part := range strings.SplitSeq(header, ",") {
		tag, params, _ := strings.Cut(part, ";")
		primary, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(tag)), "-")
		l, ok := Parse(primary)
		if primary == "no" || primary == "*" {
			l, ok = Bokmaal, true
		}
		weight := 1.0
		if q, found := strings.CutPrefix(strings.TrimSpace(params), "q="); found {
			var err error
			if weight, err = strconv.ParseFloat(q, 64); err != nil {
				continue
			}
		}
		if ok && weight > bestWeight {
			best, bestWeight = l, weight
		}
	}
	return best
}

// Same stands for a text that is rightly the same as in bokmål.
const Same = "="

// Table is texts by their keys, each in bokmål, nynorsk and English.
type Table map[string][3]string

// Words says things in one language. Pages embed it, so that templates may write
// {{.T "key"}}.
type Words struct {
	Language
	Table Table
}

// T gives a text with its places filled. A key that is not there shows itself.
func (w Words) T(key string, args ...any) string {
	t, ok := w.Table[key]
	if !ok {
		return "[" + key + "]"
	}
	s := t[w.Language]
	if s == Same {
		s = t[Bokmaal]
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// Link offers a language of a page.
type Link struct {
	Language
	URL    string
	Chosen bool
}

// Links offers all languages, each at the address that to gives.
func (l Language) Links(to func(Language) string) []Link {
	var out []Link
	for _, one := range Languages {
		out = append(out, Link{one, to(one), one == l})
	}
	return out
}
