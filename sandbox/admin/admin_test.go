package admin_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"liksom/generator/catalogue"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/guess"
	"liksom/sandbox/journal"
	"liksom/sandbox/outbox"
	"liksom/sandbox/population"
	"liksom/sandbox/stats"
	"liksom/seeds"
)

const (
	sindig  = "05840399895" // AKTIV, reserved, e-mail only
	grundig = "12829499914" // AKTIV, mobile and mailbox
	seig    = "52905200100" // D-number, SLETTET
	nobody  = "17912099997" // IKKE_REGISTRERT, without a name
	modig   = "41858000236" // D-number, AKTIV, all there is
	absent  = "45840375084" // in no register
	real    = "05240399816" // of the +20 series, which counts as real
)

// world is a control API over a register of its own.
type world struct {
	t     testing.TB
	api   http.Handler
	reg   *sandbox.Register
	clock *sandbox.Clock
	box   *outbox.Box
	real  time.Time
	drawn atomic.Int32
	moved []sandbox.ClockState // as was to be kept
	fault error                // that keeping answers
}

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)

func newWorld(t testing.TB) *world {
	t.Helper()
	day := func(n int) sandbox.Instant { return sandbox.InstantOf(noon.AddDate(0, 0, -n)) }
	var persons []sandbox.Person
	for digits, p := range map[string]sandbox.Person{
		sindig: {FirstName: "Sindig", LastName: "Trekkfugl", Sex: sandbox.Female, Status: sandbox.Active, Municipality: 301, Scenario: "fersk-alt", Kin: sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Partner, ID: numberOf(t, grundig)}), Reserved: true, ReservedAt: day(3), ReservationUpdated: day(3),
			Email: sandbox.Channel{Value: `"<&>"@example.test`, Updated: day(900), Confirmed: day(800)}, Language: sandbox.Nynorsk, LanguageUpdated: day(5)},
		grundig: {FirstName: "Grundig", LastName: "Blåveis", Sex: sandbox.Male, Status: sandbox.Active, Mobile: sandbox.Channel{Value: "+4799990001", Updated: day(9), Validated: day(8)},
			Mailbox: sandbox.Mailbox{Address: "grundig#9YDT", Provider: sandbox.Digipost}},
		seig:   {FirstName: "Seig", LastName: "Isfjell", Status: sandbox.Deleted, Civil: sandbox.Dead},
		nobody: {Status: sandbox.NotRegistered},
		modig: {FirstName: "Modig", LastName: "McRev", Sex: sandbox.Female, Status: sandbox.Active, Civil: sandbox.Emigrated,
			Email: sandbox.Channel{Value: "modig@example.test", Updated: day(20), Confirmed: day(20)}, Mobile: sandbox.Channel{Value: "+4799990002", Updated: day(700)},
			Mailbox: sandbox.Mailbox{Address: "modig#1234", Provider: sandbox.EBoks, Inactive: true, Certificate: sandbox.CertificateExpired}, Language: sandbox.Sami, LanguageUpdated: day(30)},
	} {
		p.ID = numberOf(t, digits)
		p.Birth = p.ID.BirthDate()
		if p.Status != sandbox.NotRegistered {
			p.Registered = day(3000)
		}
		persons = append(persons, p)
	}
	image, err := population.New(persons)
	if err != nil {
		t.Fatal(err)
	}
	w := &world{t: t, real: noon, box: outbox.New(10, nil)}
	w.clock = sandbox.NewClock(func() time.Time { return w.real })
	w.clock.KeepBy(func(s sandbox.ClockState) error { w.moved = append(w.moved, s); return w.fault })
	w.reg = sandbox.NewRegister(image, w.clock)
	w.api = admin.New(admin.Config{
		Register: w.reg, Search: population.NewEngine(w.reg, image).Search, Clock: w.clock, Now: func() time.Time { return w.real },
		Reset: func() error { return errors.Join(w.clock.Reset(), w.reg.Reset()) },
		Draw: func() (sandbox.Person, error) {
			id := numberOf(t, modig)
			return sandbox.Person{ID: id, FirstName: "Trukket", LastName: fmt.Sprint("Nummer ", w.drawn.Add(1)), Sex: sandbox.Female, Birth: id.BirthDate(), Status: sandbox.Active,
				Mobile: sandbox.Channel{Value: "+4799990003", Updated: day(40), Confirmed: day(40)}}, nil
		},
		Stats: func() stats.Report {
			return stats.Of(w.reg, stats.Wanted{Profile: "realistic", Shares: map[string]stats.Quantity{"reserved": {Origin: stats.Origin{Kind: "counted"}, Steps: []stats.Step{{To: 120, PPM: 32_000}}}}})
		},
		Name:    func() (string, string) { return "Uttenkt", "Myr" },
		Outbox:  w.box,
		Guesses: []guess.Guess{{Name: "filter_stale", System: "krr", Choices: []string{"on", "off"}, Value: "off"}, {Name: "error_bodies", System: "krr"}},
		Journal: func(int) []journal.Entry {
			return []journal.Entry{{Nr: 2, Time: noon, Surface: "krr", Method: "POST", Path: "/rest/v2/personer", Status: 403, Verdict: "refused", Reason: "Because."}}
		},
		Clients: func(*http.Request) []admin.Client {
			return []admin.Client{{ClientID: "demo", Scopes: []string{"a"}, GrantTypes: []string{"b"}, RedirectURIs: []string{}}}
		},
		Key: func(id string) (json.RawMessage, bool) { return json.RawMessage(`{"kty":"RSA"}`), id == "demo" },
		Mint: func(_ context.Context, _ *http.Request, t admin.TokenRequest) (admin.TokenAnswer, error) {
			answer := admin.TokenAnswer{AccessToken: "a.b.c", TokenType: "Bearer", ExpiresIn: 119, Scope: t.Scope}
			switch {
			case t.ClientID != "demo":
				return answer, admin.ErrUnknownClient
			case t.PID == "05848998357":
				return answer, admin.ErrBadPID
			case t.Count > 1:
				answer.Tokens = slices.Repeat([]string{"a.b.c"}, t.Count)
			}
			return answer, nil
		},
		Explain: func(_ *http.Request, text string) admin.Explanation {
			check := admin.Check{Name: "shape", Outcome: "pass"}
			if text != "a.b.c" {
				check.Outcome, check.Code = "fail", "MP-011"
			}
			return admin.Explanation{Kind: admin.KindAssertion, Checks: []admin.Check{check}}
		},
		Catalogue:   scenes(),
		Certificate: func(org, state string) ([]byte, error) { return []byte("PEM of " + org + ", " + state), nil },
		RotateKeys:  func() ([]string, error) { return []string{"k2", "k3", "k1"}, nil },
		Log:         slog.New(slog.DiscardHandler), Version: "test",
	})
	return w
}

