package stats

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"liksom/sandbox"
)

// The quantities that differ by place; after the dot stands a fylkesnr or
// kommunenr, or others.
const (
	nynorskPlaces = "nynorsk_by_county."
	samiPlaces    = "sami_by_municipality."
	otherPlaces   = "others"
)

// byPlace gives a measure for each place that the profile has a share for, and
// the municipalities with a share of Northern Sami.
func byPlace(w Wanted) (all []measure, sami map[int]bool) {
	sami, counties := map[int]bool{}, map[int]bool{}
	for _, name := range slices.Sorted(maps.Keys(w.Shares)) {
		if code, ok := strings.CutPrefix(name, nynorskPlaces); ok && code != otherPlaces {
			counties[number(code)] = true
		}
	}
	for _, name := range slices.Sorted(maps.Keys(w.Shares)) {
		if code, ok := strings.CutPrefix(name, nynorskPlaces); ok {
			at := number(code)
			here := func(p *person) bool { return p.county == at }
			if code == otherPlaces {
				here = func(p *person) bool { return !counties[p.county] }
			}
			all = append(all, measure{name, func(p *person) bool {
				return p.active() && !p.dNumber && p.municipality != 0 && (p.language == sandbox.Bokmaal || p.language == sandbox.Nynorsk) && here(p)
			}, func(p *person) bool { return p.language == sandbox.Nynorsk }})
		}
		if code, ok := strings.CutPrefix(name, samiPlaces); ok && code != otherPlaces {
			at := number(code)
			sami[at] = true
			all = append(all, measure{name, func(p *person) bool { return p.active() && !p.dNumber && p.municipality == at },
				func(p *person) bool { return p.language == sandbox.Sami }})
		}
	}
	return all, sami
}

// number reads a code; what is none is no place.
func number(code string) int {
	n, err := strconv.Atoi(code)
	if err != nil {
		return -1
	}
	return n
}
