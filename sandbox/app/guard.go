package app

import (
	"crypto/sha256"
	"crypto/subtle"
	"net/http"
	"strings"
)

// guarded lets only those in who have the admin token, as a bearer token or as
// the password of basic authentication, which browsers ask for. Without a token
// everybody is let in. A page of another origin is never: it could use what the
// browser remembers.
func guarded(token string, next http.Handler, refuse refusal) http.Handler {
	protection := http.NewCrossOriginProtection()
	protection.SetDenyHandler(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		refuse(w, r, http.StatusForbidden, "a page of another origin may not change this sandbox; programs may, and the sandbox's own pages")
	}))
	inner := protection.Handler(next)
	if token == "" {
		return inner
	}
	want := sha256.Sum256([]byte(token))
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		got := sha256.Sum256([]byte(presented(r)))
		if subtle.ConstantTimeCompare(got[:], want[:]) != 1 {
			w.Header().Set("WWW-Authenticate", `Basic realm="Liksom", charset="UTF-8"`)
			refuse(w, r, http.StatusUnauthorized, "this sandbox asks for its admin token: as a bearer token, or as the password of any user name")
			return
		}
		inner.ServeHTTP(w, r)
	})
}

// presented is the token that a request carries.
func presented(r *http.Request) string {
	if _, password, ok := r.BasicAuth(); ok {
		return password
	}
	bearer, _ := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	return bearer
}
