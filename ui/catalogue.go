package ui

import (
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/generator/catalogue"
	"liksom/sandbox"
)

const castPath = "/testpersoner"

// castPage is all edge cases, by group, with what is expected beside what KRR
// answers now.
type castPage struct {
	frame
	Good, All int
	Elsewhen  string // what to know when the clock is not on the reference date
	Groups    []castGroup
}

type castGroup struct {
	Letter, Title string
	Scenes        []castLine
}

// castLine is one edge case.
type castLine struct {
	URL, Slug, Title, Purpose string
	Persons                   []link
	More                      int      // persons beside those
	Calls                     int      // requests to make
	Wanted, Got               []string // what distinguishes the answers, of both scopes in version 2
	Mark                      judgement
}

// judgement tells whether the answers are as expected; of an edge case without
// persons it says nothing.
type judgement struct {
	Judged, OK bool
	Word       string
}

func (s *site) listCast(c echo.Context) error {
	m := s.moment()
	f := s.frame(c.Request(), m)
	f.Entry, f.Page, f.Title = entryPeople, castPath, f.T("cast.title")
	page := castPage{frame: f, All: len(s.cast), Elsewhen: s.elsewhen(f.words, m)}
	for _, scene := range s.cast {
		if last := len(page.Groups) - 1; last < 0 || page.Groups[last].Letter != scene.Group.Letter {
			page.Groups = append(page.Groups, castGroup{Letter: scene.Group.Letter, Title: scene.Group.Title})
		}
		line := s.castLine(f.words, scene)
		if !line.Mark.Judged || line.Mark.OK {
			page.Good++
		}
		g := &page.Groups[len(page.Groups)-1]
		g.Scenes = append(g.Scenes, line)
	}
	return s.render(c, http.StatusOK, "cast", page)
}

// elsewhen says that the expectations hold on another day than the clock's.
func (s *site) elsewhen(w words, m moment) string {
	if len(s.cast) == 0 || sandbox.DateOf(s.cast[0].At.Time()) == sandbox.DateOf(m.at) {
		return ""
	}
	return w.T("cast.elsewhen", w.date(s.cast[0].At))
}

func (s *site) castLine(w words, scene catalogue.Scene) castLine {
	const few = 3
	l := castLine{
		URL: castPath + "/" + scene.Slug, Slug: scene.Slug, Title: scene.Title, Purpose: scene.Purpose,
		Calls: len(scene.Requests), More: max(0, len(scene.Persons)-few), Mark: s.mark(w, scene),
	}
	for i, p := range scene.Persons {
		wanted, _ := scene.Expected[i].Words(2, catalogue.Both)
		l.Wanted = distinct(l.Wanted, w.gist(wanted))
		l.Got = distinct(l.Got, w.gist(s.wordsNow(p.ID)))
		if i < few {
			l.Persons = append(l.Persons, link{personURL{id: p.ID, version: 2, scope: scopeBoth}.String(), p.ID.Digits()})
		}
	}
	return l
}

// mark compares the answers of all persons in both versions under every scope.
func (s *site) mark(w words, scene catalogue.Scene) judgement {
	if len(scene.Persons) == 0 {
		return judgement{Word: w.T("cast.calls")}
	}
	for i, p := range scene.Persons {
		for version := 1; version <= 2; version++ {
			for _, scope := range catalogue.Scopes {
				if !s.asExpected(scene.Expected[i], p.ID, version, scope) {
					return judgement{true, false, w.T("cast.differs")}
				}
			}
		}
	}
	return judgement{true, true, w.T("cast.same")}
}

func (s *site) asExpected(x catalogue.Expected, id sandbox.PersonID, version int, scope catalogue.Scope) bool {
	content, ok := s.answer(id, version, scope.Rights())
	if !ok {
		content = nil
	}
	return len(x.Faults(version, scope, content)) == 0
}

// wordsNow is what KRR version 2 tells of a person to a token with both scopes.
func (s *site) wordsNow(id sandbox.PersonID) []string {
	content, ok := s.answer(id, 2, catalogue.Both.Rights())
	if !ok {
		return nil
	}
	told, err := catalogue.Words(content)
	if err != nil {
		return []string{err.Error()}
	}
	return told
}

// gist is status, reservation and varslingsstatus.
func (w words) gist(told []string) string {
	if told == nil {
		return w.T("cast.leftout")
	}
	var gist []string
	for _, word := range told {
		if word == strings.ToUpper(word) || word == "reservasjon=JA" {
			gist = append(gist, word)
		}
	}
	return strings.Join(gist, " · ")
}

func distinct(list []string, s string) []string {
	if slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}
