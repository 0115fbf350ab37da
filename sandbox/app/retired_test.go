package app

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// TestA_retired_host_says_the_way_on, since old settings of clients name it still.
func TestA_retired_host_says_the_way_on(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	for host := range retiredHosts {
		r, err := http.NewRequest(http.MethodPost, p.base+"/kontaktinfo-oauth2-server/rest/v1/personer", nil)
		if err != nil {
			t.Fatal(err)
		}
		r.Host = strings.ToUpper(host) + ":443"
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil || answer.StatusCode != http.StatusMisdirectedRequest || !strings.Contains(string(body), `"status":"421"`) ||
			!strings.Contains(string(body), host+" closed in") || !strings.Contains(string(body), "test.kontaktregisteret.no") {
			t.Errorf("%s is answered %d: %s (%v)", host, answer.StatusCode, body, err)
		}
	}
}
