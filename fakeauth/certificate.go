package fakeauth

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"

	"github.com/go-jose/go-jose/v4"
)

// maxChain is how many certificates x5c may hold.
const maxChain = 4

// checkX5C reads the certificate chain of a header: a list of certificates in
// standard base64, the one of the signer first (RFC 7515, 4.1.6). Digdir,
// "Feilsøking i Maskinporten": a string instead of a list gives MP-123.
func (x *exchange) checkX5C() error {
	raw := x.assertion.header.X5C
	if raw == nil {
		return nil
	}
	var texts []string
	if err := json.Unmarshal(raw, &texts); err != nil {
		return refuse(badX5C, "x5c is %s; it must be a list of strings, the signer's certificate first", quote(string(raw)))
	}
	if len(texts) == 0 || len(texts) > maxChain {
		return refuse(badX5C, "x5c has %d certificates; it must have from 1 to %d", len(texts), maxChain)
	}
	chain := make([]*x509.Certificate, len(texts))
	for i, text := range texts {
		cert, err := readCertificate(text)
		if err != nil {
			return refuse(badX5C, "certificate %d of x5c %s", i+1, err)
		}
		chain[i] = cert
	}
	x.chain = chain
	return nil
}

func readCertificate(text string) (*x509.Certificate, error) {
	if strings.Contains(text, "-----") {
		return nil, fmt.Errorf("has a PEM header; send only the base64 between the lines, without line breaks")
	}
	if strings.ContainsAny(text, "\r\n ") { // which the decoder would skip
		return nil, fmt.Errorf("has line breaks or spaces; it must be one line")
	}
	der, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return nil, fmt.Errorf("is not standard base64 (with + and /, not base64url)")
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("is not a certificate: %s", clip(err.Error()))
	}
	return cert, nil
}

// useCertificate takes the key of the signer's certificate.
func (x *exchange) useCertificate() error {
	leaf := x.chain[0]
	public, ok := leaf.PublicKey.(*rsa.PublicKey)
	if !ok || public.N.BitLen() < minRSABits {
		return refuse(badCertificate, "the certificate's key must be RSA with at least %d bits", minRSABits)
	}
	x.key, x.amr = ClientKey{JWK: jose.JSONWebKey{Key: public}}, byCertificate
	return nil
}

// checkCertificate judges the certificate that vouches for the key: the one in
// the header, or the one that the registered key is locked to.
func (x *exchange) checkCertificate() error {
	byHeader := x.amr == byCertificate
	chain := x.chain
	if !byHeader {
		chain = x.key.JWK.Certificates
	}
	if len(chain) == 0 {
		return nil
	}
	leaf := chain[0]
	if x.at.Before(leaf.NotBefore) || x.at.After(leaf.NotAfter) {
		return refuse(badCertificate, "the certificate is valid from %s to %s; renew it", leaf.NotBefore.UTC().Format(timeFormat), leaf.NotAfter.UTC().Format(timeFormat))
	}
	for i := range chain[1:] {
		if err := chain[i].CheckSignatureFrom(chain[i+1]); err != nil {
			return refuse(badCertificate, "certificate %d of x5c was not issued by certificate %d; put the signer's first, then each one's issuer", i+1, i+2)
		}
	}
	known, err := x.server.cfg.CheckCertificate(chain, x.at)
	if err != nil {
		return refuse(badCertificate, "the certificate is not accepted: %s", clip(err.Error()))
	}
	if !known && x.server.cfg.Guesses.OwnCertificates {
		return refuse(badCertificate, "the certificate was issued by %s, which is not trusted here; use one that this sandbox has issued", quote(leaf.Issuer.String()))
	}
	if org := orgOf(leaf); byHeader && org != x.client.Org {
		return refuse(foreignCertificate, "the certificate is that of organisation %s, but client %s belongs to %s; use the certificate of the client's own organisation", quote(org), quote(x.client.ID), quote(x.client.Org))
	}
	return nil
}

// EnterpriseKey gives the public key of the enterprise certificate that begins a
// chain, written as in the header x5c, by the rules of an assertion. The
// certificate must be that of the organisation. The error is a sentence without
// its full stop.
func (s *Server) EnterpriseKey(x5c []byte, org string) (any, error) {
	x := s.begin("")
	x.assertion, x.client = &assertion{header: header{X5C: x5c}}, &Client{ID: "of this request", Org: org}
	for _, check := range []func(*exchange) error{(*exchange).checkX5C, (*exchange).useCertificate, (*exchange).checkCertificate} {
		if err := check(x); err != nil {
			return nil, errors.New(asRefusal(err).reason)
		}
	}
	return x.key.JWK.Key, nil
}

// timeFormat is RFC 3339 without an offset's digits, in UTC.
const timeFormat = "2006-01-02T15:04:05Z"

// organizationIdentifier is the attribute 2.5.4.97 of X.520.
var organizationIdentifier = asn1.ObjectIdentifier{2, 5, 4, 97}

// orgInName is the last resort: "O=KS - 971032146" (observed in a test
// certificate of KS).
var orgInName = regexp.MustCompile(`(?:^|\D)([0-9]{9})$`)

// orgOf finds the organisation number of an enterprise certificate, "" if it has
// none. SEID 2.0 has it as organizationIdentifier "NTRNO-991825827", SEID 1.0 as
// serialNumber "991825827".
func orgOf(cert *x509.Certificate) string {
	for _, name := range cert.Subject.Names {
		if value, ok := name.Value.(string); ok && name.Type.Equal(organizationIdentifier) {
			return strings.TrimPrefix(value, "NTRNO-")
		}
	}
	if ValidOrg(cert.Subject.SerialNumber) {
		return cert.Subject.SerialNumber
	}
	for _, organization := range cert.Subject.Organization {
		if m := orgInName.FindStringSubmatch(organization); m != nil {
			return m[1]
		}
	}
	return ""
}
