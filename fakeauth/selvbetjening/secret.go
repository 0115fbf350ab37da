package selvbetjening

import (
	"crypto/rand"
	"encoding/json"
	"net/http"
	"strconv"

	"liksom/fakeauth"
)

// secretMember is the setting that holds a client's secret (klienthemmelighet).
const secretMember = "client_secret"

// hasSecret tells whether clients of an authentication method share a secret
// with ID-porten.
func hasSecret(method string) bool {
	return method == "client_secret_basic" || method == "client_secret_post"
}

// giveSecret makes a secret for a client, which replaces the one that it had. Its
// form is a guess, and so is that it never runs out: one page of Digdir's allows
// it 360 days, another says that a limit will come.
func giveSecret(c *fakeauth.Client) {
	if c.Settings == nil {
		c.Settings = map[string]json.RawMessage{}
	}
	c.Settings[secretMember] = json.RawMessage(strconv.Quote(rand.Text()))
}

// postSecret replaces the secret of a client. Digdir, "REST-API for
// administrasjon av OIDC-integrasjoner", "Rotering av client_secret". That it
// answers with the whole client is a guess; published clients read client_secret.
func (a *api) postSecret(c call) error {
	changed, err := a.changed(c, func(_ *fakeauth.Registry, client *fakeauth.Client) error {
		switch {
		case betweenMachines(integrationOf(client)):
			return wrong(clientObject, "integration_type", "client %q signs with its key or certificate, so it has no secret: its integration_type is %s", client.ID, integrationOf(client))
		case !hasSecret(client.AuthMethod):
			return wrong(clientObject, "token_endpoint_auth_method", "client %q is registered with %s, so it has no secret; register client_secret_basic or client_secret_post first", client.ID, methodOf(client))
		}
		giveSecret(client)
		client.Updated = c.at
		return nil
	})
	if err != nil {
		return err
	}
	return answerSecret(c, http.StatusOK, &changed)
}

// answerSecret shows a client with the secret that it was just given, if it has
// one, in clear text (as above, "Opprette en integrasjon"). That no other answer
// holds it is a guess.
func answerSecret(c call, status int, client *fakeauth.Client) error {
	shown, err := show(client, c.base)
	if err != nil {
		return err
	}
	if secret, ok := client.Settings[secretMember]; ok {
		shown[secretMember] = secret
		c.Response().Header().Set("Cache-Control", "no-store") // RFC 7591 section 3.2.1
	}
	return c.JSON(status, shown)
}
