package ui

import (
	"regexp"
	"strings"

	"liksom/sandbox"
)

// hitList is the list of hits, as the page shows it and as JSON.
type hitList struct {
	Query string `json:"q"`
	Total int    `json:"treff"`
	Of    int    `json:"av"`
	Hits  []hit  `json:"personer"`
	Next  string `json:"neste,omitempty"` // the following page, as JSON too
}

// hit is one row of the list.
type hit struct {
	ID       string      `json:"personidentifikator"`
	Name     string      `json:"navn"`
	Identity string      `json:"om,omitempty"` // age, sex
	Panel    string      `json:"-"`            // URL with the person in the panel
	Page     string      `json:"-"`            // URL of the person's own page
	Chosen   bool        `json:"-"`
	Notice   noticeView  `json:"varsling"`
	Email    channelView `json:"epost"`
	Mobile   channelView `json:"mobil"`
	Mailbox  mailboxView `json:"postkasse"`
}

func (w words) hitList(a sought, m moment) hitList {
	list := hitList{Query: a.shown, Total: a.found.Total, Of: a.found.Of, Hits: []hit{}}
	var chosen sandbox.PersonID
	if len(a.found.Persons) > 0 {
		chosen = a.found.Persons[0].ID()
	}
	if !a.url.chosen.IsZero() {
		chosen = a.url.chosen
	}
	for _, r := range a.found.Persons {
		list.Hits = append(list.Hits, w.hit(r, m, a.url, r.ID() == chosen))
	}
	return list
}

func (w words) hit(r sandbox.Record, m moment, u searchURL, chosen bool) hit {
	c := channels(r, m.window)
	panel := u
	panel.chosen = r.ID()
	return hit{
		ID: r.ID().Digits(), Name: fullName(r), Identity: strings.Join(w.identity(r, m), " · "),
		Panel: panel.String(), Page: personURL{id: r.ID(), q: u.q}.String(), Chosen: chosen,
		Notice: w.noticeView(r, m), Email: w.channelView(c[0], m), Mobile: w.channelView(c[1], m),
		Mailbox: w.mailboxView(r.Mailbox()),
	}
}

// sortView is the link of a column's head.
type sortView struct {
	URL, Label string
	By         string // what a click does, spoken
	Order      string // ascending or descending, as aria-sort has it; "" when another column orders
}

// sortable are the heads with the field that each orders by.
var sortable = []struct{ field, text, by string }{
	{"etternavn", "col.person", "sort.name"}, {"alder", "sort.age", "sort.age"}, {"epostSistVerifisert", "email", "sort.confirmed"}, {"mobilSistVerifisert", "mobile", "sort.confirmed"},
}

// sorts are the links by field: the first click ascends, the second descends,
// and the third takes the order away.
func (w words) sorts(u searchURL) map[string]sortView {
	all := map[string]sortView{}
	for _, s := range sortable {
		v, to := sortView{Label: w.T(s.text), By: w.T("sort.by", w.T(s.by))}, u.anew(u.q)
		switch {
		case u.sample > 0: // drawn hits have no order
			to.sort = s.field
		case u.sort == s.field:
			v.Order, to.sort = "ascending", "-"+s.field
		case u.sort == "-"+s.field:
			v.Order, to.sort = "descending", ""
		default:
			to.sort = s.field
		}
		v.URL = to.String()
		all[s.field] = v
	}
	return all
}

// kqlPart is a piece of a query with what it is: a field, a keyword or neither.
type kqlPart struct{ Text, Class string }

var kqlPiece = regexp.MustCompile(`"(?:\\.|[^"\\])*"|\\.|\b(?:and|or|not|to)\b|[\pL_.]+(?::| ?[<>])`)

// kqlParts takes a canonical query apart for colouring.
func kqlParts(q string) []kqlPart {
	var parts []kqlPart
	at := 0
	for _, m := range kqlPiece.FindAllStringIndex(q, -1) {
		piece, class := q[m[0]:m[1]], ""
		switch piece[len(piece)-1] {
		case ':', '<', '>':
			piece, class = strings.TrimRight(piece, " :<>"), "key"
		case '"':
		default:
			if piece[0] != '\\' {
				class = "keyword"
			}
		}
		if class == "" {
			continue
		}
		parts = append(parts, kqlPart{q[at:m[0]], ""}, kqlPart{piece, class})
		at = m[0] + len(piece)
	}
	return append(parts, kqlPart{q[at:], ""})
}
