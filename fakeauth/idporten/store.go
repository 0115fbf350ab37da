package idporten

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/ory/fosite"

	"liksom/fakeauth"
)

type fakeKey = fakeauth.ClientKey

// Lifetimes. Sources: Digdir's samples for the pushed request, defaults of its
// registration for the refresh token; that of a code is a guess.
const (
	codeLifetime          = 60 * time.Second
	pushedLifetime        = 120 * time.Second
	idTokenLifetime       = 120 * time.Second
	accessLifetime        = 120 * time.Second
	refreshLifetime       = 600 * time.Second
	authorizationLifetime = 7200 * time.Second
)

const requestURIPrefix = "urn:idporten:"

// grant is what one login of a citizen gave one client. Its fields do not change but
// the last.
type grant struct {
	client      string
	scopes      []string
	resource    string
	onBehalfOf  string
	nonce       string
	redirectURI string
	challenge   string // of PKCE; "" when the client need not and did not
	issuer      string
	sid         string
	login       login
	begun       time.Time
	revoked     bool // for the store alone
}

func (g *grant) has(scope string) bool { return slices.Contains(g.scopes, scope) }

// held is something that a client holds of a grant: a code, a token.
type held struct {
	*grant
	until  time.Time
	used   bool         // once is enough
	claims accessClaims // of an access token
}

// store remembers what has been given out, in memory: a sandbox that is started
// anew has forgotten its logins. It is safe for concurrent use.
type store struct {
	now func() time.Time

	mu         sync.Mutex
	swept      time.Time
	codes      map[string]*held // by hash, as all tokens
	refresh    map[string]*held
	access     map[string]*held
	pushed     map[string]pushed
	assertions map[string]time.Time
}

type pushed struct {
	request fosite.AuthorizeRequester
	until   time.Time
}

func newStore(now func() time.Time) *store {
	return &store{
		now: now, codes: map[string]*held{}, refresh: map[string]*held{}, access: map[string]*held{},
		pushed: map[string]pushed{}, assertions: map[string]time.Time{},
	}
}

// random gives n bytes as base64url.
func random(n int) string {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails, see crypto/rand
	return base64.RawURLEncoding.EncodeToString(b)
}

func hash(token string) string {
	sum := sha256.Sum256([]byte(token))
	return string(sum[:])
}

// lock takes the store for one step and lets go of what has run out, now and then.
func (s *store) lock() (now time.Time, unlock func()) {
	s.mu.Lock()
	now = s.now()
	if now.Sub(s.swept) > time.Minute || now.Before(s.swept) {
		s.sweep(now)
	}
	return now, s.mu.Unlock
}

func (s *store) sweep(now time.Time) {
	const remembered = time.Minute // so that a second use is seen as one
	s.swept = now
	for _, kept := range []map[string]*held{s.codes, s.refresh, s.access} {
		for key, h := range kept {
			if now.After(h.until.Add(remembered)) {
				delete(kept, key)
			}
		}
	}
	for key, p := range s.pushed {
		if now.After(p.until) {
			delete(s.pushed, key)
		}
	}
	for key, until := range s.assertions {
		if now.After(until) {
			delete(s.assertions, key)
		}
	}
}

// newCode gives out a code: two parts of base64url with a dot between, as the
// real ones.
func (s *store) newCode(g *grant) string {
	now, unlock := s.lock()
	defer unlock()
	code := random(32) + "." + random(16)
	s.codes[hash(code)] = &held{grant: g, until: now.Add(codeLifetime)}
	return code
}

// useCode takes a code, once. A second use takes back what the first gave.
func (s *store) useCode(code string, check func(*grant) error) (*grant, error) {
	now, unlock := s.lock()
	defer unlock()
	h := s.codes[hash(code)]
	switch {
	case h == nil:
		return nil, refuseGrant("The code is not one that was given out here, or it ran out.")
	case h.used:
		h.revoked = true
		return nil, refuseGrant("The code has been used before; the tokens that it gave are revoked.")
	case now.After(h.until):
		return nil, refuseGrant("The code ran out; it lives for %d seconds.", int(codeLifetime.Seconds()))
	}
	if err := check(h.grant); err != nil {
		return nil, err
	}
	h.used = true
	return h.grant, nil
}

func refuseGrant(hint string, args ...any) error {
	return fosite.ErrInvalidGrant.WithHintf(hint, args...)
}

