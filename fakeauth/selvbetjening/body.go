package selvbetjening

import (
	"encoding/json"
	"errors"
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"
)

// maxBody caps a body, in bytes. Five keys with certificate chains fit.
const maxBody = 256 << 10

// read decodes the body. Members that are not known are ignored; the real API
// gets some from published clients that its documentation does not have.
func read(c call, object string, into any) error {
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), c.Request().Body, maxBody))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return refuse(http.StatusRequestEntityTooLarge, "invalid_request", "the body has more than %d bytes", maxBody)
	case err != nil:
		return wrong(object, "", "the body ended before its time")
	}
	err = json.Unmarshal(body, into)
	var member *json.UnmarshalTypeError
	switch {
	case errors.As(err, &member) && member.Field != "":
		return wrong(object, member.Field, "%s is a JSON %s; it must be of type %s", member.Field, member.Value, member.Type)
	case err != nil:
		return wrong(object, "", "the body is not the JSON that is expected: %s", cut(err.Error()))
	}
	return nil
}

// oneOf demands a value of a list, if there is a value.
func oneOf(object, field, value string, allowed ...string) error {
	if value == "" || slices.Contains(allowed, value) {
		return nil
	}
	return wrong(object, field, "%s is %q; it must be one of %s", field, cut(value), strings.Join(allowed, ", "))
}

// seeded is when everything was made that was there from the start.
var seeded = time.Date(2024, 1, 1, 0, 0, 0, 0, time.UTC)

// dated gives the time of what has none. Clients demand one.
func dated(t time.Time) time.Time {
	if t.IsZero() {
		return seeded
	}
	return t
}

// some makes an empty list of none, since callers go through it.
func some[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}

// merge writes v with more members behind it.
func merge(v any, more map[string]json.RawMessage) (map[string]json.RawMessage, error) {
	text, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	out := map[string]json.RawMessage{}
	if err := json.Unmarshal(text, &out); err != nil {
		return nil, err
	}
	maps.Copy(out, more)
	return out, nil
}
