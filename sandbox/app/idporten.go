package app

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"fmt"
	"math/big"
	"net/http"
	"strings"

	"liksom/fakeauth"
	"liksom/fakeauth/idporten"
	"liksom/sandbox/krr"
	"liksom/sandbox/population"
	"liksom/ui"
)

// idportenPath is where ID-porten is; its issuer has no slash at the end.
const idportenPath = "/idporten"

// startIDPorten makes ID-porten, whose clients are registered where those of
// Maskinporten are.
func (s *Sandbox) startIDPorten(c Config, image *population.Image) error {
	key, err := readKey(c.Population.Files, "idporten")
	if err == nil && c.FreshKeys {
		key, err = fakeauth.NewSigningKey()
	}
	if err != nil {
		return err
	}
	chain, err := s.authority.signing(key.Public().Key, "Liksom-ID-porten")
	if err != nil {
		return err
	}
	sheets, err := ui.Stylesheets()
	if err != nil {
		return err
	}
	s.login, err = idporten.New(idporten.Config{
		Now: c.Now, Issuer: c.Hosts.loginIssuerOf, Serves: c.Hosts.isLoginIssuer, Client: s.auth.Client, Scope: s.scope, MayUse: s.auth.MayUse, EnterpriseKey: s.auth.EnterpriseKey,
		Key: key, Certificate: chain, People: people{s.register, s.engine, image, s.scenes}, Stylesheets: sheets, Guesses: c.LoginGuesses, AfterLogin: s.afterLogin, Explain: explainToken, Log: c.Log,
	})
	return err
}

// scope finds an active scope.
func (s *Sandbox) scope(name string) (fakeauth.Scope, bool) {
	registry := s.auth.Registry()
	if found := registry.Scope(name); found != nil && !found.Inactive {
		return *found, true
	}
	return fakeauth.Scope{}, false
}

// signing makes the certificate of a key that signs tokens, with its chain. It
// lasts as long as the authority, whatever the clock says.
func (a *authority) signing(public any, name string) ([]*x509.Certificate, error) {
	top, err := a.top()
	if err != nil {
		return nil, err
	}
	text, err := x509.MarshalPKIXPublicKey(public)
	if err != nil {
		return nil, fmt.Errorf("making the certificate %q: %w", name, err)
	}
	serial := sha256.Sum256(text) // another for each key, and the same each time
	der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
		SerialNumber: new(big.Int).SetBytes(serial[:8]),
		Subject:      pkix.Name{CommonName: name, Organization: []string{"Liksom, syntetiske testdata"}, Country: []string{"NO"}},
		NotBefore:    top.root.NotBefore, NotAfter: top.root.NotAfter, KeyUsage: x509.KeyUsageDigitalSignature,
	}, top.test, public, a.issuing)
	if err != nil {
		return nil, fmt.Errorf("making the certificate %q: %w", name, err)
	}
	cert, err := x509.ParseCertificate(der)
	return []*x509.Certificate{cert, top.test, top.root}, err
}

// loginIssuerOf is our ID-porten's issuer for this caller.
func (h hosts) loginIssuerOf(r *http.Request) string {
	return strings.TrimSuffix(h.issuerOf(r), maskinportenPath) + idportenPath
}

// isLoginIssuer tells whether an issuer is our ID-porten.
func (h hosts) isLoginIssuer(issuer string) bool {
	base, ok := strings.CutSuffix(issuer, idportenPath)
	return ok && h.isIssuer(base+maskinportenPath)
}

// isUsers tells a citizen's token from a machine's: Maskinporten's are all JWTs,
// and this one names ID-porten or is none.
func (s *Sandbox) isUsers(bearer string) bool {
	if !strings.Contains(bearer, ".") {
		return true
	}
	var claims struct{ Iss string }
	_, text := unsealed(bearer)
	return json.Unmarshal(text, &claims) == nil && s.hosts.isLoginIssuer(claims.Iss)
}

// verifyUser lets KRR ask ID-porten about a citizen's token.
func (s *Sandbox) verifyUser(ctx context.Context, bearer string) (krr.Grant, error) {
	t, err := s.login.Verify(ctx, bearer)
	if err != nil {
		err = fmt.Errorf("invalid access token: %w", err)
	} else {
		err = s.hosts.isFor(t.Audience)
	}
	return krr.Grant{ClientID: t.ClientID, Scopes: t.Scopes, PID: t.PID, User: true}, err
}
