package app

import (
	"fmt"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/sandbox/query"
)

// BenchmarkSearch asks what people ask, with all facet counts and a page of hits,
// of small and large populations, with and without ten thousand edits.
func BenchmarkSearch(b *testing.B) {
	for _, persons := range []int{100_000, 1_000_000} {
		for _, edits := range []int{0, 10_000} {
			engine := searched(b, persons, edits)
			for _, q := range []struct{ name, text, sort string }{
				{"everybody", "", ""},
				{"three filters", "epostTilstand:utgaatt and mobilTilstand:fersk and reservasjon:NEI", ""},
				{"and a word", "epostTilstand:utgaatt and mobilTilstand:fersk and reservasjon:NEI and sindig", ""},
				{"and a range", "alder > 70 and epostTilstand:utgaatt and postkasse:digipost", "etternavn"},
				{"a date", "epostOppdatert < nå-18m", "epostOppdatert"},
				{"stars", "epost:*@example.com", ""},
				{"kin", `tenorRelasjoner.freg:{tenorRelasjonsnavn:"barn" and alder < 18}`, ""},
			} {
				n, err := query.Parse(q.text)
				if err != nil {
					b.Fatal(err)
				}
				b.Run(fmt.Sprintf("%d/%d edits/%s", persons, edits, q.name), func(b *testing.B) {
					for b.Loop() {
						if _, err := engine.Search(query.Search{Query: n, Sort: q.sort, Limit: 20, Facets: true}); err != nil {
							b.Fatal(err)
						}
					}
				})
			}
		}
	}
}

func searched(b *testing.B, persons, edits int) *population.Engine {
	b.Helper()
	image := millionImage(b, persons)
	register := sandbox.NewRegister(image, sandbox.NewFrozenClock(time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)))
	begun := time.Now()
	engine := population.NewEngine(register, image)
	made := time.Since(begun)
	engine.Warm(b.Context())
	b.Logf("%d persons: index made in %v, warm after %v", persons, made, time.Since(begun))
	for i := range edits {
		id := image.At(i * (image.Len() / max(1, edits))).ID()
		if err := register.Change(sandbox.Edit{ID: id, Make: func(r sandbox.Record, _ sandbox.Instant) (sandbox.Person, error) {
			p := r.Person()
			p.FirstName = "Endret"
			return p, nil
		}}); err != nil {
			b.Fatal(err)
		}
	}
	return engine
}