// scenes is the built-in catalogue.
var scenes = sync.OnceValue(func() []catalogue.Scene {
	c, err := catalogue.Read(seeds.Files)
	if err != nil {
		panic(err)
	}
	return c.Stage(sandbox.DateOf(noon))
})

func numberOf(t testing.TB, digits string) sandbox.PersonID {
	t.Helper()
	id, err := sandbox.ParsePersonID(digits)
	if err != nil {
		t.Fatal(digits, err)
	}
	return id
}

// call makes a request and holds its answer against the document.
func (w *world) call(method, path, body string) *httptest.ResponseRecorder {
	w.t.Helper()
	return w.callAs("application/json", method, path, body)
}

func (w *world) callAs(kind, method, path, body string) *httptest.ResponseRecorder {
	w.t.Helper()
	r := httptest.NewRequest(method, "/sandbox/v1"+path, strings.NewReader(body))
	r.Header.Set("Content-Type", kind)
	answer := httptest.NewRecorder()
	w.api.ServeHTTP(answer, r)
	documented(w.t, r, answer)
	if strings.Contains(answer.Body.String(), real) {
		w.t.Errorf("%s %s: an unmasked real number in %s", method, path, answer.Body)
	}
	return answer
}

// must makes a request that shall be answered with a status, and gives the answer.
func (w *world) must(status int, method, path, body string) map[string]any {
	w.t.Helper()
	answer := w.call(method, path, body)
	if answer.Code != status {
		w.t.Fatalf("%s %s %.500s: %d, want %d: %s", method, path, body, answer.Code, status, answer.Body)
	}
	if !strings.Contains(answer.Header().Get("Content-Type"), "json") {
		return nil
	}
	return decode(w.t, answer.Body.String()).(map[string]any)
}

