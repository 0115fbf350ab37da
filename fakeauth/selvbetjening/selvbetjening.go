// Package selvbetjening is Digdir's self-service API (selvbetjening via API):
// organisations register clients, their keys, scopes, and who may use those. It
// works on the registry of a fakeauth.Server, so a change counts for the next
// token. Sources: Digdir, "REST-API for administrasjon av OIDC-integrasjoner",
// "API for administrasjon av APIer / scopes"; what is marked as observed comes
// from published clients of the API. The real one takes some minutes until a
// change is seen; this one does not.
package selvbetjening

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/fakeauth"
)

// Config is what the API is made from. Server, Now and Base are required.
type Config struct {
	// Server holds the registry, and knows the tokens that callers bring.
	Server *fakeauth.Server
	// Now dates what is registered.
	Now func() time.Time
	// Base is where the sandbox lies for a caller, a URL without a slash at the
	// end; it stands for {base} in the addresses of clients.
	Base func(*http.Request) string
	// Explain, if set, is called once for each request.
	Explain func(context.Context, fakeauth.Verdict)
	// Log receives failures of our own; nil discards.
	Log *slog.Logger
}

type api struct {
	Config
}

// prefixes are all in use by published clients (observed); the documentation
// has none.
var prefixes = []string{"", "/api/v1", "/external/api/v1"}