// newRefresh gives out a refresh token: opaque to clients. It lives no longer than
// the authorization.
func (s *store) newRefresh(g *grant, longest, authorization time.Duration) (token string, lifetime time.Duration) {
	now, unlock := s.lock()
	defer unlock()
	lifetime = min(longest, g.begun.Add(authorization).Sub(now))
	token = random(48)
	s.refresh[hash(token)] = &held{grant: g, until: now.Add(lifetime)}
	return token, lifetime
}

func seconds(n int, absent time.Duration) time.Duration {
	if n == 0 {
		return absent
	}
	return time.Duration(n) * time.Second
}

// useRefresh takes a refresh token. Each can be used once, unless the client may
// use it again; one that comes again although it may not takes back the whole
// grant.
func (s *store) useRefresh(token string, c *client) (*grant, error) {
	now, unlock := s.lock()
	defer unlock()
	h := s.refresh[hash(token)]
	switch {
	case h == nil || h.client != c.ID:
		return nil, refuseGrant("The refresh_token is not one that this client was given, or it ran out.")
	case h.revoked:
		return nil, refuseGrant("The refresh_token is revoked.")
	case h.used:
		h.revoked = true
		return nil, refuseGrant("The refresh_token has been used before; all tokens of the login are revoked.")
	case now.After(h.until):
		return nil, refuseGrant("The refresh_token ran out.")
	}
	h.used = c.RefreshUsage != "REUSE" || c.IsPublic()
	return h.grant, nil
}

// keepAccess remembers an access token, for userinfo, introspection and
// revocation.
func (s *store) keepAccess(token string, g *grant, claims accessClaims) {
	_, unlock := s.lock()
	defer unlock()
	s.access[hash(token)] = &held{grant: g, until: time.Unix(claims.Expires, 0), claims: claims}
}

// active finds an access token that is neither run out nor revoked.
func (s *store) active(token string) (*held, bool) {
	now, unlock := s.lock()
	defer unlock()
	h := s.access[hash(token)]
	return h, h != nil && !now.After(h.until) && !h.revoked
}

// revokeToken takes back the grant of any token, if it is this client's.
func (s *store) revokeToken(token, client string) {
	_, unlock := s.lock()
	defer unlock()
	for _, kept := range []map[string]*held{s.refresh, s.access} {
		if h := kept[hash(token)]; h != nil && h.client == client {
			h.revoked = true
		}
	}
}

// revokeLogin takes back what a session gave for the login alone. Tokens that
// are for other APIs too live on. Source: Digdir, "Utlogging".
func (s *store) revokeLogin(session string) {
	_, unlock := s.lock()
	defer unlock()
	for _, kept := range []map[string]*held{s.refresh, s.access} {
		for _, h := range kept {
			other := slices.ContainsFunc(h.scopes, func(scope string) bool { return scope != "openid" && scope != "profile" })
			if h.login.session == session && !other {
				h.revoked = true
			}
		}
	}
}

// useAssertion claims an assertion and tells whether it was free.
func (s *store) useAssertion(key string, until time.Time) bool {
	_, unlock := s.lock()
	defer unlock()
	if !s.assertions[key].IsZero() {
		return false
	}
	s.assertions[key] = until
	return true
}

// CreatePARSession keeps a pushed request.
func (s *store) CreatePARSession(_ context.Context, uri string, r fosite.AuthorizeRequester) error {
	now, unlock := s.lock()
	defer unlock()
	s.pushed[uri] = pushed{r, now.Add(pushedLifetime)}
	return nil
}

// GetPARSession finds a pushed request that has not run out.
func (s *store) GetPARSession(_ context.Context, uri string) (fosite.AuthorizeRequester, error) {
	now, unlock := s.lock()
	defer unlock()
	p, ok := s.pushed[uri]
	if !ok || now.After(p.until) {
		return nil, fosite.ErrNotFound
	}
	return p.request, nil
}

// DeletePARSession makes a pushed request unusable.
func (s *store) DeletePARSession(_ context.Context, uri string) error {
	_, unlock := s.lock()
	defer unlock()
	if _, ok := s.pushed[uri]; !ok {
		return fosite.ErrNotFound // somebody was quicker
	}
	delete(s.pushed, uri)
	return nil
}

func join(words []string) string { return strings.Join(words, " ") }
