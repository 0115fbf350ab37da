package app

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"math/big"
	"sync"
	"time"
)

// authority is the sandbox's certificate authority: a root and the issuers below
// it, which stand for Buypass and Commfides. It has one key for every enterprise
// certificate that it gives out. Its keys are public test data.
type authority struct {
	root, issuing, leaf *rsa.PrivateKey
	now                 func() time.Time
	top                 func() (issuers, error)
}

// issuers are the certificates of the authority itself. One issuer is for test,
// the other for production, as the real ones have it; both have the same key.
type issuers struct{ root, test, production *x509.Certificate }

const (
	testIssuer       = "Liksom Test CA for virksomheter"
	productionIssuer = "Liksom CA for virksomheter"
)

// The states of an enterprise certificate that can be asked for.
const (
	certificateValid       = "valid"
	certificateExpired     = "expired"
	certificateNotYetValid = "not_yet_valid"
	certificateRevoked     = "revoked"
	certificateProduction  = "production"
)

// revokedMark ends the serial numbers of certificates that count as revoked.
const revokedMark = 0x7e

// newAuthority takes its keys from the seeds, or makes fresh ones.
func newAuthority(files fs.FS, fresh bool, now func() time.Time) (*authority, error) {
	a := &authority{now: now}
	for name, key := range map[string]**rsa.PrivateKey{"ca-root": &a.root, "ca-issuing": &a.issuing, "virksomhet": &a.leaf} {
		var err error
		if *key, err = readPrivate(files, name, fresh); err != nil {
			return nil, err
		}
	}
	a.top = sync.OnceValues(a.makeIssuers)
	return a, nil
}

// readPrivate reads keys/NAME.jwk, or makes a fresh key in its place.
func readPrivate(files fs.FS, name string, fresh bool) (*rsa.PrivateKey, error) {
	if fresh {
		return rsa.GenerateKey(rand.Reader, 2048)
	}
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

func (a *authority) makeIssuers() (issuers, error) {
	template := func(serial int64, name string) *x509.Certificate {
		return &x509.Certificate{
			SerialNumber: big.NewInt(serial), Subject: pkix.Name{CommonName: name, Organization: []string{"Liksom, syntetiske testdata"}, Country: []string{"NO"}},
			NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC), NotAfter: time.Date(2060, 1, 1, 0, 0, 0, 0, time.UTC),
			IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		}
	}
	rootTemplate := template(1, "Liksom rot-CA")
	root, errRoot := certify(rootTemplate, rootTemplate, &a.root.PublicKey, a.root)
	if errRoot != nil {
		return issuers{}, errRoot
	}
	test, errTest := certify(template(2, testIssuer), root, &a.issuing.PublicKey, a.root)
	production, errProduction := certify(template(3, productionIssuer), root, &a.issuing.PublicKey, a.root)
	return issuers{root, test, production}, errors.Join(errTest, errProduction)
}

// certify makes and reads a certificate. A fixed key gives fixed bytes.
func certify(template, parent *x509.Certificate, public *rsa.PublicKey, signer *rsa.PrivateKey) (*x509.Certificate, error) {
	der, err := x509.CreateCertificate(rand.Reader, template, parent, public, signer)
	if err != nil {
		return nil, fmt.Errorf("making a certificate: %w", err)
	}
	return x509.ParseCertificate(der)
}

// enterprise makes an enterprise certificate (virksomhetssertifikat, SEID 2.0)
// and gives it with its chain and its private key as PEM.
func (a *authority) enterprise(org, state string) ([]byte, error) {
	top, err := a.top()
	if err != nil {
		return nil, err
	}
	from := a.now().UTC().Truncate(24*time.Hour).AddDate(0, -1, 0)
	parent := top.test
	switch state {
	case certificateExpired:
		from = from.AddDate(-4, 0, 0)
	case certificateNotYetValid:
		from = from.AddDate(1, 0, 0)
	case certificateProduction:
		parent = top.production
	}
	template := &x509.Certificate{
		SerialNumber: serialOf(org, state, from),
		Subject: pkix.Name{
			CommonName: "Liksom testvirksomhet " + org, Organization: []string{"Liksom, syntetiske testdata"}, Country: []string{"NO"}, SerialNumber: org,
			ExtraNames: []pkix.AttributeTypeAndValue{{Type: asn1.ObjectIdentifier{2, 5, 4, 97}, Value: "NTRNO-" + org}},
		},
		NotBefore: from, NotAfter: from.AddDate(3, 0, 0),
		KeyUsage: x509.KeyUsageDigitalSignature | x509.KeyUsageContentCommitment,
	}
	cert, err := certify(template, parent, &a.leaf.PublicKey, a.issuing)
	if err != nil {
		return nil, err
	}
	private, err := x509.MarshalPKCS8PrivateKey(a.leaf)
	if err != nil {
		return nil, fmt.Errorf("spelling a private key: %w", err)
	}
	var out []byte
	for _, c := range []*x509.Certificate{cert, parent, top.root} {
		out = append(out, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.Raw})...)
	}
	return append(out, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: private})...), nil
}

// serialOf is the same for the same certificate. Its last byte says whether it
// is revoked.
func serialOf(org, state string, from time.Time) *big.Int {
	sum := sha256.Sum256([]byte(org + state + from.Format(time.DateOnly)))
	serial := append([]byte{0x40}, sum[:15]...)
	serial[15] &= 0x3f
	if state == certificateRevoked {
		serial[15] = revokedMark
	}
	return new(big.Int).SetBytes(serial)
}

// check tells whether the authority has issued a certificate, and why it is not
// good for the test environment.
func (a *authority) check(chain []*x509.Certificate, _ time.Time) (known bool, err error) {
	top, err := a.top()
	if err != nil {
		return false, err
	}
	leaf := chain[0]
	if leaf.CheckSignatureFrom(top.test) != nil {
		return false, nil
	}
	switch serial := leaf.SerialNumber.Bytes(); {
	case leaf.Issuer.CommonName != testIssuer:
		return true, errors.New("it is a production certificate, and this is the test environment")
	case serial[len(serial)-1] == revokedMark:
		return true, errors.New("it was revoked by its issuer")
	}
	return true, nil
}
