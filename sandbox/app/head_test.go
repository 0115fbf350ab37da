package app

import (
	"net/http"
	"reflect"
	"testing"
)

// TestHead_has_what_GET_has_but_the_body, on every surface. Source: RFC 9110
// sections 9.1 and 9.3.2.
func TestHead_has_what_GET_has_but_the_body(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	for _, path := range []string{
		"/rest/v1/printSertifikat", "/rest/v2/printSertifikat/", "/v3/api-docs", "/v3/api-docs/", "/swagger-ui/index.html",
		"/maskinporten/.well-known/oauth-authorization-server", "/.well-known/oauth-authorization-server/maskinporten", "/maskinporten/jwk",
		"/idporten/.well-known/openid-configuration", "/sandbox/v1/guesses", "/sandbox/v1/openapi.json", "/hjelp/antakelser", "/livez", "/metrics", "/demo/",
	} {
		got, head := p.call("GET", path, ""), p.call("HEAD", path, "")
		for _, h := range []http.Header{got.header, head.header} {
			h.Del("Date")
			h.Del("Content-Length") // the metrics count these requests
			h.Del("Set-Cookie")
		}
		if got.status != http.StatusOK || head.status != http.StatusOK || got.body == "" || head.body != "" || !reflect.DeepEqual(got.header, head.header) {
			t.Errorf("%s: HEAD is %d %v, GET %d %v", path, head.status, head.header, got.status, got.header)
		}
	}
	if a := p.call("HEAD", "/rest/v1/personer", ""); a.status != http.StatusMethodNotAllowed || a.header.Get("Allow") != "POST" {
		t.Errorf("HEAD where there is no GET: %d, Allow %s", a.status, a.header.Get("Allow"))
	}
	var j struct {
		Entries []struct{ Method, Path string }
	}
	p.get("/sandbox/v1/journal?limit=1", &j)
	if len(j.Entries) != 1 || j.Entries[0].Method != "HEAD" {
		t.Errorf("the journal has %+v", j)
	}
}
