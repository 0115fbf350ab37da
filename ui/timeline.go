package ui

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"

	"liksom/sandbox"
)

// The picture of the 18-month rule goes from 24 months back to 18 months on, so
// that the window lies in the middle and a date of today runs out at its edge.
const (
	monthsBack = 24
	monthsOn   = 18
)

// px is a place in a drawing; it prints with at most one decimal.
type px float64

func (p px) String() string { return strconv.FormatFloat(float64(p), 'f', -1, 64) }

func (p px) round() px { return px(float64(int(float64(p)*10+0.5)) / 10) }

// drawing is the size of one drawing of the timeline: the wide one for pages,
// the compact one for the panel and small screens.
type drawing struct {
	class               string
	width, left, right  px // the whole, and the ends of the axis
	top, first, between px // where the window begins, the first lane, the next
	below               px // from the last lane to the axis
	ticks               []int
	dates               bool // whether marks and lines have their dates written
}

var (
	wideDrawing    = drawing{"wide", 634, 56, 627, 24, 48, 50, 24, []int{-24, -12, -6, 6, 12}, true}
	compactDrawing = drawing{"compact", 346, 45, 346, 20, 38, 36, 18, []int{-24, -12, 12}, false}
)

// timeline is a drawing ready for the template.
type timeline struct {
	words
	ID, Class        string
	Sentence         string // all dates, for those who do not see the drawing
	Width, Height    px
	Left, Right      px
	Limit, Now       px
	Top, Axis        px
	LimitText        string
	NowText          string
	Lanes            []lane
	Ticks            []tick
	WindowW, WindowH px
}

type tick struct {
	X    px
	Text string
}

// lane is one channel of a timeline.
type lane struct {
	Label   string
	Y       px
	Missing string // said in the middle of the lane when there is no value
	Spent   bar    // from the newest counted date to now or to its end
	Ahead   bar    // what is left of the 18 months
	Past    bar    // from the end to now, hatched
	Marks   []mark
	Ends    caption // "fersk til …" or "utgikk …"
	Notes   []caption
	State   string // fresh, expiring or expired
}

type bar struct{ X, W px }

// mark is a date: a square for updated, a disc for confirmed, a hollow diamond
// for validated.
type mark struct {
	X    px
	Kind string
}

type caption struct {
	X      px
	Anchor string // start, middle or end
	Text   string
}

// timelines makes both drawings of a person; none for somebody without any channel.
func (w words) timelines(r sandbox.Record, m moment, id string) []timeline {
	c := channels(r, m.window)
	if c[0].state == sandbox.Missing && c[1].state == sandbox.Missing {
		return nil
	}
	return []timeline{w.timeline(c, m, wideDrawing, id), w.timeline(c, m, compactDrawing, id)}
}

// scale turns moments into places along an axis.
type scale struct {
	from, to    time.Time
	left, right px
	limit       sandbox.Instant
}

// at is the place of a moment, at most at the edges of the drawing. What the
// rule counts lies to the right of the limit however close it is, and what it
// does not count lies on the limit or to its left.
func (s scale) at(i sandbox.Instant) px {
	limit := s.raw(s.limit.Time()).round()
	x := s.raw(i.Time()).round()
	if i > s.limit {
		return max(x, limit+0.5)
	}
	return min(x, limit)
}

// inside tells whether a place lies where marks count.
func (s scale) inside(x px) bool { return x > s.at(s.limit) }

func (s scale) raw(t time.Time) px {
	x := s.left + px(float64(t.Sub(s.from))/float64(s.to.Sub(s.from)))*(s.right-s.left)
	return min(max(x, s.left), s.right)
}

