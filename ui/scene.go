package ui

import (
	"fmt"
	"maps"
	"net/http"
	"slices"
	"strconv"
	"unicode/utf8"

	"github.com/labstack/echo/v4"

	"liksom/generator/catalogue"
	"liksom/sandbox"
)

// scenePage is one edge case.
type scenePage struct {
	frame
	Scene            catalogue.Scene
	Back             string
	Next             link
	Elsewhen         string
	Mark             judgement
	Versions, Scopes []option // Value is the URL
	Persons          []castPerson
	More             link // to all persons, where there are many
	Calls            []castCall
}

// castPerson is a person with what is expected and what is answered.
type castPerson struct {
	words
	Place    string // among the entry's persons
	ID, Name string
	URL      string
	Mark     judgement
	LeftOut  bool // whether nothing is to be answered
	Wanted   []castWord
	Unwanted []string // what the answer holds beside
	Values   []fact
	Answer   answer
}

// castWord is something that the answer must hold, and whether it does.
type castWord struct {
	Word   string
	Absent bool
}

// castCall is a request to make.
type castCall struct {
	Title, Line, Body, Expected string
}

func (s *site) showScene(c echo.Context) error {
	i := slices.IndexFunc(s.cast, func(scene catalogue.Scene) bool { return scene.Slug == c.Param("slug") })
	if i < 0 {
		return echo.ErrNotFound
	}
	scene, m := s.cast[i], s.moment()
	f := s.frame(c.Request(), m)
	f.Entry, f.Page, f.Title = entryPeople, castPath, scene.Title
	version, scope := 2, catalogue.Both
	if c.QueryParam("ver") == "v1" {
		version = 1
	}
	if asked := catalogue.Scope(c.QueryParam("scope")); slices.Contains(catalogue.Scopes, asked) {
		scope = asked
	}
	page := scenePage{
		frame: f, Scene: scene, Back: castPath + "#" + scene.Slug, Elsewhen: s.elsewhen(f.words, m), Mark: s.mark(f.words, scene),
		Versions: f.castVersions(scene, version, scope), Scopes: f.castScopes(scene, version, scope),
		Persons: s.castPersons(f.words, scene, version, scope, m, c.Request()), Calls: f.castCalls(scene),
	}
	if n := len(scene.Persons) - len(page.Persons); n > 0 {
		page.More = link{searchURL{q: scene.Slug}.String(), f.T("cast.all", f.number(len(scene.Persons)))}
	}
	if i+1 < len(s.cast) {
		page.Next = link{castPath + "/" + s.cast[i+1].Slug, s.cast[i+1].Title}
	}
	return s.render(c, http.StatusOK, "scene", page)
}

// castOf leads from a person to its edge case.
func (s *site) castOf(w words, r sandbox.Record) link {
	i := slices.IndexFunc(s.cast, func(scene catalogue.Scene) bool { return scene.Slug == r.Scenario() })
	if i < 0 {
		return link{}
	}
	return link{castPath + "/" + s.cast[i].Slug, w.T("cast.of", s.cast[i].Title)}
}

func sceneURL(scene catalogue.Scene, version int, scope catalogue.Scope) string {
	u := personURL{version: version, scope: string(scope)}
	return castPath + "/" + scene.Slug + u.choice()
}

func (w words) castVersions(scene catalogue.Scene, version int, scope catalogue.Scope) []option {
	var out []option
	for _, v := range []int{2, 1} {
		out = append(out, option{Value: sceneURL(scene, v, scope), Label: "v" + strconv.Itoa(v), Chosen: v == version})
	}
	return out
}

func (w words) castScopes(scene catalogue.Scene, version int, scope catalogue.Scope) []option {
	var out []option
	for _, s := range catalogue.Scopes {
		out = append(out, option{Value: sceneURL(scene, version, s), Label: w.T("scope." + string(s)), Chosen: s == scope})
	}
	return out
}

// castPersons shows the first ten, which is all but for crowds.
func (s *site) castPersons(w words, scene catalogue.Scene, version int, scope catalogue.Scope, m moment, r *http.Request) []castPerson {
	const most = 10
	var out []castPerson
	for i, p := range scene.Persons[:min(most, len(scene.Persons))] {
		u := personURL{id: p.ID, version: version, scope: string(scope)}
		record, x := s.register.Person(p.ID), scene.Expected[i]
		shown := castPerson{words: w, Place: strconv.Itoa(i + 1), ID: p.ID.Digits(), Name: p.ID.Digits(), URL: u.String()}
		if record.Exists() {
			shown.Name, shown.Answer = fullName(record), s.answerView(w, record, m, u, r)
		}
		shown.Mark = judgement{true, s.asExpected(x, p.ID, version, scope), w.T("cast.differs")}
		if shown.Mark.OK {
			shown.Mark.Word = w.T("cast.same")
		}
		shown.compare(x, version, scope)
		out = append(out, shown)
	}
	return out
}

// compare puts what is expected beside what is answered.
func (p *castPerson) compare(x catalogue.Expected, version int, scope catalogue.Scope) {
	wanted, told := x.Words(version, scope)
	p.LeftOut = !told
	var got []string
	if p.Answer.JSON != "" {
		var err error
		if got, err = catalogue.Words([]byte(p.Answer.JSON)); err != nil {
			p.Unwanted = []string{err.Error()}
		}
	}
	for _, word := range wanted {
		p.Wanted = append(p.Wanted, castWord{word, !slices.Contains(got, word)})
	}
	for _, word := range got {
		if !slices.Contains(wanted, word) {
			p.Unwanted = append(p.Unwanted, word)
		}
	}
	values := x.Values()
	for _, member := range slices.Sorted(maps.Keys(values)) {
		if told && catalogue.Told(member, wanted) {
			p.Values = append(p.Values, fact{Label: member, Value: values[member]})
		}
	}
}

func (w words) castCalls(scene catalogue.Scene) []castCall {
	var out []castCall
	for _, r := range scene.Requests {
		r = scene.Filled(r)
		call := castCall{Title: r.Title, Line: r.Method + " " + r.Path, Body: cutMiddle(string(r.Body)), Expected: strconv.Itoa(r.Status)}
		if r.Code != "" {
			call.Expected += " " + r.Code
		}
		if r.Count != nil {
			call.Expected += ", " + w.T("cast.count", *r.Count)
		}
		out = append(out, call)
	}
	return out
}

// cutMiddle leaves the ends of a long body.
func cutMiddle(body string) string {
	const most, end = 400, 60
	if len(body) <= most {
		return body
	}
	head, tail := body[:most-end], body[len(body)-end:]
	for !utf8.ValidString(tail) {
		tail = tail[1:]
	}
	return fmt.Sprintf("%s … %s", head, tail)
}
