// Package idporten is an offline double of ID-porten, the OpenID Connect login
// of Norway's public sector, with TestID as its one means of login. It knows
// clients, sessions and tokens; who can log in is told by its Config.
//
// A login passes through these files:
//
//	authorize.go  the request, from the query or pushed; what is wrong with it
//	sso.go        sessions: who has logged in, how long ago, at which level
//	login.go      the pages where one picks a person
//	answer.go     the way back to the client, in four response modes
//	token.go      codes and refresh tokens become tokens
//	logout.go     the way out
//
// fosite reads requests, finds clients and dispatches grants. Its own grants are
// not used: they take the time from the machine, keep a pushed request past its
// end and put claims into tokens that the real ones do not have.
//
// Rules cite Digdir's documentation of ID-porten, read October 2024 unless said
// otherwise. A comment that says "guess" marks what no source settles.
package idporten

import (
	"context"
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/labstack/echo/v4"
	"github.com/ory/fosite"

	"liksom/fakeauth"
)

// Config is what a Server is made from. Every field is required that does not
// say otherwise.
type Config struct {
	// Now is the protocol clock: codes, tokens and sessions are judged by it.
	Now func() time.Time
	// Issuer gives the issuer that a request was addressed to, without a slash at
	// its end: "http://127.0.0.1:8080/idporten".
	Issuer func(*http.Request) string
	// Serves tells whether an issuer is ours under any of the served hosts.
	Serves func(issuer string) bool
	// Client finds an active client.
	Client func(id string) (fakeauth.Client, bool)
	// Scope finds a registered scope; not ok for openid and profile.
	Scope func(name string) (fakeauth.Scope, bool)
	// MayUse tells whether an organisation has been let into a scope.
	MayUse func(org, scope string) bool
	// EnterpriseKey gives the public key of the enterprise certificate that begins an
	// x5c header, if it is accepted and that of the organisation. The error is a
	// sentence without its full stop.
	EnterpriseKey func(x5c []byte, org string) (any, error)
	// Key signs; Certificate is its chain, of which the first is published.
	Key         jose.JSONWebKey
	Certificate []*x509.Certificate
	// People can log in.
	People People
	// Stylesheets are the URLs of the style sheets that the pages build on; may be
	// empty.
	Stylesheets []string
	// Guesses decide where sources contradict each other.
	Guesses Guesses
	// AfterLogin, if set, may show the citizen a page of its own before the login
	// goes on: it answers the request and returns true, and sends the browser back
	// when it is done. The login goes on at once when it returns false.
	AfterLogin func(w http.ResponseWriter, r *http.Request, in Arrival) bool
	// Explain, if set, is called once for each request that decides something.
	Explain func(ctx context.Context, v fakeauth.Verdict)
	Log     *slog.Logger // may be nil
}

// Arrival is a citizen who has just proven who they are.
type Arrival struct {
	PID      string // 11 digits
	Language string // of the pages: nb, nn or en
	Back     string // URL where the login goes on
}

// People are those who can log in.
type People interface {
	// Search finds up to limit persons by words; some persons for none.
	Search(words string, limit int) []Person
	// Check tells why a number cannot log in, in one of the words shape, checksum,
	// date, real; "" when it can, known to anybody or not.
	Check(pid string) string
	// Random gives somebody who could be the general manager of a firm: an adult.
	Random() Person
}

// Person is somebody who can be chosen at the login page.
type Person struct {
	PID  string // 11 digits
	Name string
	Age  int      // years; negative when it is not known
	Note []string // keys of what to know before one chooses: "epost.utgaatt", …
}

// Server is a fake ID-porten. It is safe for concurrent use.
type Server struct {
	cfg      Config
	signer   jose.Signer
	public   jose.JSONWebKey
	provider *fosite.Fosite
	settings *fosite.Config
	store    *store
	sso      *sessions
	pages    pages
}

// New returns a server, or all faults of the configuration joined together.
func New(cfg Config) (*Server, error) {
	var faults []error
	for name, set := range map[string]bool{
		"Now": cfg.Now != nil, "Issuer": cfg.Issuer != nil, "Serves": cfg.Serves != nil, "Client": cfg.Client != nil,
		"Scope": cfg.Scope != nil, "MayUse": cfg.MayUse != nil, "EnterpriseKey": cfg.EnterpriseKey != nil, "Certificate": len(cfg.Certificate) > 0, "People": cfg.People != nil,
	} {
		if !set {
			faults = append(faults, fmt.Errorf("idporten: Config.%s is required", name))
		}
	}
	if _, ok := cfg.Key.Key.(*rsa.PrivateKey); !ok || cfg.Key.KeyID == "" {
		faults = append(faults, errors.New("idporten: Config.Key must be a private RSA key with a KeyID"))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, err
	}
	if cfg.Log == nil {
		cfg.Log = slog.New(slog.DiscardHandler)
	}
	if cfg.Explain == nil {
		cfg.Explain = func(context.Context, fakeauth.Verdict) {}
	}
	s := &Server{cfg: cfg, store: newStore(cfg.Now), sso: newSessions(cfg.Now)}
	var err error
	if s.signer, err = newSigner(cfg); err != nil {
		return nil, err
	}
	s.public = cfg.Key.Public()
	s.public.Use, s.public.Algorithm, s.public.Certificates = "sig", string(jose.RS256), cfg.Certificate[:1]
	if s.pages, err = parsePages(); err != nil {
		return nil, err
	}
	s.startProvider()
	return s, nil
}

