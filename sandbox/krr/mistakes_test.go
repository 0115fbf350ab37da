package krr_test

import (
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/krr"
)

// mistake is something that integrators are known to get wrong, with what they
// meet here that shows it. Sources: repositories of public clients; the
// operator's questions and answers; "Oppslagstjenesten REST".
type mistake struct {
	request *http.Request
	guess   string // name=value
	status  int
	shows   func(t *testing.T, told []krr.Person, body string)
}

func TestMistakesThatIntegratorsMakeShowUpHere(t *testing.T) {
	t.Parallel()
	look := func(path, token string, ids ...string) *http.Request {
		return request("POST", path, `{"personidentifikatorer":["`+strings.Join(ids, `","`)+`"],"inkluderIkkeRegistrerte":false}`, "Authorization:", "Authorization: Bearer "+token)
	}
	for name, m := range map[string]mistake{
		"takes the first of an empty list": {request: look(v2, "BOTH", idF), shows: func(t *testing.T, _ []krr.Person, body string) {
			expect(t, body == `{"personer":[]}`)
		}},
		"takes kontaktinformasjon for granted": {request: look(v1, "BOTH", idG, idE, idF), shows: func(t *testing.T, told []krr.Person, body string) {
			expect(t, len(told) == 3 && !strings.Contains(body, "kontaktinformasjon") && !strings.Contains(body, "null"))
		}},
		"takes both channels for granted": {request: look(v1, "BOTH", idB, idC), shows: func(t *testing.T, told []krr.Person, _ string) {
			expect(t, told[0].Kontaktinformasjon.Epostadresse == "" && told[0].Kontaktinformasjon.Mobiltelefonnummer != "")
			expect(t, told[1].Kontaktinformasjon.Epostadresse != "" && told[1].Kontaktinformasjon.Mobiltelefonnummer == "")
		}},
		"breaks on a field that is new": {request: look(v1, "BOTH", idA), guess: "unknown_field=add", shows: func(t *testing.T, _ []krr.Person, body string) {
			strict := json.NewDecoder(strings.NewReader(body))
			strict.DisallowUnknownFields()
			expect(t, strict.Decode(new(krr.PersonsAnswer)) != nil)
		}},
		"looks at varslingsstatus and not at each channel": {request: look(v1, "CONTACT", idH), shows: func(t *testing.T, told []krr.Person, _ string) {
			k := told[0].Kontaktinformasjon
			expect(t, told[0].Varslingsstatus == "KAN_VARSLES" && stale(t, k.EpostadresseOppdatert) && stale(t, k.EpostadresseSistVerifisert) && !stale(t, k.MobiltelefonnummerOppdatert))
		}},
		"looks at oppdatert alone": {request: look(v1, "CONTACT", idA), shows: func(t *testing.T, told []krr.Person, _ string) {
			k := told[0].Kontaktinformasjon
			expect(t, told[0].Varslingsstatus == "KAN_VARSLES" && stale(t, k.EpostadresseOppdatert) && !stale(t, k.EpostadresseSistVerifisert))
		}},
		"takes reservasjon for granted": {request: look(v1, "BOTH", idE, idF), shows: func(t *testing.T, told []krr.Person, body string) {
			expect(t, len(told) == 2 && !strings.Contains(body, "reservasjon"))
		}},
		"takes who is not reserved for one who can be notified": {request: look(v1, "CONTACT", idL), shows: func(t *testing.T, told []krr.Person, _ string) {
			expect(t, told[0].Reservasjon == "NEI" && told[0].Kontaktinformasjon == nil && told[0].Varslingsstatus == "KAN_IKKE_VARSLES")
		}},
		"reads times by RFC 3339": {request: look(v1, "BOTH", idA, idD, idH), shows: func(t *testing.T, _ []krr.Person, body string) {
			times := regexp.MustCompile(`"(\d{4}-\d{2}-\d{2}T[^"]*)"`).FindAllStringSubmatch(body, -1)
			expect(t, len(times) > 10)
			for _, at := range times {
				_, err := time.Parse(time.RFC3339, at[1])
				expect(t, err != nil)
				_, err = time.Parse("2006-01-02T15:04:05-07", at[1])
				expect(t, err == nil)
			}
		}},
		"sends more than a thousand numbers": {request: look(v1, "BOTH", slices.Repeat([]string{idA}, 1001)...), status: http.StatusBadRequest},
		"asks for one person at a time": {request: look(v1, "BOTH", slices.Repeat([]string{idA, idB, idC, idE, idF}, 200)...), shows: func(t *testing.T, told []krr.Person, _ string) {
			expect(t, len(told) == 1000) // in one call, each as if asked for alone
			for i, id := range []string{idA, idB, idC, idE, idF} {
				alone := httptest.NewRecorder()
				api, _ := newAPI(t, conformancePersons(t), func(*krr.Config) {})
				api.ServeHTTP(alone, look(v1, "BOTH", id))
				var answer krr.PersonsAnswer
				expect(t, json.Unmarshal(alone.Body.Bytes(), &answer) == nil && reflect.DeepEqual(answer.Personer, told[i:i+1]))
			}
		}},
		"uses a token past its life":  {request: look(v1, "OUT", idA), status: http.StatusUnauthorized},
		"uses a scope of before 2023": {request: look(v1, "OLD", idA), status: http.StatusForbidden},
		"uses the citizen's token":    {request: look(v1, "USER", idA), status: http.StatusForbidden},
		"misses fields for want of a scope": {request: look(v1, "MAILBOX", idA), shows: func(t *testing.T, told []krr.Person, body string) {
			expect(t, told[0].DigitalPost != nil && told[0].Kontaktinformasjon == nil && !strings.Contains(body, "varslingsstatus"))
		}},
		"asks for a real person": {request: look(v1, "BOTH", realID(t)), shows: func(t *testing.T, told []krr.Person, _ string) {
			expect(t, told[0].Status == "IKKE_REGISTRERT")
		}},
		"counts on the number and order of persons": {request: look(v2, "BOTH", idB, idF, idA, idB), shows: func(t *testing.T, told []krr.Person, _ string) {
			expect(t, len(told) == 2 && told[0].Personidentifikator == idB && told[1].Personidentifikator == idA)
		}},
		"takes +47 for granted": {request: look(v1, "BOTH", idG), guess: "filter_stale=off", shows: func(t *testing.T, told []krr.Person, _ string) {
			expect(t, told[0].Kontaktinformasjon.Mobiltelefonnummer == "99990007")
		}},
		"takes se for Swedish": {request: look(v1, "BOTH", idL), shows: func(t *testing.T, told []krr.Person, _ string) {
			expect(t, told[0].Spraak == "se")
		}},
		"reads the print certificate by a person's keys": {request: request("GET", "/rest/v2/printSertifikat", "", "Authorization:"), shows: func(t *testing.T, _ []krr.Person, body string) {
			expect(t, strings.Contains(body, `"postkasseleverandoerAdresse"`) && strings.Contains(body, `"x509Sertifikat"`) && !strings.Contains(body, `"sertifikat"`))
		}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			api, _ := newAPI(t, conformancePersons(t), func(c *krr.Config) {
				if name, value, ok := strings.Cut(m.guess, "="); ok {
					if err := c.Guesses.Set(name, value); err != nil {
						t.Fatal(err)
					}
				}
			})
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, m.request)
			if m.shows == nil {
				expect(t, rec.Code == m.status)
				return
			}
			var answer krr.PersonsAnswer
			if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil || rec.Code != http.StatusOK {
				t.Fatalf("answered %d: %s (%v)", rec.Code, rec.Body, err)
			}
			m.shows(t, answer.Personer, rec.Body.String())
		})
	}
}

