package ui

import (
	"strconv"

	"liksom/sandbox/stats"
)

// span names an age group; the last is open upwards.
func span(b stats.Band, last bool) string {
	if last {
		return strconv.Itoa(b.From) + "+"
	}
	return strconv.Itoa(b.From) + "–" + strconv.Itoa(b.To)
}

// pyramid draws men to the left and women to the right, the oldest on top; those
// with a mailbox are the solid part.
func (w words) pyramid(r stats.Report) []chart {
	most := 1
	for _, b := range r.Ages {
		most = max(most, b.Men.Persons, b.Women.Persons)
	}
	step := roundUp(most)
	ceiling := float64((most + step - 1) / step * step)
	return drawings("pyramid", func(c *chart) {
		const top, rowH, barH, middle, edge = 26, 16.5, 13, 62, 18 // edge: half a label of the scale
		side := (float64(c.Width)-middle)/2 - edge
		left, right := edge+side, edge+side+middle
		bottom := top + rowH*float64(len(r.Ages))
		c.Height = px(bottom + 22)
		c.Sentence = w.T("stats.pyramid.say", w.number(r.Persons))
		c.text("", left, 14, "end", w.T("stats.men"))
		c.text("", right, 14, "start", w.T("stats.women"))
		for i, b := range r.Ages {
			y := bottom - rowH*float64(i+1)
			long := func(n int) float64 { return side * float64(n) / ceiling }
			men, menBox := long(b.Men.Persons), long(b.Men.Mailbox)
			women, womenBox := long(b.Women.Persons), long(b.Women.Mailbox)
			c.bar("without", left-men, y, men-menBox, barH)
			c.bar("with", left-menBox, y, menBox, barH)
			c.bar("with", right, y, womenBox, barH)
			c.bar("without", right+womenBox, y, women-womenBox, barH)
			c.text("muted", left+middle/2, y+10.5, "middle", span(b, i == len(r.Ages)-1))
		}
		for n := 0; n <= int(ceiling); n += step {
			x := side * float64(n) / ceiling
			c.text("muted", left-x, bottom+16, "middle", w.number(n))
			c.text("muted", right+x, bottom+16, "middle", w.number(n))
		}
	})
}

// mailboxes draws the share with a mailbox by age: what was asked for as bars,
// what there is as lines across them.
func (w words) mailboxes(r stats.Report) []chart {
	return drawings("mailboxes", func(c *chart) {
		const top, left, high = 22, 44, 180
		bottom := float64(top + high)
		c.Height = px(bottom + 44)
		c.Sentence = w.T("stats.mailbox.say")
		c.scale(left, bottom, high, 100, 25, func(n int) string { return strconv.Itoa(n) + nbsp + "%" })
		column := (float64(c.Width) - left - 4) / float64(max(1, len(r.Ages)))
		for i, b := range r.Ages {
			x := left + column*float64(i)
			all := b.All()
			if b.MailboxPPM != nil {
				const million = 1_000_000
				tall := high * float64(*b.MailboxPPM) / million
				c.bar("with", x+column*.13, bottom-tall, column*.74, tall)
			}
			if all.Persons > 0 {
				here := high * float64(all.Mailbox) / float64(all.Persons)
				c.line("here", x+1, bottom-here, x+column-1, bottom-here)
				if c.Class == "wide" {
					c.text("halo", x+column/2, bottom-max(here, tallOf(b, high))-6, "middle", strconv.Itoa(int(100*float64(all.Mailbox)/float64(all.Persons)+.5)))
				}
			}
			if label := strconv.Itoa(b.From); c.Class == "wide" || i%3 == 0 {
				c.text("muted", x+column/2, bottom+16, "middle", label)
			}
		}
		c.text("muted", left, bottom+36, "start", w.T("stats.age.from"))
	})
}

func tallOf(b stats.Band, high float64) float64 {
	if b.MailboxPPM == nil {
		return 0
	}
	const million = 1_000_000
	return high * float64(*b.MailboxPPM) / million
}

// scale draws level lines with their numbers.
func (c *chart) scale(left, bottom, high float64, most, step int, label func(int) string) {
	for n := 0; n <= most; n += step {
		y := bottom - high*float64(n)/float64(most)
		c.line("level", left, y, float64(c.Width)-2, y)
		c.text("muted", left-6, y+4, "end", label(n))
	}
}

// The months at which a channel is reminded of and runs out.
const (
	remindedAt = 16
	expiredAt  = 18
	digit      = 7.1 // how wide one is
)

// freshness draws how many channels there are of each age in months.
func (w words) freshness(r stats.Report, name string, from int) []chart {
	months := r.Freshness[from:]
	most := 1
	for _, m := range months {
		most = max(most, m.Email+m.Mobile)
	}
	return drawings(name, func(c *chart) {
		const top, high = 42, 120
		left := 12 + 7.0*float64(len(w.number(roundUp(most)*3)))
		bottom := float64(top + high)
		step := roundUp(most)
		ceiling := (most + step - 1) / step * step
		c.Height = px(bottom + 42)
		c.Sentence = w.T("stats.fresh.say", from)
		c.scale(left, bottom, high, ceiling, step, w.number)
		column := (float64(c.Width) - left - 4) / float64(len(months))
		for i, m := range months {
			x, n := left+column*float64(i), m.Email+m.Mobile
			tall := high * float64(n) / float64(ceiling)
			class := "with"
			switch {
			case m.Months >= expiredAt:
				class = "past"
			case m.Months >= remindedAt:
				class = "soon"
			}
			c.bar(class, x+column*.1, bottom-tall, column*.8, tall)
			if label := strconv.Itoa(n); column > 26 && digit*float64(len(label)) <= column { // the table has the others
				c.text("", x+column/2, bottom-tall-5, "middle", label)
			}
			if every := labelEvery(column); m.Months%every == 0 || m.Months == stats.OldestMonth {
				c.text("muted", x+column/2, bottom+16, "middle", monthLabel(m.Months))
			}
		}
		for at, key := range map[int]string{remindedAt: "stats.remind", expiredAt: "stats.expire"} {
			x := left + column*float64(at-from)
			y, anchor, dx := 12.0, "start", 5.0
			switch { // the first line's word is to the left of it, if there is room
			case at == remindedAt && from == 0:
				y, anchor, dx = 28, "end", -5
			case at == expiredAt && from > 0:
				y = 28
			}
			c.line("limit", x, y-9, x, bottom)
			c.text("", x+dx, y, anchor, w.T(key, at))
		}
		caption := w.T("stats.months")
		if from > 0 {
			caption = w.T("stats.months.cut", from)
		}
		c.text("muted", left, bottom+34, "start", caption)
	})
}

func labelEvery(column float64) int {
	switch {
	case column > 20:
		return 1
	case column > 12:
		return 3
	}
	return 6
}

func monthLabel(n int) string {
	if n == stats.OldestMonth {
		return strconv.Itoa(n) + "+"
	}
	return strconv.Itoa(n)
}
