package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"slices"

	jose "github.com/go-jose/go-jose/v4"

	"liksom/fakeauth"
)

// readRegistry reads what is registered at Maskinporten from the start:
// maskinporten.json, clients.json and the keys of the clients. A client without
// a key authenticates with a certificate.
func readRegistry(files fs.FS) (fakeauth.Registry, error) {
	var r fakeauth.Registry
	if err := readSeed(files, "maskinporten.json", &r); err != nil {
		return r, err
	}
	if err := readSeed(files, "clients.json", &r.Clients); err != nil {
		return r, err
	}
	for i := range r.Clients {
		key, err := readKey(files, r.Clients[i].ID)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err != nil:
			return r, err
		}
		r.Clients[i].Keys = append([]fakeauth.ClientKey{{JWK: key.Public()}}, r.Clients[i].Keys...)
	}
	return r, nil
}

// readSeed reads a seed file of JSON, in which every member must be known.
func readSeed(files fs.FS, name string, into any) error {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return fmt.Errorf("reading a seed file: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	if err := dec.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// readPrivateKeys reads the private keys of the seeded clients, by client id.
func readPrivateKeys(files fs.FS, clients []fakeauth.Client) (map[string]json.RawMessage, error) {
	keys := make(map[string]json.RawMessage, len(clients))
	for _, client := range slices.DeleteFunc(slices.Clone(clients), func(c fakeauth.Client) bool { return len(c.Keys) == 0 }) {
		private, err := readKey(files, client.ID)
		if err != nil {
			return nil, err
		}
		if keys[client.ID], err = json.Marshal(private); err != nil {
			return nil, fmt.Errorf("spelling a seeded key: %w", err)
		}
	}
	return keys, nil
}

// readKey reads keys/NAME.jwk, a private key that is public test data.
func readKey(files fs.FS, name string) (jose.JSONWebKey, error) {
	var key jose.JSONWebKey
	b, err := fs.ReadFile(files, "keys/"+name+".jwk")
	if err != nil {
		return key, fmt.Errorf("reading a seeded key: %w", err)
	}
	if err := json.Unmarshal(b, &key); err != nil {
		return key, fmt.Errorf("keys/%s.jwk: %w", name, err)
	}
	return key, nil
}
