package app

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"time"

	jose "github.com/go-jose/go-jose/v4"

	"liksom/fakeauth"
)

// clientLine is a client as the seed file spells it, in the field names of
// Digdir's self-service API.
type clientLine struct {
	ID              string   `json:"client_id"`
	Name            string   `json:"client_name"`
	Org             string   `json:"client_orgno"`
	IntegrationType string   `json:"integration_type"`
	AuthMethod      string   `json:"token_endpoint_auth_method"`
	GrantTypes      []string `json:"grant_types"`
	Scopes          []string `json:"scopes"`
	Lifetime        int      `json:"access_token_lifetime"` // seconds
}

// readClients reads clients.json and the key of each client.
func readClients(files fs.FS) ([]fakeauth.Client, error) {
	b, err := fs.ReadFile(files, "clients.json")
	if err != nil {
		return nil, fmt.Errorf("reading the seeded clients: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	var lines []clientLine
	if err := dec.Decode(&lines); err != nil {
		return nil, fmt.Errorf("clients.json: %w", err)
	}
	var faults []error
	clients := make([]fakeauth.Client, len(lines))
	for i, l := range lines {
		key, err := readKey(files, l.ID)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		clients[i] = fakeauth.Client{
			ID: l.ID, Name: l.Name, Org: l.Org, IntegrationType: l.IntegrationType, AuthMethod: l.AuthMethod,
			GrantTypes: l.GrantTypes, Scopes: l.Scopes, TokenLifetime: time.Duration(l.Lifetime) * time.Second,
			Keys: []fakeauth.ClientKey{{JWK: key.Public()}},
		}
	}
	return clients, errors.Join(faults...)
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
