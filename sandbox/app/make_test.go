package app

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"liksom/sandbox"
)

var (
	formInput  = regexp.MustCompile(`<input [^>]*name="([^"]+)" value="([^"]*)"`)
	formSelect = regexp.MustCompile(`(?s)<select [^>]*name="([^"]+)".*?<option value="([^"]*)" selected>`)
	cannot     = regexp.MustCompile(`(?s)<div class="cannot">.*?</div>`)
)

// makeSuch asks for the form of a search, posts it as it came, and gives the query
// string of the page that it leads to and what cannot be made.
func makeSuch(t *testing.T, box *Sandbox, q string) (id, left string) {
	t.Helper()
	w := httptest.NewRecorder()
	box.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/ny?"+url.Values{"q": {q}}.Encode(), nil))
	form := url.Values{}
	body := w.Body.String()
	body = body[strings.Index(body, "<main"):]
	for _, m := range append(formInput.FindAllStringSubmatch(body, -1), formSelect.FindAllStringSubmatch(body, -1)...) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	r := httptest.NewRequest(http.MethodPost, "http://127.0.0.1:8080/ny", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	made := httptest.NewRecorder()
	box.handler.ServeHTTP(made, r)
	to, err := url.Parse(made.Header().Get("Location"))
	if made.Code != http.StatusSeeOther || err != nil || to.Query().Get("q") != q {
		t.Fatalf("%s: got %d to %q: %v, sent %v\n%s", q, made.Code, made.Header().Get("Location"), err, form, regexp.MustCompile(`(?s)role="alert".*?</div>`).FindString(made.Body.String()))
	}
	return strings.TrimPrefix(to.Path, "/person/"), cannot.FindString(body)
}

// unused is a number that nobody has.
func unused(t *testing.T, box *Sandbox) string {
	t.Helper()
	for i := range 1000 {
		id, ok := sandbox.MakePersonID(sandbox.Date{Year: 1991, Month: 2, Day: 3}, i, false, sandbox.SeriesTenor)
		if ok && !box.register.Person(id).Exists() {
			return id.Digits()
		}
	}
	t.Fatal("every number is taken")
	return ""
}

// Whom a search makes, the search finds.
func TestMake_makes_a_person_that_the_search_finds(t *testing.T) {
	t.Parallel()
	box := newBox(t, 500)
	for _, q := range []string{
		"alder > 70 and epostTilstand:utgaatt and mobilTilstand:fersk and reservasjon:NEI and postkasse:digipost",
		"alder < 18 and reservasjon:JA and spraak:se",
		"alder:[30 to 49] and kjoenn:kvinne and fylke:56 and identifikatorType:dNummer",
		"foedselsdato:[1955-03-01 to 1955-03-31] and kjoenn:mann and personstatus:utflyttet",
		"foedselsdato:2024-02-29",
		"epostTilstand:mangler and mobilTilstand:mangler and varslingsstatus:KAN_IKKE_VARSLES and reservasjon:NEI",
		"varslingsstatus:KAN_VARSLES and epostTilstand:utgaatt",
		"varslingsstatus:KAN_IKKE_VARSLES and reservasjon:NEI and status:AKTIV",
		"status:SLETTET and kjoenn:kvinne and alder > 90",
		"status:IKKE_REGISTRERT and kommunenr:0301",
		"postkasse:eboks and sertifikat:utloept and postkassetilstand:inaktiv",
		"epostDuplisert:JA and mobilDuplisert:NEI",
		"epostDuplisert:NEI and mobilDuplisert:JA and epostTilstand:utgaatt and mobilTilstand:utgaatt",
		"epostOppdatert < nå-5y and epostSistVerifisert > nå-3d and mobilSistValidert < 2020",
		"epostOppdatert > nå-20m and epostTilstand:utgaatt",
		"reservasjonstidspunkt < 2015 and spraakOppdatert:2019",
		"fornavn:Liksom and etternavn:Figur",
		"liksom påfunn", `visningnavn:"Ola Påfunn-Dikt"`, "dikt*",
		"ny@eksempel.test and mobil:99991234", "99994321",
		unused(t, box) + " and serie:tenor and alder > 20",
		"not epost:* and not reservasjon:JA",
		"(spraak:se or spraak:nn) and (reservasjon:JA or alder > 100)",
		"not postkasse:ingen and not sertifikat:(gyldig or utloept or mangler)",
		"harEpost:NEI and epostTilstand:(fersk or mangler)",
	} {
		id, left := makeSuch(t, box, q)
		if left != "" {
			t.Errorf("%s: cannot be made: %s", q, left)
		}
		w := httptest.NewRecorder()
		box.handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "http://127.0.0.1:8080/sandbox/v1/persons?limit=1000&"+url.Values{"q": {fmt.Sprintf("(%s) and identifikator:%s", q, id)}}.Encode(), nil))
		if !strings.Contains(w.Body.String(), `"total":1,`) {
			t.Errorf("%s: %s is not found again: %s", q, id, w.Body)
		}
	}
}

// What cannot be made is told, and the rest is made.
func TestMake_tells_what_cannot_be_made(t *testing.T) {
	t.Parallel()
	box := newBox(t, 50)
	for q, wants := range map[string][]string{
		"status:SLETTET and epostTilstand:fersk":                                      {"E-post fersk"},
		"spraak:nn and antallBarn:3":                                                  {"antallBarn:3"},
		"reservasjon:NEI and reservasjonstidspunkt < 2020":                            {"reservasjonstidspunkt &lt; 2020"},
		"alder > 70 and foedselsdato > 2001":                                          {"foedselsdato &gt; 2001"},
		"kommunenr:0301 and fylke:46":                                                 {"kommunenr:0301"},
		"spraak:se and serie:nav and not etternavn:a and a*b":                         {"serie", "etternavn", "a*b"},
		"spraak:nn and epostOppdatert < 1950 and foedselsdato > 2090 and alder > 200": {"epostOppdatert", "foedselsdato", "Over 200"},
	} {
		_, left := makeSuch(t, box, q)
		for _, want := range wants {
			if !strings.Contains(left, want) {
				t.Errorf("%s: %q is not told in %q", q, want, left)
			}
		}
	}
}
