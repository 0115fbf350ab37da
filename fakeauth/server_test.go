package fakeauth

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"log/slog"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

func TestNewReportsAllFaultsTogether(t *testing.T) {
	t.Parallel()
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	_, err = New(Config{
		Keys: SigningKeys{Current: jose.JSONWebKey{Key: &issuerKey().PublicKey, KeyID: "mp"}, Next: jose.JSONWebKey{Key: nextKey(), KeyID: "n"}, Previous: jose.JSONWebKey{Key: previousKey(), KeyID: "p"}},
		Registry: Registry{Clients: []Client{
			{ID: "", Org: orgA},
			{ID: "twice", Org: orgA},
			{ID: "twice", Org: orgA},
			{ID: "org", Org: "99182582"},
			{ID: "scope", Org: orgA, Scopes: []string{"a b"}},
			{ID: "lifetime", Org: orgA, TokenLifetime: -1},
			{ID: "private", Org: orgA, Keys: []ClientKey{{JWK: jose.JSONWebKey{Key: clientKey(), KeyID: "k"}}}},
			{ID: "weak", Org: orgA, Keys: []ClientKey{publicKey("k", weak)}},
			{ID: "kid", Org: orgA, Keys: []ClientKey{publicKey("k 1", clientKey())}},
			{ID: "samekid", Org: orgA, Keys: []ClientKey{publicKey("k", clientKey()), publicKey("k", otherKey())}},
		}},
	})
	if err == nil {
		t.Fatal("there is no error")
	}
	for _, want := range []string{
		"Config.Now is required", "Config.Issuer is required", "Config.Serves is required",
		"Config.Keys.Current is *rsa.PublicKey, not a private RSA key",
		`client "": the id is empty`,
		`client "twice" is registered twice`,
		`client "org": "99182582" is not an organisation number`,
		`client "scope": scope "a b" is empty or has a space in it`,
		`client "lifetime": access_token_lifetime -1 is negative`,
		`client "private": key "k": is *rsa.PrivateKey, not a public RSA key`,
		`client "weak": key "k": has 1024 bits, fewer than 2048`,
		`client "kid": key "k 1": the kid may hold`,
		`client "samekid": key "k" is registered twice`,
	} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not in the error:\n%v", want, err)
		}
	}
	if got := strings.Count(err.Error(), "\n") + 1; got != 13 {
		t.Errorf("there are %d faults, want 13:\n%v", got, err)
	}
}

func TestNewRefusesAWeakOrNamelessSigningKey(t *testing.T) {
	t.Parallel()
	weak, err := rsa.GenerateKey(rand.Reader, 1024)
	if err != nil {
		t.Fatal(err)
	}
	for want, key := range map[string]jose.JSONWebKey{
		"has 1024 bits": {Key: weak, KeyID: "mp"},
		"needs a KeyID": {Key: issuerKey()},
		"is <nil>":      {},
	} {
		cfg := config()
		cfg.Keys.Next = key
		if _, err := New(cfg); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("got %v, want %q in it", err, want)
		}
	}
}

func TestClientsAreCopies(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	all := r.Clients()
	all[0].Scopes[0] = "changed"
	all[0].Keys[0].JWK.KeyID = "changed"
	one, ok := r.Client("ca")
	if !ok || one.Scopes[0] != "demo:read" || one.Keys[0].JWK.KeyID != "k1" {
		t.Errorf("got %+v", one)
	}
	if _, ok := r.Client("cx"); ok {
		t.Error("there is a client cx")
	}
	if len(all) != 6 || all[0].ID != "ca" || all[2].ID != "login" {
		t.Errorf("the order is lost: %+v", all)
	}
}

func TestCase26TraceIDIsInTheLog(t *testing.T) {
	t.Parallel()
	var log bytes.Buffer
	cfg := config()
	cfg.Log = slog.New(slog.NewTextHandler(&log, nil))
	server, err := New(cfg)
	if err != nil {
		t.Fatal(err)
	}
	r := &rig{Server: server, handler: server.Maskinporten()}
	description, _ := r.post(t, byA(t, members{"scope": "05848998356"})).body["error_description"].(string)
	_, trace, _ := strings.Cut(strings.TrimSuffix(description, ")"), "trace_id: ")
	if got := log.String(); strings.Count(got, "\n") != 1 || !strings.Contains(got, "trace_id="+trace) || !strings.Contains(got, "code=MP-200") {
		t.Errorf("log is %q, want one line with trace %q", got, trace)
	}
	if strings.Contains(log.String()+description, "05848998356") {
		t.Error("the identity number is not masked")
	}
}
