package admin

import (
	"fmt"
	"strconv"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

const (
	defaultLimit = 50
	maxLimit     = 1000
)

type personRequest struct {
	ID string `path:"id" pattern:"^[0-9]{11}$"`
}

// getStats counts the register.
func (a *api) getStats(c echo.Context) error { return writeJSON(c, a.c.Stats()) }

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

func (a *api) listClients(c echo.Context) error {
	return writeJSON(c, clientsAnswer{a.c.Clients(c.Request())})
}

func (a *api) getClientKey(c echo.Context) error {
	key, ok := a.c.Key(c.Param("id"))
	if !ok {
		return notFound("key.unknown", fmt.Sprintf("no seeded client is called %q; GET %s/clients lists them", sandbox.Short(c.Param("id")), prefix))
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
			Code: e.Code, Reason: e.Reason, TraceID: e.TraceID, IDs: e.IDs, Found: e.Found, Answer: e.Answer,
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
