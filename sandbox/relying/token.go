package relying

import (
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// tokens is an answer of the token endpoint.
type tokens struct {
	AccessToken  string `json:"access_token"`
	IDToken      string `json:"id_token"`
	RefreshToken string `json:"refresh_token"`
	ExpiresIn    int    `json:"expires_in"` // seconds
	Error        string `json:"error"`
	Description  string `json:"error_description"`
}

// until is when the access token runs out, a little early.
func (t tokens) until(now time.Time) time.Time {
	const margin = 5 * time.Second
	return now.Add(time.Duration(t.ExpiresIn)*time.Second - margin)
}

// mostAnswer caps what is read of an answer, in bytes.
const mostAnswer = 1 << 20

// token asks ID-porten for tokens.
func (v *Visit[K]) token(idporten metadata, form url.Values) (tokens, error) {
	var out tokens
	if err := v.client.authenticate(idporten, form); err != nil {
		return out, err
	}
	r, err := http.NewRequestWithContext(v.r.Context(), http.MethodPost, idporten.Token, strings.NewReader(form.Encode()))
	if err != nil {
		return out, fmt.Errorf("asking for tokens: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := v.client.http.Do(r)
	if err != nil {
		return out, fmt.Errorf("asking for tokens: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // it has been read
	if err := json.NewDecoder(io.LimitReader(answer.Body, mostAnswer)).Decode(&out); err != nil {
		return out, fmt.Errorf("reading the tokens: %w", err)
	}
	if out.Error != "" {
		return out, RefusedError{out.Error, out.Description}
	}
	return out, nil
}

// authenticate says who the client is: with an assertion that it signs, or with its
// secret.
func (c *Client[K]) authenticate(idporten metadata, form url.Values) error {
	form.Set("client_id", c.ClientID)
	if c.Key.Key == nil {
		form.Set("client_secret", c.Secret())
		return nil
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: c.Key}, nil)
	if err != nil {
		return fmt.Errorf("signing an assertion: %w", err)
	}
	now := c.Now()
	assertion, err := jwt.Signed(signer).Claims(jwt.Claims{
		Issuer: c.ClientID, Subject: c.ClientID, Audience: jwt.Audience{idporten.Issuer}, ID: rand.Text(),
		IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(time.Minute)),
	}).Serialize()
	if err != nil {
		return fmt.Errorf("signing an assertion: %w", err)
	}
	form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	form.Set("client_assertion", assertion)
	return nil
}

// AccessToken gives one that is good for a while, a fresh one where the old one has
// run out. The visitor must be logged in; a fresh one is remembered by Keep.
func (v *Visit[K]) AccessToken() (string, error) {
	if v.Session == nil {
		return "", errors.New("asking for an access token: nobody is logged in")
	}
	one := *v.Session
	if v.client.Now().Before(one.until) {
		return one.tokens.AccessToken, nil
	}
	got, err := v.token(one.idporten, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {one.tokens.RefreshToken}})
	if err != nil {
		return "", err
	}
	one.tokens, one.until = got, got.until(v.client.Now())
	v.Session = &one
	return got.AccessToken, nil
}
