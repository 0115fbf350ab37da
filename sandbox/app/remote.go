package app

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"strings"
	"time"

	"liksom/sandbox/admin"
)

type tokenCommand struct {
	serverFlag
	Client   string `default:"demo" placeholder:"ID" help:"Client to ask in the name of (${default})."`
	Scope    string `default:"krr:global/kontaktinformasjon.read krr:global/digitalpost.read" placeholder:"SCOPES" help:"Scopes, with spaces between (${default})."`
	PID      string `name:"pid" placeholder:"NUMBER" help:"Let the token be for this synthetic person."`
	Lifetime int    `placeholder:"SECONDS" help:"Let it live so long; the client's own lifetime otherwise."`
	Count    int    `default:"1" placeholder:"N" help:"So many tokens, one a line (${default})."`
	Broken   string `placeholder:"KIND" help:"Break it: expired, not_yet_valid, wrong_issuer, wrong_audience, wrong_key, unknown_kid, alg_none, missing_claim, wrong_scope or tampered."`
	JSON     bool   `name:"json" help:"Print the whole answer of the token endpoint."`
}

// Run prints a token that the sandbox makes without an assertion.
func (c *tokenCommand) Run(s streams) error {
	body, err := json.Marshal(admin.TokenRequest{ClientID: c.Client, Scope: c.Scope, PID: c.PID, Lifetime: c.Lifetime, Count: c.Count, Broken: c.Broken})
	if err != nil {
		return err
	}
	accept := "text/plain"
	if c.JSON {
		accept = "application/json"
	}
	answer, err := c.call(s.ctx, http.MethodPost, "/sandbox/v1/tokens", accept, body)
	if err != nil {
		return err
	}
	_, err = s.out.Write(answer)
	return err
}

type waitCommand struct {
	serverFlag
	Timeout time.Duration `default:"30s" placeholder:"TIME" help:"Give up after this time (${default})."`
}

// Run asks until the sandbox is ready.
func (c *waitCommand) Run(s streams) error {
	ctx, cancel := context.WithTimeout(s.ctx, c.Timeout)
	defer cancel()
	const pause = 50 * time.Millisecond
	for {
		_, err := c.call(ctx, http.MethodGet, "/readyz", "*/*", nil)
		if err == nil || errors.Is(err, errUsage) {
			return err
		}
		select {
		case <-ctx.Done():
			return fmt.Errorf("no sandbox was ready within %v: %w", c.Timeout, err)
		case <-time.After(pause):
		}
	}
}

// call makes one request to a running sandbox and gives the body of an answer
// that is not a refusal.
func (f serverFlag) call(ctx context.Context, method, path, accept string, body []byte) ([]byte, error) {
	return f.callWithin(ctx, patience, method, path, accept, body)
}

// patience is how long an answer may take that is given at once.
const patience = 10 * time.Second

func (f serverFlag) callWithin(ctx context.Context, most time.Duration, method, path, accept string, body []byte) ([]byte, error) {
	u, err := url.Parse(f.Server)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return nil, usage("--server %q must be a URL, for example --server http://127.0.0.1:8080", f.Server)
	}
	r, err := http.NewRequestWithContext(ctx, method, strings.TrimSuffix(f.Server, "/")+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Accept", accept)
	r.Header.Set("Content-Type", "application/json")
	if f.AdminToken != "" {
		r.Header.Set("Authorization", "Bearer "+f.AdminToken)
	}
	client := http.Client{Timeout: most}
	resp, err := client.Do(r)
	if err != nil {
		return nil, fmt.Errorf("no sandbox answers at %s (start one with: liksom serve): %w", f.Server, err)
	}
	answer, err := io.ReadAll(io.LimitReader(resp.Body, 4<<20))
	if closeErr := resp.Body.Close(); err == nil {
		err = closeErr
	}
	if err != nil {
		return nil, fmt.Errorf("the answer broke off: %w", err)
	}
	if resp.StatusCode >= http.StatusMultipleChoices {
		var problem struct{ Detail string }
		if json.Unmarshal(answer, &problem) == nil && problem.Detail != "" {
			return nil, fmt.Errorf("%s", problem.Detail)
		}
		return nil, fmt.Errorf("%s answered %s", f.Server, resp.Status)
	}
	return answer, nil
}
