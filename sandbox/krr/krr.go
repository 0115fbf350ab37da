// Package krr is the REST API of the Contact and Reservation Register: look-up
// of persons by number, the feed of changes and the print supplier's
// certificate, with the register's own words, fields and errors.
//
// The rules of who may be told what are [sandbox.Policy]'s; this package
// checks the request, asks the register once and writes the answer. What the
// documents do not settle is a switch in [Guesses].
package krr

import (
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

// Config is what the API works on.
type Config struct {
	Register *sandbox.Register // required
	// Verify checks an access token; required. The text of its error is one
	// sentence that says why the token is refused.
	Verify func(ctx context.Context, bearer string) (Grant, error)
	// Certificate gives a provider's certificate as PEM, or "" when it has none
	// in that state; required. It is asked by New only.
	Certificate func(sandbox.Provider, sandbox.CertificateState) string
	// PrintCertificate gives the certificate of the supplier with an organisation
	// number who prints letters, as PEM; required, and asked by New only.
	PrintCertificate func(org string) string
	SigningKey       *rsa.PrivateKey // of answers as application/jose; required
	SigningCert      []byte          // DER, for SigningKey; required
	Guesses          Guesses
	// FeedPage is the number of changes in one answer of the feed; 1000, which is
	// also the most, when it is zero.
	FeedPage int
	// Explain is told of every request once, before the answer is written. It may be nil.
	Explain func(ctx context.Context, v Verdict)
	Log     *slog.Logger // may be nil
	Version string       // of the program, for the OpenAPI document
}

// Grant is what a good access token gives.
type Grant struct {
	ClientID string
	Scopes   []string
	PID      string // the person that the token is restricted to, if any
	User     bool   // whether it is a citizen's, who has logged in, and not a machine's
}

// Verdict says how a request was decided. Its texts hold no unmasked identity number.
type Verdict struct {
	Refused bool
	Client  string // "" until the token was checked
	Rule    string // stable, for programs: "ids.count"; "" when there is nothing to say
	Reason  string // one sentence: which rule, which value, what would be right
	IDs     int    // identifiers asked for, repeated ones too; in the feed the changes on the page
	Found   int    // those of them whom the register has or had; in the feed the changes told
}

// API answers under /rest. It is safe for use by many at once.
type API struct {
	register *sandbox.Register
	verify   func(context.Context, string) (Grant, error)
	explain  func(context.Context, Verdict)
	log      *slog.Logger
	guesses  Guesses
	feedPage int
	encoder  encoder
	router   *echo.Echo
	signer   signer
	printV1  []byte
	printV2  []byte
	document func() ([]byte, error) // OpenAPI; made at the first call, which takes longer than all else here
	paths    string                 // what there is, for those who ask for something else
	window   atomic.Pointer[sandbox.Window]
}

// New makes the API.
func New(c Config) (*API, error) {
	if c.Register == nil || c.Verify == nil || c.Certificate == nil || c.PrintCertificate == nil || c.SigningKey == nil {
		return nil, errors.New("krr: Register, Verify, Certificate, PrintCertificate and SigningKey are required")
	}
	if c.FeedPage < 0 || c.FeedPage > maxFeedPage {
		return nil, fmt.Errorf("krr: FeedPage is %d; it must be from 1 to %d, or 0 for %d", c.FeedPage, maxFeedPage, maxFeedPage)
	}
	if c.FeedPage == 0 {
		c.FeedPage = maxFeedPage
	}
	if c.Explain == nil {
		c.Explain = func(context.Context, Verdict) {}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	enc, err := newEncoder(c.Guesses, c.Certificate)
	if err != nil {
		return nil, err
	}
	a := &API{register: c.Register, verify: c.Verify, explain: c.Explain, log: c.Log, guesses: c.Guesses, feedPage: c.FeedPage, encoder: enc}
	if a.signer, err = newSigner(c.SigningKey, c.SigningCert); err != nil {
		return nil, err
	}
	if a.printV1, a.printV2, err = newPrintAnswers(c.PrintCertificate); err != nil {
		return nil, err
	}
	a.document = sync.OnceValues(func() ([]byte, error) { return document(a.operations(), c.Version) })
	a.route()
	return a, nil
}

func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.router.ServeHTTP(w, r) }

// Answer gives the JSON object of one person as a token with these scopes would
// be told at this moment. It is not ok when the version leaves the person out.
func (a *API) Answer(id sandbox.PersonID, version int, s sandbox.Scopes) (json []byte, ok bool) {
	v := version1
	if version >= 2 {
		v = version2
	}
	var r sandbox.Record
	if id.Synthetic() {
		r = a.register.Person(id)
	}
	if a.leavesOut(v, a.guesses.IncludeUnregistered, r.Status()) {
		return nil, false
	}
	return a.encoder.appendPerson(nil, id.Digits(), r, sandbox.WindowAt(a.register.Now()), s), true
}

// AppendPerson appends the JSON object of one person as version 1 tells it to a
// token with these scopes. It allocates nothing when dst is large enough.
func (a *API) AppendPerson(dst []byte, r sandbox.Record, w sandbox.Window, s sandbox.Scopes) []byte {
	var digits [11]byte
	return a.encoder.appendPerson(dst, string(r.ID().AppendDigits(digits[:0])), r, w, s)
}

func (a *API) route() {
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	// The answerers write their own refusals, so echo has only the path to complain of.
	e.HTTPErrorHandler = func(_ error, c echo.Context) {
		a.refuse(c.Response(), c.Request(), Verdict{}, a.unknownPath(c.Request()))
	}
	var paths []string
	methods := map[string][]string{} // by path
	for _, op := range a.operations() {
		paths = append(paths, op.method+" "+op.path)
		methods[op.path] = append(methods[op.path], op.method)
		a.add(e, op)
	}
	methods[DocumentPath] = []string{http.MethodGet}
	a.add(e, operation{method: http.MethodGet, path: DocumentPath, answer: a.tellDocument})
	for path, takes := range methods {
		for _, path := range []string{path, path + "/"} {
			e.RouteNotFound(path, a.wrongMethod(strings.TrimSuffix(path, "/"), takes)) // also for OPTIONS, which echo would answer itself
		}
	}
	last := len(paths) - 1
	a.router, a.paths = e, strings.Join(paths[:last], ", ")+" and "+paths[last]
}

// add lets e answer an operation; the register accepts a slash at the end (observed).
func (a *API) add(e *echo.Echo, op operation) {
	for _, path := range []string{op.path, op.path + "/"} {
		e.Add(op.method, path, a.serve(op.answer))
	}
}

func (a *API) serve(answer answerer) echo.HandlerFunc {
	return func(c echo.Context) error {
		s := borrowScratch()
		defer s.release()
		v := &s.verdict
		if f := answer(c.Request(), s, v); f != nil {
			a.refuse(c.Response(), c.Request(), *v, f)
			return nil
		}
		v.Reason = sandbox.MaskIDs(v.Reason)
		a.explain(c.Request().Context(), *v)
		a.writeAnswer(c.Response(), c.Request(), s)
		return nil
	}
}

func (a *API) wrongMethod(path string, takes []string) echo.HandlerFunc {
	detail := path + " takes " + strings.Join(takes, " and ")
	allow := strings.Join(takes, ", ")
	if slices.Contains(takes, http.MethodGet) {
		allow += ", " + http.MethodHead // which the server makes a GET of
	}
	return func(c echo.Context) error {
		c.Response().Header().Set("Allow", allow)
		a.refuse(c.Response(), c.Request(), Verdict{}, &refusal{
			kind:   wrongMethod,
			detail: detail,
			reason: "The method was " + quoted(c.Request().Method) + "; " + detail + ".",
		})
		return nil
	}
}

func (a *API) unknownPath(r *http.Request) *refusal {
	if kind, hint, ok := wayOn(r.URL.Path); ok {
		return &refusal{kind: kind, detail: hint, reason: "There is nothing at " + quoted(r.URL.Path) + ": " + hint + "."}
	}
	return &refusal{
		kind:   unknownPath,
		detail: "there are " + a.paths,
		reason: "There is nothing at " + quoted(r.URL.Path) + "; there are " + a.paths + ".",
	}
}
