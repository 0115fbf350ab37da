package admin

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

const (
	maxBody    = 64 << 10 // far above any request about one person
	maxBulk    = 4 << 20
	maxDepth   = 8 // of objects and lists in each other
	mergePatch = "application/merge-patch+json"
)

// readJSON reads a body of one JSON object into a struct, strictly.
func readJSON(r *http.Request, most int64, into any) error {
	body, err := readBody(r, most, echo.MIMEApplicationJSON)
	if err != nil {
		return err
	}
	return decode(body, into)
}

// readObject reads a body of one JSON object.
func readObject(r *http.Request, kinds ...string) (map[string]any, error) {
	body, err := readBody(r, maxBody, kinds...)
	if err != nil {
		return nil, err
	}
	return decodeObject(body)
}

func decodeObject(body []byte) (map[string]any, error) {
	var object map[string]any
	if err := decode(body, &object); err != nil {
		return nil, err
	}
	if object == nil {
		return nil, invalid("body.invalid", "the body must be a JSON object")
	}
	return object, nil
}

// readBody reads a body of one of some kinds. A form is none of them, so that no
// web page can post here without asking the browser first.
func readBody(r *http.Request, most int64, kinds ...string) ([]byte, error) {
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || !slices.Contains(kinds, kind) {
		return nil, echo.NewHTTPError(http.StatusUnsupportedMediaType, "send the body as Content-Type: "+kinds[0])
	}
	body, err := io.ReadAll(http.MaxBytesReader(nil, r.Body, most))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, echo.NewHTTPError(http.StatusRequestEntityTooLarge, fmt.Sprintf("the body may hold at most %d bytes", most))
	case err != nil:
		return nil, invalid("body.unread", "the body broke off")
	}
	return body, nil
}

// decode reads one JSON value with no unknown member and no member twice.
func decode(body []byte, into any) error {
	walk := json.NewDecoder(bytes.NewReader(body))
	walk.UseNumber()
	err := checkNames(walk, 0)
	if err == nil {
		if _, more := walk.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the JSON object")
		}
	}
	if err == nil {
		dec := json.NewDecoder(bytes.NewReader(body))
		dec.DisallowUnknownFields()
		err = dec.Decode(into)
	}
	if err != nil {
		return invalid("body.invalid", "the body is not the JSON object that is wanted: "+sandbox.Short(err.Error()))
	}
	return nil
}

// checkNames goes through a value and refuses an object that has a member twice,
// of which one reader takes the first and another the last. Names that differ in
// case only are the same to encoding/json.
func checkNames(dec *json.Decoder, depth int) error {
	token, err := dec.Token()
	if err != nil {
		return err
	}
	open, ok := token.(json.Delim)
	if !ok {
		return nil
	}
	if depth == maxDepth {
		return errors.New("it is nested too deeply")
	}
	seen := map[string]bool{}
	for dec.More() {
		if open == '{' {
			name, err := dec.Token()
			if err != nil {
				return err
			}
			folded := strings.ToLower(fmt.Sprint(name))
			if seen[folded] {
				return fmt.Errorf("the member %q stands twice", name)
			}
			seen[folded] = true
		}
		if err := checkNames(dec, depth+1); err != nil {
			return err
		}
	}
	_, err = dec.Token()
	return err
}

// encode is for answers.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return nil, fmt.Errorf("encoding an answer: %w", err)
	}
	return b.Bytes(), nil
}

func writeJSON(c echo.Context, v any) error { return writeStatus(c, http.StatusOK, v) }

func writeStatus(c echo.Context, status int, v any) error {
	b, err := encode(v)
	if err != nil {
		return err
	}
	return c.Blob(status, echo.MIMEApplicationJSON, b)
}

// keepable reads a number that may be kept.
func keepable(digits string) (sandbox.PersonID, error) {
	id, err := sandbox.ParsePersonID(digits)
	if err != nil {
		return id, err
	}
	return id, sandbox.CheckID(id)
}
