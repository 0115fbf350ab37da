package krr_test

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/krr"
)

func setLanguage(id, language string) *http.Request {
	return request("POST", krr.LanguagePath, `{"personidentifikator":"`+id+`","spraak":"`+language+`"}`, "Authorization:", "Authorization: Bearer LANGUAGE")
}

func TestALanguageIsSetWhereThereIsNone(t *testing.T) {
	t.Parallel()
	for name, id := range map[string]string{"a person without": idB, "nobody in the register": idF} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api, _ := newAPI(t, conformancePersons(t))
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, setLanguage(id, "se"))
			documented(t, setLanguage(id, "se"), rec)
			if rec.Code != http.StatusNoContent || rec.Body.Len() != 0 || rec.Header().Get("Content-Type") != "" {
				t.Errorf("answered %d with %q", rec.Code, rec.Body)
			}
			rec = httptest.NewRecorder()
			api.ServeHTTP(rec, request("POST", v1, `{"personidentifikatorer":["`+id+`"]}`))
			var told krr.PersonsAnswer
			if err := json.Unmarshal(rec.Body.Bytes(), &told); err != nil {
				t.Fatal(err)
			}
			if p := told.Personer[0]; p.Status != "AKTIV" || p.Spraak != "se" || p.SpraakOppdatert != "2025-03-15T12:00:00+01" {
				t.Errorf("the person is %+v", p)
			}
			rec = httptest.NewRecorder()
			api.ServeHTTP(rec, setLanguage(id, "nb"))
			if rec.Code != http.StatusConflict {
				t.Errorf("a second language is answered %d: %s", rec.Code, rec.Body)
			}
		})
	}
}

func TestALanguageForANumberThatIsNotSyntheticIsRefused(t *testing.T) {
	t.Parallel()
	for _, id := range []string{realID(t), "1483813104", "14838131044", ""} {
		api, verdicts := newAPI(t, conformancePersons(t))
		rec := httptest.NewRecorder()
		api.ServeHTTP(rec, setLanguage(id, "nb"))
		if rec.Code != http.StatusBadRequest || !strings.Contains(rec.Body.String(), `"pointer":"/personidentifikator"`) {
			t.Errorf("answered %d: %s", rec.Code, rec.Body)
		}
		if v := verdicts()[0]; v.Rule != "id.malformed" || id != "" && strings.Contains(v.Reason+rec.Body.String(), id) {
			t.Errorf("the verdict is %+v", v)
		}
	}
}

// fullDisk keeps nothing.
type fullDisk struct{ sandbox.Store }

func (fullDisk) Load(func(sandbox.Change) error, func(sandbox.Reset) error) error { return nil }
func (fullDisk) Commit([]sandbox.Change) error                                    { return errors.New("the disk is full") }

func TestALanguageThatCannotBeKept(t *testing.T) {
	t.Parallel()
	register, err := sandbox.OpenRegister(newImage(t, conformancePersons(t)), sandbox.NewFrozenClock(conformanceClock), fullDisk{})
	if err != nil {
		t.Fatal(err)
	}
	api, verdicts := newAPI(t, nil, func(c *krr.Config) { c.Register = register })
	rec := httptest.NewRecorder()
	api.ServeHTTP(rec, setLanguage(idB, "nb"))
	if rec.Code != http.StatusServiceUnavailable || verdicts()[0].Rule != "change.lost" || strings.Contains(rec.Body.String(), "disk") {
		t.Errorf("answered %d: %s, %+v", rec.Code, rec.Body, verdicts())
	}
}
