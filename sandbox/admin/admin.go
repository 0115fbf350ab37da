// Package admin is the sandbox's own API under /sandbox/v1: what the real
// register has no door for. Its own notions are named in English, the
// register's data in the register's Norwegian. Errors are problem documents.
package admin

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"sync"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/generator/catalogue"
	"liksom/sandbox"
	"liksom/sandbox/guess"
	"liksom/sandbox/journal"
	"liksom/sandbox/outbox"
	"liksom/sandbox/query"
	"liksom/sandbox/stats"
)

// Config is what the control API works on. Every field is required that does not
// say otherwise.
type Config struct {
	Register *sandbox.Register
	// Search finds persons.
	Search func(query.Search) (query.Found, error)
	// Clock is the register's.
	Clock *sandbox.Clock
	// Now is real time, which the clock's answer tells too; may be nil.
	Now func() time.Time
	// Reset takes back every change of the register and brings its clock back.
	Reset func() error
	// Draw gives a person like those of the population. Its number is not used.
	Draw func() (sandbox.Person, error)
	// Name invents a name, in title case.
	Name func() (first, last string)
	// Stats counts the register.
	Stats func() stats.Report
	// Catalogue is the edge cases as of the reference date; may be nil.
	Catalogue []catalogue.Scene
	// Guesses are what no source settles, with the switches as they stand.
	Guesses []guess.Guess
	Journal func(limit int) []journal.Entry
	// Outbox is what the register would have sent.
	Outbox  *outbox.Box
	Clients func(*http.Request) []Client
	// Key gives the private JWK of a seeded client; not ok when there is none.
	Key func(clientID string) (json.RawMessage, bool)
	// Mint makes tokens in the name of a client. It fails with ErrUnknownClient
	// and ErrBadPID. The numbers in the request and its fault are checked.
	Mint func(ctx context.Context, r *http.Request, t TokenRequest) (TokenAnswer, error)
	// Explain says of an assertion or a token which checks it passes.
	Explain func(r *http.Request, text string) Explanation
	// Certificate makes an enterprise certificate: PEM of it, of its chain and of
	// its private key. The arguments are checked.
	Certificate func(org, state string) ([]byte, error)
	// RotateKeys lets Maskinporten's next key sign and gives the names of all.
	RotateKeys func() ([]string, error)
	Log        *slog.Logger
	Version    string
}

// Client is an OAuth client as its registration has it.
type Client struct {
	ClientID                string   `json:"client_id"`
	ClientName              string   `json:"client_name"`
	ClientOrgno             string   `json:"client_orgno"`
	IntegrationType         string   `json:"integration_type"`
	Scopes                  []string `json:"scopes"`
	GrantTypes              []string `json:"grant_types"`
	RedirectURIs            []string `json:"redirect_uris"`
	TokenEndpointAuthMethod string   `json:"token_endpoint_auth_method"`
	AccessTokenLifetime     int      `json:"access_token_lifetime" description:"seconds"`
}

type api struct {
	c       Config
	numbers numbers
}

// New makes the API. Its routes begin with /sandbox/v1.
func New(c Config) http.Handler {
	a := &api{c: c, numbers: numbers{known: func(id sandbox.PersonID) bool { return c.Register.Person(id).Exists() }, held: map[sandbox.PersonID]bool{}}}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = a.writeError
	// Made at the first call, which takes longer than all else here.
	text := sync.OnceValues(func() ([]byte, error) { return document(a.operations(), c.Version) })
	for _, op := range a.operations() {
		e.Add(op.method, op.route(), op.handle)
	}
	e.GET(prefix+"/openapi.json", func(c echo.Context) error {
		document, err := text()
		if err != nil {
			return err
		}
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, document)
	})
	return e
}

// window is the moment that a request is answered for; ask once for each.
func (a *api) window() sandbox.Window { return sandbox.WindowAt(a.c.Register.Now()) }

// entry is a journal entry on the wire.
type entry struct {
	Nr      uint64    `json:"nr"`
	Time    time.Time `json:"time"`
	Surface string    `json:"surface" description:"which emulated system was asked"`
	Method  string    `json:"method"`
	Path    string    `json:"path"`
	Query   string    `json:"query,omitempty"`
	Status  int       `json:"status"`
	Millis  float64   `json:"milliseconds"`
	Bytes   int64     `json:"bytes"`
	Client  string    `json:"client_id,omitempty"`
	Verdict string    `json:"verdict" enum:"ok,refused"`
	Code    string    `json:"code,omitempty"`
	Reason  string    `json:"reason,omitempty" description:"one sentence: which rule, which value, what would be right"`
	TraceID string    `json:"trace_id,omitempty"`
	IDs     int       `json:"ids,omitempty" description:"how many persons were asked for"`
	Found   int       `json:"found,omitempty"`
	Answer  string    `json:"answer,omitempty" description:"the beginning of the body of an answer of 400 or above"`
}
