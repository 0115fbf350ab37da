// Command static answers every POST with the bytes of files, one after another, and
// with given headers, as an echo handler that has nothing to do would:
// static ADDRESS HEADERS FILE...
package main

import (
	"bufio"
	"bytes"
	"io"
	"log"
	"net/http"
	"net/textproto"
	"os"
	"strconv"
	"sync/atomic"

	"github.com/labstack/echo/v4"
)

// answer is a body with its Content-Length.
type answer struct {
	body   []byte
	length []string
}

func main() {
	headers := readHeaders(os.Args[2])
	var answers []answer
	for _, name := range os.Args[3:] {
		body, err := os.ReadFile(name)
		if err != nil {
			log.Fatal(err)
		}
		answers = append(answers, answer{body, []string{strconv.Itoa(len(body))}})
	}
	var asked atomic.Uint64
	e := echo.New()
	e.HideBanner, e.HidePort = true, true
	e.POST("/*", func(c echo.Context) error {
		if _, err := io.Copy(io.Discard, c.Request().Body); err != nil {
			return err
		}
		a := answers[asked.Add(1)%uint64(len(answers))]
		h := c.Response().Header()
		for name, values := range headers {
			h[name] = values
		}
		h["Content-Length"] = a.length
		return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, a.body)
	})
	log.Fatal(e.Start(os.Args[1]))
}

// readHeaders reads what curl -D wrote. The server itself writes the date.
func readHeaders(name string) textproto.MIMEHeader {
	text, err := os.ReadFile(name)
	if err != nil {
		log.Fatal(err)
	}
	_, text, _ = bytes.Cut(text, []byte("\r\n")) // the status line
	h, err := textproto.NewReader(bufio.NewReader(bytes.NewReader(text))).ReadMIMEHeader()
	if err != nil {
		log.Fatal(err)
	}
	h.Del("Date")
	return h
}
