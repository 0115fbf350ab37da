package ui

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/journal"
)

// requestRecord is an entry of the journal in the list's twins, named as in the
// control API.
type requestRecord struct {
	Nr      uint64    `json:"nr"`
	Time    time.Time `json:"time"`
	Surface string    `json:"surface"`
	Method  string    `json:"method"`
	Path    string    `json:"path"` // with the query
	Status  int       `json:"status"`
	Millis  float64   `json:"milliseconds"`
	Bytes   int64     `json:"bytes"`
	Client  string    `json:"client_id,omitempty"`
	Verdict string    `json:"verdict"`
	Code    string    `json:"code,omitempty"`
	Reason  string    `json:"reason,omitempty"`
	TraceID string    `json:"trace_id,omitempty"`
	IDs     int       `json:"ids,omitempty"`
	Found   int       `json:"found,omitempty"`
	Answer  string    `json:"answer,omitempty"` // of a refusal, its beginning
}

func (s *site) records(c echo.Context) []requestRecord {
	fitting, _ := readRequestsURL(c.QueryParams()).among(s.journal(maxJournal))
	out := make([]requestRecord, len(fitting))
	for i, e := range fitting {
		out[i] = record(e)
	}
	c.Response().Header().Set("Cache-Control", "private, no-cache")
	return out
}

func record(e *journal.Entry) requestRecord {
	return requestRecord{
		e.Nr, e.Time, e.Surface, e.Method, target(e), e.Status, float64(e.Duration.Microseconds()) / 1000, e.Bytes,
		e.Client, e.Verdict, e.Code, e.Reason, e.TraceID, e.IDs, e.Found, e.Answer,
	}
}

func (s *site) requestsJSON(c echo.Context) error {
	return c.JSON(http.StatusOK, map[string]any{"entries": s.records(c)})
}

func (s *site) requestsCSV(c echo.Context) error {
	var b strings.Builder
	out := csv.NewWriter(&b)
	rows := [][]string{{"nr", "time", "surface", "method", "path", "status", "milliseconds", "bytes", "client_id", "verdict", "code", "reason", "trace_id", "ids", "found"}}
	for _, r := range s.records(c) {
		rows = append(rows, []string{
			strconv.FormatUint(r.Nr, 10), r.Time.UTC().Format(time.RFC3339Nano), r.Surface, r.Method, r.Path, strconv.Itoa(r.Status),
			strconv.FormatFloat(r.Millis, 'f', 3, 64), strconv.FormatInt(r.Bytes, 10), asText(r.Client), r.Verdict, asText(r.Code), asText(r.Reason), r.TraceID,
			strconv.Itoa(r.IDs), strconv.Itoa(r.Found),
		})
	}
	if err := out.WriteAll(rows); err != nil {
		return err
	}
	c.Response().Header().Set("Content-Disposition", `attachment; filename="foresporsler.csv"`)
	return c.Blob(http.StatusOK, "text/csv; charset=utf-8", []byte(b.String()))
}

// asText keeps a spreadsheet from taking a caller's text for a formula. A mobile
// with its country code is none.
func asText(s string) string {
	if rest, ok := strings.CutPrefix(s, "+"); ok && strings.Trim(rest, "0123456789 ") == "" {
		return s
	}
	if strings.IndexAny(s, "=+-@\t\r") == 0 {
		return "'" + s
	}
	return s
}
