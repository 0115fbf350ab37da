package app

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net"
	"net/http"
	"os"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"liksom/fakeauth"
	"liksom/fakeauth/idporten"
	"liksom/sandbox/citizen"
	"liksom/sandbox/guess"
	"liksom/sandbox/krr"
	"liksom/seeds"
)

type serveCommand struct {
	populationFlags
	Addr    string   `default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Listen here (${default}); port 0 picks a free one and prints it."`
	BaseURL string   `placeholder:"URL" help:"The URL that callers use, when it is not the address itself: https://liksom.example.test."`
	Host    []string `placeholder:"NAME" help:"Answer under this host name too; may be repeated."`

	FreshKeys  bool              `help:"Make new keys for Maskinporten and the certificate authority instead of taking the built-in ones, which everybody has."`
	OneIssuer  bool              `help:"Let Maskinporten have one issuer, that of --base-url or of the address, instead of one for each host name."`
	Data       string            `placeholder:"FOLDER" help:"Keep changes in this folder; without it they are gone when the program ends."`
	AdminToken string            `placeholder:"TOKEN" help:"Ask for this before pages and control API; needed beyond loopback."`
	Guess      map[string]string `placeholder:"NAME=VALUE" help:"Decide what no source settles: filter_stale=off; may be repeated, see \"What we do not know\" in the README."`
	TenorWall  bool              `help:"Let Tenor's API page through 200 documents of a search only, as the real one does."`
	Open       bool              `help:"Listen beyond loopback without an admin token: whoever reaches the address can change everything."`
}

// heapRoom is memory that nobody touches, and that therefore takes none of the
// machine's. It only makes the garbage collector wait until there is that much
// more garbage: the heap of ten thousand persons is so small (9 MB) that it would
// be collected more than ten times a second under load.
const heapRoom = 16 << 20

// Run starts the sandbox and serves until the context ends.
func (c *serveCommand) Run(s streams) (err error) {
	begun := s.now()
	room := make([]byte, heapRoom)
	defer runtime.KeepAlive(room)
	listenHost, hosts, err := c.resolveHosts()
	guessed, fault := c.readGuesses()
	if _, faults := c.resolve(s.now, nil); err != nil || faults != nil || fault != nil {
		return errors.Join(faults, err, fault)
	}
	if !isLoopback(listenHost) && c.AdminToken == "" && !c.Open {
		return usage("--addr %s lets the whole network in; give an --admin-token that pages and control API will ask for, or say --open to leave them open", c.Addr)
	}
	listener, err := listen(c.Addr)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, ignoreClosed(listener.Close())) }()
	if c.OneIssuer {
		hosts.one = hosts.canonical(listener.Addr().String())
	}
	store, settings, err := openData(c.Data, c.populationFlags, s.now)
	if err != nil {
		return err
	}
	if store != nil {
		defer func() { err = errors.Join(err, store.Close()) }()
	}
	settings.generator.Files = seeds.Files
	requests := newRequestLog(s.err)
	defer func() { _ = requests.Close() }() // where the log is gone there is nobody to tell
	box, err := New(Config{
		Population: settings.generator, Clock: settings.clock, Now: s.now, Hosts: hosts, Store: store, AdminToken: c.AdminToken, Guesses: guessed.register, TenorWall: c.TenorWall, TokenGuesses: guessed.tokens, LoginGuesses: guessed.login, CitizenGuesses: guessed.pages, FreshKeys: c.FreshKeys,
		Log: slog.New(slog.NewTextHandler(requests, nil)), Requests: requests,
	})
	if err != nil {
		return err
	}
	return c.serve(s, listener, box, begun)
}

// guesses are the switches, by whose they are.
type guesses struct {
	register krr.Guesses
	tokens   fakeauth.Guesses
	login    idporten.Guesses
	pages    citizen.Guesses
}

