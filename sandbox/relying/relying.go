// Package relying is a client of ID-porten: to the login and back with PKCE, a
// session that ends when its visitor is idle, fresh access tokens, and log-out both
// ways. It knows ID-porten by its address only and sends real requests, as any
// customer's service has to:
//
//	relying.go  the client, and one visit to it
//	visitor.go  who is visiting, until they have been away for half an hour
//	login.go    to ID-porten and back
//	token.go    codes and refresh tokens become tokens
//	logout.go   out, here and everywhere
package relying

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"github.com/go-jose/go-jose/v4"
)

// Config is what a client needs to know. K is what the service keeps of a visitor
// beside their session. Every field is required that does not say otherwise.
type Config[K any] struct {
	Now func() time.Time // the protocol clock
	// Base is the address under which the caller reached us; what lies below it is
	// told to the browser.
	Base func(*http.Request) string
	// Send is how ID-porten is reached. Requests carry the context of the visit that
	// they are sent for.
	Send     http.RoundTripper
	Issuer   string          // path of ID-porten below Base: "/idporten"
	Path     string          // of the service below Base: "/demo"
	ClientID string          // names the cookie too
	Key      jose.JSONWebKey // the client signs with it; one without it sends Secret
	Secret   func() string   // as it is now: a client may get another
	Scopes   []string        // beside openid and profile; may be empty
	// Ended gives what is kept of a visitor from when they are logged out; nil
	// means nothing.
	Ended func(Ending) K
}

// Ending is why a visitor was logged out.
type Ending string

// The endings.
const (
	Left      Ending = "left"      // they asked for it here
	Elsewhere Ending = "elsewhere" // in another service: ID-porten told us
	Idle      Ending = "idle"      // they were away too long
)

// Client is a client of ID-porten. It is safe for concurrent use.
type Client[K any] struct {
	Config[K]
	http     *http.Client
	visitors *visitors[K]
}

// New makes a client.
func New[K any](c Config[K]) (*Client[K], error) {
	if c.Now == nil || c.Base == nil || c.Send == nil || c.Issuer == "" || c.Path == "" || c.ClientID == "" || (c.Key.Key == nil) == (c.Secret == nil) {
		return nil, errors.New("relying: every field of Config is required but Scopes, Ended and one of Key and Secret")
	}
	if c.Ended == nil {
		c.Ended = func(Ending) (none K) { return none }
	}
	return &Client[K]{Config: c, http: &http.Client{Transport: c.Send}, visitors: newVisitors(c.Now, c.Ended)}, nil
}

// Visit is one request of a visitor, who is found as of its beginning.
type Visit[K any] struct {
	Visitor[K]
	client *Client[K]
	cookie string // none for a stranger
	w      http.ResponseWriter
	r      *http.Request
}

// Visit finds whose request it is. It counts as a sign of life.
func (c *Client[K]) Visit(w http.ResponseWriter, r *http.Request) *Visit[K] {
	return c.visit(w, r, true)
}

// Glance is a visit that counts as no sign of life: for what a page asks by itself.
func (c *Client[K]) Glance(w http.ResponseWriter, r *http.Request) *Visit[K] {
	return c.visit(w, r, false)
}

func (c *Client[K]) visit(w http.ResponseWriter, r *http.Request, alive bool) *Visit[K] {
	v := &Visit[K]{client: c, w: w, r: r}
	if cookie, err := r.Cookie(c.ClientID); err == nil {
		if found, ok := c.visitors.find(cookie.Value, alive); ok {
			v.Visitor, v.cookie = found, cookie.Value
		}
	}
	return v
}

// Keep remembers what the visit has changed, unless somebody else was first: a
// log-out must not be forgotten. It comes before the answer, as strangers get a
// cookie.
func (v *Visit[K]) Keep() {
	if v.cookie == "" {
		v.move()
		return
	}
	if v.client.visitors.change(v.cookie, v.Visitor) {
		v.turn++
	}
}

// move remembers the visitor under a new cookie: at the beginning, and when
// somebody has logged in, so that nobody can leave a cookie for others to log in
// with.
func (v *Visit[K]) move() {
	v.cookie = v.client.visitors.move(v.cookie, v.Visitor)
	http.SetCookie(v.w, &http.Cookie{
		Name: v.client.ClientID, Value: v.cookie, Path: v.client.Path + "/", HttpOnly: true, SameSite: http.SameSiteLaxMode,
		Secure: strings.HasPrefix(v.client.Base(v.r), "https://"),
	})
}

// context is one in which the OpenID library sends requests as the client does.
func (v *Visit[K]) context() context.Context {
	return oidc.ClientContext(v.r.Context(), v.client.http)
}
