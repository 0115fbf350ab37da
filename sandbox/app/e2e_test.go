package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	jose "github.com/go-jose/go-jose/v4"
	"github.com/go-jose/go-jose/v4/jwt"
)

// program is the whole program, started as a user would on a free port.
type program struct {
	t    *testing.T
	base string
	log  *safeBuffer
	stop func() // stops it cleanly; the log is whole then
}

type safeBuffer struct {
	mu sync.Mutex
	b  bytes.Buffer
}

func (b *safeBuffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.Write(p)
}

func (b *safeBuffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.b.String()
}

func start(t *testing.T, args ...string) *program {
	t.Helper()
	ctx, cancel := context.WithCancel(context.Background())
	reader, writer := io.Pipe()
	p := &program{t: t, log: &safeBuffer{}}
	exit := make(chan int, 1)
	go func() {
		code := Run(ctx, append([]string{"serve", "--addr", "127.0.0.1:0"}, args...), nil, writer, p.log)
		_ = writer.Close()
		exit <- code
	}()
	p.stop = sync.OnceFunc(func() {
		cancel()
		if code := <-exit; code != 0 {
			t.Errorf("the program ended with %d: %s", code, p.log)
		}
	})
	t.Cleanup(p.stop)
	card, err := readCard(reader)
	if err != nil {
		t.Fatalf("no start card: %v; %s", err, p.log)
	}
	p.base = regexp.MustCompile(`http://[^/\s]+`).FindString(card)
	return p
}

// readCard reads until the card's last line.
func readCard(r io.Reader) (string, error) {
	var card strings.Builder
	buf := make([]byte, 4096)
	for !strings.Contains(card.String(), "Ctrl+C") {
		n, err := r.Read(buf)
		card.Write(buf[:n])
		if err != nil {
			return card.String(), err
		}
	}
	return card.String(), nil
}

// answer is what a request got.
type answer struct {
	status int
	header http.Header
	body   string
}

// call makes one request; header is "Name: value" lines.
func (p *program) call(method, path, body string, header ...string) answer {
	p.t.Helper()
	r, err := http.NewRequestWithContext(p.t.Context(), method, p.base+path, strings.NewReader(body))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, line := range header {
		name, value, ok := strings.Cut(line, ": ")
		if !ok {
			continue
		}
		r.Header.Set(name, value)
		if name == "Host" {
			r.Host = value
		}
	}
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	b, err := io.ReadAll(resp.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return answer{resp.StatusCode, resp.Header, string(b)}
}

func (p *program) get(path string, into any) {
	p.t.Helper()
	a := p.call("GET", path, "")
	if a.status != http.StatusOK {
		p.t.Fatalf("GET %s: %d %s", path, a.status, a.body)
	}
	if err := json.Unmarshal([]byte(a.body), into); err != nil {
		p.t.Fatalf("GET %s: %v", path, err)
	}
}

// latest is the newest journal entry.
func (p *program) latest() entryOnWire {
	p.t.Helper()
	var j struct{ Entries []entryOnWire }
	p.get("/sandbox/v1/journal?limit=1", &j)
	if len(j.Entries) != 1 {
		p.t.Fatal("the journal is empty")
	}
	return j.Entries[0]
}

type entryOnWire struct {
	Surface, Verdict, Code, Reason, Path string
	Status                               int
}

// assertion signs a grant as the seeded client demo; change may spoil it.
func (p *program) assertion(change func(claims map[string]any)) string {
	p.t.Helper()
	var key jose.JSONWebKey
	p.get("/sandbox/v1/clients/demo/key", &key)
	now := time.Now()
	claims := map[string]any{
		"iss": "demo", "aud": p.base + "/maskinporten/", "scope": "krr:global/kontaktinformasjon.read krr:global/digitalpost.read",
		"iat": now.Unix(), "exp": now.Add(time.Minute).Unix(), "jti": fmt.Sprint(now.UnixNano()),
	}
	if change != nil {
		change(claims)
	}
	signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, nil)
	if err != nil {
		p.t.Fatal(err)
	}
	text, err := jwt.Signed(signer).Claims(claims).Serialize()
	if err != nil {
		p.t.Fatal(err)
	}
	return text
}

