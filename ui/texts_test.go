package ui

import (
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	spoken "liksom/sandbox/words"
)

func TestTexts_are_whole_in_three_languages(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile(`%[sd]`)
	for key, text := range texts {
		want := verbs.FindAllString(text[0], -1)
		for name, s := range map[string]string{"nb": text[0], "nn": text[1], "en": text[2]} {
			if s == spoken.Same && name != "nb" {
				continue
			}
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s is empty in %s", key, name)
			}
			if got := verbs.FindAllString(s, -1); !slices.Equal(got, want) {
				t.Errorf("%s has %v in %s and %v in nb", key, got, name, want)
			}
			if strings.Contains(s, "!") {
				t.Errorf("%s shouts in %s", key, name)
			}
		}
		if text[1] == text[0] || text[2] == text[0] {
			t.Errorf("%s repeats the bokmål; write %q where that is right", key, spoken.Same)
		}
	}
	for _, l := range spoken.Languages {
		if got := len(strings.Fields(words{l}.T("months"))); got != 12 {
			t.Errorf("%s has %d months", l.Code(), got)
		}
	}
}

// Every text that is asked for is there, and every text is asked for.
func TestTexts_are_those_that_are_used(t *testing.T) {
	t.Parallel()
	var sources strings.Builder
	err := filepath.WalkDir(".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "texts") || filepath.Ext(file) != ".go" && filepath.Ext(file) != ".html" {
			return err
		}
		b, err := os.ReadFile(file)
		sources.Write(b)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	code := regexp.MustCompile(` *\+ *`).ReplaceAllString(sources.String(), "+")
	for _, m := range regexp.MustCompile(`\.?T[( ]"([^"]+)"(\+)?`).FindAllStringSubmatch(code, -1) {
		if _, ok := texts[m[1]]; !ok && m[2] == "" {
			t.Errorf("%s is asked for and not there", m[1])
		}
	}
	for key := range texts {
		prefix := key[:strings.LastIndex(key, ".")+1]
		suffix := key[strings.LastIndex(key, ".")+1:]
		if !strings.Contains(code, `"`+key+`"`) && (prefix == "" || !strings.Contains(code, `"`+prefix+`"+`)) && !strings.Contains(code, `+".`+suffix+`"`) && !strings.Contains(code, `+".`+ending(key)+`"`) {
			t.Errorf("%s is never asked for", key)
		}
	}
}

// ending is what follows the first two parts of a key; the last part of a shorter one.
func ending(key string) string {
	parts := strings.Split(key, ".")
	return strings.Join(parts[min(2, len(parts)-1):], ".")
}
