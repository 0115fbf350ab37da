package app

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"log/slog"
	"net/http"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"time"

	"liksom/fakeauth"
	"liksom/fakeauth/idporten"
	"liksom/fakeauth/selvbetjening"
	"liksom/generator"
	"liksom/generator/catalogue"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/boltstore"
	"liksom/sandbox/citizen"
	"liksom/sandbox/guess"
	"liksom/sandbox/journal"
	"liksom/sandbox/krr"
	"liksom/sandbox/outbox"
	"liksom/sandbox/population"
	"liksom/sandbox/stats"
	"liksom/sandbox/tenor"
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
	TenorWall  bool             // Tenor's API pages to 200 documents only

	TokenGuesses   fakeauth.Guesses // the same of Maskinporten
	LoginGuesses   idporten.Guesses // the same of ID-porten
	CitizenGuesses citizen.Guesses  // the same of MinProfil and the confirm dialog
	FreshKeys      bool             // make keys of Maskinporten and the authority instead of taking the seeds'
	Log            *slog.Logger
	Requests       *requestLog // where Log writes, for the lines of requests; nil: they go through Log
}

// Sandbox is everything behind the port.
type Sandbox struct {
	register *sandbox.Register
	clock    *sandbox.Clock
	now      func() time.Time
	store    *boltstore.Store
	generate *generator.Generator
	engine   *population.Engine
	tenor    *tenor.API
	scenes   []catalogue.Scene
	wanted   stats.Wanted
	drawn    atomic.Uint64 // how many strangers there were
	token    string
	auth     *fakeauth.Server
	login    *idporten.Server
	citizen  *citizen.Server

	outbox    *outbox.Box
	reminders *reminders

	authority *authority
	krr       *krr.API
	journal   *journal.Journal
	metrics   *metrics
	usage     *stats.UsageCounter
	singles   oneByOne
	hosts     hosts
	log       *slog.Logger
	guesses   []guess.Guess
	keys      map[string]json.RawMessage // private JWKs of the seeded clients
	handler   http.Handler
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
		register: sandbox.NewRegister(image, c.Clock), clock: c.Clock, now: c.Now, store: c.Store, generate: g, scenes: scenes, token: c.AdminToken, hosts: c.Hosts, log: c.Log, guesses: slices.Concat(c.Guesses.List(), []guess.Guess{reminderGuess}, tokenGuesses(c.TokenGuesses, c.LoginGuesses, c.CitizenGuesses)),
	}
	if s.wanted, err = wanted(c.Population); err != nil {
		return nil, err
	}
	if c.Store != nil {
		c.Clock.KeepBy(func(state sandbox.ClockState) error { return keepClock(c.Store, state) })
		if s.register, err = sandbox.OpenRegister(image, c.Clock, c.Store); err != nil {
			return nil, err
		}
	}
	s.engine = population.NewEngine(s.register, image)
	s.reminders = newReminders(s.register, s.engine)
	s.outbox = outbox.New(outboxSize, s.reminders.due)
	s.metrics, s.usage = newMetrics(s.register), stats.NewUsageCounter(c.Now())
	s.journal = journal.New(journal.Config{Now: c.Now, Mask: sandbox.MaskIDs, Seen: s.see})
	if err := s.startAuth(c); err != nil {
		return nil, err
	}
	if err := s.startIDPorten(c, image); err != nil {
		return nil, err
	}
	if err := s.startCitizen(c); err != nil {
		return nil, err
	}
	if err := s.startKRR(c); err != nil {
		return nil, err
	}
	if err := s.startTenor(c); err != nil {
		return nil, err
	}
	if s.handler, err = s.routes(c); err != nil {
		return nil, err
	}
	return s, nil
}

// makeImage makes a population with all processors.
func makeImage(g *generator.Generator, done func(more int)) (*population.Image, error) {
	maker := func() func(int) sandbox.Person { return g.Worker().Person }
	return population.Build(g.Len(), runtime.GOMAXPROCS(0), maker, done)
}

