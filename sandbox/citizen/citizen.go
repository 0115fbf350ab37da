// Package citizen is what a citizen sees of the register: the dialog that asks at
// login whether contact data is right, and MinProfil ("Dine kontaktopplysninger"),
// where it is changed. Each page says what it does in the register.
//
//	due.go      whether the dialog appears
//	steps.go    what each step changes
//	codes.go    codes that prove an address
//	form.go     the fields of contact data, with faults and warnings
//	sitting.go  a citizen at a page: changes and notices
//	effects.go  what a step does in the register, in words
//	code.go     the page where a code is typed
//	dialog.go, dialogs.go  the dialog, and those that are under way
//	minprofil.go, sections.go, goto.go  MinProfil
//
// Sources are Digdir's documentation of ID-porten and of the register, the slides
// "KRR: Datakvalitet, forbedringer og nyheter" (2024), and the public code of the
// confirm dialog (2021). What none of them settles is in guesslist.go.
package citizen

import (
	"crypto/rand"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
	"liksom/sandbox/relying"
)

// Config is what a Server is made from. Every field is required that does not say
// otherwise.
type Config struct {
	Register *sandbox.Register
	Outbox   *outbox.Box
	Now      func() time.Time // the protocol clock
	Guesses  Guesses
	// MinProfil is its client at ID-porten, with everything but what it keeps.
	MinProfil relying.Config[Kept]
	// Known tells whether a host may be gone on to from MinProfil: "scheme://host".
	Known func(r *http.Request, origin string) bool
	// Stylesheets and Script are URLs; may be empty.
	Stylesheets []string
	Script      string
	Log         *slog.Logger // may be nil
}

// Server is the citizen's side. It is safe for concurrent use.
type Server struct {
	Config
	codes   *codes
	dialogs *dialogs
	client  *relying.Client[Kept]
	pages   map[string]*template.Template
}

// New returns a server.
func New(c Config) (*Server, error) {
	if c.Register == nil || c.Outbox == nil || c.Now == nil || c.Known == nil {
		return nil, errors.New("citizen: Register, Outbox, Now and Known are required")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &Server{Config: c, codes: newCodes(c.Guesses, c.Register.Now, c.Now), dialogs: newDialogs(c.Now)}
	var err error
	if s.pages, err = parsePages(); err != nil {
		return nil, err
	}
	c.MinProfil.Path, c.MinProfil.Ended = minProfilPath, ended
	if s.client, err = relying.New(c.MinProfil); err != nil {
		return nil, fmt.Errorf("citizen: %w", err)
	}
	return s, nil
}

// Reset forgets codes, and how many were asked for.
func (s *Server) Reset() { s.codes.reset() }

// crossOrigin refuses forms that another site made the browser send.
var crossOrigin = http.NewCrossOriginProtection()

// maxForm caps what is read of a form, in bytes.
const maxForm = 16 << 10

// guarded reads the form of one of our own pages.
func (s *Server) guarded(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", policy)
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		if err := crossOrigin.Check(r); err != nil {
			s.fail(w, r, http.StatusForbidden, "error.foreign")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxForm)
		if err := r.ParseForm(); err != nil {
			s.fail(w, r, http.StatusBadRequest, "error.form")
			return
		}
		next.ServeHTTP(w, r)
	})
}

// random gives a name that nobody can guess.
func random() string { return rand.Text() }
