package app

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"liksom/fakeauth"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/stats"
)

// control is the control API with what it works on.
func (s *Sandbox) control() (http.Handler, error) {
	return admin.New(admin.Config{
		Register: s.register, Catalogue: s.scenes, Journal: s.journal.Recent, Log: s.log, Version: Version(),
		Clients: s.clients, Mint: s.mint,
		Key: func(id string) (json.RawMessage, bool) {
			key, ok := s.keys[id]
			return key, ok
		},
		Stats: s.stats,
		Clock: s.clock, ClockMoved: s.clockMoved, Now: s.now, Reset: s.reset,
		Draw: func() (sandbox.Person, error) { return s.stranger(), nil },
		Name: func() (first, last string) {
			p := s.stranger()
			return p.FirstName, p.LastName
		},
	})
}

// stats counts the register as it is now.
func (s *Sandbox) stats() stats.Report { return stats.Of(s.register, s.wanted) }

func (s *Sandbox) mint(ctx context.Context, r *http.Request, t admin.TokenRequest) (admin.TokenAnswer, bool, error) {
	made, err := s.auth.Mint(ctx, s.hosts.issuerOf(r), fakeauth.MintRequest{ClientID: t.ClientID, Scope: t.Scope})
	if errors.Is(err, fakeauth.ErrUnknownClient) {
		return admin.TokenAnswer{}, false, nil
	}
	return admin.TokenAnswer(made), true, err
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

// clockMoved keeps how the clock goes, where anything is kept.
func (s *Sandbox) clockMoved(state sandbox.ClockState) error {
	if s.store == nil {
		return nil
	}
	return keepClock(s.store, state)
}

// reset takes back every change and brings the clock back; the journal stays.
func (s *Sandbox) reset() error {
	if err := s.register.Reset(); err != nil {
		return err
	}
	return s.resetClock()
}

func (s *Sandbox) resetClock() error {
	s.clock.Reset()
	return s.clockMoved(sandbox.ClockState{}) // forgotten, so that the next start's flags decide
}
