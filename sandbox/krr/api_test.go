package krr_test

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"slices"
	"strconv"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/krr"
)

const (
	v1    = "/rest/v1/personer"
	v2    = "/rest/v2/personer"
	feed  = "/rest/v2/krr/hentEndringer"
	askA  = `{"personidentifikatorer":["` + idA + `"]}`
	plain = "application/json"
)

// request makes a good request; changes follow as "Name: value", and an empty
// value takes a header away.
func request(method, path, body string, headers ...string) *http.Request {
	r := httptest.NewRequest(method, path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer BOTH")
	r.Header.Set("Content-Type", plain)
	for _, h := range headers {
		name, value, _ := strings.Cut(h, ":")
		if value = strings.TrimSpace(value); value == "" {
			r.Header.Del(name)
		} else {
			r.Header.Add(name, value)
		}
	}
	return r
}

// brokenBody ends in an error.
type brokenBody struct{ io.Reader }

func (brokenBody) Close() error { return nil }

func broken() *http.Request {
	r := request("POST", v1, "")
	r.ContentLength = 100
	r.Body = brokenBody{io.MultiReader(strings.NewReader(`{"pers`), errorReader{})}
	return r
}

type errorReader struct{}

func (errorReader) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func chunked(body string) *http.Request {
	r := request("POST", v1, body)
	r.ContentLength = -1
	return r
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	padded := `{"personidentifikatorer":["` + idA + `"],"x":"` + strings.Repeat("x", 2<<20) + `"}`
	const (
		unauthorized = `{"errors":[{"status":"401","title":"Missing or invalid access token"}]}`
		forbidden    = `{"errors":[{"status":"403","title":"No krr scope in the token"}]}`
		unknown      = `{"errors":[{"status":"404","title":"No such resource","detail":"there are POST /rest/v1/personer, POST /rest/v2/personer, GET /rest/v1/person, PATCH /rest/v1/person, GET /rest/v2/person, POST /rest/v2/krr/hentEndringer, GET /rest/v1/printSertifikat, GET /rest/v2/printSertifikat and POST /sandbox/krr/spraak"}]}`
		method       = `{"errors":[{"status":"405","title":"Method not allowed","detail":"/rest/v1/personer takes POST"}]}`
		accept       = `{"errors":[{"status":"406","title":"Not acceptable","detail":"the answer is application/json or application/jose"}]}`
		onlyJSON     = `{"errors":[{"status":"406","title":"Not acceptable","detail":"the answer is application/json"}]}`
		retired      = `{"errors":[{"status":"404","title":"No such resource","detail":"this path closed in 2023; look up with POST /rest/v1/personer or /rest/v2/personer"}]}`
		conflict     = `{"errors":[{"status":"409","title":"The language cannot be set","detail":"the person has a language, which is not overwritten","source":{"pointer":"/spraak"}}]}`
		language     = `{"errors":[{"status":"422","title":"Invalid value","detail":"See documentation for list of possible values.","source":{"pointer":"/spraak"}}]}`
		large        = `{"errors":[{"status":"413","title":"Request body too large","detail":"the body may hold at most 1048576 bytes"}]}`
		contentType  = `{"errors":[{"status":"415","title":"Unsupported media type","detail":"send the body as application/json"}]}`
		types        = "personidentifikatorer must be an array of strings, inkluderIkkeRegistrerte a boolean"
		count        = `{"errors":[{"status":"400","title":"Wrong number of identifiers","detail":"personidentifikatorer must hold between 1 and 1000 values","source":{"pointer":"/personidentifikatorer"}}]}`
	)
	unreadable := func(detail string) string {
		return `{"errors":[{"status":"400","title":"Unreadable request body","detail":"` + detail + `"}]}`
	}
	wrongType := func(pointer string) string {
		return `{"errors":[{"status":"400","title":"Invalid value","detail":"` + types + `","source":{"pointer":"` + pointer + `"}}]}`
	}
	cases := map[string]refusalCase{
		"no token":                        {request("POST", v1, askA, "Authorization:"), "token.missing", unauthorized, "WWW-Authenticate: Bearer", "no Authorization header"},
		"another scheme":                  {request("POST", v1, askA, "Authorization:", "Authorization: Basic Ym90aDo="), "token.missing", unauthorized, "WWW-Authenticate: Bearer", "no bearer token"},
		"a scheme without a token":        {request("POST", v1, askA, "Authorization:", "Authorization: Bearer"), "token.missing", unauthorized, "WWW-Authenticate: Bearer", "no bearer token"},
		"a token that is refused":         {request("POST", v1, askA, "Authorization:", "Authorization: Bearer OUT"), "token.invalid", unauthorized, `WWW-Authenticate: Bearer error="invalid_token"`, "ran out at 12:00:00"},
		"a scope of before 2023":          {request("POST", v1, askA, "Authorization:", "Authorization: Bearer OLD"), "scope.missing", forbidden, `WWW-Authenticate: Bearer error="insufficient_scope"`, "it is krr:global/kontaktinformasjon.read now"},
		"a scope for the one logged in":   {request("POST", v1, askA, "Authorization:", "Authorization: Bearer USER"), "scope.missing", forbidden, `WWW-Authenticate: Bearer error="insufficient_scope"`, "krr:user scopes are for"},
		"another scope":                   {request("POST", v1, askA, "Authorization:", "Authorization: Bearer FEED_ONLY"), "scope.missing", forbidden, `WWW-Authenticate: Bearer error="insufficient_scope"`, "krr:global/hentendring.read"},
		"another path":                    {request("POST", "/rest/v1/people", askA), "path.unknown", unknown, "", "/rest/v1/people"},
		"a path below":                    {request("POST", v1+"/"+idA, askA), "path.unknown", unknown, "", "148381*****"},
		"a long path":                     {request("POST", "/rest/"+strings.Repeat("ø", 500), askA), "path.unknown", unknown, "", "ø…\"; there are"},
		"the root":                        {request("GET", "/", ""), "path.unknown", unknown, "", `"/"`},
		"GET":                             {request("GET", v1, "", "Authorization:"), "method.wrong", method, "Allow: POST", `"GET"`},
		"GET with a slash":                {request("GET", v1+"/", ""), "method.wrong", method, "Allow: POST", `"GET"`},
		"OPTIONS":                         {request("OPTIONS", v1, ""), "method.wrong", method, "Allow: POST", `"OPTIONS"`},
		"a document sent":                 {request("POST", krr.DocumentPath, askA), "method.wrong", strings.ReplaceAll(method, "/rest/v1/personer takes POST", "/v3/api-docs takes GET"), "Allow: GET, HEAD", `"POST"`},
		"a method nobody knows":           {request("FETCH", v1, ""), "method.wrong", method, "Allow: POST", `"FETCH"`},
		"text wanted":                     {request("POST", v1, askA, "Accept: text/html"), "accept.impossible", accept, "", "text/html"},
		"an Accept header of no form":     {request("POST", v1, askA, "Accept: ;;"), "accept.impossible", accept, "", `";;"`},
		"JSON refused by its quality":     {request("POST", v1, askA, "Accept: */*, application/json;q=0"), "accept.impossible", accept, "", "q=0"},
		"signed refused by its quality":   {request("POST", v1, askA, "Accept: application/jose;q=0"), "accept.impossible", accept, "", "q=0"},
		"a signed feed wanted":            {request("POST", feed, `{"fraEndringsId":0}`, "Authorization:", "Authorization: Bearer FEED", "Accept: application/jose"), "accept.impossible", onlyJSON, "", "application/jose"},
		"a signed print certificate":      {request("GET", "/rest/v2/printSertifikat", "", "Authorization:", "Accept: application/jose"), "accept.impossible", onlyJSON, "", "application/jose"},
		"a retired path":                  {request("POST", "/kontaktinfo-oauth2-server/rest/v1/personer", askA), "path.retired", retired, "", "closed in 2023"},
		"a retired path with a slash":     {request("POST", "/kontaktinfo-oauth2-server/rest/v1/personer/", askA), "path.retired", retired, "", "closed in 2023"},
		"a language over another":         {setLanguage(idA, "nn"), "language.taken", conflict, "", "148381*****"},
		"a language that is none":         {setLanguage(idB, "sv"), "language.unknown", language, "", `"sv"`},
		"no language":                     {setLanguage(idB, ""), "language.unknown", language, "", `""`},
		"a language for a deleted person": {setLanguage(idE, "nn"), "language.taken", strings.Replace(conflict, "the person has a language, which is not overwritten", "the person is SLETTET and is not registered anew", 1), "", "SLETTET"},
		"a form":                          {request("POST", v1, askA, "Content-Type:", "Content-Type: application/x-www-form-urlencoded"), "content_type.wrong", contentType, "", "form-urlencoded"},
		"no content type":                 {request("POST", v1, askA, "Content-Type:"), "content_type.wrong", contentType, "", `""`},
		"no content type, length unknown": {withoutType(chunked(askA)), "content_type.wrong", contentType, "", `""`},
		"a content type that is none":     {request("POST", v1, askA, "Content-Type:", "Content-Type: json"), "content_type.wrong", contentType, "", `"json"`},
		"2 MB":                            {request("POST", v1, padded), "body.large", large, "", "1048576"},
		"2 MB, length unknown":            {chunked(padded), "body.large", large, "", "1048576"},
		"a body that breaks off":          {broken(), "body.unreadable", unreadable("the body broke off"), "", "broke off"},
		"no body":                         {request("POST", v1, "", "Content-Type:"), "body.unreadable", unreadable("the body is not JSON; the fault is after 0 of 0 bytes"), "", "not JSON"},
		"text after the document":         {request("POST", v1, askA+"]"), "body.unreadable", unreadable("the body is not JSON; the fault is after 41 of 42 bytes"), "", "after 41 of 42"},
		"bytes that are not UTF-8":        {request("POST", v1, "{\"personidentifikatorer\":[\"\xff\"]}"), "body.unreadable", unreadable("the body is not UTF-8"), "", "UTF-8"},
		"a byte order mark alone":         {request("POST", v1, "\ufeff"), "body.unreadable", unreadable("the body is not JSON; the fault is after 0 of 0 bytes"), "", "not JSON"},
		"two byte order marks":            {request("POST", v1, "\ufeff\ufeff"+askA), "body.unreadable", unreadable("the body is not JSON; the fault is after 0 of 44 bytes"), "", "not JSON"},
		"an array":                        {request("POST", v1, `["`+idA+`"]`), "body.unreadable", unreadable("the body must be a JSON object"), "", "no object"},
		"null":                            {request("POST", v1, `null`), "body.unreadable", unreadable("the body must be a JSON object"), "", "no object"},
		"a text for the list":             {request("POST", v1, `{"personidentifikatorer":"`+idA+`"}`), "body.type", wrongType("/personidentifikatorer"), "", "/personidentifikatorer"},
		"a number in the list":            {request("POST", v1, `{"personidentifikatorer":["`+idA+`",14838131043]}`), "body.type", wrongType("/personidentifikatorer/1"), "", "/personidentifikatorer/1"},
		"null in the list":                {request("POST", v1, `{"personidentifikatorer":[null]}`), "body.type", wrongType("/personidentifikatorer/0"), "", "/personidentifikatorer/0"},
		"a text for the flag":             {request("POST", v2, `{"personidentifikatorer":["`+idA+`"],"inkluderIkkeRegistrerte":"true"}`), "body.type", wrongType("/inkluderIkkeRegistrerte"), "", "boolean"},
		"no identifiers":                  {request("POST", v2, `{"personidentifikatorer":[]}`), "ids.count", count, "", "has 0 identifiers"},
		"an identifier of ten digits": {
			request("POST", v1, `{"personidentifikatorer":["1483813104"]}`), "id.malformed",
			`{"errors":[{"status":"400","title":"Invalid identifier","detail":"a personidentifikator has exactly 11 digits","source":{"pointer":"/personidentifikatorer/0"}}]}`, "", "has 10 characters",
		},
		"the token is checked before the rest": {request("POST", v1, "x", "Authorization:", "Accept: text/html", "Content-Type:"), "token.missing", unauthorized, "", ""},
		"the scope is checked before Accept":   {request("POST", v1, "x", "Authorization:", "Authorization: Bearer OLD", "Accept: text/html"), "scope.missing", forbidden, "", ""},
		"Accept is checked before the type":    {request("POST", v1, "x", "Accept: text/html", "Content-Type:"), "accept.impossible", accept, "", ""},
		"the type is checked before the body":  {request("POST", v1, "x", "Content-Type:"), "content_type.wrong", contentType, "", ""},
	}
	seen := map[string]bool{"change.lost": true} // TestALanguageThatCannotBeKept
	for _, c := range cases {
		seen[c.rule] = true
	}
	if len(seen) != krr.RefusalKinds {
		t.Errorf("the cases show %d kinds of refusal, the table has %d", len(seen), krr.RefusalKinds)
	}
	for name, c := range cases {
		t.Run(name, c.check)
	}
}

type refusalCase struct {
	request *http.Request
	rule    string
	body    string
	header  string // one that must be there
	reason  string // what the reason must hold
}

func (c refusalCase) check(t *testing.T) {
	t.Parallel()
	api, verdicts := newAPI(t, conformancePersons(t))
	rec := httptest.NewRecorder()
	api.ServeHTTP(rec, c.request)
	documented(t, c.request, rec)
	if rec.Body.String() != c.body {
		t.Errorf("body\n got %s\nwant %s", rec.Body, c.body)
	}
	if want := `"status":"` + strconv.Itoa(rec.Code) + `"`; !strings.Contains(c.body, want) {
		t.Errorf("status is %d", rec.Code)
	}
	if header, value, _ := strings.Cut(c.header, ": "); header != "" && rec.Header().Get(header) != value {
		t.Errorf("%s is %q, want %q", header, rec.Header().Get(header), value)
	}
	if got := rec.Header().Get("Content-Length"); got != strconv.Itoa(rec.Body.Len()) {
		t.Errorf("Content-Length is %s of %d", got, rec.Body.Len())
	}
	v := verdicts()
	if len(v) != 1 || !v[0].Refused || v[0].Rule != c.rule || len(v[0].Reason) < 20 || !strings.Contains(v[0].Reason, c.reason) {
		t.Errorf("verdicts are %+v; want one of rule %s with %q", v, c.rule, c.reason)
	}
}

func withoutType(r *http.Request) *http.Request {
	r.Header.Del("Content-Type")
	return r
}

func TestRequestsThatAreLessUsualAreAnswered(t *testing.T) {
	t.Parallel()
	for name, r := range map[string]*http.Request{
		"a slash at the end":                 request("POST", v1+"/", askA),
		"a header Http-metode":               request("POST", v1, askA, "Http-metode: POST"),
		"a query":                            request("POST", v1+"?x=1", askA),
		"bearer in lower case":               request("POST", v1, askA, "Authorization:", "Authorization: bearer BOTH"),
		"more spaces before the token":       request("POST", v1, askA, "Authorization:", "Authorization: Bearer   BOTH "),
		"a content type with charset":        request("POST", v1, askA, "Content-Type:", "Content-Type: application/json; charset=UTF-8"),
		"a content type in other case":       request("POST", v1, askA, "Content-Type:", "Content-Type: Application/JSON"),
		"anything accepted":                  request("POST", v1, askA, "Accept: */*"),
		"any application type accepted":      request("POST", v1, askA, "Accept: application/*"),
		"JSON among others":                  request("POST", v1, askA, "Accept: text/html, application/json;q=0.5"),
		"JSON in a second header":            request("POST", v1, askA, "Accept: text/html", "Accept: application/json"),
		"plain or signed":                    request("POST", v1, askA, "Accept: application/json, application/jose"),
		"signed, but rather plain":           request("POST", v1, askA, "Accept: application/jose;q=0.5, application/json"),
		"what Java sends by itself":          request("POST", v1, askA, "Accept: text/html, image/gif, image/jpeg, *; q=.2, */*; q=.2"),
		"anything but signed":                request("POST", v1, askA, "Accept: application/jose;q=0, */*"),
		"all but one type, which is another": request("POST", v1, askA, "Accept: text/html;q=0, */*"),
		"a length that is unknown":           chunked(askA),
		"a byte order mark":                  request("POST", v1, "\ufeff"+askA),
		"unknown fields":                     request("POST", v1, `{"x":[{}],"personidentifikatorer":["`+idA+`"]}`),
		"a key that comes twice":             request("POST", v1, `{"personidentifikatorer":[],"personidentifikatorer":["`+idA+`"]}`),
		"an escape in the identifier":        request("POST", v1, `{"personidentifikatorer":["\u0031`+idA[1:]+`"]}`),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api, verdicts := newAPI(t, conformancePersons(t))
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, r)
			if rec.Code != http.StatusOK || !strings.HasPrefix(rec.Body.String(), `{"personer":[{"personidentifikator":"`+idA+`"`) {
				t.Errorf("%d %s", rec.Code, rec.Body)
			}
			if v, want := verdicts(), []krr.Verdict{{Client: "client-BOTH", IDs: 1, Found: 1}}; !slices.Equal(v, want) {
				t.Errorf("verdicts are %+v, want %+v", v, want)
			}
		})
	}
}

