package population_test

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/population"
	"liksom/sandbox/query"
)

// town is a register with an engine, whose persons share and differ in all that
// can be asked.
type town struct {
	t      testing.TB
	rng    *rand.Rand
	ids    []sandbox.PersonID // of the base and of strangers
	clock  *sandbox.Clock
	reg    *sandbox.Register
	engine *population.Engine
}

var townNow = time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)

func newTown(t testing.TB, n int, seed uint64) *town {
	t.Helper()
	w := &town{t: t, rng: rand.New(rand.NewPCG(seed, 5)), clock: sandbox.NewFrozenClock(townNow)}
	for _, p := range somePersons(n+n/5, w.rng) {
		w.ids = append(w.ids, p.ID)
	}
	var persons []sandbox.Person
	for _, id := range w.ids[:n] {
		persons = append(persons, w.someone(id))
	}
	image, err := population.New(persons)
	if err != nil {
		t.Fatal(err)
	}
	w.reg = sandbox.NewRegister(image, w.clock)
	w.engine = population.NewEngine(w.reg, image)
	return w
}

func pick[T any](rng *rand.Rand, of ...T) T { return of[rng.IntN(len(of))] }

// instant is about as often on one side of 18 months as on the other, and now and
// then none.
func (w *town) instant() sandbox.Instant {
	if w.rng.IntN(8) == 0 {
		return 0
	}
	return sandbox.InstantOf(townNow.AddDate(0, 0, -w.rng.IntN(1100)))
}

func (w *town) someone(id sandbox.PersonID) sandbox.Person {
	rng := w.rng
	p := sandbox.Person{
		ID: id, FirstName: pick(rng, "Sindig", "Åpen", "Ola Per", "ærlig", "Grundig", ""), LastName: pick(rng, "Blåveis", "Trekkfugl", "Sindig", "Ås"),
		Birth: id.BirthDate(), Sex: sandbox.Sex(rng.IntN(3)), Civil: sandbox.CivilStatus(rng.IntN(3)), Municipality: pick[uint16](rng, 0, 301, 4601, 5501),
		Scenario: pick(rng, "", "", "", "fersk-alt", "fersk-to"), Status: pick(rng, sandbox.Active, sandbox.Active, sandbox.Active, sandbox.Deleted, sandbox.NotRegistered),
		Registered: w.instant(), Changed: w.instant(),
	}
	if rng.IntN(3) == 0 {
		p.Kin = sandbox.MakeKin(sandbox.Relative{Relation: sandbox.Relation(rng.IntN(7)), ID: pick(rng, w.ids...)})
	}
	if p.Status != sandbox.Active {
		return p
	}
	p.Reserved, p.ReservedAt, p.ReservationUpdated = rng.IntN(3) == 0, w.instant(), w.instant()
	p.Language, p.LanguageUpdated = sandbox.Language(rng.IntN(5)), w.instant()
	if rng.IntN(4) > 0 {
		p.Email = sandbox.Channel{Value: pick(rng, "A@example.test", "a@example.test", "aa.b@example.com", "ås@example.org", fmt.Sprint(rng.IntN(50), "@post.test")), Updated: w.instant(), Confirmed: w.instant(), Validated: w.instant()}
	}
	if rng.IntN(4) > 0 {
		p.Mobile = sandbox.Channel{Value: pick(rng, "+4799990001", "99990001", "+46701740605", fmt.Sprint("+479000", 1000+rng.IntN(50))), Updated: w.instant(), Confirmed: w.instant(), Validated: w.instant()}
	}
	if rng.IntN(2) == 0 {
		p.Mailbox = sandbox.Mailbox{Address: pick(rng, "sindig#9YDT", "0012345678"), Provider: sandbox.Provider(1 + rng.IntN(3)), Inactive: rng.IntN(3) == 0, Certificate: sandbox.CertificateState(rng.IntN(3))}
	}
	return p
}

// stir changes something: persons, the clock, or all back.
func (w *town) stir() {
	w.t.Helper()
	var err error
	id := pick(w.rng, w.ids...)
	switch w.rng.IntN(8) {
	case 0:
		err = w.clock.Set(townNow.AddDate(0, w.rng.IntN(60)-30, w.rng.IntN(30)), true)
	case 1:
		if w.rng.IntN(4) == 0 {
			err = w.reg.Reset()
		}
	case 2:
		_ = w.reg.Change(sandbox.Edit{ID: id, Undo: true}) // there may be nothing to undo
	default:
		p := w.someone(id)
		err = w.reg.Change(sandbox.Edit{ID: id, Make: func(sandbox.Record, sandbox.Instant) (sandbox.Person, error) { return p, nil }})
	}
	if err != nil {
		w.t.Fatal(err)
	}
}