// refused makes a request that shall be refused with a detail that holds words.
func (w *world) refused(status int, method, path, body string, words ...string) {
	w.t.Helper()
	detail, _ := w.must(status, method, path, body)["detail"].(string)
	for _, word := range words {
		if !strings.Contains(detail, word) {
			w.t.Errorf("%s %s %.500s: %q is not in %q", method, path, body, word, detail)
		}
	}
}

// has compares members of an answer, by their paths; "" means absent.
func (w *world) has(answer map[string]any, want map[string]string) {
	w.t.Helper()
	for path, value := range want {
		if got := at(answer, path); got != value {
			w.t.Errorf("%s is %q, want %q", path, got, value)
		}
	}
}

func at(answer map[string]any, path string) string {
	if in, rest, ok := strings.Cut(path, "."); ok {
		inner, _ := answer[in].(map[string]any)
		return at(inner, rest)
	}
	if v, ok := answer[path]; ok {
		return fmt.Sprint(v)
	}
	return ""
}

func decode(t testing.TB, body string) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err != nil {
		t.Fatalf("%v in %s", err, body)
	}
	return v
}

// schemas are those of the answers, by operation, status and kind; operations
// that nobody asked for stand in it with none.
var schemas = sync.OnceValue(func() map[string]*jsonschema.Schema {
	const url = "http://liksom.test/openapi.json"
	api := admin.New(admin.Config{Version: "test"})
	answer := httptest.NewRecorder()
	api.ServeHTTP(answer, httptest.NewRequest("GET", "/sandbox/v1/openapi.json", nil))
	document, err := jsonschema.UnmarshalJSON(answer.Body)
	if err != nil {
		panic(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(url, document); err != nil {
		panic(err)
	}
	out := map[string]*jsonschema.Schema{}
	escape := strings.NewReplacer("~", "~0", "/", "~1", "{", "%7B", "}", "%7D")
	for path, item := range document.(map[string]any)["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			for status, response := range op.(map[string]any)["responses"].(map[string]any) {
				for kind := range response.(map[string]any)["content"].(map[string]any) {
					out[strings.ToUpper(method)+" "+path+" "+status+" "+kind] = compiler.MustCompile(
						url + "#/paths/" + escape.Replace(path) + "/" + method + "/responses/" + status + "/content/" + escape.Replace(kind) + "/schema")
				}
			}
		}
	}
	return out
})

// documented holds an answer against the document.
func documented(t testing.TB, r *http.Request, answer *httptest.ResponseRecorder) {
	t.Helper()
	path := oneID.ReplaceAllString(r.URL.Path, "$1/{id}$3")
	key := fmt.Sprintf("%s %s %d %s", r.Method, path, answer.Code, answer.Header().Get("Content-Type"))
	schema, ok := schemas()[key]
	if !ok {
		t.Errorf("the document has no answer %s: %s", key, answer.Body)
		return
	}
	var body any = answer.Body.String()
	if strings.Contains(key, "json") {
		body = decode(t, answer.Body.String())
	}
	if err := schema.Validate(body); err != nil {
		t.Errorf("%s: %v\n%s", key, err, answer.Body)
	}
}

var oneID = regexp.MustCompile(`(/persons|/clients)/([0-9]{1,11}|demo|nobody|x)(/\w+)?$`)

