package tenor_test

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/sandbox/tenor"
)

// stage is an API over a few persons, every one of whom is a hit.
type stage struct {
	t       *testing.T
	api     *tenor.API
	asked   []tenor.Question
	told    []tenor.Verdict
	persons []sandbox.Record
}

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)

func newStage(t *testing.T, persons int, wall bool) *stage {
	t.Helper()
	var made []sandbox.Person
	for day := (sandbox.Date{Year: 1980, Month: 5, Day: 1}); len(made) < persons; day = day.AddDays(1) {
		if id, ok := sandbox.MakePersonID(day, 0, false, sandbox.SeriesTenor); ok {
			p := sandbox.Person{ID: id, FirstName: "Sindig", LastName: "Blåveis", Birth: day, Sex: sandbox.Female, Status: sandbox.Active, Municipality: 301, Language: sandbox.Nynorsk}
			if len(made) > 0 {
				p.Kin = sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Mother, ID: made[0].ID}, sandbox.Relative{Relation: sandbox.Guardian, ID: made[0].ID})
			}
			made = append(made, p)
		}
	}
	image, err := population.New(made)
	if err != nil {
		t.Fatal(err)
	}
	s := &stage{t: t}
	for i := range image.Len() {
		s.persons = append(s.persons, image.At(i))
	}
	s.api, err = tenor.New(tenor.Config{
		Search: s.search, Wall: wall,
		Person: func(id sandbox.PersonID) sandbox.Record {
			i := slices.IndexFunc(s.persons, func(r sandbox.Record) bool { return r.ID() == id })
			return s.persons[i]
		},
		Verify: func(_ context.Context, bearer string) (string, []string, error) {
			switch bearer {
			case "good":
				return "klient", []string{"annet", tenor.Scope}, nil
			case "other":
				return "klient", []string{"annet"}, nil
			}
			return "", nil, errors.New("the token has run out")
		},
		Explain: func(_ context.Context, v tenor.Verdict) { s.told = append(s.told, v) },
	})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func (s *stage) search(q tenor.Question) (tenor.Hits, error) {
	s.asked = append(s.asked, q)
	if q.KQL == "wrong" {
		return tenor.Hits{}, &sandbox.Error{Kind: sandbox.Invalid, Code: "query.field", Text: "at 1: there is no field"}
	}
	from := min(q.Offset, len(s.persons))
	return tenor.Hits{Total: len(s.persons), Persons: s.persons[from:min(from+q.Limit, len(s.persons))], Window: sandbox.WindowAt(noon)}, nil
}

func (s *stage) get(path, bearer string) *httptest.ResponseRecorder {
	r := httptest.NewRequestWithContext(s.t.Context(), http.MethodGet, path, nil)
	if bearer != "" {
		r.Header.Set("Authorization", "Bearer "+bearer)
	}
	w := httptest.NewRecorder()
	s.api.ServeHTTP(w, r)
	return w
}

const soek = "/api/testnorge/v2/soek/"

// page is an answer as a client of Tenor reads it. Source: public clients.
type page struct {
	Treff, Rader, Offset int
	NesteSide            *int
	Seed                 int64
	DokumentListe        []struct {
		Identifikator []string
		Fornavn       string
		TenorMetadata struct{ ID, Kildedata string }
	}
}

func (s *stage) page(query url.Values) page {
	s.t.Helper()
	w := s.get(soek+"freg?"+query.Encode(), "good")
	var p page
	if err := json.Unmarshal(w.Body.Bytes(), &p); err != nil || w.Code != 200 {
		s.t.Fatalf("%d %s: %v", w.Code, w.Body, err)
	}
	return p
}

// The client pages with one seed until nesteSide is null and takes each document
// once, as clients of Tenor do.
func TestClient_collects_all_hits(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		wall bool
		want int
	}{{false, 450}, {true, 200}} {
		s := newStage(t, 450, c.wall)
		found := map[string]bool{}
		query := url.Values{"kql": {"personstatus:bosatt"}, "antall": {"60"}, "nokkelinformasjon": {"true"}}
		for side, calls := 0, 0; ; calls++ {
			query.Set("side", fmt.Sprint(side))
			p := s.page(query)
			query.Set("seed", fmt.Sprint(p.Seed))
			if p.Treff != 450 || p.Rader != len(p.DokumentListe) || p.Offset != 60*side || calls > 10 {
				t.Fatalf("side %d: %+v", side, p)
			}
			for _, d := range p.DokumentListe {
				if found[d.TenorMetadata.ID] || d.Identifikator[0] != d.TenorMetadata.ID || d.Fornavn != "SINDIG" {
					t.Errorf("side %d: %+v", side, d)
				}
				found[d.TenorMetadata.ID] = true
			}
			if p.NesteSide == nil {
				break
			}
			side = *p.NesteSide
		}
		if len(found) != c.want {
			t.Errorf("wall %t: %d documents, want %d", c.wall, len(found), c.want)
		}
		for _, q := range s.asked[1:] {
			if q.Seed != s.asked[1].Seed || q.KQL != "personstatus:bosatt" {
				t.Errorf("asked %+v", q)
			}
		}
	}
}

