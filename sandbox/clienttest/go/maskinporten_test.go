// Package clienttest gets tokens with the two common JOSE libraries of Go. Go has
// no widely used client of Maskinporten, so this is what people write.
package clienttest

import (
	"crypto/rsa"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"
	josejwt "github.com/go-jose/go-jose/v4/jwt"
	"github.com/golang-jwt/jwt/v5"
)

const (
	clientID = "demo"
	scope    = "krr:global/kontaktinformasjon.read krr:global/digitalpost.read"
	person   = "05840399895"
)

// libraries sign the claims of an assertion, each in its own way: go-jose writes
// aud as a string, golang-jwt as a list.
var libraries = map[string]func(*testing.T, jose.JSONWebKey, string) string{
	"go-jose": func(t *testing.T, key jose.JSONWebKey, audience string) string {
		t.Helper()
		signer, err := jose.NewSigner(jose.SigningKey{Algorithm: jose.RS256, Key: key}, nil)
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now()
		signed, err := josejwt.Signed(signer).Claims(josejwt.Claims{
			Issuer: clientID, Audience: josejwt.Audience{audience}, IssuedAt: josejwt.NewNumericDate(now), Expiry: josejwt.NewNumericDate(now.Add(time.Minute)),
		}).Claims(map[string]any{"scope": scope}).Serialize()
		if err != nil {
			t.Fatal(err)
		}
		return signed
	},
	"golang-jwt": func(t *testing.T, key jose.JSONWebKey, audience string) string {
		t.Helper()
		type claims struct {
			jwt.RegisteredClaims
			Scope string `json:"scope"`
		}
		now := time.Now()
		token := jwt.NewWithClaims(jwt.SigningMethodRS256, claims{jwt.RegisteredClaims{
			Issuer: clientID, Audience: jwt.ClaimStrings{audience}, IssuedAt: jwt.NewNumericDate(now), ExpiresAt: jwt.NewNumericDate(now.Add(time.Minute)),
		}, scope})
		token.Header["kid"] = key.KeyID
		signed, err := token.SignedString(key.Key.(*rsa.PrivateKey))
		if err != nil {
			t.Fatal(err)
		}
		return signed
	},
}

func TestLibraries(t *testing.T) {
	base := startSandbox(t)
	key := keyOf(t, base)
	for name, sign := range libraries {
		t.Run(name+" gets a token that the register accepts", func(t *testing.T) {
			answer := askForToken(t, base, sign(t, key, base+"/maskinporten/"))
			if answer.AccessToken == "" {
				t.Fatalf("refused: %+v", answer)
			}
			if found := lookUp(t, base, answer.AccessToken); !strings.Contains(found, `"varslingsstatus":"KAN_VARSLES"`) {
				t.Error(found)
			}
		})
		t.Run(name+" is told about a wrong aud", func(t *testing.T) {
			answer := askForToken(t, base, sign(t, key, base+"/maskinporten"))
			if answer.Error != "invalid_grant" || !strings.Contains(answer.Description, "Invalid JWT claim aud") || !strings.HasSuffix(answer.URI, "/errors/MP-110") {
				t.Errorf("%+v", answer)
			}
		})
	}
}

// TestSnippet runs the code that the page of a client gives, as it stands there.
func TestSnippet(t *testing.T) {
	base := startSandbox(t)
	resp, err := http.Get(base + "/token/klienter/" + clientID + "/go")
	if err != nil {
		t.Fatal(err)
	}
	folder, err := os.MkdirTemp(".", "snippet-") // in this module, whose libraries it imports
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	file := filepath.Join(folder, "main.go")
	if err := os.WriteFile(file, []byte(read(t, resp)), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.CommandContext(t.Context(), "go", "run", file).CombinedOutput()
	if err != nil || !strings.Contains(string(out), `"varslingsstatus":"KAN_VARSLES"`) {
		t.Errorf("%v: %s", err, out)
	}
}

type tokenAnswer struct {
	AccessToken string `json:"access_token"`
	Error       string `json:"error"`
	Description string `json:"error_description"`
	URI         string `json:"error_uri"`
}

func askForToken(t *testing.T, base, assertion string) (answer tokenAnswer) {
	t.Helper()
	form := url.Values{"grant_type": {"urn:ietf:params:oauth:grant-type:jwt-bearer"}, "assertion": {assertion}}
	resp, err := http.PostForm(base+"/maskinporten/token", form)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(read(t, resp)), &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}

func keyOf(t *testing.T, base string) (key jose.JSONWebKey) {
	t.Helper()
	resp, err := http.Get(base + "/sandbox/v1/clients/" + clientID + "/key")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal([]byte(read(t, resp)), &key); err != nil {
		t.Fatal(err)
	}
	return key
}

func lookUp(t *testing.T, base, token string) string {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, base+"/rest/v2/personer", strings.NewReader(`{"personidentifikatorer":["`+person+`"]}`))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Authorization", "Bearer "+token)
	r.Header.Set("Content-Type", "application/json")
	resp, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	return read(t, resp)
}

func read(t *testing.T, resp *http.Response) string {
	t.Helper()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if err := resp.Body.Close(); err != nil {
		t.Fatal(err)
	}
	return string(body)
}
