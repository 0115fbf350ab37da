package app

import (
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"

	"liksom/fakeauth"
	"liksom/sandbox"
)

// hosts knows under which names the sandbox answers. Every link and issuer is
// built from the Host that the caller used; a Host that is not ours is refused,
// so that no web page can reach a sandbox on loopback under a name of its own.
// Ports are not compared: a container's port may be mapped to any other.
type hosts struct {
	names []string // lower case, without port
	base  *url.URL // --base-url, or nil
	one   string   // the base of the one issuer; "" when each host has its own
}

// newHosts resolves the flags; listen is the host part of --addr.
func newHosts(listen, baseURL string, extra []string) (hosts, error) {
	h := hosts{names: []string{"localhost", "127.0.0.1", "::1"}}
	if everyone(listen) {
		h.names = append(h.names, machineNames()...)
	} else {
		h.names = append(h.names, strings.ToLower(listen))
	}
	for _, name := range extra {
		if name == "" || strings.ContainsAny(name, "/@ ") {
			return hosts{}, usage("--host %q is not a host name; write it without scheme and path, for example --host liksom.local", name)
		}
		h.names = append(h.names, hostname(name))
	}
	slices.Sort(h.names)
	h.names = slices.Compact(h.names)
	if baseURL == "" {
		return h, nil
	}
	u, err := url.Parse(baseURL)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" || strings.Trim(u.Path, "/") != "" || u.RawQuery != "" {
		return hosts{}, usage("--base-url %q must be a scheme and a host and nothing more, for example --base-url https://liksom.example.test", baseURL)
	}
	h.base = &url.URL{Scheme: u.Scheme, Host: u.Host}
	h.names = append(h.names, hostname(u.Host))
	return h, nil
}

// everyone tells whether an address to listen on means all of the machine's.
func everyone(listen string) bool { return listen == "" || net.ParseIP(listen).IsUnspecified() }

// machineNames are the machine's own name and addresses.
func machineNames() []string {
	var names []string
	if name, err := os.Hostname(); err == nil {
		names = append(names, strings.ToLower(name))
	}
	addrs, err := net.InterfaceAddrs()
	if err != nil {
		return names // only --host can name it then
	}
	for _, a := range addrs {
		if ip, _, err := net.ParseCIDR(a.String()); err == nil {
			names = append(names, ip.String())
		}
	}
	return names
}

// hostname drops a port and the brackets of an IPv6 address.
func hostname(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	return strings.ToLower(strings.Trim(host, "[]"))
}

// serves tells whether a Host is one of ours. Names below localhost are
// loopback too (RFC 6761).
func (h hosts) serves(host string) bool {
	name := hostname(host)
	return slices.Contains(h.names, name) || strings.HasSuffix(name, ".localhost")
}

// baseOf is the URL under which the caller reached us, without a slash at the end.
func (h hosts) baseOf(r *http.Request) string {
	if h.base != nil && hostname(r.Host) == hostname(h.base.Host) {
		return h.base.String()
	}
	return "http://" + r.Host
}

const maskinportenPath = "/maskinporten/"

// canonical is the URL to show when no caller has used one yet; listening is the
// address that is listened to.
func (h hosts) canonical(listening string) string {
	if h.base != nil {
		return h.base.String()
	}
	return "http://" + reachable(listening)
}

// issuerOf is our Maskinporten's issuer for this caller, with a slash at the end.
func (h hosts) issuerOf(r *http.Request) string {
	if h.one != "" {
		return h.one + maskinportenPath
	}
	return h.baseOf(r) + maskinportenPath
}

// isIssuer tells whether an issuer is our Maskinporten, under any served host
// unless there is only one issuer.
func (h hosts) isIssuer(issuer string) bool {
	if h.one != "" {
		return issuer == h.one+maskinportenPath
	}
	if host, ok := plainIssuer(issuer); ok {
		return h.serves(host)
	}
	u, err := url.Parse(issuer)
	if err != nil || u.Path != maskinportenPath || u.RawQuery != "" || u.Fragment != "" || u.User != nil || !h.serves(u.Host) {
		return false
	}
	return u.Scheme == "http" || h.base != nil && u.Scheme == h.base.Scheme && u.Host == h.base.Host
}

// plainIssuer gives the host of an issuer of the usual form, http and a name with
// or without a port, which every request brings. Others must be parsed.
func plainIssuer(issuer string) (host string, ok bool) {
	host, scheme := strings.CutPrefix(issuer, "http://")
	host, path := strings.CutSuffix(host, maskinportenPath)
	name, port, _ := strings.Cut(host, ":")
	odd := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-' && r != '.'
	}
	return host, scheme && path && !strings.ContainsFunc(name, odd) && strings.Trim(port, "0123456789") == ""
}

// fits tells why a good token of Maskinporten is not for an API of ours.
func (h hosts) fits(t fakeauth.Token) error {
	if t.Consumer == "" {
		return errors.New("invalid access token: it has no consumer; tokens of Maskinporten name the organisation that asks")
	}
	return h.isFor(t.Audience)
}

// isFor tells why a token with this audience is not for an API of ours. Digdir,
// "audience-restricted tokens": an API refuses a token whose aud is another. Tokens
// of old have the aud "unspecified", and most have none.
func (h hosts) isFor(audience []string) error {
	for _, aud := range audience {
		if u, err := url.Parse(aud); aud == "unspecified" || err == nil && u.Host != "" && h.serves(u.Host) {
			return nil
		}
	}
	if len(audience) == 0 {
		return nil
	}
	return fmt.Errorf("invalid access token: aud is %q, another API; ask for a token without resource, or with an address of this sandbox", sandbox.Short(strings.Join(audience, " ")))
}

// misdirected is the sentence for a Host that is not ours.
func (h hosts) misdirected(host string) string {
	if hint := wayOn(host); hint != "" {
		return hint
	}
	return fmt.Sprintf("the Host %q is not one of this sandbox's names; it answers as %s (start it with --host NAME to add one)",
		sandbox.Short(host), strings.Join(h.names, ", "))
}

// only lets a handler see requests to our own hosts; others get 421 in the
// surface's own error shape.
func (h hosts) only(next http.Handler, refuse refusal) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if !h.serves(r.Host) {
			refuse(w, r, http.StatusMisdirectedRequest, h.misdirected(r.Host))
			return
		}
		next.ServeHTTP(w, r)
	})
}
