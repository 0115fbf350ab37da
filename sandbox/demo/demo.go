// Package demo is what a customer of ID-porten and KRR has built: a service where
// citizens log in, which then asks the register for what it may know of them, and
// shows every request that it sent. Beside it stands a second client, in the place
// of ID-porten's own test client, with which one sees single sign-on and log-out.
//
// It knows ID-porten and KRR by their addresses only and sends real requests, so
// that it shows what any other service would have to do:
//
//	demo.go    the two services and their addresses
//	visit.go   one request of a visitor, and what is kept of them
//	login.go   to ID-porten, back and out
//	krr.go     what the register tells, and choosing a language there
//	record.go  what was sent and answered, for the page
//	page.go    the page
package demo

import (
	"errors"
	"html/template"
	"log/slog"
	"net/http"
	"time"

	"github.com/go-jose/go-jose/v4"

	"liksom/sandbox/relying"
)

// Config is what the services need to know. Every field is required that does not
// say otherwise.
type Config struct {
	Now func() time.Time // the protocol clock
	// Base is the address under which the caller reached us; what lies below it is
	// told to the browser.
	Base func(*http.Request) string
	// Send is how the services reach ID-porten and KRR.
	Send http.RoundTripper
	// Issuer and Register are the paths of the two below Base: "/idporten", "/rest".
	Issuer, Register string
	Key              jose.JSONWebKey // with which the first client authenticates
	Secret           func() string   // the second one's, as it is now
	Zone             *time.Location  // of the times on the page
	Stylesheets      []string        // URLs; may be empty
	Log              *slog.Logger    // may be nil
}

// service is one client of ID-porten with its pages.
type service struct {
	Config
	path   string // below Base: "/demo"
	first  bool   // whether it has scopes for KRR
	other  string // path of the other service
	client *relying.Client[kept]
	page   *template.Template
}

// The two clients. Their registrations are among the seeds.
const (
	firstClient  = "demo-innbygger"
	firstPath    = "/demo"
	secondClient = "demo-test"
	secondPath   = "/demo/test"
)

var krrScopes = []string{"krr:user/kontaktinformasjon.read", "krr:user/digitalpost.read", "krr:user/spraak.write"}

// New makes the handler of all that lies under /demo/.
func New(c Config) (http.Handler, error) {
	if c.Now == nil || c.Base == nil || c.Send == nil || c.Issuer == "" || c.Register == "" || c.Key.Key == nil || c.Secret == nil || c.Zone == nil {
		return nil, errors.New("demo: every field of Config is required but Stylesheets and Log")
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	page, err := parsePage()
	if err != nil {
		return nil, err
	}
	c.Send = recorder{c.Send}
	mux := http.NewServeMux()
	for _, s := range []*service{{path: firstPath, first: true, other: secondPath}, {path: secondPath, other: firstPath}} {
		s.Config, s.page = c, page
		if s.client, err = s.newClient(); err != nil {
			return nil, err
		}
		s.mount(mux)
	}
	mux.HandleFunc("GET "+firstPath+"/demo.css", style)
	return secured(mux), nil
}

// newClient is the service as a client of ID-porten: the first one signs, the second
// has a secret.
func (s *service) newClient() (*relying.Client[kept], error) {
	c := relying.Config[kept]{
		Now: s.Now, Base: s.Base, Send: s.Send, Issuer: s.Issuer, Path: s.path,
		Ended: func(why relying.Ending) kept { return kept{notice: string(why)} },
	}
	if s.first {
		c.ClientID, c.Key, c.Scopes = firstClient, s.Key, krrScopes
	} else {
		c.ClientID, c.Secret = secondClient, s.Secret
	}
	return relying.New(c)
}

func (s *service) mount(mux *http.ServeMux) {
	for _, r := range []struct {
		method, path string
		action       action
	}{
		{http.MethodGet, "/{$}", s.show},
		{http.MethodGet, "/logg-inn", s.begin},
		{http.MethodGet, "/callback", s.callback},
		{http.MethodPost, "/hent", s.again},
		{http.MethodPost, "/spraak", s.chooseLanguage},
		{http.MethodPost, "/logg-ut", s.leave},
	} {
		mux.HandleFunc(r.method+" "+s.path+r.path, s.serve(r.action))
	}
	mux.HandleFunc("GET "+s.path+"/logout/frontchannel", s.client.FrontChannel)
}
