package selvbetjening_test

import (
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"
)

// TestProvisioning makes the calls of published provisioning code, in order, as
// each file of testdata has them: the request after "--- METHOD path" and the
// answer after "--- status". {id} is the client_id of the last answer that had
// one. @uuid, @time, @hex and @secret stand for values that differ each time;
// everything else must be as written. The expectations come from the source in the first
// line and are never made from our own answers.
func TestProvisioning(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob("testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no cases (%v)", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			parts := strings.Split(string(text), "\n--- ")
			if !strings.HasPrefix(parts[0], "source: ") || len(parts)%2 == 0 {
				t.Fatalf("%s has %d parts and begins with %q", file, len(parts), parts[0])
			}
			r, id := newRig(t), ""
			token := r.token(t, "admin", all+" idporten:dcr.altinn")
			for i := 1; i < len(parts); i += 2 {
				line, body, _ := strings.Cut(parts[i], "\n")
				status, want, _ := strings.Cut(parts[i+1], "\n")
				method, path, _ := strings.Cut(line, " ")
				rec := r.as(t, token, method, strings.ReplaceAll(path, "{id}", id), body)
				if code, _ := strconv.Atoi(status); rec.Code != code {
					t.Fatalf("%s: status %d, want %s: %s", line, rec.Code, status, rec.Body)
				}
				if want = strings.TrimSpace(want); want == "" {
					continue
				}
				got := decoded(t, rec.Body.String())
				if made, ok := got.(object); ok && made["client_id"] != nil {
					id = made["client_id"].(string)
				}
				if !same(decoded(t, want), got) {
					t.Errorf("%s: answered\n%s\nwant\n%s", line, rec.Body, want)
				}
			}
		})
	}
}

func decoded(t *testing.T, text string) (v any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%v: %s", err, text)
	}
	return v
}

var (
	uuidShape = regexp.MustCompile(`^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`)
	hexShape  = regexp.MustCompile(`^[0-9a-f]{32}$`)
	anySecret = regexp.MustCompile(`^[A-Z2-7]{26}$`)
)

// same compares JSON values, with placeholders in the first.
func same(want, got any) bool {
	switch w := want.(type) {
	case object:
		g, ok := got.(object)
		if !ok || len(w) != len(g) {
			return false
		}
		for name := range w {
			if _, there := g[name]; !there || !same(w[name], g[name]) {
				return false
			}
		}
		return true
	case []any:
		g, ok := got.([]any)
		if !ok || len(w) != len(g) {
			return false
		}
		for i := range w {
			if !same(w[i], g[i]) {
				return false
			}
		}
		return true
	}
	text, _ := got.(string)
	switch want {
	case "@uuid":
		return uuidShape.MatchString(text)
	case "@hex":
		return hexShape.MatchString(text)
	case "@secret":
		return anySecret.MatchString(text)
	case "@time":
		_, err := time.Parse(time.RFC3339, text)
		return err == nil
	}
	return reflect.DeepEqual(want, got)
}