var queries = []string{
	"", "sindig", "ola", "per", "bla", "aas", "ås", `"ola per"`, "sin*", "467*", "0047*", "00*", "+47*", "å*", "aas*", "fersk*", "ola-p*", "a*", "*fugl", "s*l", "9999", "+4799", "004799", "467", "05", "fersk", "fersk-alt", "a@", "sindig blåveis", "not sindig", "sindig or trekk",
	"status:AKTIV", "status:(AKTIV or SLETTET) and reservasjon:JA", "not spraak:nb", "varslingsstatus:KAN_VARSLES and epostTilstand:utgaatt", "mobilTilstand:(fersk or mangler) and postkasse:digipost",
	"epostDuplisert:JA", "mobilDuplisert:JA and not epostDuplisert:JA", "sertifikat:utloept and postkassetilstand:inaktiv", "alder > 40", "alder:[20 to 30]", "alder < 40 and kjoenn:kvinne", "foedselsdato:[1960 to 1970-05]",
	"epostOppdatert < nå-18m", "epostSistVerifisert > nå-18m and mobilSistValidert:*", "not epostSistValidert:*", "harEpost:NEI", "epost:a@example.test", "epost:*@example.com", "epost:aa*", "mobil:99990001", "mobil:+47*",
	"fornavn:Åpen", "etternavn:*s", "fornavn:ola", "visningnavn:\"per blåveis\"", "navn:s*l", "kommunenr:0301", "fylke:03", "identifikatorType:dNummer", "katalog:fersk-*", "katalog:*", "personstatus:doed or status:SLETTET",
	`tenorRelasjoner.freg:{tenorRelasjonsnavn:"mor" and alder < 60}`, "tenorRelasjoner.freg:{status:AKTIV} and alder > 30", "antallBarn:1", "postkasseadresse:sindig*", "spraak:(nn or se) and not (reservasjon:JA or harMobil:NEI)", "serie:tenor", "registrert > 2025 and endret < nå",
}

// random joins some of the queries.
func (w *town) random() query.Node {
	n := parse(w.t, pick(w.rng, queries...))
	for range w.rng.IntN(4) {
		m := parse(w.t, pick(w.rng, queries...))
		text := "(" + query.Print(n) + ") " + pick(w.rng, "and ", "or ", "and not ") + "(" + query.Print(m) + ")"
		if query.Print(n) == "" || query.Print(m) == "" {
			text = query.Print(m)
		}
		n = parse(w.t, text)
	}
	return n
}

func parse(t testing.TB, text string) query.Node {
	t.Helper()
	n, err := query.Parse(text)
	if err != nil {
		t.Fatalf("%s: %v", text, err)
	}
	return n
}

// everybody is the register as look-up shows it.
func (w *town) everybody() []sandbox.Record {
	ids := slices.Clone(w.ids)
	slices.SortFunc(ids, sandbox.PersonID.Compare)
	out := make([]sandbox.Record, len(ids))
	w.reg.Lookup(ids, out)
	return slices.DeleteFunc(out, func(r sandbox.Record) bool { return !r.Exists() })
}

// plain answers a query by asking the language about each person.
func (w *town) plain(n query.Node, c query.Clock) []sandbox.Record {
	m := query.NewMatcher(n, c, w.reg.Person)
	return slices.DeleteFunc(w.everybody(), func(r sandbox.Record) bool { return !m.Match(r) })
}

func digits(rs []sandbox.Record) []string {
	out := make([]string, len(rs))
	for i, r := range rs {
		out[i] = r.ID().Digits()
	}
	return out
}

// The engine agrees with the language about who is hit, whatever has changed, and
// pages through the hits in order without losing or repeating anybody.
func TestEngine_agrees_with_the_language(t *testing.T) {
	t.Parallel()
	for seed := range uint64(4) {
		w := newTown(t, 300, seed)
		for step := range 120 {
			if step%3 == 0 {
				w.stir()
			}
			n, c := w.random(), query.ClockAt(w.reg.Now())
			want := w.plain(n, c)
			sort := pick(w.rng, "", "-identifikator", "foedselsdato", "-foedselsdato", "epostOppdatert", "-endret", "etternavn", "-fornavn", "alder", "-alder", "spraakOppdatert")
			got := w.pages(query.Search{Query: n, Sort: sort, Limit: 1 + w.rng.IntN(60), Facets: true}, len(want))
			slices.SortFunc(want, func(a, b sandbox.Record) int { return inOrder(sort, a, b, c) })
			if !slices.Equal(digits(got), digits(want)) {
				t.Fatalf("seed %d, step %d: %s sorted by %q:\n got %v\nwant %v", seed, step, query.Print(n), sort, digits(got), digits(want))
			}
			w.checkFacets(n, c)
		}
	}
}

