package ui

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

// clientsPage lists the clients.
type clientsPage struct {
	frame
	Clients []clientRow
}

type clientRow struct {
	Client
	URL string
}

// clientPage shows one client, with code that gets a token in its name.
type clientPage struct {
	frame
	Client
	Facts     []fact
	Addresses []fact
	KeyURL    string // of the private key; empty when the sandbox has none
	Snippets  []snippet
}

func (s *site) listClients(c echo.Context) error {
	page := clientsPage{frame: s.tokenFrame(c.Request(), clientsPath, "clients")}
	for _, client := range s.tokens.Clients() {
		page.Clients = append(page.Clients, clientRow{client, clientsPath + "/" + client.ID})
	}
	return s.render(c, http.StatusOK, "klienter", page)
}

func (s *site) client(id string) (Client, error) {
	for _, client := range s.tokens.Clients() {
		if client.ID == id {
			return client, nil
		}
	}
	return Client{}, echo.ErrNotFound
}

func (s *site) showClient(c echo.Context) error {
	client, err := s.client(c.Param("id"))
	if err != nil {
		return err
	}
	base := s.baseURL(c.Request())
	page := clientPage{frame: s.tokenFrame(c.Request(), clientsPath, "clients"), Client: client}
	page.Title = client.ID
	if page.Snippets, err = s.snippetsFor(base, client); err != nil {
		return err
	}
	authentication := page.T("client.key", strings.Join(client.Keys, ", "))
	if len(client.Keys) == 0 {
		authentication = page.T("client.certificate")
	}
	page.Facts = []fact{
		{Label: "client_id", Value: client.ID}, {Label: page.T("client.org"), Value: client.Org, More: client.Owner},
		{Label: "scope", Value: strings.Join(client.Scopes, " ")}, {Label: page.T("client.signs"), Value: authentication},
		{Label: page.T("token.lifetime"), Value: page.T("token.seconds", page.number(client.Lifetime))},
	}
	page.Addresses = []fact{
		{Label: "well-known", Value: base + "/maskinporten/.well-known/oauth-authorization-server"}, {Label: "issuer, aud", Value: base + "/maskinporten/"},
		{Label: "token", Value: base + "/maskinporten/token"}, {Label: "KRR", Value: base + "/rest/v2/personer"},
	}
	if client.Seeded {
		page.KeyURL = "/sandbox/v1/clients/" + client.ID + "/key"
	}
	return s.render(c, http.StatusOK, "klient", page)
}

// showSnippet gives one piece of code as plain text, for a file of one's own.
func (s *site) showSnippet(c echo.Context) error {
	client, err := s.client(c.Param("id"))
	if err != nil {
		return err
	}
	all, err := s.snippetsFor(s.baseURL(c.Request()), client)
	if err != nil {
		return err
	}
	for _, one := range all {
		if one.Name == c.Param("snippet") {
			return c.String(http.StatusOK, one.Text)
		}
	}
	return echo.ErrNotFound
}
