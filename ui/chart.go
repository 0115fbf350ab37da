package ui

// chart is a drawing made of a few kinds of shapes, placed here and painted by
// the style sheet. There are two of each: a wide one and one for phones, where
// the wide one could not be read.
type chart struct {
	ID       string // apart from every other drawing of the page
	Class    string // wide or compact
	Width    px
	Height   px
	Sentence string // says what is seen
	Bars     []chartBar
	Lines    []chartLine
	Texts    []chartText
}

// chartBar is a filled rectangle. Past is hatched.
type chartBar struct {
	Class      string
	X, Y, W, H px
	Hatched    bool
}

// chartLine is a straight line.
type chartLine struct {
	Class          string
	X1, Y1, X2, Y2 px
}

// chartText is a label; Anchor is start, middle or end.
type chartText struct {
	Class        string
	X, Y         px
	Anchor, Text string
}

func (c *chart) bar(class string, x, y, w, h float64) {
	if w <= 0 || h <= 0 {
		return
	}
	c.Bars = append(c.Bars, chartBar{class, px(x).round(), px(y).round(), px(w).round(), px(h).round(), class == "past" || class == "without"})
}

func (c *chart) line(class string, x1, y1, x2, y2 float64) {
	c.Lines = append(c.Lines, chartLine{class, px(x1).round(), px(y1).round(), px(x2).round(), px(y2).round()})
}

func (c *chart) text(class string, x, y float64, anchor, text string) {
	c.Texts = append(c.Texts, chartText{class, px(x).round(), px(y).round(), anchor, text})
}

// roundUp is the first of 1, 2, 5, 10, 20 … that three steps of reach n: a step
// of a scale.
func roundUp(n int) int {
	const steps = 3
	for unit := 1; ; unit *= 10 {
		for _, k := range []int{1, 2, 5} {
			if unit*k*steps >= n {
				return unit * k
			}
		}
	}
}

// sizes are the widths of the two drawings, by their class.
var sizes = []struct {
	class string
	width px
}{{"wide", 580}, {"compact", 330}}

// drawings makes both sizes of a chart.
func drawings(name string, draw func(c *chart)) []chart {
	var out []chart
	for _, s := range sizes {
		c := chart{ID: name + "-" + s.class, Class: s.class, Width: s.width}
		draw(&c)
		out = append(out, c)
	}
	return out
}