func TestRealNumbersAreAnsweredAsNotRegisteredAndNeverTold(t *testing.T) {
	t.Parallel()
	number := realID(t)
	people := conformancePersons(t)
	intruder := people[0]
	intruder.ID = mustID(t, number)
	api, verdicts := newAPI(t, append(people, intruder))
	rec := httptest.NewRecorder()
	api.ServeHTTP(rec, request("POST", v1, `{"personidentifikatorer":["`+idE+`","`+number+`","`+number+`","`+idF+`"]}`))
	none := `{"personidentifikator":"` + number + `","status":"IKKE_REGISTRERT","varslingsstatus":"KAN_IKKE_VARSLES"}`
	if !strings.Contains(rec.Body.String(), none+","+none) {
		t.Errorf("answer is %s", rec.Body)
	}
	want := krr.Verdict{
		Client: "client-BOTH", Rule: "id.real", IDs: 4, Found: 1,
		Reason: number[:6] + "***** looks like a real number (2 of 4 identifiers do); the sandbox has synthetic persons only, so it is answered as not registered.",
	}
	if v := verdicts(); len(v) != 1 || v[0] != want {
		t.Errorf("verdicts are %+v, want %+v", v, want)
	}
	if body, ok := api.Answer(intruder.ID, 1, sandbox.ScopeContact); !ok || string(body) != none {
		t.Errorf("Answer gives %s, %t", body, ok)
	}
}

