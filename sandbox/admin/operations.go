package admin

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/swaggest/openapi-go"
	"github.com/swaggest/openapi-go/openapi31"
)

const prefix = "/sandbox/v1"

// operation is one line of the table that feeds both the router and the
// document, so that the document cannot lag.
type operation struct {
	method, path string // path with {name} for a parameter
	id, summary  string
	in, out      any // request and answer types, for the document
	faults       []int
	handle       echo.HandlerFunc
}

func (a *api) operations() []operation {
	const bad, gone = http.StatusBadRequest, http.StatusNotFound
	return []operation{
		{"GET", "/persons", "listPersons", "Search persons; an empty q lists all, in order of their numbers", new(personsRequest), new(personsAnswer), []int{bad}, a.listPersons},
		{"GET", "/persons/{id}", "getPerson", "One person with everything that the sandbox knows", new(personRequest), new(Person), []int{bad, gone}, a.getPerson},
		{"POST", "/tokens", "mintToken", "Make a token without an assertion; Accept: text/plain gives the bare token", new(TokenRequest), new(TokenAnswer), []int{bad, gone}, a.mintToken},
		{"GET", "/clients", "listClients", "The registered OAuth clients", nil, new(clientsAnswer), nil, a.listClients},
		{"GET", "/clients/{id}/key", "getClientKey", "The private key (JWK) of a seeded client; public test data", new(clientRequest), new(map[string]any), []int{gone}, a.getClientKey},
		{"GET", "/journal", "listJournal", "What the emulated systems were asked and how they decided, newest first", new(journalRequest), new(journalAnswer), []int{bad}, a.listJournal},
	}
}

// route spells the path as the router does.
func (o operation) route() string {
	return prefix + strings.NewReplacer("{", ":", "}", "").Replace(o.path)
}

// document makes the OpenAPI 3.1 document of the operations.
func document(ops []operation, version string) ([]byte, error) {
	r := openapi31.NewReflector()
	r.Spec.Info.WithTitle("Liksom control API").WithVersion(version).
		WithDescription("The sandbox's own API: persons, tokens, clients and the journal. All persons are synthetic.")
	for _, op := range ops {
		ctx, err := r.NewOperationContext(op.method, prefix+op.path)
		if err != nil {
			return nil, fmt.Errorf("describing %s: %w", op.id, err)
		}
		ctx.SetID(op.id)
		ctx.SetSummary(op.summary)
		if op.in != nil {
			ctx.AddReqStructure(op.in)
		}
		ctx.AddRespStructure(op.out, openapi.WithHTTPStatus(http.StatusOK))
		for _, status := range op.faults {
			ctx.AddRespStructure(new(Problem), openapi.WithHTTPStatus(status), openapi.WithContentType("application/problem+json"))
		}
		if err := r.AddOperation(ctx); err != nil {
			return nil, fmt.Errorf("describing %s: %w", op.id, err)
		}
	}
	return r.Spec.MarshalJSON()
}
