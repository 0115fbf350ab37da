package app_test

import (
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// allowed says what each package may import besides the standard library, and
// so which way the arrows point. An import that is missing here is a decision
// to be argued in the commit that adds it.
var allowed = map[string]struct {
	why     string
	imports []string
}{
	"liksom":                         {"hands over to app and nothing else", []string{"liksom/sandbox/app"}},
	"liksom/seeds":                   {"data only", nil},
	"liksom/sandbox":                 {"the register knows neither HTTP nor storage, so that no engine or API can pull it into a cycle", nil},
	"liksom/sandbox/query/querytest": {"a judge that shares no code with what it judges", nil},
	"liksom/sandbox/population":      {"an image of persons, and what finds them", []string{"liksom/sandbox", "liksom/sandbox/query"}},
	"liksom/sandbox/boltstore":       {"keeps changes, knows nothing of rules, clocks or search", []string{"liksom/sandbox", "go.etcd.io/bbolt", "go.etcd.io/bbolt/errors"}},
	"liksom/sandbox/storetest":       {"says what any store must do", []string{"liksom/sandbox"}},
	"liksom/sandbox/journal":         {"plain net/http middleware for any surface", nil},
	"liksom/sandbox/words":           {"the languages of pages, for every surface that has some; knows none of ours, so that even those that know none may have it", nil},
	"liksom/sandbox/outbox":          {"keeps messages to persons, whoever wrote them", []string{"liksom/sandbox", "liksom/sandbox/words"}},
	"liksom/sandbox/guess":           {"switches of every emulated system, which pages show; knows none of ours, so that even those that know none may have it", nil},
	"liksom/sandbox/krr":             {"a surface sees the register, never its siblings", []string{"liksom/sandbox", "liksom/sandbox/guess", "github.com/go-jose/go-jose/v4", "github.com/labstack/echo/v4", "github.com/swaggest/jsonschema-go", "github.com/swaggest/openapi-go", "github.com/swaggest/openapi-go/openapi31"}},
	"liksom/sandbox/admin":           {"a surface sees the register and the small siblings it shows", []string{"liksom/sandbox", "liksom/sandbox/guess", "liksom/sandbox/journal", "liksom/sandbox/outbox", "github.com/labstack/echo/v4", "github.com/swaggest/openapi-go", "github.com/swaggest/openapi-go/openapi31", "liksom/sandbox/query", "liksom/sandbox/stats", "liksom/generator/catalogue"}},
	"liksom/generator":               {"makes persons, knows nothing of where they go", []string{"liksom/sandbox", "github.com/brianvoe/gofakeit/v7"}},
	"liksom/fakeauth":                {"knows clients, keys and scopes, not KRR; the only home of fosite; guess is a leaf that knows none of ours", []string{"liksom/sandbox/guess", "github.com/ory/fosite", "github.com/go-jose/go-jose/v4", "github.com/go-jose/go-jose/v4/json", "github.com/go-jose/go-jose/v4/jwt", "github.com/labstack/echo/v4"}},
	"liksom/ui":                      {"a client of the register that shows what the generator made up", []string{"liksom/sandbox", "liksom/generator", "liksom/sandbox/guess", "liksom/sandbox/journal", "liksom/sandbox/outbox", "github.com/labstack/echo/v4", "liksom/sandbox/query", "liksom/sandbox/stats", "liksom/sandbox/words", "liksom/generator/catalogue"}},
	"liksom/sandbox/tenor":           {"a surface sees persons, and asks app to search", []string{"liksom/sandbox", "github.com/labstack/echo/v4"}},
	"liksom/sandbox/query":           {"the language knows persons, not how they are found", []string{"liksom/sandbox"}},
	"liksom/fakeauth/selvbetjening":  {"registers what fakeauth knows", []string{"liksom/fakeauth", "github.com/go-jose/go-jose/v4", "github.com/google/uuid", "github.com/labstack/echo/v4"}},
	"liksom/fakeauth/idporten":       {"logs citizens in and knows clients and scopes, not KRR; the words and guesses are leaves that know none of ours", []string{"liksom/fakeauth", "liksom/sandbox/guess", "liksom/sandbox/words", "github.com/go-jose/go-jose/v4", "github.com/labstack/echo/v4", "github.com/ory/fosite"}},
	"liksom/sandbox/relying":         {"a client of ID-porten, which it knows by its address only, for every service of ours that citizens log in to", []string{"github.com/coreos/go-oidc/v3/oidc", "github.com/go-jose/go-jose/v4", "github.com/go-jose/go-jose/v4/jwt"}},
	"liksom/sandbox/demo":            {"a customer's service, which knows ID-porten and KRR by their addresses only", []string{"liksom/sandbox/relying", "liksom/sandbox/words", "github.com/go-jose/go-jose/v4"}},
	"liksom/sandbox/stats":           {"counts any register, whoever made its persons, so that command line, API and pages share one report", []string{"liksom/sandbox"}},
	"liksom/sandbox/citizen":         {"MinProfil and the dialog see the register and the outbox; the dialog is hooked into the login from above", []string{"liksom/sandbox", "liksom/sandbox/guess", "liksom/sandbox/outbox", "liksom/sandbox/relying", "liksom/sandbox/words"}},
	"liksom/generator/catalogue":     {"reads the edge cases; whoever shows them may know it", []string{"liksom/sandbox"}},
}

// TestImports_point_down_only reads the imports of every package but app, which
// may import all.
func TestImports_point_down_only(t *testing.T) {
	t.Parallel()
	seen := map[string]bool{}
	for pkg, imports := range importsOf(t, "../..") {
		if pkg == "liksom/sandbox/app" || pkg == "liksom/sandbox/sandboxtest" {
			continue
		}
		rule, ok := allowed[pkg]
		if !ok {
			t.Errorf("%s has no rule; say what it may import", pkg)
			continue
		}
		seen[pkg] = true
		for _, i := range imports {
			if !slices.Contains(rule.imports, i) {
				t.Errorf("%s imports %s; it %s", pkg, i, rule.why)
			}
		}
	}
	for pkg := range maps.Keys(allowed) {
		if !seen[pkg] {
			t.Errorf("the rule for %s is about no package", pkg)
		}
	}
}

// importsOf lists the imports outside the standard library of each package's
// own files, tests left out.
func importsOf(t *testing.T, root string) map[string][]string {
	t.Helper()
	found := map[string][]string{}
	err := filepath.WalkDir(root, func(file string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && (d.Name() == "node_modules" || d.Name() == "testdata" || strings.HasPrefix(d.Name(), ".") && file != root):
			return filepath.SkipDir
		case d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go"):
			return nil
		}
		rel, err := filepath.Rel(root, filepath.Dir(file))
		if err != nil {
			return err
		}
		pkg := path.Join("liksom", filepath.ToSlash(rel))
		source, err := os.ReadFile(file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		if found[pkg] == nil {
			found[pkg] = []string{}
		}
		for _, i := range parsed.Imports {
			name, err := strconv.Unquote(i.Path.Value)
			if err != nil {
				return err
			}
			if first, _, _ := strings.Cut(name, "/"); first == "liksom" || strings.Contains(first, ".") {
				found[pkg] = append(found[pkg], name)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}