func TestCount_alone_gives_no_documents(t *testing.T) {
	t.Parallel()
	s := newStage(t, 3, false)
	if p := s.page(url.Values{"antall": {"0"}}); p.Treff != 3 || p.Rader != 0 || p.NesteSide != nil || p.DokumentListe == nil {
		t.Errorf("%+v", p)
	}
	if p := s.page(url.Values{}); p.Rader != 3 || s.asked[1].Limit != 10 {
		t.Errorf("%+v, asked %+v", p, s.asked[1])
	}
}

// Sources: the patterns as public clients write them, and the members as they read
// the answers (NAV's search service, Brønnøysundregistrene's test data for
// estates, Altinn's tests, two clients that ask for names).
func TestVis_and_skjul_choose_members(t *testing.T) {
	t.Parallel()
	s := newStage(t, 2, false)
	const (
		id   = `"id":"01858000080"`
		flat = `"etternavn":"BLÅVEIS","foedselsdato":"1980-05-01","fornavn":"SINDIG","id":"01858000080","identifikator":["01858000080"],"identifikatorType":"foedselsnummer","kjoenn":"kvinne","kommunenr":"0301","personstatus":"bosatt"`
		name = `"visningnavn":"SINDIG BLÅVEIS"`
		kd   = `"kildedata":"{\"identifikasjonsnummer\":[{\"erGjeldende\":true,\"status\":\"iBruk\",\"foedselsEllerDNummer\":\"01858000080\",\"identifikatortype\":\"foedselsnummer\"}],` +
			`\"status\":[{\"erGjeldende\":true,\"status\":\"bosatt\"}],\"kjoenn\":[{\"erGjeldende\":true,\"kjoenn\":\"kvinne\"}],\"foedsel\":[{\"erGjeldende\":true,\"foedselsdato\":\"1980-05-01\",\"foedselsaar\":\"1980\"}],` +
			`\"navn\":[{\"erGjeldende\":true,\"fornavn\":\"SINDIG\",\"etternavn\":\"BLÅVEIS\"}],\"bostedsadresse\":[{\"erGjeldende\":true,\"vegadresse\":{\"kommunenummer\":\"0301\"}}]}"`
	)
	for _, c := range []struct{ name, source, query, want string }{
		{"nothing asked for is the number alone", "freg", "", `{"tenorMetadata":{` + id + `}}`},
		{"nothing but what is not wanted too", "freg", "skjul=*.kildedata", `{"tenorMetadata":{` + id + `}}`},
		{"one member", "freg", "vis=identifikator", `{"identifikator":["01858000080"]}`},
		{"names without key information", "freg", "vis=id,fornavn,etternavn,tenorRelasjoner.*.tenorRelasjonsnavn", `{"etternavn":"BLÅVEIS","fornavn":"SINDIG",` + id + `}`},
		{"vis more than once", "freg", "vis=fornavn&vis=etternavn&vis=id", `{"etternavn":"BLÅVEIS","fornavn":"SINDIG",` + id + `}`},
		{"two numbers in their places", "freg", "vis=id,visningnavn,tenorMetadata.id", `{` + id + `,"tenorMetadata":{` + id + `},` + name + `}`},
		{"an object whole", "freg", "vis=tenorMetadata", `{"tenorMetadata":{` + id + `,` + kd + `}}`},
		{"a member by its last part", "freg", "vis=*.kildedata", `{"tenorMetadata":{` + kd + `}}`},
		{"everything", "freg", "vis=*", `{` + flat + `,"tenorMetadata":{` + id + `,` + kd + `},` + name + `}`},
		{"everything but the source", "freg", "vis=*&skjul=*.kildedata", `{` + flat + `,"tenorMetadata":{` + id + `},` + name + `}`},
		{"nothing that there is", "freg", "vis=nei", `{}`},
		{"key information", "freg", "nokkelinformasjon=true", `{` + flat + `,"tenorMetadata":{` + id + `},` + name + `}`},
		{"key information and a member", "freg", "nokkelinformasjon=true&vis=tenorMetadata.kildedata", `{` + flat + `,"tenorMetadata":{` + kd + `},` + name + `}`},
		{"the source of the contact register", "krr", "vis=*.kildedata", `{"tenorMetadata":{"kildedata":"{\"harEpost\":false,\"harMobil\":false,\"personidentifikator\":\"01858000080\",\"reservasjon\":false,\"spraak\":\"nn\",\"status\":\"AKTIV\",\"varslingsstatus\":\"KAN_IKKE_VARSLES\"}"}}`},
		{"key information of the contact register", "krr", "nokkelinformasjon=true", `{"harEpost":false,"harMobil":false,` + id + `,"identifikator":["01858000080"],"reservasjon":false,"spraak":"nn","status":"AKTIV","tenorMetadata":{` + id + `},"varslingsstatus":"KAN_IKKE_VARSLES"}`},
	} {
		w := s.get(soek+c.source+"?antall=1&seed=1&"+c.query, "good")
		want := `{"treff":2,"rader":1,"offset":0,"nesteSide":1,"seed":1,"dokumentListe":[` + c.want + `],"fasetter":{}}`
		if got := strings.TrimSpace(w.Body.String()); got != want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, want)
		}
	}
}