// TestAnswers_keep_the_document asks for every operation in the document, well and
// badly; call holds each answer against its schema there.
func TestAnswers_keep_the_document(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.sent()
	asked := map[string]bool{}
	for _, c := range []struct {
		method, path, body string
		status             int
	}{
		{"GET", "/persons?q=sindig", "", 200},
		{"GET", "/persons?limit=2", "", 200},
		{"GET", "/persons?q=nobody", "", 200},
		{"GET", "/persons?limit=0", "", 200},
		{"GET", "/persons?limit=-1", "", 400},
		{"GET", "/persons/" + sindig, "", 200},
		{"GET", "/persons/" + grundig, "", 200},
		{"GET", "/persons/" + seig, "", 200},
		{"GET", "/persons/" + nobody, "", 200},
		{"GET", "/persons/" + absent, "", 404},
		{"GET", "/persons/" + real, "", 404},
		{"GET", "/persons/1", "", 400},
		{"POST", "/persons", `{}`, 201},
		{"POST", "/persons/bulk", `{"operations":[{"op":"create"}]}`, 200},
		{"POST", "/persons/bulk", `{"operations":[]}`, 400},
		{"PATCH", "/persons/" + sindig, `{"spraak":"nb"}`, 200},
		{"POST", "/persons/" + sindig + "/undo", "", 200},
		{"POST", "/persons/" + modig + "/replace", "", 200},
		{"DELETE", "/persons/" + sindig, "", 200},
		{"POST", "/validate", `{"personidentifikatorer":["05840399895","57859010050","17859010068","15869055538","05240399816","x",""]}`, 200},
		{"POST", "/validate", `{"personidentifikatorer":[]}`, 400},
		{"GET", "/persons?q=status:AKTIV&facets=true&sort=-foedselsdato&limit=2", "", 200},
		{"GET", "/persons?q=stauts:AKTIV", "", 400},
		{"GET", "/persons?sample=2&seed=7", "", 200},
		{"GET", "/persons?sample=0", "", 400},
		{"GET", "/complete?q=sta&at=3", "", 200},
		{"GET", "/complete?q=sta&at=x", "", 400},
		{"GET", "/catalogue", "", 200},
		{"GET", "/stats", "", 200},
		{"GET", "/clock", "", 200},
		{"PUT", "/clock", `{"advance":"P1D"}`, 200},
		{"DELETE", "/clock", "", 200},
		{"POST", "/reset", "", 200},
		{"POST", "/tokens", `{"client_id":"demo","scope":"a b"}`, 200},
		{"POST", "/tokens", `{"client_id":"nobody","scope":"a b"}`, 404},
		{"POST", "/tokens", `{}`, 400},
		{"POST", "/assertions/explain", `{"assertion":"a.b.c"}`, 200},
		{"POST", "/assertions/explain", `{"assertion":"a.b"}`, 200},
		{"POST", "/assertions/explain", `{}`, 400},
		{"POST", "/certificates", `{"orgno":"310000019"}`, 200},
		{"POST", "/certificates", `{"orgno":"1"}`, 400},
		{"POST", "/certificates", `{"orgno":"310000019","state":"lost"}`, 400},
		{"POST", "/keys/rotate", "", 200},
		{"GET", "/clients", "", 200},
		{"GET", "/clients/demo/key", "", 200},
		{"GET", "/clients/nobody/key", "", 404},
		{"GET", "/guesses", "", 200},
		{"GET", "/journal", "", 200},
		{"GET", "/journal?limit=x", "", 400},
		{"GET", "/outbox", "", 200},
		{"GET", "/outbox?since=x", "", 400},
		{"DELETE", "/outbox", "", 200},
	} {
		w.must(c.status, c.method, c.path, c.body)
		path, _, _ := strings.Cut(c.path, "?")
		asked[c.method+" "+oneID.ReplaceAllString("/sandbox/v1"+path, "$1/{id}$3")] = true
	}
	for key := range schemas() {
		if f := strings.Fields(key); !asked[f[0]+" "+f[1]] {
			t.Errorf("%s %s stands in the document and was not asked for", f[0], f[1])
		}
	}
}

