package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/stats"
)

// cells are the numbers in the rows of a part of a page, as written there; the
// narrow space between thousands is taken out.
func cells(t *testing.T, page, section string) [][]string {
	t.Helper()
	i := strings.Index(page, `aria-labelledby="`+section+`"`)
	if i < 0 {
		t.Fatalf("the page has no section %s", section)
	}
	part, _, _ := strings.Cut(page[i:], "</section>")
	var out [][]string
	for _, row := range regexp.MustCompile(`(?s)<tr>(.*?)</tr>`).FindAllStringSubmatch(part, -1) {
		var line []string
		for _, cell := range regexp.MustCompile(`(?s)<t[hd](?: scope="row")?>(.*?)</t[hd]>`).FindAllStringSubmatch(row[1], -1) {
			line = append(line, strings.NewReplacer("\u00a0", "").Replace(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(cell[1], "")))
		}
		if len(line) > 0 {
			out = append(out, line)
		}
	}
	return out
}

// TestStatistics_page_and_API_say_the_same, number for number, after edits, look-ups
// and with a moved clock.
func TestStatistics_page_and_API_say_the_same(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	c.edit(func(p *sandbox.Person) { p.Reserved, p.ReservedAt = true, sandbox.InstantOf(b.clockNow()) })
	for _, move := range []func(){func() {}, func() { c.send("/tid", url.Values{"flytt": {"P16M"}}) }} {
		move()
		c.open("/sandbox/v1/stats")
		var r stats.Report
		if err := json.Unmarshal([]byte(c.page), &r); err != nil || c.status != http.StatusOK {
			t.Fatalf("%v, %s", err, c.page)
		}
		c.open("/statistikk")
		number, percent := strconv.Itoa, func(n, of int) string {
			if of == 0 {
				return "–"
			}
			return strings.Replace(strconv.FormatFloat(100*float64(n)/float64(of), 'f', 1, 64), ".", ",", 1) + "%"
		}
		var ages, months, shares [][]string
		for _, a := range r.Ages {
			ages = append(ages, []string{number(a.Men.Persons), number(a.Women.Persons), number(a.All().Mailbox)})
		}
		for _, m := range r.Freshness {
			months = append(months, []string{number(m.Email), number(m.Mobile)})
		}
		for _, s := range r.Shares {
			shares = append(shares, []string{number(s.Of), percent(s.Have, s.Of)})
		}
		compare := func(section string, want [][]string, columns ...int) {
			t.Helper()
			var got [][]string
			for _, row := range cells(t, c.page, section) {
				var line []string
				for _, i := range columns {
					if i < len(row) {
						line = append(line, row[i])
					}
				}
				got = append(got, line)
			}
			got = slices.DeleteFunc(got, func(l []string) bool {
				return len(l) != len(columns) || strings.ContainsFunc(l[0], func(r rune) bool { return r > '9' && r != '–' })
			})
			if fmt.Sprint(got) != fmt.Sprint(want) {
				t.Errorf("%s shows\n%v, the API says\n%v", section, got, want)
			}
		}
		compare("alder", ages, 1, 2, 3)
		compare("ferskhet", months, 1, 2)
		compare("andeler", shares, 1, 3)
		states := map[bool][]int{}
		for _, s := range r.States {
			if s.Group != "status" {
				states[true] = append(states[true], s.Count)
			}
		}
		for _, m := range regexp.MustCompile(`<span class="of">([^<]*)</span>`).FindAllStringSubmatch(c.page, -1) {
			n, err := strconv.Atoi(strings.ReplaceAll(m[1], "\u00a0", ""))
			if err != nil {
				t.Fatal(err)
			}
			states[false] = append(states[false], n)
		}
		if !slices.Equal(states[false], states[true]) {
			t.Errorf("the page shows the states %v, the API says %v", states[false], states[true])
		}
		flat := strings.ReplaceAll(c.page, "\u00a0", "")
		for _, n := range []int{r.Persons, r.Catalogue, r.State("status", "AKTIV"), r.Usage.Customers, r.Usage.Today, r.Usage.ThisMonth} {
			if !strings.Contains(flat, number(n)) {
				t.Errorf("%d is not on the page", n)
			}
		}
		c.open("/tid")
		var ahead [][]string
		for _, a := range r.Forecast {
			ahead = append(ahead, []string{number(a.Months), number(a.Persons)})
		}
		compare("gjoer", ahead, 0, 2)
	}
}

// TestMoved_clock_moves_the_picture: the window of 18 months and the marks in it are
// drawn from the person's data and the clock.
func TestMoved_clock_moves_the_picture(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	at := sandbox.InstantOf(b.clockNow())
	c.edit(func(p *sandbox.Person) {
		p.Email, p.Mobile = sandbox.Channel{Value: "a@example.test", Updated: at}, sandbox.Channel{}
	})
	mark := regexp.MustCompile(`<rect class="mark" x="([0-9.]+)"`)
	look := func() (x float64, page string) {
		c.open("/person/" + cardPerson)
		wide := c.page[strings.Index(c.page, `class="timeline wide`):]
		m := mark.FindStringSubmatch(wide[:strings.Index(wide, "</svg>")])
		if m == nil {
			t.Fatalf("no mark is drawn in %s", clipped(wide))
		}
		x, err := strconv.ParseFloat(m[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		return x, c.page
	}
	before, page := look()
	if !strings.Contains(page, "fersk til") || strings.Contains(page, "utgikk") {
		t.Errorf("a fresh channel is drawn as %s", clipped(page))
	}
	c.send("/tid", url.Values{"flytt": {"P6M"}})
	half, _ := look()
	c.send("/tid", url.Values{"flytt": {"P13M"}})
	after, page := look()
	if !(after < half && half < before) {
		t.Errorf("the mark goes from %g over %g to %g, and should go to the left", before, half, after)
	}
	if ratio := (half - after) / (before - half); ratio < 2 || ratio > 2.3 {
		t.Errorf("13 months move it %.2f times as far as 6", ratio)
	}
	if !strings.Contains(page, "utgikk") {
		t.Errorf("an expired channel is drawn as %s", clipped(page))
	}
}
