package ui

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
)

func spaced(s string) string { return strings.NewReplacer(nbsp, " ", nbsp, " ").Replace(s) }

func TestCookie_outweighs_the_browser(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for cookie, want := range map[string]string{"nn": `<html lang="nn"`, "xx": `<html lang="en"`} {
		w := s.get(t, "/", func(r *http.Request) {
			r.Header.Set("Accept-Language", "en")
			r.AddCookie(&http.Cookie{Name: "liksom_sprak", Value: cookie})
			r.AddCookie(&http.Cookie{Name: "liksom_tema", Value: "dark"})
		})
		if body := w.Body.String(); !strings.Contains(body, want) || !strings.Contains(body, `data-color-scheme="dark"`) {
			t.Errorf("cookie %s: %.200s", cookie, body)
		}
		if !strings.Contains(w.Header().Get("Vary"), "Cookie") {
			t.Error("the answer does not vary by cookie")
		}
	}
}

func TestMenu_never_leads_to_another_site(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	for to, want := range map[string]string{
		"/person/1?ver=v1":              "/person/1?ver=v1",
		"/?q=%C3%A5+b":                  "/?q=%C3%A5+b",
		"/":                             "/",
		"":                              "/",
		"//evil.example":                "/",
		"///evil.example":               "/",
		`/\evil.example`:                "/",
		`\\evil.example`:                "/",
		"/%5Cevil.example":              "/",
		"/%2F/evil.example":             "/",
		"https://evil.example/":         "/",
		"https:/evil.example":           "/",
		"https:evil.example":            "/",
		"javascript:alert(1)":           "/",
		"evil.example":                  "/",
		"/\t/evil.example":              "/",
		"/\n/evil.example":              "/",
		"/?q=1\r\nSet-Cookie: a=b":      "/",
		" //evil.example":               "/",
		"/person/1#//evil.example":      "/person/1",
		"/?til=https://evil.example/":   "/?til=https://evil.example/",
		"/w/a/../..//evil.example/%zz":  "/",
		"http://127.0.0.1:8080@evil.co": "/",
	} {
		r := httptest.NewRequest(http.MethodPost, "/valg", strings.NewReader(url.Values{"sprak": {"nn"}, "tema": {"rød"}, "til": {to}}.Encode()))
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
		w := httptest.NewRecorder()
		s.ServeHTTP(w, r)
		if got := w.Header().Get("Location"); w.Code != http.StatusSeeOther || got != want {
			t.Errorf("%q leads to %q with %d, want %q", to, got, w.Code, want)
		}
		if cookies := w.Result().Cookies(); len(cookies) != 1 || cookies[0].Value != "nn" || !cookies[0].HttpOnly || cookies[0].SameSite != http.SameSiteLaxMode {
			t.Errorf("cookies %v", cookies)
		}
	}
}

func TestMenu_works_with_POST_only(t *testing.T) {
	t.Parallel()
	w := castStage(t).get(t, "/valg?sprak=nn")
	if w.Code != http.StatusMethodNotAllowed || len(w.Result().Cookies()) != 0 {
		t.Errorf("status %d, cookies %v", w.Code, w.Result().Cookies())
	}
}
