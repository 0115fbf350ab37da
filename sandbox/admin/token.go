package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

// Limits of what can be asked for.
const (
	maxTokens   = 1000
	maxLifetime = 366 * 24 * 60 * 60 // seconds
	maxJWT      = 64 << 10           // characters of a text to explain
)

// Errors of Config.Mint.
var (
	ErrUnknownClient = errors.New("no such client is registered")
	ErrBadPID        = errors.New("pid must be a synthetic personidentifikator of 11 digits")
)

// TokenRequest asks for tokens without an assertion.
type TokenRequest struct {
	ClientID string `json:"client_id" required:"true" description:"a registered client, for example demo"`
	Scope    string `json:"scope" required:"true" description:"scopes with spaces between; the client need not hold them"`
	Lifetime int    `json:"lifetime,omitempty" minimum:"1" maximum:"31622400" description:"seconds; the client's own when left out"`
	PID      string `json:"pid,omitempty" pattern:"^[0-9]{11}$" description:"the synthetic person that the token is for"`
	Count    int    `json:"count" minimum:"1" maximum:"1000" default:"1" description:"how many tokens"`
	Broken   string `json:"broken,omitempty" enum:"expired,not_yet_valid,wrong_issuer,wrong_audience,wrong_key,unknown_kid,alg_none,missing_claim,wrong_scope,tampered" description:"what is wrong with the token"`
}

// TokenAnswer is the same as the token endpoint answers.
type TokenAnswer struct {
	AccessToken string   `json:"access_token"`
	TokenType   string   `json:"token_type"`
	ExpiresIn   int      `json:"expires_in" description:"seconds"`
	Scope       string   `json:"scope"`
	Tokens      []string `json:"tokens,omitempty" description:"all of them, when more than one was asked for; access_token is the first"`
}

// BrokenKinds are the ways in which a token can be broken, as the API spells them.
func BrokenKinds() []string {
	return []string{"expired", "not_yet_valid", "wrong_issuer", "wrong_audience", "wrong_key", "unknown_kid", "alg_none", "missing_claim", "wrong_scope", "tampered"}
}

// Check tells what is wrong with a request as far as that needs no client.
func (t *TokenRequest) Check() error {
	switch {
	case t.ClientID == "" || strings.TrimSpace(t.Scope) == "":
		return invalid("token.incomplete", `client_id and scope are needed: {"client_id":"demo","scope":"krr:global/kontaktinformasjon.read"}`)
	case t.Lifetime < 0 || t.Lifetime > maxLifetime:
		return invalid("token.lifetime", fmt.Sprintf("lifetime must be a number of seconds from 1 to %d", maxLifetime))
	case t.Count < 1 || t.Count > maxTokens:
		return invalid("token.count", fmt.Sprintf("count must be a number from 1 to %d", maxTokens))
	case t.Broken != "" && !slices.Contains(BrokenKinds(), t.Broken):
		return invalid("token.broken", fmt.Sprintf("broken is %q; it must be one of %s", sandbox.Short(t.Broken), strings.Join(BrokenKinds(), ", ")))
	}
	return nil
}

func (a *api) mintToken(c echo.Context) error {
	t := TokenRequest{Count: 1}
	if err := readJSON(c.Request(), maxBody, &t); err != nil {
		return err
	}
	if err := t.Check(); err != nil {
		return err
	}
	answer, err := a.c.Mint(c.Request().Context(), c.Request(), t)
	switch {
	case errors.Is(err, ErrUnknownClient):
		return notFound("client.unknown", fmt.Sprintf("no client is called %q; GET %s/clients lists them", sandbox.Short(t.ClientID), prefix))
	case errors.Is(err, ErrBadPID):
		return invalid("token.pid", "pid must be a synthetic personidentifikator of 11 digits; POST "+prefix+"/validate says what is wrong with a number")
	case err != nil:
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	if strings.HasPrefix(c.Request().Header.Get("Accept"), "text/plain") {
		tokens := answer.Tokens
		if tokens == nil {
			tokens = []string{answer.AccessToken}
		}
		return c.String(http.StatusOK, strings.Join(tokens, "\n")+"\n")
	}
	return writeJSON(c, answer)
}

// The kinds of what can be explained.
const (
	KindAssertion = "assertion"
	KindToken     = "access_token"
)

// Explanation is what is said of an assertion or an access token.
type Explanation struct {
	Kind   string          `json:"kind" required:"true" enum:"assertion,access_token"`
	Header json.RawMessage `json:"header,omitempty" description:"decoded; absent if it cannot be read"`
	Claims json.RawMessage `json:"claims,omitempty"`
	// Refused tells whether any check failed; the first that did is what the
	// real server would answer.
	Refused bool    `json:"refused" required:"true"`
	Checks  []Check `json:"checks" required:"true" nullable:"false"`
}

// Check is one rule and how it ended.
type Check struct {
	Name    string `json:"name" required:"true"`
	Outcome string `json:"outcome" required:"true" enum:"pass,fail,skipped"`
	Status  int    `json:"status,omitempty" description:"of the answer, if this is the first that fails"`
	Code    string `json:"code,omitempty" description:"MP-110; absent if there is none, or none that is known"`
	Error   string `json:"error,omitempty"`
	Text    string `json:"error_description,omitempty" description:"without trace id"`
	Reason  string `json:"reason,omitempty" description:"which value, and what would be right"`
}

// First is the check that decides: the first that failed, nil if none did.
func (e Explanation) First() *Check {
	for i := range e.Checks {
		if e.Checks[i].Outcome == "fail" {
			return &e.Checks[i]
		}
	}
	return nil
}

type explainRequest struct {
	Assertion string `json:"assertion" required:"true" description:"a signed JWT: an assertion, or an access token of this sandbox"`
}

func (a *api) explainAssertion(c echo.Context) error {
	var r explainRequest
	if err := readJSON(c.Request(), 2*maxJWT, &r); err != nil {
		return err
	}
	text := strings.TrimSpace(r.Assertion)
	if text == "" || len(text) > maxJWT {
		return invalid("assertion.missing", fmt.Sprintf(`assertion must be a JWT of at most %d characters: {"assertion":"eyJ…"}`, maxJWT))
	}
	out := a.c.Explain(c.Request(), text)
	out.Refused = out.First() != nil
	c.Response().Header().Set("Cache-Control", "no-store")
	return writeJSON(c, out)
}
