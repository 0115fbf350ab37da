package ui

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
)

// controlOf refuses e-mails without @, and otherwise does with the first name
// what is asked and tells what else it was asked.
func controlOf(register *sandbox.Register) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.URL.Path == "/sandbox/v1/clock" {
			_, _ = fmt.Fprintf(w, `{"real":%q}`, castNow.UTC().Format(time.RFC3339))
			return
		}
		if strings.Contains(string(body), "uten-alfa") {
			w.WriteHeader(http.StatusBadRequest)
			_, _ = fmt.Fprint(w, `{"title":"Bad Request","status":400,"code":"email.invalid","detail":"kontaktinformasjon.epostadresse: no @ <b>"}`)
			return
		}
		digits := strings.Split(strings.TrimPrefix(r.URL.Path, "/sandbox/v1/persons/"), "/")[0]
		id, err := sandbox.ParsePersonID(digits)
		if err != nil {
			_, _ = fmt.Fprintf(w, `{"personidentifikator":"12829499914","asked":%q}`, body)
			return
		}
		if r.Method == http.MethodDelete {
			_, _ = fmt.Fprintf(w, `{"personidentifikator":%q,"gone":true}`, digits)
			return
		}
		err = register.Change(sandbox.Edit{ID: id, Undo: strings.HasSuffix(r.URL.Path, "/undo"), Make: func(now sandbox.Record, _ sandbox.Instant) (sandbox.Person, error) {
			p := now.Person()
			var patch struct{ Fornavn *string }
			if err := json.Unmarshal(body, &patch); err != nil {
				return p, err
			}
			if patch.Fornavn != nil {
				p.FirstName = *patch.Fornavn
			}
			return p, nil
		}})
		if err != nil {
			w.WriteHeader(http.StatusInternalServerError)
		}
		_, _ = fmt.Fprintf(w, `{"personidentifikator":%q}`, digits)
	})
}

func TestEdit_changes_what_was_changed_and_undo_takes_it_back(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	person := "/person/" + s.ids["fresh"].Digits()
	if strings.Contains(s.get(t, person).Body.String(), "/angre") {
		t.Error("something can be undone before anything was done")
	}
	w := s.post(t, person+"/endre", url.Values{"fornavn": {"Uredd"}, "foer.fornavn": {"Grundig"}, "etternavn": {"X"}, "foer.etternavn": {"X"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != person {
		t.Fatalf("got %d to %q", w.Code, w.Header().Get("Location"))
	}
	body := s.get(t, person).Body.String()
	if !strings.Contains(body, "<h1>Uredd Blåveis</h1>") || !strings.Contains(body, `action="`+person+`/angre"`) {
		t.Error("the person is not as it was changed")
	}
	told := ""
	if m := regexp.MustCompile(`class="nr"><span class="ds-sr-only">Endringsnummer </span>#(200[^<]+)<`).FindStringSubmatch(body); m != nil {
		told = strings.ReplaceAll(m[1], nbsp, "")
	}
	if want := fmt.Sprint(s.register.Last()); told != want {
		t.Errorf("the history tells the change number %q, and the feed %s", told, want)
	}
	if w := s.post(t, person+"/angre", nil); w.Code != http.StatusSeeOther || !strings.Contains(s.get(t, person).Body.String(), "<h1>Grundig Blåveis</h1>") {
		t.Error("the change is not taken back")
	}
	if w := s.post(t, person+"/slett", nil); w.Code != http.StatusSeeOther || w.Header().Get("Location") != home {
		t.Errorf("got %d to %q, want home for a person who is gone", w.Code, w.Header().Get("Location"))
	}
}

func TestEdit_shows_why_it_was_refused_and_keeps_what_was_typed(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	w := s.post(t, "/person/"+s.ids["fresh"].Digits()+"/endre", url.Values{"kontaktinformasjon.epostadresse": {"uten-alfa"}, "foer.kontaktinformasjon.epostadresse": {"a@b.test"}})
	body := w.Body.String()
	for _, want := range []string{"Registeret tar ikke imot denne e-postadressen.", "kontaktinformasjon.epostadresse: no @ &lt;b&gt;", `value="uten-alfa"`, `name="foer.kontaktinformasjon.epostadresse" value="a@b.test"`} {
		if w.Code != http.StatusOK || !strings.Contains(body, want) {
			t.Errorf("%d, no %q", w.Code, want)
		}
	}
	for _, path := range []string{"/person/1/endre", "/person/" + "12829499914" + "/lik"} {
		if w := s.get(t, path); w.Code != http.StatusNotFound {
			t.Errorf("%s: got %d, want 404", path, w.Code)
		}
	}
}

func TestLike_makes_another_person(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	w := s.post(t, "/person/"+s.ids["fresh"].Digits()+"/lik", url.Values{"reservasjon": {"JA"}, "foer.reservasjon": {"NEI"}})
	if w.Code != http.StatusSeeOther || w.Header().Get("Location") != "/person/12829499914" {
		t.Errorf("got %d to %q", w.Code, w.Header().Get("Location"))
	}
}

func TestChanges_are_a_merge_patch_of_what_differs(t *testing.T) {
	t.Parallel()
	got, err := json.Marshal(changes(formValues{
		"status": {"AKTIV"}, "foer.status": {"AKTIV"},
		"spraak": {""}, "foer.spraak": {"nb"},
		"kontaktinformasjon.epostadresse": {"a@b.test"}, "foer.kontaktinformasjon.epostadresse": {""},
		"kontaktinformasjon.mobiltelefonnummer": {" "}, "foer.kontaktinformasjon.mobiltelefonnummer": {"+4799999001"},
		"digital_post.postkasseadresse": {"x#AAAA"}, "foer.digital_post.postkasseadresse": {"x#AAAA"},
		"personidentifikator": {"1"},
	}, editGroups))
	const want = `{"kontaktinformasjon":{"epostadresse":"a@b.test","mobiltelefonnummer":null},"spraak":null}`
	if err != nil || string(got) != want {
		t.Errorf("got %s (%v)\nwant %s", got, err, want)
	}
}
