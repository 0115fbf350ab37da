package krr

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/base64"
	"fmt"

	jose "github.com/go-jose/go-jose/v4"
)

// signer makes the answers that are asked for as application/jose: a compact JWS
// whose payload is the JSON and whose certificate is in x5c (observed). That alg
// is RS256 is a guess.
type signer struct{ jose.Signer }

func newSigner(key *rsa.PrivateKey, certificate []byte) (signer, error) {
	parsed, err := x509.ParseCertificate(certificate)
	if err != nil {
		return signer{}, fmt.Errorf("krr: the signing certificate: %w", err)
	}
	if !key.PublicKey.Equal(parsed.PublicKey) {
		return signer{}, fmt.Errorf("krr: the signing certificate is not for the signing key")
	}
	header := new(jose.SignerOptions).WithHeader("x5c", []string{base64.StdEncoding.EncodeToString(certificate)})
	s, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, header)
	if err != nil {
		return signer{}, fmt.Errorf("krr: %w", err)
	}
	return signer{s}, nil
}

func (s signer) sign(payload []byte) ([]byte, error) {
	signed, err := s.Sign(payload)
	if err != nil {
		return nil, err
	}
	text, err := signed.CompactSerialize()
	return []byte(text), err
}
