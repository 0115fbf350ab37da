package admin_test

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/journal"
	"liksom/sandbox/population"
)

func newAPI(t *testing.T) http.Handler {
	t.Helper()
	at := time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)
	day := func(n int) sandbox.Instant { return sandbox.InstantOf(at.AddDate(0, 0, -n)) }
	var persons []sandbox.Person
	for _, p := range []sandbox.Person{
		{FirstName: "Sindig", LastName: "Trekkfugl", Sex: sandbox.Female, Status: sandbox.Active, Reserved: true, ReservedAt: day(3), ReservationUpdated: day(3),
			Email: sandbox.Channel{Value: `"<&>"@example.test`, Updated: day(900), Confirmed: day(800)}, Language: sandbox.Nynorsk, LanguageUpdated: day(5)},
		{FirstName: "Grundig", LastName: "Blåveis", Sex: sandbox.Male, Status: sandbox.Active, Mobile: sandbox.Channel{Value: "+4799990001", Updated: day(9), Validated: day(8)},
			Mailbox: sandbox.Mailbox{Address: "grundig#9YDT", Provider: sandbox.Digipost}},
		{FirstName: "Seig", LastName: "Isfjell", Status: sandbox.Deleted, Civil: sandbox.Dead},
		{Status: sandbox.NotRegistered},
	} {
		digits := []string{"05840399895", "12829499914", "52905200100", "17912099997"}[len(persons)]
		id, err := sandbox.ParsePersonID(digits)
		if err != nil {
			t.Fatal(err)
		}
		p.ID, p.Birth = id, id.BirthDate()
		persons = append(persons, p)
	}
	image, err := population.New(persons)
	if err != nil {
		t.Fatal(err)
	}
	api, err := admin.New(admin.Config{
		Register: sandbox.NewRegister(image, sandbox.NewFrozenClock(at)),
		Journal: func(int) []journal.Entry {
			return []journal.Entry{{Nr: 2, Time: at, Surface: "krr", Method: "POST", Path: "/rest/v2/personer", Status: 403, Verdict: "refused", Reason: "Because."}}
		},
		Clients: func() []admin.Client {
			return []admin.Client{{ClientID: "demo", Scopes: []string{"a"}, GrantTypes: []string{"b"}, RedirectURIs: []string{}}}
		},
		Key: func(id string) (json.RawMessage, bool) { return json.RawMessage(`{"kty":"RSA"}`), id == "demo" },
		Mint: func(_ context.Context, _ *http.Request, t admin.TokenRequest) (admin.TokenAnswer, bool, error) {
			return admin.TokenAnswer{AccessToken: "a.b.c", TokenType: "Bearer", ExpiresIn: 119, Scope: t.Scope}, t.ClientID == "demo", nil
		},
		Log: slog.New(slog.DiscardHandler), Version: "test",
	})
	if err != nil {
		t.Fatal(err)
	}
	return api
}

func call(api http.Handler, method, path, body string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	api.ServeHTTP(w, r)
	return w
}

func decode(t *testing.T, body string) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

// TestAnswers_keep_the_document asks for every operation in the document, well and
// badly, and holds each answer against its schema there.
func TestAnswers_keep_the_document(t *testing.T) {
	t.Parallel()
	api := newAPI(t)
	const url = "http://liksom.test/openapi.json"
	document := decode(t, call(api, "GET", "/sandbox/v1/openapi.json", "").Body.String())
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(url, document); err != nil {
		t.Fatal(err)
	}
	asked := map[string]bool{}
	for _, c := range []struct {
		method, template, path, body string
		status                       int
		kind                         string
	}{
		{"get", "/persons", "/persons?q=sindig", "", 200, "application/json"},
		{"get", "/persons", "/persons?limit=2", "", 200, "application/json"},
		{"get", "/persons", "/persons?q=nobody", "", 200, "application/json"},
		{"get", "/persons", "/persons?limit=0", "", 200, "application/json"},
		{"get", "/persons", "/persons?limit=-1", "", 400, "application/problem+json"},
		{"get", "/persons/{id}", "/persons/05840399895", "", 200, "application/json"},
		{"get", "/persons/{id}", "/persons/12829499914", "", 200, "application/json"},
		{"get", "/persons/{id}", "/persons/52905200100", "", 200, "application/json"},
		{"get", "/persons/{id}", "/persons/17912099997", "", 200, "application/json"},
		{"get", "/persons/{id}", "/persons/45840375084", "", 404, "application/problem+json"},
		{"get", "/persons/{id}", "/persons/1", "", 400, "application/problem+json"},
		{"post", "/tokens", "/tokens", `{"client_id":"demo","scope":"a b"}`, 200, "application/json"},
		{"post", "/tokens", "/tokens", `{"client_id":"nobody","scope":"a b"}`, 404, "application/problem+json"},
		{"post", "/tokens", "/tokens", `{}`, 400, "application/problem+json"},
		{"get", "/clients", "/clients", "", 200, "application/json"},
		{"get", "/clients/{id}/key", "/clients/demo/key", "", 200, "application/json"},
		{"get", "/clients/{id}/key", "/clients/nobody/key", "", 404, "application/problem+json"},
		{"get", "/journal", "/journal", "", 200, "application/json"},
		{"get", "/journal", "/journal?limit=x", "", 400, "application/problem+json"},
	} {
		asked[c.method+" /sandbox/v1"+c.template] = true
		w := call(api, strings.ToUpper(c.method), "/sandbox/v1"+c.path, c.body)
		if w.Code != c.status || w.Header().Get("Content-Type") != c.kind {
			t.Errorf("%s %s: %d %s %s", c.method, c.path, w.Code, w.Header().Get("Content-Type"), w.Body)
			continue
		}
		escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D")
		pointer := "#/paths/" + escape.Replace("/sandbox/v1"+c.template) + "/" + c.method + "/responses/" + itoa(c.status) + "/content/" + escape.Replace(c.kind) + "/schema"
		schema, err := compiler.Compile(url + pointer)
		if err != nil {
			t.Errorf("%s %s: the document has no answer %d: %v", c.method, c.template, c.status, err)
			continue
		}
		if err := schema.Validate(decode(t, w.Body.String())); err != nil {
			t.Errorf("%s %s: %v\n%s", c.method, c.path, err, w.Body)
		}
	}
	for path, item := range document.(map[string]any)["paths"].(map[string]any) {
		for method := range item.(map[string]any) {
			if !asked[method+" "+path] {
				t.Errorf("%s %s stands in the document and was not asked for", method, path)
			}
		}
	}
}

