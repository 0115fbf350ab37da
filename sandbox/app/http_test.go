package app

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// What a client sees when a handler breaks never looks like a whole answer.
func TestLogged_shows_the_client_that_a_handler_broke(t *testing.T) {
	t.Parallel()
	mux := http.NewServeMux()
	mux.HandleFunc("/before", func(http.ResponseWriter, *http.Request) { panic("before the first byte") })
	mux.HandleFunc("/after", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = io.WriteString(w, "the first half") // what comes of it is what is tested
		panic("after the first byte")
	})
	var log strings.Builder
	server := httptest.NewServer(logged(slog.New(slog.NewTextHandler(&log, nil)), nil, mux))
	t.Cleanup(server.Close)
	get := func(path string) (int, []byte, error) {
		resp, err := http.Get(server.URL + path)
		if err != nil {
			return 0, nil, err
		}
		body, err := io.ReadAll(resp.Body)
		_ = resp.Body.Close() // read to its end
		return resp.StatusCode, body, err
	}

	status, body, err := get("/before")
	if err != nil || status != http.StatusInternalServerError || strings.Contains(string(body), "first byte") {
		t.Errorf("a panic before the first byte: %d %q %v", status, body, err)
	}
	if _, body, err := get("/after"); err == nil {
		t.Errorf("a panic after the first byte looks like a whole answer: %q", body)
	}
	server.Close()
	for _, want := range []string{"before the first byte", "after the first byte", "path=/after status=200"} {
		if !strings.Contains(log.String(), want) {
			t.Errorf("the log does not tell %q:\n%s", want, log.String())
		}
	}
}
