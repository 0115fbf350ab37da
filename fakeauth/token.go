package fakeauth

import (
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"
)

// maxBody caps the body of a token request, in bytes.
const maxBody = 64 << 10

const formType = "application/x-www-form-urlencoded"

// token answers POST /token, and gives one verdict whatever the outcome.
func (m *maskinporten) token(c echo.Context) error {
	r := c.Request()
	state := &session{exchange: m.begin(m.cfg.Issuer(r))}
	verdict := Verdict{TraceID: newTraceID()}
	err := m.exchange(c, state)
	if state.assertion != nil {
		verdict.Client = mask(clip(state.assertion.claims.issuer))
	}
	if err != nil {
		refused := asRefusal(err)
		refused.trace = verdict.TraceID
		verdict.Refused, verdict.Code, verdict.Error, verdict.Reason, verdict.Guessed = true, refused.code, refused.err, refused.reason, refused.guess
		m.conclude(r.Context(), verdict)
		return refused
	}
	verdict.Reason = mask(strings.Join(append([]string{"issued a token for scope " + quote(state.answer.Scope)}, state.notes...), "; "))
	m.conclude(r.Context(), verdict)
	return writeJSON(c.Response(), http.StatusOK, state.answer)
}

// exchange turns a form into the answer of the session. fosite gets a request of
// its own that holds the form and nothing else: credentials in headers and
// cookies mean nothing here.
func (m *maskinporten) exchange(c echo.Context, state *session) error {
	form, err := readForm(c.Response(), c.Request())
	if err != nil {
		return err
	}
	state.misplaced = misplaced(c.Request().Header, form)
	form = url.Values{"grant_type": form["grant_type"], "assertion": form["assertion"]}
	if err := checkForm(form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	bare := &http.Request{Method: http.MethodPost, Header: http.Header{}, Form: form, PostForm: form}
	request, err := m.provider.NewAccessRequest(ctx, bare, state)
	if err != nil {
		return err
	}
	_, err = m.provider.NewAccessResponse(ctx, request)
	return err
}

// readForm reads the body. If that is empty, the query holds the form: at least
// one client in production does so (observed).
func readForm(w http.ResponseWriter, r *http.Request) (url.Values, error) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, refuse(wrongMethod, "the method is %s; a token is asked for with POST", quote(r.Method))
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	var tooLarge *http.MaxBytesError
	if errors.As(err, &tooLarge) {
		return nil, refuse(bodyTooLarge, "the body has more than %d bytes", maxBody)
	}
	if err != nil {
		return nil, refuse(notAForm, "the body ended before its time")
	}
	text := r.URL.RawQuery
	if len(body) > 0 {
		text = string(body)
		if media, _, err := mime.ParseMediaType(r.Header.Get(echo.HeaderContentType)); err != nil || media != formType {
			return nil, refuse(notAForm, "Content-Type is %s; it must be %s", quote(r.Header.Get(echo.HeaderContentType)), formType)
		}
	}
	form, err := url.ParseQuery(text)
	if err != nil {
		return nil, refuse(notAForm, "the form cannot be read: %s", clip(err.Error()))
	}
	return form, nil
}

// misplaced names what belongs into the assertion and was sent beside it, where
// it means nothing.
func misplaced(header http.Header, form url.Values) []string {
	var found []string
	for _, name := range []string{"scope", "consumer_org"} {
		if form.Has(name) {
			found = append(found, "form field "+name)
		}
		if header.Get(name) != "" {
			found = append(found, "HTTP header "+name)
		}
	}
	return found
}

// checkForm demands the one grant, once.
func checkForm(form url.Values) error {
	for name, values := range form {
		if len(values) > 1 {
			return refuse(repeatedParameter, "the parameter %s is given %d times", name, len(values))
		}
	}
	switch grant := form.Get("grant_type"); grant {
	case jwtBearer:
		return nil
	case "":
		return refuse(missingGrantType, "the parameter grant_type is missing; it must be %s, in the form or in the query, not in JSON", quote(jwtBearer))
	default:
		return refuse(unknownGrantType, "grant_type is %s; Maskinporten has only %s", quote(grant), quote(jwtBearer))
	}
}
