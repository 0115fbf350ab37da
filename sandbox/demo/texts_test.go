package demo

import (
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"

	"liksom/sandbox/words"
)

func TestTexts_are_whole_and_used(t *testing.T) {
	t.Parallel()
	var sources strings.Builder
	for _, file := range []string{"page.go", "record.go", "login.go", "visit.go", "../relying/relying.go", "templates/demo.html"} {
		b, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		sources.Write(b)
	}
	code, verbs := sources.String(), regexp.MustCompile(`%[sd]`)
	for key, text := range texts {
		for i, s := range text {
			if strings.TrimSpace(s) == "" || s == words.Same && i == 0 {
				t.Errorf("%s is empty in %s", key, words.Language(i).Code())
			}
			if s != words.Same && !slices.Equal(verbs.FindAllString(s, -1), verbs.FindAllString(text[0], -1)) {
				t.Errorf("%s has other places in %s", key, words.Language(i).Code())
			}
		}
		prefix, last, _ := strings.Cut(key, ".")
		composed := strings.Contains(code, `"`+prefix+`."`) && (prefix == "level" || strings.Contains(code, `"`+last+`"`))
		if !composed && !strings.Contains(code, `"`+key+`"`) {
			t.Errorf("%s is never asked for", key)
		}
	}
	for _, m := range regexp.MustCompile(`[.]T "([^"]+)"`).FindAllStringSubmatch(code, -1) {
		if _, ok := texts[m[1]]; !ok {
			t.Errorf("%s is asked for and not there", m[1])
		}
	}
}

func TestNew_wants_every_field(t *testing.T) {
	t.Parallel()
	if _, err := New(Config{}); err == nil {
		t.Error("a service that knows nothing was made")
	}
}
