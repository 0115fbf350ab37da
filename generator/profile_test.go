package generator_test

import (
	"bytes"
	"strings"
	"testing"

	"liksom/generator"
	"liksom/seeds"
)

func readSeed(t testing.TB, name string) []byte {
	t.Helper()
	b, err := seeds.Files.ReadFile("profiles/" + name + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestReadProfile_refuses_what_it_does_not_know(t *testing.T) {
	t.Parallel()
	text := string(readSeed(t, "realistic"))
	for _, c := range []struct {
		name, from, to string
		faults         []string
	}{
		{"an unknown field", `"deleted"`, `"deletet"`, []string{"deletet"}},
		{"an unknown field further in", `"ppm": 27000`, `"ppn": 27000`, []string{"ppn"}},
		{"a share above all", `"ppm": 27000`, `"ppm": 27000000`, []string{"deleted: 27000000 is not between 0 and 1000000"}},
		{"a kind that is none", `"kind": "counted"`, `"kind": "guessed"`, []string{`ages: kind "guessed"`, `women: kind "guessed"`, `growth: kind "guessed"`}},
		{"no source", `"source": "`, `"source": "", "of": "`, []string{"dead: source is missing", "ages: source is missing"}},
		{"weights that do not make a million", `"digipost": 890000`, `"digipost": 880000`, []string{"provider: the shares are 990000"}},
		{"an unknown word", `"digipost":`, `"dogipost":`, []string{`provider: "dogipost"`}},
		{"steps that go back", `{"to": 60, "ppm": 10000}`, `{"to": 10, "ppm": 10000}`, []string{"not_registered: the step to 10"}},
		{"bands with a hole", `{"from": 21,`, `{"from": 22,`, []string{"ages: the band 22 to 25"}},
		{"a tail that does not fit", `"tail": [1000,`, `"tail": [`, []string{"ages: tail has 19 weights"}},
		{"fresh persons who are stale", `"days": 470`, `"days": 570`, []string{"fresh_days: 570 days"}},
		{"stale persons who are fresh", `"days": 553`, `"days": 353`, []string{"stale_days: 353 days"}},
		{"points that do not rise", `"permille": 250`, `"permille": 25`, []string{"fresh_days: the point at 25"}},
		{"a register that shrinks", `4331294`, `331294`, []string{"growth: the count on 2017-11-07"}},
		{"more states than persons", `"ppm": 25000`, `"ppm": 999999`, []string{"both_stale, email_stale, mobile_stale and expiring"}},
		{"no name", `"name": "realistic"`, `"name": " "`, []string{"name is missing"}},
		{"nothing", text, ``, []string{"cannot be read"}},
		{"something behind", text, text + `{}`, []string{"closing brace"}},
	} {
		_, err := generator.ReadProfile([]byte(strings.ReplaceAll(text, c.from, c.to)))
		for _, fault := range c.faults {
			if err == nil || !strings.Contains(err.Error(), fault) {
				t.Errorf("%s: %q is not in: %v", c.name, fault, err)
			}
		}
	}
}

func TestReadProfile_names_each_quantity_that_is_missing(t *testing.T) {
	t.Parallel()
	_, err := generator.ReadProfile([]byte(`{"name": "empty"}`))
	quantities := 0
	profile(t, "realistic").Quantities(func(name string, _ any) {
		quantities++
		if !strings.Contains(err.Error(), name+" is missing") {
			t.Errorf("%s is not missed", name)
		}
	})
	if quantities < 45 {
		t.Errorf("%d quantities", quantities)
	}
}

func TestCheckPlaces_refuses_places_that_do_not_exist(t *testing.T) {
	t.Parallel()
	for from, to := range map[string]string{`"5612"`: `"5611"`, `"46": 450000`: `"46": 4500000`, `"03": 1150000`: `"03": 9990000`} {
		p, err := generator.ReadProfile(bytes.ReplaceAll(readSeed(t, "realistic"), []byte(from), []byte(to)))
		if err != nil {
			t.Fatal(err)
		}
		if err := generator.CheckPlaces(seeds.Files, p); err == nil {
			t.Errorf("%s is taken", to)
		}
		c := config(10, 1)
		c.Profile = p
		if _, err := generator.New(c); err == nil {
			t.Errorf("%s is made", to)
		}
	}
}

func TestProfile_hash_tells_what_it_says_and_not_how(t *testing.T) {
	t.Parallel()
	text := readSeed(t, "realistic")
	a, err := generator.ReadProfile(text)
	if err != nil {
		t.Fatal(err)
	}
	b, err := generator.ReadProfile([]byte(a.Text()))
	if err != nil || a.Hash() != b.Hash() {
		t.Errorf("without spaces it is another: %v", err)
	}
	if a.Hash() == profile(t, "qa-rich").Hash() {
		t.Error("two profiles have one hash")
	}
}

// A profile that is read can be made, whatever it says, and gives persons who
// keep the rules of time. The fuzzer cuts a piece out of a good one and puts
// another in, which gets further than texts out of nothing.
func FuzzReadProfile(f *testing.F) {
	good := readSeed(f, "qa-rich")
	f.Add(uint16(0), uint16(0), []byte(""))
	f.Add(uint16(0), uint16(len(good)), []byte("{}"))
	for _, piece := range []string{`"ppm": 27000`, `"to": 60`, `"residents": 398323`, `"days": 470`, `"kind": "counted"`} {
		f.Add(uint16(max(0, bytes.Index(good, []byte(piece)))), uint16(len(piece)), []byte(piece+"0"))
	}
	f.Fuzz(func(t *testing.T, at, cut uint16, in []byte) {
		from := min(int(at), len(good))
		to := min(from+int(cut), len(good))
		p, err := generator.ReadProfile(bytes.Join([][]byte{good[:from], in, good[to:]}, nil))
		if err != nil || generator.CheckPlaces(seeds.Files, p) != nil {
			return
		}
		if again, err := generator.ReadProfile([]byte(p.Text())); err != nil || again.Hash() != p.Hash() {
			t.Fatalf("its own text is another profile: %v", err)
		}
		c := config(40, 1)
		c.Profile = p
		g, err := generator.New(c)
		if err != nil {
			t.Fatal(err)
		}
		w := g.Worker()
		for i := range g.Len() {
			if who := w.Person(i); who.Email.Updated > who.Email.Confirmed && who.Email.Confirmed != 0 {
				t.Fatalf("%+v", who)
			}
			w.History(i)
		}
	})
}
