package idporten

import (
	"fmt"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"
)

// secured keeps pages out of frames and answers out of caches.
func secured(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		h := c.Response().Header()
		h.Set("Cache-Control", "no-store")
		h.Set("Pragma", "no-cache")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Frame-Options", "DENY")
		h.Set("Referrer-Policy", "same-origin")
		return next(c)
	}
}

// keepFor lets an answer be kept for some time. Clients are told to keep the
// discovery document for a day. Source: Digdir, "Well-known endepunkt".
func keepFor(c echo.Context, d time.Duration) {
	h := c.Response().Header()
	h.Del("Pragma")
	h.Set("Cache-Control", fmt.Sprintf("public, max-age=%d", int(d.Seconds())))
}

// shared lets pages of any origin call what programs call: a client in the browser
// fetches its own tokens. No cookie counts there. That the real one lets them is
// inferred from Digdir, "Innlogging til SPA"; to which origins is a guess.
func shared(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if !forPrograms(c) {
			return next(c)
		}
		h := c.Response().Header()
		h.Set("Access-Control-Allow-Origin", "*")
		if c.Request().Method != http.MethodOptions {
			return next(c)
		}
		h.Set("Access-Control-Allow-Methods", "GET, POST")
		h.Set("Access-Control-Allow-Headers", "Authorization, Content-Type")
		return c.NoContent(http.StatusNoContent)
	}
}
