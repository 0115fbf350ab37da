package app

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"liksom/fakeauth"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/journal"
	"liksom/sandbox/stats"
)

// control is the control API with what it works on.
func (s *Sandbox) control() http.Handler {
	return admin.New(admin.Config{
		Register: s.register, Catalogue: s.scenes, Search: s.engine.Search, Journal: s.journal.Recent, Log: s.log, Version: Version(), Guesses: s.guesses,
		Clients: s.clients, Mint: s.mint, Explain: s.explain, Certificate: s.authority.enterprise, RotateKeys: s.rotateKeys,
		Key: func(id string) (json.RawMessage, bool) {
			key, ok := s.keys[id]
			return key, ok
		},
		Stats: s.stats, Outbox: s.outbox,
		Clock: s.clock, Now: s.now, Reset: s.reset,
		Draw: func() (sandbox.Person, error) { return s.stranger(), nil },
		Name: func() (first, last string) {
			p := s.stranger()
			return p.FirstName, p.LastName
		},
	})
}

// stats counts the register as it is now, and what was asked of it.
func (s *Sandbox) stats() stats.Report {
	r := stats.Of(s.register, s.wanted)
	r.Usage = s.usage.Report(s.now())
	return r
}

// see counts one finished request.
func (s *Sandbox) see(e *journal.Entry) {
	s.metrics.see(e)
	if e.Surface == surfaceKRR && e.Verdict == journal.VerdictOK && e.IDs > 0 {
		s.usage.Add(e.Client, e.IDs, e.Time)
	}
}

// rotateKeys lets Maskinporten's next key sign, and names all keys.
func (s *Sandbox) rotateKeys() ([]string, error) {
	err := s.auth.Rotate()
	return s.auth.KeyIDs(), err
}

// mint makes as many tokens as are asked for.
func (s *Sandbox) mint(ctx context.Context, r *http.Request, t admin.TokenRequest) (admin.TokenAnswer, error) {
	ask := fakeauth.MintRequest{ClientID: t.ClientID, Scope: t.Scope, Lifetime: time.Duration(t.Lifetime) * time.Second, PID: t.PID, Broken: t.Broken}
	var out admin.TokenAnswer
	for range t.Count {
		made, err := s.auth.Mint(ctx, s.hosts.issuerOf(r), ask)
		switch {
		case errors.Is(err, fakeauth.ErrUnknownClient):
			return out, admin.ErrUnknownClient
		case errors.Is(err, fakeauth.ErrBadPID):
			return out, admin.ErrBadPID
		case err != nil:
			return out, err
		}
		out.AccessToken, out.TokenType, out.ExpiresIn, out.Scope = made.AccessToken, made.TokenType, made.ExpiresIn, made.Scope
		out.Tokens = append(out.Tokens, made.AccessToken)
	}
	if out.AccessToken = out.Tokens[0]; t.Count == 1 {
		out.Tokens = nil
	}
	return out, nil
}

// explain tells what the token endpoint would say of an assertion, or KRR of a
// token: a text whose iss is an issuer of ours is a token.
func (s *Sandbox) explain(r *http.Request, text string) admin.Explanation {
	out := admin.Explanation{Kind: admin.KindAssertion}
	out.Header, out.Claims = unsealed(text)
	var claims struct{ Iss string }
	_ = json.Unmarshal(out.Claims, &claims) // what cannot be read is no token of ours
	var steps []fakeauth.Step
	if s.hosts.isIssuer(claims.Iss) {
		out.Kind, steps = admin.KindToken, s.auth.ExplainToken(text)
	} else {
		steps = s.auth.ExplainAssertion(s.hosts.issuerOf(r), text)
	}
	for _, step := range steps {
		out.Checks = append(out.Checks, admin.Check{
			Name: step.Name, Outcome: string(step.Outcome), Status: step.Status, Code: step.Code, Error: step.Error, Text: step.Text, Reason: step.Reason,
		})
	}
	return out
}

// unsealed gives header and claims of a JWT, nil for what is no JSON object.
func unsealed(text string) (header, claims json.RawMessage) {
	parts := strings.Split(text, ".")
	read := func(i int) json.RawMessage {
		if len(parts) <= i {
			return nil
		}
		b, err := base64.RawURLEncoding.DecodeString(parts[i])
		if err != nil || !json.Valid(b) || !bytes.HasPrefix(bytes.TrimSpace(b), []byte("{")) {
			return nil
		}
		return b
	}
	return read(0), read(1)
}

// stranger is a new person who is in the register, another for each call, the
// same for the same steps in a new sandbox.
func (s *Sandbox) stranger() sandbox.Person {
	w, last := s.generate.Worker(), s.register.Feed(0, 0).Last
	for { // nineteen in twenty are active
		if p := w.Stranger(last + s.drawn.Add(1)); p.Status == sandbox.Active {
			return p
		}
	}
}

// reset takes back every change of persons and of what is registered at
// Maskinporten, empties the outbox, and brings the clock back; the journal stays.
func (s *Sandbox) reset() error {
	if err := s.register.Reset(); err != nil {
		return err
	}
	s.reminders.restart()
	s.outbox.Clear()
	s.citizen.Reset()
	return s.auth.Reset()
}
