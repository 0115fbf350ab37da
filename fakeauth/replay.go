package fakeauth

import (
	"crypto/sha256"
	"sync"
	"time"
)

// generationAge is how long a generation of replay keys is filled. It exceeds
// the longest time that a key must be remembered: an assertion lives for 120 s
// and may be signed 10 s ahead.
const generationAge = longestAssertion + 2*clockSkew

// replayKey identifies an assertion that must not come twice.
type replayKey [sha256.Size]byte

// replays remembers used assertions. Keys are kept in two generations, of which
// the older is dropped whole, so memory is bounded by the rate of requests and
// nothing ever scans. The zero value is ready; it is safe for concurrent use.
type replays struct {
	mu            sync.Mutex
	started       time.Time
	current, past map[replayKey]time.Time
}

// use claims a key until a time and tells whether it was free. Of any number of
// parallel calls with one key, one gets true.
func (r *replays) use(key replayKey, until, at time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.turn(at)
	if at.Before(r.current[key]) || at.Before(r.past[key]) {
		return false
	}
	r.current[key] = until
	return true
}

// used tells whether a key is claimed.
func (r *replays) used(key replayKey, at time.Time) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	return at.Before(r.current[key]) || at.Before(r.past[key])
}

// turn starts a new generation when the current one is old enough.
func (r *replays) turn(at time.Time) {
	if r.current != nil && at.Sub(r.started) < generationAge {
		return
	}
	r.past, r.current, r.started = r.current, make(map[replayKey]time.Time), at
}

// replayKeyOf names an assertion by client and jti. Without jti it is named by
// its signature, which unlike the text has only one form for one content.
// Digdir documents only that a JWT cannot be used twice; that the jti is taken
// for each client is a guess.
func replayKeyOf(a *assertion) replayKey {
	if a.claims.id == "" {
		return sha256.Sum256(append([]byte("signature\x00"), a.signature...))
	}
	return sha256.Sum256([]byte("jti\x00" + a.claims.issuer + "\x00" + a.claims.id))
}
