package idporten

import (
	"maps"
	"net/http"
	"slices"
	"sync"
	"time"

	"github.com/labstack/echo/v4"
)

// The levels, lowest first, with those of eIDAS beside them. Source: Digdir,
// "Sikkerhetsnivå" and the discovery document.
const (
	levelLow         = "idporten-loa-low"
	levelSubstantial = "idporten-loa-substantial"
	levelHigh        = "idporten-loa-high"
)

var acrs = []string{levelLow, levelSubstantial, levelHigh, "eidas-loa-low", "eidas-loa-substantial", "eidas-loa-high"}

// levelEmail is that of users who vouch for themselves, which TestID outranks. It
// may be asked for, though the discovery document does not name it. Source: Digdir,
// "ID-token", "ACR values" (2025).
const levelEmail = "selfregistered-email"

// rank orders the levels; not ok for what is none.
func rank(acr string) (int, bool) {
	if acr == levelEmail {
		return 0, true
	}
	i := slices.Index(acrs, acr)
	return i % 3, i >= 0
}

// login is who has logged in, and how.
type login struct {
	pid     string
	acr     string
	at      time.Time
	locale  string
	session string // "" for one without a browser
}

// A session lives for 30 minutes after the last request for a login, and for 120
// in all. Source: Digdir, "Single sign-on".
const (
	sessionIdle = 30 * time.Minute
	sessionMost = 120 * time.Minute
)

// session is a login in a browser, that several clients may share.
type session struct {
	login login
	sids  map[string]string // client -> sid
}

// browser is one that has logged in. Its sessions have the timers in common, as
// they have the cookie. Source: Digdir, "SSO-fri innlogging".
type browser struct {
	first    time.Time           // of the logins: raising the level does not prolong it
	used     time.Time           // by the last request for a login
	sessions map[string]*session // by client for those that want to be alone, else by ""
}

// sessions are all browsers. It is safe for concurrent use.
type sessions struct {
	now func() time.Time

	mu       sync.Mutex
	swept    time.Time
	browsers map[string]*browser // by cookie
	pending  map[string]*pending // logins under way
}

// pending is a login that waits for a person to be chosen.
type pending struct {
	*request
	browser string // only this one may go on
	until   time.Time
	chosen  *login // when one is, and AfterLogin has the page
}

func newSessions(now func() time.Time) *sessions {
	return &sessions{now: now, browsers: map[string]*browser{}, pending: map[string]*pending{}}
}

func (s *sessions) lock() (now time.Time, unlock func()) {
	s.mu.Lock()
	now = s.now()
	if now.Sub(s.swept) > time.Minute || now.Before(s.swept) {
		s.swept = now
		for id, p := range s.pending {
			if now.After(p.until) {
				delete(s.pending, id)
			}
		}
		for cookie, b := range s.browsers {
			if !b.alive(now) {
				delete(s.browsers, cookie)
			}
		}
	}
	return now, s.mu.Unlock
}

func (b *browser) alive(now time.Time) bool {
	return now.Sub(b.used) <= sessionIdle && now.Sub(b.first) <= sessionMost
}

// scopeOf tells which session of a browser a client sees: the common one, or one
// of its own.
func scopeOf(c *client) string {
	if c.SSODisabled {
		return c.ID
	}
	return ""
}

// find gives the session of a browser for a client, and counts the request as a
// use of the browser.
func (s *sessions) find(cookie string, c *client) (login, bool) {
	now, unlock := s.lock()
	defer unlock()
	b := s.browsers[cookie]
	if b == nil || !b.alive(now) {
		return login{}, false
	}
	b.used = now
	one := b.sessions[scopeOf(c)]
	if one == nil {
		return login{}, false
	}
	return one.login, true
}

