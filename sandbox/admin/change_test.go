package admin_test

import (
	"fmt"
	"strings"
	"testing"
)

func TestDelete_leaves_a_person_SLETTET(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	want := map[string]string{"status": "SLETTET", "visningnavn": "MODIG MCREV", "foedselsdato": "1980-05-01", "reservasjon": "", "kontaktinformasjon": "", "digital_post": "", "spraak": "", "varslingsstatus": "KAN_IKKE_VARSLES"}
	w.has(w.must(200, "DELETE", "/persons/"+modig, ""), want)
	w.has(w.must(200, "DELETE", "/persons/"+modig, ""), want)
	w.refused(404, "DELETE", "/persons/"+absent, "")
	w.refused(400, "DELETE", "/persons/"+real, "", "052403*****")
	w.refused(400, "DELETE", "/persons/x", "")
}

func TestUndo_takes_one_change_back_after_another(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(200, "PATCH", "/persons/"+modig, `{"spraak":"nn"}`)
	w.must(200, "DELETE", "/persons/"+modig, "")
	w.has(w.must(200, "POST", "/persons/"+modig+"/undo", ""), map[string]string{"status": "AKTIV", "spraak": "nn"})
	w.has(w.must(200, "POST", "/persons/"+modig+"/undo", ""), map[string]string{"status": "AKTIV", "spraak": "se"})
	w.refused(409, "POST", "/persons/"+modig+"/undo", "", "no change")
	w.refused(409, "POST", "/persons/"+absent+"/undo", "")
	w.refused(400, "POST", "/persons/"+real+"/undo", "", "052403*****")

	made := at(w.must(201, "POST", "/persons", `{}`), "personidentifikator")
	if got := strings.TrimSpace(w.call("POST", "/persons/"+made+"/undo", "").Body.String()); got != `{"personidentifikator":"`+made+`","gone":true}` {
		t.Errorf("a creation taken back: %s", got)
	}
	w.must(404, "GET", "/persons/"+made, "")
	w.must(201, "POST", "/persons", `{"personidentifikator":"`+seig+`"}`)
	w.has(w.must(200, "POST", "/persons/"+seig+"/undo", ""), map[string]string{"status": "SLETTET"})
}

// Source: a notice by Digdir, 2019: the addresses move to the new number, and
// the old one is deleted.
func TestReplace_moves_a_person_from_a_D_number(t *testing.T) {
	t.Parallel()
	moved := map[string]string{
		"identifikatorType": "foedselsnummer", "status": "AKTIV", "visningnavn": "MODIG MCREV", "kjoenn": "kvinne", "kontaktinformasjon.epostadresse": "modig@example.test",
		"kontaktinformasjon.epostadresse_oppdatert": "2026-11-05T12:00:00+01", "kontaktinformasjon.epostadresse_duplisert": "NEI", "spraak": "se", "postkassetilstand": "inaktiv"}
	for _, c := range []struct{ name, body, number, birth string }{
		{"to a fresh number", ``, "", "1980-05-01"},
		{"to a fresh number, with an empty object", `{}`, "", "1980-05-01"},
		{"to a chosen number", `{"personidentifikator":"05840399976"}`, "05840399976", "2003-04-05"},
		{"to one who is not registered yet", `{"personidentifikator":"` + nobody + `"}`, nobody, "2020-11-17"},
	} {
		w := newWorld(t)
		t.Log(c.name)
		answer := w.must(200, "POST", "/persons/"+modig+"/replace", c.body)
		if c.number == nobody || c.number == "05840399976" {
			delete(answer, "kjoenn") // follows the number
			want := map[string]string{"personidentifikator": c.number, "foedselsdato": c.birth, "spraak": "se"}
			w.has(answer, want)
		} else {
			w.has(answer, moved)
			w.has(answer, map[string]string{"foedselsdato": c.birth})
		}
		w.has(w.must(200, "GET", "/persons/"+modig, ""), map[string]string{"status": "SLETTET", "kontaktinformasjon": "", "identifikatorType": "dNummer"})
		feed := w.reg.Feed(0, 1000)
		if last := feed.Entries[len(feed.Entries)-2:]; last[0].ID.Digits() != modig || last[1].ID.Digits() != at(answer, "personidentifikator") {
			t.Errorf("the change feed ends with %v", last)
		}
		w.refused(409, "POST", "/persons/"+modig+"/replace", ``, "SLETTET")
	}
	w := newWorld(t)
	w.refused(400, "POST", "/persons/"+grundig+"/replace", ``, "D-number")
	w.refused(404, "POST", "/persons/"+absent+"/replace", ``)
	w.refused(400, "POST", "/persons/"+real+"/replace", ``, "052403*****")
	w.refused(409, "POST", "/persons/"+seig+"/replace", ``, "SLETTET")
	w.refused(409, "POST", "/persons/"+modig+"/replace", `{"personidentifikator":"`+grundig+`"}`, "AKTIV")
	w.refused(400, "POST", "/persons/"+modig+"/replace", `{"personidentifikator":"`+absent+`"}`, "D-number")
	w.refused(400, "POST", "/persons/"+modig+"/replace", `{"personidentifikator":"`+real+`"}`, "052403*****")
	w.refused(400, "POST", "/persons/"+modig+"/replace", `{"nummer":"x"}`, "nummer")
	if w.reg.Changed() != 0 {
		t.Error("a refused replacement has changed something")
	}
}

