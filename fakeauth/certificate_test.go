package fakeauth

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// certificate makes a self-signed certificate that is valid for an hour on both
// sides of start, as x5c holds it.
func certificate(tb testing.TB, key *rsa.PrivateKey, subject pkix.Name, change func(*x509.Certificate)) string {
	tb.Helper()
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: subject, NotBefore: start.Add(-time.Hour), NotAfter: start.Add(time.Hour)}
	if change != nil {
		change(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		tb.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(der)
}

func seid2(org string) pkix.Name {
	return pkix.Name{CommonName: "Test", ExtraNames: []pkix.AttributeTypeAndValue{{Type: organizationIdentifier, Value: "NTRNO-" + org}}}
}

func seid1(org string) pkix.Name { return seid1Named("Test", org) }

func seid1Named(name, org string) pkix.Name { return pkix.Name{CommonName: name, SerialNumber: org} }

// TestCase16Certificates covers x5c. Digdir, "Autentisering" and "Feilsøking i
// Maskinporten".
func TestCase16Certificates(t *testing.T) {
	t.Parallel()
	good := certificate(t, clientKey(), seid2(orgA), nil)
	small, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	ok := outcome{Status: 200}
	for name, tc := range map[string]struct {
		key    *rsa.PrivateKey
		header members
		want   outcome
		reason string
	}{
		"a list with the signer's certificate is accepted": {clientKey(), members{"x5c": []string{good}}, ok, ""},
		"SEID 1.0 is accepted":                             {clientKey(), members{"x5c": []string{certificate(t, clientKey(), seid1(orgA), nil)}}, ok, ""},
		"a number behind the name is accepted":             {clientKey(), members{"x5c": []string{certificate(t, clientKey(), pkix.Name{Organization: []string{"KS - " + orgA}}, nil)}}, ok, ""},
		"an unknown kid besides does not matter":           {clientKey(), members{"kid": "x", "x5c": []string{good}}, ok, ""},
		"a string is MP-123":                               {clientKey(), members{"x5c": good}, of(badX5C), "it must be a list of strings"},
		"a PEM header is MP-123":                           {clientKey(), members{"x5c": []string{"-----BEGIN CERTIFICATE-----\n" + good}}, of(badX5C), "has a PEM header"},
		"line breaks are MP-123":                           {clientKey(), members{"x5c": []string{good[:64] + "\n" + good[64:]}}, of(badX5C), "has line breaks"},
		"base64url is MP-123":                              {clientKey(), members{"x5c": []string{strings.NewReplacer("+", "-", "/", "_").Replace(good) + "_"}}, of(badX5C), "not standard base64"},
		"no certificate is MP-123":                         {clientKey(), members{"x5c": []string{"AAAA"}}, of(badX5C), "is not a certificate"},
		"an empty list is MP-123":                          {clientKey(), members{"x5c": []string{}}, of(badX5C), "has 0 certificates"},
		"a long list is MP-123":                            {clientKey(), members{"x5c": []string{good, good, good, good, good}}, of(badX5C), "from 1 to 4"},
		"neither kid nor x5c is MP-123":                    {clientKey(), members{}, of(badX5C), "neither kid nor x5c"},
		"kid alone is unknown":                             {clientKey(), members{"kid": "k1"}, of(unknownKeyID), "the registered keys of client \"cc\" are none"},
		"another organisation is MP-122":                   {clientKey(), members{"x5c": []string{certificate(t, clientKey(), seid2(orgB), nil)}}, of(foreignCertificate), `that of organisation "889640782", but client "cc" belongs to "991825827"`},
		"no organisation is MP-122":                        {clientKey(), members{"x5c": []string{certificate(t, clientKey(), pkix.Name{CommonName: "x"}, nil)}}, of(foreignCertificate), ""},
		"an expired one is MP-120":                         {clientKey(), members{"x5c": []string{certificate(t, clientKey(), seid2(orgA), func(c *x509.Certificate) { c.NotAfter = start.Add(-time.Minute) })}}, of(badCertificate), "valid from 2026-03-02T09:00:00Z to 2026-03-02T09:59:00Z"},
		"one not valid yet is MP-120":                      {clientKey(), members{"x5c": []string{certificate(t, clientKey(), seid2(orgA), func(c *x509.Certificate) { c.NotBefore = start.Add(time.Minute) })}}, of(badCertificate), "valid from"},
		"one for production is MP-120":                     {clientKey(), members{"x5c": []string{certificate(t, clientKey(), pkix.Name{CommonName: "production", SerialNumber: orgA}, nil)}}, of(badCertificate), "is for production"},
		"a chain that is none is MP-120":                   {clientKey(), members{"x5c": []string{good, good}}, of(badCertificate), "certificate 1 of x5c was not issued by certificate 2"},
		"a small key is MP-120":                            {small, members{"x5c": []string{certificate(t, small, seid2(orgA), nil)}}, of(badCertificate), "at least 2048 bits"},
		"another private key is MP-124":                    {otherKey(), members{"x5c": []string{good}}, of(invalidSignature), "does not fit the key of the certificate"},
	} {
		t.Run("16: "+name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			got := r.post(t, signed(t, jose.RS256, tc.key, tc.header, goodClaims().with(members{"iss": "cc"})))
			if o := r.outcomeOf(t, got); o != tc.want {
				t.Errorf("got  %+v\nwant %+v", o, tc.want)
			}
			if reason := r.lastVerdict(t).Reason; !strings.Contains(reason, tc.reason) {
				t.Errorf("reason is %q, want %q in it", reason, tc.reason)
			}
			if got.status == 200 {
				if claims, _ := partOf(t, got.body["access_token"].(string), 1); claims["client_amr"] != "virksomhetssertifikat" {
					t.Errorf("client_amr is %v", claims["client_amr"])
				}
			}
		})
	}
}

// A registered key that holds a certificate is judged by it at run time. Digdir,
// "REST-API for administrasjon av OIDC-integrasjoner", on x5c.
func TestCase16KeyLockedToACertificateDiesWithIt(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	der, err := base64.StdEncoding.DecodeString(certificate(t, clientKey(), seid2(orgA), nil))
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	if err := r.Update(func(reg *Registry) error {
		reg.Client("ca").Keys[0].JWK.Certificates = []*x509.Certificate{cert}
		return nil
	}); err != nil {
		t.Fatal(err)
	}
	if got := r.outcomeOf(t, r.post(t, byA(t, nil))); got.Status != 200 {
		t.Errorf("while the certificate is valid: got %+v", got)
	}
	later := start.Add(2 * time.Hour)
	r.setClock(later)
	if got := r.outcomeOf(t, r.post(t, byA(t, members{"iat": later.Unix(), "exp": later.Unix() + 60}))); got != of(badCertificate) {
		t.Errorf("after it expired: got %+v", got)
	}
}

// checkTestCertificate knows the certificates that say so.
func checkTestCertificate(chain []*x509.Certificate, _ time.Time) (bool, error) {
	if chain[0].Subject.CommonName == "production" {
		return true, errors.New("it is for production")
	}
	return chain[0].Subject.CommonName == "known", nil
}
