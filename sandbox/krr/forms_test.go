package krr_test

import (
	"compress/gzip"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	jose "github.com/go-jose/go-jose/v4"

	"liksom/sandbox"
	"liksom/sandbox/krr"
)

// TestASignedAnswerIsThePlainOneInAJWS: as 10.5 of the cases, with Accept:
// application/jose. The header is compared as it is spelt.
func TestASignedAnswerIsThePlainOneInAJWS(t *testing.T) {
	t.Parallel()
	ask := `{"personidentifikatorer":["` + idF + `","` + idE + `"]}`
	const want = `{"personer":[{"personidentifikator":"18859948843","status":"IKKE_REGISTRERT","varslingsstatus":"KAN_IKKE_VARSLES"},` +
		`{"personidentifikator":"30886225012","status":"SLETTET","varslingsstatus":"KAN_IKKE_VARSLES"}]}`
	for name, accept := range map[string]string{
		"wanted alone":                  "application/jose",
		"rather than plain":             "application/json;q=0.5, application/jose",
		"named first":                   "application/jose, application/json",
		"named, others taken":           "*/*, application/jose",
		"named, other applications too": "application/*, application/jose",
		"with a quality":                "application/jose;q=0.1",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			certificate := signing(t)
			api, _ := newAPI(t, conformancePersons(t), func(c *krr.Config) { c.SigningKey, c.SigningCert = certificate.key, certificate.certificate })
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, request("POST", v1, ask, "Accept: "+accept))
			if got := rec.Header().Get("Content-Type"); rec.Code != http.StatusOK || got != "application/jose" {
				t.Fatalf("answered %d as %s: %s", rec.Code, got, rec.Body)
			}
			head, _, _ := strings.Cut(rec.Body.String(), ".")
			header, err := base64.RawURLEncoding.DecodeString(head)
			if wantHeader := `{"alg":"RS256","x5c":["` + base64.StdEncoding.EncodeToString(certificate.certificate) + `"]}`; err != nil || string(header) != wantHeader {
				t.Errorf("the header is %s (%v), want %s", header, err, wantHeader)
			}
			if payload := verified(t, rec.Body.String()); payload != want {
				t.Errorf("the payload is %s, want %s", payload, want)
			}
		})
	}
}

// TestTheCitizenIsToldInAJWSToo: case 12 of the citizen's: the payload is the JSON
// to the last byte. Source: "Oppslag ved innlogget bruker".
func TestTheCitizenIsToldInAJWSToo(t *testing.T) {
	t.Parallel()
	certificate := signing(t)
	api, _ := newAPI(t, conformancePersons(t), func(c *krr.Config) { c.SigningKey, c.SigningCert = certificate.key, certificate.certificate })
	ask := func(accept string) *httptest.ResponseRecorder {
		rec := httptest.NewRecorder()
		api.ServeHTTP(rec, request("GET", "/rest/v1/person", "", "Authorization:", "Authorization: Bearer USER_A", "Accept: "+accept))
		if got := rec.Header().Get("Content-Type"); rec.Code != http.StatusOK || got != accept {
			t.Fatalf("answered %d as %s: %s", rec.Code, got, rec.Body)
		}
		return rec
	}
	if payload, want := verified(t, ask("application/jose").Body.String()), ask(plain).Body.String(); payload != want {
		t.Errorf("the payload is %s, want %s", payload, want)
	}
}

// verified checks an answer as a client would, with the key of x5c[0].
func verified(t *testing.T, text string) string {
	t.Helper()
	signed, err := jose.ParseSignedCompact(text, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		t.Fatal(err)
	}
	chain, err := signed.Signatures[0].Protected.Certificates(x509.VerifyOptions{CurrentTime: conformanceClock, Roots: rootsOf(t, text)})
	if err != nil {
		t.Fatal(err)
	}
	payload, err := signed.Verify(chain[0][0].PublicKey)
	if err != nil {
		t.Fatal(err)
	}
	return string(payload)
}

