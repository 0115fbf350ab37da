package demo

import (
	"bytes"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"time"
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

// visit is one request of a visitor.
type visit struct {
	visitor
	w       http.ResponseWriter
	r       *http.Request
	words   words
	service *service
	cookie  string
}

// action answers a visit, or gives an error for the page to show.
type action func(*visit) error

// keep remembers the visitor, under a new cookie where there was none or where the
// visitor comes back from a login.
func (v *visit) keep() {
	s := v.service
	if v.cookie != "" && v.r.URL.Path != s.path+"/callback" {
		s.visitors.change(v.cookie, v.visitor)
		return
	}
	v.cookie = s.visitors.move(v.cookie, v.visitor)
	http.SetCookie(v.w, &http.Cookie{Name: s.cookieName(), Value: v.cookie, Path: firstPath + "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
}

func (s *service) cookieName() string { return s.client }

// home sends the browser to the page.
func (v *visit) home() error {
	http.Redirect(v.w, v.r, v.service.path+"/", http.StatusSeeOther)
	return nil
}

var crossOrigin = http.NewCrossOriginProtection()

// serve finds the visitor, and keeps an error for the page that the browser is
// sent to.
func (s *service) serve(do action) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := crossOrigin.Check(r); err != nil {
			http.Error(w, "This form was sent by another site.", http.StatusForbidden)
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, 64<<10)
		v := &visit{w: w, r: r, words: words{languageOf(r)}, service: s}
		if c, err := r.Cookie(s.cookieName()); err == nil {
			if v.visitor = s.visitors.find(c.Value); !v.used.IsZero() {
				v.cookie = c.Value
			}
		}
		err := do(v)
		if err == nil {
			return
		}
		s.Log.WarnContext(r.Context(), "demo", "service", s.path, "cause", err)
		if v.notice, v.fault = "failed", err.Error(); !errors.Is(err, errForeign) {
			v.session = nil // but no other site can end it with an answer of its own
		}
		var refused errRefused
		if errors.As(err, &refused) && refused.code == "access_denied" {
			v.notice, v.fault = "cancelled", ""
		}
		v.keep()
		_ = v.home() // it only redirects
	}
}

// page is the one page of a service.
type page struct {
	words
	Path, Other string
	First       bool // whether it is the first service
	Stylesheets []string
	Languages   []languageLink
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
	Status            int
	Facts             []fact
	Language          string
}

// fact is a field of what the register told.
type fact struct{ Label, Value string }

type languageLink struct {
	URL, Code, Label string
	Chosen           bool
}

// show shows the page.
func (s *service) show(v *visit) error {
	if l, ok := parseLanguage(v.r.URL.Query().Get("sprak")); ok {
		http.SetCookie(v.w, &http.Cookie{Name: cookieLanguage, Value: l.code(), Path: firstPath + "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
		return v.home()
	}
	p := page{words: v.words, Path: s.path, Other: s.other, First: s.client == firstClient, Stylesheets: s.Stylesheets, Fault: v.fault, Sent: v.sent}
	for _, l := range languages {
		p.Languages = append(p.Languages, languageLink{s.path + "/?sprak=" + l.code(), l.code(), words{l}.T("language"), l == v.words.lang})
	}
	if v.notice != "" {
		p.Notice = v.words.T("notice." + v.notice)
		v.notice, v.fault = "", ""
		if v.cookie != "" {
			v.keep()
		}
	}
	if v.session != nil {
		p.Session = s.shown(v.words, v.session)
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

func (s *service) shown(w words, one *session) *shownSession {
	const before = 2 // seconds between login and token that are no single sign-on
	out := &shownSession{
		Level: w.T("level." + one.claims.ACR), PID: one.claims.PID, Since: time.Unix(one.claims.AuthTime, 0).In(s.Zone).Format("15.04.05"),
		SSO: one.claims.IssuedAt-one.claims.AuthTime > before, Told: indented(one.told), Status: one.status,
	}
	if len(one.claims.AMR) > 0 {
		out.Means = one.claims.AMR[0]
	}
	var told struct {
		Status, Reservasjon, Varslingsstatus, Spraak string
		Kontaktinformasjon                           struct{ Epostadresse, Mobiltelefonnummer string }
	}
	if json.Unmarshal(one.told, &told) != nil || told.Status == "" {
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
