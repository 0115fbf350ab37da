package krr_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"liksom/sandbox/krr"
)

const schemaURL = "http://liksom.test/openapi.json"

// described is the document as a value, and its schemas as one asks for them.
type described struct {
	document map[string]any
	schemas  map[string]*jsonschema.Schema // by method, path, status and content type
	examples map[string]string             // the same, for what is asked with "request" as the status
}

var documentation = sync.OnceValue(func() described {
	golden, err := os.ReadFile(goldenDocument)
	if err != nil {
		panic(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(golden))
	if err != nil {
		panic(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(schemaURL, document); err != nil {
		panic(err)
	}
	d := described{document.(map[string]any), map[string]*jsonschema.Schema{}, map[string]string{}}
	for path, item := range d.document["paths"].(map[string]any) {
		for method, op := range item.(map[string]any) {
			operation, at := op.(map[string]any), strings.ToUpper(method)+" "+path
			pointer := "/paths/" + strings.ReplaceAll(path, "/", "~1") + "/" + method
			if body, ok := operation["requestBody"].(map[string]any); ok {
				d.collect(compiler, at+" request", pointer+"/requestBody", body)
			}
			for status, answer := range operation["responses"].(map[string]any) {
				d.collect(compiler, at+" "+status, pointer+"/responses/"+status, answer.(map[string]any))
			}
		}
	}
	return d
})

func (d described) collect(compiler *jsonschema.Compiler, at, pointer string, holder map[string]any) {
	content, _ := holder["content"].(map[string]any)
	if content == nil {
		d.schemas[at+" "] = nil // an answer without a body
	}
	for kind, media := range content {
		d.schemas[at+" "+kind] = compiler.MustCompile(schemaURL + "#" + pointer + "/content/" + strings.ReplaceAll(kind, "/", "~1") + "/schema")
		if example, ok := media.(map[string]any)["example"]; ok {
			text, err := json.Marshal(example)
			if err != nil {
				panic(err)
			}
			d.examples[at+" "+kind] = string(text)
		}
	}
}

// documented checks an answer against the document. What is at no path of it
// must be a 404 or a 405 in the form of its errors.
func documented(t *testing.T, r *http.Request, answer *httptest.ResponseRecorder) {
	t.Helper()
	kind := answer.Header().Get("Content-Type")
	if kind == "application/jose" {
		return // verified and compared by its own tests
	}
	at := fmt.Sprintf("%s %s %d %s", r.Method, strings.TrimSuffix(r.URL.Path, "/"), answer.Code, kind)
	schema, ok := documentation().schemas[at]
	if answer.Code == http.StatusNotFound || answer.Code == http.StatusMethodNotAllowed {
		schema, ok = documentation().schemas["POST /rest/v1/personer 400 "+kind]
	}
	if !ok {
		t.Errorf("%s is not in the document", at)
		return
	}
	if schema == nil {
		return
	}
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(answer.Body.Bytes()))
	if err == nil {
		err = schema.Validate(value)
	}
	if err != nil {
		t.Errorf("%s breaks the document: %v", at, err)
	}
}

// TestEveryExampleOfTheDocumentKeepsItsSchema and is answered well, where it is
// something to ask.
func TestEveryExampleOfTheDocumentKeepsItsSchema(t *testing.T) {
	t.Parallel()
	asked := 0
	for at, example := range documentation().examples {
		value, err := jsonschema.UnmarshalJSON(strings.NewReader(example))
		if err == nil {
			err = documentation().schemas[at].Validate(value)
		}
		if err != nil {
			t.Errorf("the example of %s: %v", at, err)
		}
		part := strings.Fields(at)
		if part[2] != "request" {
			continue
		}
		asked++
		token := map[string]string{feed: "FEED", krr.LanguagePath: "LANGUAGE", "/rest/v1/person": "USER"}[part[1]]
		if token == "" {
			token = "BOTH"
		}
		api, _ := newAPI(t, conformancePersons(t))
		r := request(part[0], part[1], example, "Authorization:", "Authorization: Bearer "+token)
		rec := httptest.NewRecorder()
		api.ServeHTTP(rec, r)
		if rec.Code >= 300 {
			t.Errorf("the example of %s is answered %d: %s", at, rec.Code, rec.Body)
		}
		documented(t, r, rec)
	}
	if asked != 5 {
		t.Errorf("%d examples were asked", asked)
	}
}
