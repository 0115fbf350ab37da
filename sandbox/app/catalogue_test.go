package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"liksom/generator/catalogue"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/sandbox/krr"
	"liksom/seeds"
)

// Who comes on top of the persons drawn at random.
const (
	published   = 14
	inCatalogue = 616
)

func scenesOn(t *testing.T, date string) []catalogue.Scene {
	t.Helper()
	reference, err := sandbox.ParseDate(date)
	if err != nil {
		t.Fatal(err)
	}
	c, err := catalogue.Read(seeds.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c.Stage(reference)
}

// The days are the calendar's odd ones: a leap day, two ends of months, a first
// of January, and the days on which the clocks are turned.
func TestCatalogue_is_answered_as_expected_by_entry_scope_version_and_date(t *testing.T) {
	t.Parallel()
	for _, date := range []string{"2026-08-31", "2026-10-25", "2026-11-01", "2027-01-01", "2027-03-28", "2028-02-29"} {
		t.Run(date, func(t *testing.T) {
			t.Parallel()
			p := start(t, "--persons", "100", "--reference-date", date, "--clock", date)
			different := p.different(scenesOn(t, date))
			for slug, faults := range different {
				t.Errorf("%s: %s", slug, strings.Join(faults, "; "))
			}
			if len(different) > 0 {
				t.Errorf("%d of 92 entries are as expected", 92-len(different))
			}
		})
	}
}

// An entry names a switch if and only if some value of it changes the answer.
func TestCatalogue_entries_name_the_switches_that_they_hang_on(t *testing.T) {
	t.Parallel()
	const date = "2026-11-25"
	crowd := func(s catalogue.Scene) bool { return len(s.Persons) > 10 } // takes long and hangs on none
	scenes := slices.DeleteFunc(scenesOn(t, date), crowd)
	named, moved := map[string]bool{}, map[string]bool{}
	for _, s := range scenes {
		for _, name := range s.Guesses {
			named[s.Slug+" "+name] = true
		}
	}
	for _, guess := range []string{
		"filter_stale=off", "filter_stale=kan_ikke_varsles", "filter_stale=kanal", "stale_mailbox=filter", "reserved_contact=hide", "v2_include_unregistered=true", "v2_deleted=drop", "malformed_id=lenient",
		"wrong_checksum=400", "repeated_id=once", "certificate=base64", "feed_start=inclusive", "feed_varslingsstatus=omit",
	} {
		p := start(t, "--persons", "0", "--reference-date", date, "--clock", date, "--guess", guess)
		name, _, _ := strings.Cut(guess, "=")
		for slug := range p.different(scenes) {
			moved[slug+" "+name] = true
		}
	}
	for claim := range named {
		if !moved[claim] {
			t.Errorf("%s: the entry names the switch, which changes nothing", claim)
		}
	}
	for change := range moved {
		if !named[change] {
			t.Errorf("%s: the switch changes the answer, and the entry does not name it", change)
		}
	}
}

// different gives the entries whose answers are not as expected, in either
// version under some scope, and how.
func (p *program) different(scenes []catalogue.Scene) map[string][]string {
	p.t.Helper()
	out := map[string][]string{}
	for scope, names := range map[catalogue.Scope]string{
		catalogue.Both:    "krr:global/kontaktinformasjon.read krr:global/digitalpost.read",
		catalogue.Contact: "krr:global/kontaktinformasjon.read", catalogue.Mailbox: "krr:global/digitalpost.read",
	} {
		token := "Authorization: Bearer " + p.mint(names)
		for _, s := range scenes {
			fault := func(format string, args ...any) { out[s.Slug] = append(out[s.Slug], fmt.Sprintf(format, args...)) }
			for version := 1; version <= 2; version++ {
				p.lookUp(s, version, scope, token, fault)
			}
			for _, r := range s.Requests {
				p.ask(s.Filled(r), token, fault)
			}
		}
	}
	return out
}

func (p *program) mint(scopes string) string {
	p.t.Helper()
	a := p.call("POST", "/sandbox/v1/tokens", fmt.Sprintf(`{"client_id":"demo","scope":%q}`, scopes), "Content-Type: application/json", "Accept: text/plain")
	if a.status != http.StatusOK {
		p.t.Fatalf("no token: %d %s", a.status, a.body)
	}
	return strings.TrimSpace(a.body)
}

// lookUp asks for all persons of an entry at once: version 1 answers each in the
// order of the question, version 2 the same without those it leaves out.
func (p *program) lookUp(s catalogue.Scene, version int, scope catalogue.Scope, token string, fault func(string, ...any)) {
	if len(s.Persons) == 0 {
		return
	}
	var ids []string
	for _, person := range s.Persons {
		ids = append(ids, person.ID.Digits())
	}
	body, err := json.Marshal(map[string]any{"personidentifikatorer": ids})
	if err != nil {
		p.t.Fatal(err)
	}
	a := p.call("POST", fmt.Sprintf("/rest/v%d/personer", version), string(body), "Content-Type: application/json", token)
	var out struct{ Personer []json.RawMessage }
	if err := json.Unmarshal([]byte(a.body), &out); err != nil || a.status != http.StatusOK {
		fault("v%d, %s: %d %.200s", version, scope, a.status, a.body)
		return
	}
	for i, x := range s.Expected {
		var answer []byte
		if len(out.Personer) > 0 && strings.Contains(string(out.Personer[0]), `"personidentifikator":"`+ids[i]+`"`) {
			answer, out.Personer = out.Personer[0], out.Personer[1:]
		}
		for _, f := range x.Faults(version, scope, answer) {
			fault("person %d, v%d, %s: %s", i+1, version, scope, f)
		}
	}
	if len(out.Personer) > 0 {
		fault("v%d, %s: %d persons too many", version, scope, len(out.Personer))
	}
}

// ask makes an entry's own call.
func (p *program) ask(r catalogue.Request, token string, fault func(string, ...any)) {
	header := []string{"Content-Type: application/json"}
	switch {
	case strings.HasPrefix(r.Path, "/rest/"):
		header = append(header, token)
	case r.Path == krr.LanguagePath:
		header = append(header, "Authorization: Bearer "+p.mint("krr:global/spraak.write"))
	}
	a := p.call(r.Method, r.Path, string(r.Body), header...)
	var out struct {
		Code     string
		Personer []json.RawMessage
	}
	if err := json.Unmarshal([]byte(a.body), &out); err != nil || a.status != r.Status || r.Code != out.Code || r.Count != nil && len(out.Personer) != *r.Count {
		fault("%s: %d %.200s", r.Title, a.status, a.body)
	}
}

func TestCatalogue_persons_are_found_by_their_slug(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "300", "--reference-date", "2026-11-25")
	for _, s := range scenesOn(t, "2026-11-25") {
		var found struct{ Persons []admin.Person }
		p.get("/sandbox/v1/persons?limit=1000&q="+s.Slug, &found)
		mine := 0
		for _, person := range found.Persons {
			if person.Katalog == s.Slug {
				mine++
			}
		}
		if mine != len(s.Persons) {
			t.Errorf("%s: found %d of %d persons", s.Slug, mine, len(s.Persons))
		}
	}
}

