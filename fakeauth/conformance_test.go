package fakeauth

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"encoding/base64"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
)

// The cases of this file were composed from Digdir's documentation and public
// logs of clients.

func TestCase01PlainTokenHasTheRealShape(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	got := r.post(t, byA(t, nil))
	token, _ := got.body["access_token"].(string)
	delete(got.body, "access_token")
	if want := (map[string]any{"token_type": "Bearer", "expires_in": 119.0, "scope": "demo:read"}); got.status != http.StatusOK || !reflect.DeepEqual(got.body, want) {
		t.Fatalf("got %d %v, want 200 %v", got.status, got.body, want)
	}

	header, order := partOf(t, token, 0)
	if want := (map[string]any{"kid": "mp-1", "alg": "RS256"}); !reflect.DeepEqual(header, want) || order[0] != "kid" {
		t.Errorf("header is %v in order %v, want %v", header, order, want)
	}
	claims, _ := partOf(t, token, 1)
	if id, _ := claims["jti"].(string); len(id) != 43 {
		t.Errorf("jti is %v, want 43 characters", claims["jti"])
	}
	delete(claims, "jti")
	want := map[string]any{
		"scope": "demo:read", "iss": issuer, "client_amr": "private_key_jwt", "token_type": "Bearer", "client_id": "ca",
		"iat": float64(start.Unix()), "exp": float64(start.Unix() + 120),
		"consumer": map[string]any{"authority": "iso6523-actorid-upis", "ID": "0192:" + orgA},
	}
	if !reflect.DeepEqual(claims, want) {
		t.Errorf("claims are %v, want %v", claims, want)
	}

	jws, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := jws.Verify(&issuerKey().PublicKey); err != nil {
		t.Error(err)
	}
}

func TestCase01VerdictTellsOfTheToken(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	r.post(t, byA(t, nil))
	got := r.lastVerdict(t)
	if len(got.TraceID) != 32 {
		t.Errorf("trace id is %q", got.TraceID)
	}
	got.TraceID = ""
	if want := (Verdict{Client: "ca", Reason: `issued a token for scope "demo:read"`}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestCase03TwoScopesAreOneString(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	for name, scope := range map[string]string{
		"two scopes":                   "demo:read demo:write",
		"a scope that comes twice":     "demo:read demo:write demo:read",
		"more white space than needed": "  demo:read\tdemo:write ",
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := r.post(t, byA(t, members{"scope": scope}))
			if got.body["scope"] != "demo:read demo:write" {
				t.Fatalf("got %d %v", got.status, got.body)
			}
			if claims, _ := partOf(t, got.body["access_token"].(string), 1); claims["scope"] != "demo:read demo:write" {
				t.Errorf("claims are %v", claims)
			}
		})
	}
}

func TestCase04ClientHasItsOwnLifetime(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	got := r.post(t, signed(t, jose.RS256, otherKey(), members{"kid": "s1"}, goodClaims().with(members{"iss": "cb"})))
	if got.body["expires_in"] != 599.0 {
		t.Errorf("got %d %v, want expires_in 599", got.status, got.body)
	}
}

