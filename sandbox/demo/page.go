package demo

import (
	"bytes"
	"embed"
	"encoding/json"
	"fmt"
	"html/template"
	"net/http"
	"time"

	"liksom/sandbox/words"
)

//go:embed templates
var files embed.FS

func parsePage() (*template.Template, error) {
	t, err := template.New("demo.html").Option("missingkey=error").ParseFS(files, "templates/demo.html")
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	return t, nil
}

// page is the one page of a service.
type page struct {
	words.Words
	Path, Other string
	First       bool // whether it is the first service
	Stylesheets []string
	Languages   []words.Link
	Notice      string
	Fault       string
	Session     *shownSession
	Sent        []exchange
}

type shownSession struct {
	Level, Means, PID string
	Since             string // when the citizen proved who they are
	SSO               bool   // whether that was before this service asked
	Told              string
	Facts             []fact
	Language          string
}

// fact is a field of what the register told.
type fact struct{ Label, Value string }

// show shows the page.
func (s *service) show(v *visit) error {
	if l, ok := words.Parse(v.r.URL.Query().Get("sprak")); ok {
		http.SetCookie(v.w, &http.Cookie{Name: cookieLanguage, Value: l.Code(), Path: firstPath + "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		return v.home()
	}
	p := page{
		Words: v.words, Languages: v.words.Links(func(l words.Language) string { return s.path + "/?sprak=" + l.Code() }),
		Path: s.path, Other: s.other, First: s.first, Stylesheets: s.Stylesheets, Fault: v.Kept.fault, Sent: v.Kept.sent,
	}
	if v.Kept.notice != "" {
		p.Notice = v.words.T("notice." + v.Kept.notice)
		v.Kept.notice, v.Kept.fault = "", ""
		v.Keep()
	}
	if v.Session != nil {
		p.Session = s.shown(v)
	}
	var b bytes.Buffer
	if err := s.page.Execute(&b, p); err != nil {
		s.Log.ErrorContext(v.r.Context(), "demo", "cause", err)
		http.Error(v.w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return nil
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	_, _ = v.w.Write(b.Bytes()) // the caller may be gone
	return nil
}

func (s *service) shown(v *visit) *shownSession {
	const before = 2 // seconds between login and token that are no single sign-on
	w, one := v.words, v.Session
	out := &shownSession{
		Level: w.T("level." + one.ACR), PID: one.PID, Since: time.Unix(one.AuthTime, 0).In(s.Zone).Format("15.04.05"),
		SSO: one.IssuedAt-one.AuthTime > before, Told: indented(v.Kept.told),
	}
	if len(one.AMR) > 0 {
		out.Means = one.AMR[0]
	}
	var told struct {
		Status, Reservasjon, Varslingsstatus, Spraak string
		Kontaktinformasjon                           struct{ Epostadresse, Mobiltelefonnummer string }
	}
	if json.Unmarshal(v.Kept.told, &told) != nil || told.Status == "" {
		return out
	}
	out.Language = told.Spraak
	for _, f := range []fact{
		{"fact.email", told.Kontaktinformasjon.Epostadresse}, {"fact.mobile", told.Kontaktinformasjon.Mobiltelefonnummer},
		{"fact.notice", told.Varslingsstatus}, {"fact.reserved", told.Reservasjon}, {"fact.status", told.Status}, {"fact.language", told.Spraak},
	} {
		if f.Value != "" {
			out.Facts = append(out.Facts, fact{w.T(f.Label), f.Value})
		}
	}
	return out
}

const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("X-Frame-Options", "DENY")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		h.Set("Cache-Control", "no-store")
		next.ServeHTTP(w, r)
	})
}

//go:embed templates/demo.css
var sheet []byte

func style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=300")
	_, _ = w.Write(sheet) // the caller may be gone
}
