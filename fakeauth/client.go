package fakeauth

import (
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// jwtBearer is the one grant of Maskinporten (RFC 7523).
const jwtBearer = "urn:ietf:params:oauth:grant-type:jwt-bearer"

// maskinportenType is the integration type of clients between machines.
const maskinportenType = "maskinporten"

// defaultLifetime is the lifetime of an access token in seconds, when the client
// has none of its own (Digdir, "Registrering av klienter").
const defaultLifetime = 120

// minRSABits is the smallest key that is accepted, for clients and for tokens.
const minRSABits = 2048

// Client is a registered client. Its JSON members are those of Digdir's
// self-service API as far as that has them.
type Client struct {
	ID              string            `json:"client_id"` // a UUID when self-registered, any text otherwise
	Name            string            `json:"client_name,omitempty"`
	Description     string            `json:"description,omitempty"`
	Org             string            `json:"client_orgno"`                         // organisation number of the owner, 9 digits
	SupplierOrg     string            `json:"supplier_orgno,omitempty"`             // who registered it for the owner
	IntegrationType string            `json:"integration_type,omitempty"`           // "maskinporten", "idporten", …; empty is maskinporten
	ApplicationType string            `json:"application_type,omitempty"`           // "web", "browser", "native"
	AuthMethod      string            `json:"token_endpoint_auth_method,omitempty"` // empty is private_key_jwt
	Scopes          []string          `json:"scopes,omitempty"`                     // what the client may ask for
	GrantTypes      []string          `json:"grant_types,omitempty"`                // empty is the first of its type: for maskinporten the JWT-bearer grant alone
	RedirectURIs    []string          `json:"redirect_uris,omitempty"`              // for login
	TokenLifetime   int               `json:"access_token_lifetime,omitempty"`      // seconds; 0 is 120
	OnBehalfOf      []json.RawMessage `json:"onbehalfof,omitempty"`                 // as registered
	Inactive        bool              `json:"inactive,omitempty"`                   // deactivated; nothing is ever deleted
	Created         time.Time         `json:"created,omitzero"`
	Updated         time.Time         `json:"last_updated,omitzero"`

	// Keys are the public keys that the client signs with. A client without any
	// authenticates with an enterprise certificate (virksomhetssertifikat).
	Keys        []ClientKey `json:"keys,omitempty"`
	KeysCreated time.Time   `json:"keys_created,omitzero"` // when the set was first posted
	KeysUpdated time.Time   `json:"keys_updated,omitzero"`

	// Settings are members of the registration that mean nothing to Maskinporten:
	// those that ID-porten reads, client_secret among them, and those that are kept
	// for whoever asks for them again, as client_uri.
	Settings map[string]json.RawMessage `json:"settings,omitempty"`
}

// ClientKey is a public key of a client. Maskinporten lets a key live for at
// most one year from when it was posted. A key with a certificate chain (x5c)
// is good only as long as its certificate is.
type ClientKey struct {
	JWK     jose.JSONWebKey `json:"jwk"`
	Expires time.Time       `json:"exp,omitzero"` // zero is never
}

func (c *Client) clone() Client {
	out := *c
	out.Scopes = slices.Clone(c.Scopes)
	out.GrantTypes = slices.Clone(c.GrantTypes)
	out.RedirectURIs = slices.Clone(c.RedirectURIs)
	out.OnBehalfOf = slices.Clone(c.OnBehalfOf)
	out.Keys = slices.Clone(c.Keys)
	out.Settings = maps.Clone(c.Settings)
	return out
}

// Lifetime is that of access tokens, in seconds.
func (c *Client) lifetime() int {
	if c.TokenLifetime == 0 {
		return defaultLifetime
	}
	return c.TokenLifetime
}

func (c *Client) integrationType() string {
	if c.IntegrationType == "" {
		return maskinportenType
	}
	return c.IntegrationType
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

// kidShape is the alphabet of kid in Digdir, "REST-API for administrasjon av
// OIDC-integrasjoner".
var kidShape = regexp.MustCompile(`^[A-Za-z0-9._-]+$`)

// check returns all faults of a client.
func (c *Client) check() error {
	var faults []error
	fault := func(format string, args ...any) {
		faults = append(faults, fmt.Errorf("client %q: "+format, append([]any{c.ID}, args...)...))
	}
	if c.ID == "" {
		fault("the id is empty")
	}
	for _, org := range []string{c.Org, c.SupplierOrg} {
		if (org != "" || org == c.Org) && !ValidOrg(org) {
			fault("%q is not an organisation number", org)
		}
	}
	if c.TokenLifetime < 0 {
		fault("access_token_lifetime %d is negative", c.TokenLifetime)
	}
	for _, scope := range c.Scopes {
		if !oneWord(scope) {
			fault("scope %q is empty or has a space in it", scope)
		}
	}
	for i, k := range c.Keys {
		if err := k.Check(); err != nil {
			fault("key %q: %w", k.JWK.KeyID, err)
		}
		if slices.Index(c.keyIDs(), k.JWK.KeyID) < i {
			fault("key %q is registered twice", k.JWK.KeyID)
		}
	}
	return errors.Join(faults...)
}

// Check tells why a key cannot be registered.
func (k ClientKey) Check() error {
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

func oneWord(s string) bool { return len(strings.Fields(s)) == 1 && strings.TrimSpace(s) == s }

// orgWeights are those of the check digit of organisation numbers.
var orgWeights = [8]int{3, 2, 7, 6, 5, 4, 3, 2}

// ValidOrg tells whether a text is an organisation number: nine digits, the last
// of which is the check digit of the others (modulus 11).
func ValidOrg(s string) bool {
	if len(s) != len(orgWeights)+1 {
		return false
	}
	sum := 0
	for i, c := range []byte(s) {
		if c < '0' || c > '9' {
			return false
		}
		if i < len(orgWeights) {
			sum += int(c-'0') * orgWeights[i]
		}
	}
	return (11-sum%11)%11 == int(s[8]-'0')
}
