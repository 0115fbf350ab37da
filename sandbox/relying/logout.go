package relying

import (
	"net/http"
	"net/url"
)

// Leave logs the visitor out here, and gives the address to send the browser to:
// ID-porten, which logs them out there and of every other service, and sends them
// back to the service's page. Source: Digdir, "Utlogging".
func (v *Visit[K]) Leave() (target string) {
	c, one := v.client, v.Session
	if one == nil {
		return c.Path + "/"
	}
	c.visitors.leave(v.cookie)
	v.Session, v.Kept = nil, c.Ended(Left)
	if one.SID == "" { // a login by login_hint, of which ID-porten's cookie knows nothing
		return c.Path + "/"
	}
	q := url.Values{"id_token_hint": {one.idToken}, "post_logout_redirect_uri": {c.Base(v.r) + c.Path + "/"}}
	return one.idporten.EndSession + "?" + q.Encode()
}

// FrontChannel is loaded by ID-porten's log-out page in a frame. Browsers may keep
// cookies from a frame, so the session is found by its name.
func (c *Client[K]) FrontChannel(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if sid := q.Get("sid"); sid != "" && q.Get("iss") == c.Base(r)+c.Issuer {
		c.visitors.end(sid)
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'")
	w.Header().Del("X-Frame-Options")
	w.WriteHeader(http.StatusNoContent)
}
