package app

import (
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"fmt"
	"math/big"
	"sync"
	"time"

	"liksom/sandbox"
)

// certificates are the mailbox providers' encryption certificates: one valid, one
// expired and one that ends with the reference date for each, issued by the sandbox's authority. The dates
// follow the reference date, so the bytes do too.
type certificates struct {
	authority *authority
	reference time.Time
	keys      map[sandbox.Provider]*rsa.PrivateKey
	made      sync.Map // certificateName to PEM text
}

type certificateName struct {
	provider sandbox.Provider
	state    sandbox.CertificateState
}

// get gives a certificate as PEM; "" where there is none.
func (c *certificates) get(p sandbox.Provider, s sandbox.CertificateState) string {
	if s == sandbox.CertificateMissing || p == sandbox.NoProvider {
		return ""
	}
	name := certificateName{p, s}
	if text, ok := c.made.Load(name); ok {
		return text.(string)
	}
	text, err := c.make(name)
	if err != nil {
		panic(err) // a fixed template and a key that was checked at start
	}
	c.made.Store(name, text)
	return text
}

func (c *certificates) make(name certificateName) (string, error) {
	key := c.keys[name.provider]
	if key == nil {
		return "", fmt.Errorf("no key for the mailbox provider %s", name.provider.Org())
	}
	from := c.reference.AddDate(-1, 0, 0)
	if name.state == sandbox.CertificateExpired {
		from = from.AddDate(-3, 0, 0)
	}
	until := from.AddDate(3, 0, 0)
	if name.state == sandbox.CertificateEnding {
		until = c.reference.AddDate(0, 0, 1).Add(-time.Second)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(int64(name.provider)<<8 | int64(name.state) + 1),
		Subject: pkix.Name{
			CommonName:   "Liksom testpostkasse " + name.provider.Org(),
			Organization: []string{"Liksom, syntetiske testdata"},
			SerialNumber: name.provider.Org(),
			Country:      []string{"NO"},
		},
		NotBefore: from, NotAfter: until,
		KeyUsage: x509.KeyUsageKeyEncipherment | x509.KeyUsageDataEncipherment,
	}
	top, err := c.authority.top()
	if err != nil {
		return "", err
	}
	cert, err := certify(template, top.test, &key.PublicKey, c.authority.issuing)
	if err != nil {
		return "", err
	}
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: cert.Raw})), nil
}
