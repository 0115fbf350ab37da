package app

import (
	"cmp"
	"context"
	"crypto/rsa"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"runtime"
	"strings"
	"sync/atomic"
	"time"

	"liksom/fakeauth"
	"liksom/generator"
	"liksom/generator/catalogue"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/boltstore"
	"liksom/sandbox/journal"
	"liksom/sandbox/krr"
	"liksom/sandbox/population"
	"liksom/sandbox/stats"
	"liksom/seeds"
	"liksom/ui"
)

// Config is a sandbox without its listener.
type Config struct {
	Population generator.Config // Files may be nil: the built-in seeds
	Clock      *sandbox.Clock   // the register clock
	Now        func() time.Time // the protocol clock
	Hosts      hosts
	Store      *boltstore.Store // nil: changes live as long as the program
	AdminToken string           // "": control API and pages are open
	Guesses    krr.Guesses      // what no source settles
	Log        *slog.Logger
}

// Sandbox is everything behind the port.
type Sandbox struct {
	register *sandbox.Register
	clock    *sandbox.Clock
	now      func() time.Time
	store    *boltstore.Store
	generate *generator.Generator
	scenes   []catalogue.Scene
	wanted   stats.Wanted
	drawn    atomic.Uint64 // how many strangers there were
	token    string
	auth     *fakeauth.Server
	krr      *krr.API
	journal  *journal.Journal
	hosts    hosts
	log      *slog.Logger
	keys     map[string]json.RawMessage // private JWKs of the seeded clients
	handler  http.Handler
}

// New makes the persons and wires all surfaces.
func New(c Config) (*Sandbox, error) {
	if c.Population.Files == nil {
		c.Population.Files = seeds.Files
	}
	scenes, err := withCast(&c.Population)
	if err != nil {
		return nil, err
	}
	g, err := generator.New(c.Population)
	if err != nil {
		return nil, err
	}
	image, err := makeImage(g, nil)
	if err != nil {
		return nil, err
	}
	s := &Sandbox{
		register: sandbox.NewRegister(image, c.Clock), clock: c.Clock, now: c.Now, store: c.Store, generate: g, scenes: scenes, token: c.AdminToken, hosts: c.Hosts, log: c.Log,
		journal: journal.New(journal.Config{Now: c.Now, Mask: sandbox.MaskIDs}),
	}
	if s.wanted, err = wanted(c.Population); err != nil {
		return nil, err
	}
	if c.Store != nil {
		if s.register, err = sandbox.OpenRegister(image, c.Clock, c.Store); err != nil {
			return nil, err
		}
	}
	if err := s.startAuth(c); err != nil {
		return nil, err
	}
	if err := s.startKRR(c); err != nil {
		return nil, err
	}
	if s.handler, err = s.routes(c.Guesses.Policy); err != nil {
		return nil, err
	}
	return s, nil
}

// makeImage makes a population with all processors.
func makeImage(g *generator.Generator, done func(more int)) (*population.Image, error) {
	maker := func() func(int) sandbox.Person { return g.Worker().Person }
	return population.Build(g.Len(), runtime.GOMAXPROCS(0), maker, done)
}

func (s *Sandbox) startAuth(c Config) error {
	clients, err := readClients(c.Population.Files)
	if err != nil {
		return err
	}
	key, err := readKey(c.Population.Files, "maskinporten")
	if err != nil {
		return err
	}
	s.keys = make(map[string]json.RawMessage, len(clients))
	for _, client := range clients {
		private, err := readKey(c.Population.Files, client.ID)
		if err != nil {
			return err
		}
		if s.keys[client.ID], err = json.Marshal(private); err != nil {
			return fmt.Errorf("spelling a seeded key: %w", err)
		}
	}
	s.auth, err = fakeauth.New(fakeauth.Config{
		Now: c.Now, Issuer: c.Hosts.issuerOf, Serves: c.Hosts.isIssuer, Clients: clients, Key: key,
		Explain: func(ctx context.Context, v fakeauth.Verdict) {
			journal.Note(ctx, func(e *journal.Entry) {
				e.Client, e.Code, e.Reason = v.Client, v.Code, v.Reason
				e.TraceID = cmp.Or(v.TraceID, e.TraceID)
				e.Verdict = verdict(v.Refused)
			})
		},
	})
	return err
}

