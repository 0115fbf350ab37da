package idporten

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"github.com/ory/fosite"

	"liksom/fakeauth"
)

// The grants.
const (
	grantCode    = "authorization_code"
	grantRefresh = "refresh_token"
)

// settings are the members of a client's registration that only ID-porten reads.
// Source: Digdir, "REST-API for administrasjon av OIDC-integrasjoner".
type settings struct {
	Secret          string   `json:"client_secret"`
	PostLogoutURIs  []string `json:"post_logout_redirect_uris"`
	FrontChannelURI string   `json:"frontchannel_logout_uri"`
	SessionRequired bool     `json:"frontchannel_logout_session_required"`
	SSODisabled     bool     `json:"sso_disabled"`
	ChallengeMethod string   `json:"code_challenge_method"`  // "none": no PKCE is demanded
	Refresh         int      `json:"refresh_token_lifetime"` // seconds; 0 is 600
	Authorization   int      `json:"authorization_lifetime"` // seconds; 0 is 7200
	RefreshUsage    string   `json:"refresh_token_usage"`    // ONETIME, REUSE; empty is ONETIME
}

// client is a registered client as fosite sees it.
type client struct {
	fakeauth.Client
	settings
	amr   string // how it has authenticated, if that is not what it is registered with
	asked string // redirect_uri of the request
}

var _ fosite.ResponseModeClient = (*client)(nil)

// newClient reads a registration, as the callers of an issuer see it.
func newClient(c fakeauth.Client, issuer string) (*client, error) {
	out := &client{Client: c.At(base(issuer))}
	text, err := json.Marshal(out.Settings)
	if err == nil {
		err = json.Unmarshal(text, &out.settings)
	}
	return out, err
}

func (c *client) GetID() string                      { return c.ID }
func (c *client) GetHashedSecret() []byte            { return nil }
func (c *client) GetGrantTypes() fosite.Arguments    { return c.grants() }
func (c *client) GetResponseTypes() fosite.Arguments { return fosite.Arguments{"code"} }
func (c *client) GetScopes() fosite.Arguments        { return c.scopes() }
func (c *client) GetAudience() fosite.Arguments      { return nil }
func (c *client) IsPublic() bool                     { return c.authMethod() == methodNone }

// GetRedirectURIs has the address of the request too, where the client may come back
// to it: fosite knows of no free port but with http.
func (c *client) GetRedirectURIs() []string {
	if c.accepts(c.asked) {
		return append(slices.Clone(c.RedirectURIs), c.asked)
	}
	return c.RedirectURIs
}

// accepts tells whether a redirect address is one of the client's to the last
// character. A native client may choose the port of its loopback address, which is
// registered without a port, with an asterisk or with 0: https://127.0.0.1:*/callback.
// Sources: RFC 8252, 7.3; Digdir, "REST-API for administrasjon av OIDC-integrasjoner",
// "Opprette en integrasjon", for the asterisk and "Autentisering til tykke klienter"
// for 0 and IPv6.
func (c *client) accepts(uri string) bool {
	if slices.Contains(c.RedirectURIs, uri) {
		return true
	}
	return c.ApplicationType == "native" && slices.ContainsFunc([]string{"://127.0.0.1", "://[::1]"}, func(loopback string) bool {
		scheme, rest, ok := strings.Cut(uri, loopback+":")
		path := strings.TrimLeft(rest, "0123456789")
		return ok && path != rest && slices.ContainsFunc([]string{"", ":*", ":0"}, func(port string) bool {
			return slices.Contains(c.RedirectURIs, scheme+loopback+port+path)
		})
	})
}

func (c *client) GetResponseModes() []fosite.ResponseModeType {
	return []fosite.ResponseModeType{fosite.ResponseModeQuery, fosite.ResponseModeFormPost, modeQueryJWT, modeFormPostJWT}
}

// isLogin tells whether the client is one of ID-porten's: idporten, or api_klient,
// which may have scopes of APIs too.
func (c *client) isLogin() bool {
	return c.IntegrationType == "idporten" || c.IntegrationType == "api_klient"
}

func (c *client) scopes() []string {
	if c.IntegrationType == "idporten" {
		return []string{"openid", "profile"}
	}
	return append([]string{"openid", "profile"}, c.Scopes...)
}

func (c *client) grants() []string {
	if len(c.GrantTypes) == 0 {
		return []string{grantCode}
	}
	return c.GrantTypes
}

func (c *client) authMethod() string {
	if c.AuthMethod == "" {
		return methodKey
	}
	return c.AuthMethod
}

// clientAMR is how the client has authenticated, in the words of its tokens.
func (c *client) clientAMR() string {
	if c.amr != "" {
		return c.amr
	}
	return c.authMethod()
}

func (c *client) needsChallenge() bool { return c.ChallengeMethod != "none" || c.IsPublic() }

func (c *client) name() string {
	if c.Name == "" {
		return c.ID
	}
	return c.Name
}

// clients lets fosite find clients and pushed requests.
type clients struct {
	server *Server
	*store
}

type issuerKey struct{}

// withIssuer carries the issuer of a request to where fosite asks for a client.
func withIssuer(ctx context.Context, issuer string) context.Context {
	return context.WithValue(ctx, issuerKey{}, issuer)
}

type redirectKey struct{}

// withRedirect carries the redirect_uri of a request there too.
func withRedirect(ctx context.Context, uri string) context.Context {
	return context.WithValue(ctx, redirectKey{}, uri)
}

func issuerOf(ctx context.Context) string {
	issuer, _ := ctx.Value(issuerKey{}).(string)
	return issuer
}

// GetClient finds a client that may log people in.
func (c *clients) GetClient(ctx context.Context, id string) (fosite.Client, error) {
	found, err := c.server.client(id, issuerOf(ctx))
	if err != nil {
		return nil, err
	}
	found.asked, _ = ctx.Value(redirectKey{}).(string)
	return found, nil
}

func (s *Server) client(id, issuer string) (*client, error) {
	registered, ok := s.cfg.Client(id)
	if !ok {
		return nil, fosite.ErrInvalidClient.WithHintf("There is no client %q; /sandbox/v1/clients lists those that there are.", clip(id))
	}
	c, err := newClient(registered, issuer)
	switch {
	case err != nil:
		return nil, fosite.ErrInvalidClient.WithHintf("The registration of client %q cannot be read: %v.", clip(id), err)
	case !c.isLogin():
		return nil, fosite.ErrInvalidClient.WithHintf("Client %q has integration_type %q; login needs idporten or api_klient.", clip(id), c.IntegrationType)
	}
	return c, nil
}

// ClientAssertionJWTValid and SetClientAssertionJWT are fosite's own way to see
// an assertion twice, which is not used.
func (*clients) ClientAssertionJWTValid(context.Context, string) error          { return nil }
func (*clients) SetClientAssertionJWT(context.Context, string, time.Time) error { return nil }

// clip keeps what is echoed short.
func clip(s string) string {
	const most = 80
	if len(s) > most {
		return strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
