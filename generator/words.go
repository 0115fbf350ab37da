package generator

import (
	"fmt"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"liksom/sandbox"
)

// words are the two lists that names are made of, in title case, and as they
// stand in addresses.
type words struct{ first, last, firstFolded, lastFolded []string }

func readWords(files fs.FS) (words, error) {
	first, err := readList(files, "names/adjectives.txt")
	if err != nil {
		return words{}, err
	}
	last, err := readList(files, "names/nouns.txt")
	return words{first, last, fold(first), fold(last)}, err
}

func fold(list []string) []string {
	out := make([]string, len(list))
	for i, w := range list {
		out[i] = sandbox.Fold(w)
	}
	return out
}

func readList(files fs.FS, name string) ([]string, error) {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("reading a word list: %w", err)
	}
	list := strings.Fields(string(b))
	if len(list) == 0 {
		return nil, fmt.Errorf("%s holds no words", name)
	}
	for i, w := range list {
		list[i] = title(w)
	}
	return list, nil
}

func title(w string) string {
	r, n := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[n:]
}

// pairs is the number of different names.
func (w words) pairs() int { return len(w.first) * len(w.last) }

// name gives the words of a pair.
func (w words) name(pair int32) (first, last string) {
	return w.first[int(pair)/len(w.last)], w.last[int(pair)%len(w.last)]
}

// appendAddress appends the name of a pair as it stands in addresses.
func (w words) appendAddress(b []byte, pair int32) []byte {
	b = append(b, w.firstFolded[int(pair)/len(w.last)]...)
	b = append(b, '.')
	return append(b, w.lastFolded[int(pair)%len(w.last)]...)
}