func TestBulk_carries_out_all(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	w.must(200, "PATCH", "/persons/"+sindig, `{"spraak":"en"}`)
	answer := w.must(200, "POST", "/persons/bulk", `{"operations":[
		{"op":"create","person":{"fornavn":"Første"}},
		{"op":"create","personidentifikator":"45840375084"},
		{"op":"set","personidentifikator":"45840375084","person":{"spraak":"nn"}},
		{"op":"delete","personidentifikator":"`+grundig+`"},
		{"op":"undo","personidentifikator":"`+sindig+`"},
		{"op":"create","personidentifikator":"05840399976","person":{"personidentifikator":"05840399976"}},
		{"op":"undo","personidentifikator":"05840399976"},
		{"op":"create","person":{"random":true}},
		{"op":"create","person":{"random":true}}]}`)
	var got []string
	for _, p := range answer["persons"].([]any) {
		p := p.(map[string]any)
		got = append(got, strings.Join([]string{at(p, "fornavn"), at(p, "etternavn"), at(p, "status"), at(p, "spraak"), at(p, "gone")}, " "))
	}
	want := []string{"FØRSTE MYR AKTIV  ", "UTTENKT MYR AKTIV nn ", "UTTENKT MYR AKTIV nn ", "GRUNDIG BLÅVEIS SLETTET  ", "SINDIG TREKKFUGL AKTIV nn ", "    true", "    true", "TRUKKET NUMMER 1 AKTIV  ", "TRUKKET NUMMER 2 AKTIV  "}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("\n got %q\nwant %q", got, want)
	}
}

