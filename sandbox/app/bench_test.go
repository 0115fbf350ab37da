package app

import (
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/query"
)

func newBox(b testing.TB, persons int) *Sandbox {
	b.Helper()
	return newBoxAt(b, persons, time.Now)
}

func newBoxAt(b testing.TB, persons int, now func() time.Time) *Sandbox {
	b.Helper()
	h, err := newHosts("127.0.0.1", "", nil)
	if err != nil {
		b.Fatal(err)
	}
	box, err := New(Config{
		Population: generator.Config{Persons: persons, Seed: 1, Reference: sandbox.DateOf(now())},
		Clock:      sandbox.NewClock(now), Now: now, Hosts: h, Log: slog.New(slog.DiscardHandler), Requests: newRequestLog(io.Discard),
	})
	if err != nil {
		b.Fatal(err)
	}
	return box
}

// BenchmarkReady is the whole start but for the process and the port.
func BenchmarkReady(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newBox(b, 10_000)
	}
}

// BenchmarkLookup goes through the whole program but for the network: host check,
// journal, token, register, encoder.
func BenchmarkLookup(b *testing.B) {
	box := newBox(b, 10_000)
	token := mint(b, box)
	for _, c := range []struct {
		name string
		ids  int
	}{{"1", 1}, {"1000", 1000}} {
		found, err := box.engine.Search(query.Search{Limit: c.ids})
		if err != nil {
			b.Fatal(err)
		}
		var ids []string
		for _, r := range found.Persons {
			ids = append(ids, r.ID().Digits())
		}
		body := `{"personidentifikatorer":["` + strings.Join(ids, `","`) + `"]}`
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				r := httptest.NewRequest(http.MethodPost, "/rest/v1/personer", strings.NewReader(body))
				r.Host = "127.0.0.1:8080"
				r.Header.Set("Authorization", "Bearer "+token)
				r.Header.Set("Content-Type", "application/json")
				w := &discard{header: http.Header{}}
				box.handler.ServeHTTP(w, r)
				if w.status != http.StatusOK {
					b.Fatal(w.status)
				}
			}
		})
	}
}

func mint(b testing.TB, box *Sandbox) string {
	b.Helper()
	r := httptest.NewRequest(http.MethodPost, "/sandbox/v1/tokens",
		strings.NewReader(`{"client_id":"demo","scope":"krr:global/kontaktinformasjon.read krr:global/digitalpost.read"}`))
	r.Host = "127.0.0.1:8080"
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set("Accept", "text/plain")
	w := httptest.NewRecorder()
	box.handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		b.Fatal(w.Code, w.Body)
	}
	return strings.TrimSpace(w.Body.String())
}

type discard struct {
	header http.Header
	status int
}

func (d *discard) Header() http.Header         { return d.header }
func (d *discard) WriteHeader(status int)      { d.status = status }
func (d *discard) Write(b []byte) (int, error) { return len(b), nil }
