package admin_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

func TestClock_goes_where_it_is_told(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, c := range []struct {
		name, method, body, now string
		frozen, moved           bool
	}{
		{"at first it is real time", "GET", ``, "2026-11-25T12:00:00+01:00", false, false},
		{"set, it stands still", "PUT", `{"now":"2026-08-31T12:00:00+02:00","frozen":true}`, "2026-08-31T12:00:00+02:00", true, true},
		{"months ahead end at the month's last day", "PUT", `{"advance":"P18M"}`, "2028-02-29T12:00:00+01:00", true, true},
		{"a year back", "PUT", `{"advance":"-P1Y"}`, "2027-02-28T12:00:00+01:00", true, true},
		{"set, and going on from there", "PUT", `{"now":"2027-03-28T00:30:00+01","frozen":false}`, "2027-03-28T00:30:00+01:00", false, true},
		{"a day ahead keeps the hour, and going on", "PUT", `{"advance":"P1D"}`, "2027-03-29T00:30:00+02:00", false, true},
		{"24 hours back do not", "PUT", `{"advance":"-PT24H"}`, "2027-03-27T23:30:00+01:00", false, true},
		{"it stands still when nothing else is said", "PUT", `{"now":"2030-01-01T00:00:00Z"}`, "2030-01-01T01:00:00+01:00", true, true},
		{"the first moment", "PUT", `{"now":"1971-01-01T00:00:00+01:00"}`, "1971-01-01T00:00:00+01:00", true, true},
		{"the last moment", "PUT", `{"now":"2100-12-31T23:59:59+01:00"}`, "2100-12-31T23:59:59+01:00", true, true},
		{"back to how it started", "DELETE", ``, "2026-11-25T12:00:00+01:00", false, false},
		{"there", "PUT", `{"advance":"P3M"}`, "2027-02-25T12:00:00+01:00", false, true},
		{"and back is real time again", "PUT", `{"advance":"-P3M"}`, "2026-11-25T12:00:00+01:00", false, false},
	} {
		t.Log(c.name)
		want := map[string]string{"now": c.now, "frozen": fmt.Sprint(c.frozen), "moved": fmt.Sprint(c.moved), "real": "2026-11-25T12:00:00+01:00"}
		w.has(w.must(200, c.method, "/clock", c.body), want)
		w.has(w.must(200, "GET", "/clock", ""), want)
		if c.method != "GET" && w.moved[len(w.moved)-1] != w.clock.State() {
			t.Error("the move was not told")
		}
	}
	w.must(200, "PUT", "/clock", `{"now":"2030-01-01T00:00:00+01:00","frozen":false}`)
	w.real = w.real.Add(time.Hour)
	w.has(w.must(200, "GET", "/clock", ""), map[string]string{"now": "2030-01-01T01:00:00+01:00", "real": "2026-11-25T13:00:00+01:00"})
}

