package ui

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// Explanation is what is said of an assertion or an access token.
type Explanation struct {
	Token          bool // an access token, not an assertion
	Header, Claims json.RawMessage
	Checks         []Check
}

// Check is one rule and how it ended. The texts are those of the real server and
// of the journal, in English.
type Check struct {
	Name                string
	Outcome             string // pass, fail, skipped
	Status              int
	Code, Error         string
	Description, Reason string
}

// explainPage shows a JWT decoded, and how each check ends.
type explainPage struct {
	frame
	Typed          string
	Verdict        *verdict
	Answer         string // the error body in short, in English
	Header, Claims []jsonPart
	Checks         []checkRow
}

// checkRow is a check as it is shown.
type checkRow struct {
	Mark, MarkText, Name, Code, Reason string
}

func (s *site) askExplain(c echo.Context) error { return s.explain(c, "") }

func (s *site) doExplain(c echo.Context) error {
	form, err := readForm(c)
	if err != nil {
		return err
	}
	return s.explain(c, strings.TrimPrefix(form.Get("assertion"), "Bearer "))
}

func (s *site) explain(c echo.Context, text string) error {
	page := explainPage{frame: s.tokenFrame(c.Request(), explainPath, "explain.title"), Typed: text}
	page.Here = explainPath
	if text != "" {
		page.show(s.tokens.Explain(c.Request(), text))
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return s.render(c, http.StatusOK, "forklar", page)
}

func (p *explainPage) show(e Explanation) {
	p.Header, p.Claims = pretty(e.Header), pretty(e.Claims)
	marks := map[string]string{"pass": "passed", "fail": "failed", "skipped": "unreached"}
	kind := "assertion"
	if e.Token {
		kind = "token"
	}
	p.Verdict = &verdict{true, p.T("explain." + kind + ".ok"), p.T("explain." + kind + ".ok.text")}
	for _, check := range e.Checks {
		mark := marks[check.Outcome]
		p.Checks = append(p.Checks, checkRow{mark, p.T("explain." + mark), p.checkName(check.Name), check.Code, check.Reason})
		if check.Outcome == "fail" && p.Verdict.OK {
			lead := p.T("explain.refused", p.checkName(check.Name))
			if check.Code != "" {
				lead = p.T("explain.refused.code", check.Code, p.checkName(check.Name))
			}
			p.Verdict = &verdict{false, lead, p.T("explain." + kind + ".bad")}
			p.Answer = strings.TrimSuffix(strings.Join([]string{strconv.Itoa(check.Status), check.Error, check.Description}, " · "), " · ")
		}
	}
}

// checkName is what a check is called; new ones by the name that programs use.
func (w words) checkName(name string) string {
	if _, ok := texts["check."+name]; ok {
		return w.T("check." + name)
	}
	return name
}
