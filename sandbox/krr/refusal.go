package krr

import (
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"liksom/sandbox"
)

// kind is a sort of refusal; the table below gives each its answer.
type kind uint8

const (
	missingToken kind = iota
	badToken
	missingScope
	unknownPath
	retiredPath
	wrongMethod
	impossibleAccept
	wrongContentType
	tooLarge
	unreadableBody
	wrongType
	wrongCount
	malformedID
	badLanguage
	languageTaken
	notKept
)

type kindOf struct {
	status       int
	rule, title  string
	authenticate string // WWW-Authenticate; source: RFC 6750 section 3
}

// kinds is the one place where refusals get their status and words. The
// documents name 400, 401 and 403 and show no body of them: titles are guesses.
var kinds = [...]kindOf{
	missingToken:     {http.StatusUnauthorized, "token.missing", "Missing or invalid access token", `Bearer`},
	badToken:         {http.StatusUnauthorized, "token.invalid", "Missing or invalid access token", `Bearer error="invalid_token"`},
	missingScope:     {http.StatusForbidden, "scope.missing", "No krr scope in the token", `Bearer error="insufficient_scope"`},
	unknownPath:      {http.StatusNotFound, "path.unknown", "No such resource", ""},
	retiredPath:      {http.StatusNotFound, "path.retired", "No such resource", ""},
	wrongMethod:      {http.StatusMethodNotAllowed, "method.wrong", "Method not allowed", ""},
	impossibleAccept: {http.StatusNotAcceptable, "accept.impossible", "Not acceptable", ""},
	wrongContentType: {http.StatusUnsupportedMediaType, "content_type.wrong", "Unsupported media type", ""},
	tooLarge:         {http.StatusRequestEntityTooLarge, "body.large", "Request body too large", ""},
	unreadableBody:   {http.StatusBadRequest, "body.unreadable", "Unreadable request body", ""},
	wrongType:        {http.StatusBadRequest, "body.type", "Invalid value", ""},
	wrongCount:       {http.StatusBadRequest, "ids.count", "Wrong number of identifiers", ""},
	malformedID:      {http.StatusBadRequest, "id.malformed", "Invalid identifier", ""},
	badLanguage:      {http.StatusUnprocessableEntity, "language.unknown", "Invalid value", ""},
	languageTaken:    {http.StatusConflict, "language.taken", "The language cannot be set", ""},
	notKept:          {http.StatusServiceUnavailable, "change.lost", "Not available", ""},
}

// refusal is why a request is not answered; made afresh each time.
type refusal struct {
	kind    kind
	detail  string // for the caller; may be empty
	pointer string // to the value at fault; may be empty
	reason  string // for [Verdict.Reason]
}

// refuse explains and writes a refusal.
func (a *API) refuse(w http.ResponseWriter, r *http.Request, v Verdict, f *refusal) {
	k := kinds[f.kind]
	v.Refused, v.Rule, v.Reason = true, k.rule, sandbox.MaskIDs(f.reason)
	a.explain(r.Context(), v)
	fault := Error{Status: strconv.Itoa(k.status), Title: k.title, Detail: f.detail}
	if f.pointer != "" {
		fault.Source = &ErrorSource{f.pointer}
	}
	body, err := json.Marshal(ErrorAnswer{[]Error{fault}})
	if err != nil {
		a.log.ErrorContext(r.Context(), "encoding a refusal failed", "cause", err)
	}
	if k.authenticate != "" {
		w.Header().Set("WWW-Authenticate", k.authenticate)
	}
	a.write(w, r, k.status, body)
}

// answerHeaders are on every answer, as observed at the test API, but for
// Strict-Transport-Security, which a browser would keep for the whole of
// localhost. The slices are shared and never written to.
var answerHeaders = []struct {
	name  string // in canonical form
	value []string
}{
	{"Content-Type", []string{"application/json"}},
	{"Cache-Control", []string{"no-cache, no-store, max-age=0, must-revalidate"}},
	{"Expires", []string{"0"}},
	{"Pragma", []string{"no-cache"}},
	{"X-Content-Type-Options", []string{"nosniff"}},
	{"X-Frame-Options", []string{"DENY"}},
	{"X-Xss-Protection", []string{"0"}},
}

func setAnswerHeaders(h http.Header) {
	for _, one := range answerHeaders {
		h[one.name] = one.value
	}
}

// write writes an answer as JSON.
func (a *API) write(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	setAnswerHeaders(w.Header())
	a.send(w, r, status, body)
}

// writeAnswer writes what an operation has answered, in the form asked for.
func (a *API) writeAnswer(w http.ResponseWriter, r *http.Request, s *scratch) {
	h, body, status := w.Header(), s.out, http.StatusOK
	setAnswerHeaders(h)
	if s.status == http.StatusNoContent {
		h.Del("Content-Type")
		w.WriteHeader(s.status)
		return
	}
	err := s.failed
	if err == nil && s.signed {
		if body, err = a.signer.sign(body); err == nil {
			h.Set("Content-Type", contentJOSE)
		}
	}
	if err == nil && len(body) >= worthGzip && takesGzip(r.Header) {
		if body, err = s.compress(body); err == nil {
			h.Set("Content-Encoding", "gzip")
		}
	}
	if err != nil { // a key that was checked at start, a document that tests have made, and memory
		a.log.ErrorContext(r.Context(), "forming an answer failed", "cause", err)
		status, body = http.StatusInternalServerError, []byte(`{"errors":[{"status":"500","title":"Internal Server Error"}]}`)
	}
	a.send(w, r, status, body)
}

func (a *API) send(w http.ResponseWriter, r *http.Request, status int, body []byte) {
	w.Header()["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	if _, err := w.Write(body); err != nil {
		a.log.DebugContext(r.Context(), "caller went away", "cause", err)
	}
}

// quoted shows a caller's text in a reason: short, printable, masked.
func quoted(s string) string {
	const most = 80
	s = sandbox.MaskIDs(s)
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return strconv.Quote(s)
}
