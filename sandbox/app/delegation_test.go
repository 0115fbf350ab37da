package app

import (
	"encoding/json"
	"net/http"
	"strings"
	"testing"
	"time"
)

// TestSupplier_looks_up_for_a_customer_that_has_delegated, and for nobody else.
// Sources: "Oppslagstjenesten REST", "Oppslag på vegne av annen virksomhet" (2026);
// "Feilsøking i Maskinporten".
func TestSupplier_looks_up_for_a_customer_that_has_delegated(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	const contact, mailbox = "krr:global/kontaktinfo.read", "krr:global/postkasse.read"
	for name, tc := range map[string]struct {
		scope, consumer string
		refused         string // by Maskinporten; "" when there is a token
		has, hasNot     string // in KRR's answer
	}{
		"both scopes":            {contact + " " + mailbox, "310000078", "", `"kontaktinformasjon":{`, `"errors"`},
		"the mailbox too":        {contact + " " + mailbox, "310000078", "", `"sertifikat":"`, `"errors"`},
		"contact data alone":     {contact, "310000078", "", `"varslingsstatus":"KAN_VARSLES"`, "digital_post"},
		"the mailbox alone":      {mailbox, "310000078", "", `"digital_post":{`, "kontaktinformasjon"},
		"no consumer_org":        {contact, "", "MP-250", "", ""},
		"no delegation":          {contact, "310000086", "MP-251", "", ""},
		"no access for the rest": {mailbox, "310000086", "MP-250", "", ""},
	} {
		now := time.Now().Unix()
		claims := map[string]any{"iss": "demo-leverandor", "aud": p.base + "/maskinporten/", "scope": tc.scope, "iat": now, "exp": now + 60, "jti": name}
		if tc.consumer != "" {
			claims["consumer_org"] = tc.consumer
		}
		a := p.grant(signWith(t, "demo-leverandor", map[string]any{"kid": "demo-leverandor-1", "alg": "RS256"}, claims))
		if tc.refused != "" {
			if a.status != http.StatusForbidden || !strings.Contains(a.body, "errors/"+tc.refused) {
				t.Errorf("%s: %d %s, want 403 and %s", name, a.status, a.body, tc.refused)
			}
			continue
		}
		var token struct {
			AccessToken string `json:"access_token"`
		}
		if err := json.Unmarshal([]byte(a.body), &token); err != nil || token.AccessToken == "" {
			t.Fatalf("%s: no token: %d %s", name, a.status, a.body)
		}
		told := p.call("POST", "/rest/v2/personer", demoBody, "Authorization: Bearer "+token.AccessToken, "Content-Type: application/json")
		if told.status != http.StatusOK || !strings.Contains(told.body, tc.has) || strings.Contains(told.body, tc.hasNot) {
			t.Errorf("%s: %d %s", name, told.status, told.body)
		}
	}
}
