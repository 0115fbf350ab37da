package krr

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// asked is what a body says, in a form that tests can compare.
type asked struct {
	ids     string // joined by |
	count   int
	include string // true, false or absent
	object  bool
	wrong   string
	fault   int // place of the fault, -1 for none
}

func parseAsked(body string, filters bool) asked {
	var q question
	fault := q.parse([]byte(body), filters)
	a := asked{ids: string(bytes.Join(q.ids, []byte("|"))), count: q.count, include: "absent", object: q.object, wrong: q.wrong, fault: fault}
	if q.included {
		a.include = fmt.Sprint(q.include)
	}
	return a
}

func TestParse(t *testing.T) {
	t.Parallel()
	const pids = "/personidentifikatorer"
	for name, c := range map[string]struct {
		body string
		want asked
	}{
		"white space may stand anywhere": {
			" {\n\t\"personidentifikatorer\" : [ \"1\" ,\r\n \"2\" ] , \"inkluderIkkeRegistrerte\" : true } ",
			asked{"1|2", 2, "true", true, "", -1},
		},
		"an unknown field is skipped, however deep": {
			`{"x":{"a":[1,{"b":null},"\"]}"]},"personidentifikatorer":["1"],"y":-1.5e+3}`, asked{"1", 1, "absent", true, "", -1},
		},
		"the last of two equal keys counts": {
			`{"personidentifikatorer":["1","2"],"inkluderIkkeRegistrerte":true,"personidentifikatorer":["3"],"inkluderIkkeRegistrerte":false}`,
			asked{"3", 1, "false", true, "", -1},
		},
		"escapes in key and value are read": {
			`{"person\u0069dentifikatorer":["\u0031\/"]}`, asked{"1/", 1, "absent", true, "", -1},
		},
		"keys in another case are other keys": {`{"Personidentifikatorer":["1"]}`, asked{"", 0, "absent", true, "", -1}},
		"null is as good as absent": {
			`{"personidentifikatorer":null,"inkluderIkkeRegistrerte":null}`, asked{"", 0, "absent", true, "", -1},
		},
		"a number among the identifiers is pointed at": {
			`{"personidentifikatorer":["1",2,"3",null]}`, asked{"1|3", 2, "absent", true, pids + "/1", -1},
		},
		"a list that is a text is pointed at":     {`{"personidentifikatorer":"1"}`, asked{"", 0, "absent", true, pids, -1}},
		"a flag that is a text is pointed at":     {`{"inkluderIkkeRegistrerte":"true"}`, asked{"", 0, "absent", true, "/inkluderIkkeRegistrerte", -1}},
		"an array is no object":                   {`["1"]`, asked{"", 0, "absent", false, "", -1}},
		"nothing is no JSON":                      {``, asked{"", 0, "absent", false, "", 0}},
		"a comma at the end is no JSON":           {`{"personidentifikatorer":["1"],}`, asked{"1", 1, "absent", true, "", 31}},
		"text after the document is no JSON":      {`{} x`, asked{"", 0, "absent", true, "", 3}},
		"a zero byte after the document is none":  {"{}\x00", asked{"", 0, "absent", true, "", 2}},
		"a line break in a text is no JSON":       {"{\"a\":\"\n\"}", asked{"", 0, "absent", true, "", 6}},
		"an unknown escape is no JSON":            {`{"a":"\x"}`, asked{"", 0, "absent", true, "", 5}},
		"a text that does not end is no JSON":     {`{"a":"\"`, asked{"", 0, "absent", true, "", 8}},
		"a number that begins with 0 is no JSON":  {`{"a":01}`, asked{"", 0, "absent", true, "", 6}},
		"a number that ends in a point is none":   {`{"a":1.}`, asked{"", 0, "absent", true, "", 7}},
		"a word that is cut is no JSON":           {`{"a":tru}`, asked{"", 0, "absent", true, "", 8}},
		"a bad word as flag is no JSON":           {`{"inkluderIkkeRegistrerte":tru}`, asked{"", 0, "true", true, "", 30}},
		"a thousand levels of arrays are read":    {`{"a":` + strings.Repeat("[", 999) + strings.Repeat("]", 999) + `}`, asked{"", 0, "absent", true, "", -1}},
		"more than a thousand levels are refused": {`{"a":` + strings.Repeat("[", 500_000), asked{"", 0, "absent", true, "", 1004}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			if got := parseAsked(c.body, true); got != c.want {
				t.Errorf("\n got %+v\nwant %+v", got, c.want)
			}
		})
	}
}

func TestParseCountsPastTheLimitAndKeepsNoMore(t *testing.T) {
	t.Parallel()
	var q question
	body := `{"personidentifikatorer":["1"` + strings.Repeat(`,""`, 300_000) + `]}`
	if fault := q.parse([]byte(body), false); fault != -1 || q.count != 300_001 || len(q.ids) != maxIDs {
		t.Errorf("fault %d, count %d, kept %d", fault, q.count, len(q.ids))
	}
}

func TestParseKnowsTheFlagInVersion2Only(t *testing.T) {
	t.Parallel()
	if got, want := parseAsked(`{"inkluderIkkeRegistrerte":7}`, false), (asked{"", 0, "absent", true, "", -1}); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

// FuzzBody compares the parser with encoding/json: what is JSON, and what it says.
func FuzzBody(f *testing.F) {
	for _, body := range []string{
		`{"personidentifikatorer": ["14838131043"], "inkluderIkkeRegistrerte": false}`, `{"personidentifikatorer":["\u0031\ud800","\"",""]}`,
		`{"personidentifikatorer":[1,{"a":[]}]}`, `{"a":-0.0e-1,"b":[true,false,null]}`, `{"a":1}{`, `nul`, `-`, `1e`, `"\u12"`, "{\"a\x7f\":\"\x1f\"}", "[\u2028]",
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if !utf8.Valid(body) || bytes.Count(body, []byte("["))+bytes.Count(body, []byte("{")) > maxDepth {
			return // refused before, or because of its depth, which encoding/json allows
		}
		var q question
		fault := q.parse(body, true)
		if want := json.Valid(body); (fault == -1) != want {
			t.Fatalf("fault is %d, but valid is %t: %q", fault, want, body)
		}
		if fault < -1 || fault > len(body) {
			t.Fatalf("fault %d of %d bytes", fault, len(body))
		}
		if fault != -1 {
			return
		}
		var object map[string]any
		isObject := json.Unmarshal(body, &object) == nil && object != nil
		if q.object != isObject {
			t.Fatalf("object is %t, want %t: %q", q.object, isObject, body)
		}
		if q.wrong != "" || !isObject {
			return
		}
		list, _ := object["personidentifikatorer"].([]any)
		var want, got []string
		for _, id := range list {
			want = append(want, id.(string))
		}
		for _, id := range q.ids {
			got = append(got, string(id))
		}
		flag, there := object["inkluderIkkeRegistrerte"].(bool)
		if len(list) <= maxIDs && !slices.Equal(got, want) || q.count != len(list) || q.include != flag || q.included != there {
			t.Fatalf("got %q, %d, %t, %t from %q", got, q.count, q.include, q.included, body)
		}
	})
}