// TestClaims covers what depends on the claims of an otherwise valid assertion.
// reason is a part of what the verdict says.
func TestClaims(t *testing.T) {
	t.Parallel()
	now := start.Unix()
	ok := outcome{Status: http.StatusOK}
	invalidScopes := func(named string) outcome {
		o := of(invalidScope)
		o.Text = fmt.Sprintf(o.Text, named)
		return o
	}
	for name, tc := range map[string]struct {
		changes members
		want    outcome
		reason  string
	}{
		"5: aud without slash is MP-110": {members{"aud": strings.TrimSuffix(issuer, "/")}, of(wrongAudience),
			`aud is "http://localhost:8080/maskinporten" but must be exactly "http://localhost:8080/maskinporten/" (with the slash)`},
		"5: aud with two slashes is MP-110":           {members{"aud": issuer + "/"}, of(wrongAudience), "(with one slash)"},
		"5: aud of the real Maskinporten is MP-110":   {members{"aud": "https://test.maskinporten.no/"}, of(wrongAudience), "not the real Maskinporten"},
		"5: aud of something else is MP-110":          {members{"aud": "x"}, of(wrongAudience), `aud is "x" but must be exactly "http://localhost:8080/maskinporten/"`},
		"5: aud missing is MP-110":                    {members{"aud": nil}, of(wrongAudience), "aud is missing"},
		"5: aud empty list is MP-110":                 {members{"aud": []string{}}, of(wrongAudience), "aud is missing"},
		"6: aud of the token endpoint is MP-110":      {members{"aud": issuer + "token"}, of(wrongAudience), "(the issuer, not the token endpoint)"},
		"6: aud as list of one is accepted":           {members{"aud": []string{issuer}}, ok, ""},
		"6: aud as list of two is MP-110":             {members{"aud": []string{issuer, "x"}}, of(wrongAudience), "aud has 2 values"},
		"6: aud of another served host is accepted":   {members{"aud": otherIssuer}, ok, ""},
		"6: aud as number is MP-011":                  {members{"aud": 1}, of(malformed), "the claim aud must be a string"},
		"7: iat 9 s ahead is accepted":                {members{"iat": now + 9, "exp": now + 100}, ok, ""},
		"7: iat 10 s ahead is accepted":               {members{"iat": now + 10, "exp": now + 100}, ok, ""},
		"7: iat 15 s ahead is refused":                {members{"iat": now + 15, "exp": now + 100}, of(signedAhead), "the assertion was signed 15 s ahead of the server's clock; at most 10 s is accepted"},
		"7: iat 11 s ahead is refused":                {members{"iat": now + 11, "exp": now + 100}, of(signedAhead), "signed 11 s ahead"},
		"7: iat 11 s back is MP-130":                  {members{"iat": now - 11, "exp": now + 100}, of(expiredAssertion), "signed 11 s before"},
		"7: iat 10 s back is accepted":                {members{"iat": now - 10, "exp": now + 100}, ok, ""},
		"7: iat 15 s back is MP-130":                  {members{"iat": now - 15, "exp": now + 100}, of(expiredAssertion), "signed 15 s before the server's clock"},
		"7: iat in milliseconds is explained":         {members{"iat": now * 1000, "exp": now*1000 + 100}, of(signedAhead), "milliseconds"},
		"7: iat in local time is explained":           {members{"iat": now + 3600, "exp": now + 3700}, of(signedAhead), "UTC"},
		"7: exp in milliseconds is explained":         {members{"exp": now * 1000}, of(livesTooLong), "milliseconds"},
		"7: times in local time behind are explained": {members{"iat": now - 7200, "exp": now - 7100}, of(expiredAssertion), "UTC"},
		"7: iat as text is MP-011":                    {members{"iat": "now"}, of(malformed), "the claim iat must be a number"},
		"7: iat missing is refused":                   {members{"iat": nil}, of(missingClaim), "iat is missing"},
		"7: iat beyond all clocks is refused":         {members{"iat": -4e18, "exp": 4e18}, of(expiredAssertion), "more than a year"},
		"7: iat with a fraction is accepted":          {members{"iat": float64(now) + 0.5}, ok, ""},
		"8: a lifetime of 120 s is accepted":          {members{"exp": now + 120}, ok, ""},
		"8: a lifetime of 121 s is refused":           {members{"exp": now + 121}, of(livesTooLong), "valid for 121 s"},
		"8: a lifetime of 10 s is accepted":           {members{"exp": now + 10}, ok, ""},
		"9: exp a second ago is MP-130":               {members{"iat": now - 9, "exp": now - 1}, of(expiredAssertion), "expired 1 s ago"},
		"9: exp now is MP-130":                        {members{"iat": now - 9, "exp": now}, of(expiredAssertion), "expired 0 s ago"},
		"9: exp missing is refused":                   {members{"exp": nil}, of(missingClaim), "exp is missing"},
		"12: iss as kid is MP-100":                    {members{"iss": "k1"}, of(unknownClient), `the kid of a key; it must be the client id, "ca"`},
		"12: iss as client name is MP-100":            {members{"iss": "Client B"}, of(unknownClient), `the name of a client; it must be the client id, "cb"`},
		"12: iss as organisation is MP-100":           {members{"iss": orgA}, of(unknownClient), "an organisation number"},
		"12: iss unknown is MP-100":                   {members{"iss": "cx"}, of(unknownClient), `there are "ca", "cb", "login", "cs", "cc"`},
		"12: iss missing is refused":                  {members{"iss": nil}, of(missingClaim), "iss is missing"},
		"12: iss as ISS is missing":                   {members{"iss": nil, "ISS": "ca"}, of(missingClaim), "iss is missing"},
		"17: a scope that the client lacks is MP-200": {members{"scope": "demo:other"}, invalidScopes("demo:other"), `"demo:other" is not registered on client "ca", which has "demo:read", "demo:write"`},
		"17: one scope too many is MP-200":            {members{"scope": "demo:read a:b c:d"}, invalidScopes("a:b,c:d"), `"a:b", "c:d"`},
		"17: scopes with comma are MP-200":            {members{"scope": "demo:read,demo:write"}, invalidScopes("demo:read,demo:write"), "not by a comma"},
		"17: an identity number as scope is masked":   {members{"scope": "05848998356"}, invalidScopes("058489*****"), "058489*****"},
		"17: odd characters in scope are replaced":    {members{"scope": "æ\"\\"}, invalidScopes("???"), ""},
		"17: scope missing is refused":                {members{"scope": nil}, of(missingScope), "scope is missing"},
		"17: scope empty is refused":                  {members{"scope": " "}, of(missingScope), "scope is missing"},
		"17: scope as list is MP-011":                 {members{"scope": []string{"demo:read"}}, of(malformed), "the claim scope must be one string"},
		"24: sub, nbf and unknown claims are ignored": {members{"sub": "ca", "nbf": now, "x": members{"y": 1}}, ok, ""},
		"24: null is as absent":                       {members{"jti": []byte(nil), "sub": []byte(nil)}, ok, ""},
		"jti as number is MP-011":                     {members{"jti": 1}, of(malformed), "the claim jti must be a string"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			if got := r.outcomeOf(t, r.post(t, byA(t, tc.changes))); got != tc.want {
				t.Errorf("got  %+v\nwant %+v", got, tc.want)
			}
			if got := r.lastVerdict(t).Reason; !strings.Contains(got, tc.reason) {
				t.Errorf("reason is %q, want %q in it", got, tc.reason)
			}
			if len(r.verdicts) != 1 {
				t.Errorf("there are %d verdicts, want 1", len(r.verdicts))
			}
		})
	}
}

