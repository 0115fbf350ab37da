package fakeauth

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"
)

// The ways in which a minted token can be broken, so that whoever checks tokens
// can see whether each is refused. Each breaks one thing and nothing else.
const (
	BrokenExpired       = "expired"        // exp was a minute ago
	BrokenNotYetValid   = "not_yet_valid"  // iat and nbf are in an hour
	BrokenWrongIssuer   = "wrong_issuer"   // iss is another Maskinporten
	BrokenWrongAudience = "wrong_audience" // aud is another API
	BrokenWrongKey      = "wrong_key"      // signed with another key than kid says
	BrokenUnknownKID    = "unknown_kid"    // kid is not among the published keys
	BrokenAlgNone       = "alg_none"       // not signed
	BrokenMissingClaim  = "missing_claim"  // no consumer
	BrokenWrongScope    = "wrong_scope"    // a scope that no API asks for
	BrokenTampered      = "tampered"       // changed after it was signed
)

// BrokenKinds are all of them, in the order of the list above.
func BrokenKinds() []string {
	return []string{BrokenExpired, BrokenNotYetValid, BrokenWrongIssuer, BrokenWrongAudience, BrokenWrongKey, BrokenUnknownKID, BrokenAlgNone, BrokenMissingClaim, BrokenWrongScope, BrokenTampered}
}

// spoil breaks what a token says. What is broken otherwise, resign does.
func (i *issuance) spoil(kind string) error {
	const minute, hour = time.Minute, time.Hour
	switch kind {
	case BrokenExpired:
		i.at = i.at.Add(-time.Duration(i.lifetime)*time.Second - minute)
	case BrokenNotYetValid:
		i.at = i.at.Add(hour)
		i.claims.NotBefore = i.at.Unix()
	case BrokenWrongIssuer:
		i.claims.Issuer = "https://maskinporten.example/"
	case BrokenWrongAudience:
		i.claims.Audience = "https://api.example/"
	case BrokenMissingClaim:
		i.claims.Consumer = nil
	case BrokenWrongScope:
		i.claims.Scope = "liksom:feil"
	default:
		if !slices.Contains(BrokenKinds(), kind) {
			return fmt.Errorf("%w %q; there are %s", ErrUnknownBroken, clip(kind), strings.Join(BrokenKinds(), ", "))
		}
	}
	return nil
}

// resign breaks header or signature of a good token.
func (r *keyring) resign(kind, token string) (string, error) {
	parts := strings.Split(token, ".")
	head := func(text string, args ...any) string {
		return base64.RawURLEncoding.EncodeToString(fmt.Appendf(nil, text, args...))
	}
	switch kind {
	case BrokenWrongKey:
		return r.next.signAs(r.current.header, parts[1])
	case BrokenUnknownKID:
		return r.current.signAs(head(`{"kid":%q,"alg":"RS256"}`, newTokenID()), parts[1])
	case BrokenAlgNone:
		return head(`{"kid":%q,"alg":"none"}`, r.current.public.KeyID) + "." + parts[1] + ".", nil
	case BrokenTampered:
		var claims accessToken
		if err := decodePart(parts[1], &claims); err != nil {
			return "", fmt.Errorf("fakeauth: tamper: %w", err)
		}
		claims.Scope += " liksom:mer"
		text, err := json.Marshal(claims)
		if err != nil {
			return "", fmt.Errorf("fakeauth: tamper: %w", err)
		}
		return parts[0] + "." + base64.RawURLEncoding.EncodeToString(text) + "." + parts[2], nil
	}
	return token, nil
}
