package app

import (
	"encoding/json"
	"fmt"
	"io/fs"
	"net/http"
	"net/url"

	"liksom/fakeauth"
	"liksom/fakeauth/idporten"
	"liksom/sandbox/citizen"
	"liksom/sandbox/relying"
	"liksom/ui"
)

// startCitizen makes MinProfil and the confirm dialog. MinProfil's requests to
// ID-porten stay in the program, as those of the demo service.
func (s *Sandbox) startCitizen(c Config) error {
	secret, err := seededSecret(c.Population.Files, "minprofil")
	if err != nil {
		return err
	}
	sheets, err := ui.Stylesheets()
	if err != nil {
		return err
	}
	script, err := ui.Script()
	if err != nil {
		return err
	}
	s.citizen, err = citizen.New(citizen.Config{
		Register: s.register, Outbox: s.outbox, Now: s.now, Guesses: c.CitizenGuesses, Known: s.knownOrigin,
		MinProfil: relying.Config[citizen.Kept]{
			Now: s.now, Base: s.loginBase, Send: s.toItself(), Issuer: idportenPath, ClientID: "minprofil", Secret: secret,
		},
		Stylesheets: sheets, Script: script, Log: s.log,
	})
	return err
}

// afterLogin lets the dialog ask a citizen who has logged in.
func (s *Sandbox) afterLogin(w http.ResponseWriter, r *http.Request, in idporten.Arrival) bool {
	return s.citizen.AfterLogin(w, r, citizen.Arrival{PID: in.PID, Language: in.Language, Back: in.Back})
}

// seededSecret is the secret that a client has in the seeds.
func seededSecret(files fs.FS, id string) (secret string, err error) {
	registry, err := readRegistry(files)
	if err != nil {
		return "", err
	}
	found := registry.Client(id)
	if found == nil {
		return "", fmt.Errorf("clients.json has no client %s", id)
	}
	if err := json.Unmarshal(found.Settings["client_secret"], &secret); err != nil {
		return "", fmt.Errorf("clients.json: the secret of %s: %w", id, err)
	}
	return secret, nil
}

// knownOrigin tells whether some client is registered with an address there.
func (s *Sandbox) knownOrigin(r *http.Request, origin string) bool {
	base := s.loginBase(r)
	for _, c := range s.auth.Clients() {
		for _, address := range addresses(c.At(base)) {
			u, err := url.Parse(address)
			if err == nil && u.Scheme+"://"+u.Host == origin {
				return true
			}
		}
	}
	return false
}

// addresses are where a client lets a browser be sent.
func addresses(c fakeauth.Client) []string {
	var after []string
	_ = json.Unmarshal(c.Settings["post_logout_redirect_uris"], &after) // none where there are none
	return append(after, c.RedirectURIs...)
}
