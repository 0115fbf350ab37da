package fakeauth

import (
	"crypto/rsa"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// jwtBearer is the one grant of Maskinporten (RFC 7523).
const jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"

// defaultLifetime is the lifetime of an access token when the client has none
// of its own (Digdir, "Registrering av klienter").
const defaultLifetime = 120 * time.Second

// minRSABits is the smallest key that is accepted, for clients and for tokens.
const minRSABits = 2048

// Client is a registered client.
type Client struct {
	ID              string        // client_id: a UUID when self-registered, any text otherwise
	Name            string        // for people
	Org             string        // organisation number of the owner, 9 digits
	IntegrationType string        // "maskinporten", "idporten", …; as published
	AuthMethod      string        // token_endpoint_auth_method; empty is private_key_jwt
	Scopes          []string      // what the client may ask for
	GrantTypes      []string      // empty is the JWT-bearer grant alone
	RedirectURIs    []string      // for login
	TokenLifetime   time.Duration // of access tokens, whole seconds; 0 is 120 s
	Keys            []ClientKey   // public keys that the client signs with
}

// ClientKey is a public key of a client. Maskinporten lets a key live for at
// most one year from when it was posted.
type ClientKey struct {
	JWK     jose.JSONWebKey
	Expires time.Time // zero is never
}

func (c *Client) clone() Client {
	out := *c
	out.Scopes = slices.Clone(c.Scopes)
	out.GrantTypes = slices.Clone(c.GrantTypes)
	out.RedirectURIs = slices.Clone(c.RedirectURIs)
	out.Keys = slices.Clone(c.Keys)
	return out
}

func (c *Client) lifetime() time.Duration {
	if c.TokenLifetime == 0 {
		return defaultLifetime
	}
	return c.TokenLifetime
}

func (c *Client) mayUse(grant string) bool {
	return len(c.GrantTypes) == 0 && grant == jwtBearer || slices.Contains(c.GrantTypes, grant)
}

func (c *Client) key(kid string) (ClientKey, bool) {
	i := slices.IndexFunc(c.Keys, func(k ClientKey) bool { return k.JWK.KeyID == kid })
	if i < 0 {
		return ClientKey{}, false
	}
	return c.Keys[i], true
}

func (c *Client) keyIDs() []string {
	ids := make([]string, len(c.Keys))
	for i, k := range c.Keys {
		ids[i] = k.JWK.KeyID
	}
	return ids
}

// registry holds the clients and never changes.
type registry struct {
	all   []Client
	index map[string]int
}

func newRegistry(clients []Client) (registry, error) {
	r := registry{index: make(map[string]int, len(clients))}
	var faults []error
	for _, c := range clients {
		if _, taken := r.index[c.ID]; taken {
			faults = append(faults, fmt.Errorf("client %q is registered twice", c.ID))
		}
		faults = append(faults, c.check())
		r.index[c.ID] = len(r.all)
		r.all = append(r.all, c.clone())
	}
	return r, errors.Join(faults...)
}

func (r registry) byID(id string) (*Client, bool) {
	i, ok := r.index[id]
	if !ok {
		return nil, false
	}
	return &r.all[i], true
}

func (r registry) ids() []string {
	ids := make([]string, len(r.all))
	for i, c := range r.all {
		ids[i] = c.ID
	}
	return ids
}

// owning returns the first client for which holds is true.
func (r registry) owning(holds func(*Client) bool) (*Client, bool) {
	for i := range r.all {
		if holds(&r.all[i]) {
			return &r.all[i], true
		}
	}
	return nil, false
}

// Shapes that are checked at registration. The alphabet of kid is that of
// Digdir, "REST-API for administrasjon av OIDC-integrasjoner".
var (
	orgShape = regexp.MustCompile(`^[0-9]{9}$`)
	kidShape = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)
)

// check returns all faults of a client.
func (c *Client) check() error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("client %q: "+format, append([]any{c.ID}, args...)...))
	}
	if c.ID == "" {
		fault("the id is empty")
	}
	if !orgShape.MatchString(c.Org) {
		fault("Org %q is not 9 digits", c.Org)
	}
	if c.TokenLifetime < 0 || c.TokenLifetime%time.Second != 0 {
		fault("TokenLifetime %s is not a whole number of seconds", c.TokenLifetime)
	}
	for _, scope := range c.Scopes {
		if len(strings.Fields(scope)) != 1 || strings.TrimSpace(scope) != scope {
			fault("scope %q is empty or has a space in it", scope)
		}
	}
	for i, k := range c.Keys {
		if err := k.check(); err != nil {
			fault("key %q: %w", k.JWK.KeyID, err)
		}
		if slices.Index(c.keyIDs(), k.JWK.KeyID) < i {
			fault("key %q is registered twice", k.JWK.KeyID)
		}
	}
	return errors.Join(faults...)
}

func (k ClientKey) check() error {
	public, ok := k.JWK.Key.(*rsa.PublicKey)
	switch {
	case !ok:
		return fmt.Errorf("is %T, not a public RSA key", k.JWK.Key)
	case public.N.BitLen() < minRSABits:
		return fmt.Errorf("has %d bits, fewer than %d", public.N.BitLen(), minRSABits)
	case !kidShape.MatchString(k.JWK.KeyID):
		return errors.New("the kid may hold letters, digits and . _ - only, and must not be empty")
	}
	return nil
}
