package idporten

import (
	"context"
	"crypto/subtle"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/ory/fosite"
)

// The ways in which a client authenticates. Only the one that it is registered
// with is accepted.
const (
	methodBasic = "client_secret_basic"
	methodPost  = "client_secret_post"
	methodKey   = "private_key_jwt"
	methodNone  = "none"
)

var authMethods = []string{methodBasic, methodPost, methodNone, methodKey}

const assertionType = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"

// longestAssertion and skew bound an assertion's times. Source: Digdir,
// "Klientautentisering"; the skew is Maskinporten's (a guess).
const (
	longestAssertion = 120 * time.Second
	skew             = 10 * time.Second
)

func refuseClient(hint string, args ...any) error {
	return fosite.ErrInvalidClient.WithHintf(hint, args...)
}

// authenticate finds out which client asks, at /par, /token and the endpoints
// below it.
func (s *Server) authenticate(ctx context.Context, r *http.Request, form url.Values) (fosite.Client, error) {
	id, secret, used, err := credentials(r, form)
	if err != nil {
		return nil, err
	}
	if used == methodKey {
		return s.byAssertion(ctx, form)
	}
	c, err := s.client(id, issuerOf(ctx))
	if err != nil {
		return nil, err
	}
	if used != c.authMethod() {
		return nil, refuseClient("Client %q is registered with %s and used %s.", clip(id), c.authMethod(), used)
	}
	switch {
	case used == methodNone:
		return c, nil
	case c.Secret == "":
		return nil, refuseClient("Client %q has no secret yet; POST /clients/{client_id}/secret of the self-service API makes one.", clip(id))
	case subtle.ConstantTimeCompare([]byte(secret), []byte(c.Secret)) != 1:
		return nil, refuseClient("The secret of client %q is wrong.", clip(id))
	}
	return c, nil
}

// credentials tells what a request carries. Both halves of the basic form are
// form-encoded (RFC 6749 section 2.3.1).
func credentials(r *http.Request, form url.Values) (id, secret, method string, err error) {
	user, password, basic := r.BasicAuth()
	asserted := form.Has("client_assertion") || form.Has("client_assertion_type")
	ways := 0
	for _, way := range []bool{basic, asserted, form.Has("client_secret")} {
		if way {
			ways++
		}
	}
	switch {
	case ways > 1:
		return "", "", "", refuseClient("The client authenticates in %d ways at once; use one.", ways)
	case asserted:
		return "", "", methodKey, nil
	case form.Has("client_secret"):
		return form.Get("client_id"), form.Get("client_secret"), methodPost, nil
	case basic:
		id, errID := url.QueryUnescape(user)
		secret, errSecret := url.QueryUnescape(password)
		if errID != nil || errSecret != nil {
			return "", "", "", refuseClient("The Authorization header is not form-encoded.")
		}
		return id, secret, methodBasic, nil
	case form.Get("client_id") != "":
		return form.Get("client_id"), "", methodNone, nil
	}
	return "", "", "", refuseClient("The client does not say who it is: there is neither an Authorization header, a client_assertion nor a client_id.")
}

// assertionClaims are those of a client_assertion.
type assertionClaims struct {
	Issuer   string   `json:"iss"`
	Subject  string   `json:"sub"`
	Audience audience `json:"aud"`
	Expires  int64    `json:"exp"`
	IssuedAt int64    `json:"iat"`
	ID       string   `json:"jti"`
}

// audience is one text or several; only one will do. Source: Digdir, "/token
// endpoint", "Client authentication using JWT token" (2026).
type audience []string

func (a *audience) UnmarshalJSON(b []byte) error {
	var one string
	if json.Unmarshal(b, &one) == nil {
		*a = audience{one}
		return nil
	}
	return json.Unmarshal(b, (*[]string)(a))
}

// byAssertion checks private_key_jwt: client, key, signature, audience, times,
// and that the assertion has not come before.
func (s *Server) byAssertion(ctx context.Context, form url.Values) (fosite.Client, error) {
	if got := form.Get("client_assertion_type"); got != assertionType {
		return nil, refuseClient("client_assertion_type is %q and must be %q.", clip(got), assertionType)
	}
	signed, err := jose.ParseSignedCompact(form.Get("client_assertion"), []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.RS512})
	if err != nil {
		return nil, refuseClient("The client_assertion is not a JWT signed with RS256, RS384 or RS512.")
	}
	var claims assertionClaims
	if err := json.Unmarshal(signed.UnsafePayloadWithoutVerification(), &claims); err != nil {
		return nil, refuseClient("The claims of the client_assertion cannot be read.")
	}
	issuer := issuerOf(ctx)
	c, err := s.client(claims.Issuer, issuer)
	if err != nil {
		return nil, err
	}
	if c.authMethod() != methodKey {
		return nil, refuseClient("Client %q is registered with %s and used %s.", clip(c.ID), c.authMethod(), methodKey)
	}
	key, err := s.signingKey(c, form.Get("client_assertion"))
	if err != nil {
		return nil, err
	}
	if _, err := signed.Verify(key); err != nil {
		return nil, refuseClient("The signature of the client_assertion does not fit the key that its header names.")
	}
	return c, s.checkAssertion(c, claims, form, issuer)
}

