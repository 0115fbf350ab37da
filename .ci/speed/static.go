// Command static answers every POST with the bytes of a file, as an echo handler
// that has nothing to do would: static FILE ADDRESS.
package main

import (
	"io"
	"log"
	"net/http"
	"os"

	"github.com/labstack/echo/v4"
)

func main() {
	answer, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.POST("/*", func(c echo.Context) error {
		if _, err := io.Copy(io.Discard, c.Request().Body); err != nil {
			return err
		}
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, answer)
	})
	log.Fatal(e.Start(os.Args[2]))
}
