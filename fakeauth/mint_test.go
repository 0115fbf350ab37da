package fakeauth

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"
)

func TestMintGrantsWhateverIsAskedFor(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, tc := range map[string]struct {
		ask       MintRequest
		expiresIn int
		scopes    []string
		lifetime  time.Duration
	}{
		"a scope that the client lacks":  {MintRequest{ClientID: "ca", Scope: "any:thing"}, 119, []string{"any:thing"}, 120 * time.Second},
		"the lifetime of the client":     {MintRequest{ClientID: "cb", Scope: "demo:read"}, 599, []string{"demo:read"}, 600 * time.Second},
		"a lifetime of its own":          {MintRequest{ClientID: "cb", Scope: "demo:read", Lifetime: 2 * time.Second}, 1, []string{"demo:read"}, 2 * time.Second},
		"all scopes when none is named":  {MintRequest{ClientID: "ca"}, 119, []string{"demo:read", "demo:write"}, 120 * time.Second},
		"a client without the JWT grant": {MintRequest{ClientID: "login", Scope: "a b"}, 119, []string{"a", "b"}, 120 * time.Second},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, err := r.Mint(t.Context(), otherIssuer, tc.ask)
			if err != nil {
				t.Fatal(err)
			}
			token, err := r.Verify(t.Context(), got.AccessToken)
			if err != nil {
				t.Fatal(err)
			}
			client, _ := r.Client(tc.ask.ClientID)
			want := Token{Issuer: otherIssuer, ClientID: client.ID, Consumer: "0192:" + client.Org, Scopes: tc.scopes, IssuedAt: start, Expires: start.Add(tc.lifetime)}
			if !reflect.DeepEqual(token, want) {
				t.Errorf("token is %+v, want %+v", token, want)
			}
			got.AccessToken = ""
			if want := (TokenResponse{TokenType: "Bearer", ExpiresIn: tc.expiresIn, Scope: strings.Join(tc.scopes, " ")}); got != want {
				t.Errorf("response is %+v, want %+v", got, want)
			}
		})
	}
}

func TestMintRefuses(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	if _, err := r.Mint(t.Context(), issuer, MintRequest{ClientID: "cx"}); !errors.Is(err, ErrUnknownClient) {
		t.Errorf("an unknown client: got %v", err)
	}
	if _, err := r.Mint(t.Context(), "https://maskinporten.no/", MintRequest{ClientID: "ca"}); err == nil || !strings.Contains(err.Error(), "not served here") {
		t.Errorf("a foreign issuer: got %v", err)
	}
	for _, lifetime := range []time.Duration{-time.Second, time.Millisecond} {
		if _, err := r.Mint(t.Context(), issuer, MintRequest{ClientID: "ca", Lifetime: lifetime}); err == nil {
			t.Errorf("a lifetime of %s is accepted", lifetime)
		}
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := r.Mint(ctx, issuer, MintRequest{ClientID: "ca"}); !errors.Is(err, context.Canceled) {
		t.Errorf("a cancelled context: got %v", err)
	}
}