func (s *Sandbox) startKRR(c Config) error {
	certs, err := newCertificates(c.Population, s.authority)
	if err != nil {
		return err
	}
	keys, err := readKRRKeys(c.Population)
	if err != nil {
		return err
	}
	s.krr, err = krr.New(krr.Config{
		Register: s.register, Verify: s.verify, Certificate: certs.get,
		PrintCertificate: keys.printCertificate, SigningKey: keys.signing, SigningCert: keys.certificate, Guesses: c.Guesses, Log: c.Log, Version: Version(),
		Explain: func(ctx context.Context, v krr.Verdict) {
			journal.Note(ctx, func(e *journal.Entry) {
				e.Client, e.Code, e.Reason, e.IDs, e.Found = v.Client, v.Rule, v.Reason, v.IDs, v.Found
				e.Verdict = verdict(v.Refused)
				s.singles.hint(e)
			})
		},
	})
	return err
}

func newCertificates(c generator.Config, issuer *authority) (*certificates, error) {
	certs := &certificates{authority: issuer, reference: c.Reference.Midnight(), keys: map[sandbox.Provider]*rsa.PrivateKey{}}
	for provider, name := range map[sandbox.Provider]string{sandbox.Digipost: "digipost", sandbox.EBoks: "eboks", sandbox.EBoksOld: "eboks"} {
		key, err := readPrivate(c.Files, name, false)
		if err != nil {
			return nil, err
		}
		certs.keys[provider] = key
	}
	return certs, nil
}

func verdict(refused bool) string {
	if refused {
		return journal.VerdictRefused
	}
	return journal.VerdictOK
}

// verify lets KRR ask Maskinporten about a token, or ID-porten whose own it is.
// What a token of Maskinporten says must fit too: it names the organisation that
// asks, and no other API as its audience.
func (s *Sandbox) verify(ctx context.Context, bearer string) (krr.Grant, error) {
	t, err := s.auth.Verify(ctx, bearer) // first: it remembers whom it let in
	switch {
	case err == nil:
		err = s.hosts.fits(t)
	case s.isUsers(bearer):
		return s.verifyUser(ctx, bearer)
	}
	return krr.Grant{ClientID: t.ClientID, Scopes: t.Scopes, PID: t.PID}, err
}

// The emulated systems, as journal and metrics name them.
const (
	surfaceKRR          = "krr"
	surfaceMaskinporten = "maskinporten"
	surfaceIDPorten     = "idporten"
	surfaceTenor        = "tenor"
	surfaceSelfService  = "selvbetjening"
)

