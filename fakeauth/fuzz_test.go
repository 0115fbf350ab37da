package fakeauth

import (
	"crypto"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// neverBreaks asserts what holds for every request: JSON with both strings, no
// fault of our own, and no identity number in what is written down.
func neverBreaks(t *testing.T, r *rig, request *http.Request) {
	t.Helper()
	got := r.do(t, request)
	if got.status >= http.StatusInternalServerError {
		t.Errorf("got %d %v", got.status, got.body)
	}
	code, _ := got.body["error"].(string)
	description, _ := got.body["error_description"].(string)
	if got.status != http.StatusOK && (code == "" || description == "") {
		t.Errorf("got %d %v, want error and error_description", got.status, got.body)
	}
	text, _, _ := strings.Cut(description, " (trace_id:")
	if verdict := r.lastVerdict(t); identityNumber.MatchString(verdict.Reason + "|" + verdict.Client + "|" + text) {
		t.Errorf("an identity number shows in %+v or %q", verdict, text)
	}
}

func FuzzAssertion(f *testing.F) {
	r := newRig(f)
	good := byA(f, nil)
	parts := strings.Split(good, ".")
	for _, seed := range []string{
		"", ".", "..", "...", good, good + "\n", parts[0] + "." + parts[1] + ".", "eyJhbGciOiJub25lIn0.e30.",
		parts[0] + ".bnVsbA." + parts[2], parts[0] + ".W10." + parts[2], "bnVsbA.bnVsbA.", "05848998356",
		byA(f, members{"scope": "05848998356 x,y"}), byA(f, members{"iat": 1e300}), byA(f, members{"aud": []any{1, nil}}),
		byA(f, members{"iss": "05848998356"}), byA(f, members{"exp": 4e18, "iat": -4e18}),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, assertion []byte) {
		neverBreaks(t, r, formRequest(formOf(string(assertion)).Encode()))
	})
}

func FuzzForm(f *testing.F) {
	r := newRig(f)
	good := formOf(byA(f, nil)).Encode()
	f.Add("POST", "", formType, []byte(good))
	f.Add("POST", "grant_type="+jwtBearer+"&assertion=x", "", []byte(nil))
	f.Add("POST", "a;b", "multipart/form-data; boundary=x", []byte("--x\r\n\r\n"))
	f.Add("GET", "", "", []byte(nil))
	f.Add("POST", "%zz", "application/json", []byte("{}"))
	f.Add("POST", "", formType, []byte("grant_type="+jwtBearer+"&grant_type=05848998356"))
	f.Fuzz(func(t *testing.T, method, query, contentType string, body []byte) {
		request := formRequest(string(body))
		request.Method, request.URL.RawQuery = method, query
		request.Header.Set("Content-Type", contentType)
		if method != http.MethodPost {
			w := httptest.NewRecorder()
			r.handler.ServeHTTP(w, request)
			if w.Code != http.StatusMethodNotAllowed {
				t.Errorf("method %q: got %d", method, w.Code)
			}
			return
		}
		neverBreaks(t, r, request)
	})
}

// FuzzSigned lets a client that is known sign any header and any claims, so that
// the rules behind the signature are reached.
func FuzzSigned(f *testing.F) {
	r := newRig(f)
	text := func(m members) []byte {
		b, err := json.Marshal(m)
		if err != nil {
			f.Fatal(err)
		}
		return b
	}
	kid := text(members{"alg": "RS256", "kid": "s1"})
	ask := goodClaims().with(members{"iss": "cs", "jti": nil})
	f.Add(kid, text(ask))
	f.Add(kid, text(ask.with(members{"scope": "demo:delegert", "consumer_org": orgC, "resource": []string{"urn:x"}, "pid": "05848998356"})))
	f.Add(kid, text(ask.with(members{"iss": "cv", "scope": "demo:open", "authorization_details": []members{{"type": systemUserType, "systemuser_org": orgID(orgC)}}})))
	f.Add(text(members{"alg": "RS256", "x5c": []string{certificate(f, otherKey(), seid2(orgA), nil)}}), text(ask.with(members{"iss": "cc"})))
	f.Fuzz(func(t *testing.T, header, claims []byte) {
		input := base64.RawURLEncoding.EncodeToString(header) + "." + base64.RawURLEncoding.EncodeToString(claims)
		digest := sha256.Sum256([]byte(input))
		signature, err := rsa.SignPKCS1v15(rand.Reader, otherKey(), crypto.SHA256, digest[:])
		if err != nil {
			t.Fatal(err)
		}
		assertion := input + "." + base64.RawURLEncoding.EncodeToString(signature)
		_ = r.ExplainAssertion(issuer, assertion)
		neverBreaks(t, r, formRequest(formOf(assertion).Encode()))
	})
}
