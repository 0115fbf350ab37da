package generator

import "testing"

// Those who meet a held number included.
func TestMobile_gives_each_place_another_number(t *testing.T) {
	t.Parallel()
	for _, p := range []Phones{PhonesRealistic, PhonesUnassigned} {
		w := &Worker{g: &Generator{phones: p, seed: 12345}}
		seen := make(map[string]bool, 1<<20)
		check := func(place int) {
			number := w.mobile(1<<30, place, false)
			if seen[number] {
				t.Fatalf("%v: %s is there twice", p, number)
			}
			seen[number] = true
		}
		for place := 0; place < p.Most(); place += 29 {
			check(place)
		}
		for n := range uint64(150_000) {
			check(p.stranger(n))
		}
	}
}
