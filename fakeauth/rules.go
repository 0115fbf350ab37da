package fakeauth

import (
	"errors"
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

// checkShape reads the assertion.
func (x *exchange) checkShape() (err error) {
	x.assertion, err = parseAssertion(x.raw)
	return err
}

// checkAlgorithm refuses all but RSA with PKCS #1 v1.5. The code is a guess
// (alg_code).
func (x *exchange) checkAlgorithm() error {
	alg := x.assertion.header.Algorithm
	if slices.Contains(assertionAlgorithms(), jose.SignatureAlgorithm(alg)) {
		return nil
	}
	f := invalidSignature
	if x.server.cfg.Guesses.MalformedAlgorithm {
		f = malformed
	}
	return refuse(f, "alg is %s; RS256, RS384 and RS512 are accepted", quote(alg))
}

// checkClient finds the client that an assertion names.
func (x *exchange) checkClient() error {
	iss, reg := x.assertion.claims.issuer, x.registered
	if iss == "" {
		return refuse(missingClaim, "the claim iss is missing; it must be the client id")
	}
	if c := reg.clients[iss]; c != nil {
		if c.Inactive {
			return refuse(unknownClient, "client %s is inactive; activate it or register another", quote(iss))
		}
		x.client = c
		return nil
	}
	if c, ok := reg.owning(func(c *Client) bool { _, has := c.key(iss); return has }); ok {
		return refuse(unknownClient, "iss is %s, the kid of a key; it must be the client id, %s", quote(iss), quote(c.ID))
	}
	if c, ok := reg.owning(func(c *Client) bool { return c.Name == iss }); ok {
		return refuse(unknownClient, "iss is %s, the name of a client; it must be the client id, %s", quote(iss), quote(c.ID))
	}
	if c, ok := reg.owning(func(c *Client) bool { return c.Org == iss }); ok {
		return refuse(unknownClient, "iss is %s, an organisation number; it must be the client id, such as %s", quote(iss), quote(c.ID))
	}
	return refuse(unknownClient, "iss is %s, but no such client is registered here; there are %s. Clients of the real environments are not known in this sandbox", quote(iss), list(reg.clientIDs()))
}

// checkKey finds the key that a header names: a registered one by kid, or that
// of the certificate in x5c. A client that has registered keys must use kid. If
// the header has both, kid wins; that is a guess (kid_and_x5c).
func (x *exchange) checkKey() error {
	h, c := x.assertion.header, x.client
	byKid := h.KeyID != nil && (x.chain == nil || len(c.Keys) > 0 && !x.server.cfg.Guesses.CertificateWins)
	switch {
	case byKid:
		return x.useRegisteredKey(*h.KeyID)
	case len(c.Keys) > 0 && h.KeyID == nil:
		hint := ""
		if h.X5C != nil {
			hint = " x5c but"
		}
		return refuse(missingKeyID, "the header has%s no kid; client %s must name one of its registered keys: %s", hint, quote(c.ID), list(c.keyIDs()))
	case x.chain != nil:
		return x.useCertificate()
	case h.X5C != nil:
		return nil // the rule x5c has said why
	}
	return refuse(badX5C, "the header has neither kid nor x5c; client %s has no registered keys, so send its enterprise certificate as x5c, or register a key", quote(c.ID))
}

func (x *exchange) useRegisteredKey(kid string) error {
	c := x.client
	key, ok := c.key(kid)
	if ok {
		x.key, x.amr = key, byKey
		return nil
	}
	hint := ""
	if other, has := x.registered.owning(func(c *Client) bool { _, has := c.key(kid); return has }); has {
		hint = "; that key belongs to client " + quote(other.ID)
	}
	return refuse(unknownKeyID, "kid is %s, but the registered keys of client %s are %s%s; register the key, or name one of these. Posting a set of keys replaces the whole set", quote(kid), quote(c.ID), list(c.keyIDs()), hint)
}

// checkKeyAge refuses a key that was not posted again within a year.
func (x *exchange) checkKeyAge() error {
	if k := x.key; !k.Expires.IsZero() && !x.at.Before(k.Expires) {
		return refuse(expiredKey, "key %s of client %s expired at %s; post it again to renew it for a year", quote(k.JWK.KeyID), quote(x.client.ID), k.Expires.UTC().Format(time.RFC3339))
	}
	return nil
}

// checkSignature verifies an assertion. It fails with MP-011 for a header that
// is no JWS header, and with MP-124.
func (x *exchange) checkSignature() error {
	signed, err := jose.ParseSignedCompact(x.raw, assertionAlgorithms())
	var algorithm *jose.ErrUnexpectedSignatureAlgorithm
	if errors.As(err, &algorithm) {
		return refuse(invalidSignature, "a signature with alg %s is not checked", quote(string(algorithm.Got)))
	}
	if err != nil {
		return refuse(malformed, "the header of the assertion cannot be read: %s", clip(err.Error()))
	}
	if _, err := signed.Verify(x.key.JWK.Key); err == nil {
		return nil
	}
	with := "key " + quote(x.key.JWK.KeyID) + " of client " + quote(x.client.ID)
	if x.key.JWK.KeyID == "" {
		with = "the key of the certificate"
	}
	return refuse(invalidSignature, "the signature does not fit %s; the assertion was signed with another private key or altered afterwards", with)
}

// checkAudience demands exactly one value, an issuer that is served here. Digdir,
// "/token endpoint", no longer accepts the address of the token endpoint. That a
// list of one value and a missing slash are judged as they are, is a guess
// (aud_list, aud_slash).
func (x *exchange) checkAudience() error {
	aud, g := x.assertion.claims.audience, x.server.cfg.Guesses
	serves := x.server.cfg.Serves
	switch {
	case len(aud) == 0:
		return refuse(wrongAudience, "aud is missing; it must be exactly %s", quote(x.issuer))
	case len(aud) > 1:
		return refuse(wrongAudience, "aud has %d values, but must be exactly %s", len(aud), quote(x.issuer))
	case x.assertion.claims.audienceIsList && g.RefuseAudienceList:
		return refuse(wrongAudience, "aud is a list; it must be the string %s", quote(x.issuer))
	case serves(aud[0]):
		x.tokenIssuer = aud[0]
	case g.AudienceWithoutSlash && serves(aud[0]+"/"):
		x.tokenIssuer = aud[0] + "/"
	default:
		return refuse(wrongAudience, "aud is %s but must be exactly %s%s", quote(aud[0]), quote(x.issuer), x.server.audienceHint(aud[0]))
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

const longest = int64(longestAssertion / time.Second)

// checkExpiry judges exp, by whole seconds as all times.
func (x *exchange) checkExpiry() error {
	if x.assertion.claims.expires == nil {
		return refuse(missingClaim, "the claim exp is missing; it must be at most %d s after iat", longest)
	}
	now, exp := x.at.Unix(), int64(*x.assertion.claims.expires)
	if exp <= now {
		return refuse(expiredAssertion, "the assertion expired %s ago by the server's clock; sign it right before it is sent%s", span(now-exp), clockHint(exp, now))
	}
	return nil
}

// checkIssuedAt judges iat. The lower end of the window is a guess (iat_old).
func (x *exchange) checkIssuedAt() error {
	const skew = int64(clockSkew / time.Second)
	if x.assertion.claims.issuedAt == nil {
		return refuse(missingClaim, "the claim iat is missing; it must be the time of signing, in seconds since 1970")
	}
	now, iat := x.at.Unix(), int64(*x.assertion.claims.issuedAt)
	switch {
	case iat > now+skew:
		return refuse(signedAhead, "the assertion was signed %s ahead of the server's clock; at most %d s is accepted%s", span(iat-now), skew, clockHint(iat, now))
	case iat < now-skew && !x.server.cfg.Guesses.OldAssertions:
		return refuse(expiredAssertion, "the assertion was signed %s before the server's clock; at most %d s is accepted%s", span(now-iat), skew, clockHint(iat, now))
	}
	return nil
}

// checkLifetime judges how long the assertion is valid.
func (x *exchange) checkLifetime() error {
	c := x.assertion.claims
	if c.issuedAt == nil || c.expires == nil {
		return nil // the rules exp and iat have said so
	}
	iat, exp := int64(*c.issuedAt), int64(*c.expires)
	if iat < exp-longest {
		hint := "; set exp to iat + 120 or less, many libraries take an hour by default"
		if inMilliseconds(exp, x.at.Unix()) {
			hint = millisecondsHint
		}
		return refuse(livesTooLong, "the assertion is valid for %s (exp - iat); at most %d s is accepted%s", span(exp-iat), longest, hint)
	}
	return nil
}

// checkSingleUse demands that the assertion was not used before, and uses it up.
func (x *exchange) checkSingleUse() error {
	if x.trial || x.server.cfg.Guesses.FreeWhenRefused {
		if x.server.replays.used(replayKeyOf(x.assertion), x.at) {
			return x.usedBefore()
		}
		return nil
	}
	return x.useUp()
}

func (x *exchange) useUp() error {
	until := time.Unix(int64(*x.assertion.claims.expires), 0).Add(clockSkew)
	if !x.server.replays.use(replayKeyOf(x.assertion), until, x.at) {
		return x.usedBefore()
	}
	return nil
}

func (x *exchange) usedBefore() error {
	by := "the same signature (it has no jti)"
	if id := x.assertion.claims.id; id != "" {
		by = "jti " + quote(id)
	}
	return refuse(usedBefore, "an assertion with %s was used before by client %s; sign a new one for each request, also when trying again", by, quote(x.assertion.claims.issuer))
}

// clockHint recognises two common ways to get a time wrong.
func clockHint(claimed, now int64) string {
	const hour, slack = 3600, 130
	if inMilliseconds(claimed, now) {
		return millisecondsHint
	}
	off := max(claimed, now) - min(claimed, now)
	if hours := (off + slack) / hour; hours >= 1 && hours <= 14 && max(off, hours*hour)-min(off, hours*hour) <= slack {
		return "; a difference of whole hours suggests local time, it must be UTC"
	}
	return ""
}

const millisecondsHint = "; the time seems to be in milliseconds, it must be in seconds"

func inMilliseconds(claimed, now int64) bool {
	const day = 86400
	off := claimed/1000 - now
	return -day < off && off < day
}