func (w *town) pages(s query.Search, want int) []sandbox.Record {
	w.t.Helper()
	var out []sandbox.Record
	for {
		f, err := w.engine.Search(s)
		if err != nil || f.Total != want || f.Of != len(w.everybody()) {
			w.t.Fatalf("%s: %v, %d hits of %d, want %d of %d", query.Print(s.Query), err, f.Total, f.Of, want, len(w.everybody()))
		}
		out = append(out, f.Persons...)
		if s.Cursor = f.Next; s.Cursor == "" || len(out) > want {
			return out
		}
	}
}

// inOrder is the order that a sort asks for.
func inOrder(sort string, a, b sandbox.Record, c query.Clock) int {
	reverse := 1
	if sort != "" && sort[0] == '-' {
		sort, reverse = sort[1:], -1
	}
	byID := a.ID().Compare(b.ID())
	f := query.Find(sort)
	switch sort {
	case "", "identifikator":
		return reverse * byID
	case "etternavn":
		return reverse * cmp.Or(cmp.Compare(sandbox.Fold(a.LastName()), sandbox.Fold(b.LastName())), cmp.Compare(sandbox.Fold(a.FirstName()), sandbox.Fold(b.FirstName())), byID)
	case "fornavn":
		return reverse * cmp.Or(cmp.Compare(sandbox.Fold(a.FirstName()), sandbox.Fold(b.FirstName())), cmp.Compare(sandbox.Fold(a.LastName()), sandbox.Fold(b.LastName())), byID)
	case "alder":
		f, reverse = query.Find("foedselsdato"), -reverse
	}
	x, hasX := f.Number(a, c)
	y, hasY := f.Number(b, c)
	switch {
	case hasX != hasY && hasX:
		return -1
	case hasX != hasY:
		return 1
	case !hasX:
		return byID
	}
	return reverse * cmp.Or(cmp.Compare(x, y), byID)
}

// checkFacets counts anew, for every field without what the query itself chooses
// among its values.
func (w *town) checkFacets(n query.Node, c query.Clock) {
	w.t.Helper()
	f, err := w.engine.Search(query.Search{Query: n, Facets: true})
	if err != nil {
		w.t.Fatal(err)
	}
	for _, facet := range f.Facets {
		counts := make([]int, len(facet.Field.Values))
		for _, r := range w.plain(unchosen(n, facet.Field), c) {
			if v := facet.Field.Value(r, c); v >= 0 {
				counts[v]++
			}
		}
		if !slices.Equal(counts, facet.Counts) {
			w.t.Fatalf("%s: facet %s is %v, want %v", query.Print(n), facet.Field.Name, facet.Counts, counts)
		}
	}
}

// unchosen is a query without its top-level choice among a field's values.
func unchosen(n query.Node, f *query.Field) query.Node {
	one, ok := n.(query.OneOf)
	if ok && one.Field == f {
		return query.All{}
	}
	and, ok := n.(query.And)
	if !ok {
		return n
	}
	var left []query.Node
	for _, t := range and.Terms {
		if one, ok := t.(query.OneOf); !ok || one.Field != f {
			left = append(left, t)
		}
	}
	return query.And{Terms: left}
}

// A seed's order is the same from page to page, has everybody once, and an edit
// moves nobody else.
func TestShuffle_is_fixed_by_its_seed(t *testing.T) {
	t.Parallel()
	w := newTown(t, 500, 9)
	n := parse(t, "status:AKTIV")
	all := func(seed uint64, step int) []string {
		var out []string
		for offset := 0; ; offset += step {
			f, err := w.engine.Search(query.Search{Query: n, Shuffle: true, Seed: seed, Offset: offset, Limit: step})
			if err != nil {
				t.Fatal(err)
			}
			out = append(out, digits(f.Persons)...)
			if len(f.Persons) < step {
				return out
			}
		}
	}
	want := digits(w.plain(n, query.ClockAt(townNow)))
	one := all(1, 7)
	if !slices.Equal(one, all(1, 200)) || slices.Equal(one, all(2, 200)) {
		t.Error("the order does not hang on the seed alone")
	}
	if sorted := slices.Sorted(slices.Values(one)); !slices.Equal(sorted, want) {
		t.Errorf("%d of %d persons", len(one), len(want))
	}
	gone := w.plain(n, query.ClockAt(townNow))[3].ID()
	if err := w.reg.Change(sandbox.Edit{ID: gone, Make: func(r sandbox.Record, _ sandbox.Instant) (sandbox.Person, error) {
		p := r.Person()
		p.Status = sandbox.Deleted
		return p, nil
	}}); err != nil {
		t.Fatal(err)
	}
	left := slices.DeleteFunc(slices.Clone(one), func(id string) bool { return id == gone.Digits() })
	if got := all(1, 50); !slices.Equal(got, left) {
		t.Error("an edit has moved others")
	}
}

