package seeds_test

import (
	"os"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"
)

// The longest first name + space + last name must stay below this many letters.
const maxFullName = 34

var nameLists = []struct {
	path string
	min  int
}{
	{"names/adjectives.txt", 420},
	{"names/nouns.txt", 900},
}

func readNames(t *testing.T, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	text, ok := strings.CutSuffix(string(b), "\n")
	if !ok {
		t.Errorf("%s: no newline at the end", path)
	}
	return strings.Split(text, "\n")
}

func TestNameLists(t *testing.T) {
	form := regexp.MustCompile(`^[a-zæøå]{2,18}$`)
	// Words that mean something to a search query or to a date picker.
	reserved := map[string]bool{}
	for _, w := range []string{"and", "or", "not", "to", "og", "eller", "ikke", "til", "nå", "dag"} {
		reserved[w] = true
	}
	for _, l := range nameLists {
		t.Run(l.path, func(t *testing.T) {
			words := readNames(t, l.path)
			if len(words) < l.min {
				t.Errorf("%d words, want at least %d", len(words), l.min)
			}
			for i, w := range words {
				if !form.MatchString(w) {
					t.Errorf("line %d: %q does not match %s", i+1, w, form)
				}
				if reserved[w] {
					t.Errorf("line %d: %q is reserved", i+1, w)
				}
				// UTF-8 keeps code point order, so comparing bytes will do.
				switch {
				case i == 0:
				case words[i-1] == w:
					t.Errorf("line %d: %q is there twice", i+1, w)
				case words[i-1] > w:
					t.Errorf("line %d: %q sorts before %q", i+1, w, words[i-1])
				}
			}
		})
	}
}

func TestNameListsDisjoint(t *testing.T) {
	seen := map[string]string{}
	for _, l := range nameLists {
		for _, w := range readNames(t, l.path) {
			if other, ok := seen[w]; ok && other != l.path {
				t.Errorf("%q is in both %s and %s", w, other, l.path)
			}
			seen[w] = l.path
		}
	}
}

func TestFullNameLength(t *testing.T) {
	total := 1 // the space
	for _, l := range nameLists {
		longest := 0
		for _, w := range readNames(t, l.path) {
			longest = max(longest, utf8.RuneCountInString(w))
		}
		total += longest
	}
	if total >= maxFullName {
		t.Errorf("longest full name has %d letters, want below %d", total, maxFullName)
	}
}
