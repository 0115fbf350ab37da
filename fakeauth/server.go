package fakeauth

import (
	"context"
	"crypto/rand"
	"crypto/x509"
	"encoding/hex"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"strings"
	"time"
)

// Config is what a Server is made from. Now, Issuer, Serves and Keys are
// required.
type Config struct {
	// Now is the protocol clock: assertions and tokens are judged by it. Callers
	// sign with their own clock and only ten seconds of difference are accepted,
	// so it should be the real time.
	Now func() time.Time
	// Issuer gives the issuer that a request was addressed to, with its trailing
	// slash: "http://127.0.0.1:8080/maskinporten/".
	Issuer func(*http.Request) string
	// Serves tells whether an issuer is ours under any of the served hosts.
	Serves func(issuer string) bool
	// Registry is what is registered at first, and again after Reset.
	Registry Registry
	// Stored is what Save was last given, where that outlived the program; nil if
	// nothing was, or was forgotten.
	Stored []byte
	// Save, if set, keeps the registry, JSON of some kilobytes, before a change is
	// shown. It is called with nil to forget. Calls come one after the other.
	Save func([]byte) error
	// Keys sign tokens.
	Keys SigningKeys
	// Certify, if set, makes the certificate that is published with a key, in x5c.
	// Source: Digdir, "/token endpoint": a token's key and certificate are fetched
	// from there.
	Certify func(public any) (*x509.Certificate, error)
	// Guesses decide what no source settles.
	Guesses Guesses
	// CheckPID tells why a national identity number is not accepted in a token;
	// nil accepts eleven digits.
	CheckPID func(pid string) error
	// CheckCertificate judges the chain of an enterprise certificate, the signer's
	// first, beyond its dates. known tells whether its issuer is; a certificate of
	// others is accepted as Guesses say. Nil knows none.
	CheckCertificate func(chain []*x509.Certificate, at time.Time) (known bool, err error)
	// Explain, if set, is called once for each request to /token, and for each
	// other request and each Verify that is refused. It runs before the answer is written and must be
	// safe for concurrent use.
	Explain func(ctx context.Context, v Verdict)
	// Log receives one line for each verdict. Nil discards.
	Log *slog.Logger
}

// Verdict is the outcome of a request, with the explanation that the protocol
// itself has no room for.
type Verdict struct {
	Refused bool
	Client  string // client id as claimed; may be unknown here; empty if the request named none
	Code    string // "MP-110"; empty if the refusal has no code, or none that is known
	Error   string // OAuth error code
	Reason  string // one English sentence: which rule, which value, what would be right; identity numbers are masked
	TraceID string // the trace_id in the answer; empty for Verify
	Guessed bool   // the real server was never seen to answer just so
}

// Server is a fake Maskinporten. It is safe for concurrent use.
type Server struct {
	cfg        Config
	registered registered
	keys       keys
	replays    replays
	verified   verified
}

// New returns a server, or all faults of the configuration joined together.
func New(cfg Config) (*Server, error) {
	s := &Server{cfg: cfg}
	ring, ringErr := newKeyring(cfg.Keys, cfg.Certify)
	s.keys.now.Store(ring)
	if err := errors.Join(
		required(cfg.Now != nil, "Config.Now"),
		required(cfg.Issuer != nil, "Config.Issuer"),
		required(cfg.Serves != nil, "Config.Serves"),
		ringErr,
		s.registered.start(cfg.Registry, cfg.Stored, cfg.Save),
	); err != nil {
		return nil, fmt.Errorf("fakeauth: %w", err)
	}
	if s.cfg.CheckPID == nil {
		s.cfg.CheckPID = elevenDigits
	}
	if s.cfg.CheckCertificate == nil {
		s.cfg.CheckCertificate = func([]*x509.Certificate, time.Time) (bool, error) { return false, nil }
	}
	if s.cfg.Log == nil {
		s.cfg.Log = slog.New(slog.DiscardHandler)
	}
	return s, nil
}

func elevenDigits(pid string) error {
	if len(pid) != 11 || strings.Trim(pid, "0123456789") != "" {
		return errors.New("it has not 11 digits")
	}
	return nil
}

func required(given bool, field string) error {
	if given {
		return nil
	}
	return fmt.Errorf("%s is required", field)
}

// conclude makes a verdict known.
func (s *Server) conclude(ctx context.Context, v Verdict) {
	s.cfg.Log.LogAttrs(ctx, slog.LevelInfo, "maskinporten",
		slog.Bool("refused", v.Refused),
		slog.String("client", v.Client),
		slog.String("error", v.Error),
		slog.String("code", v.Code),
		slog.String("reason", v.Reason),
		slog.String("trace_id", v.TraceID),
	)
	if s.cfg.Explain != nil {
		s.cfg.Explain(ctx, v)
	}
}

// newTraceID returns 32 lower-case hexadecimal digits, as in the error texts of
// Maskinporten since 2024 (observed).
func newTraceID() string {
	var id [16]byte
	_, _ = rand.Read(id[:]) // never fails, see crypto/rand
	return hex.EncodeToString(id[:])
}
