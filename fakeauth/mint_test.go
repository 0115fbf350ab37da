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

// TestMintBreaksOneThing shows what each kind breaks, by what Verify says and by
// what is different from a good token. What an API must judge itself passes here.
func TestMintBreaksOneThing(t *testing.T) {
	t.Parallel()
	accepted := map[string]func(Token) bool{
		BrokenWrongAudience: func(Token) bool { return true },
		BrokenMissingClaim:  func(t Token) bool { return t.Consumer == "" },
		BrokenWrongScope:    func(t Token) bool { return !t.Has("demo:read") && len(t.Scopes) == 1 },
	}
	refused := map[string]string{
		BrokenExpired:     "the token expired at 2026-03-02T09:59:00Z, 60 s ago",
		BrokenNotYetValid: "not valid before 2026-03-02T11:00:00Z, in 3600 s",
		BrokenWrongIssuer: "which is not served here",
		BrokenWrongKey:    "the signature of the token is wrong",
		BrokenUnknownKID:  "the keys here are",
		BrokenAlgNone:     `alg is "none"`,
		BrokenTampered:    "the signature of the token is wrong",
	}
	r := newRig(t)
	for _, kind := range BrokenKinds() {
		got, err := r.Mint(t.Context(), issuer, MintRequest{ClientID: "ca", Broken: kind})
		if err != nil {
			t.Fatal(err)
		}
		token, err := r.Verify(t.Context(), got.AccessToken)
		if reason, bad := refused[kind]; bad {
			if err == nil || !strings.Contains(err.Error(), reason) {
				t.Errorf("%s: got %v, want %q", kind, err, reason)
			}
			var failed []string
			for _, s := range r.ExplainToken(got.AccessToken) {
				if s.Outcome == Failed {
					failed = append(failed, s.Name)
				}
			}
			if len(failed) != 1 {
				t.Errorf("%s: failed are %q, want one", kind, failed)
			}
			continue
		}
		if right, known := accepted[kind]; err != nil || !known || !right(token) {
			t.Errorf("%s: got %+v, %v", kind, token, err)
		}
	}
	if _, err := r.Mint(t.Context(), issuer, MintRequest{ClientID: "ca", Broken: "x"}); !errors.Is(err, ErrUnknownBroken) {
		t.Errorf("an unknown kind: got %v", err)
	}
}

func TestMintForOnePerson(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	got, err := r.Mint(t.Context(), issuer, MintRequest{ClientID: "ca", PID: "05848998356"})
	if err != nil {
		t.Fatal(err)
	}
	if token, err := r.Verify(t.Context(), got.AccessToken); err != nil || token.PID != "05848998356" {
		t.Errorf("got %+v, %v", token, err)
	}
	if _, err := r.Mint(t.Context(), issuer, MintRequest{ClientID: "ca", PID: "1"}); !errors.Is(err, ErrBadPID) {
		t.Errorf("a person who cannot be: got %v", err)
	}
}
