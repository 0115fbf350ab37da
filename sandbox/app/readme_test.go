package app

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"github.com/alecthomas/kong"
)

// The table of flags in the README is made from the flags. Run the test with
// LIKSOM_UPDATE_README=1 to write it anew.
func TestReadme_has_the_flags_as_they_are(t *testing.T) {
	const file, begin, end = "../../README.md", "<!-- flags -->\n", "<!-- /flags -->"
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	before, rest, ok1 := strings.Cut(string(b), begin)
	_, after, ok2 := strings.Cut(rest, end)
	if !ok1 || !ok2 {
		t.Fatalf("%s lacks the marks %q and %q", file, begin, end)
	}
	want := before + begin + flagTable(t) + end + after
	if want == string(b) {
		return
	}
	if os.Getenv("LIKSOM_UPDATE_README") == "" {
		t.Fatal("the table of flags is not as the flags are; run LIKSOM_UPDATE_README=1 go test ./sandbox/app -run Readme")
	}
	if err := os.WriteFile(file, []byte(want), 0o644); err != nil {
		t.Fatal(err)
	}
}

func flagTable(t *testing.T) string {
	t.Helper()
	var c commands
	parser, err := kong.New(&c, kong.DefaultEnvars("LIKSOM"))
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	b.WriteString("| flag | environment | |\n|---|---|---|\n")
	for _, n := range parser.Model.Children {
		if n.Name != "serve" {
			continue
		}
		for _, f := range n.Flags {
			help := strings.ReplaceAll(f.Help, "|", `\|`)
			flag := strings.TrimSpace("--" + f.Name + " " + f.PlaceHolder)
			_, _ = fmt.Fprintf(&b, "| `%s` | `%s` | %s |\n", flag, f.Envs[0], help)
		}
	}
	return b.String()
}
