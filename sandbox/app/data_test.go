package app

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

func (p *program) patch(id, body string) answer {
	p.t.Helper()
	return p.call("PATCH", "/sandbox/v1/persons/"+id, body, "Content-Type: application/merge-patch+json")
}

func (p *program) email(id string) string {
	p.t.Helper()
	var person struct {
		Kontaktinformasjon struct{ Epostadresse string }
	}
	p.get("/sandbox/v1/persons/"+id, &person)
	return person.Kontaktinformasjon.Epostadresse
}

func TestData_folder_keeps_changes_and_the_clock(t *testing.T) {
	t.Parallel()
	folder := filepath.Join(t.TempDir(), "new", "folder")
	for n := range 3 {
		t.Run(fmt.Sprint("start ", n), func(t *testing.T) {
			args := []string{"--data", folder}
			if n == 0 {
				args = append(args, "--persons", "30", "--seed", "7", "--reference-date", "2026-11-25")
			}
			p := start(t, args...)
			if n > 0 {
				if got := p.email("05840399895"); got != fmt.Sprintf("nr%d@example.com", n-1) {
					t.Errorf("kept %q", got)
				}
				var clock struct {
					Now    time.Time
					Frozen bool
				}
				p.get("/sandbox/v1/clock", &clock)
				if !clock.Frozen || clock.Now.Year() != 2030+n-1 {
					t.Errorf("the clock shows %+v", clock)
				}
			}
			var persons struct{ Total int }
			p.get("/sandbox/v1/persons?limit=0", &persons)
			if persons.Total != 30+published+inCatalogue {
				t.Errorf("%d persons", persons.Total)
			}
			if a := p.patch("05840399895", fmt.Sprintf(`{"kontaktinformasjon":{"epostadresse":"nr%d@example.com"}}`, n)); a.status != http.StatusOK {
				t.Errorf("%d %s", a.status, a.body)
			}
			if a := p.call("PUT", "/sandbox/v1/clock", fmt.Sprintf(`{"now":"%d-01-01T12:00:00+01:00","frozen":true}`, 2030+n), "Content-Type: application/json"); a.status != http.StatusOK {
				t.Errorf("%d %s", a.status, a.body)
			}
		})
	}
	code, _, errs := run(t, nil, "serve", "--addr", "127.0.0.1:0", "--data", folder, "--persons", "31", "--seed", "8", "--reference-date", "2026-11-26")
	for _, want := range []string{"--persons 31 differs from the data folder's 30", "--seed 8 differs from the data folder's 7", "2026-11-26 differs from the data folder's 2026-11-25"} {
		if code != 2 || !strings.Contains(errs, want) {
			t.Errorf("exit %d, %q is not in %q", code, want, errs)
		}
	}
}

func TestData_folder_remembers_what_kind_of_persons(t *testing.T) {
	t.Parallel()
	folder, file := t.TempDir(), filepath.Join(t.TempDir(), "own.json")
	text, err := os.ReadFile("../../seeds/profiles/qa-rich.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, bytes.Replace(text, []byte("qa-rich"), []byte("own"), 1), 0o600); err != nil {
		t.Fatal(err)
	}
	kinds := []string{"--data", folder, "--persons", "30", "--reference-date", "2026-11-25"}
	var before []byte
	t.Run("first start", func(t *testing.T) {
		p := start(t, append(kinds, "--profile", file, "--series", "nav", "--phones", "unassigned", "--share-2032", "50")...)
		before = []byte(p.call("GET", "/sandbox/v1/persons?limit=100", "").body)
	})
	if err := os.Remove(file); err != nil {
		t.Fatal(err)
	}
	t.Run("later start, without the file", func(t *testing.T) {
		if after := start(t, kinds...).call("GET", "/sandbox/v1/persons?limit=100", "").body; after != string(before) {
			t.Errorf("other persons:\n%.500s\n%.500s", after, before)
		}
	})
	code, _, errs := run(t, nil, append([]string{"serve", "--addr", "127.0.0.1:0", "--profile", "qa-rich", "--series", "nhn", "--phones", "foreign", "--share-2032", "0"}, kinds...)...)
	for _, want := range []string{"--profile qa-rich (", "differs from the data folder's own (", "--series nhn differs from the data folder's nav",
		"--phones foreign differs from the data folder's unassigned", "--share-2032 0 differs from the data folder's 50"} {
		if code != 2 || !strings.Contains(errs, want) {
			t.Errorf("exit %d, %q is not in %q", code, want, errs)
		}
	}
}

