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

// MintRequest asks for a token without an assertion.
type MintRequest struct {
	ClientID string
	Scope    string        // separated by spaces; empty is all scopes of the client
	Lifetime time.Duration // whole seconds; 0 is the lifetime of the client
}

// Mint makes a token of an issuer that is served here. It grants any scope,
// whether the client holds it or not, since the API that the token is for may
// need to be tested with just that. It fails with ErrUnknownClient, and for an
// issuer or a lifetime that no token could have.
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
	scopes := strings.Fields(r.Scope)
	if len(scopes) == 0 {
		scopes = client.Scopes
	}
	lifetime := int(r.Lifetime / time.Second)
	if lifetime == 0 {
		lifetime = client.lifetime()
	}
	return s.keys.now.Load().current.issue(issuance{accessToken{
		Scope: strings.Join(scopes, " "), Issuer: issuer, ClientAMR: "private_key_jwt", ClientID: client.ID, Consumer: partyOf(client.Org),
	}, lifetime, s.cfg.Now()})
}