// begin puts a login into a browser's session. Another person begins a new one.
func (s *sessions) begin(cookie string, c *client, l login) login {
	now, unlock := s.lock()
	defer unlock()
	b, scope := s.browsers[cookie], scopeOf(c)
	if b == nil || !b.alive(now) {
		b = &browser{sessions: map[string]*session{}}
		s.browsers[cookie] = b
	}
	if one := b.sessions[scope]; one != nil && one.login.pid != l.pid {
		delete(b.sessions, scope)
	}
	if len(b.sessions) == 0 {
		b.first = now
	}
	if b.sessions[scope] == nil {
		b.sessions[scope] = &session{login: login{session: random(24)}, sids: map[string]string{}}
	}
	one := b.sessions[scope]
	l.session = one.login.session
	one.login, b.used = l, now
	return l
}

// join notes that a client takes part in a session, and gives its sid.
func (s *sessions) join(cookie string, c *client) string {
	_, unlock := s.lock()
	defer unlock()
	b := s.browsers[cookie]
	if b == nil || b.sessions[scopeOf(c)] == nil {
		return ""
	}
	one := b.sessions[scopeOf(c)]
	if one.sids[c.ID] == "" {
		one.sids[c.ID] = random(32)
	}
	return one.sids[c.ID]
}

// end takes away all sessions of a browser.
func (s *sessions) end(cookie string) []*session {
	_, unlock := s.lock()
	defer unlock()
	b := s.browsers[cookie]
	if b == nil {
		return nil
	}
	delete(s.browsers, cookie)
	return slices.Collect(maps.Values(b.sessions))
}

// pendingLifetime is how long the login page may stand open (a guess).
const pendingLifetime = 30 * time.Minute

// most is how many logins may be under way; the oldest go. It bounds the memory.
const mostPending = 10_000

func (s *sessions) wait(cookie string, r *request) string {
	now, unlock := s.lock()
	defer unlock()
	if len(s.pending) >= mostPending {
		for id, p := range s.pending {
			if p.until.Before(now.Add(pendingLifetime/2)) || len(s.pending) >= 2*mostPending {
				delete(s.pending, id)
			}
		}
	}
	id := random(24)
	s.pending[id] = &pending{request: r, browser: cookie, until: now.Add(pendingLifetime)}
	return id
}

// waiting finds a login under way, in the browser where it was begun.
func (s *sessions) waiting(id, cookie string) (pending, bool) {
	now, unlock := s.lock()
	defer unlock()
	p := s.pending[id]
	if p == nil || cookie == "" || p.browser != cookie || now.After(p.until) {
		return pending{}, false
	}
	return *p, true
}

// chose notes who was chosen in a login under way, which may stand open anew.
func (s *sessions) chose(id string, l login) {
	now, unlock := s.lock()
	defer unlock()
	if p := s.pending[id]; p != nil {
		p.chosen, p.until = &l, now.Add(pendingLifetime)
	}
}

func (s *sessions) done(id string) {
	_, unlock := s.lock()
	defer unlock()
	delete(s.pending, id)
}

// The cookies, named as the real ones: one for the browser's session, one for the
// language that the user chose. Source: Digdir, "Headless innlogging" and
// "Språk".
const (
	cookieSession  = "IDPORTEN_AUTH"
	cookieLanguage = "IDPORTEN_SELECTED_LANGUAGE"
)

// browserOf gives the browser's cookie, "" when it has none.
func browserOf(c echo.Context) string {
	cookie, err := c.Cookie(cookieSession)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// keepBrowser gives the browser a cookie when it has none. Who logs in gets
// another, so that nobody can leave one for somebody else to log in with.
func (s *Server) keepBrowser(c echo.Context, value string) {
	http.SetCookie(c.Response(), &http.Cookie{
		Name: cookieSession, Value: value, Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: isHTTPS(s.cfg.Issuer(c.Request())),
	})
}

func isHTTPS(issuer string) bool { return len(issuer) > 8 && issuer[:8] == "https://" }

// renew moves a browser's sessions to a new cookie.
func (s *sessions) renew(old string) string {
	_, unlock := s.lock()
	defer unlock()
	fresh := random(32)
	if b := s.browsers[old]; b != nil {
		s.browsers[fresh] = b
		delete(s.browsers, old)
	}
	for _, p := range s.pending {
		if p.browser == old {
			p.browser = fresh
		}
	}
	return fresh
}