func (p *program) grant(assertion string) answer {
	form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}}
	return p.call("POST", "/maskinporten/token", form.Encode(), "Content-Type: application/x-www-form-urlencoded")
}

func (p *program) token() string {
	p.t.Helper()
	a := p.grant(p.assertion(nil))
	var t struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(a.body), &t); err != nil || t.AccessToken == "" {
		p.t.Fatalf("no token: %d %s", a.status, a.body)
	}
	return t.AccessToken
}

const demoBody = `{"personidentifikatorer":["05840399895"]}`

func TestChain_from_assertion_to_person(t *testing.T) {
	t.Parallel()
	p := start(t)
	for _, path := range []string{"/rest/v1/personer", "/rest/v2/personer"} {
		a := p.call("POST", path, demoBody, "Authorization: Bearer "+p.token(), "Content-Type: application/json")
		if a.status != http.StatusOK || !strings.Contains(a.body, `"varslingsstatus":"KAN_VARSLES"`) || !strings.Contains(a.body, "BEGIN CERTIFICATE") {
			t.Errorf("%s: %d %s", path, a.status, a.body)
		}
		if e := p.latest(); e.Surface != "krr" || e.Verdict != "ok" || e.Status != 200 {
			t.Errorf("journal: %+v", e)
		}
	}
	if a := p.call("GET", "/?q=05840399895", ""); a.status != http.StatusOK || !strings.Contains(a.body, "05840399895") {
		t.Errorf("the search page does not show the person: %d", a.status)
	}
	if a := p.call("GET", "/person/05840399895", ""); a.status != http.StatusOK || !strings.Contains(a.body, "KAN_VARSLES") {
		t.Errorf("the person page does not show the answer: %d", a.status)
	}
	for _, path := range []string{"/livez", "/readyz"} {
		if a := p.call("GET", path, ""); a.status != http.StatusOK {
			t.Errorf("%s: %d", path, a.status)
		}
	}
}

func TestControl_API_pages_meet_everybody_once(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "2500")
	seen, next := map[string]bool{}, ""
	for {
		var page struct {
			Total   int
			Persons []struct{ Personidentifikator string }
			Next    string
		}
		p.get("/sandbox/v1/persons?limit=1000&cursor="+next, &page)
		if page.Total != 2500+published+inCatalogue {
			t.Fatalf("total %d", page.Total)
		}
		for _, person := range page.Persons {
			if seen[person.Personidentifikator] {
				t.Fatalf("seen twice: %s", person.Personidentifikator)
			}
			seen[person.Personidentifikator] = true
		}
		if next = page.Next; next == "" {
			break
		}
	}
	for _, id := range []string{
		"17912099997", "57912075186", "29822099635", "69822075096", "05840399895", "45840375084", "12829499914",
		"52829400197", "12905299938", "52905200100", "21883649874", "61883600222", "21929774873", "61929750062",
	} {
		if !seen[id] {
			t.Errorf("the published number %s is not among the persons", id)
		}
	}
	if len(seen) != 2500+published+inCatalogue {
		t.Errorf("%d persons, want 2514", len(seen))
	}
}