func TestSearch_refuses_what_it_cannot_sort_by(t *testing.T) {
	t.Parallel()
	w := newTown(t, 5, 1)
	for _, s := range []query.Search{{Sort: "epost"}, {Sort: "nei"}, {Sort: "-status"}, {Cursor: "x!"}, {Cursor: "e30e"}} {
		if _, err := w.engine.Search(s); err == nil {
			t.Errorf("%+v is answered", s)
		}
	}
}

// Plain words, as people type them. A text that is not UTF-8 is an error of the
// language.
func TestSearch_by_words(t *testing.T) {
	t.Parallel()
	var persons []sandbox.Person
	for _, p := range []struct{ id, first, last, email, mobile string }{
		{"05840399895", "Sindig", "Trekkfugl", "sindig.trekkfugl@example.com", "+4799990001"},
		{"12829499914", "Nøktern", "Blåveis", "Familien@example.org", "40012345"},
		{"12905299938", "Grundig Ærlig", "Isfjell", "", "+46701740605"},
		{"57912075186", "Sindig", "Blåbær", "", ""},
	} {
		id, err := sandbox.ParsePersonID(p.id)
		if err != nil {
			t.Fatal(err)
		}
		persons = append(persons, sandbox.Person{ID: id, FirstName: p.first, LastName: p.last, Status: sandbox.Active,
			Email: sandbox.Channel{Value: p.email}, Mobile: sandbox.Channel{Value: p.mobile}})
	}
	image, err := population.New(persons)
	if err != nil {
		t.Fatal(err)
	}
	engine := population.NewEngine(sandbox.NewRegister(image, sandbox.NewFrozenClock(townNow)), image)
	for words, want := range map[string][]string{
		"":                             {"05840399895", "12829499914", "12905299938", "57912075186"},
		"   ":                          {"05840399895", "12829499914", "12905299938", "57912075186"},
		"sindig":                       {"05840399895", "57912075186"},
		"SIND":                         {"05840399895", "57912075186"},
		"sindig trekk":                 {"05840399895"},
		"trekkfugl sindig":             {"05840399895"},
		"blå":                          {"12829499914", "57912075186"},
		"blaa":                         {"12829499914", "57912075186"},
		"noektern":                     {"12829499914"},
		"ærlig":                        {"12905299938"},
		"fugl":                         nil,
		"familien@":                    {"12829499914"},
		"12905299938":                  {"12905299938"},
		"129052":                       {"12905299938"},
		"129052 99938":                 {"12905299938"},
		"99990001":                     {"05840399895"},
		"+47 999 90 001":               {"05840399895"},
		"004799990001":                 {"05840399895"},
		"40012345":                     {"12829499914"},
		"+4740012345":                  {"12829499914"},
		"+46701740605":                 {"12905299938"},
		"nobody":                       nil,
		"sindig sindig sindig trekkfu": {"05840399895"},
	} {
		n, err := query.Parse(words)
		if err != nil {
			t.Errorf("%.40q: %v", words, err)
			continue
		}
		found, err := engine.Search(query.Search{Query: n, Limit: 10})
		if err != nil || !slices.Equal(digits(found.Persons), want) || found.Total != len(want) || found.Next != "" {
			t.Errorf("%.40q: %v (%v), want %v", words, digits(found.Persons), err, want)
		}
	}
}

// Searches come as they like while the engine is being warmed by two, and another
// begins to be warmed when its context has ended.
func TestEngine_finds_the_same_while_it_is_warmed(t *testing.T) {
	t.Parallel()
	const n, seed = 300, 3
	w, cold := newTown(t, n, seed), newTown(t, n, seed)
	ended, end := context.WithCancel(t.Context())
	end()
	cold.engine.Warm(ended)
	var all sync.WaitGroup
	for range 2 {
		all.Go(func() { w.engine.Warm(t.Context()) })
	}
	for _, text := range queries {
		for _, sort := range []string{"", "-epostOppdatert", "etternavn"} {
			s := query.Search{Query: parse(t, text), Sort: sort, Limit: n, Facets: true}
			all.Go(func() {
				got, err := w.engine.Search(s)
				want, fault := cold.engine.Search(s)
				if err != nil || fault != nil || got.Total != want.Total || !slices.Equal(digits(got.Persons), digits(want.Persons)) {
					t.Errorf("%q by %q found %d persons, not %d (%v, %v)", text, sort, got.Total, want.Total, err, fault)
				}
			})
		}
	}
	all.Wait()
}
