package app

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"strings"
	"testing"
)

// sample reads /metrics into a map from name and labels to value.
func (p *program) sample() map[string]string {
	p.t.Helper()
	answer, err := http.Get(p.base + "/metrics")
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	found := map[string]string{}
	lines := bufio.NewScanner(answer.Body)
	for lines.Scan() {
		if name, value, ok := strings.Cut(lines.Text(), "} "); ok && !strings.HasPrefix(name, "#") {
			found[name+"}"] = value
		} else if name, value, ok := strings.Cut(lines.Text(), " "); ok {
			found[name] = value
		}
	}
	if err := lines.Err(); err != nil || answer.StatusCode != http.StatusOK {
		p.t.Fatalf("answered %d, %v", answer.StatusCode, err)
	}
	return found
}

func TestMetrics_count_what_was_asked(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "9000", "--reference-date", "2026-11-25")
	ask := func(token, body string) {
		p.call("POST", "/rest/v1/personer", body, "Authorization: Bearer "+token, "Content-Type: application/json")
	}
	token := p.token()
	ask(token, `{"personidentifikatorer":["05840399895","17912099997"]}`)
	ask(token, `{"personidentifikatorer":[]}`)
	ask("x", `{"personidentifikatorer":["05840399895"]}`)
	got := p.sample()
	for name, want := range map[string]string{
		`liksom_requests_total{status="200",surface="krr"}`:         "1",
		`liksom_requests_total{status="400",surface="krr"}`:         "1",
		`liksom_requests_total{status="401",surface="krr"}`:         "1",
		`liksom_refusals_total{code="ids.count",surface="krr"}`:     "1",
		`liksom_refusals_total{code="token.invalid",surface="krr"}`: "1",
		`liksom_request_seconds_count{surface="krr"}`:               "3",
		`liksom_ids_asked_total`:                                    "2",
		`liksom_ids_found_total`:                                    "1",
		`liksom_tokens_total`:                                       "1",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %s", name, got[name], want)
		}
	}
	var told struct {
		Usage struct {
			Customers int `json:"customers"`
			Months    []struct {
				IDs int `json:"ids"`
			} `json:"months"`
		} `json:"usage"`
	}
	p.get("/sandbox/v1/stats", &told)
	if u := told.Usage; u.Customers != 1 || len(u.Months) != 1 || u.Months[0].IDs != 2 {
		t.Errorf("the report tells of %+v, want one customer and two look-ups", u)
	}
	total := 0
	for name, value := range got {
		if strings.HasPrefix(name, "liksom_persons{") {
			var n int
			if _, err := fmt.Sscan(value, &n); err != nil {
				t.Errorf("%s is %q", name, value)
			}
			total += n
		}
	}
	var all struct {
		Total int `json:"total"`
	}
	p.get("/sandbox/v1/persons?limit=0", &all)
	if want := all.Total; total != want {
		t.Errorf("the persons by state are %d, the sandbox has %d", total, want)
	}
}

// TestSwagger_authorizes_against_our_own_Maskinporten asks as Swagger UI does.
func TestSwagger_authorizes_against_our_own_Maskinporten(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	page, err := http.Get(p.base + "/swagger-ui/")
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(page.Body)
	_ = page.Body.Close()
	if err != nil || page.Request.URL.Path != "/swagger-ui/index.html" || !strings.Contains(string(text), "/v3/api-docs") {
		t.Errorf("%s is %s (%v)", page.Request.URL, text, err)
	}
	for _, file := range []string{"swagger-ui-bundle.js", "swagger-ui-standalone-preset.js", "swagger-ui.css"} {
		answer, err := http.Get(p.base + "/swagger-ui/" + file)
		if err != nil {
			t.Fatal(err)
		}
		_ = answer.Body.Close()
		if answer.StatusCode != http.StatusOK {
			t.Errorf("%s is answered %d", file, answer.StatusCode)
		}
	}
	form := func(client, body string) (int, string) {
		r, err := http.NewRequest(http.MethodPost, p.base+"/swagger-ui/token", strings.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		r.SetBasicAuth(client, "")
		answer, err := http.DefaultClient.Do(r)
		if err != nil {
			t.Fatal(err)
		}
		text, err := io.ReadAll(answer.Body)
		_ = answer.Body.Close()
		if err != nil {
			t.Fatal(err)
		}
		return answer.StatusCode, string(text)
	}
	if status, text := form("demo", "grant_type=client_credentials&scope=krr%3Aglobal%2Fdigitalpost.read"); status != http.StatusOK || !strings.Contains(text, `"scope":"krr:global/digitalpost.read"`) {
		t.Errorf("a token is answered %d: %s", status, text)
	}
	if status, text := form("nobody", "grant_type=client_credentials"); status != http.StatusUnauthorized || !strings.Contains(text, "invalid_client") {
		t.Errorf("a client that is none is answered %d: %s", status, text)
	}
	if status, text := form("demo", "grant_type=password"); status != http.StatusBadRequest {
		t.Errorf("another grant is answered %d: %s", status, text)
	}
}
