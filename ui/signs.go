package ui

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

const signsPath = "/hjelp/tegn"

// entryKeys are typed after g.
var entryKeys = map[entry]string{entryPeople: "p", entryRequests: "f", entryToken: "t", entryOutbox: "u", entryTime: "k", entryHelp: "h"}

// signsPage explains every symbol, and what the keys do.
type signsPage struct {
	frame
	Groups []signGroup
	Rows   []keyRow
	Off    bool // whether keys do nothing
}

// signGroup is symbols that belong together.
type signGroup struct {
	Name, Title string
	Signs       []sign
}

// sign is a symbol with its word and what it says: an icon, a dial or a mark of
// the timeline.
type sign struct {
	Icon, Class, Mark string
	Dial              *dial
	Word, Means       string
}

// keyRow is what keys do, one after the other or either of them.
type keyRow struct {
	Keys  []string
	Does  string
	After bool // whether the second is typed after the first
}

func (s *site) listSigns(c echo.Context) error {
	f := s.frame(c.Request(), s.moment())
	f.Entry, f.Page, f.Title = entryHelp, signsPath, f.T("signs.title")
	return s.render(c, http.StatusOK, "tegn", signsPage{frame: f, Groups: f.signGroups(), Rows: f.keyRows(), Off: !f.KeysOn})
}

// signGroups are the symbols in the order of the states.
func (w words) signGroups() []signGroup {
	dialled := func(word, means, state string, share float64) sign {
		d := dial{State: state, Whole: share == 1}
		if share > 0 && share < 1 {
			d.Share = sector(8, 8, 5.75, share)
		}
		return sign{Dial: &d, Word: word, Means: w.T("signs." + means)}
	}
	drawn := func(icon, class, word, means string) sign {
		return sign{Icon: icon, Class: class, Word: sentence(w.T(word)), Means: w.T("signs." + means)}
	}
	marked := func(mark, word, means string) sign {
		return sign{Mark: mark, Word: sentence(w.T(word)), Means: w.T("signs." + means)}
	}
	months := func(n string) string { return w.T("age.months", n) }
	return []signGroup{
		{"kanaler", w.T("signs.channels"), []sign{
			dialled(w.T("age.today"), "whole", "fresh", 1), dialled(months("3"), "most", "fresh", 15./18), dialled(months("12"), "third", "fresh", 6./18),
			dialled(months("17"), "ending", "expiring", 1./18), dialled(months("20"), "gone", "expired", 0), dialled(w.T("missing"), "dashed", "missing", 0),
			{Icon: "shared", Word: w.T("shared"), Means: w.T("signs.same")},
		}},
		{"personer", w.T("signs.people"), []sign{
			drawn("ok", "ok", "can", "can"), drawn("no", "bad", "cannot", "cannot"), drawn("reserved", "", "not.reserved", "paper"),
			drawn("deleted", "", "not.deleted", "deleted"), drawn("unregistered", "", "not.registered", "unregistered"),
		}},
		{"kontroller", w.T("signs.checks"), []sign{
			drawn("passed", "passed", "signs.passed", "fine"), drawn("failed", "failed", "signs.failed", "stopped"), drawn("unreached", "unreached", "signs.unreached", "never"),
			drawn("guess", "", "signs.guess", "unsaid"), drawn("clock", "", "signs.unreal", "moved"),
		}},
		{"tidslinje", w.T("signs.timeline"), []sign{
			marked("square", "updated", "counts"), marked("disc", "confirmed", "counts"), marked("diamond", "validated", "uncounted"),
		}},
	}
}

// keyRows are what the keys do.
func (w words) keyRows() []keyRow {
	rows := []keyRow{
		{Keys: []string{"/"}, Does: w.T("keys.search")}, {Keys: []string{"j", "k"}, Does: w.T("keys.walk")}, {Keys: []string{"Enter"}, Does: w.T("keys.open")},
		{Keys: []string{"o"}, Does: w.T("keys.panel")}, {Keys: []string{"c"}, Does: w.T("keys.number")}, {Keys: []string{"y"}, Does: w.T("keys.call")},
		{Keys: []string{"f"}, Does: w.T("keys.filter")}, {Keys: []string{"x"}, Does: w.T("keys.chip")},
	}
	for _, e := range menu {
		if key := entryKeys[e.entry]; key != "" {
			rows = append(rows, keyRow{Keys: []string{"g", key}, Does: w.T("keys.to", w.T("nav."+string(e.entry))), After: true})
		}
	}
	return append(rows, keyRow{Keys: []string{"?"}, Does: w.T("keys.list")}, keyRow{Keys: []string{"Esc"}, Does: w.T("keys.escape")})
}
