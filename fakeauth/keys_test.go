package fakeauth

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// published are the keys at /jwk.
func (r *rig) published(tb testing.TB) jose.JSONWebKeySet {
	tb.Helper()
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/jwk", nil))
	var set jose.JSONWebKeySet
	if err := json.Unmarshal(w.Body.Bytes(), &set); err != nil {
		tb.Fatal(err)
	}
	return set
}

// kidOf is the kid of a token that a published key has signed.
func (r *rig) kidOf(tb testing.TB, token string) string {
	tb.Helper()
	jws, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		tb.Fatal(err)
	}
	kid := jws.Signatures[0].Protected.KeyID
	set := r.published(tb)
	for _, key := range set.Key(kid) {
		if _, err := jws.Verify(key.Key); err == nil {
			return kid
		}
	}
	tb.Errorf("no published key verifies a token of key %q", kid)
	return kid
}

func TestCase27OldTokensOutliveARotation(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	mint := func() string {
		t.Helper()
		got, err := r.Mint(t.Context(), issuer, MintRequest{ClientID: "ca"})
		if err != nil {
			t.Fatal(err)
		}
		return got.AccessToken
	}
	before := mint()
	if err := r.Rotate(); err != nil {
		t.Fatal(err)
	}
	after := mint()
	if a, b := r.kidOf(t, before), r.kidOf(t, after); a != "mp-1" || b != "mp-2" {
		t.Errorf("signed with %q and %q, want mp-1 and mp-2", a, b)
	}
	if ids := r.KeyIDs(); len(ids) != 3 || ids[0] != "mp-2" || len(ids[1]) != 43 || ids[2] != "mp-1" {
		t.Errorf("published are %q", ids)
	}
	if err := r.Rotate(); err != nil {
		t.Fatal(err)
	}
	for _, token := range []string{before, after, mint()} {
		if _, err := r.Verify(t.Context(), token); err != nil {
			t.Error(err)
		}
		r.kidOf(t, token)
	}
	r.setClock(start.Add(121 * time.Second)) // all tokens have expired
	if err := r.Rotate(); err != nil {
		t.Fatal(err)
	}
	if ids := r.KeyIDs(); slices.Contains(ids, "mp-1") || slices.Contains(ids, "mp-2") || len(ids) != 3 {
		t.Errorf("published are still %q", ids)
	}
}

// A token that was valid when it was issued is never refused while keys rotate,
// neither by the sandbox nor by one who reads the keys from /jwk afterwards.
func TestKeysRotatedUnderLoadRefuseNoToken(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	done := make(chan struct{})
	var callers sync.WaitGroup
	for range 4 {
		callers.Go(func() {
			for {
				w := httptest.NewRecorder()
				r.handler.ServeHTTP(w, formRequest(formOf(byA(t, nil)).Encode()))
				var answer TokenResponse
				if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || w.Code != http.StatusOK {
					t.Errorf("got %d %s", w.Code, w.Body)
					return
				}
				if _, err := r.Verify(t.Context(), answer.AccessToken); err != nil {
					t.Error(err)
				}
				r.kidOf(t, answer.AccessToken)
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	signers := map[string]bool{}
	for range 3 {
		if err := r.Rotate(); err != nil {
			t.Error(err)
		}
		signers[r.KeyIDs()[0]] = true
	}
	close(done)
	callers.Wait()
	if len(signers) != 3 {
		t.Errorf("%d keys have signed, want 3", len(signers))
	}
}

func TestNewKeysHaveNamesOfTheRealShape(t *testing.T) {
	t.Parallel()
	key, err := NewSigningKey()
	if err != nil {
		t.Fatal(err)
	}
	if len(key.KeyID) != 43 || strings.ContainsAny(key.KeyID, "=+/") || key.IsPublic() || !key.Valid() {
		t.Errorf("got kid %q", key.KeyID)
	}
}