func (w words) timeline(c [2]channel, m moment, d drawing, id string) timeline {
	s := scale{sandbox.AddMonths(m.at, -monthsBack), sandbox.AddMonths(m.at, monthsOn), d.left, d.right, m.window.Limit}
	t := timeline{
		words: w, ID: id + "-" + d.class, Class: d.class, Sentence: w.timelineSentence(c, m),
		Width: d.width, Left: d.left, Right: d.right, Top: d.top, Axis: d.first + d.between + d.below,
		Limit: s.at(m.window.Limit), Now: s.at(m.window.Now),
		LimitText: w.T("timeline.limit"), NowText: w.T("timeline.now"),
	}
	t.Height = t.Axis + 18
	if d.dates {
		t.LimitText = w.T("timeline.limit.at", w.date(m.window.Limit))
		t.NowText = w.T("timeline.now.at", w.date(m.window.Now))
	}
	t.WindowW, t.WindowH = (t.Now - t.Limit).round(), t.Axis-t.Top
	for i, c := range c {
		t.Lanes = append(t.Lanes, w.lane(c, s, d, t, d.first+px(i)*d.between))
	}
	for _, n := range d.ticks {
		label := "+" + strconv.Itoa(n)
		if n < 0 {
			label = "−" + strconv.Itoa(-n)
		}
		t.Ticks = append(t.Ticks, tick{s.raw(sandbox.AddMonths(m.at, n)).round(), w.T("axis", label)})
	}
	return t
}

func (w words) lane(c channel, s scale, d drawing, t timeline, y px) lane {
	l := lane{Label: w.T(c.key), Y: y, State: c.class()}
	if c.state == sandbox.Missing {
		l.Missing = w.T("missing")
		return l
	}
	l.Marks = marks(c, s)
	newest := c.Newest()
	if newest == 0 {
		l.Ends = caption{t.Now - 6, "end", w.T("timeline.undated")}
		return l
	}
	begin, end := s.at(newest), s.raw(c.expires.Time()).round()
	if c.usable() {
		end = max(end, t.Now)
		l.Spent, l.Ahead = between(begin, t.Now), between(max(begin, t.Now), end)
		l.Ends = caption{t.Now + 6, "start", w.T("timeline.until", w.date(c.expires))}
	} else {
		end = min(end, t.Now)
		l.Spent, l.Past = between(begin, end), between(end, t.Now)
		l.Ends = caption{t.Now - 6, "end", w.T("timeline.past", w.date(c.expires))}
	}
	if d.dates {
		l.Notes = w.notes(c, s, t)
	}
	return l
}

// marks places the dates of a channel, the newest last and so on top. Where
// several would cover each other one stands for all: what counts before what
// does not, updated before confirmed.
func marks(c channel, s scale) []mark {
	const size = 8
	var placed []mark
	for _, stamp := range []stamp{{"updated", c.Updated, true}, {"confirmed", c.Confirmed, true}, {"validated", c.Validated, false}} {
		if stamp.at.Time().Before(s.from) || stamp.at.Time().After(s.to) {
			continue
		}
		x := s.at(stamp.at)
		if !slices.ContainsFunc(placed, func(m mark) bool { return m.X-x < size && x-m.X < size && s.inside(m.X) == s.inside(x) }) {
			placed = append(placed, mark{x, stamp.key})
		}
	}
	slices.SortFunc(placed, func(a, b mark) int { return cmp.Compare(a.X, b.X) })
	return placed
}

func between(from, to px) bar { return bar{from, max(to-from, 0).round()} }

// timelineSentence says what the drawing shows.
func (w words) timelineSentence(c [2]channel, m moment) string {
	text := w.T("timeline")
	for _, c := range c {
		parts := []string{w.T("missing")}
		if c.state != sandbox.Missing {
			parts = nil
			if line := w.stampLine(c); line != "" {
				parts = append(parts, line)
			}
			switch {
			case c.expires == 0:
				parts = append(parts, w.T("timeline.undated"))
			case c.usable():
				parts = append(parts, w.T("timeline.until", w.date(c.expires)))
			default:
				parts = append(parts, w.T("timeline.past", w.date(c.expires)))
			}
		}
		text += " " + w.T(c.key) + ": " + strings.Join(parts, ", ") + "."
	}
	return text + " " + w.T("timeline.limit.sentence", w.date(m.window.Limit))
}