func (s *Sandbox) startKRR(c Config) error {
	certs, err := newCertificates(c.Population)
	if err != nil {
		return err
	}
	s.krr, err = krr.New(krr.Config{
		Register: s.register, Verify: s.verify, Certificate: certs.get, Guesses: c.Guesses, Log: c.Log,
		Explain: func(ctx context.Context, v krr.Verdict) {
			journal.Note(ctx, func(e *journal.Entry) {
				e.Client, e.Code, e.Reason, e.IDs, e.Found = v.Client, v.Rule, v.Reason, v.IDs, v.Found
				e.Verdict = verdict(v.Refused)
			})
		},
	})
	return err
}

func newCertificates(c generator.Config) (*certificates, error) {
	certs := &certificates{reference: c.Reference.Midnight(), keys: map[sandbox.Provider]*rsa.PrivateKey{}}
	for provider, name := range map[sandbox.Provider]string{sandbox.Digipost: "digipost", sandbox.EBoks: "eboks", sandbox.EBoksOld: "eboks"} {
		key, err := readKey(c.Files, name)
		if err != nil {
			return nil, err
		}
		private, ok := key.Key.(*rsa.PrivateKey)
		if !ok {
			return nil, fmt.Errorf("keys/%s.jwk is not a private RSA key", name)
		}
		certs.keys[provider] = private
	}
	return certs, nil
}

func verdict(refused bool) string {
	if refused {
		return journal.VerdictRefused
	}
	return journal.VerdictOK
}

// verify lets KRR ask Maskinporten about a token.
func (s *Sandbox) verify(ctx context.Context, bearer string) (krr.Grant, error) {
	t, err := s.auth.Verify(ctx, bearer)
	return krr.Grant{ClientID: t.ClientID, Scopes: t.Scopes, PID: t.PID}, err
}

// routes mounts the surfaces. Emulated ones are journalled, and answer a Host
// that is not ours in their own error shape.
func (s *Sandbox) routes(policy sandbox.Policy) (http.Handler, error) {
	control, err := s.control()
	if err != nil {
		return nil, err
	}
	pages, err := ui.New(ui.Config{
		Register: s.register, Policy: policy, Answer: s.krr.Answer, BaseURL: s.hosts.baseOf, Catalogue: s.scenes, Stats: s.stats,
		Reset: s.reset, ResetClock: s.resetClock, Log: s.log,
	})
	if err != nil {
		return nil, err
	}
	maskinporten := s.auth.Maskinporten()
	mux := http.NewServeMux()
	mux.Handle(maskinportenPath, s.emulated("maskinporten", http.StripPrefix(strings.TrimSuffix(maskinportenPath, "/"), maskinporten), refuseOAuth))
	const wellKnown = "/.well-known/oauth-authorization-server"
	rooted := s.emulated("maskinporten", toPath(wellKnown, maskinporten), refuseOAuth)
	mux.Handle(wellKnown+maskinportenPath+"{$}", rooted) // RFC 8414 puts the issuer's path behind the well-known one
	mux.Handle(wellKnown+strings.TrimSuffix(maskinportenPath, "/"), rooted)
	mux.Handle("/rest/", s.emulated("krr", s.krr, refuseKRR))
	mux.Handle("/sandbox/v1/", s.hosts.only(guarded(s.token, control, refuseProblem), refuseProblem))
	mux.Handle("/", s.hosts.only(guarded(s.token, pages, refusePlain), refusePlain))
	mux.HandleFunc("GET /livez", says("live\n"))
	mux.HandleFunc("GET /readyz", says("ready\n")) // nothing is served before all is made
	return logged(s.log, mux), nil
}

func (s *Sandbox) emulated(surface string, next http.Handler, refuse refusal) http.Handler {
	return s.journal.Middleware(surface, s.hosts.only(next, func(w http.ResponseWriter, r *http.Request, status int, sentence string) {
		journal.Note(r.Context(), func(e *journal.Entry) { e.Verdict, e.Reason = journal.VerdictRefused, sentence })
		refuse(w, r, status, sentence)
	}))
}

func (s *Sandbox) clients() []admin.Client {
	registered := s.auth.Clients()
	out := make([]admin.Client, len(registered))
	for i, c := range registered {
		out[i] = admin.Client{
			ClientID: c.ID, ClientName: c.Name, ClientOrgno: c.Org, IntegrationType: c.IntegrationType, Scopes: c.Scopes,
			GrantTypes: c.GrantTypes, RedirectURIs: append([]string{}, c.RedirectURIs...), TokenEndpointAuthMethod: c.AuthMethod,
			AccessTokenLifetime: int(c.TokenLifetime / time.Second),
		}
	}
	return out
}
