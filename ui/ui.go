package ui

import (
	"errors"
	"log/slog"
	"net/http"
	"text/template"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/generator"
	"liksom/generator/catalogue"
	"liksom/sandbox"
	"liksom/sandbox/guess"
	"liksom/sandbox/journal"
	"liksom/sandbox/outbox"
	"liksom/sandbox/query"
	"liksom/sandbox/stats"
)

// Config is what the pages are made from.
type Config struct {
	Register *sandbox.Register // required
	// Search finds persons. Required.
	Search func(query.Search) (query.Found, error)
	Policy sandbox.Policy // what KRR tells, to explain what an answer leaves out
	// Answer gives the JSON object of one person as KRR would tell it in version
	// 1 or 2 to a token with these scopes; not ok when the version leaves the
	// person out. Required.
	Answer func(id sandbox.PersonID, version int, s sandbox.Scopes) (json []byte, ok bool)
	// Catalogue is the edge cases as of the reference date.
	Catalogue []catalogue.Scene
	// BaseURL gives the address that the caller used, "http://127.0.0.1:8080",
	// for commands to copy. Required.
	BaseURL func(*http.Request) string
	// Told gives what the control API tells of a person, for export as JSON.
	// Required.
	Told func(sandbox.Record, sandbox.Window) any
	// Stats counts the register. Required.
	Stats func() stats.Report
	// Reset takes back every change and the clock; ResetClock only the clock.
	// Both are required.
	Reset, ResetClock func() error
	// SetClock makes the register's clock stand still at a moment. Required.
	SetClock func(time.Time) error
	// History tells how a person came to the present state, as the generator made
	// it up, oldest first; nothing of one whom it did not make. Required.
	History func(sandbox.PersonID) []generator.Event
	// Municipalities are the names of kommunenr; may be nil.
	Municipalities map[uint16]string
	// Control is the control API with its paths below /sandbox/v1/, without the
	// guard before it. Required.
	Control http.Handler
	Guesses []guess.Guess // what no source settles, to list
	Tokens  Tokens        // every field is required
	// Journal gives up to limit of the latest requests to the emulated systems, the
	// newest first. Required.
	Journal func(limit int) []journal.Entry
	Outbox  *outbox.Box  // what the register would have sent; required
	Log     *slog.Logger // may be nil
}

// site is the resolved Config and what is made of it at start. Nothing in it
// changes afterwards.
type site struct {
	register *sandbox.Register
	find     func(query.Search) (query.Found, error)
	policy   sandbox.Policy
	answer   func(sandbox.PersonID, int, sandbox.Scopes) ([]byte, bool)
	cast     []catalogue.Scene
	baseURL  func(*http.Request) string
	told     func(sandbox.Record, sandbox.Window) any
	stats    func() stats.Report
	reset    func() error
	toReal   func() error
	setClock func(time.Time) error
	history  func(sandbox.PersonID) []generator.Event
	places   map[uint16]string
	control  http.Handler
	guesses  []guess.Guess
	tokens   Tokens
	journal  func(int) []journal.Entry
	outbox   *outbox.Box
	log      *slog.Logger
	snippets *template.Template
	assets   assets
	pages    pages
}