func TestCatalogue_is_the_same_from_the_command_and_the_control_API(t *testing.T) {
	t.Parallel()
	p := start(t, "--persons", "0", "--reference-date", "2026-11-25")
	a := p.call("GET", "/sandbox/v1/catalogue", "")
	code, out, errs := run(t, nil, "catalogue", "--json", "--reference-date", "2026-11-25")
	if code != 0 || errs != "" || strings.TrimSpace(out) != strings.TrimSpace(a.body) {
		t.Errorf("exit %d, %s; %d and %d bytes", code, errs, len(out), len(a.body))
	}
	var c admin.Catalogue
	if err := json.Unmarshal([]byte(a.body), &c); err != nil || len(c.Entries) != 92 {
		t.Errorf("%d entries, %v", len(c.Entries), err)
	}
	code, out, errs = run(t, nil, "catalogue", "--reference-date", "2026-11-25")
	for _, want := range []string{"fersk-alt                       12837500077", "+497", "500 går ut samme dag", "ukjent-tusen"} {
		if code != 0 || !strings.Contains(out, want) {
			t.Errorf("exit %d, %s; no %q in %.300s", code, errs, want, out)
		}
	}
	if code, _, errs = run(t, nil, "catalogue", "--reference-date", "i går"); code != 2 || !strings.Contains(errs, "--reference-date") {
		t.Errorf("exit %d, %s", code, errs)
	}
}