func TestNoVerdictHoldsAnUnmaskedNumber(t *testing.T) {
	t.Parallel()
	number := realID(t)
	api, verdicts := newAPI(t, conformancePersons(t), func(c *krr.Config) {
		c.Verify = func(_ context.Context, bearer string) (krr.Grant, error) {
			if bearer == "BOTH" {
				return verify(t.Context(), bearer)
			}
			return krr.Grant{ClientID: "c", Scopes: []string{bearer}}, errorOf(bearer)
		}
	})
	for _, r := range []*http.Request{
		request("POST", v1, askA, "Authorization:", "Authorization: Bearer "+number),
		request("POST", v1, askA, "Authorization:", "Authorization: Bearer scope:"+number),
		request("POST", "/rest/v1/personer/"+number, askA),
		request("POST", "/rest/v1/person/"+number[:6]+"%20"+number[6:], askA),
		request("POST", v1, askA, "Accept: text/"+number),
		request("POST", v1, askA, "Content-Type:", "Content-Type: x/"+number),
		request(number, v1, askA),
		request("POST", v1, `{"personidentifikatorer":["`+number+`x"]}`),
		request("POST", v1, `{"personidentifikatorer":["`+number+`",7]}`),
		request("POST", v1, `{"personidentifikatorer":["`+number+`"]} `+number),
		request("POST", v1, `{"personidentifikatorer":["`+number+`"]}`),
	} {
		rec := httptest.NewRecorder()
		api.ServeHTTP(rec, r)
	}
	v := verdicts()
	if len(v) != 11 {
		t.Errorf("%d verdicts of 11", len(v))
	}
	for _, one := range v {
		if one.Reason == "" || strings.Contains(strings.ReplaceAll(one.Reason, " ", ""), number) {
			t.Errorf("verdict is %+v", one)
		}
	}
}

