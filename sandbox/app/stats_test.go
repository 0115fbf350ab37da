package app

import (
	"encoding/json"
	"math"
	"strings"
	"testing"

	"liksom/generator"
	"liksom/sandbox/stats"
)

func TestStats_counts_what_generate_writes(t *testing.T) {
	t.Parallel()
	args := []string{"--persons", "300", "--reference-date", "2026-11-25"}
	code, out, errs := run(t, nil, append([]string{"stats", "--json"}, args...)...)
	var report stats.Report
	if err := json.Unmarshal([]byte(out), &report); err != nil || code != 0 {
		t.Fatalf("exit %d, %v, %s", code, err, errs)
	}
	_, lines, _ := run(t, nil, append([]string{"generate"}, args...)...)
	if n := strings.Count(lines, "\n"); report.Persons+report.Catalogue != n {
		t.Errorf("%d persons and %d of the catalogue; generate writes %d", report.Persons, report.Catalogue, n)
	}
	for _, c := range []struct{ group, name, member string }{
		{"status", "AKTIV", `"status":"AKTIV"`}, {"notice", "KAN_VARSLES", `"varslingsstatus":"KAN_VARSLES"`}, {"language", "nn", `"spraak":"nn"`},
	} {
		got, want := report.State(c.group, c.name), 0
		for line := range strings.Lines(lines) {
			if strings.Contains(line, c.member) && !strings.Contains(line, `"katalog":`) {
				want++
			}
		}
		if got != want {
			t.Errorf("%d are %s, generate writes %d", got, c.name, want)
		}
	}
	code, out, errs = run(t, nil, append([]string{"stats", "--clock", "2036-11-25"}, args...)...)
	if code != 0 || !strings.Contains(out, "2036-11-25T00:00:00+01") || !strings.Contains(out, "both_stale") {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
}

// The report counts each share of a profile of those whom the profile means, so
// that what is drawn by it comes out within half as much again of its 99.9 %
// interval, whatever the draw.
func TestStats_find_both_profiles_as_they_were_asked_for(t *testing.T) {
	t.Parallel()
	for _, profile := range generator.BuiltInProfiles {
		code, out, errs := run(t, nil, "stats", "--json", "--persons", "50000", "--reference-date", "2026-11-25", "--profile", profile)
		var report stats.Report
		if err := json.Unmarshal([]byte(out), &report); err != nil || code != 0 {
			t.Fatalf("exit %d, %v, %s", code, err, errs)
		}
		wished := 0
		for _, s := range report.Shares {
			if s.Wanted == nil {
				continue
			}
			wished++
			if off, most := math.Abs(float64(s.Have)-s.Wanted.Have), 1.5*max(s.Wanted.High-s.Wanted.Have, s.Wanted.Have-s.Wanted.Low); off > most {
				t.Errorf("%s: %s are %d of %d, wanted %.1f ± %.1f", profile, s.Name, s.Have, s.Of, s.Wanted.Have, most)
			}
		}
		if published := 14; report.Persons != 50_000+published {
			t.Errorf("%s: %d persons were counted", profile, report.Persons)
		}
		if wished < 40 || report.Profile != profile {
			t.Errorf("%s: %d shares were asked for, in profile %s", profile, wished, report.Profile)
		}
	}
}
