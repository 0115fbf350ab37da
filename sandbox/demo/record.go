package demo

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// exchange is one request with its answer, as the page shows it.
type exchange struct {
	Title  string // key of a text
	Sent   string
	Status int
	Answer string
	Tokens []shownToken
}

// shownToken is a JWT taken apart.
type shownToken struct{ Name, Header, Claims string }

// noted is what was sent during a visit. Requests find it in their context.
type noted struct {
	mu   sync.Mutex // the OpenID library fetches keys on the side
	sent []exchange
}

type notedKey struct{}

func (n *noted) add(e exchange) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.sent = append(n.sent, e)
}

// take gives what there is, once.
func (n *noted) take() []exchange {
	n.mu.Lock()
	defer n.mu.Unlock()
	sent := n.sent
	n.sent = nil
	return sent
}

// recorder sends requests on and notes what was sent and answered.
type recorder struct{ next http.RoundTripper }

// mostAnswer caps what is read of an answer, in bytes.
const mostAnswer = 1 << 20

// RoundTrip implements [http.RoundTripper].
func (c recorder) RoundTrip(r *http.Request) (*http.Response, error) {
	var body []byte
	if r.Body != nil {
		var err error
		if body, err = io.ReadAll(r.Body); err != nil {
			return nil, fmt.Errorf("reading what is to be sent: %w", err)
		}
		r = r.Clone(r.Context())
		r.Body = io.NopCloser(bytes.NewReader(body))
	}
	answer, err := c.next.RoundTrip(r)
	if err != nil {
		return nil, fmt.Errorf("sending %s %s: %w", r.Method, r.URL.Path, err)
	}
	defer func() { _ = answer.Body.Close() }() // it is read whole
	got, err := io.ReadAll(io.LimitReader(answer.Body, mostAnswer))
	if err != nil {
		return nil, fmt.Errorf("reading the answer to %s %s: %w", r.Method, r.URL.Path, err)
	}
	answer.Body = io.NopCloser(bytes.NewReader(got))
	if n, ok := r.Context().Value(notedKey{}).(*noted); ok {
		n.add(exchangeOf(r, body, answer.StatusCode, got))
	}
	return answer, nil
}

func exchangeOf(r *http.Request, body []byte, status int, answer []byte) exchange {
	e := exchange{Title: titleOf(r), Status: status, Answer: indented(answer)}
	var text strings.Builder
	fmt.Fprintf(&text, "%s %s\n", r.Method, r.URL)
	for _, name := range []string{"Authorization", "Accept", "Content-Type"} {
		if value := r.Header.Get(name); value != "" {
			fmt.Fprintf(&text, "%s: %s\n", name, value)
		}
	}
	form, err := url.ParseQuery(string(body))
	switch {
	case len(body) == 0:
	case err == nil && strings.Contains(r.Header.Get("Content-Type"), "form"):
		text.WriteString("\n" + spelt(form))
		e.add("client_assertion", form.Get("client_assertion"))
	default:
		text.WriteString("\n" + indented(body))
	}
	var told struct {
		IDToken     string `json:"id_token"`
		AccessToken string `json:"access_token"`
	}
	if json.Unmarshal(answer, &told) == nil {
		e.add("id_token", told.IDToken)
		e.add("access_token", told.AccessToken)
	}
	e.Sent = text.String()
	return e
}

// titleOf names a request after what it is for.
func titleOf(r *http.Request) string {
	for _, one := range []struct{ end, key string }{
		{"/openid-configuration", "sent.discovery"}, {"/token", "sent.token"}, {"/jwks.json", "sent.keys"}, {"/userinfo", "sent.userinfo"},
	} {
		if strings.HasSuffix(r.URL.Path, one.end) {
			return one.key
		}
	}
	if r.Method == http.MethodPatch {
		return "sent.language"
	}
	return "sent.person"
}

// add takes a token apart, if it is a JWT.
func (e *exchange) add(name, token string) {
	parts := strings.Split(token, ".")
	if len(parts) != 3 {
		return
	}
	header, errHeader := base64.RawURLEncoding.DecodeString(parts[0])
	claims, errClaims := base64.RawURLEncoding.DecodeString(parts[1])
	if errHeader == nil && errClaims == nil {
		e.Tokens = append(e.Tokens, shownToken{name, indented(header), indented(claims)})
	}
}

// spelt writes a form a parameter a line.
func spelt(form url.Values) string {
	var lines []string
	for name, values := range form {
		for _, value := range values {
			lines = append(lines, name+"="+value)
		}
	}
	slices.Sort(lines)
	return strings.Join(lines, "\n")
}

func indented(text []byte) string {
	var b bytes.Buffer
	if json.Indent(&b, text, "", "  ") != nil {
		return string(text)
	}
	return b.String()
}
