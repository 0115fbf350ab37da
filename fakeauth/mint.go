package fakeauth

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
)

// ErrUnknownClient is returned when a token is minted for a client that is not
// registered.
var ErrUnknownClient = errors.New("fakeauth: unknown client")

// ErrUnknownBroken is returned for a way to break a token that is none.
var ErrUnknownBroken = errors.New("fakeauth: a token cannot be broken as")

// MintRequest asks for a token without an assertion.
type MintRequest struct {
	ClientID string
	Scope    string        // separated by spaces; empty is all scopes of the client
	Lifetime time.Duration // whole seconds; 0 is the lifetime of the client
	PID      string        // national identity number that the token is for; empty for none
	Broken   string        // one of BrokenKinds; empty for a good token
}

// Mint makes a token of an issuer that is served here. It grants any scope,
// whether the client holds it or not, since the API that the token is for may
// need to be tested with just that. It fails with ErrUnknownClient, with
// ErrUnknownBroken, and for an issuer, a lifetime or a person that no token
// could have.
func (s *Server) Mint(ctx context.Context, issuer string, r MintRequest) (TokenResponse, error) {
	if err := ctx.Err(); err != nil {
		return TokenResponse{}, err
	}
	client, ok := s.Client(r.ClientID)
	if !ok {
		return TokenResponse{}, fmt.Errorf("%w: %s", ErrUnknownClient, mask(quote(r.ClientID)))
	}
	if !s.cfg.Serves(issuer) {
		return TokenResponse{}, fmt.Errorf("fakeauth: mint: issuer %s is not served here", mask(quote(issuer)))
	}
	if r.Lifetime < 0 || r.Lifetime%time.Second != 0 {
		return TokenResponse{}, fmt.Errorf("fakeauth: mint: lifetime %s is not a whole number of seconds", r.Lifetime)
	}
	if r.PID != "" {
		if err := s.cfg.CheckPID(r.PID); err != nil {
			return TokenResponse{}, fmt.Errorf("%w: %w", ErrBadPID, err)
		}
	}
	i := mintOf(&client, issuer, r)
	i.at = s.cfg.Now()
	ring := s.keys.now.Load()
	if r.Broken == "" {
		return ring.current.issue(i)
	}
	if err := i.spoil(r.Broken); err != nil {
		return TokenResponse{}, err
	}
	answer, err := ring.current.issue(i)
	if err != nil {
		return TokenResponse{}, err
	}
	answer.AccessToken, err = ring.resign(r.Broken, answer.AccessToken)
	return answer, err
}

// ErrBadPID is returned for a person that no token can be for.
var ErrBadPID = errors.New("fakeauth: the token cannot be for this person")

func mintOf(client *Client, issuer string, r MintRequest) issuance {
	scopes := strings.Fields(r.Scope)
	if len(scopes) == 0 {
		scopes = client.Scopes
	}
	lifetime := int(r.Lifetime / time.Second)
	if lifetime == 0 {
		lifetime = client.lifetime()
	}
	consumer := partyOf(client.Org)
	return issuance{claims: accessToken{
		Scope: strings.Join(scopes, " "), Issuer: issuer, ClientAMR: byKey, PID: r.PID, ClientID: client.ID, Consumer: &consumer,
	}, lifetime: lifetime}
}
