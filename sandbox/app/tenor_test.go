package app

import (
	"encoding/json"
	"fmt"
	"net/http"
	"net/url"
	"testing"
)

// tenorPage is what a client of Tenor reads of an answer.
// Source: the data classes of public clients.
type tenorPage struct {
	Treff, Rader, Offset int
	NesteSide            *int
	Seed                 int64
	DokumentListe        []struct {
		TenorMetadata struct{ ID, Kildedata string }
	}
}

// tenorClient collects as public clients do: all pages of an order, then those of
// another seed, until it has every hit, told apart by tenorMetadata.id.
type tenorClient struct {
	*program
	bearer string
	found  map[string]bool
}

func newTenorClient(p *program) *tenorClient {
	p.t.Helper()
	grant := refusalCase{Client: "demo-tenor", Claims: map[string]any{"scope": "skatteetaten:testnorge/testdata.read"}}
	a := p.grant(grant.assertion(p.t, p.base+"/maskinporten/", nil))
	var token struct {
		AccessToken string `json:"access_token"`
	}
	if err := json.Unmarshal([]byte(a.body), &token); err != nil || token.AccessToken == "" {
		p.t.Fatalf("no token: %d %s", a.status, a.body)
	}
	return &tenorClient{p, token.AccessToken, map[string]bool{}}
}

// order pages through one order to its end and says how many documents it has.
func (c *tenorClient) order(source, kql string, seed int) (documents, hits int) {
	c.t.Helper()
	page := 0
	for next := &page; next != nil; {
		q := url.Values{"kql": {kql}, "antall": {"70"}, "side": {fmt.Sprint(*next)}, "seed": {fmt.Sprint(seed)}, "vis": {"tenorMetadata.id"}}
		a := c.call("GET", "/api/testnorge/v2/soek/"+source+"?"+q.Encode(), "", "Authorization: Bearer "+c.bearer)
		var got tenorPage
		if err := json.Unmarshal([]byte(a.body), &got); err != nil || a.status != http.StatusOK {
			c.t.Fatalf("%s: %d %.300s", kql, a.status, a.body)
		}
		if got.Offset != 70**next || got.Rader != len(got.DokumentListe) || got.Seed != int64(seed) {
			c.t.Fatalf("page %d of seed %d: offset %d, seed %d, %d rows and %d documents", *next, seed, got.Offset, got.Seed, got.Rader, len(got.DokumentListe))
		}
		for _, d := range got.DokumentListe {
			if d.TenorMetadata.Kildedata != "" {
				c.t.Fatal("kildedata is told, though only the id was asked for")
			}
			c.found[d.TenorMetadata.ID] = true
		}
		documents, hits, next = documents+got.Rader, got.Treff, got.NesteSide
	}
	return documents, hits
}

func TestTenor_client_collects_all_hits(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		args         []string
		most, orders int // documents of an order; orders that are enough
	}{
		"from one order, where there is no wall":     {nil, 10_000, 1},
		"from many orders, where the wall ends each": {[]string{"--tenor-wall"}, 200, 100},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			p := start(t, append(c.args, "--persons", "300")...)
			want := idsOf(p, func(person personOnWire) bool { return person.Varslingsstatus == "KAN_VARSLES" })
			if len(want) <= 200 {
				t.Fatalf("%d persons are too few to meet the wall", len(want))
			}
			client := newTenorClient(p)
			for source, kql := range map[string]string{
				"krr":  "varslingsstatus:KAN_VARSLES",
				"freg": "krr.varslingsstatus:KAN_VARSLES",
			} {
				client.found = map[string]bool{}
				for seed := 1; seed <= c.orders && len(client.found) < len(want); seed++ {
					documents, hits := client.order(source, kql, seed)
					if hits != len(want) || documents != min(c.most, hits) {
						t.Fatalf("%s, seed %d: %d documents of %d hits, want %d", source, seed, documents, hits, len(want))
					}
				}
				for id := range want {
					if !client.found[id] {
						t.Errorf("%s: %s was not found", source, id)
					}
				}
				if len(client.found) != len(want) {
					t.Errorf("%s: %d persons, want %d", source, len(client.found), len(want))
				}
			}
		})
	}
}

type personOnWire struct{ Personidentifikator, Varslingsstatus string }

// idsOf goes through all persons without a query and picks some.
func idsOf(p *program, is func(personOnWire) bool) map[string]bool {
	p.t.Helper()
	out, cursor := map[string]bool{}, ""
	for {
		var page struct {
			Persons []personOnWire
			Next    string
		}
		p.get("/sandbox/v1/persons?limit=1000&cursor="+cursor, &page)
		for _, person := range page.Persons {
			if is(person) {
				out[person.Personidentifikator] = true
			}
		}
		if cursor = page.Next; cursor == "" {
			return out
		}
	}
}