// byCertificate is client_amr of a client that authenticates with an enterprise
// certificate. Source: Digdir, "Access token", client_amr.
const byCertificate = "virksomhetssertifikat"

// signingKey finds the key that a header names: a registered one by kid, or for a
// client that has registered none, that of the enterprise certificate in x5c.
// Source: Digdir, "Registrering av klienter", "Bruk av asymmetrisk nøkkel".
func (s *Server) signingKey(c *client, assertion string) (any, error) {
	var header struct {
		KeyID string          `json:"kid"`
		X5C   json.RawMessage `json:"x5c"`
	}
	first, _, _ := strings.Cut(assertion, ".")
	text, err := base64.RawURLEncoding.DecodeString(first)
	if err != nil || json.Unmarshal(text, &header) != nil {
		return nil, refuseClient("The header of the client_assertion cannot be read.")
	}
	if header.X5C != nil && len(c.Keys) == 0 {
		key, err := s.cfg.EnterpriseKey(header.X5C, c.Org)
		if err != nil {
			return nil, refuseClient("The enterprise certificate in x5c does not do: %v.", err)
		}
		c.amr = byCertificate
		return key, nil
	}
	at := slices.IndexFunc(c.Keys, func(k fakeKey) bool { return k.JWK.KeyID == header.KeyID })
	if at < 0 {
		return nil, refuseClient("Client %q has no key with kid %q.", clip(c.ID), clip(header.KeyID))
	}
	if until := c.Keys[at].Expires; !until.IsZero() && !s.cfg.Now().Before(until) {
		return nil, refuseClient("Key %q of client %q expired at %s; post it again to renew it.", clip(header.KeyID), clip(c.ID), until.UTC().Format(time.RFC3339))
	}
	return c.Keys[at].JWK.Key, nil
}

func (s *Server) checkAssertion(c *client, claims assertionClaims, form url.Values, issuer string) error {
	now, issued, expires := s.cfg.Now(), time.Unix(claims.IssuedAt, 0), time.Unix(claims.Expires, 0)
	switch {
	case claims.Subject != c.ID:
		return refuseClient("sub is %q and must be the client_id, as iss is.", clip(claims.Subject))
	case form.Get("client_id") != c.ID:
		return refuseClient("With private_key_jwt the form must have client_id, which is %q.", clip(form.Get("client_id")))
	case !s.addressed(claims.Audience):
		return refuseClient("aud is %q and must be %q alone; %s.", clip(join(claims.Audience)), issuer, s.ofEndpoint())
	case claims.IssuedAt == 0 || claims.Expires == 0:
		return refuseClient("The client_assertion needs both iat and exp.")
	case expires.Sub(issued) > longestAssertion:
		return refuseClient("The client_assertion lives for %d seconds; at most 120 are accepted.", claims.Expires-claims.IssuedAt)
	case issued.After(now.Add(skew)):
		return refuseClient("The client_assertion is signed %d seconds in the future.", int(issued.Sub(now).Seconds()))
	case !now.Before(expires.Add(skew)):
		return refuseClient("The client_assertion ran out %d seconds ago.", int(now.Sub(expires).Seconds()))
	case claims.ID == "":
		return refuseClient("The client_assertion needs a jti.")
	case !s.store.useAssertion(c.ID+"\x00"+claims.ID, expires.Add(skew)):
		return refuseClient("The client_assertion with jti %q has been used before.", clip(claims.ID))
	}
	return nil
}

// ofEndpoint says what the address of the token endpoint is worth as an audience.
func (s *Server) ofEndpoint() string {
	if s.cfg.Guesses.TokenEndpointAudience {
		return "the address of the token endpoint will do too, by itself"
	}
	return "the address of the token endpoint is no longer accepted"
}

// addressed tells whether an audience is this server, under any of its hosts.
func (s *Server) addressed(aud audience) bool {
	if len(aud) != 1 {
		return false
	}
	issuer, endpoint := strings.CutSuffix(aud[0], "/token")
	return s.cfg.Serves(aud[0]) || endpoint && s.cfg.Guesses.TokenEndpointAudience && s.cfg.Serves(issuer)
}
