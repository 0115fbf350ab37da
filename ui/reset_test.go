package ui

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
)

func (s stage) post(t *testing.T, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest(http.MethodPost, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	s.ServeHTTP(w, r)
	return w
}

// A clock that has been moved says so on every page, and can be set back there.
func TestMoved_clock_is_never_hidden(t *testing.T) {
	t.Parallel()
	clock := sandbox.NewClock(castNow.UTC)
	s := newStage(t, clock, cast())
	const unreal = "Klokken er ikke ekte"
	for _, step := range []struct {
		name   string
		move   func()
		banner string
	}{
		{"real time", func() {}, ""},
		{"moved ahead", func() { _ = clock.Set(castNow.AddDate(0, 1, 0), false) }, "tiden går"},
		{"frozen", func() { _ = clock.Set(castNow.AddDate(0, 2, 0), true) }, "tiden står stille"},
		{"set back from the page", func() {
			if w := s.post(t, "/klokke", url.Values{"til": {"/?q=x"}}); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/?q=x" {
				t.Errorf("%d to %q", w.Code, w.Header().Get("Location"))
			}
		}, ""},
	} {
		step.move()
		page := s.get(t, "/nullstill").Body.String()
		if strings.Contains(page, unreal) != (step.banner != "") || !strings.Contains(page, step.banner) {
			t.Errorf("%s: banner wrong", step.name)
		}
	}
	if w := s.post(t, "/klokke", url.Values{"til": {"https://evil.example"}}); w.Header().Get("Location") != "/" {
		t.Errorf("goes to %q", w.Header().Get("Location"))
	}
}

// Before a reset the page says how much goes.
func TestReset_asks_first(t *testing.T) {
	t.Parallel()
	clock := sandbox.NewClock(castNow.UTC)
	s := newStage(t, clock, cast())
	if page := s.get(t, "/nullstill").Body.String(); !strings.Contains(page, "ingenting å nullstille") || strings.Contains(page, `action="/nullstill"`) {
		t.Error("offers a reset where nothing has changed")
	}
	_ = clock.Set(castNow.Add(time.Hour), true)
	if page := s.get(t, "/nullstill").Body.String(); !strings.Contains(page, "Endringene på 0 personer") || !strings.Contains(page, `action="/nullstill"`) {
		t.Error("does not say what a reset takes back")
	}
	if w := s.post(t, "/nullstill", nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/" || clock.Moved() {
		t.Errorf("%d to %q, clock moved %t", w.Code, w.Header().Get("Location"), clock.Moved())
	}
}