// New makes the handler of all pages and of what they are built from.
func New(c Config) (http.Handler, error) {
	var missing []error
	for _, f := range []struct {
		name string
		set  bool
	}{{"Register", c.Register != nil}, {"Search", c.Search != nil}, {"Answer", c.Answer != nil}, {"BaseURL", c.BaseURL != nil}, {"Told", c.Told != nil}, {"Stats", c.Stats != nil}, {"Reset", c.Reset != nil}, {"ResetClock", c.ResetClock != nil}, {"Journal", c.Journal != nil}, {"Outbox", c.Outbox != nil},
		{"SetClock", c.SetClock != nil}, {"History", c.History != nil}, {"Control", c.Control != nil},
		{"Tokens", c.Tokens.Clients != nil && c.Tokens.Mint != nil && c.Tokens.Explain != nil}} {
		if !f.set {
			missing = append(missing, errors.New("ui: Config."+f.name+" is missing"))
		}
	}
	if err := errors.Join(missing...); err != nil {
		return nil, err
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	s := &site{register: c.Register, find: c.Search, policy: c.Policy, answer: c.Answer, cast: c.Catalogue, told: c.Told, stats: c.Stats, baseURL: c.BaseURL, reset: c.Reset, toReal: c.ResetClock, setClock: c.SetClock, history: c.History, places: c.Municipalities, control: c.Control, guesses: c.Guesses, tokens: c.Tokens, journal: c.Journal, outbox: c.Outbox, log: c.Log}
	var err error
	if s.snippets, err = parseSnippets(); err != nil {
		return nil, err
	}
	if s.assets, err = loadAssets(); err != nil {
		return nil, err
	}
	if s.pages, err = parsePages(s.assets); err != nil {
		return nil, err
	}
	return secured(s.router()), nil
}

// route is one line of the table that the router is fed from.
type route struct {
	methods []string
	path    string
	action  echo.HandlerFunc
}

func (s *site) routes() []route {
	read := []string{http.MethodGet, http.MethodHead}
	return []route{
		{read, home, s.search},
		{read, completePath, s.complete},
		{read, listPath + ".json", s.listAs("json")},
		{read, listPath + ".csv", s.listAs("csv")},
		{read, exportPath + ".csv", s.exportAs("csv")},
		{read, exportPath + ".json", s.exportAs("json")},
		{read, exportPath + ".ids", s.exportAs("ids")},
		{read, exportPath + ".krr", s.exportAs("krr")},
		{read, "/person/:id", s.person},
		{[]string{http.MethodPost}, travelPath, s.travel},
		{read, editPath, s.askEdit},
		{[]string{http.MethodPost}, editPath, s.doEdit},
		{read, likePath, s.askLike},
		{[]string{http.MethodPost}, likePath, s.doLike},
		{[]string{http.MethodPost}, deletePath, s.doDelete},
		{[]string{http.MethodPost}, undoPath, s.doUndo},
		{read, makePath, s.askMake},
		{[]string{http.MethodPost}, makePath, s.doMake},
		{read, castPath, s.listCast},
		{read, castPath + "/:slug", s.showScene},
		{read, statsPath, s.statistics},
		{read, statsPath + ".csv", s.statisticsCSV},
		{[]string{http.MethodPost}, "/valg", s.choose},
		{read, requestsPath, s.listRequests},
		{read, requestsPath + "/:nr", s.showRequest},
		{read, requestsPath + ".json", s.requestsJSON},
		{read, requestsPath + ".csv", s.requestsCSV},
		{read, outboxPath, s.listMessages},
		{[]string{http.MethodPost}, outboxPath, s.emptyOutbox},
		{read, outboxPath + "/:nr", s.showMessage},
		{read, outboxPath + ".json", s.messagesJSON},
		{read, outboxPath + ".csv", s.messagesCSV},
		{read, recipesPath, s.listRecipes},
		{read, languagePath, s.explainLanguage},
		{read, signsPath, s.listSigns},
		{read, numberPath, s.askNumber},
		{[]string{http.MethodPost}, numberPath, s.judgeNumber},
		{read, guessesPath, s.listGuesses},
		{read, tokenPath, s.askToken},
		{[]string{http.MethodPost}, tokenPath, s.makeToken},
		{read, explainPath, s.askExplain},
		{[]string{http.MethodPost}, explainPath, s.doExplain},
		{read, clientsPath, s.listClients},
		{read, clientsPath + "/:id", s.showClient},
		{read, clientsPath + "/:id/:snippet", s.showSnippet},
		{read, resetPath, s.askReset},
		{[]string{http.MethodPost}, resetPath, s.doReset},
		{[]string{http.MethodPost}, clockPath, s.resetClock},
		{read, timePath, s.showTime},
		{[]string{http.MethodPost}, timePath, s.moveTime},
		{read, "/static/*", s.static},
	}
}

func (s *site) router() *echo.Echo {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.HTTPErrorHandler = s.fail
	for _, r := range s.routes() {
		e.Match(r.methods, r.path, r.action)
	}
	return e
}

// contentPolicy allows what is ours and nothing else; the style sheets of the
// design system hold their icons as data: URLs.
const contentPolicy = "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; connect-src 'self'; " +
	"img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"

func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", contentPolicy)
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "same-origin")
		next.ServeHTTP(w, r)
	})
}
