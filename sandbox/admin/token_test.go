package admin_test

import (
	"strings"
	"testing"
)

func TestTokens_are_made_as_asked(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for name, c := range map[string]struct {
		path, body string
		status     int
		says       string
	}{
		"several tokens come in a list":                {"/tokens", `{"client_id":"demo","scope":"x","count":3}`, 200, `"tokens":["a.b.c","a.b.c","a.b.c"]`},
		"one token has no list":                        {"/tokens", `{"client_id":"demo","scope":"x","broken":"expired"}`, 200, `"scope":"x"}`},
		"an unknown client is not found":               {"/tokens", `{"client_id":"nobody","scope":"x"}`, 404, "client.unknown"},
		"a way of breaking that is none is refused":    {"/tokens", `{"client_id":"demo","scope":"x","broken":"bent"}`, 400, "it must be one of expired, not_yet_valid"},
		"a person who cannot be is refused":            {"/tokens", `{"client_id":"demo","scope":"x","pid":"05848998357"}`, 400, "token.pid"},
		"too many tokens are refused":                  {"/tokens", `{"client_id":"demo","scope":"x","count":1001}`, 400, "from 1 to 1000"},
		"no tokens are refused":                        {"/tokens", `{"client_id":"demo","scope":"x","count":0}`, 400, "from 1 to 1000"},
		"a lifetime that goes backwards is refused":    {"/tokens", `{"client_id":"demo","scope":"x","lifetime":-1}`, 400, "token.lifetime"},
		"a token without scope is refused":             {"/tokens", `{"client_id":"demo"}`, 400, "token.incomplete"},
		"an assertion that passes is not refused":      {"/assertions/explain", `{"assertion":" a.b.c\n"}`, 200, `"refused":false`},
		"an assertion with a failed check is":          {"/assertions/explain", `{"assertion":"a.b"}`, 200, `"refused":true,"checks":[{"name":"shape","outcome":"fail","code":"MP-011"}]`},
		"no assertion is refused":                      {"/assertions/explain", `{}`, 400, "assertion.missing"},
		"an assertion that is far too long is refused": {"/assertions/explain", `{"assertion":"` + strings.Repeat("a", 70_000) + `"}`, 400, "assertion.missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := w.call("POST", c.path, c.body)
			if got.Code != c.status || !strings.Contains(got.Body.String(), c.says) {
				t.Errorf("%d %s; want %d with %s", got.Code, got.Body, c.status, c.says)
			}
		})
	}
}
