package idporten

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"slices"

	"github.com/labstack/echo/v4"
	"github.com/ory/fosite"

	"liksom/fakeauth"
)

// The response modes that put the whole answer into a JWT. Source: the discovery
// document; JARM (OpenID Foundation) for the shape.
const (
	modeQueryJWT    fosite.ResponseModeType = "query.jwt"
	modeFormPostJWT fosite.ResponseModeType = "form_post.jwt"
)

// jwtModes makes the modes known to fosite, which writes nothing here.
type jwtModes struct{}

func (jwtModes) ResponseModes() fosite.ResponseModeTypes {
	return fosite.ResponseModeTypes{modeQueryJWT, modeFormPostJWT}
}

func (jwtModes) WriteAuthorizeResponse(context.Context, http.ResponseWriter, fosite.AuthorizeRequester, fosite.AuthorizeResponder) {
}

func (jwtModes) WriteAuthorizeError(context.Context, http.ResponseWriter, fosite.AuthorizeRequester, error) {
}

// answered is an error that the client is told by way of the browser.
type answered struct {
	request *request
	values  url.Values
}

func (a *answered) Error() string { return a.values.Get("error") }

func refusalOf(err *fosite.RFC6749Error, hint string) url.Values {
	return refusalFrom(err.WithHint(hint))
}

func refusalFrom(err error) url.Values {
	known := fosite.ErrorToRFC6749Error(err)
	return url.Values{"error": {known.ErrorField}, "error_description": {describe(known)}}
}

// describe gives the general sentence and the one that helps.
func describe(e *fosite.RFC6749Error) string {
	if e.HintField == "" {
		return e.DescriptionField
	}
	return e.HintField
}

// answer goes back to the client with code or error, state and iss. Sources: RFC
// 6749; RFC 9207 for iss, which is on errors too.
func (s *Server) answer(c echo.Context, r *request, values url.Values) error {
	if values.Has("error") {
		s.conclude(c.Request().Context(), fakeauth.Verdict{Refused: true, Client: r.client.ID, Error: values.Get("error"), Reason: values.Get("error_description")})
	}
	values.Set("iss", r.issuer)
	if r.state != "" {
		values.Set("state", r.state)
	}
	switch r.mode {
	case modeQueryJWT, modeFormPostJWT:
		token, err := s.answerToken(r, values)
		if err != nil {
			return err
		}
		values = url.Values{"response": {token}}
	}
	if r.mode == fosite.ResponseModeFormPost || r.mode == modeFormPostJWT {
		return s.postBack(c, r, values)
	}
	target, err := url.Parse(r.redirect)
	if err != nil {
		return err
	}
	query := target.Query()
	for name := range values {
		query.Set(name, values.Get(name))
	}
	target.RawQuery = query.Encode()
	return c.Redirect(http.StatusFound, target.String())
}

// answerToken is the answer as a JWT, which lives as long as a code.
func (s *Server) answerToken(r *request, values url.Values) (string, error) {
	claims := map[string]any{"aud": r.client.ID, "exp": s.cfg.Now().Add(codeLifetime).Unix()}
	for name := range values {
		claims[name] = values.Get(name)
	}
	return s.sign(claims)
}

func (s *Server) sign(claims any) (string, error) {
	payload, err := json.Marshal(claims)
	if err != nil {
		return "", err
	}
	signed, err := s.signer.Sign(payload)
	if err != nil {
		return "", err
	}
	return signed.CompactSerialize()
}

// fail is the one place where errors are written.
func (s *Server) fail(err error, c echo.Context) {
	if c.Response().Committed {
		s.cfg.Log.ErrorContext(c.Request().Context(), "answer not written", "error", err)
		return
	}
	var toClient *answered
	if errors.As(err, &toClient) {
		if err := s.answer(c, toClient.request, toClient.values); err != nil {
			s.cfg.Log.ErrorContext(c.Request().Context(), "answer not written", "error", err)
		}
		return
	}
	status, text := http.StatusInternalServerError, ""
	var routed *echo.HTTPError
	var known *fosite.RFC6749Error
	switch {
	case errors.As(err, &routed):
		status, text = routed.Code, http.StatusText(routed.Code)
	case errors.As(err, &known):
		status, text = http.StatusBadRequest, describe(known)
		s.conclude(c.Request().Context(), fakeauth.Verdict{Refused: true, Error: known.ErrorField, Reason: text})
	default:
		s.cfg.Log.ErrorContext(c.Request().Context(), "internal fault", "error", err)
	}
	write := s.errorPage
	if forPrograms(c) {
		write = errorBody
	}
	if err := write(c, status, text); err != nil {
		s.cfg.Log.ErrorContext(c.Request().Context(), "answer not written", "error", err)
	}
}

// programs are the addresses that programs call and browsers do not show.
var programs = []string{"/.well-known/openid-configuration", "/jwks.json", "/par", "/token", "/token/introspect", "/token/revoke", "/userinfo"}

func forPrograms(c echo.Context) bool { return slices.Contains(programs, c.Request().URL.Path) }

// errorBody is the error of such an address where no rule of OAuth has decided.
func errorBody(c echo.Context, status int, text string) error {
	r, kind := c.Request(), "invalid_request"
	switch {
	case status == http.StatusMethodNotAllowed:
		text = "The method is " + clip(r.Method) + "; " + r.URL.Path + " takes " + c.Response().Header().Get("Allow") + "."
	case status >= http.StatusInternalServerError:
		kind, text = "server_error", "Something went wrong here."
	}
	return c.JSON(status, map[string]string{"error": kind, "error_description": text})
}
