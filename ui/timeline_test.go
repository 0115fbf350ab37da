package ui

import (
	"fmt"
	"math"
	"testing"
	"time"

	"liksom/sandbox"
	spoken "liksom/sandbox/words"
)

// judged makes the view of one e-mail channel.
func judged(c sandbox.Channel, m moment) channel {
	return channel{c, emailKey, m.window.Freshness(c), sandbox.ExpiresAt(c.Newest())}
}

// A mark that counts lies inside the tinted window exactly when the register
// holds the channel to be fresh, to the second.
func TestTimeline_marks_lie_inside_the_window_exactly_when_fresh(t *testing.T) {
	t.Parallel()
	m := moment{castNow, sandbox.WindowAt(castNow)}
	var newest []sandbox.Instant
	for _, seconds := range []int{-86400, -3600, -1, 0, 1, 3600, 86400} {
		newest = append(newest, sandbox.Instant(int(m.window.Limit)+seconds))
	}
	for months := 0; months <= 24; months++ {
		newest = append(newest, ago(months, 0), ago(months, 1)+60)
	}
	for _, d := range []drawing{wideDrawing, compactDrawing} {
		for _, at := range newest {
			for _, c := range []sandbox.Channel{{Value: "a@b.no", Updated: at}, {Value: "a@b.no", Confirmed: at}, {Value: "a@b.no", Updated: at - 9999999, Confirmed: at, Validated: at + 50}} {
				v := judged(c, m)
				drawn := words{}.timeline([2]channel{v, {key: mobileKey}}, m, d, "t")
				marks := drawn.Lanes[0].Marks
				if len(marks) == 0 && at.Time().Before(sandbox.AddMonths(m.at, -monthsBack)) {
					continue
				}
				counted := false
				for _, mark := range marks {
					counted = counted || mark.Kind != "validated" && mark.X > drawn.Limit
				}
				if counted != v.usable() {
					t.Errorf("%s: newest %v is drawn inside=%t, but usable=%t", d.class, at.Time(), counted, v.usable())
				}
			}
		}
	}
}

func TestTimeline_bars_join_and_stay_in_the_drawing(t *testing.T) {
	t.Parallel()
	m := moment{castNow, sandbox.WindowAt(castNow)}
	for months := -6; months <= 60; months++ {
		c := judged(sandbox.Channel{Value: "a@b.no", Updated: ago(months, 3)}, m)
		for _, d := range []drawing{wideDrawing, compactDrawing} {
			drawn := words{}.timeline([2]channel{c, {key: mobileKey}}, m, d, "t")
			l := drawn.Lanes[0]
			for name, b := range map[string]bar{"spent": l.Spent, "ahead": l.Ahead, "past": l.Past} {
				if b.W < 0 || b.W > 0 && (b.X < d.left || b.X+b.W > d.right+0.1) {
					t.Errorf("%s, %d months: %s is %+v", d.class, months, name, b)
				}
			}
			if c.usable() && (l.Past.W > 0 || l.Ahead.W > 0 && math.Abs(float64(l.Ahead.X-max(drawn.Now, l.Spent.X))) > 0.11) {
				t.Errorf("%s, %d months: fresh with %+v %+v %+v", d.class, months, l.Spent, l.Ahead, l.Past)
			}
			if !c.usable() && (l.Ahead.W > 0 || math.Abs(float64(l.Past.X+l.Past.W-drawn.Now)) > 0.11) {
				t.Errorf("%s, %d months: expired with %+v %+v", d.class, months, l.Ahead, l.Past)
			}
		}
	}
}

func TestTimeline_notes_cross_nothing(t *testing.T) {
	t.Parallel()
	m := moment{castNow, sandbox.WindowAt(castNow)}
	for _, lang := range spoken.Languages {
		for updated := 0; updated < 40; updated++ {
			for confirmed := 0; confirmed < 40; confirmed += 3 {
				c := judged(sandbox.Channel{Value: "a@b.no", Updated: ago(updated, 2), Confirmed: ago(confirmed, 9)}, m)
				drawn := words{lang}.timeline([2]channel{c, {key: mobileKey}}, m, wideDrawing, "t")
				taken := []bar{{drawn.Limit - 1, 2}, {drawn.Now - 1, 2}}
				for _, n := range drawn.Lanes[0].Notes {
					b := extent(n)
					if overlaps(b, taken) || b.X < 0 || b.X+b.W > drawn.Width {
						t.Errorf("%v, %d and %d months: note %+v covers something", lang, updated, confirmed, n)
					}
					taken = append(taken, b)
				}
			}
		}
	}
}

