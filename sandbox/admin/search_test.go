package admin_test

import (
	"encoding/json"
	"net/url"
	"reflect"
	"strings"
	"testing"
)

type searchAnswer struct {
	Total, Of int
	Query     string
	Persons   []struct{ Personidentifikator string }
	Next      string
	Facets    map[string]map[string]int
}

func (w *world) search(query url.Values) searchAnswer {
	w.t.Helper()
	var out searchAnswer
	if err := json.Unmarshal(w.call("GET", "/persons?"+query.Encode(), "").Body.Bytes(), &out); err != nil {
		w.t.Fatal(err)
	}
	return out
}

func ids(a searchAnswer) []string {
	var out []string
	for _, p := range a.Persons {
		out = append(out, p.Personidentifikator)
	}
	return out
}

func TestSearch_answers_queries_with_counts(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.search(url.Values{"q": {"STATUS:aktiv  and reservasjon:nei"}, "facets": {"true"}, "sort": {"-foedselsdato"}})
	if got.Total != 2 || got.Of != 5 || got.Query != "status:AKTIV and reservasjon:NEI" || !reflect.DeepEqual(ids(got), []string{grundig, modig}) {
		t.Errorf("%+v", got)
	}
	for field, want := range map[string]map[string]int{
		"status":        {"AKTIV": 2, "SLETTET": 0, "IKKE_REGISTRERT": 0}, // who is not AKTIV has no reservation
		"reservasjon":   {"JA": 1, "NEI": 2},                              // an alternative to what was chosen
		"epostTilstand": {"fersk": 1, "utgaatt": 0, "mangler": 1},
		"sertifikat":    {"gyldig": 1, "utloept": 1, "mangler": 0, "utloeper": 0},
	} {
		if !reflect.DeepEqual(got.Facets[field], want) {
			t.Errorf("%s: %v, want %v", field, got.Facets[field], want)
		}
	}
	w.must(200, "PATCH", "/persons/"+grundig, `{"reservasjon":"JA"}`)
	if got := w.search(url.Values{"q": {"reservasjon:JA"}}); got.Total != 2 || got.Facets != nil {
		t.Errorf("after an edit: %+v", got)
	}
	w.must(200, "PUT", "/clock", `{"advance":"P18M"}`)
	if got := w.search(url.Values{"q": {"varslingsstatus:KAN_VARSLES"}}); got.Total != 0 {
		t.Errorf("after 18 months: %+v", got)
	}
}

func TestSearch_pages_and_draws(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	var paged []string
	query := url.Values{"limit": {"2"}, "sort": {"etternavn"}}
	for {
		page := w.search(query)
		paged = append(paged, ids(page)...)
		if page.Next == "" {
			break
		}
		query.Set("cursor", page.Next)
	}
	if want := []string{nobody, grundig, seig, modig, sindig}; !reflect.DeepEqual(paged, want) {
		t.Errorf("paged %v, want %v", paged, want)
	}
	draw := func(seed string) []string {
		return ids(w.search(url.Values{"q": {"status:AKTIV"}, "sample": {"2"}, "seed": {seed}}))
	}
	if one := draw("1"); len(one) != 2 || !reflect.DeepEqual(one, draw("1")) {
		t.Errorf("drew %v, then %v", one, draw("1"))
	}
}

func TestSearch_says_where_a_query_is_wrong(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	a := w.call("GET", "/persons?q="+url.QueryEscape("sindig and stauts:AKTIV"), "")
	var p struct {
		Code       string
		Position   int
		Length     int
		Suggestion string
	}
	if err := json.Unmarshal(a.Body.Bytes(), &p); err != nil || p.Code != "field.unknown" || p.Position != 11 || p.Length != 6 || p.Suggestion != "status" {
		t.Errorf("%s", a.Body)
	}
	for _, path := range []string{"/persons?sort=epost", "/persons?facets=ja", "/persons?seed=1", "/persons?sample=1001", "/persons?sample=1&seed=-1", "/persons?cursor=x"} {
		w.refused(400, "GET", path, "")
	}
}

func TestComplete_suggests_fields_and_values(t *testing.T) {
	t.Parallel()
	w := newWorld(t)
	got := w.call("GET", "/complete?q="+url.QueryEscape("status:SL"), "").Body.String()
	if want := `{"from":7,"to":9,"suggestions":[{"text":"SLETTET","kind":"value","field":"status"}]}`; strings.TrimSpace(got) != want {
		t.Errorf("%s", got)
	}
}
