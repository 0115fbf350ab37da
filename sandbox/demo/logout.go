package demo

import (
	"net/http"
	"net/url"
)

// leave logs the citizen out here, and sends the browser to ID-porten to be logged
// out there and of every other service. Source: Digdir, "Utlogging".
func (s *service) leave(v *visit) error {
	one := v.session
	if one == nil {
		return v.home()
	}
	v.session, v.sent, v.notice = nil, nil, "left"
	v.keep()
	q := url.Values{"id_token_hint": {one.idToken}, "post_logout_redirect_uri": {s.Base(v.r) + s.path + "/"}}
	http.Redirect(v.w, v.r, one.idporten.EndSession+"?"+q.Encode(), http.StatusSeeOther)
	return nil
}

// frontChannel is loaded by ID-porten's log-out page in a frame. Browsers may keep
// cookies from a frame, so the session is found by its name.
func (s *service) frontChannel(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	if sid := q.Get("sid"); sid != "" && q.Get("iss") == s.Base(r)+s.Issuer {
		s.visitors.end(sid)
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'self'")
	w.Header().Del("X-Frame-Options")
	w.WriteHeader(http.StatusNoContent)
}
