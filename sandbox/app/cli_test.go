package app

import (
	"bytes"
	"fmt"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// run carries out a command line that ends by itself.
func run(t *testing.T, environ []string, args ...string) (code int, out, errs string) {
	t.Helper()
	var o, e bytes.Buffer
	code = Run(t.Context(), args, environ, &o, &e)
	return code, o.String(), e.String()
}

// Every fault of the command line is one sentence that says what to do.
func TestCommand_line_faults(t *testing.T) {
	t.Parallel()
	busy, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = busy.Close() })
	folder := t.TempDir()
	for _, c := range []struct {
		name string
		args []string
		code int
		want []string
	}{
		{"a busy port", []string{"--persons", "0", "--addr", busy.Addr().String()}, 1, []string{busy.Addr().String() + " is in use", "--addr 127.0.0.1:0"}},
		{"a negative number of persons", []string{"--persons", "-5"}, 2, []string{"--persons -5", "from 0 to 5000000"}},
		{"too many persons", []string{"serve", "--persons=5000001"}, 2, []string{"--persons 5000001", "from 0 to 5000000"}},
		{"persons that are no number", []string{"--persons", "many"}, 2, []string{"--persons", `"many"`}},
		{"a bad reference date", []string{"--reference-date", "25.11.2026"}, 2, []string{"--reference-date", `"25.11.2026"`, "YYYY-MM-DD"}},
		{"a day that does not exist", []string{"generate", "--reference-date", "2026-02-30"}, 2, []string{"2026-02-30", "YYYY-MM-DD"}},
		{"a reference date before the register", []string{"generate", "--reference-date", "1999-01-01"}, 2, []string{"1999-01-01", "2015-01-01"}},
		{"a clock beyond what can be kept", []string{"--clock", "2200-01-01"}, 2, []string{"--clock", "2200-01-01"}},
		{"a bad clock", []string{"--clock", "noon"}, 2, []string{"--clock", `"noon"`, "2026-11-25"}},
		{"a base URL without scheme", []string{"--base-url", "liksom.example.test"}, 2, []string{"--base-url", "scheme", "https://liksom.example.test"}},
		{"a host with a scheme", []string{"--host", "http://box"}, 2, []string{"--host", "liksom.local"}},
		{"an address without port", []string{"--addr", "127.0.0.1"}, 2, []string{"--addr", "127.0.0.1:8080"}},
		{"an address beyond loopback", []string{"--addr", "0.0.0.0:0"}, 2, []string{"0.0.0.0:0", "--admin-token", "--open"}},
		{"an address that is every one", []string{"--addr", ":0"}, 2, []string{"--admin-token", "--open"}},
		{"an unknown guess", []string{"--guess", "x=y"}, 2, []string{"--guess", "filter_stale", "repeated_id", "aud_slash"}},
		{"a guess about Maskinporten that cannot be so", []string{"--guess", "aud_slash=maybe"}, 2, []string{"strict or lenient"}},
		{"a guess that cannot be so", []string{"--guess", "filter_stale=maybe"}, 2, []string{"on or off or kan_ikke_varsles"}},
		{"an unknown flag", []string{"--person", "5"}, 2, []string{"--person", "--help"}},
		{"an unknown format", []string{"generate", "--format", "xml"}, 2, []string{"--format", "jsonl", "json", "csv", "krr", "tenor"}},
		{"a query that is none", []string{"generate", "--query", "alder >"}, 2, []string{"--query", "character 8"}},
		{"an output folder that is not there", []string{"generate", "--persons", "1", "--out", filepath.Join(folder, "no", "such", "file")}, 1, []string{"cannot write"}},
		{"no sandbox to ask for a token", []string{"token", "--server", "http://" + busy.Addr().String() + "x"}, 2, []string{"--server"}},
		{"a server that is no URL", []string{"wait", "--server", "localhost"}, 2, []string{"--server", "http://127.0.0.1:8080"}},
		{"several faults at once", []string{"--persons", "-1", "--clock", "noon", "--base-url", "x"}, 2, []string{"--persons -1", "--clock", "--base-url"}},
	} {
		code, out, errs := run(t, nil, c.args...)
		if code != c.code || out != "" {
			t.Errorf("%s: exit %d, want %d; printed %q %q", c.name, code, c.code, out, errs)
		}
		for _, want := range c.want {
			if !strings.Contains(errs, want) {
				t.Errorf("%s: %q is not in %q", c.name, want, errs)
			}
		}
		if strings.Contains(errs, "goroutine") || strings.Contains(errs, "usage: ") || !strings.HasPrefix(errs, "liksom: ") {
			t.Errorf("%s: not a sentence for users: %q", c.name, errs)
		}
	}
}

