package admin

import (
	"encoding/json"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

// Problem is the error answer of this API. Source: RFC 9457.
type Problem struct {
	Title  string `json:"title"`
	Status int    `json:"status"`
	Detail string `json:"detail,omitempty"` // what was wrong and what would be right
	Code   string `json:"code,omitempty"`   // stable, for programs

	Position   *int   `json:"position,omitempty" description:"of a fault in q: the first character, counted from 0"`
	Length     int    `json:"length,omitempty" description:"of the fault, in characters"`
	Suggestion string `json:"suggestion,omitempty" description:"what could stand there instead"`
}

var statusOfKind = map[sandbox.Kind]int{
	sandbox.Internal:    http.StatusInternalServerError,
	sandbox.Invalid:     http.StatusBadRequest,
	sandbox.NotFound:    http.StatusNotFound,
	sandbox.Conflict:    http.StatusConflict,
	sandbox.Unavailable: http.StatusServiceUnavailable,
}

// problemOf turns any error into an answer; what is not made to be shown
// becomes a bare 500.
func problemOf(err error) Problem {
	var known *sandbox.Error
	if errors.As(err, &known) && known.Kind != sandbox.Internal {
		status := statusOfKind[known.Kind]
		p := Problem{Title: http.StatusText(status), Status: status, Detail: known.Text, Code: known.Code}
		var inQuery *query.Error
		if errors.As(err, &inQuery) {
			return problemOfQuery(p, inQuery)
		}
		return p
	}
	var routed *echo.HTTPError
	if errors.As(err, &routed) {
		detail, _ := routed.Message.(string)
		switch {
		case errors.Is(err, echo.ErrNotFound): // by the router: ours are known
			detail = "there is nothing here; GET " + prefix + "/openapi.json tells what there is"
		case detail == http.StatusText(routed.Code):
			detail = ""
		}
		return Problem{Title: http.StatusText(routed.Code), Status: routed.Code, Detail: detail}
	}
	return Problem{Title: http.StatusText(http.StatusInternalServerError), Status: http.StatusInternalServerError}
}

func (a *api) writeError(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	p := problemOf(err)
	if p.Status >= http.StatusInternalServerError {
		a.c.Log.ErrorContext(c.Request().Context(), "control API failed", "path", sandbox.MaskIDs(c.Request().URL.Path), "cause", err)
	}
	body, err := json.Marshal(p)
	if err != nil {
		body = []byte(`{"status":500}`)
	}
	if err := c.Blob(p.Status, "application/problem+json", body); err != nil {
		a.c.Log.DebugContext(c.Request().Context(), "caller went away", "cause", err)
	}
}

func invalid(code, text string) error {
	return &sandbox.Error{Kind: sandbox.Invalid, Code: code, Text: text}
}

func notFound(code, text string) error {
	return &sandbox.Error{Kind: sandbox.NotFound, Code: code, Text: text}
}

func conflict(code, text string) error {
	return &sandbox.Error{Kind: sandbox.Conflict, Code: code, Text: text}
}
