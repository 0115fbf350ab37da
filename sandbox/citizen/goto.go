package citizen

import (
	"net/http"
	"net/url"
	"strings"
	"unicode"
)

// destination reads gotoUrl: where MinProfil leads to when the citizen is done. It
// must be a URL with its scheme, all in lower case, and known in advance; else it
// is as if there were none, and why says so. Source: "Dine kontaktopplysninger"
// (Digdir), on gotoUrl; what becomes of an unknown one is a guess.
func (s *Server) destination(r *http.Request, raw string) (target, why string) {
	if raw == "" {
		return "", ""
	}
	u, err := url.Parse(raw)
	switch {
	case err != nil || strings.ContainsFunc(raw, func(c rune) bool { return c <= ' ' || c == '\\' || c > 0x7e }):
		return "", "goto.shape"
	case strings.ContainsFunc(raw, unicode.IsUpper):
		return "", "goto.upper"
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "" || u.User != nil:
		return "", "goto.scheme"
	case !s.Known(r, u.Scheme+"://"+u.Host):
		return "", "goto.unknown"
	}
	return u.String(), ""
}
