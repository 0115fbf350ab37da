package fakeauth

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"

	"github.com/go-jose/go-jose/v4"
)

// certifier makes the certificate of a public key.
type certifier = func(public any) (*x509.Certificate, error)

// signingKey signs tokens with RS256.
type signingKey struct {
	private *rsa.PrivateKey
	public  jose.JSONWebKey
	header  string       // base64url
	lastExp atomic.Int64 // exp of the token that lives longest, in Unix seconds
}

// newSigningKey takes a private RSA key with a kid. The header of tokens is
// written here, once and by hand, because real tokens have kid before alg and no
// typ (observed), an order that JOSE libraries do not offer.
func newSigningKey(name string, jwk jose.JSONWebKey, certify certifier) (*signingKey, error) {
	private, ok := jwk.Key.(*rsa.PrivateKey)
	switch {
	case !ok:
		return nil, fmt.Errorf("%s is %T, not a private RSA key", name, jwk.Key)
	case private.N.BitLen() < minRSABits:
		return nil, fmt.Errorf("%s has %d bits, fewer than %d", name, private.N.BitLen(), minRSABits)
	case !kidShape.MatchString(jwk.KeyID):
		return nil, fmt.Errorf("%s needs a KeyID of letters, digits and . _ -", name)
	}
	public := jwk.Public()
	public.Use, public.Algorithm = "sig", string(jose.RS256)
	if certify != nil {
		cert, err := certify(public.Key)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		public.Certificates = []*x509.Certificate{cert}
	}
	header := fmt.Sprintf(`{"kid":%q,"alg":%q}`, jwk.KeyID, jose.RS256)
	return &signingKey{private: private, public: public, header: base64.RawURLEncoding.EncodeToString([]byte(header))}, nil
}

func (k *signingKey) sign(payload []byte) (string, error) {
	return k.signAs(k.header, base64.RawURLEncoding.EncodeToString(payload))
}

// signAs signs under any header; both parts are in base64url.
func (k *signingKey) signAs(header, payload string) (string, error) {
	input := header + "." + payload
	digest := sha256.Sum256([]byte(input))
	signature, err := rsa.SignPKCS1v15(rand.Reader, k.private, crypto.SHA256, digest[:])
	if err != nil {
		return "", fmt.Errorf("sign access token: %w", err)
	}
	return input + "." + base64.RawURLEncoding.EncodeToString(signature), nil
}

// willExpire remembers until when tokens of the key may be shown.
func (k *signingKey) willExpire(exp int64) {
	for {
		known := k.lastExp.Load()
		if exp <= known || k.lastExp.CompareAndSwap(known, exp) {
			return
		}
	}
}

// keyring is the key that signs, the one that will sign next, and those that
// signed before. All are published and verify; it never changes.
type keyring struct {
	current, next *signingKey
	previous      []*signingKey // the latest first
}

func (r *keyring) all() []*signingKey {
	return append([]*signingKey{r.current, r.next}, r.previous...)
}

func (r *keyring) byID(kid string) *signingKey {
	for _, k := range r.all() {
		if k.public.KeyID == kid {
			return k
		}
	}
	return nil
}

func (r *keyring) ids() []string {
	var ids []string
	for _, k := range r.all() {
		ids = append(ids, k.public.KeyID)
	}
	return ids
}

// SigningKeys are private RSA keys with a KeyID each. They are test data and
// public knowledge; tokens of a sandbox are worth nothing elsewhere.
type SigningKeys struct {
	Current  jose.JSONWebKey // signs
	Next     jose.JSONWebKey // signs after the next rotation
	Previous jose.JSONWebKey // signed before
}

func newKeyring(keys SigningKeys, certify certifier) (*keyring, error) {
	current, errCurrent := newSigningKey("Config.Keys.Current", keys.Current, certify)
	next, errNext := newSigningKey("Config.Keys.Next", keys.Next, certify)
	previous, errPrevious := newSigningKey("Config.Keys.Previous", keys.Previous, certify)
	return &keyring{current, next, []*signingKey{previous}}, errors.Join(errCurrent, errNext, errPrevious)
}

// NewSigningKey makes a key of its own. It takes some tenths of a second.
func NewSigningKey() (jose.JSONWebKey, error) {
	private, err := rsa.GenerateKey(rand.Reader, minRSABits)
	if err != nil {
		return jose.JSONWebKey{}, fmt.Errorf("make a key: %w", err)
	}
	key := jose.JSONWebKey{Key: private, Use: "sig", Algorithm: string(jose.RS256)}
	thumbprint, err := key.Thumbprint(crypto.SHA256)
	if err != nil {
		return jose.JSONWebKey{}, fmt.Errorf("name a key: %w", err)
	}
	key.KeyID = base64.RawURLEncoding.EncodeToString(thumbprint)
	return key, nil
}

// keys is the keyring of a server, and how it is changed.
type keys struct {
	mu  sync.Mutex // held during a rotation
	now atomic.Pointer[keyring]
}

// KeyIDs are the names of the published keys: the one that signs, the next one,
// and those that signed before, the latest first.
func (s *Server) KeyIDs() []string { return s.keys.now.Load().ids() }

// Rotate lets the next key sign and makes a new next one. The key that signed
// before goes on to verify; of those before it, the ones go whose tokens have
// all expired. So no token that is valid is ever refused for a rotation.
func (s *Server) Rotate() error {
	s.keys.mu.Lock()
	defer s.keys.mu.Unlock()
	jwk, err := NewSigningKey()
	if err != nil {
		return fmt.Errorf("fakeauth: rotate: %w", err)
	}
	made, err := newSigningKey("the new key", jwk, s.cfg.Certify)
	if err != nil {
		return fmt.Errorf("fakeauth: rotate: %w", err)
	}
	old, at := s.keys.now.Load(), s.cfg.Now().Unix()
	previous := []*signingKey{old.current}
	for _, k := range old.previous {
		if k.lastExp.Load() > at {
			previous = append(previous, k)
		}
	}
	s.keys.now.Store(&keyring{old.next, made, previous})
	return nil
}