// errorOf refuses tokens that are a number and lets pass those with a scope.
func errorOf(bearer string) error {
	if strings.HasPrefix(bearer, "scope:") {
		return nil
	}
	return errors.New("the token " + bearer + " is not known")
}

func TestHostileBodiesGetAnAnswerAndOneVerdict(t *testing.T) {
	t.Parallel()
	api, verdicts := newAPI(t, conformancePersons(t))
	bodies := []string{
		strings.Repeat("[", 1<<20), strings.Repeat(`{"a":`, 1<<17), `{"personidentifikatorer":` + strings.Repeat("[", 1<<19),
		`"` + strings.Repeat("a", 1<<19), strings.Repeat(" ", 1<<20), strings.Repeat("9", 1<<20), "\x00", "\ufeff\ufeff" + askA, `{"personidentifikatorer":["` + strings.Repeat("1", 1<<19) + `"]}`,
		`{"personidentifikatorer":[` + strings.Repeat(`"",`, 1<<18) + `""]}`, "{\"personidentifikatorer\":[\"\\ud800\"]}", `{"__proto__":{},"":null}`,
	}
	for i, body := range bodies {
		for _, path := range []string{v1, v2} {
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, request("POST", path, body))
			if rec.Code != http.StatusBadRequest || !json.Valid(rec.Body.Bytes()) || rec.Body.Len() > 1000 {
				t.Errorf("body %d: %d %.200s", i, rec.Code, rec.Body)
			}
		}
	}
	if v := verdicts(); len(v) != 2*len(bodies) {
		t.Errorf("%d verdicts of %d", len(v), 2*len(bodies))
	}
}

