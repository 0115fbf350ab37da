// Package tenor is the search API of Tenor testdata: a query in, a page of
// documents out, in the shape that its clients read.
//
// Sources: "Tenor testdata" (Skatteetaten) for address, scope and parameters;
// the answer as public clients read it. What the query may say is a question to
// [Config.Search].
package tenor

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

// Scope is what a token must have.
const Scope = "skatteetaten:testnorge/testdata.read"

// Config is what the API works on. Every field is required that does not say
// otherwise.
type Config struct {
	// Search answers a question. An error of kind Invalid is the asker's.
	Search func(Question) (Hits, error)
	// Person gives a relative of a hit.
	Person func(sandbox.PersonID) sandbox.Record
	// Verify gives the scopes of an access token. The text of its error is one
	// sentence that says why the token is refused.
	Verify func(ctx context.Context, bearer string) (client string, scopes []string, err error)
	// Wall lets one order of hits be paged through to 200 documents only, as Tenor
	// does.
	Wall bool
	// Explain is told of every request once; may be nil.
	Explain func(ctx context.Context, v Verdict)
	Log     *slog.Logger // may be nil
}

// Question asks for some of the hits, in an order that the seed shuffles them to.
type Question struct {
	KQL           string
	Seed          uint64
	Offset, Limit int
}

// Hits is the answer.
type Hits struct {
	Total   int
	Persons []sandbox.Record
	Window  sandbox.Window // the moment of the answer
}

// Verdict says how a request was decided. Its texts hold no unmasked identity number.
type Verdict struct {
	Refused bool
	Client  string
	Rule    string // stable, for programs
	Reason  string // one sentence
	Found   int    // hits
}

// API answers under /api/testnorge/v2/soek. It is safe for use by many at once.
type API struct {
	c      Config
	router *echo.Echo
}

// New makes the API.
func New(c Config) (*API, error) {
	if c.Search == nil || c.Person == nil || c.Verify == nil {
		return nil, errors.New("tenor: Search, Person and Verify are required")
	}
	if c.Explain == nil {
		c.Explain = func(context.Context, Verdict) {}
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	a := &API{c: c, router: echo.New()}
	a.router.HideBanner, a.router.HidePort = true, true
	a.router.HTTPErrorHandler = a.refuse
	a.router.GET("/api/testnorge/v2/soek/:kilde", a.search)
	return a, nil
}

func (a *API) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.router.ServeHTTP(w, r) }

// answer is a page of hits.
type answer struct {
	Hits      int            `json:"treff"`
	Rows      int            `json:"rader"`
	Offset    int            `json:"offset"`
	NextPage  *int           `json:"nesteSide"`
	Seed      uint64         `json:"seed"`
	Documents []document     `json:"dokumentListe"`
	Facets    map[string]any `json:"fasetter"` // always empty here; the control API has them
}

// wall is how far one order of hits can be paged through.
const wall = 200

func (a *API) search(c echo.Context) error {
	client, err := a.authorize(c.Request())
	if err != nil {
		return err
	}
	source := c.Param("kilde")
	if !slices.Contains(sources, source) {
		return fault(http.StatusNotFound, "source.unknown", "Kilden %q finnes ikke her; det er %s.", sandbox.Short(source), strings.Join(sources, " og "))
	}
	p, err := readParameters(c.QueryParams())
	if err != nil {
		return err
	}
	if !p.seeded {
		p.seed = uint64(rand.Int32()) // any will do: an order that the caller can ask for again
	}
	limit := p.count
	if a.c.Wall {
		limit = max(0, min(limit, wall-p.offset()))
	}
	hits, err := a.c.Search(Question{KQL: p.kql, Seed: p.seed, Offset: p.offset(), Limit: limit})
	if err != nil {
		return err
	}
	out := answer{Hits: hits.Total, Rows: len(hits.Persons), Offset: p.offset(), Seed: p.seed, Documents: []document{}, Facets: map[string]any{}}
	for _, r := range hits.Persons {
		out.Documents = append(out.Documents, p.choose(a.newDocument(source, r, hits.Window)))
	}
	end := p.offset() + p.count
	if more := end < hits.Total && p.count > 0; more && (!a.c.Wall || end < wall) {
		next := p.page + 1
		out.NextPage = &next
	}
	a.c.Explain(c.Request().Context(), Verdict{Client: client, Found: hits.Total})
	return c.JSON(http.StatusOK, out)
}

// authorize checks the token and gives the client that has it.
func (a *API) authorize(r *http.Request) (client string, err error) {
	bearer, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		return "", fault(http.StatusUnauthorized, "token.missing", "Send Authorization: Bearer <token fra Maskinporten>, med scope %s.", Scope)
	}
	client, scopes, err := a.c.Verify(r.Context(), bearer)
	if err != nil {
		return "", fault(http.StatusUnauthorized, "token.invalid", "Tokenet godtas ikke: %v", err)
	}
	if !slices.Contains(scopes, Scope) {
		return client, fault(http.StatusForbidden, "scope.missing", "Tokenet har scope %q, men trenger %s.", strings.Join(scopes, " "), Scope)
	}
	return client, nil
}

// refusal is an error with its answer. The real body is not known, so this one is
// ours.
type refusal struct {
	status     int
	rule, text string
}

func (r *refusal) Error() string { return r.text }

func fault(status int, rule, format string, args ...any) error {
	return &refusal{status, rule, fmt.Sprintf(format, args...)}
}

func (a *API) refuse(err error, c echo.Context) {
	f := &refusal{http.StatusInternalServerError, "internal", http.StatusText(http.StatusInternalServerError)}
	var routed *echo.HTTPError
	var known *sandbox.Error
	switch {
	case errors.As(err, &f):
	case errors.As(err, &known) && known.Kind == sandbox.Invalid:
		f = &refusal{http.StatusBadRequest, known.Code, known.Text}
	case errors.As(err, &routed):
		f = &refusal{routed.Code, "path.unknown", "Her finnes bare GET /api/testnorge/v2/soek/{freg|krr}."}
	default:
		a.c.Log.ErrorContext(c.Request().Context(), "tenor failed", "cause", err)
	}
	a.c.Explain(c.Request().Context(), Verdict{Refused: true, Rule: f.rule, Reason: sandbox.MaskIDs(f.text)})
	if f.status == http.StatusUnauthorized {
		c.Response().Header().Set("WWW-Authenticate", "Bearer")
	}
	body := map[string]any{"status": f.status, "feilkode": f.rule, "melding": cmp.Or(f.text, http.StatusText(f.status))}
	if err := c.JSON(f.status, body); err != nil {
		a.c.Log.DebugContext(c.Request().Context(), "caller went away", "cause", err)
	}
}