func TestClock_refuses(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for _, body := range []string{
		`{}`, `{"frozen":true}`, `{"now":null}`, `{"now":"2026-08-31T12:00:00+02:00","advance":"P1D"}`, `{"advance":"P1D","frozen":true}`, `{"advance":"P1D","offset":"P1D"}`,
		`{"now":"2026-08-31T12:00:00+02:00","channel":"epost"}`, `{"now":"2026-08-31"}`, `{"now":"-18m"}`, `{"now":""}`, `{"now":1790000000}`, `{"now":1e400}`,
		`{"now":"1970-12-31T23:59:59+01:00"}`, `{"now":"2101-01-01T00:00:00+01:00"}`, `{"now":"9999-01-01T00:00:00Z"}`, `{"advance":"P18"}`, `{"advance":"18M"}`, `{"advance":"P99999999Y"}`, `{"advance":"P75Y"}`, `{"advance":"-P56Y"}`,
		`{"expiry_of":"` + modig + `"}`, `{"expiry_of":"` + modig + `","channel":"sms"}`, `{"expiry_of":"` + grundig + `","channel":"epost"}`, `{"expiry_of":"` + seig + `","channel":"epost"}`,
		`{"expiry_of":"` + absent + `","channel":"epost"}`, `{"expiry_of":"` + real + `","channel":"epost"}`, `{"expiry_of":"` + modig + `","channel":"epost","offset":"1D"}`, `{"expiry_of":"` + modig + `","channel":"epost","offset":"P99Y"}`,
		`{"NOW":"2026-08-31T12:00:00+02:00","now":"2026-08-31T12:00:00+02:00"}`, `{"now":"2026-08-31T12:00:00+02:00","now":"2026-08-31T12:00:00+02:00"}`, `{"time":"x"}`, `[]`, `null`, ``,
		`{"now":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `}`,
	} {
		w.refused(400, "PUT", "/clock", body)
	}
	if len(w.moved) != 0 || w.clock.Moved() {
		t.Errorf("the clock was moved: %v", w.moved)
	}
	w.fault = errors.New("the disk is full")
	for _, c := range []struct{ method, body string }{{"PUT", `{"advance":"P1D"}`}, {"DELETE", ``}} {
		r := w.call(c.method, "/clock", c.body)
		if r.Code != 503 || !strings.Contains(r.Body.String(), "the disk is full") || w.clock.Moved() {
			t.Errorf("%s that cannot be kept: %d %s, moved %t", c.method, r.Code, r.Body, w.clock.Moved())
		}
	}
}

func TestClock_advances_add_up(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() { w.must(200, "PUT", "/clock", `{"advance":"PT1H"}`) })
	}
	wg.Wait()
	if got := w.clock.Now(); !got.Equal(noon.Add(20 * time.Hour)) {
		t.Errorf("twenty hours ahead: %v", got)
	}
}

// The rule's own edges, travelled to over the API: a channel counts one second
// before its expiry and no longer from then on. Where a month is short the date
// that is 18 months back leaps over its last days, so that the expiry is the
// first of the next month. Source of the rule: eForvaltningsforskriften § 32.
func TestTimeTravel_to_the_18_month_boundary(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, newest, expiry string }{
		{"an ordinary day, summer to winter time", "2025-05-15T12:00:00+02", "2026-11-15T12:00:00+01:00"},
		{"an ordinary day, winter to summer time", "2025-01-15T12:00:00+01", "2026-07-15T12:00:00+02:00"},
		{"29 February", "2024-02-29T10:00:00+01", "2025-08-29T10:00:00+02:00"},
		{"31 August, to a February of 28 days", "2024-08-31T10:00:00+02", "2026-03-01T00:00:00+01:00"},
		{"31 August, to a February of 29 days", "2026-08-31T10:00:00+02", "2028-03-01T00:00:00+01:00"},
		{"29 August, to a February of 29 days", "2026-08-29T10:00:00+02", "2028-02-29T10:00:00+01:00"},
		{"the week that the clock is put forward", "2024-09-28T12:00:00+02", "2026-03-28T12:00:00+01:00"},
		{"the day that the clock is put forward", "2024-09-29T12:00:00+02", "2026-03-29T12:00:00+02:00"},
		{"the hour that is skipped", "2024-09-29T02:30:00+02", "2026-03-29T03:00:00+02:00"},
		{"the week that the clock is put back", "2024-04-24T12:00:00+02", "2025-10-24T12:00:00+02:00"},
		{"the day that the clock is put back", "2024-04-26T12:00:00+02", "2025-10-26T12:00:00+01:00"},
		{"the hour that there is twice: its first pass", "2024-04-26T02:30:00+02", "2025-10-26T02:30:00+02:00"},
		{"set in the second pass of the hour that there is twice", "2024-10-27T02:30:00+01", "2026-04-27T03:00:00+02:00"},
		{"set just after the hour that is skipped", "2025-03-30T03:10:00+02", ""},
	} {
		for channel, member := range map[string]string{"epost": "epostadresse", "mobil": "mobiltelefonnummer"} {
			t.Run(c.name+", "+channel, func(t *testing.T) {
				t.Parallel()
				w := newWorld(t)
				w.must(200, "PUT", "/clock", `{"now":"2027-01-01T00:00:00+01:00"}`)
				value := map[string]string{"epost": "grense@example.com", "mobil": "+4799990007"}[channel]
				made := w.must(201, "POST", "/persons", fmt.Sprintf(`{"kontaktinformasjon":{%[1]q:%[2]q,"%[1]s_oppdatert":%[3]q,"%[1]s_sist_verifisert":"2020-01-01T00:00:00+01","%[1]s_sist_validert":"now"}}`, member, value, c.newest))
				id := at(made, "personidentifikator")
				expiry := at(w.must(200, "PUT", "/clock", fmt.Sprintf(`{"expiry_of":%q,"channel":%q}`, id, channel)), "now")
				if c.expiry != "" && expiry != c.expiry {
					t.Errorf("expires at %s, want %s", expiry, c.expiry)
				}
				for offset, want := range map[string]string{"-PT1S": "KAN_VARSLES", "PT0S": "KAN_IKKE_VARSLES", "PT1S": "KAN_IKKE_VARSLES", "P1D": "KAN_IKKE_VARSLES", "-P1D": "KAN_VARSLES"} {
					w.has(w.must(200, "PUT", "/clock", fmt.Sprintf(`{"expiry_of":%q,"channel":%q,"offset":%q}`, id, channel, offset)), map[string]string{"frozen": "true"})
					w.has(w.must(200, "GET", "/persons/"+id, ""), map[string]string{"varslingsstatus": want})
				}
			})
		}
	}
}

// Each channel runs out by itself: one that is fresh is enough.
func TestTimeTravel_past_one_channel_and_then_the_other(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(200, "PATCH", "/persons/"+modig, `{"kontaktinformasjon":{"mobiltelefonnummer_oppdatert":"-1y","epostadresse_oppdatert":"-1m","epostadresse_sist_verifisert":"-2m"}}`)
	for _, c := range []struct{ channel, now, want string }{
		{"mobil", "2027-05-25T12:00:00+02:00", "KAN_VARSLES"},
		{"epost", "2028-04-25T12:00:00+02:00", "KAN_IKKE_VARSLES"},
	} {
		w.has(w.must(200, "PUT", "/clock", `{"expiry_of":"`+modig+`","channel":"`+c.channel+`"}`), map[string]string{"now": c.now, "frozen": "true"})
		w.has(w.must(200, "GET", "/persons/"+modig, ""), map[string]string{"varslingsstatus": c.want})
	}
	// dates that lie ahead after a journey back do not stand in the way
	w.must(200, "PUT", "/clock", `{"now":"2020-01-01T12:00:00+01:00"}`)
	w.has(w.must(200, "PATCH", "/persons/"+modig, `{"spraak":"nn"}`), map[string]string{"spraak_oppdatert": "2020-01-01T12:00:00+01", "varslingsstatus": "KAN_VARSLES"})
	w.refused(400, "PATCH", "/persons/"+modig, `{"kontaktinformasjon":{"epostadresse_oppdatert":"+1d"}}`, "ahead")
}