func expect(t *testing.T, holds bool) {
	t.Helper()
	if !holds {
		t.Error("this does not hold")
	}
}

func stale(t *testing.T, at string) bool {
	t.Helper()
	i, err := sandbox.ParseInstant(at)
	if err != nil {
		t.Fatal(err)
	}
	return i <= sandbox.WindowAt(conformanceClock).Limit
}

// TestMistakesOfWhoFollowsTheFeed: stops at a page that tells of nobody new,
// keeps who is SLETTET, takes a person to come once on a page, and takes the
// numbers of the changes for small.
func TestMistakesOfWhoFollowsTheFeed(t *testing.T) {
	t.Parallel()
	people := conformancePersons(t)
	register := sandbox.NewRegister(newImage(t, people), sandbox.NewFrozenClock(conformanceClock))
	api, _ := newAPI(t, nil, func(c *krr.Config) { c.Register, c.FeedPage = register, 3 })
	for _, id := range []string{idA, idB, idC, idI} {
		change(t, register, mustID(t, id), func(p *sandbox.Person) { p.Status = sandbox.Deleted })
	}
	for range 2 {
		change(t, register, mustID(t, idH), func(p *sandbox.Person) { p.Language = sandbox.English })
	}
	const bottom = 200_000_000
	seen := map[string]int{}
	onlyDeleted, twice := false, false
	from, last := int64(bottom), int64(bottom+1)
	for from < last {
		page := askFeed(t, api, from)
		deleted, here := 0, map[string]int{}
		for _, p := range page.List {
			seen[p.Personidentifikator]++
			here[p.Personidentifikator]++
			twice = twice || here[p.Personidentifikator] > 1
			if p.Status == "SLETTET" {
				deleted++
			}
		}
		onlyDeleted = onlyDeleted || deleted == len(page.List)
		from, last = page.TilEndringsID, page.SisteEndringsID
	}
	expect(t, onlyDeleted)
	expect(t, twice)
	expect(t, last == bottom+int64(len(people))+6)
	expect(t, seen[idA] == 2 && seen[idH] == 3)
}
