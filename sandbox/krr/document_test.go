package krr_test

import (
	"bytes"
	"encoding/json"
	"net/http/httptest"
	"os"
	"testing"
)

const goldenDocument = "testdata/openapi.json"

// served gives the document as the API serves it, indented.
func served(t testing.TB) []byte {
	t.Helper()
	api, _ := newAPI(t, nil)
	rec := httptest.NewRecorder()
	api.ServeHTTP(rec, httptest.NewRequest("GET", "/v3/api-docs", nil))
	var out bytes.Buffer
	if err := json.Indent(&out, rec.Body.Bytes(), "", " "); err != nil {
		t.Fatalf("%v: %s", err, rec.Body)
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// TestDocumentIsTheGoldenOne: set LIKSOM_UPDATE_OPENAPI=1 to write the file, and
// read the difference.
func TestDocumentIsTheGoldenOne(t *testing.T) {
	t.Parallel()
	got := served(t)
	if os.Getenv("LIKSOM_UPDATE_OPENAPI") != "" {
		if err := os.WriteFile(goldenDocument, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(goldenDocument)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("the document differs from %s", goldenDocument)
	}
}
