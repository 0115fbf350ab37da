package ui

import (
	"encoding/csv"
	"net/http"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/stats"
)

// wanted is what the stage's report is held against.
var wanted = stats.Wanted{
	Profile: "prøve", Ages: []stats.WantedAges{{From: 15, To: 40, MailboxPPM: 465_900}, {From: 41, To: 110, MailboxPPM: 758_800}},
	Shares: map[string]stats.Quantity{
		"reserved":       {Origin: stats.Origin{Whose: "active persons", Kind: "counted", Source: "somebody"}, Steps: []stats.Step{{To: 120, PPM: 100_000}}},
		"not_registered": {Origin: stats.Origin{Whose: "persons", Kind: "estimated", Source: "nobody"}, Steps: []stats.Step{{To: 120, PPM: 900_000}}},
	},
	Others: []string{"growth"},
}

func TestStatistics_show_figures_pictures_and_the_wish(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	page := read(s.get(t, statsPath))
	for _, want := range []string{"profil prøve", "Aktive i KRR", "Alder og kjønn", "41+", "46,6 %", "75,9 %", "påminnelse fra 16 md.", "ikke registrert", "reserved", "innenfor", "utenfor", "talt", "anslått", "growth", "Kunder som har slått opp 4 321", "Oppslag i dag 17", "Oppslag denne måneden 98 765", "1 d 2 t 3 min", "2026-11-22 17"} {
		if !strings.Contains(page, want) {
			t.Errorf("%q is not on the page:\n%s", want, page)
		}
	}
}

func TestStatistics_keep_the_policy_and_their_ids_apart(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	body := s.get(t, statsPath).Body.String()
	if regexp.MustCompile(`\sstyle=|<script>|\son\w+=`).MatchString(body) {
		t.Error("the page has a style or a script of its own, which the policy forbids")
	}
	seen := map[string]bool{}
	for _, m := range regexp.MustCompile(`\sid="([^"]+)"`).FindAllStringSubmatch(body, -1) {
		if seen[m[1]] {
			t.Errorf("the id %s comes twice", m[1])
		}
		seen[m[1]] = true
	}
	for _, m := range regexp.MustCompile(`url\(#([^)]+)\)`).FindAllStringSubmatch(body, -1) {
		if !seen[m[1]] {
			t.Errorf("%s is drawn with and not there", m[1])
		}
	}
}

func TestStatistics_can_be_had_as_CSV(t *testing.T) {
	t.Parallel()
	answer := castStage(t).get(t, statsPath+".csv")
	rows, err := csv.NewReader(answer.Body).ReadAll()
	if err != nil || answer.Header().Get("Content-Type") != "text/csv; charset=utf-8" {
		t.Fatalf("%v, %v", err, answer.Header())
	}
	active, statuses := "", 0
	for _, row := range rows[1:] {
		n, err := strconv.ParseFloat(row[3], 64)
		if err != nil {
			t.Fatal(err)
		}
		if row[0] == "states" && row[1] == "status" {
			statuses += int(n)
		}
		if row[0] == "states" && row[2] == "AKTIV" {
			active = row[3]
		}
	}
	if all := rows[1]; all[3] != strconv.Itoa(statuses) || statuses == 0 {
		t.Errorf("%v, and %d by status", all, statuses)
	}
	if page := read(castStage(t).get(t, statsPath)); !strings.Contains(page, "Aktive i KRR "+active+" ") {
		t.Errorf("%s active, the page says\n%s", active, page)
	}
}

func TestStatistics_of_nobody_are_a_page_too(t *testing.T) {
	t.Parallel()
	answer := newStage(t, sandbox.NewClock(castNow.UTC), nil).get(t, statsPath)
	if answer.Code != http.StatusOK || strings.Contains(answer.Body.String(), "NaN") {
		t.Errorf("%d\n%s", answer.Code, answer.Body)
	}
}

func TestScale_has_round_steps(t *testing.T) {
	t.Parallel()
	for n, want := range map[int]int{0: 1, 3: 1, 4: 2, 100: 50, 451: 200, 9000: 5000, 60_000: 20_000} {
		if got := roundUp(n); got != want {
			t.Errorf("up to %d in steps of %d, want %d", n, got, want)
		}
	}
}