func TestBulk_does_all_or_nothing_and_names_the_operation(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	const good = `{"op":"set","personidentifikator":"` + modig + `","person":{"spraak":"nn"}},{"op":"create"},`
	undo := `{"op":"undo","personidentifikator":"` + modig + `"}`
	for _, c := range []struct {
		name, operation string
		status, index   int
		words           []string
	}{
		{"a value that the register would not take", `{"op":"set","personidentifikator":"` + modig + `","person":{"spraak":"fr"}}`, 400, 2, []string{"spraak"}},
		{"an unknown member", `{"op":"create","person":{"navn":"x"}}`, 400, 2, []string{"navn"}},
		{"one who is AKTIV", `{"op":"create","personidentifikator":"` + grundig + `"}`, 409, 2, []string{"AKTIV"}},
		{"nobody", `{"op":"set","personidentifikator":"` + absent + `","person":{}}`, 404, 2, nil},
		{"nobody to delete", `{"op":"delete","personidentifikator":"` + absent + `"}`, 404, 2, nil},
		{"a second undo", undo + "," + undo, 409, 3, []string{"418580*****"}},
		{"an undo between two good ones", undo + `,{"op":"undo","personidentifikator":"` + grundig + `"},` + `{"op":"create"}`, 409, 3, []string{"128294*****"}},
		{"a real person's number", `{"op":"delete","personidentifikator":"` + real + `"}`, 400, 2, []string{"052403*****"}},
		{"no number", `{"op":"set","person":{}}`, 400, 2, []string{"11 digits"}},
		{"two numbers", `{"op":"create","personidentifikator":"45840375084","person":{"personidentifikator":"05840399976"}}`, 400, 2, []string{"differs"}},
		{"no person to set", `{"op":"set","personidentifikator":"` + modig + `"}`, 400, 2, []string{"needs a person"}},
		{"null to set", `{"op":"set","personidentifikator":"` + modig + `","person":null}`, 400, 2, []string{"JSON object"}},
		{"a person to delete", `{"op":"delete","personidentifikator":"` + modig + `","person":{}}`, 400, 2, []string{"no person"}},
		{"an operation that there is not", `{"op":"upsert"}`, 400, 2, []string{"upsert"}},
		{"a text that is too long to keep", `{"op":"create","person":{"fornavn":"` + strings.Repeat("x", 70000) + `"}}`, 400, 2, []string{"too long"}},
		{"a list for a person", `{"op":"create","person":[]}`, 400, 2, nil},
	} {
		t.Log(c.name)
		w.refused(c.status, "POST", "/persons/bulk", `{"operations":[`+good+c.operation+`]}`, append(c.words, fmt.Sprintf("operations[%d]: ", c.index))...)
		if w.reg.Changed() != 0 {
			t.Fatal("something was changed")
		}
	}
	many := strings.TrimSuffix(strings.Repeat(`{"op":"create"},`, 1001), ",")
	w.refused(400, "POST", "/persons/bulk", `{"operations":[`+many+`]}`, "1000", "1001")
	w.refused(400, "POST", "/persons/bulk", `{"operations":null}`, "1 to 1000")
	w.refused(400, "POST", "/persons/bulk", `{"operations":[{"op":"create","op":"delete"}]}`, "twice")
	w.refused(400, "POST", "/persons/bulk", `{"operations":[{"op":"create","navn":"x"}]}`, "navn")
	w.refused(400, "POST", "/persons/bulk", `{"force":true,"operations":[{"op":"create"}]}`, "force")
	w.refused(413, "POST", "/persons/bulk", `{"operations":"`+strings.Repeat("x", 4<<20)+`"}`)
	w.must(200, "POST", "/persons/bulk?force=true", `{"operations":[{"op":"set","personidentifikator":"`+modig+`","person":{"kontaktinformasjon":{"epostadresse":"x"}}}]}`)
}

func TestReset_takes_everything_back(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	before := w.call("GET", "/persons", "").Body.String()
	w.must(200, "PATCH", "/persons/"+modig, `{"spraak":"nn"}`)
	w.must(200, "PATCH", "/persons/"+modig, `{"spraak":"nb"}`)
	w.must(201, "POST", "/persons", `{}`)
	w.must(200, "PUT", "/clock", `{"advance":"P1D"}`)
	w.has(w.must(200, "POST", "/reset", ""), map[string]string{"persons": "2"})
	w.has(w.must(200, "GET", "/clock", ""), map[string]string{"moved": "false"})
	if after := w.call("GET", "/persons", "").Body.String(); after != before {
		t.Errorf("\n got %s\nwant %s", after, before)
	}
	w.has(w.must(200, "POST", "/reset", ""), map[string]string{"persons": "0"})
}
