package admin

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/swaggest/openapi-go"
	"github.com/swaggest/openapi-go/openapi31"

	"liksom/sandbox/stats"
)

const prefix = "/sandbox/v1"

// operation is one line of the table that feeds both the router and the
// document, so that the document cannot lag.
type operation struct {
	method, path string // path with {name} for a parameter
	id, summary  string
	in, out      any // request and answer types, for the document
	status       int // of success
	faults       []int
	handle       echo.HandlerFunc
}

func (a *api) operations() []operation {
	const ok, bad, missing, clash = http.StatusOK, http.StatusBadRequest, http.StatusNotFound, http.StatusConflict
	const tooLarge, badKind, notKept = http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusServiceUnavailable
	return []operation{
		{"GET", "/persons", "listPersons", "Search persons with plain words or KQL; an empty q lists all, in order of their numbers", new(personsRequest), new(personsAnswer), ok, []int{bad}, a.listPersons},
		{"POST", "/persons", "createPerson", "Create a person, or register one who is SLETTET or IKKE_REGISTRERT; what is left out is made up", new(createRequest), new(Person), http.StatusCreated, []int{bad, clash, tooLarge, badKind, notKept}, a.createPerson},
		{"GET", "/complete", "completeQuery", "What could stand at the cursor in a query", new(completeRequest), new(completeAnswer), ok, []int{bad}, a.complete},
		{"POST", "/persons/bulk", "changePersons", "Carry out up to 1000 operations, all or none", new(bulkRequest), new(bulkAnswer), ok, []int{bad, missing, clash, tooLarge, badKind, notKept}, a.bulk},
		{"GET", "/persons/{id}", "getPerson", "One person with everything that the sandbox knows", new(personRequest), new(Person), ok, []int{bad, missing}, a.getPerson},
		{"PATCH", "/persons/{id}", "patchPerson", "Change a person by a JSON merge patch: null takes away, dates may be relative to the register clock (-19m, -18m+1d, now)", new(patchRequest), new(Person), ok, []int{bad, missing, tooLarge, badKind, notKept}, a.patchPerson},
		{"DELETE", "/persons/{id}", "deletePerson", "Delete a person from the register: status SLETTET", new(personRequest), new(Person), ok, []int{bad, missing, notKept}, a.deletePerson},
		{"POST", "/persons/{id}/undo", "undoPerson", "Take a person's last change back", new(personRequest), new(outcome), ok, []int{bad, clash, notKept}, a.undoPerson},
		{"POST", "/persons/{id}/replace", "replacePerson", "Give a person with a D-number a foedselsnummer; the D-number becomes SLETTET", new(replaceRequest), new(Person), ok, []int{bad, missing, clash, tooLarge, badKind, notKept}, a.replacePerson},
		{"POST", "/validate", "validate", "Say what numbers are, or which rule they break; the answer has them masked", new(validateRequest), new(validateAnswer), ok, []int{bad, tooLarge, badKind}, a.validate},
		{"GET", "/catalogue", "listCatalogue", "The edge cases: persons under stable names, and what KRR is to answer of each at the reference instant", nil, new(Catalogue), ok, nil, a.listCatalogue},
		{"GET", "/stats", "getStats", "Count everybody by age and state, as of the register clock and with every change, and hold it against the profile", nil, new(stats.Report), ok, nil, a.getStats},
		{"GET", "/clock", "getClock", "The register clock", nil, new(clockAnswer), ok, nil, a.getClock},
		{"PUT", "/clock", "putClock", "Set or advance the register clock, or move it to where a person's channel runs out", new(clockRequest), new(clockAnswer), ok, []int{bad, tooLarge, badKind, notKept}, a.putClock},
		{"DELETE", "/clock", "deleteClock", "Bring the register clock back to how it started", nil, new(clockAnswer), ok, []int{notKept}, a.deleteClock},
		{"POST", "/reset", "reset", "Take back every change of persons, and the clock, and empty the outbox", nil, new(resetAnswer), ok, []int{notKept}, a.reset},
		{"POST", "/tokens", "mintToken", "Make tokens without an assertion, good ones or broken; Accept: text/plain gives the bare tokens, one a line", new(TokenRequest), new(TokenAnswer), ok, []int{bad, missing, tooLarge, badKind}, a.mintToken},
		{"POST", "/assertions/explain", "explainAssertion", "Say which checks an assertion or an access token passes, and what it would be answered; nothing is used up", new(explainRequest), new(Explanation), ok, []int{bad, tooLarge, badKind}, a.explainAssertion},
		{"POST", "/certificates", "makeCertificate", "Make an enterprise certificate (virksomhetssertifikat): PEM of it, of its chain and of its private key", new(certificateRequest), new(pemText), ok, []int{bad, tooLarge, badKind}, a.makeCertificate},
		{"POST", "/keys/rotate", "rotateKeys", "Let Maskinporten's next key sign; tokens of the old one stay valid", nil, new(keysAnswer), ok, nil, a.rotateKeys},
		{"GET", "/clients", "listClients", "The registered OAuth clients", nil, new(clientsAnswer), ok, nil, a.listClients},
		{"GET", "/clients/{id}/key", "getClientKey", "The private key (JWK) of a seeded client; public test data", new(clientRequest), new(map[string]any), ok, []int{missing}, a.getClientKey},
		{"GET", "/guesses", "listGuesses", "What no source settles about the real systems, and how the sandbox decides it", nil, new(guessesAnswer), ok, nil, a.listGuesses},
		{"GET", "/journal", "listJournal", "What the emulated systems were asked and how they decided, newest first", new(journalRequest), new(journalAnswer), ok, []int{bad}, a.listJournal},
		{"GET", "/outbox", "listMessages", "The messages that the register would have sent, newest first; with wait the answer comes as soon as there is one", new(messagesRequest), new(messagesAnswer), ok, []int{bad}, a.listMessages},
		{"DELETE", "/outbox", "deleteMessages", "Empty the outbox", nil, new(emptiedAnswer), ok, nil, a.deleteMessages},
	}
}

// route spells the path as the router does.
func (o operation) route() string {
	return prefix + strings.NewReplacer("{", ":", "}", "").Replace(o.path)
}

// contentOf names the type of an answer that is no JSON.
func contentOf(out any) []openapi.ContentOption {
	if _, ok := out.(*pemText); ok {
		return []openapi.ContentOption{openapi.WithContentType(pemType)}
	}
	return nil
}

// addMergePatch names the proper type of a patch beside plain JSON.
func addMergePatch(body openapi.ContentOrReference) {
	r, ok := body.(*openapi31.RequestBodyOrReference)
	if !ok || r.RequestBody == nil {
		return
	}
	if content, ok := r.RequestBody.Content[echo.MIMEApplicationJSON]; ok {
		r.RequestBody.WithContentItem(mergePatch, content)
	}
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
			var also []openapi.ContentOption
			if op.method == http.MethodPatch {
				also = append(also, openapi.WithCustomize(addMergePatch))
			}
			ctx.AddReqStructure(op.in, also...)
		}
		ctx.AddRespStructure(op.out, append(contentOf(op.out), openapi.WithHTTPStatus(op.status))...)
		for _, status := range op.faults {
			ctx.AddRespStructure(new(Problem), openapi.WithHTTPStatus(status), openapi.WithContentType("application/problem+json"))
		}
		if err := r.AddOperation(ctx); err != nil {
			return nil, fmt.Errorf("describing %s: %w", op.id, err)
		}
	}
	return r.Spec.MarshalJSON()
}
