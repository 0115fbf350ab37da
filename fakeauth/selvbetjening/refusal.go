package selvbetjening

import (
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/fakeauth"
)

// refusal is the error of a request that is not carried out.
type refusal struct {
	status int
	code   string // the member error
	text   string // what is wrong and what would be right
	object string // what the field belongs to: "clientRegistration"
	field  string // the member of the body that is wrong; may be empty
	cause  error  // of a failure of our own
}

func (r *refusal) Error() string { return r.code + ": " + r.text }
func (r *refusal) Unwrap() error { return r.cause }

func refuse(status int, code, format string, args ...any) *refusal {
	return &refusal{status: status, code: code, text: mask(fmt.Sprintf(format, args...))}
}

// wrong refuses a member of a body.
func wrong(object, field, format string, args ...any) *refusal {
	r := refuse(http.StatusBadRequest, "invalid_request", format, args...)
	r.object, r.field = object, field
	return r
}

func unknown(format string, args ...any) *refusal {
	return refuse(http.StatusNotFound, "not_found", format, args...)
}

// identityNumber matches eleven digits or more, which may be a person's number.
var identityNumber = regexp.MustCompile(`[0-9]{6} ?[0-9]{5,}`)

func mask(s string) string {
	return identityNumber.ReplaceAllStringFunc(s, func(n string) string { return n[:6] + "*****" })
}

// cut keeps what is echoed short.
func cut(s string) string {
	const most = 100
	if len(s) > most {
		return s[:most] + "…"
	}
	return s
}

// errorBody is what the real API answers (observed). Which code goes with which
// fault is a guess.
type errorBody struct {
	Status        int          `json:"status"`
	Timestamp     time.Time    `json:"timestamp"`
	CorrelationID string       `json:"correlation_id"` // 32 hexadecimal digits
	Errors        []fieldError `json:"errors"`
	Error         string       `json:"error"`
	Description   string       `json:"error_description"`
}

type fieldError struct {
	Message string `json:"errorMessage"`
	IsField bool   `json:"isFieldError"`
	Object  string `json:"objectName"`
	Field   string `json:"fieldIdentifier"`
}

// fail is the one place where errors become answers.
func (a *api) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	r := asRefusal(err)
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails, see crypto/rand
	correlation := hex.EncodeToString(id[:])
	ctx := c.Request().Context()
	if r.cause != nil {
		a.Log.ErrorContext(ctx, "self-service API failed", "correlation_id", correlation, "cause", r.cause)
	}
	client, _ := c.Get(clientKey).(string)
	a.explain(ctx, fakeauth.Verdict{Refused: true, Client: client, Error: r.code, Reason: r.text, TraceID: correlation})
	if r.status == http.StatusUnauthorized {
		c.Response().Header().Set("WWW-Authenticate", "Bearer")
	}
	body := errorBody{
		Status: r.status, Timestamp: a.Now().UTC().Truncate(time.Millisecond), CorrelationID: correlation,
		Errors: []fieldError{{r.text, r.field != "", r.object, r.field}}, Error: r.code, Description: r.text,
	}
	if err := c.JSON(r.status, body); err != nil {
		a.Log.DebugContext(ctx, "caller went away", "cause", err)
	}
}

func asRefusal(err error) *refusal {
	var own *refusal
	if errors.As(err, &own) {
		return own
	}
	var routing *echo.HTTPError
	if errors.As(err, &routing) && routing.Code == http.StatusMethodNotAllowed {
		return refuse(http.StatusMethodNotAllowed, "method_not_allowed", "the path exists, but not for this method")
	}
	if errors.As(err, &routing) {
		return unknown("there is no such path; it is /clients, /scopes, /prefix or /delegationsources below one of the prefixes")
	}
	return &refusal{status: http.StatusInternalServerError, code: "server_error", text: "the sandbox failed; its log tells why", cause: err}
}
