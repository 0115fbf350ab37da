package ui

import (
	"net/http"
	"net/http/httptest"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

func BenchmarkNew(b *testing.B) {
	c := Config{
		Register: sandbox.NewRegister(nil, sandbox.NewClock(castNow.UTC)),
		Search:   func(query.Search) (query.Found, error) { return query.Found{}, nil },
		Answer:   func(sandbox.PersonID, int, sandbox.Scopes) ([]byte, bool) { return nil, false },
		BaseURL:  func(*http.Request) string { return "" },
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := New(c); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSearchPage(b *testing.B) {
	s := newStage(b, sandbox.NewClock(castNow.UTC), cast())
	b.ReportAllocs()
	for b.Loop() {
		w := httptest.NewRecorder()
		s.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/?q=folkemengde", nil))
		if w.Code != http.StatusOK {
			b.Fatal(w.Code)
		}
	}
}