func TestABodyOf2MBIsRefusedOverTheNetworkToo(t *testing.T) {
	t.Parallel()
	api, _ := newAPI(t, nil)
	server := httptest.NewServer(api)
	t.Cleanup(server.Close)
	for _, body := range []io.Reader{bytes.NewReader(make([]byte, 2<<20)), io.LimitReader(zeros{}, 2<<20)} {
		r, err := http.NewRequestWithContext(t.Context(), "POST", server.URL+v1, body)
		if err != nil {
			t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer BOTH")
		r.Header.Set("Content-Type", plain)
		answer, err := server.Client().Do(r)
		if err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != http.StatusRequestEntityTooLarge {
			t.Errorf("status is %d", answer.StatusCode)
		}
		if err := answer.Body.Close(); err != nil {
			t.Error(err)
		}
	}
}

type zeros struct{}

func (zeros) Read(b []byte) (int, error) { clear(b); return len(b), nil }

func TestAnswerShowsWhatALookUpTells(t *testing.T) {
	t.Parallel()
	const both = sandbox.ScopeContact | sandbox.ScopeMailbox
	api, _ := newAPI(t, conformancePersons(t))
	for _, digits := range []string{idA, idB, idC, idD, idE, idF, idG, idH, idI, idJ, idK, idL} {
		for version, path := range map[int]string{1: v1, 2: v2} {
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, request("POST", path, `{"personidentifikatorer":["`+digits+`"]}`))
			body, ok := api.Answer(mustID(t, digits), version, both)
			if got := `{"personer":[` + string(body) + `]}`; got != rec.Body.String() {
				t.Errorf("version %d: Answer gives %s, the look-up %s", version, got, rec.Body)
			}
			if want := digits != idF || version == 1; ok != want {
				t.Errorf("version %d of %s: ok is %t", version, digits, ok)
			}
		}
	}
}

