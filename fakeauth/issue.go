package fakeauth

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// TokenResponse is the body of a successful answer.
type TokenResponse struct {
	AccessToken string `json:"access_token"`
	TokenType   string `json:"token_type"` // "Bearer"
	ExpiresIn   int    `json:"expires_in"` // seconds: one less than the lifetime, as observed
	Scope       string `json:"scope"`      // separated by spaces
}

// accessToken is the payload of a token, in the order of real tokens; where aud
// and pid stand was not observed. There is no sub.
type accessToken struct {
	Details          []systemUserDetail `json:"authorization_details,omitempty"`
	Scope            string             `json:"scope"`
	Supplier         *party             `json:"supplier,omitempty"` // owner of the client, when the consumer is another
	Issuer           string             `json:"iss"`
	ClientAMR        string             `json:"client_amr"`
	TokenType        string             `json:"token_type"`
	Expires          int64              `json:"exp"`
	DelegationSource string             `json:"delegation_source,omitempty"`
	IssuedAt         int64              `json:"iat"`
	Audience         any                `json:"aud,omitempty"` // only with resource
	PID              string             `json:"pid,omitempty"`
	ClientID         string             `json:"client_id"`
	ID               string             `json:"jti"`
	Consumer         *party             `json:"consumer,omitempty"`
	NotBefore        int64              `json:"nbf,omitempty"` // only in a broken token
}

// The values of client_amr (Digdir, "/token endpoint").
const (
	byKey         = "private_key_jwt"
	byCertificate = "virksomhetssertifikat"
)

// party is an organisation, by ISO 6523: 0192 is the Norwegian register.
type party struct {
	Authority string `json:"authority"`
	ID        string `json:"ID"`
}

const (
	orgAuthority = "iso6523-actorid-upis"
	orgPrefix    = "0192:"
)

func partyOf(org string) party { return party{Authority: orgAuthority, ID: orgPrefix + org} }

// issuance is a token before it is signed: all claims but the times and the id.
type issuance struct {
	claims   accessToken
	lifetime int // seconds
	at       time.Time
}

// issuance is what the exchange came to.
func (x *exchange) issuance() issuance {
	consumer := partyOf(x.consumer)
	claims := accessToken{
		Details: x.details, Scope: strings.Join(x.names, " "), Issuer: x.tokenIssuer, ClientAMR: x.amr,
		Audience: x.audience, PID: x.pid, ClientID: x.client.ID, Consumer: &consumer,
	}
	if x.onBehalf {
		supplier := partyOf(x.client.Org)
		claims.Supplier, claims.DelegationSource = &supplier, x.scopes[0].DelegationSource
	}
	return issuance{claims, lifetimeOf(x.client, x.scopes), x.at}
}

// lifetimeOf is the client's own lifetime, but no longer than any of the scopes
// allows. Digdir, "Scope", on at_max_age.
func lifetimeOf(c *Client, scopes []*Scope) int {
	seconds := c.lifetime()
	for _, scope := range scopes {
		if scope.MaxAge > 0 {
			seconds = min(seconds, scope.MaxAge)
		}
	}
	return seconds
}

func (k *signingKey) issue(i issuance) (TokenResponse, error) {
	c := i.claims
	c.TokenType, c.ID = "Bearer", newTokenID()
	c.IssuedAt, c.Expires = i.at.Unix(), i.at.Unix()+int64(i.lifetime)
	k.willExpire(c.Expires)
	payload, err := json.Marshal(c)
	if err != nil {
		return TokenResponse{}, fmt.Errorf("encode access token: %w", err)
	}
	token, err := k.sign(payload)
	if err != nil {
		return TokenResponse{}, err
	}
	return TokenResponse{AccessToken: token, TokenType: c.TokenType, ExpiresIn: max(0, i.lifetime-1), Scope: c.Scope}, nil
}

// newTokenID returns 43 characters of base64url, as the jti of real tokens
// (observed).
func newTokenID() string {
	var id [32]byte
	_, _ = rand.Read(id[:]) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(id[:])
}
