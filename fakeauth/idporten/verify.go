package idporten

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Token is what an access token of a citizen says.
type Token struct {
	Issuer, ClientID, PID, ACR string   // PID is empty where a scope hides it
	Scopes, Audience           []string // Audience is empty for any
	Expires                    time.Time
}

func tokenOf(c accessClaims) Token {
	t := Token{Issuer: c.Issuer, ClientID: c.ClientID, PID: c.PID, ACR: c.ACR, Scopes: strings.Fields(c.Scope), Expires: time.Unix(c.Expires, 0)}
	if c.Audience != "" {
		t.Audience = []string{c.Audience}
	}
	return t
}

// Verify reads an access token, without the word "Bearer", as an API does: a JWT
// by its signature, so that a revoked one lives on until it runs out; an opaque
// one by asking. The error is one sentence.
func (s *Server) Verify(_ context.Context, token string) (Token, error) {
	if !strings.Contains(token, ".") {
		h, ok := s.store.active(token)
		if !ok {
			return Token{}, errors.New("the token is no JWT, as all of Maskinporten's are, and no opaque one that ID-porten knows as active")
		}
		known := h.claims
		known.PID = h.login.pid
		return tokenOf(known), nil
	}
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		return Token{}, errors.New("the token is not a JWT signed with RS256")
	}
	payload, err := signed.Verify(s.public.Key)
	if kid := signed.Signatures[0].Protected.KeyID; err != nil || kid != s.public.KeyID {
		return Token{}, fmt.Errorf("the token is not signed with ID-porten's key %q", s.public.KeyID)
	}
	var claims accessClaims
	if err := json.Unmarshal(payload, &claims); err != nil || claims.Scope == "" || claims.ClientID == "" {
		return Token{}, errors.New("this is no access token; an id_token is for the client alone")
	}
	expires := time.Unix(claims.Expires, 0)
	switch {
	case !s.cfg.Serves(claims.Issuer):
		return Token{}, fmt.Errorf("the token is from issuer %q, which is not served here", clip(claims.Issuer))
	case !s.cfg.Now().Before(expires):
		return Token{}, fmt.Errorf("the token ran out at %s", expires.UTC().Format(time.RFC3339))
	}
	return tokenOf(claims), nil
}