// rootsOf trusts the certificate of an answer, which signs itself.
func rootsOf(t *testing.T, text string) *x509.CertPool {
	t.Helper()
	head, _, _ := strings.Cut(text, ".")
	decoded, err := base64.RawURLEncoding.DecodeString(head)
	if err != nil {
		t.Fatal(err)
	}
	var header struct {
		X5C [][]byte `json:"x5c"` // encoding/json takes base64 off
	}
	if err := json.Unmarshal(decoded, &header); err != nil {
		t.Fatal(err)
	}
	root, err := x509.ParseCertificate(header.X5C[0])
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(root)
	return pool
}

func TestALongAnswerIsCompressedWhenAsked(t *testing.T) {
	t.Parallel()
	people := manyPersons(t, 50)
	var ids []string
	for _, p := range people {
		ids = append(ids, p.ID.Digits())
	}
	ask := `{"personidentifikatorer":["` + strings.Join(ids, `","`) + `"]}`
	api, _ := newAPI(t, people)
	plainly := httptest.NewRecorder()
	api.ServeHTTP(plainly, request("POST", v1, ask))
	for header, want := range map[string]string{
		"gzip": "gzip", "br, gzip;q=0.5": "gzip", "GZIP": "gzip",
		"gzip;q=0": "", "br": "", "identity": "", "": "", "*": "",
	} {
		for range 2 { // the second uses what the first left
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, request("POST", v1, ask, "Accept-Encoding: "+header))
			if got := rec.Header().Get("Content-Encoding"); got != want {
				t.Errorf("%q is answered as %q, want %q", header, got, want)
			}
			if rec.Header().Get("Content-Length") != strconv.Itoa(rec.Body.Len()) {
				t.Errorf("%q: Content-Length is %s of %d", header, rec.Header().Get("Content-Length"), rec.Body.Len())
			}
			if unzipped(t, rec) != plainly.Body.String() {
				t.Errorf("%q changes the answer", header)
			}
		}
	}
	rec := httptest.NewRecorder()
	api.ServeHTTP(rec, request("POST", v1, askA, "Accept-Encoding: gzip"))
	if rec.Header().Get("Content-Encoding") != "" {
		t.Errorf("an answer of %d bytes is compressed", rec.Body.Len())
	}
}

func unzipped(t *testing.T, rec *httptest.ResponseRecorder) string {
	t.Helper()
	var from io.Reader = rec.Body
	if rec.Header().Get("Content-Encoding") == "gzip" {
		zipped, err := gzip.NewReader(rec.Body)
		if err != nil {
			t.Fatal(err)
		}
		from = zipped
	}
	text, err := io.ReadAll(from)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestEveryRetiredPathSaysTheWayOn(t *testing.T) {
	t.Parallel()
	api, verdicts := newAPI(t, nil)
	for n, path := range krr.RetiredPaths() {
		rec := httptest.NewRecorder()
		api.ServeHTTP(rec, request("GET", path, ""))
		if v := verdicts()[n]; rec.Code != http.StatusNotFound || v.Rule != "path.retired" || !strings.Contains(rec.Body.String(), `"detail":"`) {
			t.Errorf("%s is answered %d: %s", path, rec.Code, rec.Body)
		}
	}
}

// TestADuplicateIsOneAsLongAsThereAreTwo: as 10.11 of the cases goes on.
func TestADuplicateIsOneAsLongAsThereAreTwo(t *testing.T) {
	t.Parallel()
	register := sandbox.NewRegister(newImage(t, conformancePersons(t)), sandbox.NewFrozenClock(conformanceClock))
	api, _ := newAPI(t, nil, func(c *krr.Config) { c.Register = register })
	change(t, register, mustID(t, idJ), func(p *sandbox.Person) {
		p.Email = sandbox.Channel{Value: "j.berg@example.test", Updated: sandbox.InstantOf(conformanceClock)}
	})
	rec := httptest.NewRecorder()
	api.ServeHTTP(rec, request("POST", v1, `{"personidentifikatorer":["`+idI+`","`+idJ+`"]}`))
	var told krr.PersonsAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &told); err != nil {
		t.Fatal(err)
	}
	for _, p := range told.Personer {
		if p.Kontaktinformasjon.EpostadresseDuplisert != "NEI" {
			t.Errorf("%+v is still a duplicate", p)
		}
	}
	if got := told.Personer[1].Kontaktinformasjon.EpostadresseOppdatert; got != "2025-03-15T12:00:00+01" {
		t.Errorf("the new address is of %s", got)
	}
}
