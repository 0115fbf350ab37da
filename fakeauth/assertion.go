package fakeauth

import (
	"encoding/base64"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/go-jose/go-jose/v4/json"
	"github.com/go-jose/go-jose/v4/jwt"
)

// maxAssertion caps the length of an assertion, in bytes. A full certificate
// chain fits.
const maxAssertion = 16 << 10

// compactAlphabet is what a compact JWS may hold (RFC 7515, 7.1).
const compactAlphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_."

// assertion is a parsed JWT that nobody has vouched for yet.
type assertion struct {
	raw       string
	header    header
	claims    claims
	signature []byte
}

// header holds the header parameters that matter. Members are nil when absent.
type header struct {
	Algorithm string          `json:"alg"`
	KeyID     *string         `json:"kid"`
	X5C       json.RawMessage `json:"x5c"`
}

// claims holds the claims that matter; others are ignored, as sub and nbf, which
// some clients send. Strings are empty and numbers nil when absent or null.
type claims struct {
	issuer   string
	audience jwt.Audience
	scope    string
	issuedAt *jwt.NumericDate
	expires  *jwt.NumericDate
	id       string

	audienceIsList bool
	consumerOrg    string
	onBehalfOf     string          // iss_onbehalfof
	pid            string          // national identity number
	resource       json.RawMessage // nil when absent
	details        json.RawMessage // authorization_details; nil when absent
	unknown        []string        // names of other claims
}

// parseAssertion reads the shape of an assertion. It fails with MP-011.
func parseAssertion(raw string) (*assertion, error) {
	if raw == "" {
		return nil, refuse(malformed, "the parameter assertion is missing or empty")
	}
	if len(raw) > maxAssertion {
		return nil, refuse(malformed, "the assertion has %d bytes; at most %d are accepted", len(raw), maxAssertion)
	}
	if complaint := foreignCharacter(raw); complaint != "" {
		return nil, refuse(malformed, "the assertion has %s", complaint)
	}
	parts := strings.Split(raw, ".")
	if len(parts) != 3 {
		return nil, refuse(malformed, "a signed JWT has 3 parts with dots between; the assertion has %d", len(parts))
	}
	a := &assertion{raw: raw}
	if err := decodePart(parts[0], &a.header); err != nil {
		return nil, refuse(malformed, "the header of the assertion cannot be read: %s", clip(err.Error()))
	}
	var members map[string]json.RawMessage
	if err := decodePart(parts[1], &members); err != nil {
		return nil, refuse(malformed, "the claims of the assertion cannot be read: %s", clip(err.Error()))
	}
	if err := a.claims.fill(members); err != nil {
		return nil, err
	}
	signature, err := base64.RawURLEncoding.DecodeString(parts[2])
	if err != nil {
		return nil, refuse(malformed, "the signature of the assertion is not base64url")
	}
	a.signature = signature
	return a, nil
}

// decodePart reads one base64url part. The json package is that of go-jose: it
// tells the case of names apart and refuses a name that comes twice.
func decodePart(part string, into any) error {
	text, err := base64.RawURLEncoding.DecodeString(part)
	if err != nil {
		return fmt.Errorf("not base64url: %w", err)
	}
	return json.Unmarshal(text, into)
}

// fill reads the claims one by one, so that a refusal can name the one with the
// wrong type.
func (c *claims) fill(members map[string]json.RawMessage) error {
	for _, claim := range []struct {
		name, shape string
		into        any
	}{
		{"iss", "a string", &c.issuer},
		{"aud", "a string", &c.audience},
		{"scope", "one string, with a space between scopes", &c.scope},
		{"iat", "a number: seconds since 1970, without quotes", &c.issuedAt},
		{"exp", "a number: seconds since 1970, without quotes", &c.expires},
		{"jti", "a string", &c.id},
		{"consumer_org", "a string of 9 digits", &c.consumerOrg},
		{"iss_onbehalfof", "a string", &c.onBehalfOf},
		{"pid", "a string of 11 digits", &c.pid},
		{"resource", "a URI or a list of them", &c.resource},
		{"authorization_details", "a list", &c.details},
	} {
		value, given := members[claim.name]
		if claim.name == "aud" {
			c.audienceIsList = strings.HasPrefix(string(value), "[")
		}
		if !given || string(value) == "null" {
			continue
		}
		if err := json.Unmarshal(value, claim.into); err != nil {
			return refuse(malformed, "the claim %s must be %s, but is %s", claim.name, claim.shape, quote(string(value)))
		}
		delete(members, claim.name)
	}
	c.unknown = slices.Sorted(maps.Keys(members))
	return nil
}

// foreignCharacter describes the first character of a compact JWS that does not
// belong there, or returns "". It must run before any base64 decoder, since
// those of Go skip line breaks. Digdir, "Feilsøking i Maskinporten": line breaks
// give MP-011.
func foreignCharacter(jws string) string {
	at := strings.IndexFunc(jws, func(r rune) bool { return !strings.ContainsRune(compactAlphabet, r) })
	if at < 0 {
		return ""
	}
	switch c := jws[at]; c {
	case '\r', '\n':
		return fmt.Sprintf("a line break at position %d; it must be one line", at+1)
	case ' ':
		return fmt.Sprintf("a space at position %d; was a \"+\" sent without percent-encoding, or a \"Bearer\" left in front?", at+1)
	case '+', '/', '=':
		return fmt.Sprintf("%q at position %d; the encoding is base64url without padding", c, at+1)
	}
	return fmt.Sprintf("a character at position %d that is not base64url", at+1)
}
