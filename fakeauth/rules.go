package fakeauth

import (
	"slices"
	"strings"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// Limits of Digdir, "JWT grant", sections on iat and exp.
const (
	clockSkew        = 10 * time.Second
	longestAssertion = 120 * time.Second
)

// assertionAlgorithms returns what an assertion may be signed with (Digdir, "JWT
// grant").
func assertionAlgorithms() []jose.SignatureAlgorithm {
	return []jose.SignatureAlgorithm{jose.RS256, jose.RS384, jose.RS512}
}

// checkAlgorithm refuses all but RSA with PKCS #1 v1.5. That it comes before the
// client is looked up is a guess, as is the whole order of the rules.
func checkAlgorithm(h header) error {
	if slices.Contains(assertionAlgorithms(), jose.SignatureAlgorithm(h.Algorithm)) {
		return nil
	}
	return refuse(invalidSignature, "alg is %s; RS256, RS384 and RS512 are accepted", quote(h.Algorithm))
}

// clientOf finds the client that an assertion names.
func (reg *snapshot) clientOf(iss string) (*Client, error) {
	if iss == "" {
		return nil, refuse(missingClaim, "the claim iss is missing; it must be the client id")
	}
	if c := reg.clients[iss]; c != nil && !c.Inactive {
		return c, nil
	}
	if c, ok := reg.owning(func(c *Client) bool { _, has := c.key(iss); return has }); ok {
		return nil, refuse(unknownClient, "iss is %s, the kid of a key; it must be the client id, %s", quote(iss), quote(c.ID))
	}
	if c, ok := reg.owning(func(c *Client) bool { return c.Name == iss }); ok {
		return nil, refuse(unknownClient, "iss is %s, the name of a client; it must be the client id, %s", quote(iss), quote(c.ID))
	}
	if c, ok := reg.owning(func(c *Client) bool { return c.Org == iss }); ok {
		return nil, refuse(unknownClient, "iss is %s, an organisation number; it must be the client id, such as %s", quote(iss), quote(c.ID))
	}
	return nil, refuse(unknownClient, "iss is %s, but no such client is registered here; there are %s", quote(iss), list(reg.clientIDs()))
}

// keyOf finds the key that an assertion of a client names. If the header has a
// certificate (x5c) too, kid wins; that is a guess.
func (reg *snapshot) keyOf(c *Client, h header, at time.Time) (ClientKey, error) {
	if h.KeyID == nil {
		if h.X5C != nil {
			return ClientKey{}, refuse(missingKeyID, "the header has x5c but no kid; client %s must name one of its registered keys: %s", quote(c.ID), list(c.keyIDs()))
		}
		return ClientKey{}, refuse(missingKeyID, "the header has no kid; client %s must name one of its registered keys: %s", quote(c.ID), list(c.keyIDs()))
	}
	kid := *h.KeyID
	key, ok := c.key(kid)
	if !ok {
		hint := ""
		if other, has := reg.owning(func(c *Client) bool { _, has := c.key(kid); return has }); has {
			hint = "; that key belongs to client " + quote(other.ID)
		}
		return ClientKey{}, refuse(unknownKeyID, "kid is %s, but the registered keys of client %s are %s%s", quote(kid), quote(c.ID), list(c.keyIDs()), hint)
	}
	if !key.Expires.IsZero() && !at.Before(key.Expires) {
		return ClientKey{}, refuse(expiredKey, "key %s of client %s expired at %s; post it again to renew it for a year", quote(kid), quote(c.ID), key.Expires.UTC().Format(time.RFC3339))
	}
	return key, nil
}

// checkSignature verifies an assertion. It fails with MP-011 for a header that
// is no JWS header, and with MP-124.
func checkSignature(a *assertion, key ClientKey, c *Client) error {
	signed, err := jose.ParseSignedCompact(a.raw, assertionAlgorithms())
	if err != nil {
		return refuse(malformed, "the header of the assertion cannot be read: %s", clip(err.Error(), maxQuoted))
	}
	if _, err := signed.Verify(key.JWK.Key); err != nil {
		return refuse(invalidSignature, "the signature does not fit key %s of client %s; the assertion was signed with another private key or altered afterwards", quote(key.JWK.KeyID), quote(c.ID))
	}
	return nil
}

// checkAudience demands exactly one value, an issuer that is served here. Digdir,
// "/token endpoint", no longer accepts the address of the token endpoint. A list
// of one value is accepted, as older libraries write it; that is a guess.
func (s *Server) checkAudience(aud []string, issuer string) error {
	switch {
	case len(aud) == 0:
		return refuse(wrongAudience, "aud is missing; it must be exactly %s", quote(issuer))
	case len(aud) > 1:
		return refuse(wrongAudience, "aud has %d values, but must be exactly %s", len(aud), quote(issuer))
	case !s.cfg.Serves(aud[0]):
		return refuse(wrongAudience, "aud is %s but must be exactly %s%s", quote(aud[0]), quote(issuer), s.audienceHint(aud[0]))
	}
	return nil
}

func (s *Server) audienceHint(aud string) string {
	switch {
	case s.cfg.Serves(aud + "/"):
		return " (with the slash)"
	case s.cfg.Serves(strings.TrimRight(aud, "/") + "/"):
		return " (with one slash)"
	case s.cfg.Serves(strings.TrimSuffix(aud, "token")):
		return " (the issuer, not the token endpoint)"
	case strings.Contains(aud, "maskinporten.no"):
		return " (this sandbox, not the real Maskinporten)"
	}
	return ""
}

// checkTimes judges iat and exp by whole seconds. The lower end of the window
// and the codes are guesses where refusal.go says so.
func checkTimes(c claims, at time.Time) error {
	const skew, longest = int64(clockSkew / time.Second), int64(longestAssertion / time.Second)
	if c.issuedAt == nil {
		return refuse(missingClaim, "the claim iat is missing; it must be the time of signing, in seconds since 1970")
	}
	if c.expires == nil {
		return refuse(missingClaim, "the claim exp is missing; it must be at most %d s after iat", longest)
	}
	now, iat, exp := at.Unix(), int64(*c.issuedAt), int64(*c.expires)
	switch {
	case iat > now+skew:
		return refuse(signedAhead, "the assertion was signed %s ahead of the server's clock; at most %d s is accepted%s", span(iat-now), skew, clockHint(iat, now))
	case exp <= now:
		return refuse(expiredAssertion, "the assertion expired %s ago by the server's clock%s", span(now-exp), clockHint(exp, now))
	case iat < now-skew:
		return refuse(expiredAssertion, "the assertion was signed %s before the server's clock; at most %d s is accepted%s", span(now-iat), skew, clockHint(iat, now))
	case exp-iat > longest:
		return refuse(livesTooLong, "the assertion is valid for %s (exp - iat); at most %d s is accepted%s", span(exp-iat), longest, clockHint(exp, now))
	}
	return nil
}

// clockHint recognises two common ways to get a time wrong.
func clockHint(claimed, now int64) string {
	const hour, day, slack = 3600, 86400, 130
	if off := claimed/1000 - now; -day < off && off < day {
		return "; the time seems to be in milliseconds, it must be in seconds"
	}
	off := max(claimed, now) - min(claimed, now)
	if hours := (off + slack) / hour; hours >= 1 && hours <= 14 && max(off, hours*hour)-min(off, hours*hour) <= slack {
		return "; a difference of whole hours suggests local time, it must be UTC"
	}
	return ""
}

// scopesFor returns the scopes that an assertion asks for, all of which must be
// registered on the client.
func scopesFor(c *Client, scope string) ([]string, error) {
	wanted := strings.Fields(scope)
	if len(wanted) == 0 {
		return nil, refuse(missingScope, "the claim scope is missing or empty; it must name at least one of %s", list(c.Scopes))
	}
	foreign := slices.DeleteFunc(slices.Clone(wanted), func(s string) bool { return slices.Contains(c.Scopes, s) })
	if len(foreign) == 0 {
		return wanted, nil
	}
	hint := ""
	if strings.Contains(scope, ",") {
		hint = "; separate scopes by a space, not by a comma"
	}
	return nil, refuse(invalidScope, "%s is not registered on client %s, which has %s%s", list(foreign), quote(c.ID), list(c.Scopes), hint).
		naming(strings.Join(foreign, ","))
}
