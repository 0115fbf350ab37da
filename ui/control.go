package ui

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"strings"

	spoken "liksom/sandbox/words"
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

// refusal is why the control API refused, in its own words and by its stable code.
// The zero refusal is none.
type refusal struct{ Code, Text string }

// saying is what a refusal means in the reader's language; empty where its own
// words must do.
func (w words) saying(r refusal) string {
	key := "refused." + strings.ReplaceAll(r.Code, ".", "-")
	if _, known := texts[key]; !known || w.Language == spoken.English {
		return ""
	}
	return w.T(key)
}

// ask calls the control API.
func (s *site) ask(ctx context.Context, method, path string, body any) (answer map[string]any, fault refusal, err error) {
	text, err := json.Marshal(body)
	if err != nil {
		return nil, refusal{}, err
	}
	r := (&http.Request{
		Method: method, URL: &url.URL{Path: "/sandbox/v1" + path}, Header: http.Header{"Content-Type": {"application/json"}},
		Body: io.NopCloser(bytes.NewReader(text)), ContentLength: int64(len(text)),
	}).WithContext(ctx)
	c := &called{status: http.StatusOK, header: http.Header{}}
	s.control.ServeHTTP(c, r)
	if err := json.Unmarshal(c.body.Bytes(), &answer); err != nil {
		return nil, refusal{}, err
	}
	if c.status < http.StatusBadRequest {
		return answer, refusal{}, nil
	}
	fault.Code, _ = answer["code"].(string)
	for _, member := range []string{"detail", "title"} {
		if fault.Text, _ = answer[member].(string); fault.Text != "" {
			return nil, fault, nil
		}
	}
	fault.Text = http.StatusText(c.status)
	return nil, fault, nil
}
