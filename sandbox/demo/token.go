package demo

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
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

// token asks ID-porten for tokens.
func (s *service) token(ctx context.Context, sent *recorder, idporten metadata, form url.Values) (tokens, error) {
	var out tokens
	if err := s.authenticate(idporten, form); err != nil {
		return out, err
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, idporten.Token, strings.NewReader(form.Encode()))
	if err != nil {
		return out, fmt.Errorf("asking for tokens: %w", err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	answer, err := sent.client().Do(r)
	if err != nil {
		return out, fmt.Errorf("asking for tokens: %w", err)
	}
	defer func() { _ = answer.Body.Close() }() // the recorder has read it
	if err := json.NewDecoder(answer.Body).Decode(&out); err != nil {
		return out, fmt.Errorf("reading the tokens: %w", err)
	}
	if out.Error != "" {
		return out, errRefused{out.Error, out.Description}
	}
	return out, nil
}

// authenticate says who the client is: the first one with an assertion that it
// signs, the second with its secret.
func (s *service) authenticate(idporten metadata, form url.Values) error {
	form.Set("client_id", s.client)
	if s.client != firstClient {
		form.Set("client_secret", s.Secret)
		return nil
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: s.Key}, nil)
	if err != nil {
		return fmt.Errorf("signing an assertion: %w", err)
	}
	now := s.Now()
	assertion, err := jwt.Signed(signer).Claims(jwt.Claims{
		Issuer: s.client, Subject: s.client, Audience: jwt.Audience{idporten.Issuer}, ID: rand.Text(),
		IssuedAt: jwt.NewNumericDate(now), Expiry: jwt.NewNumericDate(now.Add(time.Minute)),
	}).Serialize()
	if err != nil {
		return fmt.Errorf("signing an assertion: %w", err)
	}
	form.Set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer")
	form.Set("client_assertion", assertion)
	return nil
}

// renewed gives a session whose access token is good for a while.
func (s *service) renewed(ctx context.Context, sent *recorder, one session) (session, error) {
	if s.Now().Before(one.until) {
		return one, nil
	}
	got, err := s.token(ctx, sent, one.idporten, url.Values{"grant_type": {"refresh_token"}, "refresh_token": {one.tokens.RefreshToken}})
	if err != nil {
		return one, err
	}
	one.tokens, one.until = got, got.until(s.Now())
	return one, nil
}