// readGuesses sets the switches that the flags name.
func (c *serveCommand) readGuesses() (g guesses, err error) {
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(c.Guess)) {
		var err error
		switch value := c.Guess[name]; {
		case slices.Contains(fakeauth.GuessNames(), name):
			err = g.tokens.Set(name, value)
		case slices.Contains(idporten.GuessNames(), name):
			err = g.login.Set(name, value)
		case slices.Contains(citizen.GuessNames(), name):
			err = g.pages.Set(name, value)
		default:
			if err = g.register.Set(name, value); errors.Is(err, guess.ErrUnknown) {
				err = fmt.Errorf("%w, %s", err, strings.Join(slices.Concat(fakeauth.GuessNames(), idporten.GuessNames(), citizen.GuessNames()), ", "))
			}
		}
		if err != nil {
			faults = append(faults, usage("--guess: %w", err))
		}
	}
	return g, errors.Join(faults...)
}

func isLoopback(host string) bool { return host == "localhost" || net.ParseIP(host).IsLoopback() }

func ignoreClosed(err error) error {
	if errors.Is(err, net.ErrClosed) {
		return nil
	}
	return err
}

func (c *serveCommand) resolveHosts() (string, hosts, error) {
	host, _, err := net.SplitHostPort(c.Addr)
	if err != nil {
		return "", hosts{}, usage("--addr %q is not an address; write it as 127.0.0.1:8080", c.Addr)
	}
	h, err := newHosts(host, c.BaseURL, c.Host)
	return host, h, err
}

func listen(addr string) (net.Listener, error) {
	listener, err := net.Listen("tcp", addr)
	switch {
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("%s is in use by another program; stop that one, or choose another address: --addr 127.0.0.1:0 picks a free port", addr)
	case errors.Is(err, os.ErrPermission):
		return nil, fmt.Errorf("%s needs more rights; choose a port above 1023, for example --addr 127.0.0.1:8080", addr)
	case err != nil:
		return nil, fmt.Errorf("cannot listen on %s: %w", addr, err)
	}
	return listener, nil
}

func (c *serveCommand) serve(s streams, listener net.Listener, box *Sandbox, begun time.Time) error {
	base := box.hosts.canonical(listener.Addr().String())
	server := &http.Server{
		Handler:           box.handler,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       time.Minute,
		IdleTimeout:       2 * time.Minute,
		MaxHeaderBytes:    64 << 10,
		ErrorLog:          slog.NewLogLogger(box.log.Handler(), slog.LevelDebug),
	}
	server.RegisterOnShutdown(box.outbox.Stop) // or whoever waits for a message would hold it up
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	if err := printCard(s.out, card{base: base, persons: box.register.Len(), took: s.now().Sub(begun), clock: box.clock.State(), data: c.Data, profile: box.generate.Profile(), phones: box.generate.Phones(), guarded: c.AdminToken != ""}); err != nil {
		return errors.Join(err, server.Close())
	}
	go box.warm(s.ctx)
	select {
	case err := <-ended:
		return fmt.Errorf("the server stopped: %w", err)
	case <-s.ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.WithoutCancel(s.ctx), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil && !errors.Is(err, context.DeadlineExceeded) {
		return fmt.Errorf("stopping: %w", err)
	}
	return nil
}

// warm makes what the first searches would have to wait for. The memory that the
// start took is given back first, so that the two do not add up, and what this takes
// afterwards.
func (s *Sandbox) warm(ctx context.Context) {
	debug.FreeOSMemory()
	s.engine.Warm(ctx)
	if ctx.Err() == nil {
		debug.FreeOSMemory()
	}
}

// reachable is an address that can be called: this machine's own where all are
// listened to.
func reachable(addr string) string {
	if host, port, err := net.SplitHostPort(addr); err == nil && everyone(host) {
		return net.JoinHostPort("127.0.0.1", port)
	}
	return addr
}

// thousands groups digits as Norwegian does, with a narrow space.
func thousands(n int) string {
	s := fmt.Sprint(n)
	var b strings.Builder
	for i, r := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteRune('\u202f')
		}
		b.WriteRune(r)
	}
	return b.String()
}
