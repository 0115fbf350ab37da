package ui

import (
	"errors"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

const numberPath = "/hjelp/nummer"

// numberField is the form's field; its value stays out of the address, since
// somebody may type a real number.
const numberField = "nummer"

// numberPage says what an identity number is, or which rule it breaks.
type numberPage struct {
	frame
	Typed   string // shown again only where nobody real can have it
	Verdict *verdict
	Facts   []fact
	Person  link // the person who has the number; no URL when there is none
}

func (s *site) askNumber(c echo.Context) error { return s.number(c, "") }

func (s *site) judgeNumber(c echo.Context) error {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		return echo.ErrBadRequest
	}
	return s.number(c, cut(strings.ReplaceAll(r.PostForm.Get(numberField), " ", "")))
}

func (s *site) number(c echo.Context, typed string) error {
	f := s.frame(c.Request(), s.moment())
	f.Entry, f.Page, f.Title, f.Here = entryHelp, numberPath, f.T("number.title"), numberPath
	page := numberPage{frame: f}
	if typed != "" {
		found := sandbox.Find(typed)
		v := f.numberVerdict(found)
		page.Verdict, page.Facts = &v, f.numberFacts(found)
		if found.ID.Synthetic() {
			page.Typed = typed
			if r := s.register.Person(found.ID); r.Exists() {
				page.Person = link{personURL{id: found.ID, version: 2, scope: scopeBoth}.String(), f.T("number.person", fullName(r))}
			}
		}
	}
	return s.render(c, http.StatusOK, "nummer", page)
}

func (w words) numberVerdict(f sandbox.Finding) verdict {
	switch {
	case errors.Is(f.Fault, sandbox.ErrIDShape):
		return verdict{false, w.T("number.bad"), w.T("number.shape")}
	case errors.Is(f.Fault, sandbox.ErrIDChecksum) && f.Expected == "":
		return verdict{false, w.T("number.bad"), w.T("number.impossible")}
	case errors.Is(f.Fault, sandbox.ErrIDChecksum):
		return verdict{false, w.T("number.bad"), w.T("number.checksum", f.Expected)}
	case f.Fault != nil:
		return verdict{false, w.T("number.bad"), w.T("number.date")}
	case !f.ID.Synthetic():
		return verdict{false, w.T("number.real"), w.T("number.real.text")}
	case f.Rule2032:
		return verdict{true, w.T("number.good"), w.T("number.2032")}
	}
	return verdict{true, w.T("number.good"), w.T("number.1964")}
}

func (w words) numberFacts(f sandbox.Finding) []fact {
	if errors.Is(f.Fault, sandbox.ErrIDShape) {
		return nil
	}
	shown := masked(f.Masked)
	if f.ID.Synthetic() {
		shown = f.ID.Digits()
	}
	facts := []fact{{Label: w.T("number"), Value: shown}}
	if f.Fault == nil {
		facts = append(facts, fact{Label: w.T("identifier"), Value: w.numberKind(f.ID), More: w.series(f.ID)})
	}
	if !f.Birth.IsZero() {
		facts = append(facts, fact{Label: w.T("born"), Value: w.day(f.Birth.Midnight())})
	}
	if f.Sex != sandbox.SexUnknown {
		facts = append(facts, fact{Label: w.T("sex"), Value: f.Sex.String()})
	}
	return facts
}
