package ui

import (
	"strconv"
	"unicode/utf8"

	"liksom/sandbox"
)

// notes places the dates of a lane's counted marks under them, the newest
// first, each where it crosses neither a line nor another note. What finds no
// room is left out: the dates stand in the key information too.
func (w words) notes(c channel, s scale, t timeline) []caption {
	taken := []bar{{t.Limit - 3, 6}, {t.Now - 3, 6}}
	var notes []caption
	place := func(candidates ...caption) {
		for _, n := range candidates {
			if b := extent(n); b.X >= t.Left-1 && b.X+b.W <= t.Right && !overlaps(b, taken) {
				notes, taken = append(notes, n), append(taken, bar{b.X - 6, b.W + 12})
				return
			}
		}
	}
	stamps := c.stamps()
	for i := 0; i < len(stamps); i++ {
		at := stamps[i].at
		if !stamps[i].counted {
			continue
		}
		names := []string{w.T(stamps[i].key)}
		for i+1 < len(stamps) && (!stamps[i+1].counted || sandbox.DateOf(stamps[i+1].at.Time()) == sandbox.DateOf(at.Time())) {
			if i++; stamps[i].counted {
				names = append([]string{w.T(stamps[i].key)}, names...)
			}
		}
		if at.Time().Before(s.from) { // older than the drawing
			place(caption{t.Left + 2, "start", "◂ " + w.T(stamps[i].key+".short") + nbsp + strconv.Itoa(at.Time().In(sandbox.Oslo).Year())})
			continue
		}
		text, x := w.list(names)+" "+w.date(at), s.at(at)
		candidates := []caption{{x - 5, "start", text}, {x + 5, "end", text}}
		if x < t.Limit {
			candidates = append(candidates, caption{t.Limit + 5, "start", "◂ " + text})
		}
		place(append(candidates, caption{t.Now - 6, "end", text})...)
	}
	return notes
}

// extent estimates the room that a caption takes, with 5.9 px for a letter.
func extent(c caption) bar {
	width := px(utf8.RuneCountInString(c.Text)) * 5.9
	if c.Anchor == "end" {
		return bar{c.X - width, width}
	}
	return bar{c.X, width}
}

func overlaps(b bar, taken []bar) bool {
	for _, t := range taken {
		if b.X < t.X+t.W && t.X < b.X+b.W {
			return true
		}
	}
	return false
}