func TestPopulation_flags_that_are_not_possible(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "own.json")
	if err := os.WriteFile(file, []byte(`{"name": "own", "dead": {"ppm": 2000000, "kind": "guessed"}}`), 0o600); err != nil {
		t.Fatal(err)
	}
	code, _, errs := run(t, nil, "generate", "--profile", file, "--series", "npid", "--phones", "none", "--share-2032", "101", "--persons", "-1")
	for _, want := range []string{"dead: 2000000 is not between", `dead: kind "guessed"`, "deleted is missing", `--series "npid"`, `--phones "none"`, "--share-2032 101", "--persons -1"} {
		if code != 2 || !strings.Contains(errs, want) {
			t.Errorf("exit %d, %q is not in %q", code, want, errs)
		}
	}
	if code, _, errs := run(t, nil, "generate", "--profile", "unreal"); code != 2 || !strings.Contains(errs, "realistic, qa-rich") {
		t.Errorf("exit %d, %q", code, errs)
	}
	if code, _, errs := run(t, nil, "generate", "--phones", "unassigned", "--persons", "4000000"); code != 2 || !strings.Contains(errs, "3800000") {
		t.Errorf("exit %d, %q", code, errs)
	}
}

func TestData_folder_that_cannot_be_used(t *testing.T) {
	t.Parallel()
	folder := t.TempDir()
	start(t, "--persons", "0", "--data", folder)
	begun := time.Now()
	code, _, errs := run(t, nil, "serve", "--addr", "127.0.0.1:0", "--data", folder)
	if took := time.Since(begun); code != 1 || !strings.Contains(errs, "another process has the data folder "+folder) || took > 3*time.Second {
		t.Errorf("a second process: exit %d after %v, %q", code, took, errs)
	}
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, errs := run(t, nil, "serve", "--addr", "127.0.0.1:0", "--data", file); code != 1 || !strings.Contains(errs, file) {
		t.Errorf("a file: exit %d, %q", code, errs)
	}
}

func TestReset_takes_persons_and_clock_back_and_keeps_the_journal(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "20")
	before := p.email("05840399895")
	p.patch("05840399895", `{"kontaktinformasjon":{"epostadresse":"ny@example.com"}}`)
	p.call("POST", "/sandbox/v1/persons", `{"personidentifikator":"57859010050","kontaktinformasjon":{"epostadresse":"ny@example.com"}}`, "Content-Type: application/json")
	p.call("PUT", "/sandbox/v1/clock", `{"advance":"P18M"}`, "Content-Type: application/json")
	p.call("POST", "/rest/v2/personer", "{}")
	if got := p.email("57859010050"); got != "ny@example.com" {
		t.Fatalf("created with %q", got)
	}
	if code, _, errs := run(t, nil, "reset", "--server", p.base); code != 0 {
		t.Fatal(errs)
	}
	if got := p.email("05840399895"); got != before {
		t.Errorf("the person keeps %q", got)
	}
	if a := p.call("GET", "/sandbox/v1/persons/57859010050", ""); a.status != http.StatusNotFound {
		t.Errorf("the created person is still there: %d", a.status)
	}
	var clock struct{ Moved bool }
	p.get("/sandbox/v1/clock", &clock)
	if clock.Moved {
		t.Error("the clock is still moved")
	}
	if e := p.latest(); e.Surface != "krr" {
		t.Errorf("the journal has lost its entries: %+v", e)
	}
}

