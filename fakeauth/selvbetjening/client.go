package selvbetjening

import (
	"cmp"
	"encoding/json"
	"slices"
	"time"

	"liksom/fakeauth"
)

const (
	clientObject = "clientRegistration"
	maskinporten = "maskinporten"
	jwtBearer    = "urn:ietf:params:oauth:grant-type:jwt-bearer"
	privateKey   = "private_key_jwt"
)

// The code lists of a client (observed in published clients).
var (
	integrationTypes = []string{maskinporten, "idporten", "api_klient", "ansattporten", "krr", "eformidling", "idporten_saml2"}
	applicationTypes = []string{"web", "browser", "native"}
	authMethods      = []string{"client_secret_basic", "client_secret_post", privateKey, "none"}
)

// loginScopes belong to every login and are registered by nobody. Digdir,
// "Registrering av klienter", "Scopes"; observed in what provisioning sends.
var loginScopes = []string{"openid", "profile"}

// betweenMachines tells whether clients of a type get tokens without a login.
func betweenMachines(integration string) bool {
	return integration == maskinporten || integration == "krr"
}

// krrScopes are those of every client of the type krr, whatever it asks for.
func krrScopes() []string {
	return []string{"krr:global/kontaktinformasjon.read", "krr:global/digitalpost.read"}
}

// clientBody is a client on the wire, without the settings that mean nothing
// here. Active is nil where a request leaves it out.
type clientBody struct {
	ClientID        string            `json:"client_id,omitempty"`
	Name            string            `json:"client_name"`
	Org             string            `json:"client_orgno,omitempty"`
	SupplierOrg     string            `json:"supplier_orgno,omitempty"`
	Description     string            `json:"description"`
	Active          *bool             `json:"active,omitempty"`
	Created         *time.Time        `json:"created,omitempty"`
	Updated         *time.Time        `json:"last_updated,omitempty"`
	ApplicationType string            `json:"application_type"`
	IntegrationType string            `json:"integration_type"`
	Scopes          []string          `json:"scopes"`
	GrantTypes      []string          `json:"grant_types"`
	AuthMethod      string            `json:"token_endpoint_auth_method"`
	TokenLifetime   int               `json:"access_token_lifetime"` // seconds
	RedirectURIs    []string          `json:"redirect_uris"`
	OnBehalfOf      []json.RawMessage `json:"onbehalfof,omitempty"`
}

// settings are the members that are kept and given back as they came.
var settings = []string{
	"client_uri", "authorization_lifetime", "refresh_token_lifetime", "refresh_token_usage", "post_logout_redirect_uris",
	"frontchannel_logout_uri", "frontchannel_logout_session_required", "sso_disabled", "code_challenge_method", "logo_uri", "jwks_uri",
}

// loginSettings are those that ID-porten reads. With another type it could log nobody
// in for the client.
type loginSettings struct {
	PostLogoutURIs  []string `json:"post_logout_redirect_uris"`
	FrontChannelURI string   `json:"frontchannel_logout_uri"`
	SessionRequired bool     `json:"frontchannel_logout_session_required"`
	SSODisabled     bool     `json:"sso_disabled"`
	ChallengeMethod string   `json:"code_challenge_method"`
	Refresh         int      `json:"refresh_token_lifetime"`
	Authorization   int      `json:"authorization_lifetime"`
	RefreshUsage    string   `json:"refresh_token_usage"`
}

// show writes a client, with the caller's base in its addresses and without its
// secret.
func show(registered *fakeauth.Client, base string) (map[string]json.RawMessage, error) {
	c := registered.At(base)
	active, created, updated := !c.Inactive, dated(c.Created), dated(c.Updated)
	lifetime := cmp.Or(c.TokenLifetime, 120) // Digdir, "Registrering av klienter"
	delete(c.Settings, secretMember)
	return merge(clientBody{
		ClientID: c.ID, Name: c.Name, Org: c.Org, SupplierOrg: c.SupplierOrg, Description: c.Description, Active: &active,
		Created: &created, Updated: &updated, ApplicationType: cmp.Or(c.ApplicationType, applicationTypes[0]), IntegrationType: integrationOf(&c), Scopes: some(c.Scopes),
		GrantTypes: grantsOf(&c), AuthMethod: methodOf(&c), TokenLifetime: lifetime, RedirectURIs: some(c.RedirectURIs), OnBehalfOf: c.OnBehalfOf,
	}, c.Settings)
}

func integrationOf(c *fakeauth.Client) string { return cmp.Or(c.IntegrationType, maskinporten) }

func methodOf(c *fakeauth.Client) string { return cmp.Or(c.AuthMethod, privateKey) }

