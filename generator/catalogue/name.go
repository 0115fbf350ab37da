package catalogue

import (
	"fmt"
	"hash/fnv"
	"io/fs"
	"strings"
	"unicode"
	"unicode/utf8"

	"liksom/sandbox"
)

// names are the words that persons are named with, as those of the population.
type names struct{ first, last []string }

func readNames(files fs.FS) (names, error) {
	first, err := readWords(files, "names/adjectives.txt")
	if err != nil {
		return names{}, err
	}
	last, err := readWords(files, "names/nouns.txt")
	return names{first, last}, err
}

func readWords(files fs.FS, name string) ([]string, error) {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("reading a word list: %w", err)
	}
	words := strings.Fields(string(b))
	if len(words) == 0 {
		return nil, fmt.Errorf("%s holds no words", name)
	}
	return words, nil
}

// give names person i of an entry, where the entry does not. The entry's name
// decides, so that another entry more or less changes nobody's.
func (n names) give(p *sandbox.Person, slug string, i int) {
	h := fnv.New64a()
	_, _ = fmt.Fprint(h, slug, " ", i) // a hash takes everything
	sum := h.Sum64()
	if p.FirstName == "" {
		p.FirstName = title(n.first[sum%uint64(len(n.first))])
	}
	if p.LastName == "" {
		p.LastName = title(n.last[sum>>32%uint64(len(n.last))])
	}
}

func title(w string) string {
	r, n := utf8.DecodeRuneInString(w)
	return string(unicode.ToUpper(r)) + w[n:]
}
