package demo

import (
	"crypto/rand"
	"sync"
	"time"
)

// idleLimit is how long a visitor may be away before the service logs them out.
// Source: Digdir, "Verifikasjonstestar ID-porten", test 8.
const idleLimit = 30 * time.Minute

// mostVisitors bounds the memory; the ones longest away go first.
const mostVisitors = 1000

// visitor is a browser, logged in or on its way. What its pointers and slices lead
// to is never changed.
type visitor struct {
	attempt *attempt // a login under way
	session *session // nil until logged in
	notice  string   // key of a text to show once
	fault   string   // what ID-porten or KRR said, beside the notice
	sent    []exchange
	used    time.Time
	turn    int // grows with each change
}

// attempt is a login that waits for the answer of ID-porten.
type attempt struct {
	state, nonce, verifier string
	level                  string
	redirect               string
	idporten               metadata
}

// session is a citizen who has logged in.
type session struct {
	claims   claims
	idToken  string
	tokens   tokens
	until    time.Time // when the access token runs out
	told     []byte    // by KRR, or as userinfo where there is no scope for KRR
	status   int       // with which it was told
	idporten metadata
}

// claims are what the id_token says, as far as the page shows it.
type claims struct {
	PID      string   `json:"pid"`
	ACR      string   `json:"acr"`
	AMR      []string `json:"amr"`
	AuthTime int64    `json:"auth_time"`
	IssuedAt int64    `json:"iat"`
	SID      string   `json:"sid"` // names the session when ID-porten tells of a log-out
	Nonce    string   `json:"nonce"`
}

// visitors are all of one service, by their cookie. It is safe for concurrent use.
type visitors struct {
	now func() time.Time

	mu sync.Mutex
	by map[string]visitor
}

func newVisitors(now func() time.Time) *visitors {
	return &visitors{now: now, by: map[string]visitor{}}
}

// find gives a visitor as of now; the zero visitor for a stranger. Who has been
// away too long is logged out and told so.
func (v *visitors) find(cookie string) visitor {
	v.mu.Lock()
	defer v.mu.Unlock()
	found, ok := v.by[cookie]
	if !ok {
		return found
	}
	now := v.now()
	if found.session != nil && now.Sub(found.used) > idleLimit {
		found = visitor{notice: "idle", turn: found.turn + 1}
	}
	found.used = now
	v.by[cookie] = found
	return found
}

// change keeps what has become of a visitor, unless somebody else was first: a
// log-out must not be forgotten.
func (v *visitors) change(cookie string, to visitor) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if at, ok := v.by[cookie]; ok && at.turn == to.turn {
		to.turn++
		v.by[cookie] = to
	}
}

// move gives a visitor a new cookie: at the beginning, and when somebody has
// logged in, so that nobody can leave a cookie for others to log in with.
func (v *visitors) move(old string, to visitor) (cookie string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	delete(v.by, old)
	for len(v.by) >= mostVisitors {
		oldest := ""
		for name, one := range v.by {
			if oldest == "" || one.used.Before(v.by[oldest].used) {
				oldest = name
			}
		}
		delete(v.by, oldest)
	}
	cookie = rand.Text()
	to.used = v.now()
	v.by[cookie] = to
	return cookie
}

// end logs out everybody whose session ID-porten calls by this name.
func (v *visitors) end(sid string) {
	v.mu.Lock()
	defer v.mu.Unlock()
	for name, one := range v.by {
		if one.session != nil && one.session.claims.SID == sid {
			v.by[name] = visitor{notice: "elsewhere", used: one.used, turn: one.turn + 1}
		}
	}
}