// grantsOf are a client's grants: the only or the first one of its type, where
// the registration leaves them out.
func grantsOf(c *fakeauth.Client) []string {
	switch {
	case len(c.GrantTypes) > 0:
		return c.GrantTypes
	case betweenMachines(integrationOf(c)):
		return []string{jwtBearer}
	}
	return []string{"authorization_code"}
}

// readClient reads and checks what does not depend on the registry.
func readClient(c call) (clientBody, map[string]json.RawMessage, error) {
	var text json.RawMessage
	var body clientBody
	var members map[string]json.RawMessage
	if err := read(c, clientObject, &text); err != nil {
		return body, nil, err
	}
	if err := decode(text, &body, &members); err != nil {
		return body, nil, err
	}
	for name := range members {
		if !slices.Contains(settings, name) {
			delete(members, name)
		}
	}
	return body, members, body.check()
}

// decode reads one text twice: what is known, and all of it.
func decode(text json.RawMessage, body *clientBody, members *map[string]json.RawMessage) error {
	if json.Unmarshal(text, members) != nil || *members == nil {
		return wrong(clientObject, "", "the body must be a JSON object")
	}
	err := json.Unmarshal(text, body)
	if err == nil && !betweenMachines(body.IntegrationType) {
		err = json.Unmarshal(text, new(loginSettings))
	}
	if err != nil {
		return wrong(clientObject, "", "a member has another type than expected: %s", cut(err.Error()))
	}
	return nil
}

// check applies the rules for a registration, and spells grants in full. Digdir,
// "Registrering av klienter": what is legal for each integration type.
func (b *clientBody) check() error {
	for i, grant := range b.GrantTypes {
		if grant == "jwt_bearer_token" {
			b.GrantTypes[i] = jwtBearer
		}
	}
	switch {
	case b.IntegrationType == "":
		return wrong(clientObject, "integration_type", "integration_type is missing; for Maskinporten it is %q", maskinporten)
	case b.Name == "":
		return wrong(clientObject, "client_name", "client_name is missing")
	case b.TokenLifetime < 0:
		return wrong(clientObject, "access_token_lifetime", "access_token_lifetime is %d; it must be a number of seconds", b.TokenLifetime)
	}
	if err := oneOf(clientObject, "integration_type", b.IntegrationType, integrationTypes...); err != nil {
		return err
	}
	if !betweenMachines(b.IntegrationType) {
		if err := oneOf(clientObject, "token_endpoint_auth_method", b.AuthMethod, authMethods...); err != nil {
			return err
		}
		if err := checkAddresses(b.RedirectURIs); err != nil {
			return err
		}
		return oneOf(clientObject, "application_type", b.ApplicationType, applicationTypes...)
	}
	if err := oneOf(clientObject, "application_type", b.ApplicationType, "web"); err != nil {
		return err
	}
	if err := oneOf(clientObject, "token_endpoint_auth_method", b.AuthMethod, privateKey); err != nil {
		return err
	}
	if len(b.GrantTypes) > 0 && !slices.Equal(b.GrantTypes, []string{jwtBearer}) {
		return wrong(clientObject, "grant_types", "grant_types must be %q alone for integration_type %s", jwtBearer, b.IntegrationType)
	}
	return nil
}

// checkScopes demands that every scope is registered and made for the type of
// the client. Access to it is not asked for: it may come later.
func checkScopes(r *fakeauth.Registry, integration string, names []string) error {
	for _, name := range names {
		scope := r.Scope(name)
		switch {
		case !betweenMachines(integration) && slices.Contains(loginScopes, name):
		case scope == nil || scope.Inactive:
			return wrong(clientObject, "scopes", "the scope %q is not registered; GET /scopes/all lists them", cut(name))
		case !scope.Allows(integration):
			return wrong(clientObject, "scopes", "the scope %q is not for integration_type %s; it is for %v", cut(name), integration, scope.AllowedIntegrationTypes)
		}
	}
	return nil
}

// fill takes a registration over into a client, who keeps its secret as long as
// it authenticates with one. Digdir, "Registrering av klienter",
// "Klient-autentisering".
func (b *clientBody) fill(c *fakeauth.Client, settings map[string]json.RawMessage, at time.Time) {
	if secret, ok := c.Settings[secretMember]; ok && hasSecret(b.AuthMethod) {
		settings[secretMember] = secret
	}
	c.Name, c.Description, c.ApplicationType, c.AuthMethod = b.Name, b.Description, b.ApplicationType, b.AuthMethod
	c.Scopes, c.GrantTypes, c.RedirectURIs = b.Scopes, b.GrantTypes, b.RedirectURIs
	c.TokenLifetime, c.Settings, c.Updated = b.TokenLifetime, settings, at
	if b.IntegrationType == "krr" {
		c.Scopes = krrScopes()
	}
	if b.Active != nil {
		c.Inactive = !*b.Active
	}
}