// routes mounts the surfaces. Emulated ones are journalled, and answer a Host
// that is not ours in their own error shape.
func (s *Sandbox) routes(c Config) (http.Handler, error) {
	control := s.control()
	places, err := municipalities(c.Population.Files)
	if err != nil {
		return nil, err
	}
	pages, err := ui.New(ui.Config{
		Register: s.register, Search: s.engine.Search, Policy: c.Guesses.Policy, Answer: s.krr.Answer, BaseURL: s.hosts.baseOf, Guesses: s.guesses, Catalogue: s.scenes, Stats: s.stats,
		Told:  func(r sandbox.Record, w sandbox.Window) any { return admin.NewPerson(r, w) },
		Reset: s.reset, ResetClock: s.clock.Reset, SetClock: s.standStill, Control: control, History: s.history, Municipalities: places, Tokens: s.workbench(), Journal: s.journal.Recent, Outbox: s.outbox, Log: s.log,
	})
	if err != nil {
		return nil, err
	}
	selfService, err := selvbetjening.New(selvbetjening.Config{Server: s.auth, Now: s.now, Base: s.loginBase, Explain: explainToken, Log: s.log})
	if err != nil {
		return nil, err
	}
	service, err := s.demoService(c.Population)
	if err != nil {
		return nil, err
	}
	maskinporten := s.auth.Maskinporten()
	issuer := http.StripPrefix(strings.TrimSuffix(maskinportenPath, "/"), maskinporten)
	mux := http.NewServeMux()
	mux.Handle(maskinportenPath, s.emulated(surfaceMaskinporten, issuer, refuseOAuth))
	mux.Handle("GET "+maskinportenPath+"errors/errors.css", s.hosts.only(answersHead(issuer), refusePlain)) // which is nothing to tell of
	const wellKnown = "/.well-known/oauth-authorization-server"
	rooted := s.emulated(surfaceMaskinporten, toPath(wellKnown, maskinporten), refuseOAuth)
	mux.Handle(wellKnown+maskinportenPath+"{$}", rooted) // RFC 8414 puts the issuer's path behind the well-known one
	mux.Handle(wellKnown+strings.TrimSuffix(maskinportenPath, "/"), rooted)
	login := http.StripPrefix(idportenPath, s.login.Handler())
	mux.Handle(idportenPath+"/", s.emulated(surfaceIDPorten, login, refuseOAuth))
	mux.Handle("GET "+idportenPath+"/login.css", s.hosts.only(answersHead(login), refusePlain)) // nor this
	mux.Handle(citizen.DialogPath+"/", s.hosts.only(s.citizen.Dialog(), refusePlain))
	mux.Handle("/minprofil/", s.hosts.only(s.citizen.MinProfil(), refusePlain))
	mux.Handle("/demo/", s.hosts.only(service, refusePlain))
	mux.Handle("/selvbetjening/", s.emulated(surfaceSelfService, http.StripPrefix("/selvbetjening", selfService), refuseOAuth))
	register := s.emulated(surfaceKRR, s.krr, refuseKRR)
	mux.Handle("/rest/", register)
	mux.Handle("/kontaktinfo-oauth2-server/", register) // closed, with a hint
	for _, path := range []string{krr.LanguagePath, krr.DocumentPath} {
		mux.Handle(path, register)
		mux.Handle(path+"/", register)
	}
	mux.Handle(swaggerPath, s.hosts.only(swagger(), refusePlain))
	mux.Handle(krr.TokenPath, s.hosts.only(guarded(s.token, http.HandlerFunc(s.swaggerToken), refuseOAuth), refuseOAuth))
	mux.Handle("/api/testnorge/", s.emulated(surfaceTenor, s.tenor, refuseTenor))
	mux.Handle("/sandbox/v1/", s.hosts.only(guarded(s.token, answersHead(control), refuseProblem), refuseProblem))
	mux.Handle("/", s.hosts.only(guarded(s.token, pages, refusePlain), refusePlain))
	mux.Handle("GET /static/", s.hosts.only(pages, refusePlain)) // the login page is open to all, and so is its style
	mux.Handle("GET /metrics", s.hosts.only(guarded(s.token, s.metrics.handler(), refusePlain), refusePlain))
	mux.HandleFunc("GET /livez", says("live\n"))
	mux.HandleFunc("GET /readyz", says("ready\n")) // nothing is served before all is made
	return logged(s.log, c.Requests, straight(register, mux)), nil
}

// straight leads look-ups to the register without the search of the mux, which
// costs as much as the register's own.
func straight(register, others http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case krr.LookupPath, krr.LookupPathV2:
			register.ServeHTTP(w, r)
		default:
			others.ServeHTTP(w, r)
		}
	})
}

func (s *Sandbox) emulated(surface string, next http.Handler, refuse refusal) http.Handler {
	return s.journal.Middleware(surface, s.hosts.only(answersHead(next), func(w http.ResponseWriter, r *http.Request, status int, sentence string) {
		journal.Note(r.Context(), func(e *journal.Entry) { e.Verdict, e.Reason = journal.VerdictRefused, sentence })
		refuse(w, r, status, sentence)
	}))
}

// clients lists who is registered, with the caller's own address in those of a
// login.
func (s *Sandbox) clients(r *http.Request) []admin.Client {
	registered := s.auth.Clients()
	base := s.loginBase(r)
	out := make([]admin.Client, len(registered))
	for i := range registered {
		c := registered[i].At(base)
		out[i] = admin.Client{
			ClientID: c.ID, ClientName: c.Name, ClientOrgno: c.Org, IntegrationType: c.IntegrationType, Scopes: append([]string{}, c.Scopes...),
			GrantTypes: c.GrantTypes, RedirectURIs: append([]string{}, c.RedirectURIs...), TokenEndpointAuthMethod: c.AuthMethod,
			AccessTokenLifetime: c.TokenLifetime,
		}
	}
	return out
}