// New makes the API. Its paths begin with one of the three prefixes.
func New(c Config) (http.Handler, error) {
	if c.Server == nil || c.Now == nil || c.Base == nil {
		return nil, errors.New("selvbetjening: Config.Server, Config.Now and Config.Base are required")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	a := &api{c}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = a.fail
	for _, prefix := range prefixes {
		for _, o := range a.operations() {
			e.Add(o.method, prefix+o.path, a.guarded(o))
		}
	}
	return e, nil
}

// operation is one line of the table of what the API can do.
type operation struct {
	method, path string
	scopes       []string // one of these is needed; none: no token either
	handle       func(call) error
}

// The scopes of the API. Digdir names what each is for; that write includes the
// other two is observed.
var (
	readClients   = []string{"idporten:dcr.read", "idporten:dcr.modify", "idporten:dcr.write", supplierScope}
	changeClients = []string{"idporten:dcr.modify", "idporten:dcr.write", supplierScope}
	createClients = []string{"idporten:dcr.write", supplierScope}
	onBehalfOf    = []string{"idporten:dcr/onbehalfof:write", "idporten:dcr.write"}
	altinnClients = []string{"idporten:dcr.altinn"}
	readScopes    = []string{"idporten:scopes.read", "idporten:scopes.write"}
	writeScopes   = []string{"idporten:scopes.write"}
)

// supplierScope lets an organisation register clients of others.
const supplierScope = "idporten:dcr.supplier"

func (a *api) operations() []operation {
	const get, post, put, remove = http.MethodGet, http.MethodPost, http.MethodPut, http.MethodDelete
	return []operation{
		{get, "/clients", readClients, a.listClients},
		{post, "/clients", createClients, a.createClient},
		{get, "/clients/:id", readClients, a.getClient},
		{put, "/clients/:id", changeClients, a.putClient},
		{remove, "/clients/:id", changeClients, a.deleteClient},
		{post, "/clients/:id/secret", changeClients, a.postSecret},
		{get, "/clients/:id/jwks", readClients, a.getKeys},
		{post, "/clients/:id/jwks", changeClients, a.postKeys},
		{put, "/clients/:id/jwks", changeClients, a.putKeys},
		{remove, "/clients/:id/jwks", changeClients, a.deleteKeys},
		{get, "/clients/:id/onbehalfof", readClients, a.listOnBehalfOf},
		{post, "/clients/:id/onbehalfof", onBehalfOf, a.postOnBehalfOf},
		{get, "/clients/:id/onbehalfof/:value", readClients, a.getOnBehalfOf},
		{put, "/clients/:id/onbehalfof/:value", onBehalfOf, a.putOnBehalfOf},
		{remove, "/clients/:id/onbehalfof/:value", onBehalfOf, a.deleteOnBehalfOf},
		{post, "/altinn/admin/clients", altinnClients, a.createClient},
		{put, "/altinn/admin/clients/:id", altinnClients, a.putClient},
		{remove, "/altinn/admin/clients/:id", altinnClients, a.deleteAltinnClient},
		{post, "/altinn/admin/clients/:id/jwks", altinnClients, a.postKeys},
		{get, "/scopes/all", nil, a.listAllScopes},
		{get, "/scopes", readScopes, a.listScopes},
		{post, "/scopes", writeScopes, a.createScope},
		{put, "/scopes", writeScopes, a.putScope},
		{remove, "/scopes", writeScopes, a.deleteScope},
		{get, "/scopes/access", readScopes, a.listAccess},
		{get, "/scopes/access/all", readScopes, a.listOwnAccess},
		{put, "/scopes/access/:orgno", writeScopes, a.grantAccess},
		{remove, "/scopes/access/:orgno", writeScopes, a.denyAccess},
		{get, "/prefix", readScopes, a.listPrefixes},
		{get, "/delegationsources", nil, a.listDelegationSources},
	}
}

// call is one request with who makes it.
type call struct {
	echo.Context
	token fakeauth.Token // of whom; zero where no token is needed
	org   string         // organisation number of the consumer of the token
	base  string         // where the sandbox lies for the caller
	at    time.Time      // the one reading of the clock
}

// isSupplier tells whether the caller registers clients of others.
func (c call) isSupplier() bool { return c.token.Has(supplierScope) }

// clientKey is where a request remembers who makes it, for the journal.
const clientKey = "client_id"

// all tells whether a list is to hold what is inactive too.
func (c call) all() bool { return c.QueryParam("inactive") == "true" }

// guarded asks for a token with one of the scopes of an operation.
func (a *api) guarded(o operation) echo.HandlerFunc {
	return func(c echo.Context) error {
		made := call{Context: c, base: a.Base(c.Request()), at: a.Now().UTC().Truncate(time.Second)}
		if o.scopes != nil {
			var err error
			if made.token, err = a.caller(c.Request(), o.scopes); err != nil {
				return err
			}
			made.org = made.token.Org()
			c.Set(clientKey, made.token.ClientID)
		}
		if err := o.handle(made); err != nil {
			return err
		}
		a.explain(c.Request().Context(), fakeauth.Verdict{Client: made.token.ClientID})
		return nil
	}
}

func (a *api) caller(r *http.Request, scopes []string) (fakeauth.Token, error) {
	scheme, bearer, _ := strings.Cut(r.Header.Get("Authorization"), " ")
	if !strings.EqualFold(scheme, "Bearer") {
		return fakeauth.Token{}, refuse(http.StatusUnauthorized, "unauthorized", "Full authentication is required to access this resource")
	}
	token, err := a.Server.Verify(r.Context(), bearer)
	if err != nil {
		return token, refuse(http.StatusUnauthorized, "invalid_token", "%s", err)
	}
	for _, scope := range scopes {
		if token.Has(scope) {
			return token, nil
		}
	}
	return token, refuse(http.StatusForbidden, "insufficient_scope", "the token has scope %q; this call needs one of %s", strings.Join(token.Scopes, " "), strings.Join(scopes, ", "))
}

func (a *api) explain(ctx context.Context, v fakeauth.Verdict) {
	if a.Explain != nil {
		a.Explain(ctx, v)
	}
}

// update changes the registry.
func (a *api) update(change func(*fakeauth.Registry) error) error {
	err := a.Server.Update(change)
	var own *refusal
	if err != nil && !errors.As(err, &own) {
		return &refusal{status: http.StatusServiceUnavailable, code: "temporarily_unavailable", text: "the change could not be kept, so nothing was changed", cause: err}
	}
	return err
}
