package app

import (
	"encoding/base64"
	"fmt"
	"net/url"
	"strings"
	"testing"

	"liksom/sandbox"
)

// A number that could be a real person's, wherever a caller puts it, is in no log
// line, no journal entry and no measurement.
func TestNumbers_of_real_persons_are_kept_nowhere(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	number := numberLikeRealOnes(t)
	krr, tenor := p.token(), newTenorClient(p).bearer
	bearer := func(token string) string { return "Authorization: Bearer " + token }
	part := base64.RawURLEncoding.EncodeToString([]byte(fmt.Sprintf(`{"alg":"RS256","kid":%[1]q,"iss":%[1]q,"aud":%[1]q,"pid":%[1]q,"scope":%[1]q,"jti":%[1]q,"iat":1,"exp":2}`, number)))
	const form, body = "Content-Type: application/x-www-form-urlencoded", "Content-Type: application/json"
	grant := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {part + "." + part + ".AAAA"}}.Encode()
	asked := 0
	for _, c := range []struct{ method, path, body, header string }{
		{"POST", "/rest/v1/personer", `{"personidentifikatorer":["#"]}`, bearer(krr)},
		{"POST", "/rest/v2/personer", `{"personidentifikatorer":["# 1"],"#":1}`, bearer(krr)},
		{"POST", "/rest/v2/personer", `{"personidentifikatorer":["#"]}`, bearer("#")},
		{"POST", "/rest/v2/personer", `{"personidentifikatorer":["#"]}`, bearer(part + "." + part + ".AAAA")},
		{"POST", "/rest/v2/krr/hentEndringer", `{"fraEndringsId":#}`, bearer(krr)},
		{"POST", "/sandbox/krr/spraak", `{"personidentifikator":"#"}`, bearer(krr)},
		{"GET", "/rest/v1/#?x=#", "", bearer(krr)},
		{"GET", "/api/testnorge/v2/soek/freg?kql=%23:#&antall=1", "", bearer(tenor)},
		{"GET", "/api/testnorge/v2/soek/#?seed=#", "", bearer(tenor)},
		{"GET", "/api/testnorge/v2/soek/krr?kql=status:#", "", bearer(tenor)},
		{"POST", "/maskinporten/token", grant, form},
		{"POST", "/maskinporten/token", "grant_type=#&assertion=#.#.#", form},
		{"GET", "/maskinporten/errors/#", "", ""},
		{"GET", "/selvbetjening/clients/#", "", bearer("#")},
		{"GET", "/sandbox/v1/persons/#", "", ""},
		{"GET", "/sandbox/v1/persons?q=status:#&sort=#&cursor=#&limit=#", "", ""},
		{"GET", "/sandbox/v1/complete?q=#", "", ""},
		{"POST", "/sandbox/v1/persons", `{"personidentifikator":"#"}`, body},
		{"PATCH", "/sandbox/v1/persons/05840399895", `{"kontaktinformasjon":{"epostadresse":"#"},"fornavn":"#","#":1}`, body},
		{"PUT", "/sandbox/v1/clock", `{"expiry_of":"#","channel":"epost"}`, body},
		{"POST", "/sandbox/v1/tokens", `{"client_id":"#","pid":"#","broken":"#"}`, body},
		{"POST", "/sandbox/v1/assertions/explain", `{"assertion":"` + part + "." + part + `.AAAA"}`, body},
		{"POST", "/sandbox/v1/validate", `{"numbers":["#"]}`, body},
		{"GET", "/person/#?q=#", "", ""},
		{"GET", "/?q=status:#", "", ""},
		{"GET", "/testpersoner/#", "", ""},
		{"POST", "/token", "client_id=demo&pid=#", form},
		{"GET", "/hjelp/nummer?nummer=#", "", "User-Agent: #"},
		{"GET", "/#", "", "Referer: http://liksom.example.test/#"},
		{"GET", "/", "", "Host: #.example.test"},
	} {
		fill := func(s string) string { return strings.ReplaceAll(s, "#", number) }
		if a := p.call(c.method, fill(c.path), fill(c.body), fill(c.header)); a.status >= 500 {
			t.Errorf("%s %s: %d", c.method, c.path, a.status)
		}
		asked++
	}
	kept := map[string]string{"the journal": p.call("GET", "/sandbox/v1/journal?limit=1000", "").body, "the metrics": p.call("GET", "/metrics", "").body}
	p.stop()
	kept["the log"] = p.log.String()
	if lines := strings.Count(kept["the log"], "msg=request"); lines < asked {
		t.Errorf("%d lines were logged of %d requests", lines, asked)
	}
	for name, text := range kept {
		if strings.Contains(text, number) {
			t.Errorf("%s has the number, %d times", name, strings.Count(text, number))
		}
	}
}

// numberLikeRealOnes is worked out, so that it stands in no file.
func numberLikeRealOnes(t *testing.T) string {
	t.Helper()
	for individual := range 500 {
		if id, ok := sandbox.MakePersonID(sandbox.Date{Year: 1905, Month: 7, Day: 1}, individual, false, sandbox.SeriesReal); ok {
			return id.Digits()
		}
	}
	t.Fatal("no individual number is possible")
	return ""
}
