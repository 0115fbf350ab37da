package app

import (
	"cmp"
	"context"
	"crypto/x509"
	"errors"
	"io/fs"

	jose "github.com/go-jose/go-jose/v4"

	"liksom/fakeauth"
	"liksom/sandbox"
	"liksom/sandbox/journal"
)

// startAuth makes Maskinporten from the seeds, or from what a data folder keeps.
func (s *Sandbox) startAuth(c Config) error {
	files := c.Population.Files
	seed, err := readRegistry(files)
	if err != nil {
		return err
	}
	if s.keys, err = readPrivateKeys(files, seed.Clients); err != nil {
		return err
	}
	config := fakeauth.Config{
		Now: c.Now, Issuer: c.Hosts.issuerOf, Serves: c.Hosts.isIssuer, Registry: seed, Log: c.Log, Explain: explainToken,
		CheckPID: checkPID, Guesses: c.TokenGuesses,
	}
	if config.Keys, err = readSigningKeys(files, c.FreshKeys); err != nil {
		return err
	}
	if s.authority, err = newAuthority(files, c.FreshKeys, c.Now); err != nil {
		return err
	}
	config.CheckCertificate = s.authority.check
	config.Certify = func(public any) (*x509.Certificate, error) {
		chain, err := s.authority.signing(public, "Liksom-Maskinporten")
		if err != nil {
			return nil, err
		}
		return chain[0], nil
	}
	if c.Store != nil {
		config.Save = func(b []byte) error { return c.Store.SetState(stateRegistry, b) }
		if config.Stored, err = c.Store.State(stateRegistry); err != nil {
			return err
		}
	}
	s.auth, err = fakeauth.New(config)
	return err
}

// readSigningKeys takes Maskinporten's keys from the seeds, or makes fresh ones.
func readSigningKeys(files fs.FS, fresh bool) (fakeauth.SigningKeys, error) {
	var keys fakeauth.SigningKeys
	for name, key := range map[string]*jose.JSONWebKey{
		"maskinporten": &keys.Current, "maskinporten-next": &keys.Next, "maskinporten-previous": &keys.Previous,
	} {
		var err error
		if *key, err = readKey(files, name); fresh {
			*key, err = fakeauth.NewSigningKey()
		}
		if err != nil {
			return keys, err
		}
	}
	return keys, nil
}

// checkPID lets a token be for a synthetic person only.
func checkPID(pid string) error {
	id, err := sandbox.ParsePersonID(pid)
	if err != nil {
		return err
	}
	if !id.Synthetic() {
		return errors.New("it is in the format of real numbers, which this sandbox does not take")
	}
	return nil
}

// explainToken writes into the journal how Maskinporten decided.
func explainToken(ctx context.Context, v fakeauth.Verdict) {
	journal.Note(ctx, func(e *journal.Entry) {
		e.Client, e.Code, e.Reason = v.Client, v.Code, v.Reason
		if v.Guessed {
			e.Reason += " (that the real Maskinporten answers just so is a guess)"
		}
		e.TraceID = cmp.Or(v.TraceID, e.TraceID)
		e.Verdict = verdict(v.Refused)
	})
}