func TestTimeline_sentence_says_all_dates(t *testing.T) {
	t.Parallel()
	m := moment{castNow, sandbox.WindowAt(castNow)}
	for _, p := range cast() {
		if p.word != "expiring" {
			continue
		}
		email, mobile := judged(p.Email, m), judged(p.Mobile, m)
		mobile.key = mobileKey
		got := words{spoken.English}.timelineSentence([2]channel{email, mobile}, m)
		want := "Timeline. Email: confirmed and updated 20 Jun 2025, fresh until 20 Dec 2026. " +
			"Mobile: validated 10 Nov 2026, confirmed 20 Jan 2026, updated 22 Sep 2024, fresh until 20 Jul 2027. The limit is 22 May 2025."
		if spaced(got) != want {
			t.Errorf("got  %s\nwant %s", spaced(got), want)
		}
	}
}

func TestDial_shows_what_is_left(t *testing.T) {
	t.Parallel()
	m := moment{castNow, sandbox.WindowAt(castNow)}
	for _, c := range []struct {
		name    string
		channel sandbox.Channel
		want    dial
	}{
		{"missing", sandbox.Channel{}, dial{State: "missing"}},
		{"today", sandbox.Channel{Value: "x", Updated: ago(0, 0)}, dial{State: "fresh", Whole: true}},
		{"in the future", sandbox.Channel{Value: "x", Updated: ago(-3, 0)}, dial{State: "fresh", Whole: true}},
		{"exactly 18 months", sandbox.Channel{Value: "x", Updated: ago(18, 0)}, dial{State: "expired"}},
		{"a second less", sandbox.Channel{Value: "x", Updated: ago(18, 0) + 1}, dial{State: "expiring", Share: sector(8, 8, 5.75, 0.04)}},
		{"without a date", sandbox.Channel{Value: "x"}, dial{State: "expired"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			if got := dialOf(judged(c.channel, m), m.window); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
	if got, want := sector(8, 8, 6, 0.75), "M8 8V2A6 6 0 1 1 2.00 8.00Z"; got != want {
		t.Errorf("three quarters are %s, want %s", got, want)
	}
}

// The age in words turns at the same second as the rule.
func TestAge_agrees_with_the_rule(t *testing.T) {
	t.Parallel()
	for _, now := range []time.Time{castNow, time.Date(2026, 8, 31, 12, 0, 0, 0, sandbox.Oslo), time.Date(2026, 3, 29, 2, 30, 0, 0, time.UTC)} {
		m := moment{now, sandbox.WindowAt(now)}
		for _, seconds := range []int{-2, -1, 0, 1, 2} {
			at := sandbox.Instant(int(m.window.Limit) + seconds)
			c := sandbox.Channel{Value: "x", Updated: at}
			if got := monthsOld(at, now) >= 18; got != (m.window.Freshness(c) == sandbox.Expired) {
				t.Errorf("%v, %+d s: %d months, but %v", now, seconds, monthsOld(at, now), m.window.Freshness(c))
			}
		}
	}
	m := moment{castNow, sandbox.WindowAt(castNow)}
	for at, want := range map[sandbox.Instant]string{
		0: "uten dato", ago(0, 0): "i dag", ago(0, 1): "1 dag", ago(0, 23): "23 dager", ago(1, 0): "1 md.", ago(3, 3): "3 md.", ago(51, 2): "51 md.", ago(-1, 0): "fram i tid",
	} {
		if got := (words{}).age(at, m); got != want {
			t.Errorf("%v is %q, want %q", at.Time(), got, want)
		}
	}
}

func TestWords_of_numbers_and_dates(t *testing.T) {
	t.Parallel()
	at := time.Date(2026, 12, 31, 23, 30, 0, 0, time.UTC)
	for got, want := range map[string]string{
		words{}.day(at):                           "1. jan. 2027",
		words{spoken.English}.day(at):             "1 Jan 2027",
		words{}.clock(at):                         "00.30",
		words{spoken.English}.clock(at):           "00:30",
		words{}.number(1234567):                   "1 234 567",
		words{spoken.English}.number(10000):       "10,000",
		words{spoken.Nynorsk}.number(999):         "999",
		mobile("+4799994127"):                     "+47 999 94 127",
		mobile("+46701234567"):                    "+46701234567",
		words{}.list([]string{"a", "b"}):          "a og b",
		words{spoken.English}.list([]string{"a"}): "a",
		sentence("æ ja"):                          "Æ ja",
		fmt.Sprint(px(3), px(2.5), px(0.1)):       "3 2.5 0.1",
	} {
		if spaced(got) != want {
			t.Errorf("got %q, want %q", spaced(got), want)
		}
	}
}
