package sandbox

import "testing"

// Source: computed by hand after "Nytt fødselsnummer fra 2032" (Skatteetaten),
// and accepted by @navikt/fnrvalidator 2.2.1, which knows the rule.
func TestMakePersonID2032(t *testing.T) {
	t.Parallel()
	birth := Date{1990, 6, 15}
	for _, c := range []struct {
		name                  string
		individual, remainder int
		dNumber               bool
		want                  string
	}{
		{"remainder 2", 555, 2, false, "15869055538"},
		{"remainder 3", 555, 3, false, "15869055546"},
		{"remainder 1 is impossible here", 555, 1, false, ""},
		{"a D-number of remainder 2", 600, 2, true, "55869060002"},
		{"a D-number of remainder 3", 600, 3, true, "55869060010"},
		{"remainder 0 is the old rule", 555, 0, false, ""},
		{"remainder 4 is no rule", 555, 4, false, ""},
	} {
		id, ok := MakePersonID2032(birth, c.individual, c.remainder, c.dNumber, SeriesTenor)
		if ok != (c.want != "") || ok && id.Digits() != c.want {
			t.Errorf("%s: %s, ok %t, want %q", c.name, id.Digits(), ok, c.want)
		}
		if !ok {
			continue
		}
		if again, err := ParsePersonID(id.Digits()); err != nil || again != id || !id.Issued2032() {
			t.Errorf("%s: read back as %v, %v", c.name, again, err)
		}
	}
}