func TestControl_API_refuses_in_problem_documents(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "10")
	for _, c := range []struct {
		name, method, path, body string
		status                   int
		want                     string
	}{
		{"a limit that is too large", "GET", "/persons?limit=1001", "", 400, "0 to 1000"},
		{"a limit that is no number", "GET", "/journal?limit=x", "", 400, "0 to 1000"},
		{"a cursor of somebody's own", "GET", "/persons?cursor=abc", "", 400, "leave it out to begin"},
		{"a malformed id", "GET", "/persons/123", "", 400, "11 digits"},
		{"an unknown id, masked", "GET", "/persons/10846896444", "", 404, "108468*****"},
		{"an unknown client", "POST", "/tokens", `{"client_id":"nobody","scope":"x"}`, 404, "nobody"},
		{"a token request without scope", "POST", "/tokens", `{"client_id":"demo"}`, 400, "client_id and scope"},
		{"an unknown field", "POST", "/tokens", `{"client":"demo"}`, 400, "client"},
		{"no JSON", "POST", "/tokens", `{`, 400, "not the JSON object"},
		{"two objects", "POST", "/tokens", `{"client_id":"demo","scope":"x"} {}`, 400, "follows the JSON object"},
		{"a large body", "POST", "/tokens", strings.Repeat(" ", 1<<20), 413, "bytes"},
		{"the key of an unknown client", "GET", "/clients/nobody/key", "", 404, "nobody"},
		{"an unknown path", "GET", "/nothing", "", 404, "Not Found"},
		{"a wrong method", "DELETE", "/tokens", "", 405, "Method Not Allowed"},
	} {
		a := p.call(c.method, "/sandbox/v1"+c.path, c.body, "Content-Type: application/json")
		if a.status != c.status || a.header.Get("Content-Type") != "application/problem+json" || !strings.Contains(a.body, c.want) {
			t.Errorf("%s: %d %s %s", c.name, a.status, a.header.Get("Content-Type"), a.body)
		}
		if strings.Contains(a.body, "10846896444") {
			t.Errorf("%s: an unmasked number", c.name)
		}
	}
	if a := p.call("POST", "/sandbox/v1/tokens", "client_id=demo&scope=x", "Content-Type: application/x-www-form-urlencoded"); a.status != http.StatusUnsupportedMediaType {
		t.Errorf("a form: %d", a.status)
	}
	if a := p.call("POST", "/sandbox/v1/tokens", `{"client_id":"demo","scope":"x"}`, "Content-Type: application/json", "Origin: https://evil.example", "Sec-Fetch-Site: cross-site"); a.status != http.StatusForbidden || !strings.Contains(a.body, `"detail":"a page of another origin`) {
		t.Errorf("another origin: %d %s", a.status, a.body)
	}
	if a := p.call("GET", "/sandbox/v1/nope", ""); a.status != http.StatusNotFound || !strings.Contains(a.body, "GET /sandbox/v1/openapi.json tells what there is") {
		t.Errorf("an unknown path: %d %s", a.status, a.body)
	}
}

// Every bad request gets the native error of the emulated system, and one
// sentence in the journal that says why.
func TestBad_input_is_refused_natively_and_explained(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "10")
	good := p.token()
	minted := func(scope string) string {
		a := p.call("POST", "/sandbox/v1/tokens", `{"client_id":"demo","scope":"`+scope+`"}`, "Content-Type: application/json", "Accept: text/plain")
		return strings.TrimSpace(a.body)
	}
	ids := func(n int) string {
		return `{"personidentifikatorer":["` + strings.Repeat(`05840399895","`, n-1) + `05840399895"]}`
	}
	unsigned := "eyJhbGciOiJub25lIn0." + strings.Split(good, ".")[1] + "."
	type request struct {
		name             string
		path, body, kind string
		header           []string
		status           int
		want, reason     string // in the body; in the journal's sentence
	}
	look := func(name, body string, status int, want, reason string, header ...string) request {
		return request{name, "/rest/v2/personer", body, "application/json", append([]string{"Authorization: Bearer " + good}, header...), status, want, reason}
	}
	grant := func(name, assertion string, status int, want, reason string) request {
		form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}}
		return request{name, "/maskinporten/token", form.Encode(), "application/x-www-form-urlencoded", nil, status, want, reason}
	}
	for _, c := range []request{
		look("1001 ids", ids(1001), 400, "/personidentifikatorer", "1001"),
		look("no ids", `{"personidentifikatorer":[]}`, 400, "between 1 and 1000", "1000"),
		look("no key", `{}`, 400, "between 1 and 1000", "1000"),
		look("broken JSON", `{"personidentifikatorer":`, 400, `"status":"400"`, "JSON"),
		look("a wrong content type", demoBody, 415, `"status":"415"`, "text/plain", "Content-Type: text/plain"),
		look("a body of 2 MB", ids(150_000), 413, `"status":"413"`, "1048576"),
		look("a token of another issuer", demoBody, 401, `"status":"401"`, "", "Authorization: Bearer "+foreignToken(t)),
		look("alg none", demoBody, 401, `"status":"401"`, "none", "Authorization: Bearer "+unsigned),
		look("no token", demoBody, 401, `"status":"401"`, "Authorization", "Authorization: "),
		look("an old scope", demoBody, 403, `"status":"403"`, "krr:", "Authorization: Bearer "+minted("global/kontaktinformasjon.read")),
		look("a Host that is not ours", demoBody, 421, `"status":"421"`, "evil.example", "Host: evil.example"),
		grant("an assertion with line breaks", p.assertion(nil)[:40]+"\r\n"+p.assertion(nil)[40:], 400, "MP-011", "line break"),
		grant("an expired assertion", p.assertion(func(c map[string]any) { c["iat"], c["exp"] = time.Now().Unix()-130, time.Now().Unix()-70 }), 400, "MP-130", "expired"),
		grant("a wrong aud", p.assertion(func(c map[string]any) { c["aud"] = p.base + "/maskinporten" }), 400, "MP-110", "slash"),
		grant("a scope that the client has not", p.assertion(func(c map[string]any) { c["scope"] = "krr:global/hentendring.read" }), 400, "MP-200", "hentendring"),
		grant("an unknown client", p.assertion(func(c map[string]any) { c["iss"] = "nobody" }), 400, "MP-100", "nobody"),
	} {
		a := p.call("POST", c.path, c.body, append([]string{"Content-Type: " + c.kind}, c.header...)...)
		e := p.latest()
		if a.status != c.status || !strings.Contains(a.body, c.want) || !strings.HasPrefix(a.header.Get("Content-Type"), "application/json") {
			t.Errorf("%s: %d %s %s", c.name, a.status, a.header.Get("Content-Type"), a.body)
		}
		if e.Status != c.status || e.Verdict != "refused" || !strings.Contains(e.Reason, c.reason) || len(e.Reason) < 20 {
			t.Errorf("%s: journal %+v", c.name, e)
		}
		if strings.Contains(e.Reason+e.Path, "05840399895") {
			t.Errorf("%s: an unmasked number in the journal: %+v", c.name, e)
		}
	}
	p.stop()
	if log := p.log.String(); !strings.Contains(log, "msg=request") || strings.Contains(log, "05840399895") || strings.Contains(log, "panic") {
		t.Errorf("the log holds no requests, a number or a panic: %s", log)
	}
}