// TestRelatives_are_told_flat, and only those whom Tenor knows relations to.
func TestRelatives_are_told_flat(t *testing.T) {
	t.Parallel()
	s := newStage(t, 2, false)
	for vis, want := range map[string]string{
		"tenorRelasjoner.*.tenorRelasjonsnavn": `{"tenorRelasjoner":{"freg":[{"tenorRelasjonsnavn":"mor"}]}}`,
		"tenorRelasjoner.freg.tenorRelasjonsnavn,tenorRelasjoner.freg.visningnavn,tenorRelasjoner.freg.id": `{"tenorRelasjoner":{"freg":[{"id":"01858000080","tenorRelasjonsnavn":"mor","visningnavn":"SINDIG BLÅVEIS"}]}}`,
	} {
		w := s.get(soek+"freg?side=1&antall=1&vis="+vis, "good")
		if !strings.Contains(w.Body.String(), `"dokumentListe":[`+want+`]`) {
			t.Errorf("%s: %s", vis, w.Body)
		}
	}
}

func TestRefusals_say_what_to_do(t *testing.T) {
	t.Parallel()
	s := newStage(t, 1, false)
	for _, c := range []struct {
		path, bearer string
		status       int
		rule, says   string
	}{
		{soek + "freg", "", 401, "token.missing", tenor.Scope},
		{soek + "freg", "old", 401, "token.invalid", "run out"},
		{soek + "freg", "other", 403, "scope.missing", tenor.Scope},
		{soek + "brreg-er-fr", "good", 404, "source.unknown", "freg og krr"},
		{"/api/testnorge/v1", "good", 404, "path.unknown", "soek"},
		{soek + "freg?antall=201", "good", 400, "antall.invalid", "200"},
		{soek + "freg?antall=x", "good", 400, "antall.invalid", "heltall"},
		{soek + "freg?side=-1", "good", 400, "side.invalid", "heltall"},
		{soek + "freg?seed=x", "good", 400, "seed.invalid", "heltall"},
		{soek + "freg?nokkelinformasjon=ja", "good", 400, "nokkelinformasjon.invalid", "true eller false"},
		{soek + "freg?kql=wrong", "good", 400, "query.field", "at 1"},
	} {
		w := s.get(c.path, c.bearer)
		var body struct {
			Status   int
			Feilkode string
			Melding  string
		}
		if err := json.Unmarshal(w.Body.Bytes(), &body); err != nil || w.Code != c.status || body.Status != c.status || body.Feilkode != c.rule || !strings.Contains(body.Melding, c.says) {
			t.Errorf("%s: %d %s", c.path, w.Code, w.Body)
		}
		if last := s.told[len(s.told)-1]; !last.Refused || last.Rule != c.rule || last.Reason != body.Melding {
			t.Errorf("%s: told %+v", c.path, last)
		}
	}
	if n := len(slices.DeleteFunc(s.asked, func(q tenor.Question) bool { return q.KQL == "wrong" })); n != 0 {
		t.Errorf("%d refused requests were searched for", n)
	}
}
