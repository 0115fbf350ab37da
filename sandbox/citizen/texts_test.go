package citizen

import (
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	sitewords "liksom/sandbox/words"
)

var verbs = regexp.MustCompile(`%[a-z]`)

// composed are the keys that code puts together, by how they begin.
var composed = []string{"why.", "fault.", "code.", "out.", "goto.", "effect.", "saved"}

func TestTexts_are_whole_and_asked_for(t *testing.T) {
	t.Parallel()
	code := sources(t)
	for key, text := range texts {
		for l, s := range text {
			switch {
			case s == "":
				t.Errorf("%s has no text in %s", key, sitewords.Language(l).Code())
			case l > 0 && s == text[0] && s != sitewords.Same:
				t.Errorf("%s is the same in %s; write words.Same", key, sitewords.Language(l).Code())
			case s != sitewords.Same && !slices.Equal(verbs.FindAllString(s, -1), verbs.FindAllString(text[0], -1)):
				t.Errorf("%s has other places in %s", key, sitewords.Language(l).Code())
			}
		}
		put := slices.ContainsFunc(composed, func(p string) bool { return strings.HasPrefix(key, p) })
		if !put && !strings.Contains(code, `"`+key+`"`) {
			t.Errorf("%s is never asked for", key)
		}
	}
	for _, m := range regexp.MustCompile(`[.]T "([^"]+)"|[.]T\("([^"]+)"[,)]`).FindAllStringSubmatch(code, -1) {
		if key := m[1] + m[2]; texts[key] == [3]string{} {
			t.Errorf("%s is asked for and not there", key)
		}
	}
}

// sources are the package's own code and templates, without the table of texts.
func sources(t *testing.T) string {
	t.Helper()
	var b strings.Builder
	err := fs.WalkDir(os.DirFS("."), ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || strings.HasSuffix(file, "_test.go") || file == "texts.go" {
			return err
		}
		text, err := os.ReadFile(file)
		b.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return b.String()
}

func TestGuesses_are_set_by_name(t *testing.T) {
	t.Parallel()
	var g Guesses
	if days, asks := g.asks(); days != 90 || !asks || g.codeTries() != 3 || g.randomCodes() {
		t.Errorf("the defaults are %+v", g)
	}
	for name, value := range map[string]string{"confirm_after": "off", "codes": "random", "code_minutes": "60", "code_tries": "10"} {
		if err := g.Set(name, value); err != nil {
			t.Error(err)
		}
	}
	if _, asks := g.asks(); asks || !g.randomCodes() || g.codeLifetime().Hours() != 1 || g.codeTries() != 10 {
		t.Errorf("they are set to %+v", g)
	}
	for _, one := range g.List() {
		if len(one.Choices) > 0 && one.Value == one.Default() {
			t.Errorf("%s is listed with its default", one.Name)
		}
	}
	if err := g.Set("confirm_after", "91"); err == nil || !strings.Contains(err.Error(), "90 or 5 or 30 or 180 or off") {
		t.Errorf("an unknown value: %v", err)
	}
	if err := g.Set("no_such", "1"); err == nil {
		t.Error("an unknown name was set")
	}
}

func TestNew_wants_what_it_needs(t *testing.T) {
	t.Parallel()
	if _, err := New(Config{}); err == nil {
		t.Error("pages that know nothing were made")
	}
}