// The person's shape is the contract of the control API: Tenor's names for the
// population register, then the contact register's own, nested as on its wire.
func TestPerson_is_spelt_like_this(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	for path, want := range map[string]string{
		sindig: `{"personidentifikator":"05840399895","identifikatorType":"foedselsnummer","visningnavn":"SINDIG TREKKFUGL","fornavn":"SINDIG","etternavn":"TREKKFUGL",` +
			`"foedselsdato":"2003-04-05","kjoenn":"kvinne","personstatus":"bosatt","kommunenr":"0301","relasjoner":[{"personidentifikator":"12829499914","relasjon":"partner"}],"katalog":"fersk-alt","registrert":"2018-09-08T12:00:00+02","reservasjon":"JA","reservasjonstidspunkt":"2026-11-22T12:00:00+01",` +
			`"reservasjon_oppdatert":"2026-11-22T12:00:00+01","status":"AKTIV","varslingsstatus":"KAN_IKKE_VARSLES",` +
			`"kontaktinformasjon":{"epostadresse":"\"<&>\"@example.test","epostadresse_duplisert":"NEI","epostadresse_oppdatert":"2024-06-08T12:00:00+02","epostadresse_sist_verifisert":"2024-09-16T12:00:00+02"},` +
			`"spraak":"nn","spraak_oppdatert":"2026-11-20T12:00:00+01"}`,
		grundig: `{"personidentifikator":"12829499914","identifikatorType":"foedselsnummer","visningnavn":"GRUNDIG BLÅVEIS","fornavn":"GRUNDIG","etternavn":"BLÅVEIS",` +
			`"foedselsdato":"1994-02-12","kjoenn":"mann","personstatus":"bosatt","registrert":"2018-09-08T12:00:00+02","reservasjon":"NEI","status":"AKTIV","varslingsstatus":"KAN_VARSLES",` +
			`"kontaktinformasjon":{"mobiltelefonnummer":"+4799990001","mobiltelefonnummer_duplisert":"NEI","mobiltelefonnummer_oppdatert":"2026-11-16T12:00:00+01","mobiltelefonnummer_sist_validert":"2026-11-17T12:00:00+01"},` +
			`"digital_post":{"postkasseadresse":"grundig#9YDT","postkasseleverandoeradresse":"984661185"},"postkassetilstand":"aktiv","sertifikattilstand":"gyldig"}`,
		seig: `{"personidentifikator":"52905200100","identifikatorType":"dNummer","visningnavn":"SEIG ISFJELL","fornavn":"SEIG","etternavn":"ISFJELL",` +
			`"foedselsdato":"1952-10-12","personstatus":"doed","registrert":"2018-09-08T12:00:00+02","status":"SLETTET","varslingsstatus":"KAN_IKKE_VARSLES"}`,
	} {
		if got := strings.TrimSpace(w.call("GET", "/persons/"+path, "").Body.String()); got != want {
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
	newWorld(t).api.ServeHTTP(w, r)
	if w.Code != 200 || w.Body.String() != "a.b.c\n" || w.Header().Get("Cache-Control") != "no-store" {
		t.Errorf("%d %q %v", w.Code, w.Body, w.Header())
	}
}

func TestValidate_masks_what_it_judges(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := strings.TrimSpace(w.call("POST", "/validate", `{"personidentifikatorer":["57859010050","17859010068","x"]}`).Body.String())
	want := `{"resultater":[` +
		`{"nummer":"578590*****","gyldig":true,"syntetisk":true,"identifikatorType":"dNummer","serie":"+80: Tenor og Test-Norge","foedselsdato":"1990-05-17","kjoenn":"kvinne","regel":"1964","kontrollsifre":"50","forklaring":"A valid number."},` +
		`{"nummer":"178590*****","gyldig":false,"syntetisk":false,"serie":"+80: Tenor og Test-Norge","kontrollsifre":"67","forklaring":"The check digits are 68 and should be 67, or a digit before them is wrong."},` +
		`{"nummer":"x","gyldig":false,"syntetisk":false,"forklaring":"A personidentifikator has 11 digits and nothing else; this has 1 characters."}]}`
	if got != want {
		t.Errorf(" got %s\nwant %s", got, want)
	}
}

func TestGuesses_are_told_with_their_switches(t *testing.T) {
	t.Parallel()
	listed := newWorld(t).must(200, "GET", "/guesses", "")["guesses"].([]any)
	first := listed[0].(map[string]any)
	if first["name"] != "filter_stale" || first["value"] != "off" || first["default"] != "on" || fmt.Sprint(first["choices"]) != "[on off]" {
		t.Errorf("the first is %v", first)
	}
	if second := listed[1].(map[string]any); second["value"] != nil || second["choices"] != nil {
		t.Errorf("one without a switch is %v", second)
	}
}
