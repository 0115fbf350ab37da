package fakeauth

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/go-jose/go-jose/v4"
	"github.com/labstack/echo/v4"
	"github.com/ory/fosite"
)

// maskinporten is the HTTP surface of a Server.
type maskinporten struct {
	*Server
	provider fosite.OAuth2Provider
}

// Maskinporten returns the surface, to be mounted with its prefix stripped:
//
//	POST /token
//	GET  /jwk
//	GET  /.well-known/oauth-authorization-server
//	GET  /errors/ and /errors/{code}
//
// Every error is JSON with error and error_description.
func (s *Server) Maskinporten() http.Handler {
	m := &maskinporten{Server: s, provider: newProvider(s)}
	e := echo.New()
	e.HTTPErrorHandler = m.fail
	e.Use(secureHeaders)
	e.Any("/token", m.token)
	e.GET("/jwk", m.jwk)
	e.GET("/jwks", func(echo.Context) error {
		r := refuse(unknownPath, "the path is /jwks; the keys are at /jwk")
		r.text = "There is nothing here, the keys are at /jwk"
		return r
	})
	e.GET("/.well-known/oauth-authorization-server", m.metadata)
	e.GET("/errors/", errorIndex)
	e.GET("/errors/errors.css", errorSheet)
	e.GET("/errors/:code", errorPage)
	return e
}

// metadata is the document of RFC 8414, with the members of the real one
// (observed in the test environment, 2026).
type metadata struct {
	Issuer            string                    `json:"issuer"`
	TokenEndpoint     string                    `json:"token_endpoint"`
	JWKSURI           string                    `json:"jwks_uri"`
	AuthMethods       []string                  `json:"token_endpoint_auth_methods_supported"`
	GrantTypes        []string                  `json:"grant_types_supported"`
	SigningAlgorithms []jose.SignatureAlgorithm `json:"token_endpoint_auth_signing_alg_values_supported"`
	DetailTypes       []string                  `json:"authorization_details_types_supported"` // the real one has consent too
}

func (m *maskinporten) metadata(c echo.Context) error {
	issuer := m.cfg.Issuer(c.Request())
	return writeJSON(c.Response(), http.StatusOK, metadata{
		Issuer:            issuer,
		TokenEndpoint:     issuer + "token",
		JWKSURI:           issuer + "jwk",
		AuthMethods:       []string{"private_key_jwt"},
		GrantTypes:        []string{jwtBearer},
		SigningAlgorithms: assertionAlgorithms(),
		DetailTypes:       []string{systemUserType},
	})
}

func (m *maskinporten) jwk(c echo.Context) error {
	var set jose.JSONWebKeySet
	for _, k := range m.keys.now.Load().all() {
		set.Keys = append(set.Keys, k.public)
	}
	return writeJSON(c.Response(), http.StatusOK, set)
}

// errorBody is the body of every error. Clients need both error and description.
type errorBody struct {
	Error       string `json:"error"`
	Description string `json:"error_description"`
	URI         string `json:"error_uri,omitempty"` // only with a code
}

// fail writes an error. It is the only place that does.
func (m *maskinporten) fail(err error, c echo.Context) {
	if c.Response().Committed {
		m.cfg.Log.ErrorContext(c.Request().Context(), "answer not written", "error", err)
		return
	}
	r := asRefusal(err)
	if r.trace == "" { // from elsewhere than the token endpoint, which has told of its own
		r.trace = newTraceID()
		m.conclude(c.Request().Context(), Verdict{Refused: true, Code: r.code, Error: r.err, Reason: r.reason, TraceID: r.trace, Guessed: r.guess})
	}
	if r.cause != nil {
		m.cfg.Log.ErrorContext(c.Request().Context(), "internal fault", "error", r.cause, "trace_id", r.trace)
	}
	body := errorBody{Error: r.err, Description: fmt.Sprintf("%s (trace_id: %s)", r.shown(), r.trace)}
	if r.code != "" {
		body.URI = m.cfg.Issuer(c.Request()) + "errors/" + r.code
	}
	if err := writeJSON(c.Response(), r.status, body); err != nil {
		m.cfg.Log.ErrorContext(c.Request().Context(), "answer not written", "error", err)
	}
}

// secureHeaders sets the headers that Maskinporten sends with every answer
// (observed in the test environment, 2023), but for Strict-Transport-Security:
// on a developer's machine it would outlive the sandbox and break every other
// service of the same host name that has no TLS.
func secureHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Cache-Control", "no-cache, no-store, max-age=0, must-revalidate")
		h.Set("Pragma", "no-cache")
		h.Set("Expires", "0")
		h.Set("X-Frame-Options", "SAMEORIGIN")
		h.Set("Content-Security-Policy", "default-src 'self';")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-XSS-Protection", "0")
		return next(c)
	}
}

// writeJSON writes a value as the real server does: no charset in Content-Type,
// no escaping for HTML.
func writeJSON(w http.ResponseWriter, status int, v any) error {
	var body bytes.Buffer
	enc := json.NewEncoder(&body)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("encode answer: %w", err)
	}
	w.Header().Set(echo.HeaderContentType, echo.MIMEApplicationJSON)
	w.WriteHeader(status)
	_, err := w.Write(bytes.TrimSuffix(body.Bytes(), []byte("\n")))
	return err
}
