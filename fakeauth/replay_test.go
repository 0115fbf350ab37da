package fakeauth

import (
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

func TestCase10AssertionIsGoodOnce(t *testing.T) {
	t.Parallel()
	ok := outcome{Status: http.StatusOK}
	again := goodClaims()
	for name, tc := range map[string]struct {
		first, second string
		want          outcome
	}{
		"10: another assertion with the same jti is MP-012": {
			byA(t, members{"jti": "j"}), byA(t, members{"jti": "j", "scope": "demo:write"}), of(usedBefore)},
		"10: another client with the same jti is accepted": {
			byA(t, members{"jti": "j"}), signed(t, jose.RS256, otherKey(), members{"kid": "s1"}, goodClaims().with(members{"iss": "cb", "jti": "j"})), ok},
		"10: the same claims under another algorithm are MP-012": {
			byA(t, again), signed(t, jose.RS512, clientKey(), members{"kid": "k1"}, again), of(usedBefore)},
		"11: two assertions without jti are accepted": {
			byA(t, members{"jti": nil}), byA(t, members{"jti": nil, "scope": "demo:write"}), ok},
		"11: an empty jti is no jti": {
			byA(t, members{"jti": ""}), byA(t, members{"jti": "", "scope": "demo:write"}), ok},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			if got := r.outcomeOf(t, r.post(t, tc.first)); got != ok {
				t.Fatalf("first: got %+v", got)
			}
			if got := r.outcomeOf(t, r.post(t, tc.second)); got != tc.want {
				t.Errorf("second: got %+v, want %+v", got, tc.want)
			}
			if got := r.outcomeOf(t, r.post(t, tc.first)); got != of(usedBefore) {
				t.Errorf("first again: got %+v", got)
			}
		})
	}
}

// The last character of a signature has four bits that mean nothing. An
// assertion without jti must not become another one by changing them.
func TestCase11SpellingTheSignatureOtherwiseIsStillAReplay(t *testing.T) {
	t.Parallel()
	const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
	r := newRig(t)
	assertion := byA(t, members{"jti": nil})
	last := len(assertion) - 1
	respelt := assertion[:last] + string(alphabet[strings.IndexByte(alphabet, assertion[last])^1])
	if got := r.post(t, assertion); got.status != http.StatusOK {
		t.Fatalf("got %d %v", got.status, got.body)
	}
	if got := r.outcomeOf(t, r.post(t, respelt)); got != of(usedBefore) {
		t.Errorf("got %+v", got)
	}
}

func TestCase10OneOfManyInParallelGetsAToken(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, assertion := range map[string]string{"with jti": byA(t, nil), "without jti": byA(t, members{"jti": nil})} {
		var accepted, replayed atomic.Int32
		var wg sync.WaitGroup
		for range 200 {
			wg.Go(func() {
				w := httptest.NewRecorder()
				r.handler.ServeHTTP(w, formRequest(formOf(assertion).Encode()))
				switch {
				case w.Code == http.StatusOK:
					accepted.Add(1)
				case strings.Contains(w.Body.String(), "errors/MP-012"):
					replayed.Add(1)
				}
			})
		}
		wg.Wait()
		if accepted.Load() != 1 || replayed.Load() != 199 {
			t.Errorf("%s: %d accepted and %d replayed, want 1 and 199", name, accepted.Load(), replayed.Load())
		}
	}
}

func TestAssertionIsBurntAfterAuthenticationAndBeforePolicy(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		first, second members
		want          outcome
	}{
		"refused for its scope it is used up":       {members{"scope": "x"}, nil, of(usedBefore)},
		"refused for its aud it is not used up":     {members{"aud": "x"}, nil, outcome{Status: http.StatusOK}},
		"refused for its time it is not used up":    {members{"iat": start.Unix() + 50, "exp": start.Unix() + 60}, nil, outcome{Status: http.StatusOK}},
		"refused for its client it is not used up":  {members{"iss": "x"}, nil, outcome{Status: http.StatusOK}},
		"refused as too long-lived it is not burnt": {members{"exp": start.Unix() + 500}, nil, outcome{Status: http.StatusOK}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			jti := members{"jti": "j"}
			if got := r.post(t, byA(t, tc.first.with(jti))); got.status == http.StatusOK {
				t.Fatal("the first was accepted")
			}
			if got := r.outcomeOf(t, r.post(t, byA(t, jti))); got != tc.want {
				t.Errorf("got %+v, want %+v", got, tc.want)
			}
		})
	}
}

func TestReplayKeyIsRememberedUntilExpiryAndNoLonger(t *testing.T) {
	t.Parallel()
	var r replays
	key, until := replayKey{1}, start.Add(130*time.Second)
	for _, step := range []struct {
		after time.Duration
		want  bool
	}{
		{0, true}, {0, false}, {-time.Second, false}, {129 * time.Second, false}, {130 * time.Second, true},
	} {
		if got := r.use(key, until, start.Add(step.after)); got != step.want {
			t.Errorf("after %s: got %t, want %t", step.after, got, step.want)
		}
	}
}

func TestReplayKeysDoNotPileUp(t *testing.T) {
	t.Parallel()
	var r replays
	most := 0
	for i := range 5000 {
		at := start.Add(time.Duration(i) * time.Second)
		key := replayKey([]byte(strings.Repeat("x", 24) + strconv.Itoa(10_000_000+i)))
		if !r.use(key, at.Add(longestAssertion), at) {
			t.Fatalf("key %d was taken", i)
		}
		most = max(most, len(r.current)+len(r.past))
	}
	if limit := int(2 * generationAge / time.Second); most > limit {
		t.Errorf("up to %d keys were kept, want at most %d", most, limit)
	}
}