func TestCase06TokenNamesTheIssuerOfTheAssertion(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	got := r.post(t, byA(t, members{"aud": otherIssuer}))
	if claims, _ := partOf(t, got.body["access_token"].(string), 1); claims["iss"] != otherIssuer {
		t.Errorf("iss is %v, want %s", claims["iss"], otherIssuer)
	}
}

// TestHeaders covers cases 13 to 15: what depends on the header of an assertion
// and the key it is signed with.
func TestHeaders(t *testing.T) {
	t.Parallel()
	ec, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	ok := outcome{Status: http.StatusOK}
	for name, tc := range map[string]struct {
		alg    jose.SignatureAlgorithm
		key    any
		header members
		want   outcome
		reason string
	}{
		"13: a kid that nobody has is refused":          {jose.RS256, clientKey(), members{"kid": "k9"}, of(unknownKeyID), `kid is "k9", but the registered keys of client "ca" are "k1", "k0"`},
		"13: a kid of another client is refused":        {jose.RS256, otherKey(), members{"kid": "s1"}, of(unknownKeyID), `that key belongs to client "cb"`},
		"13: x5c instead of kid is refused":             {jose.RS256, clientKey(), members{"x5c": []string{certificate(t, clientKey(), seid2(orgA), nil)}}, of(missingKeyID), "the header has x5c but no kid"},
		"13: neither kid nor x5c is refused":            {jose.RS256, clientKey(), nil, of(missingKeyID), "the header has no kid"},
		"13: kid as number is MP-011":                   {jose.RS256, clientKey(), members{"kid": 1}, of(malformed), "the header of the assertion cannot be read"},
		"14: another private key is MP-124":             {jose.RS256, strangerKey(), members{"kid": "k1"}, of(invalidSignature), `the signature does not fit key "k1"`},
		"14: PS256 is MP-124":                           {jose.PS256, clientKey(), members{"kid": "k1"}, of(invalidSignature), `alg is "PS256"`},
		"14: ES256 is MP-124":                           {jose.ES256, ec, members{"kid": "k1"}, of(invalidSignature), `alg is "ES256"`},
		"14: HS256 with the public modulus is MP-124":   {jose.HS256, clientKey().N.Bytes(), members{"kid": "k1"}, of(invalidSignature), `alg is "HS256"`},
		"14: RS384 is accepted":                         {jose.RS384, clientKey(), members{"kid": "k1"}, ok, ""},
		"14: RS512 is accepted":                         {jose.RS512, clientKey(), members{"kid": "k1"}, ok, ""},
		"14: an extension that must be known is MP-124": {jose.RS256, clientKey(), members{"kid": "k1", "crit": []string{"x"}, "x": 1}, of(invalidSignature), ""},
		"15: an expired key is MP-121":                  {jose.RS256, clientKey(), members{"kid": "k0"}, of(expiredKey), `key "k0" of client "ca" expired at 2026-03-01T10:00:00Z`},
		"24: typ is ignored":                            {jose.RS256, clientKey(), members{"kid": "k1", "typ": "JWT"}, ok, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			if got := r.outcomeOf(t, r.post(t, signed(t, tc.alg, tc.key, tc.header, goodClaims()))); got != tc.want {
				t.Errorf("got  %+v\nwant %+v", got, tc.want)
			}
			if got := r.lastVerdict(t).Reason; !strings.Contains(got, tc.reason) {
				t.Errorf("reason is %q, want %q in it", got, tc.reason)
			}
		})
	}
}

