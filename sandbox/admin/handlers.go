package admin

import (
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

const (
	defaultLimit = 50
	maxLimit     = 1000
)

type personsRequest struct {
	Q      string `query:"q" description:"words: the beginning of a name, e-mail, mobile or number"`
	Limit  int    `query:"limit" minimum:"0" maximum:"1000" default:"50"`
	Cursor string `query:"cursor" description:"next of the page before"`
}

type personsAnswer struct {
	Total   int      `json:"total" description:"hits in all"`
	Persons []Person `json:"persons" required:"true" nullable:"false"`
	Next    string   `json:"next,omitempty" description:"pass back as cursor; absent at the end"`
}

type personRequest struct {
	ID string `path:"id" pattern:"^[0-9]{11}$"`
}

// getStats counts the register.
func (a *api) getStats(c echo.Context) error { return c.JSON(http.StatusOK, a.c.Stats()) }

type clientRequest struct {
	ID string `path:"id"`
}

type clientsAnswer struct {
	Clients []Client `json:"clients" required:"true" nullable:"false"`
}

type journalRequest struct {
	Limit int `query:"limit" minimum:"0" maximum:"1000" default:"50"`
}

type journalAnswer struct {
	Entries []entry `json:"entries" required:"true" nullable:"false"`
}

func (a *api) listPersons(c echo.Context) error {
	limit, err := limitOf(c)
	if err != nil {
		return err
	}
	s := sandbox.Search{Words: c.QueryParam("q"), Limit: limit}
	if cursor := c.QueryParam("cursor"); cursor != "" {
		if s.After, err = sandbox.ParsePersonID(cursor); err != nil {
			return invalid("cursor.invalid", "cursor must be the value of next in the page before")
		}
	}
	found, w := a.c.Register.Search(s), a.window()
	out := personsAnswer{Total: found.Total, Persons: make([]Person, len(found.Persons))}
	for i, r := range found.Persons {
		out.Persons[i] = NewPerson(r, w)
	}
	if found.More && len(found.Persons) > 0 {
		out.Next = found.Persons[len(found.Persons)-1].ID().Digits()
	}
	return writeJSON(c, out)
}

func (a *api) getPerson(c echo.Context) error {
	id, err := sandbox.ParsePersonID(c.Param("id"))
	if err != nil {
		return err
	}
	r := a.c.Register.Person(id)
	if !r.Exists() {
		text := fmt.Sprintf("the sandbox has no person with the number %v", id)
		if !id.Synthetic() {
			text += "; it looks like a real number, and those are never kept here"
		}
		return notFound("person.unknown", text)
	}
	return writeJSON(c, NewPerson(r, a.window()))
}

func (a *api) mintToken(c echo.Context) error {
	var t TokenRequest
	if err := readJSON(c.Request(), maxBody, &t); err != nil {
		return err
	}
	if t.ClientID == "" || strings.TrimSpace(t.Scope) == "" {
		return invalid("token.incomplete", `client_id and scope are needed: {"client_id":"demo","scope":"krr:global/kontaktinformasjon.read"}`)
	}
	answer, known, err := a.c.Mint(c.Request().Context(), c.Request(), t)
	switch {
	case err != nil:
		return err
	case !known:
		return notFound("client.unknown", fmt.Sprintf("no client is called %q; GET %s/clients lists them", cut(t.ClientID), prefix))
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	if strings.HasPrefix(c.Request().Header.Get("Accept"), "text/plain") {
		return c.String(http.StatusOK, answer.AccessToken+"\n")
	}
	return writeJSON(c, answer)
}

func (a *api) listClients(c echo.Context) error { return writeJSON(c, clientsAnswer{a.c.Clients()}) }

func (a *api) getClientKey(c echo.Context) error {
	key, ok := a.c.Key(c.Param("id"))
	if !ok {
		return notFound("key.unknown", fmt.Sprintf("no seeded client is called %q; GET %s/clients lists them", cut(c.Param("id")), prefix))
	}
	return writeJSON(c, key)
}

func (a *api) listJournal(c echo.Context) error {
	limit, err := limitOf(c)
	if err != nil {
		return err
	}
	recent := a.c.Journal(limit)
	out := journalAnswer{make([]entry, len(recent))}
	for i, e := range recent {
		out.Entries[i] = entry{
			Nr: e.Nr, Time: e.Time, Surface: e.Surface, Method: e.Method, Path: e.Path, Query: e.Query, Status: e.Status,
			Millis: float64(e.Duration.Microseconds()) / 1000, Bytes: e.Bytes, Client: e.Client, Verdict: e.Verdict,
			Code: e.Code, Reason: e.Reason, TraceID: e.TraceID, IDs: e.IDs, Found: e.Found,
		}
	}
	return writeJSON(c, out)
}

func limitOf(c echo.Context) (int, error) {
	text := c.QueryParam("limit")
	if text == "" {
		return defaultLimit, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > maxLimit {
		return 0, invalid("limit.invalid", fmt.Sprintf("limit must be a number from 0 to %d", maxLimit))
	}
	return n, nil
}

// cut keeps what is echoed short and free of identity numbers.
func cut(s string) string {
	const most = 120
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return sandbox.MaskIDs(s)
}
