package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
)

// called is an answer of the control API, which the pages ask as any client does,
// so that what they may do and how it is refused is decided in one place.
type called struct {
	status int
	header http.Header
	body   bytes.Buffer
}

func (c *called) Header() http.Header { return c.header }

func (c *called) WriteHeader(status int) { c.status = status }

func (c *called) Write(b []byte) (int, error) { return c.body.Write(b) }

// ask calls the control API. Fault says why it refused; it is empty when it did
// not.
func (s *site) ask(ctx context.Context, method, path string, body any) (answer map[string]any, fault string, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, "", err
	}
	to, err := url.Parse("/sandbox/v1" + path)
	if err != nil {
		return nil, "", err
	}
	r := (&http.Request{ // by hand: nothing but the commands may make one that could be sent
		Method: method, URL: to, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(text)), ContentLength: int64(len(text)),
	}).WithContext(ctx)
	c := &called{status: http.StatusOK, header: http.Header{}}
	s.control.ServeHTTP(c, r)
	if err := json.Unmarshal(c.body.Bytes(), &answer); err != nil {
		return nil, "", err
	}
	if c.status < http.StatusBadRequest {
		return answer, "", nil
	}
	for _, member := range []string{"detail", "title"} {
		if fault, _ := answer[member].(string); fault != "" {
			return nil, fault, nil
		}
	}
	return nil, http.StatusText(c.status), nil
}