func TestCommands_change_persons_and_clock(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "20", "--clock", "2026-11-25T12:00:00+01:00")
	do := func(args ...string) map[string]any {
		t.Helper()
		code, out, errs := run(t, nil, append(args, "--server", p.base)...)
		if code != 0 {
			t.Fatalf("%v: exit %d, %s", args, code, errs)
		}
		var v map[string]any
		if err := json.Unmarshal([]byte(out), &v); err != nil {
			t.Fatalf("%v: %v in %s", args, err, out)
		}
		return v
	}
	created := do("person", "create", "epostadresse=ny@example.com", "reservasjon=JA", "spraak=se")
	id, _ := created["personidentifikator"].(string)
	if created["reservasjon"] != "JA" || created["spraak"] != "se" || created["status"] != "AKTIV" || len(id) != 11 {
		t.Fatalf("created %v", created)
	}
	set := do("person", "set", id, "reservasjon=NEI", "epostadresse_oppdatert=-19m", "epostadresse_sist_verifisert=-19m", "spraak=")
	contact, _ := set["kontaktinformasjon"].(map[string]any)
	if set["varslingsstatus"] != "KAN_IKKE_VARSLES" || contact["epostadresse_oppdatert"] != "2025-04-25T12:00:00+02" || set["spraak"] != nil {
		t.Errorf("set %v", set)
	}
	if back := do("person", "undo", id); back["reservasjon"] != "JA" {
		t.Errorf("undone %v", back)
	}
	if gone := do("person", "delete", id); gone["status"] != "SLETTET" {
		t.Errorf("deleted %v", gone)
	}
	seen := map[any]bool{}
	for range 40 {
		drawn := do("person", "create", "--random", "reservasjon=JA")
		if drawn["status"] != "AKTIV" || seen[drawn["visningnavn"]] {
			t.Errorf("drawn %v", drawn)
		}
		seen[drawn["visningnavn"]] = true
	}
	if moved := do("clock", "advance", "P1D"); !strings.HasPrefix(moved["now"].(string), "2026-11-26T12:00:00") {
		t.Errorf("advanced %v", moved)
	}
	if shown := do("clock"); shown["frozen"] != true {
		t.Errorf("shown %v", shown)
	}
	do("clock", "set", "2027-02-28T12:00:00+01:00", "--running")
	if back := do("clock", "reset"); back["now"] != "2026-11-25T12:00:00+01:00" {
		t.Errorf("reset %v", back)
	}
	for _, args := range [][]string{{"person", "set", id, "epostadresse"}, {"clock", "set", "noon"}} {
		if code, _, _ := run(t, nil, append(args, "--server", p.base)...); code != 2 {
			t.Errorf("%v: exit %d", args, code)
		}
	}
	if code, _, errs := run(t, nil, "person", "set", "12905299938", "epostadresse=ikke en adresse", "--server", p.base); code != 1 || !strings.Contains(errs, "epostadresse") {
		t.Errorf("exit %d, %q", code, errs)
	}
}

func TestAdmin_token_guards_pages_and_control_API(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0", "--addr", "0.0.0.0:0", "--admin-token", "hemmelig")
	for _, c := range []struct {
		name, path, header string
		status             int
	}{
		{"the control API without token", "/sandbox/v1/persons", "", 401},
		{"a page without token", "/", "", 401},
		{"a wrong token", "/", "Authorization: Bearer feil", 401},
		{"a bearer token", "/sandbox/v1/persons", "Authorization: Bearer hemmelig", 200},
		{"a password", "/", "Authorization: Basic YW55Ym9keTpoZW1tZWxpZw==", 200},
		{"a wrong password", "/", "Authorization: Basic aGVtbWVsaWc6ZmVpbA==", 401},
		{"the emulated register asks for its own token", "/rest/v2/personer", "", 405},
		{"the emulated Maskinporten is open", "/maskinporten/jwk", "", 200},
		{"health is open", "/readyz", "", 200},
	} {
		a := p.call("GET", c.path, "", c.header)
		if a.status != c.status || (a.status == 401) != (a.header.Get("WWW-Authenticate") != "") {
			t.Errorf("%s: %d %q", c.name, a.status, a.header.Get("WWW-Authenticate"))
		}
	}
	if code, _, errs := run(t, nil, "reset", "--server", p.base); code != 1 || !strings.Contains(errs, "admin token") {
		t.Errorf("exit %d, %q", code, errs)
	}
	if code, _, errs := run(t, nil, "reset", "--server", p.base, "--admin-token", "hemmelig"); code != 0 {
		t.Errorf("exit %d, %q", code, errs)
	}
	open := start(t, "--persons", "0", "--addr", "0.0.0.0:0", "--open")
	if a := open.call("GET", "/", ""); a.status != 200 {
		t.Errorf("--open: %d", a.status)
	}
}

// What a page of another origin sends is refused wherever something can change.
func TestAnother_origin_changes_nothing(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0")
	for _, c := range []struct{ method, path, body, kind string }{
		{"POST", "/sandbox/v1/reset", "", "text/plain"},
		{"POST", "/sandbox/v1/persons", "{}", "application/json"},
		{"PATCH", "/sandbox/v1/persons/05840399895", "{}", "application/json"},
		{"DELETE", "/sandbox/v1/persons/05840399895", "", ""},
		{"PUT", "/sandbox/v1/clock", `{"advance":"P1D"}`, "application/json"},
	} {
		a := p.call(c.method, c.path, c.body, "Content-Type: "+c.kind, "Origin: https://evil.example", "Sec-Fetch-Site: cross-site")
		if a.status != http.StatusForbidden {
			t.Errorf("%s %s: %d %s", c.method, c.path, a.status, a.body)
		}
	}
}

// TestMain lets the test binary be the program, so that it can be killed.
func TestMain(m *testing.M) {
	if os.Getenv("BE_THE_PROGRAM") != "" {
		os.Exit(Run(context.Background(), os.Args[1:], nil, os.Stdout, os.Stderr))
	}
	os.Exit(m.Run())
}