func TestThousandIdentifiersComeBackInOrder(t *testing.T) {
	t.Parallel()
	people := manyPersons(t, 1000)
	api, _ := newAPI(t, people)
	var ids []string
	for _, p := range people {
		ids = append(ids, p.ID.Digits())
	}
	slices.Reverse(ids)
	for _, path := range []string{v1, v2} {
		rec := httptest.NewRecorder()
		api.ServeHTTP(rec, request("POST", path, `{"personidentifikatorer":["`+strings.Join(ids, `","`)+`"]}`))
		var answer krr.PersonsAnswer
		if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, p := range answer.Personer {
			got = append(got, p.Personidentifikator)
		}
		if !slices.Equal(got, ids) {
			t.Errorf("%s: %d persons, or another order", path, len(got))
		}
	}
}

func TestParallelRequestsDoNotMixUp(t *testing.T) {
	t.Parallel()
	people := manyPersons(t, 64)
	api, _ := newAPI(t, people, func(c *krr.Config) { c.Explain = nil })
	for _, p := range people {
		t.Run(p.ID.String(), func(t *testing.T) {
			t.Parallel()
			for range 20 {
				rec := httptest.NewRecorder()
				api.ServeHTTP(rec, request("POST", v2, `{"personidentifikatorer":["`+p.ID.Digits()+`"]}`))
				if !strings.Contains(rec.Body.String(), p.ID.Digits()) || !strings.Contains(rec.Body.String(), p.Email.Value) {
					t.Errorf("got another's answer: %s", rec.Body)
				}
			}
		})
	}
}

