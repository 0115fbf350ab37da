package ui

import (
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/stats"
	spoken "liksom/sandbox/words"
)

const statsPath = "/statistikk"

// statsPage is the report with pictures.
type statsPage struct {
	frame
	Intro     string
	Figures   []figure
	Usage     []figure // what was asked; empty where nobody counts
	Asked     []figure // by day, then by month
	Pyramid   []chart
	Mailboxes []chart
	Freshness []chart
	Cut       []chart // the end of the histogram on a scale of its own
	AgeRows   []ageRow
	MonthRows []monthRow
	Groups    []stateGroup
	Shares    []shareRow
	Within    string // how many of the shares are as wanted
	Wanted    bool   // whether something was asked for
	Sources   []sourceRow
	Unseen    []string
}

// figure is one of the numbers that lead.
type figure struct{ Label, Number, Share string }

// ageRow and monthRow are the pictures as tables.
type (
	ageRow   struct{ Age, Men, Women, Mailbox, Here, Wanted string }
	monthRow struct{ Months, Email, Mobile string }
)

// stateGroup is one way to part people, with a bar for each part.
type stateGroup struct {
	Label string
	Rows  []stateRow
}

type stateRow struct {
	Label, Number, Share string
	Width                px   // of the bar, in hundredths
	Bad                  bool // hatched: people who cannot be reached so
}

func (s *site) statistics(c echo.Context) error {
	f := s.frame(c.Request(), s.moment())
	f.Entry, f.Page, f.Title = entryPeople, statsPath, f.T("stats.title")
	r := s.stats()
	page := statsPage{
		frame: f, Figures: f.figures(r), Usage: f.usage(r.Usage), Asked: f.asked(r.Usage), Pyramid: f.pyramid(r), Mailboxes: f.mailboxes(r),
		Freshness: f.freshness(r, "fresh", 0), Cut: f.freshness(r, "cut", cutFrom),
		AgeRows: f.ageRows(r), MonthRows: f.monthRows(r), Groups: f.stateGroups(r), Shares: f.shareRows(r), Sources: f.sourceRows(r), Unseen: r.Unseen,
	}
	page.Intro = f.T("stats.intro", f.number(r.Persons))
	if r.Profile != "" {
		page.Intro = f.T("stats.intro.profile", f.number(r.Persons), r.Profile)
	}
	if r.Catalogue > 0 {
		page.Intro += " " + f.T("stats.catalogue", f.number(r.Catalogue))
	}
	within, wanted := 0, 0
	for _, share := range r.Shares {
		if share.Wanted != nil {
			wanted++
			if share.Wanted.Within {
				within++
			}
		}
	}
	page.Wanted, page.Within = wanted > 0, f.T("stats.shares.within", f.number(within), f.number(wanted))
	return s.render(c, http.StatusOK, "statistikk", page)
}

// cutFrom is the month at which the cut-out of the histogram begins.
const cutFrom = 14

func (w words) figures(r stats.Report) []figure {
	active := r.State("status", "AKTIV")
	boxes := active - r.State("mailbox", "none")
	ofAll := func(key string, n int) figure {
		return figure{w.T(key), w.number(n), w.T("stats.of.all", w.percent(float64(n), r.Persons))}
	}
	ofActive := func(key string, n int) figure {
		return figure{w.T(key), w.number(n), w.T("stats.of.active", w.percent(float64(n), active))}
	}
	return []figure{
		{w.T("stats.everybody"), w.number(r.Persons), ""},
		ofAll("stats.active", active), ofAll("stats.notified", r.State("notice", "KAN_VARSLES")),
		ofActive("stats.reserved", r.State("notice", "reserved")), ofActive("stats.boxes", boxes),
		ofActive("stats.expired", r.State("email", "expired")),
	}
}

func (w words) usage(u *stats.Usage) []figure {
	if u == nil {
		return nil
	}
	return []figure{
		{Label: w.T("stats.customers"), Number: w.number(u.Customers)},
		{Label: w.T("stats.today"), Number: w.number(u.Today)},
		{Label: w.T("stats.thismonth"), Number: w.number(u.ThisMonth)},
		{Label: w.T("stats.uptime"), Number: w.uptime(u.Seconds)},
	}
}

func (w words) asked(u *stats.Usage) []figure {
	if u == nil {
		return nil
	}
	var all []figure
	for _, a := range slices.Concat(u.Days, u.Months) {
		all = append(all, figure{Label: a.Period, Number: w.number(a.IDs)})
	}
	return all
}

// uptime writes a time in days, hours and minutes, from the largest that there is.
func (w words) uptime(seconds int) string {
	const hour, day = 60, 24 * 60
	minutes := seconds / 60
	switch {
	case minutes < hour:
		return w.T("stats.time.minutes", minutes)
	case minutes < day:
		return w.T("stats.time.hours", minutes/hour, minutes%hour)
	}
	return w.T("stats.time", minutes/day, minutes/hour%24, minutes%hour)
}

// percent writes a share to a tenth.
func (w words) percent(n float64, of int) string {
	if of == 0 {
		return "–"
	}
	const hundred = 100
	text := strconv.FormatFloat(hundred*n/float64(of), 'f', 1, 64)
	if w.Language != spoken.English {
		text = strings.Replace(text, ".", ",", 1)
	}
	return text + nbsp + "%"
}

func (w words) ageRows(r stats.Report) []ageRow {
	var rows []ageRow
	for i, b := range r.Ages {
		all := b.All()
		row := ageRow{span(b, i == len(r.Ages)-1), w.number(b.Men.Persons), w.number(b.Women.Persons), w.number(all.Mailbox), w.percent(float64(all.Mailbox), all.Persons), "–"}
		if b.MailboxPPM != nil {
			const million = 1_000_000
			row.Wanted = w.percent(float64(*b.MailboxPPM), million)
		}
		rows = append(rows, row)
	}
	return rows
}

func (w words) monthRows(r stats.Report) []monthRow {
	var rows []monthRow
	for _, m := range r.Freshness {
		rows = append(rows, monthRow{monthLabel(m.Months), w.number(m.Email), w.number(m.Mobile)})
	}
	return rows
}

func (w words) stateGroups(r stats.Report) []stateGroup {
	var groups []stateGroup
	sums := map[string]int{}
	for _, s := range r.States {
		sums[s.Group] += s.Count
	}
	for _, s := range r.States {
		if s.Group == "status" {
			continue // which the notices tell, too
		}
		label := w.T("stats.group." + s.Group)
		if len(groups) == 0 || groups[len(groups)-1].Label != label {
			groups = append(groups, stateGroup{Label: label})
		}
		const hundred = 100
		g := &groups[len(groups)-1]
		g.Rows = append(g.Rows, stateRow{
			w.stateWord(s), w.number(s.Count), w.percent(float64(s.Count), sums[s.Group]),
			px(hundred * float64(s.Count) / float64(max(1, sums[s.Group]))).round(),
			s.Group == "notice" && s.Name != "KAN_VARSLES" || s.Name == "expired" || s.Name == "inactive",
		})
	}
	return groups
}

func (w words) stateWord(s stats.State) string {
	switch s.Group {
	case "language":
		if s.Name != "none" {
			return w.T("spoken." + s.Name)
		}
		return w.T("stats.state.unset")
	case "email", "mobile":
		return w.T(s.Name)
	}
	return w.T("stats.state." + s.Name)
}
