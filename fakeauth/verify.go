package fakeauth

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
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

	NotBefore time.Time // zero unless the token has nbf
	Audience  []string  // the APIs that the token is for; nil for any
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
	if known {
		if err := s.checkAgain(t, at); err != nil {
			return Token{}, s.reject(ctx, t.ClientID, err)
		}
	} else {
		c := &tokenCheck{server: s, raw: token, at: at}
		for _, r := range tokenRules {
			if err := r.check(c); err != nil {
				return Token{}, s.reject(ctx, c.token.ClientID, err)
			}
		}
		t = c.token
		s.verified.put(strings.Clone(token), t, at)
	}
	t.Scopes = slices.Clone(t.Scopes)
	return t, nil
}

// checkAgain applies the rules that a token can break whose signature was good
// before. It is on the way of every request, and so calls them without a table.
func (s *Server) checkAgain(t Token, at time.Time) error {
	c := tokenCheck{server: s, at: at, token: t}
	if err := c.checkIssuer(); err != nil {
		return err
	}
	if err := c.checkExpiry(); err != nil {
		return err
	}
	return c.checkNotBefore()
}

func (s *Server) reject(ctx context.Context, client string, reason error) *TokenError {
	e := &TokenError{Reason: mask(reason.Error())}
	s.conclude(ctx, Verdict{Refused: true, Client: mask(clip(client)), Error: invalidToken, Reason: e.Reason})
	return e
}

// invalidToken is the error of RFC 6750, 3.1.
const invalidToken = "invalid_token"

// ExplainToken applies every rule to an access token and goes on where Verify
// would stop. Nothing is written to the log.
func (s *Server) ExplainToken(token string) []Step {
	c := &tokenCheck{server: s, raw: token, at: s.cfg.Now()}
	steps := make([]Step, len(tokenRules))
	for i, r := range tokenRules {
		steps[i] = Step{Name: r.name, Outcome: Skipped}
		if i > 0 && c.signed == nil {
			continue
		}
		steps[i].Outcome = Passed
		if err := r.check(c); err != nil {
			steps[i] = Step{Name: r.name, Outcome: Failed, Status: http.StatusUnauthorized, Error: invalidToken, Reason: mask(err.Error())}
		}
	}
	return steps
}

// tokenCheck is one token that is judged.
type tokenCheck struct {
	server *Server
	raw    string
	at     time.Time
	signed *jose.JSONWebSignature // nil until the shape is known to be good
	token  Token                  // what it says, as far as that was read; trustworthy after all rules
}

type tokenRule struct {
	name  string
	check func(*tokenCheck) error
}

// tokenRules are the rules for access tokens in the order in which they refuse.
var tokenRules = []tokenRule{
	{"shape", (*tokenCheck).checkShape},
	{"iss", (*tokenCheck).checkIssuer},
	{"signature", (*tokenCheck).checkSignature},
	{"exp", (*tokenCheck).checkExpiry},
	{"nbf", (*tokenCheck).checkNotBefore},
}

func (c *tokenCheck) checkShape() error {
	if c.raw == "" {
		return errors.New("there is no token")
	}
	if len(c.raw) > maxAssertion {
		return fmt.Errorf("the token has %d bytes; at most %d are accepted", len(c.raw), maxAssertion)
	}
	if complaint := foreignCharacter(c.raw); complaint != "" {
		return fmt.Errorf("the token has %s", complaint)
	}
	signed, err := jose.ParseSignedCompact(c.raw, []jose.SignatureAlgorithm{jose.RS256})
	var algorithm *jose.ErrUnexpectedSignatureAlgorithm
	if errors.As(err, &algorithm) {
		return fmt.Errorf("alg is %s; tokens are signed with RS256", quote(string(algorithm.Got)))
	}
	if err != nil {
		return errors.New("the token is not a signed JWT of three parts")
	}
	if c.token, err = decodeToken(signed.UnsafePayloadWithoutVerification()); err != nil {
		return err
	}
	c.signed = signed
	return nil
}

func (c *tokenCheck) checkIssuer() error {
	iss := c.token.Issuer
	if _, ok := c.server.registered.now.Load().clients[iss]; ok {
		return fmt.Errorf("this is an assertion, since iss is client %s; exchange it for a token first", quote(iss))
	}
	if !c.server.cfg.Serves(iss) {
		return fmt.Errorf("the token is from issuer %s, which is not served here; get one from this sandbox", quote(iss))
	}
	return nil
}

func (c *tokenCheck) checkSignature() error {
	ring, kid := c.server.keys.now.Load(), c.signed.Signatures[0].Protected.KeyID
	key := ring.byID(kid)
	if key == nil {
		return fmt.Errorf("the token is signed with key %s, but the keys here are %s", quote(kid), list(ring.ids()))
	}
	if _, err := c.signed.Verify(key.public.Key); err != nil {
		return errors.New("the signature of the token is wrong")
	}
	return nil
}

func (c *tokenCheck) checkExpiry() error {
	if c.at.Before(c.token.Expires) {
		return nil
	}
	return fmt.Errorf("the token expired at %s, %s ago; get a new one before exp", c.token.Expires.Format(time.RFC3339), span(c.at.Unix()-c.token.Expires.Unix()))
}

// checkNotBefore judges nbf, which tokens of Maskinporten do not have, as RFC
// 7519, 4.1.5 wants it where it comes.
func (c *tokenCheck) checkNotBefore() error {
	if !c.at.Before(c.token.NotBefore) {
		return nil
	}
	return fmt.Errorf("the token is not valid before %s, in %s", c.token.NotBefore.Format(time.RFC3339), span(c.token.NotBefore.Unix()-c.at.Unix()))
}

func decodeToken(payload []byte) (Token, error) {
	var c accessToken
	if err := json.Unmarshal(payload, &c); err != nil {
		return Token{}, errors.New("the claims of the token cannot be read")
	}
	t := Token{
		Issuer:   c.Issuer,
		ClientID: c.ClientID,
		PID:      c.PID,
		Scopes:   strings.Fields(c.Scope),
		IssuedAt: time.Unix(c.IssuedAt, 0).UTC(),
		Expires:  time.Unix(c.Expires, 0).UTC(),
	}
	if c.Consumer != nil {
		t.Consumer = c.Consumer.ID
	}
	t.Audience = audienceOf(c.Audience)
	if c.NotBefore != 0 {
		t.NotBefore = time.Unix(c.NotBefore, 0).UTC()
	}
	return t, nil
}

// audienceOf reads aud, a string or a list of them.
func audienceOf(aud any) []string {
	values, isList := aud.([]any)
	if !isList {
		values = []any{aud}
	}
	var out []string
	for _, v := range values {
		if text, ok := v.(string); ok {
			out = append(out, text)
		}
	}
	return out
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
