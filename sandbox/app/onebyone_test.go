package app

import (
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"liksom/sandbox/journal"
	"liksom/sandbox/krr"
)

func TestJournal_hints_at_one_call_for_many(t *testing.T) {
	t.Parallel()
	const one = `{"personidentifikatorer":["05840399895"]}`
	two := strings.Replace(one, `"]`, `","05840399895"]`, 1)
	for name, c := range map[string]struct {
		path, body string
		calls      int
		apart      time.Duration
		hints      int
	}{
		"a hundred look-ups of one person each":           {krr.LookupPath, one, 100, 50 * time.Millisecond, 1},
		"version 2, with a slash":                         {krr.LookupPathV2 + "/", one, 100, 50 * time.Millisecond, 1},
		"the hint comes with each hundredth":              {krr.LookupPath, one, 250, time.Millisecond, 2},
		"ninety-nine are not many":                        {krr.LookupPath, one, 99, time.Millisecond, 0},
		"a hundred within seventeen minutes are not many": {krr.LookupPath, one, 100, 10 * time.Second, 0},
		"who asks for two at once has understood":         {krr.LookupPath, two, 100, time.Millisecond, 0},
		"refusals are no look-ups":                        {krr.LookupPath, `{"personidentifikatorer":["1"]}`, 100, time.Millisecond, 0},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			now := time.Now()
			box := newBoxAt(t, 10, func() time.Time { return now })
			token := mint(t, box)
			for range c.calls {
				now = now.Add(c.apart)
				r := httptest.NewRequest(http.MethodPost, c.path, strings.NewReader(c.body))
				r.Host = "127.0.0.1:8080"
				r.Header.Set("Authorization", "Bearer "+token)
				r.Header.Set("Content-Type", "application/json")
				box.handler.ServeHTTP(httptest.NewRecorder(), r)
			}
			hints := 0
			for _, e := range box.journal.Recent(c.calls) {
				if e.Code != "ids.single" {
					continue
				}
				hints++
				const want = "The client has looked up 100 persons one by one in "
				if e.Verdict != journal.VerdictOK || e.Status != http.StatusOK || !strings.HasPrefix(e.Reason, want) || !strings.Contains(e.Reason, "one call takes up to 1000 numbers") {
					t.Errorf("entry %d is %+v", e.Nr, e)
				}
			}
			if hints != c.hints {
				t.Errorf("%d hints, want %d", hints, c.hints)
			}
		})
	}
}
