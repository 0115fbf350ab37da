package app

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
)

// TestTime_page_moves_the_clock by way of the control API.
func TestTime_page_moves_the_clock(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	send := func(field, value string) { c.send("/tid", url.Values{field: {value}}) }
	shows := func(want time.Time, still bool) {
		t.Helper()
		if got := b.register.Now(); !got.Equal(want) || b.register.TimeStandsStill() != still || c.status != http.StatusOK {
			t.Errorf("the clock shows %s (standing: %v, %d), wanted %s", got, b.register.TimeStandsStill(), c.status, want)
		}
	}
	start := b.register.Now()
	send("flytt", "P18M")
	shows(sandbox.AddMonths(start, 18), false)
	c.sees("18 måneder fram", "0 kan varsles nå")
	send("gang", "staar")
	shows(sandbox.AddMonths(start, 18), true)
	send("tidspunkt", "19.02.2028 20.00")
	shows(time.Date(2028, 2, 19, 20, 0, 0, 0, sandbox.Oslo), true)
	send("gang", "gaar")
	shows(time.Date(2028, 2, 19, 20, 0, 0, 0, sandbox.Oslo), false)
	for _, bad := range []string{"i morgen", "31.02.2028", "", strings.Repeat("x", 5000), "01.01.2200"} {
		if send("tidspunkt", bad); c.status != http.StatusUnprocessableEntity {
			t.Errorf("%.20q: %d", bad, c.status)
		}
	}
	c.sees("Klokken går fra 1971 til 2100.", `value="01.01.2200"`)
	if send("flytt", "evil"); c.status != http.StatusUnprocessableEntity {
		t.Errorf("a step that there is not: %d", c.status)
	}
}
