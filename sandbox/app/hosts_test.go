package app

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func testHosts(t *testing.T, listen, base string, extra ...string) hosts {
	t.Helper()
	h, err := newHosts(listen, base, extra)
	if err != nil {
		t.Fatal(err)
	}
	return h
}

func TestHosts_serve_loopback_and_what_was_asked_for(t *testing.T) {
	t.Parallel()
	h := testHosts(t, "127.0.0.1", "https://liksom.example.test", "Sandkasse.local", "box:9000")
	for host, want := range map[string]bool{
		"localhost": true, "localhost:8080": true, "LOCALHOST:1": true, "127.0.0.1:8080": true, "[::1]:8080": true, "krr.localhost:80": true,
		"liksom.example.test": true, "liksom.example.test:443": true, "sandkasse.local": true, "box": true, "box:9000": true,
		"": false, "evil.example": false, "localhost.evil.example": false, "127.0.0.2": false, "notlocalhost": false,
		"kontaktregisteret.no": false, "127.0.0.1.evil.example:8080": false,
	} {
		if got := h.serves(host); got != want {
			t.Errorf("%q: %t", host, got)
		}
	}
}

func TestIssuer_is_built_from_the_host_that_was_used(t *testing.T) {
	t.Parallel()
	h := testHosts(t, "127.0.0.1", "https://liksom.example.test", "box")
	for host, want := range map[string]string{
		"127.0.0.1:8080":      "http://127.0.0.1:8080/maskinporten/",
		"localhost:9":         "http://localhost:9/maskinporten/",
		"box":                 "http://box/maskinporten/",
		"liksom.example.test": "https://liksom.example.test/maskinporten/",
	} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		r.Host = host
		if got := h.issuerOf(r); got != want || !h.isIssuer(got) {
			t.Errorf("%s: %s, ours %t; want %s", host, got, h.isIssuer(got), want)
		}
	}
	for _, foreign := range []string{
		"", "maskinporten", "https://test.maskinporten.no/", "http://127.0.0.1:8080/maskinporten", "http://127.0.0.1:8080/maskinporten//",
		"http://127.0.0.1:8080/", "http://127.0.0.1:8080/maskinporten/token", "https://127.0.0.1:8080/maskinporten/", "ftp://localhost/maskinporten/",
		"http://evil.example/maskinporten/", "http://user@localhost/maskinporten/", "http://localhost/maskinporten/?x=1", "http://localhost/maskinporten/#x",
		"https://liksom.example.test:444/maskinporten/",
	} {
		if h.isIssuer(foreign) {
			t.Errorf("%q counts as ours", foreign)
		}
	}
}

// The short way of the usual issuer must decide as the parser of URLs does.
func FuzzPlainIssuer(f *testing.F) {
	for _, issuer := range []string{
		"http://127.0.0.1:8080/maskinporten/", "http://localhost:/maskinporten/", "http:///maskinporten/", "http://:1/maskinporten/", "http://a:b/maskinporten/",
		"http://[::1]:1/maskinporten/", "http://a:1:2/maskinporten/", "http://a/maskinporten/maskinporten/", "http://ø/maskinporten/", "http://a_b/maskinporten/",
	} {
		f.Add(issuer)
	}
	f.Fuzz(func(t *testing.T, issuer string) {
		host, ok := plainIssuer(issuer)
		if !ok {
			return
		}
		if u, err := url.Parse(issuer); err != nil || u.Host != host || *u != (url.URL{Scheme: "http", Host: host, Path: maskinportenPath}) {
			t.Errorf("%q counts as plain, host %q; it is %+v, %v", issuer, host, u, err)
		}
	})
}

func TestNewHosts_refuses_what_is_no_base_URL_or_host(t *testing.T) {
	t.Parallel()
	for _, base := range []string{"liksom.example.test", "localhost:8080", "ftp://x", "https://", "https://x/path", "https://x?q=1", "://"} {
		if _, err := newHosts("127.0.0.1", base, nil); err == nil || !strings.Contains(err.Error(), "--base-url https://liksom.example.test") {
			t.Errorf("%q: %v", base, err)
		}
	}
	for _, host := range []string{"", "http://x", "a b", "u@x"} {
		if _, err := newHosts("127.0.0.1", "", []string{host}); err == nil || !strings.Contains(err.Error(), "--host liksom.local") {
			t.Errorf("%q: %v", host, err)
		}
	}
}
