package fakeauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Token is what an access token says.
type Token struct {
	Issuer   string
	ClientID string
	Consumer string // "0192:" and the organisation number
	PID      string // national identity number; empty unless the token is for one person
	Scopes   []string
	IssuedAt time.Time
	Expires  time.Time
}

// Has tells whether the token grants a scope.
func (t Token) Has(scope string) bool { return slices.Contains(t.Scopes, scope) }

// Org is the organisation number of the consumer, 9 digits.
func (t Token) Org() string { return strings.TrimPrefix(t.Consumer, orgPrefix) }

// TokenError tells why an access token is not accepted.
type TokenError struct {
	Reason string // one English sentence; identity numbers are masked
}

func (e *TokenError) Error() string { return "invalid access token: " + e.Reason }

// Verify reads an access token, without the word "Bearer". It accepts tokens of
// every issuer that is served here, until they expire. The error is a
// *TokenError. A token that comes again costs no signature check.
func (s *Server) Verify(ctx context.Context, token string) (Token, error) {
	at := s.cfg.Now()
	t, known := s.verified.get(token)
	if !known {
		var err error
		if t, err = s.read(token); err != nil {
			return Token{}, s.reject(ctx, t.ClientID, "%s", err.Error())
		}
		s.verified.put(strings.Clone(token), t, at)
	}
	switch {
	case !s.cfg.Serves(t.Issuer):
		return Token{}, s.reject(ctx, t.ClientID, "the token is from issuer %s, which is not served here", quote(t.Issuer))
	case !at.Before(t.Expires):
		return Token{}, s.reject(ctx, t.ClientID, "the token expired at %s, %s ago; get a new one before exp", t.Expires.Format(time.RFC3339), span(at.Unix()-t.Expires.Unix()))
	}
	t.Scopes = slices.Clone(t.Scopes)
	return t, nil
}

func (s *Server) reject(ctx context.Context, client, format string, args ...any) *TokenError {
	e := &TokenError{Reason: mask(fmt.Sprintf(format, args...))}
	s.conclude(ctx, Verdict{Refused: true, Client: mask(clip(client, maxQuoted)), Error: "invalid_token", Reason: e.Reason})
	return e
}

// read checks shape, issuer and signature. With an error, the token holds what
// it claims to be, as far as that could be read.
func (s *Server) read(token string) (Token, error) {
	if token == "" {
		return Token{}, errors.New("there is no token")
	}
	if len(token) > maxAssertion {
		return Token{}, fmt.Errorf("the token has %d bytes; at most %d are accepted", len(token), maxAssertion)
	}
	if complaint := foreignCharacter(token); complaint != "" {
		return Token{}, fmt.Errorf("the token has %s", complaint)
	}
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	var algorithm *jose.ErrUnexpectedSignatureAlgorithm
	if errors.As(err, &algorithm) {
		return Token{}, fmt.Errorf("alg is %s; tokens are signed with RS256", quote(string(algorithm.Got)))
	}
	if err != nil {
		return Token{}, errors.New("the token is not a signed JWT of three parts")
	}
	t, err := decodeToken(signed.UnsafePayloadWithoutVerification())
	if err != nil {
		return Token{}, err
	}
	if _, ok := s.registered.now.Load().clients[t.Issuer]; ok {
		return t, fmt.Errorf("this is an assertion, since iss is client %s; exchange it for a token first", quote(t.Issuer))
	}
	if !s.cfg.Serves(t.Issuer) {
		return t, fmt.Errorf("the token is from issuer %s, which is not served here; get one from this sandbox", quote(t.Issuer))
	}
	ring, kid := s.keys.now.Load(), signed.Signatures[0].Protected.KeyID
	key := ring.byID(kid)
	if key == nil {
		return t, fmt.Errorf("the token is signed with key %s, but the keys here are %s", quote(kid), list(ring.ids()))
	}
	if _, err := signed.Verify(key.public.Key); err != nil {
		return t, errors.New("the signature of the token is wrong")
	}
	return t, nil
}

func decodeToken(payload []byte) (Token, error) {
	var c struct {
		accessToken
		PID string `json:"pid"`
	}
	if err := json.Unmarshal(payload, &c); err != nil {
		return Token{}, errors.New("the claims of the token cannot be read")
	}
	return Token{
		Issuer:   c.Issuer,
		ClientID: c.ClientID,
		Consumer: c.Consumer.ID,
		PID:      c.PID,
		Scopes:   strings.Fields(c.Scope),
		IssuedAt: time.Unix(c.IssuedAt, 0).UTC(),
		Expires:  time.Unix(c.Expires, 0).UTC(),
	}, nil
}

// maxVerified bounds the memory for verified tokens to a few megabytes.
const maxVerified = 2048

// verified remembers tokens with a good signature: a caller uses one token for
// many requests, and checking RSA costs more than the rest of a look-up. The
// zero value is ready; it is safe for concurrent use.
type verified struct {
	mu     sync.RWMutex
	tokens map[string]Token
}

func (v *verified) get(token string) (Token, bool) {
	v.mu.RLock()
	defer v.mu.RUnlock()
	t, ok := v.tokens[token]
	return t, ok
}

// put remembers a token. When there are too many, the expired go first and, if
// that is not enough, all: they will be checked again.
func (v *verified) put(token string, t Token, at time.Time) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for old, o := range v.tokens {
		if len(v.tokens) < maxVerified {
			break
		}
		if !at.Before(o.Expires) {
			delete(v.tokens, old)
		}
	}
	if v.tokens == nil || len(v.tokens) >= maxVerified {
		v.tokens = make(map[string]Token)
	}
	v.tokens[token] = t
}
