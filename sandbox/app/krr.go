package app

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"io/fs"
	"math/big"
	"time"

	"liksom/generator"
)

// krrKeys are what KRR signs with, and what the print suppliers have. The keys
// are public test data, and the certificates' dates follow the reference date.
type krrKeys struct {
	signing     *rsa.PrivateKey
	certificate []byte // DER, for signing
	printing    *rsa.PrivateKey
	reference   time.Time
}

func readKRRKeys(c generator.Config) (k krrKeys, err error) {
	k.reference = c.Reference.Midnight()
	if k.signing, err = readRSA(c.Files, "jose"); err != nil {
		return k, err
	}
	if k.printing, err = readRSA(c.Files, "print"); err != nil {
		return k, err
	}
	k.certificate, err = selfSigned(k.signing, k.reference, "Liksom KRR, signering", "", x509.KeyUsageDigitalSignature)
	return k, err
}

func readRSA(files fs.FS, name string) (*rsa.PrivateKey, error) {
	key, err := readKey(files, name)
	if err != nil {
		return nil, err
	}
	private, ok := key.Key.(*rsa.PrivateKey)
	if !ok {
		return nil, fmt.Errorf("keys/%s.jwk is not a private RSA key", name)
	}
	return private, nil
}

// printCertificate gives a print supplier's encryption certificate as PEM.
func (k krrKeys) printCertificate(org string) string {
	der, err := selfSigned(k.printing, k.reference, "Liksom testutskrift "+org, org, x509.KeyUsageKeyEncipherment|x509.KeyUsageDataEncipherment)
	if err != nil {
		panic(err) // a fixed template and a key that was read at start
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
}

// selfSigned makes a certificate that lasts from a year before to two years
// after the reference date; the same bytes for the same key and date.
func selfSigned(key *rsa.PrivateKey, reference time.Time, name, org string, usage x509.KeyUsage) ([]byte, error) {
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1),
		Subject:      pkix.Name{CommonName: name, Organization: []string{"Liksom, syntetiske testdata"}, SerialNumber: org, Country: []string{"NO"}},
		NotBefore:    reference.AddDate(-1, 0, 0), NotAfter: reference.AddDate(2, 0, 0),
		KeyUsage: usage,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		return nil, fmt.Errorf("making the certificate %q: %w", name, err)
	}
	return der, nil
}
