package sandbox

import (
	"errors"
	"strings"
	"testing"
)

// The numbers are those of personid_test.go, with their sources there.
func TestFind_says_what_a_number_is_and_which_rule_it_breaks(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, text string
		fault      error
		expected   string
		why        string
	}{
		{"a good number", "17912099997", nil, "97", "A valid number."},
		{"a good D-number", "57912075186", nil, "86", "A valid number."},
		{"a number of the 2032 rule", "15869055538", nil, "11", "from 2032"},
		{"a wrong last digit", "17859010068", ErrIDChecksum, "67", "are 68 and should be 67"},
		{"an impossible individnummer", "15869000100", ErrIDChecksum, "", "individnummer 001 is impossible"},
		{"31 February", "31829010014", ErrIDDate, "14", "no day 31.02.1990"},
		{"month 13", "17939010025", ErrIDDate, "25", "month 93"},
		{"no century", "17854580140", ErrIDDate, "40", "individnummer 801 with year 45"},
		{"too short", "1791209999", ErrIDShape, "", "has 10 characters"},
		{"a word", "æøå", ErrIDShape, "", "has 3 characters"},
		{"nothing", "", ErrIDShape, "", "has 0 characters"},
		{"two numbers in one", "17912099997 17912099997", ErrIDShape, "", "has 23 characters"},
	} {
		f := Find(c.text)
		if !errors.Is(f.Fault, c.fault) || f.Fault != nil && c.fault == nil || f.Expected != c.expected || !strings.Contains(f.Why, c.why) {
			t.Errorf("%s: %v, expected %q, %s", c.name, f.Fault, f.Expected, f.Why)
		}
		if strings.Contains(f.Masked+f.Why, "17912099997") {
			t.Errorf("%s: a number unmasked", c.name)
		}
	}
}
