package app

import (
	"encoding/json"
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
			Now: s.now, Base: s.loginBase, Send: s.toItself(), Issuer: idportenPath, ClientID: "minprofil", Secret: s.secretOf("minprofil"),
		},
		Stylesheets: sheets, Script: script, Log: s.log,
	})
	return err
}

// afterLogin lets the dialog ask a citizen who has logged in.
func (s *Sandbox) afterLogin(w http.ResponseWriter, r *http.Request, in idporten.Arrival) bool {
	return s.citizen.AfterLogin(w, r, citizen.Arrival{PID: in.PID, Language: in.Language, Back: in.Back})
}

// secretOf tells the secret that a service of our own has now, which whoever
// registers clients may have replaced; "" where there is none, which ID-porten refuses.
func (s *Sandbox) secretOf(id string) func() string {
	return func() (secret string) {
		client, _ := s.auth.Client(id)
		_ = json.Unmarshal(client.Settings["client_secret"], &secret)
		return secret
	}
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
