package outbox

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"liksom/sandbox/words"
)

func TestTexts_are_whole_in_three_languages(t *testing.T) {
	t.Parallel()
	verbs := regexp.MustCompile(`%[sd]`)
	for key, texts := range letters {
		for _, l := range words.Languages {
			s := texts[l]
			if strings.TrimSpace(s) == "" {
				t.Errorf("%s is empty in %s", key, l.Code())
			}
			if s != words.Same && !slices.Equal(verbs.FindAllString(s, -1), verbs.FindAllString(texts[words.Bokmaal], -1)) {
				t.Errorf("%s has other places in %s than in bokmål", key, l.Code())
			}
		}
		if _, ok := letters[key+".subject"]; key != "months" && key != "minutes" && key != "minute" && !strings.HasSuffix(key, ".subject") && !ok {
			t.Errorf("%s has no subject", key)
		}
	}
}
