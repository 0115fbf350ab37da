package demo

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/coreos/go-oidc/v3/oidc"
)

// metadata is what the service reads of ID-porten's discovery document.
type metadata struct {
	Issuer        string `json:"issuer"`
	Authorization string `json:"authorization_endpoint"`
	Token         string `json:"token_endpoint"`
	Userinfo      string `json:"userinfo_endpoint"`
	Keys          string `json:"jwks_uri"`
	EndSession    string `json:"end_session_endpoint"`
}

// levels are the levels of login that can be asked for, lowest first.
var levels = []string{"idporten-loa-substantial", "idporten-loa-high"}

// sending is a context in which the library's requests go by way of the recorder.
func (s *service) sending(ctx context.Context) (context.Context, *recorder) {
	sent := &recorder{next: s.Send}
	return oidc.ClientContext(ctx, sent.client()), sent
}

// begin sends the browser to ID-porten.
func (s *service) begin(v *visit) error {
	ctx, sent := s.sending(v.r.Context())
	provider, err := oidc.NewProvider(ctx, s.Base(v.r)+s.Issuer)
	if err != nil {
		return fmt.Errorf("asking who ID-porten is: %w", err)
	}
	try := attempt{state: rand.Text(), nonce: rand.Text(), verifier: rand.Text() + rand.Text(), redirect: s.Base(v.r) + s.path + "/callback", level: levels[0]}
	if err := provider.Claims(&try.idporten); err != nil {
		return fmt.Errorf("reading who ID-porten is: %w", err)
	}
	asked := v.r.URL.Query()
	if slices.Contains(levels, asked.Get("nivaa")) {
		try.level = asked.Get("nivaa")
	}
	digest := sha256.Sum256([]byte(try.verifier))
	q := url.Values{
		"response_type": {"code"}, "client_id": {s.client}, "redirect_uri": {try.redirect}, "scope": {strings.TrimSpace("openid profile " + s.scopes)},
		"state": {try.state}, "nonce": {try.nonce}, "code_challenge": {base64.RawURLEncoding.EncodeToString(digest[:])}, "code_challenge_method": {"S256"},
		"acr_values": {try.level}, "ui_locales": {v.words.Code()},
	}
	if asked.Get("prompt") == "login" {
		q.Set("prompt", "login")
	}
	target := try.idporten.Authorization + "?" + q.Encode()
	browser := exchange{Title: "sent.authorize", Sent: "GET " + try.idporten.Authorization + "\n\n" + spelt(q), Status: http.StatusFound}
	v.attempt, v.sent = &try, append(sent.sent, browser)
	v.keep()
	http.Redirect(v.w, v.r, target, http.StatusFound)
	return nil
}

// errRefused is an answer of ID-porten that is no login.
type errRefused struct{ code, description string }

func (e errRefused) Error() string { return e.code + ": " + e.description }

// errForeign is an answer that the service has not asked for.
var errForeign = errors.New("the answer does not belong to a login that was begun in this browser")

// callback takes ID-porten's answer.
func (s *service) callback(v *visit) error {
	try, q := v.attempt, v.r.URL.Query()
	switch {
	case try == nil || subtle.ConstantTimeCompare([]byte(q.Get("state")), []byte(try.state)) != 1 || q.Get("iss") != try.idporten.Issuer:
		return errForeign
	case q.Get("error") != "":
		v.attempt = nil
		return errRefused{q.Get("error"), q.Get("error_description")}
	}
	v.attempt = nil
	v.sent = slices.Clone(v.sent)
	v.sent[len(v.sent)-1].Answer = "Location: " + try.redirect + "\n\n" + spelt(q)
	ctx, sent := s.sending(v.r.Context())
	one, err := s.exchange(ctx, sent, try, q.Get("code"))
	v.sent = append(v.sent, sent.sent...)
	if err != nil {
		return err
	}
	v.session = one
	return s.ask(v)
}

// exchange turns a code into a session, when the id_token is in order.
func (s *service) exchange(ctx context.Context, sent *recorder, try *attempt, code string) (*session, error) {
	got, err := s.token(ctx, sent, try.idporten, url.Values{
		"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {try.redirect}, "code_verifier": {try.verifier},
	})
	if err != nil {
		return nil, err
	}
	verifier := oidc.NewVerifier(try.idporten.Issuer, oidc.NewRemoteKeySet(ctx, try.idporten.Keys), &oidc.Config{ClientID: s.client, Now: s.Now})
	checked, err := verifier.Verify(ctx, got.IDToken)
	if err != nil {
		return nil, fmt.Errorf("checking the id_token: %w", err)
	}
	one := &session{idToken: got.IDToken, tokens: got, until: got.until(s.Now()), idporten: try.idporten}
	if err := checked.Claims(&one.claims); err != nil {
		return nil, fmt.Errorf("reading the id_token: %w", err)
	}
	switch {
	case one.claims.Nonce != try.nonce:
		return nil, errors.New("the id_token has another nonce")
	case slices.Index(levels, one.claims.ACR) < slices.Index(levels, try.level):
		return nil, fmt.Errorf("the login is at %q, lower than was asked for", one.claims.ACR)
	}
	return one, nil
}