func TestUnknown_environment_is_warned_of(t *testing.T) {
	t.Parallel()
	code, out, errs := run(t, []string{"LIKSOM_PERSON=5", "LIKSOM_SEED=3", "HOME=/"}, "version")
	if code != 0 || !strings.HasPrefix(out, "liksom ") {
		t.Errorf("exit %d, %q", code, out)
	}
	if !strings.Contains(errs, "LIKSOM_PERSON is not known") || !strings.Contains(errs, "LIKSOM_PERSONS") || strings.Contains(errs, "LIKSOM_SEED is") || strings.Count(errs, "\n") != 1 {
		t.Errorf("warned %q", errs)
	}
}

func TestHelp_names_every_command_and_the_environment(t *testing.T) {
	t.Parallel()
	code, out, _ := run(t, nil, "--help")
	for _, want := range []string{"serve", "generate", "token", "wait", "version", "LIKSOM_"} {
		if !strings.Contains(out, want) {
			t.Errorf("%q is not in the help", want)
		}
	}
	if code != 0 {
		t.Errorf("exit %d", code)
	}
}

func TestValidate_says_what_numbers_are(t *testing.T) {
	t.Parallel()
	code, out, errs := run(t, nil, "validate", "05840399895", "17859010068")
	if code != 1 || !strings.Contains(out, "058403*****  A valid number. foedselsnummer, +80: Tenor og Test-Norge, 2003-04-05 kvinne\n") ||
		!strings.Contains(out, "should be 67") || !strings.Contains(errs, "not every number is valid") {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
	code, out, errs = run(t, nil, "validate", "--json", "05840399895")
	if code != 0 || errs != "" || !strings.Contains(out, `"gyldig":true`) {
		t.Errorf("exit %d, %q, %q", code, out, errs)
	}
}

// What is generated with a query is what is generated without one, less those
// whom the query does not find, as of --clock.
func TestGenerate_writes_those_whom_a_query_finds(t *testing.T) {
	t.Parallel()
	args := []string{"generate", "--persons", "300", "--reference-date", "2026-11-25", "--clock", "2027-11-25", "--format"}
	told := func(format, query string) string {
		code, out, errs := run(t, nil, append(slices.Clone(args), format, "--query", query)...)
		if code != 0 {
			t.Fatal(errs)
		}
		return out
	}
	var want strings.Builder
	hits := 0
	for line := range strings.Lines(told("jsonl", "")) {
		if strings.Contains(line, `"varslingsstatus":"KAN_IKKE_VARSLES"`) && strings.Contains(line, `"reservasjon":"JA"`) {
			want.WriteString(line)
			hits++
		}
	}
	const query = "varslingsstatus:KAN_IKKE_VARSLES reservasjon:ja"
	if got := told("jsonl", query); got != want.String() || hits == 0 {
		t.Errorf("got %d lines, want %d", strings.Count(got, "\n"), hits)
	}
	if got, want := told("tenor", query), fmt.Sprintf(`{"treff":%d,"rader":%[1]d,`, hits); !strings.HasPrefix(got, want) {
		t.Errorf("got %.60s, want %s", got, want)
	}
}

func TestGenerate_writes_a_whole_file_or_none(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	file := filepath.Join(folder, "persons.jsonl")
	args := []string{"generate", "--persons", "20", "--reference-date", "2026-11-25", "--out", file}
	if code, _, errs := run(t, nil, args...); code != 0 {
		t.Fatal(errs)
	}
	first, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if n := bytes.Count(first, []byte("\n")); n != 20+published+inCatalogue {
		t.Errorf("%d lines, want 20 persons, the published numbers and the catalogue", n)
	}
	code, out, _ := run(t, nil, append(args[:len(args)-1], "-")...)
	if code != 0 || out != string(first) {
		t.Error("standard output and file differ")
	}
	entries, err := os.ReadDir(folder)
	if err != nil || len(entries) != 1 {
		t.Errorf("left behind: %v, %v", entries, err)
	}
}
