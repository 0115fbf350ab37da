package generator_test

import (
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"liksom/generator"
	"liksom/seeds"
)

var codes = map[uint16]string{3: "03", 11: "11", 15: "15", 18: "18", 31: "31", 32: "32", 33: "33", 34: "34", 39: "39", 40: "40", 42: "42", 46: "46", 50: "50", 55: "55", 56: "56"}

func codeOf(code string) uint16 {
	n, _ := strconv.Atoi(code)
	return uint16(n)
}

func counties(t *testing.T) []generator.County {
	t.Helper()
	c, err := generator.ReadCounties(seeds.Files)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// Source: the number of municipalities in each county since 1 January 2024, and
// the residents of Norway on that day (Statistics Norway).
func TestCounties_are_those_of_2024(t *testing.T) {
	t.Parallel()
	want := map[string]int{"34": 46, "46": 43, "18": 41, "50": 38, "15": 27, "42": 25, "11": 23, "32": 21, "55": 21, "33": 18, "56": 18, "40": 17, "31": 12, "39": 6, "03": 1}
	residents, seen := 0, map[string]bool{}
	for _, c := range counties(t) {
		if len(c.Municipalities) != want[c.Code] {
			t.Errorf("%s has %d municipalities, want %d", c.Name, len(c.Municipalities), want[c.Code])
		}
		residents += c.Residents
		delete(want, c.Code)
		for _, m := range c.Municipalities {
			if seen[m.Code] || m.Name == "" || m.Residents <= 0 {
				t.Errorf("%+v", m)
			}
			seen[m.Code] = true
		}
	}
	if len(want) > 0 || residents != 5_550_203 {
		t.Errorf("%d residents, %v missing", residents, want)
	}
}

func TestReadCounties_refuses(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct{ file, fault string }{
		"an unknown field":                  {`{"contries": []}`, "contries"},
		"nothing":                           {`{}`, "no counties"},
		"a code of another county":          {`{"counties": [{"fylkesnr": "03", "residents": 5, "kommuner": [{"kommunenr": "0401", "navn": "x"}]}]}`, `"0401"`},
		"more residents than the county":    {`{"counties": [{"fylkesnr": "03", "residents": 5, "kommuner": [{"kommunenr": "0301", "navn": "x", "residents": 6}]}]}`, "county 03"},
		"a county without a municipality":   {`{"counties": [{"fylkesnr": "03", "residents": 5}]}`, "county 03"},
		"municipalities that nobody is for": {`{"counties": [{"fylkesnr": "03", "residents": 1, "kommuner": [{"kommunenr": "0301"}, {"kommunenr": "0302"}]}]}`, "county 03"},
	} {
		_, err := generator.ReadCounties(fstest.MapFS{"municipalities.json": {Data: []byte(c.file)}})
		if err == nil || !strings.Contains(err.Error(), c.fault) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