// gone is a caller who does not wait for the answer.
type gone struct{ *httptest.ResponseRecorder }

func (gone) Write([]byte) (int, error) { return 0, errors.New("broken pipe") }

func TestACallerWhoWentAwayIsLoggedAtDebugOnly(t *testing.T) {
	t.Parallel()
	var lines bytes.Buffer
	api, verdicts := newAPI(t, conformancePersons(t), func(c *krr.Config) {
		c.Log = slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug}))
	})
	api.ServeHTTP(gone{httptest.NewRecorder()}, request("POST", v1, askA))
	if got := lines.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "level=DEBUG") || !strings.Contains(got, "broken pipe") {
		t.Errorf("log is %q", got)
	}
	if len(verdicts()) != 1 {
		t.Errorf("verdicts are %+v", verdicts())
	}
}

func TestNewRefusesWhatItCannotWorkWith(t *testing.T) {
	t.Parallel()
	register := sandbox.NewRegister(newImage(t, nil), sandbox.NewFrozenClock(conformanceClock))
	pair := signing(t)
	good := krr.Config{
		Register: register, Verify: verify, Certificate: certificate, SigningKey: pair.key, SigningCert: pair.certificate,
		PrintCertificate: func(string) string { return posten },
	}
	if _, err := krr.New(good); err != nil {
		t.Fatalf("a good Config is refused: %v", err)
	}
	for name, spoil := range map[string]func(*krr.Config){
		"nothing at all":                        func(c *krr.Config) { *c = krr.Config{} },
		"no way to check a token":               func(c *krr.Config) { c.Verify = nil },
		"no key to sign with":                   func(c *krr.Config) { c.SigningKey = nil },
		"a signing certificate for another key": func(c *krr.Config) { c.SigningKey = otherKey(t) },
		"a signing certificate that is none":    func(c *krr.Config) { c.SigningCert = []byte("MIIB") },
		"a page that is too large":              func(c *krr.Config) { c.FeedPage = 1001 },
		"a page below nothing":                  func(c *krr.Config) { c.FeedPage = -1 },
		"a provider's certificate that is a key": func(c *krr.Config) {
			c.Certificate = func(sandbox.Provider, sandbox.CertificateState) string { return "MIIB" }
		},
		"a print certificate that is a key": func(c *krr.Config) { c.PrintCertificate = func(string) string { return "MIIB" } },
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := good
			spoil(&c)
			if api, err := krr.New(c); err == nil || api != nil {
				t.Errorf("New gives %v, %v", api, err)
			}
		})
	}
}

