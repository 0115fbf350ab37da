package app

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"
	"time"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/seeds"
)

var update = flag.Bool("update", false, "write the golden files of the formats anew")

// written is a format's text of some persons.
func written(t *testing.T, name string, image *population.Image, seed uint64) string {
	t.Helper()
	at := time.Date(2026, 11, 25, 0, 0, 0, 0, sandbox.Oslo)
	f, err := formats[name](source{generator.Config{Seed: seed, Reference: sandbox.DateOf(at), Files: seeds.Files}, image, image, at})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.write(t.Context(), &b, image, nil); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// The files hold a person with everything, one with nothing and one whose texts
// need quoting. The names and the shape are those of "Oppslagstjenesten REST"
// (jsonl, json, csv, krr), RFC 4180 (csv), and Tenor's answers as public clients
// read them (tenor).
func TestFormats_write_what_the_golden_files_hold(t *testing.T) {
	t.Parallel()
	image, err := population.New(threePersons(t))
	if err != nil {
		t.Fatal(err)
	}
	for name := range formats {
		got := written(t, name, image, 7)
		file := filepath.Join("testdata", "formats", "three."+name)
		if *update {
			if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Errorf("%s:\n%s\nwant\n%s", name, got, want)
		}
	}
}

func threePersons(t *testing.T) []sandbox.Person {
	t.Helper()
	id := func(digits string) sandbox.PersonID {
		id, err := sandbox.ParsePersonID(digits)
		if err != nil {
			t.Fatal(err)
		}
		return id
	}
	at := func(month time.Month) sandbox.Instant {
		return sandbox.InstantOf(time.Date(2026, month, 2, 3, 4, 5, 0, time.UTC))
	}
	full, stranger, odd := id("05840399895"), id("57912075186"), id("12829499914")
	return []sandbox.Person{
		{
			ID: full, FirstName: "Sindig", LastName: "Åkerdue", Birth: full.BirthDate(), Sex: full.Sex(), Municipality: 301, Scenario: "fersk-alt",
			Kin:    sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Partner, ID: odd}, sandbox.Relative{Relation: sandbox.Ward, ID: stranger}),
			Status: sandbox.Active, Registered: at(1), Changed: at(7), ReservationUpdated: at(2),
			Email:    sandbox.Channel{Value: "sindig@example.com", Updated: at(1), Confirmed: at(7), Validated: at(1)},
			Mobile:   sandbox.Channel{Value: "+4799999001", Updated: at(1), Confirmed: at(7)},
			Mailbox:  sandbox.Mailbox{Address: "sindig.aakerdue#LIKS", Provider: sandbox.Digipost, Inactive: true, Certificate: sandbox.CertificateMissing},
			Language: sandbox.Sami, LanguageUpdated: at(2),
		},
		{ID: stranger, FirstName: "Rask", LastName: "Elv", Birth: stranger.BirthDate(), Sex: stranger.Sex()},
		{
			ID: odd, FirstName: `Rar, "sa" hun`, LastName: "Linje\nSkift", Birth: odd.BirthDate(), Sex: odd.Sex(), Status: sandbox.Active,
			Reserved: true, ReservedAt: at(3), ReservationUpdated: at(3), Registered: at(3), Changed: at(3),
		},
	}
}

// Whatever the format, it holds the same persons in the same order, and those
// that hold everything say the same of them.
func TestFormats_hold_the_same_persons(t *testing.T) {
	t.Parallel()
	c := generator.Config{Persons: 500, Seed: 3, Reference: sandbox.Date{Year: 2026, Month: 11, Day: 25}}
	image, err := newImage(t.Context(), &c, io.Discard)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(strings.TrimSuffix(written(t, "jsonl", image, c.Seed), "\n"), "\n")
	krr := strings.Split(strings.TrimSuffix(written(t, "krr", image, c.Seed), "\n"), "\n")
	var array []json.RawMessage
	decode(t, written(t, "json", image, c.Seed), &array)
	var tenor struct {
		Treff, Rader   int
		DokumentListe  []tenorDocument
		Fasetter, Seed any
	}
	decode(t, written(t, "tenor", image, c.Seed), &tenor)
	table, err := csv.NewReader(strings.NewReader(written(t, "csv", image, c.Seed))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	header, rows := table[0], table[1:]
	for name, n := range map[string]int{"krr": len(krr), "json": len(array), "tenor": len(tenor.DokumentListe), "treff": tenor.Treff, "csv": len(rows), "the image": image.Len()} {
		if n != len(lines) {
			t.Fatalf("%s holds %d persons, jsonl %d", name, n, len(lines))
		}
	}
	for i, line := range lines {
		id := image.At(i).ID().Digits()
		var told struct{ Personidentifikator string }
		decode(t, krr[i], &told)
		if told.Personidentifikator != id || tenor.DokumentListe[i].Identifikator[0] != id {
			t.Errorf("person %d is %s in krr and %s in tenor, want %s", i, told.Personidentifikator, tenor.DokumentListe[i].Identifikator[0], id)
		}
		if string(array[i]) != line || tenor.DokumentListe[i].TenorMetadata.Kildedata != line {
			t.Errorf("person %d differs: jsonl %s\njson %s\ntenor %s", i, line, array[i], tenor.DokumentListe[i].TenorMetadata.Kildedata)
		}
		want := map[string]string{}
		flatten(t, line, want)
		got := map[string]string{}
		for j, cell := range rows[i] {
			if cell != "" {
				got[header[j]] = cell
			}
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("person %d in csv: %v\nwant %v", i, got, want)
		}
	}
}

// flatten reads the members of an object and of those in it, relatives as the
// table spells them.
func flatten(t *testing.T, object string, into map[string]string) {
	t.Helper()
	var members map[string]json.RawMessage
	decode(t, object, &members)
	for name, raw := range members {
		switch raw[0] {
		case '{':
			flatten(t, string(raw), into)
		case '[':
			var relatives []struct{ Personidentifikator, Relasjon string }
			decode(t, string(raw), &relatives)
			for _, r := range relatives {
				into[name] = strings.TrimSpace(into[name] + " " + r.Relasjon + ":" + r.Personidentifikator)
			}
		default:
			var text string
			decode(t, string(raw), &text)
			into[name] = text
		}
	}
}

func decode(t *testing.T, text string, into any) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), into); err != nil {
		t.Fatalf("%v in %.200s", err, text)
	}
}
