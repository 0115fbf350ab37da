package app

import (
	"cmp"
	"net/http"

	"liksom/fakeauth"
	"liksom/sandbox/admin"
	"liksom/ui"
)

// workbench is what the token pages work on: the same as the control API.
func (s *Sandbox) workbench() ui.Tokens {
	return ui.Tokens{Clients: s.clientsToShow, Mint: s.mintForPage, Kinds: admin.BrokenKinds(), Explain: s.explainForPage}
}

func (s *Sandbox) clientsToShow() []ui.Client {
	registry := s.auth.Registry()
	names := map[string]string{}
	for _, o := range registry.Organisations {
		names[o.Org] = o.Name
	}
	var out []ui.Client
	for _, c := range s.auth.Clients() {
		if c.IntegrationType == "idporten" || c.IntegrationType == "api_klient" {
			continue // they have no token without somebody who logs in
		}
		shown := ui.Client{ID: c.ID, Name: c.Name, Org: c.Org, Owner: names[c.Org], Scopes: c.Scopes, Lifetime: cmp.Or(c.TokenLifetime, 120), Keys: keyNames(c)}
		_, shown.Seeded = s.keys[c.ID]
		out = append(out, shown)
	}
	return out
}

func keyNames(c fakeauth.Client) []string {
	var names []string
	for _, k := range c.Keys {
		names = append(names, k.JWK.KeyID)
	}
	return names
}

func (s *Sandbox) mintForPage(r *http.Request, w ui.Wish) ([]string, error) {
	ask := admin.TokenRequest{ClientID: w.Client, Scope: w.Scope, PID: w.PID, Broken: w.Broken, Lifetime: w.Lifetime, Count: w.Count}
	if err := ask.Check(); err != nil {
		return nil, err
	}
	made, err := s.mint(r.Context(), r, ask)
	if made.Tokens == nil {
		made.Tokens = []string{made.AccessToken}
	}
	return made.Tokens, err
}

func (s *Sandbox) explainForPage(r *http.Request, text string) ui.Explanation {
	e := s.explain(r, text)
	out := ui.Explanation{Token: e.Kind == admin.KindToken, Header: e.Header, Claims: e.Claims}
	for _, c := range e.Checks {
		out.Checks = append(out.Checks, ui.Check{Name: c.Name, Outcome: c.Outcome, Status: c.Status, Code: c.Code, Error: c.Error, Description: c.Text, Reason: c.Reason})
	}
	return out
}
