package relying

import (
	"crypto/rand"
	"sync"
	"time"
)

// idleLimit is how long a visitor may be away before the service logs them out.
// Source: Digdir, "Verifikasjonstestar ID-porten", test 8.
const idleLimit = 30 * time.Minute

// mostVisitors bounds the memory; those without a session go first, and the ones
// longest away.
const mostVisitors = 1000

// Visitor is a browser, logged in or on its way. What its pointers lead to is never
// changed; Kept must be so too.
type Visitor[K any] struct {
	Session  *Session   // nil until logged in
	Kept     K          // of the service; goes when the session ends
	attempts []*attempt // logins under way
	used     time.Time
	turn     int // grows with each change
}

// visitors are all of one client, by their cookie. It is safe for concurrent use.
type visitors[K any] struct {
	now   func() time.Time
	ended func(Ending) K

	mu sync.Mutex
	by map[string]Visitor[K]
}

func newVisitors[K any](now func() time.Time, ended func(Ending) K) *visitors[K] {
	return &visitors[K]{now: now, ended: ended, by: map[string]Visitor[K]{}}
}

// find gives a visitor as of now. Who has been away too long is logged out. A sign
// of life begins the time anew.
func (v *visitors[K]) find(cookie string, alive bool) (Visitor[K], bool) {
	v.mu.Lock()
	defer v.mu.Unlock()
	found, ok := v.by[cookie]
	if !ok {
		return found, false
	}
	now := v.now()
	if found.Session != nil && now.Sub(found.used) > idleLimit {
		found = Visitor[K]{Kept: v.ended(Idle), turn: found.turn + 1}
	}
	if alive {
		found.used = now
	}
	v.by[cookie] = found
	return found, true
}

// change tells whether nobody else was first.
func (v *visitors[K]) change(cookie string, to Visitor[K]) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	at, ok := v.by[cookie]
	if !ok || at.turn != to.turn {
		return false
	}
	to.turn++
	v.by[cookie] = to
	return true
}

// move gives a visitor a new cookie.
func (v *visitors[K]) move(old string, to Visitor[K]) (cookie string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.by, old)
	for len(v.by) >= mostVisitors {
		oldest, least := "", Visitor[K]{}
		for name, one := range v.by {
			in, leastIn := one.Session != nil, least.Session != nil
			if oldest == "" || !in && leastIn || in == leastIn && one.used.Before(least.used) {
				oldest, least = name, one
			}
		}
		delete(v.by, oldest)
	}
	cookie = rand.Text()
	to.used = v.now()
	v.by[cookie] = to
	return cookie
}

// leave logs a visitor out, whatever somebody else has just changed.
func (v *visitors[K]) leave(cookie string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if one, ok := v.by[cookie]; ok {
		v.by[cookie] = Visitor[K]{Kept: v.ended(Left), used: one.used, turn: one.turn + 1}
	}
}

// end logs out everybody whose session ID-porten calls by this name.
func (v *visitors[K]) end(sid string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for name, one := range v.by {
		if one.Session != nil && one.Session.SID == sid {
			v.by[name] = Visitor[K]{Kept: v.ended(Elsewhere), used: one.used, turn: one.turn + 1}
		}
	}
}
