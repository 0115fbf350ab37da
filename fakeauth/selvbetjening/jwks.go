package selvbetjening

import (
	"crypto"
	"crypto/rsa"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"time"

	"github.com/go-jose/go-jose/v4"

	"liksom/fakeauth"
)

const (
	keysObject = "jwks"
	maxKeys    = 5
)

// keySet is what a client's keys look like on the wire.
type keySet struct {
	Keys    []map[string]json.RawMessage `json:"keys"`
	Created *time.Time                   `json:"created,omitempty"`
	Updated *time.Time                   `json:"last_updated,omitempty"`
}

func showKeys(c *fakeauth.Client) (keySet, error) {
	out := keySet{Keys: []map[string]json.RawMessage{}}
	for _, k := range c.Keys {
		var more map[string]json.RawMessage
		if !k.Expires.IsZero() {
			more = map[string]json.RawMessage{"exp": json.RawMessage(strconv.FormatInt(k.Expires.Unix(), 10))}
		}
		shown, err := merge(k.JWK, more)
		if err != nil {
			return out, err
		}
		out.Keys = append(out.Keys, shown)
	}
	if len(c.Keys) > 0 {
		created, updated := dated(c.KeysCreated), dated(c.KeysUpdated)
		out.Created, out.Updated = &created, &updated
	}
	return out, nil
}

func (a *api) getKeys(c call) error {
	registry := a.Server.Registry()
	client, err := ownClient(c, &registry)
	if err != nil {
		return err
	}
	return answerKeys(c, http.StatusOK, client)
}

func answerKeys(c call, status int, client *fakeauth.Client) error {
	shown, err := showKeys(client)
	if err != nil {
		return err
	}
	return c.JSON(status, shown)
}

// postKeys replaces the whole set. That it answers 201 and PUT 200 is a guess.
func (a *api) postKeys(c call) error { return a.replaceKeys(c, http.StatusCreated) }

func (a *api) putKeys(c call) error { return a.replaceKeys(c, http.StatusOK) }

func (a *api) replaceKeys(c call, status int) error {
	var body struct {
		Keys []json.RawMessage `json:"keys"`
	}
	if err := read(c, keysObject, &body); err != nil {
		return err
	}
	switch {
	case len(body.Keys) == 0:
		return wrong(keysObject, "keys", `keys is missing or empty: {"keys":[{…}]}; DELETE takes all keys away`)
	case len(body.Keys) > maxKeys:
		return wrong(keysObject, "keys", "there are %d keys; a client has at most %d", len(body.Keys), maxKeys)
	}
	keys := make([]fakeauth.ClientKey, len(body.Keys))
	seen := map[string]bool{}
	for i, raw := range body.Keys {
		key, err := readKey(raw)
		if err != nil {
			return err
		}
		if seen[key.KeyID] {
			return wrong(keysObject, "kid", "kid %q is given twice", key.KeyID)
		}
		seen[key.KeyID] = true
		// A key lives for a year from when it is posted; posting it again renews it.
		keys[i] = fakeauth.ClientKey{JWK: key, Expires: c.at.AddDate(1, 0, 0)}
	}
	return a.setKeys(c, status, keys)
}

func (a *api) deleteKeys(c call) error { return a.setKeys(c, http.StatusOK, nil) }

func (a *api) setKeys(c call, status int, keys []fakeauth.ClientKey) error {
	changed, err := a.changed(c, func(_ *fakeauth.Registry, client *fakeauth.Client) error {
		if client.KeysCreated.IsZero() || len(client.Keys) == 0 {
			client.KeysCreated = c.at
		}
		client.Keys, client.KeysUpdated = keys, c.at
		return nil
	})
	if err != nil {
		return err
	}
	return answerKeys(c, status, &changed)
}

// readKey reads one key and says which rule it breaks. A key without kid is
// named by its thumbprint, which is a guess.
func readKey(raw json.RawMessage) (jose.JSONWebKey, error) {
	var shape struct {
		KeyType   string `json:"kty"`
		Algorithm string `json:"alg"`
		Use       string `json:"use"`
		Exponent  string `json:"e"`
		Modulus   string `json:"n"`
		Private   string `json:"d"`
	}
	var key jose.JSONWebKey
	if err := json.Unmarshal(raw, &shape); err != nil {
		return key, wrong(keysObject, "keys", "a key is not a JSON object with strings: %s", cut(err.Error()))
	}
	for _, member := range []struct{ name, value string }{{"kty", shape.KeyType}, {"alg", shape.Algorithm}, {"use", shape.Use}, {"e", shape.Exponent}, {"n", shape.Modulus}} {
		if member.value == "" {
			return key, wrong(keysObject, member.name, "a key has no %s; kty, alg, use, e and n are required", member.name)
		}
	}
	if shape.Private != "" {
		return key, wrong(keysObject, "d", "the key is private; keep that to yourself and send the public half, without d, p, q, dp, dq and qi")
	}
	if err := oneOf(keysObject, "kty", shape.KeyType, "RSA"); err != nil {
		return key, err
	}
	if err := oneOf(keysObject, "use", shape.Use, "sig"); err != nil {
		return key, err
	}
	if err := oneOf(keysObject, "alg", shape.Algorithm, string(jose.RS256), string(jose.RS384), string(jose.RS512)); err != nil {
		return key, err
	}
	return finishKey(raw)
}

func finishKey(raw json.RawMessage) (jose.JSONWebKey, error) {
	var key jose.JSONWebKey
	if err := json.Unmarshal(raw, &key); err != nil {
		return key, wrong(keysObject, "n", "a key cannot be read: %s", cut(err.Error()))
	}
	if _, ok := key.Key.(*rsa.PublicKey); ok && key.KeyID == "" {
		thumbprint, err := key.Thumbprint(crypto.SHA256)
		if err != nil {
			return key, wrong(keysObject, "n", "a key cannot be named: %s", cut(err.Error()))
		}
		key.KeyID = base64.RawURLEncoding.EncodeToString(thumbprint)
	}
	if err := (fakeauth.ClientKey{JWK: key}).Check(); err != nil {
		return key, wrong(keysObject, "keys", "the key %q %s", cut(key.KeyID), err)
	}
	return key, nil
}