func otherKey(t *testing.T) *rsa.PrivateKey {
	t.Helper()
	key, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	return key
}

func TestGuessesAreSetByName(t *testing.T) {
	t.Parallel()
	var all krr.Guesses
	for _, s := range [][2]string{
		{"filter_stale", "kan_ikke_varsles"}, {"stale_mailbox", "filter"}, {"reserved_contact", "hide"}, {"v2_include_unregistered", "true"}, {"v2_deleted", "drop"},
		{"malformed_id", "lenient"}, {"wrong_checksum", "400"}, {"repeated_id", "once"}, {"certificate", "base64"}, {"feed_start", "inclusive"}, {"feed_varslingsstatus", "omit"},
		{"new_fields", "omit"}, {"unknown_field", "add"},
	} {
		if err := all.Set(s[0], s[1]); err != nil {
			t.Error(err)
		}
	}
	want := krr.Guesses{
		Policy:              sandbox.Policy{FilterStale: sandbox.FilterNotifiable, FilterAlone: true, HideReservedContact: true},
		IncludeUnregistered: true, DropDeleted: true, LenientIDs: true, StrictChecksum: true, Repeated: krr.RepeatedOnce, BareCertificate: true,
		FeedInclusive: true, FeedWithoutNotice: true, WithoutNewFields: true, UnknownField: true,
	}
	if all != want {
		t.Errorf("set %+v, want %+v", all, want)
	}
	for _, s := range [][2]string{
		{"filter_stale", "on"}, {"stale_mailbox", "return"}, {"reserved_contact", "return"}, {"v2_include_unregistered", "false"}, {"v2_deleted", "keep"},
		{"malformed_id", "400"}, {"wrong_checksum", "unregistered"}, {"repeated_id", "version"}, {"certificate", "pem"}, {"feed_start", "exclusive"}, {"feed_varslingsstatus", "include"},
		{"new_fields", "tell"}, {"unknown_field", "none"},
	} {
		if err := all.Set(s[0], s[1]); err != nil {
			t.Error(err)
		}
	}
	if all != (krr.Guesses{}) {
		t.Errorf("the first word of each is not its default: %+v", all)
	}
	for name, want := range map[string]string{
		"certificate": `certificate is pem or base64, not "x"`,
		"stale":       `there is no guess "stale"; there are filter_stale, stale_mailbox, reserved_contact, v2_include_unregistered, v2_deleted, malformed_id, wrong_checksum, repeated_id, certificate, new_fields, unknown_field, feed_start, feed_varslingsstatus`,
	} {
		if err := all.Set(name, "x"); err == nil || err.Error() != want {
			t.Errorf("error is %v, want %s", err, want)
		}
	}
}
