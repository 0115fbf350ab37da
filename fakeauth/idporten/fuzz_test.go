package idporten_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
)

// FuzzAuthorize: whatever a request says, it is answered with the login page, an error
// page, or at an address of the client that it names.
func FuzzAuthorize(f *testing.F) {
	right := request("basic")
	for _, change := range []url.Values{
		{}, {"redirect_uri": {"http://client.example/basic@evil.example"}}, {"redirect_uri": {"http://client.example/basic/../x"}}, {"response_mode": {"form_post.jwt"}},
		{"login_hint": {"testid:" + sindig + "_idporten-loa-high"}}, {"login_hint": {"testid:_"}}, {"scope": {"openid  openid"}}, {"request_uri": {"urn:idporten:"}},
		{"prompt": {"none"}}, {"state": {"\r\nSet-Cookie: a=b"}}, {"ui_locales": {"se xx"}}, {"acr_values": {"eidas-loa-low x"}}, {"request": {"e30.e30."}}, {"resource": {"a:%"}},
	} {
		query := url.Values{}
		for name, values := range right {
			query[name] = values
		}
		for name, values := range change {
			query[name] = values
		}
		f.Add(query.Encode())
	}
	f.Add("client_id=native&redirect_uri=http://127.0.0.1:99999/cb")
	f.Add("client_id=%00&;=&=")
	f.Fuzz(func(t *testing.T, query string) {
		w := newWorld(t)
		r := httptest.NewRequest(http.MethodGet, "/authorize", nil)
		r.Host, r.URL.RawQuery = strings.TrimPrefix(w.server.URL, "http://"), query
		answer := httptest.NewRecorder()
		w.auth.Handler().ServeHTTP(answer, r)
		to := answer.Header().Get("Location")
		switch {
		case answer.Code == http.StatusFound && strings.HasPrefix(to, w.issuer()+"/authorize/selector?id="):
		case answer.Code == http.StatusFound:
			named, _ := url.ParseQuery(query)
			base, _, _ := strings.Cut(to, "?")
			if known := clientsOf(t)[named.Get("client_id")].RedirectURIs; !slices.Contains(known, base) && !strings.HasPrefix(base, "http://127.0.0.1") {
				t.Errorf("sent to %q, and the client has %q", to, known)
			}
		case answer.Code != http.StatusOK && answer.Code != http.StatusBadRequest:
			t.Errorf("%d: %s", answer.Code, answer.Body)
		}
	})
}