func itoa(n int) string { b, _ := json.Marshal(n); return string(b) }

// The person's shape is the contract of the control API: Tenor's names for the
// population register, then the contact register's own, nested as on its wire.
func TestPerson_is_spelt_like_this(t *testing.T) {
	t.Parallel()
	api := newAPI(t)
	for path, want := range map[string]string{
		"05840399895": `{"personidentifikator":"05840399895","identifikatorType":"foedselsnummer","visningnavn":"SINDIG TREKKFUGL","fornavn":"SINDIG","etternavn":"TREKKFUGL",` +
			`"foedselsdato":"2003-04-05","kjoenn":"kvinne","personstatus":"bosatt","reservasjon":"JA","reservasjonstidspunkt":"2026-11-22T12:00:00+01",` +
			`"reservasjon_oppdatert":"2026-11-22T12:00:00+01","status":"AKTIV","varslingsstatus":"KAN_IKKE_VARSLES",` +
			`"kontaktinformasjon":{"epostadresse":"\"<&>\"@example.test","epostadresse_duplisert":"NEI","epostadresse_oppdatert":"2024-06-08T12:00:00+02","epostadresse_sist_verifisert":"2024-09-16T12:00:00+02"},` +
			`"spraak":"nn","spraak_oppdatert":"2026-11-20T12:00:00+01"}`,
		"12829499914": `{"personidentifikator":"12829499914","identifikatorType":"foedselsnummer","visningnavn":"GRUNDIG BLÅVEIS","fornavn":"GRUNDIG","etternavn":"BLÅVEIS",` +
			`"foedselsdato":"1994-02-12","kjoenn":"mann","personstatus":"bosatt","reservasjon":"NEI","status":"AKTIV","varslingsstatus":"KAN_VARSLES",` +
			`"kontaktinformasjon":{"mobiltelefonnummer":"+4799990001","mobiltelefonnummer_duplisert":"NEI","mobiltelefonnummer_oppdatert":"2026-11-16T12:00:00+01","mobiltelefonnummer_sist_validert":"2026-11-17T12:00:00+01"},` +
			`"digital_post":{"postkasseadresse":"grundig#9YDT","postkasseleverandoeradresse":"984661185"}}`,
		"52905200100": `{"personidentifikator":"52905200100","identifikatorType":"dNummer","visningnavn":"SEIG ISFJELL","fornavn":"SEIG","etternavn":"ISFJELL",` +
			`"foedselsdato":"1952-10-12","personstatus":"doed","status":"SLETTET","varslingsstatus":"KAN_IKKE_VARSLES"}`,
	} {
		if got := strings.TrimSpace(call(api, "GET", "/sandbox/v1/persons/"+path, "").Body.String()); got != want {
			t.Errorf("%s:\n got %s\nwant %s", path, got, want)
		}
	}
}

func TestToken_comes_bare_when_text_is_asked_for(t *testing.T) {
	t.Parallel()
	r := httptest.NewRequest("POST", "/sandbox/v1/tokens", strings.NewReader(`{"client_id":"demo","scope":"x"}`))
	r.Header.Set("Content-Type", "application/json; charset=utf-8")
	r.Header.Set("Accept", "text/plain")
	w := httptest.NewRecorder()
	newAPI(t).ServeHTTP(w, r)
	if w.Code != 200 || w.Body.String() != "a.b.c\n" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
}
