package ui

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"liksom/sandbox"
	spoken "liksom/sandbox/words"
)

// words says things in one language. Views embed it, so that templates may
// write {{.T "key"}}.
type words struct{ spoken.Language }

// T gives a text of the table with its places filled. A key that is not there
// shows itself; a test looks for such.
func (w words) T(key string, args ...any) string {
	return spoken.Words{Language: w.Language, Table: texts}.T(key, args...)
}

// nbsp is the space within a date or a number, which does not break. The narrow
// one is so narrow in Inter that a number looks like one word.
const nbsp = "\u00a0"

func (w words) day(t time.Time) string {
	t = t.In(sandbox.Oslo)
	month := strings.Fields(w.T("months"))[t.Month()-1]
	if w.Language == spoken.English {
		return fmt.Sprintf("%d%s%s%s%d", t.Day(), nbsp, month, nbsp, t.Year())
	}
	return fmt.Sprintf("%d.%s%s%s%d", t.Day(), nbsp, month, nbsp, t.Year())
}

func (w words) date(i sandbox.Instant) string { return w.day(i.Time()) }

func (w words) clock(t time.Time) string { return t.In(sandbox.Oslo).Format(w.T("clock")) }

// number writes n with its thousands apart.
func (w words) number(n int) string {
	s := strconv.Itoa(n)
	apart := nbsp
	if w.Language == spoken.English {
		apart = ","
	}
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + apart + s[i:]
	}
	return s
}

// age tells how old a date is: in days within the first month, then in whole
// months of the calendar, counted as the 18-month rule counts them.
func (w words) age(i sandbox.Instant, m moment) string {
	switch {
	case i == 0:
		return w.T("age.none")
	case i > m.window.Now:
		return w.T("age.future")
	}
	if n := monthsOld(i, m.at); n > 0 {
		return w.T("age.months", w.number(n))
	}
	switch days := int(m.window.Now-i) / (24 * 60 * 60); days {
	case 0:
		return w.T("age.today")
	case 1:
		return w.T("age.day")
	default:
		return w.T("age.days", days)
	}
}

// monthsOld is the largest n for which i is not newer than n months before at.
func monthsOld(i sandbox.Instant, at time.Time) int {
	n := int(at.Sub(i.Time()).Hours()/(24*28)) + 1 // too many, then down
	for n > 0 && i.Time().After(sandbox.AddMonths(at, -n)) {
		n--
	}
	return n
}

// mobile groups a Norwegian number for reading; others stay as they are.
func mobile(s string) string {
	if n, ok := strings.CutPrefix(s, "+47"); ok && len(n) == 8 {
		return "+47" + nbsp + n[:3] + nbsp + n[3:5] + nbsp + n[5:]
	}
	return s
}

// list joins with commas and a word before the last.
func (w words) list(items []string) string {
	if len(items) < 2 {
		return strings.Join(items, "")
	}
	return strings.Join(items[:len(items)-1], ", ") + " " + w.T("and") + " " + items[len(items)-1]
}

// sentence gives a text a capital first letter.
func sentence(s string) string {
	for i, r := range s {
		return strings.ToUpper(string(r)) + s[i+len(string(r)):]
	}
	return s
}
