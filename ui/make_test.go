package ui

import (
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// Whatever is asked for, what is picked can be written in the form and read by the
// control API.
func FuzzMake_picks_within_what_was_asked(f *testing.F) {
	for _, q := range []string{
		"alder > 70 and epostTilstand:utgaatt", "epostOppdatert < 1950", "foedselsdato < 1700 or foedselsdato > 9000", "not (status:AKTIV and not epost:*)",
		"endret:* and reservasjonOppdatert:[1960 to 1975]", "a b c@d 12345678 05840399895 æ*", "alder:[0 to 0] and alder < 1", "mobilSistValidert > nå-1s", "spraakOppdatert:1970-01-01",
	} {
		f.Add(q)
	}
	c := moment{castNow, sandbox.WindowAt(castNow)}.query()
	f.Fuzz(func(t *testing.T, q string) {
		asked, err := query.Parse(q)
		if err != nil {
			return
		}
		found, left := wishesOf(criteriaOf(asked).terms(), c)
		if !found.possible() {
			t.Errorf("%q: %v is impossible", q, found)
		}
		for path, one := range found {
			switch {
			case one.has != some || !one.dated:
			case path == birthMember:
				if d := birthWithin(one.from, one.to, c.Today); !d.Valid() || c.Today.Before(d) {
					t.Errorf("%q: born on %v, left %d", q, d, len(left))
				}
			default:
				if at := int64(momentWithin(one.from, one.to, c.Now)); at < 1 || at < one.from || at > one.to || at > int64(c.Now) {
					t.Errorf("%q: %s is %d, not within %d and %d", q, path, at, one.from, one.to)
				}
			}
		}
	})
}