// foreignToken is a token that another Maskinporten could have made.
func foreignToken(t *testing.T) string {
	t.Helper()
	other := start(t, "--persons", "0", "--host", "other.example")
	a := other.call("POST", "/sandbox/v1/tokens", `{"client_id":"demo","scope":"krr:global/kontaktinformasjon.read"}`,
		"Content-Type: application/json", "Accept: text/plain", "Host: other.example")
	if a.status != http.StatusOK {
		t.Fatalf("%d %s", a.status, a.body)
	}
	return strings.TrimSpace(a.body)
}

func TestToken_and_wait_commands_talk_to_a_running_sandbox(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	if code, _, errs := run(t, nil, "wait", "--server", p.base); code != 0 {
		t.Fatal(errs)
	}
	code, token, errs := run(t, nil, "token", "--server", p.base, "--client", "demo-post", "--scope", "krr:global/digitalpost.read")
	if code != 0 || strings.Count(token, ".") != 2 {
		t.Fatalf("%d %q %q", code, token, errs)
	}
	a := p.call("POST", "/rest/v1/personer", demoBody, "Authorization: Bearer "+strings.TrimSpace(token), "Content-Type: application/json")
	if a.status != http.StatusOK || strings.Contains(a.body, "kontaktinformasjon") || !strings.Contains(a.body, "digital_post") {
		t.Errorf("%d %s", a.status, a.body)
	}
	if code, _, errs := run(t, nil, "token", "--server", p.base, "--client", "nobody"); code != 1 || !strings.Contains(errs, `"nobody"`) {
		t.Errorf("%d %q", code, errs)
	}
}

func TestFrozen_clock_decides_the_answer(t *testing.T) {
	t.Parallel()
	early := start(t, "--persons", "0", "--reference-date", "2026-11-25", "--clock", "2026-11-25")
	late := start(t, "--persons", "0", "--reference-date", "2026-11-25", "--clock", "2029-01-01T12:00:00+01:00")
	for p, want := range map[*program]string{early: "KAN_VARSLES", late: "KAN_IKKE_VARSLES"} {
		var person struct{ Varslingsstatus string }
		p.get("/sandbox/v1/persons/05840399895", &person)
		if person.Varslingsstatus != want {
			t.Errorf("%s: %s", p.base, person.Varslingsstatus)
		}
	}
}
