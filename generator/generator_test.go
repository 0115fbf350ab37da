package generator_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"github.com/nyaruka/phonenumbers"

	"liksom/generator"
	"liksom/sandbox"
	"liksom/seeds"
)

var referenceDay = sandbox.Date{Year: 2026, Month: 11, Day: 25}

func config(persons int, seed uint64) generator.Config {
	return generator.Config{Persons: persons, Seed: seed, Reference: referenceDay, Files: seeds.Files}
}

func newGenerator(t testing.TB, c generator.Config) *generator.Generator {
	t.Helper()
	g, err := generator.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// everybody makes all persons with some workers that take turns.
func everybody(g *generator.Generator, workers int) []sandbox.Person {
	out := make([]sandbox.Person, g.Len())
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() {
			w := g.Worker()
			for i := k; i < len(out); i += workers {
				out[i] = w.Person(i)
			}
		})
	}
	wg.Wait()
	return out
}

func fingerprint(persons []sandbox.Person) string {
	h := sha256.New()
	for _, p := range persons {
		_, _ = fmt.Fprintf(h, "%s %+v\n", p.ID.Digits(), p)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// TestFingerprint guards against a change, ours or a library's, that makes other
// persons of the same parameters. When it must change, raise DataVersion in the
// same commit.
func TestFingerprint_of_the_default_population(t *testing.T) {
	t.Parallel()
	const want = "3151a12a2e3fd12385b470500c00640c75fb2539c8ff941f69414c6d43ad3b50 of data version 3"
	got := fmt.Sprintf("%s of data version %d", fingerprint(everybody(newGenerator(t, config(10_000, 1)), 2)), generator.DataVersion)
	if got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

func TestPersons_are_the_same_whatever_the_number_of_workers(t *testing.T) {
	t.Parallel()
	g := newGenerator(t, config(3000, 7))
	one := fingerprint(everybody(g, 1))
	for _, workers := range []int{2, 8} {
		if got := fingerprint(everybody(g, workers)); got != one {
			t.Errorf("%d workers make other persons than one", workers)
		}
	}
}

func TestFirst_persons_are_the_same_whatever_the_size(t *testing.T) {
	t.Parallel()
	large := everybody(newGenerator(t, config(100_000, 42)), 2)
	for _, n := range []int{0, 1, 2, 999, 10_000} {
		small := everybody(newGenerator(t, config(n, 42)), 2)
		for i, p := range small {
			q := large[i]
			p.Kin, q.Kin = "", "" // relatives may come with more persons
			if p != q {
				t.Fatalf("of %d persons, number %d differs:\n%+v\n%+v", n, i, p, q)
			}
		}
	}
}

func TestReference_date_only_slides_timestamps(t *testing.T) {
	t.Parallel()
	c := config(3000, 1)
	now := everybody(newGenerator(t, c), 2)
	c.Reference = sandbox.Date{Year: 2028, Month: 2, Day: 29}
	later := everybody(newGenerator(t, c), 2)
	timeless := func(p sandbox.Person) sandbox.Person {
		for _, at := range []*sandbox.Instant{&p.Registered, &p.DeletedAt, &p.Changed, &p.ReservedAt, &p.ReservationUpdated, &p.LanguageUpdated,
			&p.Email.Updated, &p.Email.Confirmed, &p.Email.Validated, &p.Mobile.Updated, &p.Mobile.Confirmed, &p.Mobile.Validated} {
			*at = min(*at, 1)
		}
		return p
	}
	for i := range now {
		if timeless(now[i]) != timeless(later[i]) {
			t.Fatalf("person %d differs by more than its timestamps:\n%+v\n%+v", i, now[i], later[i])
		}
	}
}

func TestSeeds_give_different_persons_with_the_published_numbers_among_them(t *testing.T) {
	t.Parallel()
	a, b := everybody(newGenerator(t, config(500, 0)), 1), everybody(newGenerator(t, config(500, 18446744073709551615)), 1)
	const vectors = 14
	for i := range vectors {
		if a[i] != b[i] {
			t.Errorf("published number %d depends on the seed", i)
		}
	}
	if fingerprint(a[vectors:]) == fingerprint(b[vectors:]) {
		t.Error("two seeds give the same persons")
	}
}

// Every rule that holds for each person, whatever the draw.
func TestEvery_person_keeps_the_rules(t *testing.T) {
	t.Parallel()
	first := sandbox.InstantOf(sandbox.Date{Year: 2013, Month: 1, Day: 1}.Midnight())
	reference := sandbox.InstantOf(referenceDay.Midnight())
	names, ids, emails, mobiles := map[string]int{}, map[sandbox.PersonID]bool{}, map[string]int{}, map[string]int{}
	for i, p := range everybody(newGenerator(t, config(10_000, 1)), 2) {
		fault := func(format string, args ...any) { t.Errorf("person %d: "+format, append([]any{i}, args...)...) }
		names[p.FirstName+" "+p.LastName]++
		emails[p.Email.Value]++
		mobiles[p.Mobile.Value]++
		if parsed, err := sandbox.ParsePersonID(p.ID.Digits()); err != nil || parsed != p.ID || ids[p.ID] {
			fault("number: %v, seen before %t", err, ids[p.ID])
		}
		ids[p.ID] = true
		if p.ID.Series() != sandbox.SeriesTenor || p.ID.BirthDate() != p.Birth || p.ID.Sex() != p.Sex {
			fault("number does not tell the person: %v %v %v", p.ID, p.Birth, p.Sex)
		}
		earliest := max(first, sandbox.InstantOf(p.Birth.AddYears(13).Midnight()))
		times := []sandbox.Instant{p.Registered, p.DeletedAt, p.ReservedAt, p.ReservationUpdated, p.LanguageUpdated, p.Email.Updated, p.Email.Confirmed,
			p.Email.Validated, p.Mobile.Updated, p.Mobile.Confirmed, p.Mobile.Validated}
		for _, at := range append(times, p.Changed) {
			if at != 0 && (at < earliest || at >= reference) {
				fault("a moment at %s, born %v", at.Wire(), p.Birth)
			}
		}
		for _, c := range []sandbox.Channel{p.Email, p.Mobile} {
			switch {
			case c.Value == "" && c != (sandbox.Channel{}):
				fault("dates without a value")
			case c.Value != "" && c.Updated == 0:
				fault("a value that was never updated")
			case c.Confirmed != 0 && c.Updated > c.Confirmed:
				fault("updated after it was last confirmed")
			case c.Value != "" && c.Updated < p.Registered || c.Validated != 0 && (c.Validated < c.Updated || c.Validated > c.Updated+300):
				fault("registered %s, updated %s, validated %s", p.Registered.Wire(), c.Updated.Wire(), c.Validated.Wire())
			}
		}
		if p.Status != sandbox.Active && (p.Email.Value+p.Mobile.Value+p.Mailbox.Address != "" || p.Language != 0 || p.Reserved) {
			fault("status %v with data", p.Status)
		}
		if p.Changed < slices.Max(times) || (p.Changed == 0) != (p.Status == sandbox.NotRegistered) {
			fault("changed at %s", p.Changed.Wire())
		}
		if (p.Registered != 0) != (p.Status != sandbox.NotRegistered) || (p.DeletedAt != 0) != (p.Status == sandbox.Deleted) || p.DeletedAt != 0 && p.DeletedAt < p.Registered {
			fault("status %v, registered at %s, deleted at %s", p.Status, p.Registered.Wire(), p.DeletedAt.Wire())
		}
		if p.Reserved != (p.ReservedAt != 0) {
			fault("reserved %t at %s", p.Reserved, p.ReservedAt.Wire())
		}
		if n := len(p.Email.Value); p.Email.Value != "" && (n < 3 || n > 50 || !onReservedDomain(p.Email.Value)) {
			fault("e-mail %q", p.Email.Value)
		}
		if v := p.Mobile.Value; v != "" {
			number, err := phonenumbers.Parse(v, "NO")
			if err != nil || !phonenumbers.IsValidNumber(number) || !isMobile(number) {
				fault("mobile %s is no valid mobile: %v", v, err)
			}
		}
	}
	for name, n := range names {
		if n > 5 {
			t.Errorf("%d persons are called %s", n, name)
		}
	}
	delete(emails, "")
	delete(mobiles, "")
	for value, n := range emails {
		if n > 5 {
			t.Errorf("%d persons have %s", n, value)
		}
	}
	for value, n := range mobiles {
		if n > 5 {
			t.Errorf("%d persons have %s", n, value)
		}
	}
}

// isMobile asks libphonenumber.
func isMobile(number *phonenumbers.PhoneNumber) bool {
	return phonenumbers.GetNumberType(number) == phonenumbers.MOBILE
}

// Source: RFC 2606 and RFC 6761.
func onReservedDomain(email string) bool {
	for _, d := range []string{"@example.com", "@example.org", "@example.net", ".test", ".example"} {
		if strings.HasSuffix(email, d) {
			return true
		}
	}
	return false
}

func TestStrangers_are_new_persons_of_the_same_kind(t *testing.T) {
	t.Parallel()
	g := newGenerator(t, config(2000, 1))
	taken := map[string]bool{}
	for _, p := range everybody(g, 2) {
		taken[p.Email.Value], taken[p.Mobile.Value] = true, true
	}
	w := g.Worker()
	active := 0
	for n := range uint64(2000) {
		p := w.Stranger(n)
		if again := w.Stranger(n); again != p {
			t.Fatalf("stranger %d is not the same twice", n)
		}
		if p.ID.BirthDate() != p.Birth || p.ID.Series() != sandbox.SeriesTenor {
			t.Errorf("stranger %d: number %v, born %v", n, p.ID, p.Birth)
		}
		for _, v := range []string{p.Email.Value, p.Mobile.Value} {
			if v != "" && taken[v] {
				t.Errorf("stranger %d has %s of another", n, v)
			}
			taken[v] = true
		}
		if p.Status == sandbox.Active {
			active++
		}
	}
	if active < 1700 {
		t.Errorf("%d of 2000 are active", active)
	}
}

func TestNew_reports_all_faults_together(t *testing.T) {
	t.Parallel()
	_, err := generator.New(generator.Config{Persons: -1, Reference: sandbox.Date{Year: 1999, Month: 1, Day: 1}, Files: fstest.MapFS{}})
	if err == nil {
		t.Fatal("no fault")
	}
	for _, want := range []string{"-1 persons", "5000000", "1999-01-01", "2015-01-01", "names/adjectives.txt", "vectors.json", "municipalities.json", "profiles/realistic.json"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in: %v", want, err)
		}
	}
	if _, err := generator.New(config(generator.MaxPersons+1, 1)); err == nil {
		t.Error("more than MaxPersons must be refused")
	}
}

func TestVectors_are_read_strictly(t *testing.T) {
	t.Parallel()
	words := &fstest.MapFile{Data: []byte("sindig\n")}
	for name, c := range map[string]struct{ file, fault string }{
		"an unknown field":   {`[{"id":"05840399895","epast":"fersk"}]`, "epast"},
		"an unknown word":    {`[{"id":"05840399895","epost":"gammel"}]`, "gammel"},
		"a wrong number":     {`[{"id":"05840399894"}]`, "check digits"},
		"a real-type number": {`[{"id":"05240399816"}]`, "synthetic"},
		"no JSON":            {`[`, "vectors.json"},
	} {
		_, err := generator.New(generator.Config{Reference: referenceDay, Files: fstest.MapFS{
			"names/adjectives.txt": words, "names/nouns.txt": words, "vectors.json": {Data: []byte(c.file)},
		}})
		if err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// BenchmarkPersons makes ten thousand persons with their numbers, on one core.
func BenchmarkPersons10000(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		g := newGenerator(b, config(10_000, 1))
		w := g.Worker()
		for i := range g.Len() {
			w.Person(i)
		}
	}
}

// BenchmarkNumbers hands out the numbers of ten thousand persons.
func BenchmarkNumbers10000(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newGenerator(b, config(10_000, 1))
	}
}
