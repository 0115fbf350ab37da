package ui

import (
	"net/http"
	"slices"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

// travelPath takes the clock to the day before a channel of a person runs out.
const travelPath = "/person/:id/dagen-foer/:channel"

func travelURL(id sandbox.PersonID, channel string) string {
	return "/person/" + id.Digits() + "/dagen-foer/" + channel
}

// travel makes the clock stand still then, and goes back to the person.
func (s *site) travel(c echo.Context) error {
	id, err := sandbox.ParsePersonID(c.Param("id"))
	if err != nil {
		return lost{c.Param("id")}
	}
	r, m := s.register.Person(id), s.moment()
	all := channels(r, m.window)
	i := slices.IndexFunc(all[:], func(ch channel) bool { return ch.key == c.Param("channel") && ch.expires != 0 })
	if !r.Exists() || i < 0 {
		return lost{c.Param("id")}
	}
	if err := s.setClock(all[i].expires.Time().In(sandbox.Oslo).AddDate(0, 0, -1)); err != nil {
		return err
	}
	return c.Redirect(http.StatusSeeOther, personURL{id: id, version: 2, scope: scopeBoth}.String())
}
