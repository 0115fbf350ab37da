package fakeauth

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestMaskHidesIdentityNumbers(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct{ in, want string }{
		"eleven digits lose the last five":    {"pid 05848998356!", "pid 058489*****!"},
		"a space after the date hides too":    {"058489 98356", "058489*****"},
		"more digits hide too":                {"1772445600000", "177244*****"},
		"a prefix does not matter":            {"0192:05848998356", "0192:058489*****"},
		"two numbers are both hidden":         {"05848998356 25922947409", "058489***** 259229*****"},
		"an organisation number may be shown": {"0192:991825827", "0192:991825827"},
		"ten digits may be shown":             {"1772445600", "1772445600"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := mask(tc.in); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestEchoedValuesAreShortAndHarmless(t *testing.T) {
	t.Parallel()
	long := strings.Repeat("æ\n", 5000)
	if got := quote(long); utf8.RuneCountInString(got) > 2*maxQuoted || strings.Contains(got, "\n") {
		t.Errorf("quote gives %q", got)
	}
	if got := plain(long); len(got) > maxEchoed || strings.Trim(got, "?") != "" {
		t.Errorf("plain gives %q", got)
	}
	if got, want := list(strings.Fields("a b c d e f g")), `"a", "b", "c", "d", "e", …`; got != want {
		t.Errorf("list gives %s, want %s", got, want)
	}
}