func TestCase14AlgNoneIsMP124(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	header := base64.RawURLEncoding.EncodeToString([]byte(`{"alg":"none","kid":"k1"}`))
	_, rest, _ := strings.Cut(byA(t, nil), ".")
	claims, _, _ := strings.Cut(rest, ".")
	if got := r.outcomeOf(t, r.post(t, header+"."+claims+".")); got != of(invalidSignature) {
		t.Errorf("got %+v", got)
	}
}

func TestCase15KeyExpiresToTheSecond(t *testing.T) {
	t.Parallel()
	cfg := config()
	cfg.Registry.Clients[0].Keys[0].Expires = start.Add(time.Second)
	server, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{Server: server, handler: server.Maskinporten()}
	for at, want := range map[time.Time]Outcome{start: Passed, start.Add(time.Second): Failed} {
		r.cfg.Now = func() time.Time { return at }
		for _, step := range r.ExplainAssertion(issuer, byA(t, nil)) {
			if step.Name == "key_age" && step.Outcome != want {
				t.Errorf("at %s: got %+v, want %s", at, step, want)
			}
		}
	}
}

func TestCase15KeyThatIsPostedAgainIsGood(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	later := start.AddDate(0, 0, 366)
	r.setClock(later)
	setExpiry := func(at time.Time) {
		if err := r.Update(func(reg *Registry) error { reg.Client("ca").Keys[0].Expires = at; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	times := members{"iat": later.Unix(), "exp": later.Unix() + 60}
	setExpiry(start.AddDate(1, 0, 0))
	if got := r.outcomeOf(t, r.post(t, byA(t, times))); got != of(expiredKey) {
		t.Errorf("after a year: got %+v", got)
	}
	setExpiry(later.AddDate(1, 0, 0))
	if got := r.outcomeOf(t, r.post(t, byA(t, times))); got.Status != http.StatusOK {
		t.Errorf("posted again: got %+v", got)
	}
}

func TestClientWithoutTheGrantIsRefused(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	got := r.post(t, signed(t, jose.RS256, otherKey(), members{"kid": "l1"}, goodClaims().with(members{"iss": "login", "scope": "openid"})))
	if got := r.outcomeOf(t, got); got != of(grantNotAllowed) {
		t.Errorf("got %+v", got)
	}
}

// TestForms covers case 23. The body has %s where the assertion goes.
func TestForms(t *testing.T) {
	t.Parallel()
	grant := url.QueryEscape(jwtBearer)
	ok := outcome{Status: http.StatusOK}
	for name, tc := range map[string]struct {
		method, query, contentType, body string
		want                             outcome
		reason                           string
	}{
		"a form is accepted":                        {"POST", "", formType, "grant_type=" + grant + "&assertion=%s", ok, ""},
		"a form with charset is accepted":           {"POST", "", formType + "; charset=UTF-8", "grant_type=" + grant + "&assertion=%s", ok, ""},
		"colons without percent are accepted":       {"POST", "", formType, "grant_type=" + jwtBearer + "&assertion=%s", ok, ""},
		"fields of other flows are ignored":         {"POST", "", formType, "grant_type=" + grant + "&assertion=%s&scope=x&scope=y&client_id=ca&client_secret=x&audience=y", ok, ""},
		"a client assertion besides is ignored":     {"POST", "", formType, "grant_type=" + grant + "&assertion=%s&client_assertion=x&client_assertion_type=y", ok, ""},
		"query with empty body is accepted":         {"POST", "grant_type=" + grant + "&assertion=%s", "", "", ok, ""},
		"query with empty JSON is accepted":         {"POST", "grant_type=" + grant + "&assertion=%s", "application/json", "", ok, ""},
		"query and body are not mixed":              {"POST", "grant_type=" + grant, formType, "assertion=%s", of(missingGrantType), ""},
		"a JSON body is refused":                    {"POST", "", "application/json", `{"grant_type":"` + jwtBearer + `","assertion":"%s"}`, of(notAForm), `Content-Type is "application/json"`},
		"a body without type is refused":            {"POST", "", "", "grant_type=" + grant + "&assertion=%s", of(notAForm), "Content-Type"},
		"a multipart body is refused":               {"POST", "", "multipart/form-data; boundary=x", "--x--", of(notAForm), "Content-Type"},
		"a form with bad percents is refused":       {"POST", "", formType, "grant_type=%%zz", of(notAForm), "invalid URL escape"},
		"GET is refused":                            {"GET", "grant_type=" + grant + "&assertion=%s", "", "", of(wrongMethod), `the method is "GET"`},
		"PUT is refused":                            {"PUT", "", formType, "grant_type=" + grant + "&assertion=%s", of(wrongMethod), "POST"},
		"another grant is refused":                  {"POST", "", formType, "grant_type=client_credentials&assertion=%s", of(unknownGrantType), `grant_type is "client_credentials"`},
		"a grant among others is refused":           {"POST", "", formType, "grant_type=x+" + grant + "&assertion=%s", of(unknownGrantType), ""},
		"no grant is refused":                       {"POST", "", formType, "assertion=%s", of(missingGrantType), "grant_type is missing"},
		"nothing at all is refused":                 {"POST", "", "", "", of(missingGrantType), ""},
		"two assertions are refused":                {"POST", "", formType, "grant_type=" + grant + "&assertion=%s&assertion=x", of(repeatedParameter), "assertion is given 2 times"},
		"no assertion is MP-011":                    {"POST", "", formType, "grant_type=" + grant, of(malformed), "assertion is missing"},
		"an empty assertion is MP-011":              {"POST", "", formType, "grant_type=" + grant + "&assertion=", of(malformed), "assertion is missing"},
		"a line break after the assertion":          {"POST", "", formType, "grant_type=" + grant + "&assertion=%s%%0A", of(malformed), "a line break at position"},
		"a line break inside the assertion":         {"POST", "", formType, "grant_type=" + grant + "&assertion=ab%%0D%%0Acd.%s", of(malformed), "a line break at position 3"},
		"a space before the assertion":              {"POST", "", formType, "grant_type=" + grant + "&assertion=+%s", of(malformed), "a space at position 1"},
		"padding after the assertion":               {"POST", "", formType, "grant_type=" + grant + "&assertion=%s%%3D", of(malformed), "base64url without padding"},
		"quotes round the assertion":                {"POST", "", formType, "grant_type=" + grant + "&assertion=%%22%s%%22", of(malformed), "a character at position 1"},
		"an assertion cut short":                    {"POST", "", formType, "grant_type=" + grant + "&assertion=abc.def", of(malformed), "has 2"},
		"an assertion that is no JSON":              {"POST", "", formType, "grant_type=" + grant + "&assertion=abc.def.ghi", of(malformed), "header of the assertion"},
		"a header of one character":                 {"POST", "", formType, "grant_type=" + grant + "&assertion=a.b.c", of(malformed), "not base64url"},
		"an assertion beyond 16 KB is MP-011":       {"POST", "", formType, "grant_type=" + grant + "&assertion=" + strings.Repeat("a", maxAssertion+1), of(malformed), "at most 16384"},
		"a body beyond 64 KB is refused":            {"POST", "", formType, strings.Repeat("a", maxBody+1), of(bodyTooLarge), "more than 65536 bytes"},
		"an identity number as grant is not echoed": {"POST", "", formType, "grant_type=05848998356&assertion=%s", of(unknownGrantType), `"058489*****"`},
	} {
		t.Run("23: "+name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			fill := func(s string) string {
				return strings.ReplaceAll(strings.Replace(s, "%s", byA(t, nil), 1), "%%", "%")
			}
			request := httptest.NewRequest(tc.method, "/token?"+fill(tc.query), strings.NewReader(fill(tc.body)))
			if tc.contentType != "" {
				request.Header.Set("Content-Type", tc.contentType)
			}
			if got := r.outcomeOf(t, r.do(t, request)); got != tc.want {
				t.Errorf("got  %+v\nwant %+v", got, tc.want)
			}
			if got := r.lastVerdict(t).Reason; !strings.Contains(got, tc.reason) {
				t.Errorf("reason is %q, want %q in it", got, tc.reason)
			}
		})
	}
}

func TestForeignHeadersDoNotMatter(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	request := formRequest(formOf(byA(t, nil)).Encode())
	request.SetBasicAuth("nobody", "wrong")
	request.Header.Set("consumer_org", orgB)
	request.Header.Set("Charset", "utf-8")
	request.Header.Set("Accept", "text/html")
	if got := r.do(t, request); got.status != http.StatusOK {
		t.Errorf("got %d %v", got.status, got.body)
	}
}

func TestEveryAnswerOfTheTokenEndpointHasTheRealHeaders(t *testing.T) {
	t.Parallel()
	want := map[string]string{
		"Content-Type":            "application/json",
		"Cache-Control":           "no-cache, no-store, max-age=0, must-revalidate",
		"Pragma":                  "no-cache",
		"Expires":                 "0",
		"X-Frame-Options":         "SAMEORIGIN",
		"Content-Security-Policy": "default-src 'self';",
		"X-Content-Type-Options":  "nosniff",
		"X-Xss-Protection":        "0",
	}
	r := newRig(t)
	for name, got := range map[string]reply{
		"a token":   r.post(t, byA(t, nil)),
		"a refusal": r.post(t, "x"),
	} {
		for field, value := range want {
			if got.header.Get(field) != value {
				t.Errorf("%s: %s is %q, want %q", name, field, got.header.Get(field), value)
			}
		}
	}
}
