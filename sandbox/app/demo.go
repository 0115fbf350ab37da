package app

import (
	"bytes"
	"io"
	"net/http"
	"strconv"
	"strings"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/demo"
	"liksom/ui"
)

// demoService is the service under /demo/, whose requests go to the sandbox
// itself without a network, so that they work behind any address.
func (s *Sandbox) demoService(c generator.Config) (http.Handler, error) {
	key, err := readKey(c.Files, "demo-innbygger")
	if err != nil {
		return nil, err
	}
	sheets, err := ui.Stylesheets()
	if err != nil {
		return nil, err
	}
	return demo.New(demo.Config{
		Now: s.now, Base: s.loginBase, Send: s.toItself(),
		Issuer: idportenPath, Register: "/rest", Key: key, Secret: s.secretOf("demo-test"), Zone: sandbox.Oslo, Stylesheets: sheets, Log: s.log,
	})
}

// loginBase is the address that ID-porten's issuer begins with for this caller.
func (s *Sandbox) loginBase(r *http.Request) string {
	return strings.TrimSuffix(s.hosts.loginIssuerOf(r), idportenPath)
}

// toItself sends requests to the sandbox itself.
func (s *Sandbox) toItself() http.RoundTripper {
	return inside(func(w http.ResponseWriter, r *http.Request) { s.handler.ServeHTTP(w, r) })
}

// inside sends requests to a handler of this program.
type inside http.HandlerFunc

// RoundTrip implements [http.RoundTripper].
func (h inside) RoundTrip(r *http.Request) (*http.Response, error) {
	in := r.Clone(r.Context())
	in.Host, in.RequestURI, in.RemoteAddr = r.URL.Host, r.URL.RequestURI(), "127.0.0.1:0"
	if in.Body == nil {
		in.Body = http.NoBody
	}
	w := &kept{header: http.Header{}, status: http.StatusOK}
	h(w, in)
	return &http.Response{
		Status: strconv.Itoa(w.status) + " " + http.StatusText(w.status), StatusCode: w.status, Proto: "HTTP/1.1", ProtoMajor: 1, ProtoMinor: 1,
		Header: w.header, Body: io.NopCloser(&w.body), ContentLength: int64(w.body.Len()), Request: r,
	}, nil
}

// kept is an answer that is kept.
type kept struct {
	header http.Header
	status int
	body   bytes.Buffer
}

func (k *kept) Header() http.Header         { return k.header }
func (k *kept) Write(b []byte) (int, error) { return k.body.Write(b) }
func (k *kept) WriteHeader(status int)      { k.status = status }