// newSigner signs with a header of alg, kid and x5c, and no typ. Source: the
// sample of Digdir, "ID-token fra ID-porten".
func newSigner(cfg Config) (jose.Signer, error) {
	options := (&jose.SignerOptions{}).WithHeader("x5c", []string{base64.StdEncoding.EncodeToString(cfg.Certificate[0].Raw)})
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: jose.JSONWebKey{Key: cfg.Key.Key, KeyID: cfg.Key.KeyID}}, options)
	if err != nil {
		return nil, fmt.Errorf("idporten: %w", err)
	}
	return signer, nil
}

func (s *Server) startProvider() {
	s.settings = &fosite.Config{
		ScopeStrategy:                   fosite.ExactScopeStrategy,
		PushedAuthorizeRequestURIPrefix: requestURIPrefix, PushedAuthorizeContextLifespan: pushedLifetime,
		ClientAuthenticationStrategy: s.authenticate, ResponseModeHandlerExtension: jwtModes{},
	}
	s.settings.TokenEndpointHandlers.Append(&codeGrant{s})
	s.settings.TokenEndpointHandlers.Append(&refreshGrant{s})
	s.provider = fosite.NewOAuth2Provider(&clients{s, s.store}, s.settings)
}

// Handler returns the surface, to be mounted with its prefix stripped.
func (s *Server) Handler() http.Handler {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.fail
	e.Use(secured, shared)
	e.GET("/.well-known/openid-configuration", s.metadata)
	e.GET("/jwks.json", s.jwks)
	e.GET("/authorize", s.authorize)
	e.POST("/authorize", s.authorize)
	e.GET("/authorize/selector", s.selector)
	e.GET("/authorize/testid", s.choose)
	e.POST("/authorize/testid", s.login)
	e.GET("/authorize/videre", s.goOn)
	e.POST("/authorize/avbryt", s.cancel)
	e.POST("/par", s.push)
	e.POST("/token", s.token)
	e.POST("/token/introspect", s.introspect)
	e.POST("/token/revoke", s.revoke)
	e.GET("/userinfo", s.userinfo)
	e.GET("/logout", s.logout)
	e.POST("/logout", s.logout)
	e.GET("/spraak", s.chooseLanguage)
	e.GET("/login.css", style)
	return e
}

// metadata is the discovery document, with the members of the real one (observed
// in the test environment, 2024); what is not emulated is left out.
func (s *Server) metadata(c echo.Context) error {
	issuer := s.cfg.Issuer(c.Request())
	keepFor(c, 24*time.Hour)
	return c.JSON(http.StatusOK, map[string]any{
		"issuer":                                           issuer,
		"authorization_endpoint":                           issuer + "/authorize",
		"pushed_authorization_request_endpoint":            issuer + "/par",
		"token_endpoint":                                   issuer + "/token",
		"userinfo_endpoint":                                issuer + "/userinfo",
		"jwks_uri":                                         issuer + "/jwks.json",
		"introspection_endpoint":                           issuer + "/token/introspect",
		"revocation_endpoint":                              issuer + "/token/revoke",
		"end_session_endpoint":                             issuer + "/logout",
		"response_types_supported":                         []string{"code"},
		"response_modes_supported":                         []string{"query", "form_post", "query.jwt", "form_post.jwt"},
		"grant_types_supported":                            []string{grantCode, grantRefresh},
		"scopes_supported":                                 []string{"openid", "profile"},
		"acr_values_supported":                             acrs,
		"ui_locales_supported":                             []string{"en", "nb", "nn", "se"},
		"prompt_values_supported":                          []string{"consent", "login", "none"},
		"display_values_supported":                         []string{"page"},
		"subject_types_supported":                          []string{"public", "pairwise"},
		"id_token_signing_alg_values_supported":            []string{"RS256"},
		"authorization_signing_alg_values_supported":       []string{"RS256"},
		"token_endpoint_auth_methods_supported":            authMethods,
		"token_endpoint_auth_signing_alg_values_supported": []string{"RS256"},
		"code_challenge_methods_supported":                 []string{"S256"},
		"request_parameter_supported":                      false,
		"request_uri_parameter_supported":                  false,
		"claims_parameter_supported":                       false,
		"authorization_response_iss_parameter_supported":   true,
		"frontchannel_logout_supported":                    true,
		"frontchannel_logout_session_supported":            true,
	})
}

func (s *Server) jwks(c echo.Context) error {
	return c.JSON(http.StatusOK, jose.JSONWebKeySet{Keys: []jose.JSONWebKey{s.public}})
}

// base is where the sandbox of an issuer lies: what {base} in a seeded client
// stands for.
func base(issuer string) string { return strings.TrimSuffix(issuer, "/idporten") }

// conclude makes a verdict known.
func (s *Server) conclude(ctx context.Context, v fakeauth.Verdict) {
	s.cfg.Log.LogAttrs(ctx, slog.LevelInfo, "idporten",
		slog.Bool("refused", v.Refused), slog.String("client", v.Client), slog.String("error", v.Error), slog.String("reason", v.Reason))
	s.cfg.Explain(ctx, v)
}
