package clienttest

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"testing"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"
)

// TestGoOIDCLogsACitizenIn with the two usual libraries: go-oidc for what is OpenID
// Connect, oauth2 for the rest. login_hint takes the place of the browser.
func TestGoOIDCLogsACitizenIn(t *testing.T) {
	base := startSandbox(t)
	ctx := t.Context()
	provider, err := oidc.NewProvider(ctx, base+"/idporten")
	if err != nil {
		t.Fatal(err)
	}
	endpoint := provider.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInParams // the one way of the client; the library would try both
	client := &oauth2.Config{
		ClientID: "demo-test", ClientSecret: "hemmelig-som-alle-kjenner", Endpoint: endpoint,
		RedirectURL: base + "/demo/test/callback", Scopes: []string{oidc.ScopeOpenID, "profile"},
	}
	tokens := login(ctx, t, client, "nonce-of-the-test")

	raw, ok := tokens.Extra("id_token").(string)
	if !ok {
		t.Fatal("there is no id_token")
	}
	idToken, err := provider.Verifier(&oidc.Config{ClientID: client.ClientID}).Verify(ctx, raw)
	if err != nil {
		t.Fatal(err)
	}
	var claims struct{ PID, ACR string }
	if err := idToken.Claims(&claims); err != nil {
		t.Fatal(err)
	}
	if idToken.Nonce != "nonce-of-the-test" || claims.PID != person || claims.ACR != "idporten-loa-high" {
		t.Errorf("the id_token says %+v, nonce %q", claims, idToken.Nonce)
	}
	info, err := provider.UserInfo(ctx, client.TokenSource(ctx, tokens))
	if err != nil || info.Subject != idToken.Subject {
		t.Errorf("userinfo is %+v (%v), the id_token's subject %q", info, err, idToken.Subject)
	}

	old := tokens.RefreshToken
	fresh, err := client.TokenSource(ctx, &oauth2.Token{RefreshToken: old}).Token()
	if err != nil || fresh.RefreshToken == old || fresh.AccessToken == tokens.AccessToken {
		t.Fatalf("refreshed to %+v: %v", fresh, err)
	}
	var refused *oauth2.RetrieveError
	if _, err := client.TokenSource(ctx, &oauth2.Token{RefreshToken: old}).Token(); !errors.As(err, &refused) || refused.ErrorCode != "invalid_grant" {
		t.Errorf("the old refresh token gave %v", err)
	}
}

// TestGoOIDCGetsThePersonFromKRR as a public client.
func TestGoOIDCGetsThePersonFromKRR(t *testing.T) {
	base := startSandbox(t)
	ctx := t.Context()
	provider, err := oidc.NewProvider(ctx, base+"/idporten")
	if err != nil {
		t.Fatal(err)
	}
	endpoint := provider.Endpoint()
	endpoint.AuthStyle = oauth2.AuthStyleInParams
	client := &oauth2.Config{
		ClientID: "demo-spa", Endpoint: endpoint, RedirectURL: base + "/demo/spa/callback",
		Scopes: []string{oidc.ScopeOpenID, "krr:user/kontaktinformasjon.read"},
	}
	answer, err := client.Client(ctx, login(ctx, t, client, "n")).Get(base + "/rest/v1/person")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	var told struct {
		Personidentifikator, Varslingsstatus string
		DigitalPost                          any `json:"digital_post"`
	}
	if err := json.NewDecoder(answer.Body).Decode(&told); err != nil || told.Personidentifikator != person || told.Varslingsstatus != "KAN_VARSLES" || told.DigitalPost != nil {
		t.Errorf("KRR told %+v (%d, %v)", told, answer.StatusCode, err)
	}
}

func login(ctx context.Context, t *testing.T, client *oauth2.Config, nonce string) *oauth2.Token {
	t.Helper()
	verifier := oauth2.GenerateVerifier()
	asked := client.AuthCodeURL("state-of-the-test", oidc.Nonce(nonce), oauth2.S256ChallengeOption(verifier),
		oauth2.SetAuthURLParam("login_hint", "testid:"+person+"_idporten-loa-high"))
	browser := &http.Client{CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, asked, nil)
	if err != nil {
		t.Fatal(err)
	}
	answer, err := browser.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	back, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || back.Query().Get("state") != "state-of-the-test" {
		t.Fatalf("answered %d, to %s (%v)", answer.StatusCode, back, err)
	}
	tokens, err := client.Exchange(ctx, back.Query().Get("code"), oauth2.VerifierOption(verifier))
	if err != nil {
		t.Fatal(err)
	}
	return tokens
}
