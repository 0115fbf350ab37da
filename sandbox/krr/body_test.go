package krr

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
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

func TestParseFrom(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		body  string
		want  feedQuestion
		fault int
	}{
		"a number":                            {`{"fraEndringsId": 23}`, feedQuestion{23, true, false}, -1},
		"zero":                                {`{"fraEndringsId":0}`, feedQuestion{0, true, false}, -1},
		"zero with a sign":                    {`{"fraEndringsId":-0}`, feedQuestion{0, true, false}, -1},
		"the largest number":                  {`{"fraEndringsId":9223372036854775807}`, feedQuestion{1<<63 - 1, true, false}, -1},
		"white space, and other fields":       {" {\n\"x\":[{}],\t\"fraEndringsId\" : 7 , \"y\":1.5 } ", feedQuestion{7, true, false}, -1},
		"an escape in the key":                {`{"fraEndrings\u0049d":7}`, feedQuestion{7, true, false}, -1},
		"nothing asked is zero":               {`{}`, feedQuestion{0, true, false}, -1},
		"null is zero":                        {`{"fraEndringsId":null}`, feedQuestion{0, true, false}, -1},
		"a key in another case is another":    {`{"fraEndringsID":7}`, feedQuestion{0, true, false}, -1},
		"the last of two equal keys counts":   {`{"fraEndringsId":7,"fraEndringsId":8}`, feedQuestion{8, true, false}, -1},
		"null as the last of two is zero":     {`{"fraEndringsId":7,"fraEndringsId":null}`, feedQuestion{0, true, false}, -1},
		"a negative number is refused":        {`{"fraEndringsId":-1}`, feedQuestion{0, true, true}, -1},
		"one more than the largest is":        {`{"fraEndringsId":9223372036854775808}`, feedQuestion{1<<63 - 1, true, true}, -1},
		"a hundred digits are":                {`{"fraEndringsId":` + strings.Repeat("9", 100) + `}`, feedQuestion{1<<63 - 1, true, true}, -1},
		"a fraction is":                       {`{"fraEndringsId":1.5}`, feedQuestion{0, true, true}, -1},
		"a fraction of nothing is none":       {`{"fraEndringsId":23.0}`, feedQuestion{23, true, false}, -1},
		"an exponent is":                      {`{"fraEndringsId":2e1}`, feedQuestion{0, true, true}, -1},
		"zero with sign and fraction is":      {`{"fraEndringsId":-0.0}`, feedQuestion{0, true, false}, -1},
		"a negative one with a fraction not":  {`{"fraEndringsId":-1.0}`, feedQuestion{0, true, true}, -1},
		"the largest with a fraction is good": {`{"fraEndringsId":9223372036854775807.00}`, feedQuestion{1<<63 - 1, true, false}, -1},
		"a fraction with an exponent is":      {`{"fraEndringsId":2.0e1}`, feedQuestion{0, true, true}, -1},
		"a text is":                           {`{"fraEndringsId":"23"}`, feedQuestion{0, true, true}, -1},
		"an empty text is":                    {`{"fraEndringsId":""}`, feedQuestion{0, true, true}, -1},
		"a boolean is":                        {`{"fraEndringsId":true}`, feedQuestion{0, true, true}, -1},
		"a list is":                           {`{"fraEndringsId":[23]}`, feedQuestion{0, true, true}, -1},
		"an object is":                        {`{"fraEndringsId":{"fraEndringsId":23}}`, feedQuestion{0, true, true}, -1},
		"a wrong one before a good one is":    {`{"fraEndringsId":"7","fraEndringsId":8}`, feedQuestion{8, true, true}, -1},
		"a number alone is no object":         {`23`, feedQuestion{0, false, false}, -1},
		"a list is no object":                 {`[{"fraEndringsId":23}]`, feedQuestion{0, false, false}, -1},
		"nothing is no JSON":                  {``, feedQuestion{0, false, false}, 0},
		"a number that begins with 0 is no":   {`{"fraEndringsId":023}`, feedQuestion{0, true, false}, 18},
		"a number with a plus is no":          {`{"fraEndringsId":+23}`, feedQuestion{0, true, true}, 17},
		"a word that is cut is no":            {`{"fraEndringsId":nul}`, feedQuestion{0, true, false}, 20},
		"a comma at the end is no":            {`{"fraEndringsId":23,}`, feedQuestion{23, true, false}, 20},
		"text after the document is no JSON":  {`{"fraEndringsId":23}}`, feedQuestion{23, true, false}, 20},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var got feedQuestion
			if fault := got.parse([]byte(c.body)); got != c.want || fault != c.fault {
				t.Errorf("\n got %+v, fault %d\nwant %+v, fault %d", got, fault, c.want, c.fault)
			}
		})
	}
}

// FuzzChangesBody compares the parser with encoding/json: what is JSON, and what
// it says.
func FuzzChangesBody(f *testing.F) {
	for _, body := range []string{
		`{"fraEndringsId": 23}`, `{"fraEndringsId":null,"x":[{"fraEndringsId":1}]}`, `{"fraEndringsId":-1}`, `{"fraEndringsId":9223372036854775808}`, `{}`, `[]`, `23`,
		`{"fraEndringsId":1.0e2}`, `{"fraEndringsId":"23"}`, `{"fraEndringsId":1,"fraEndringsId":2}`, `{"fraEndrings\u0049d":7}`, `{"fraEndringsId":023}`, `{"fraEndringsId":`,
	} {
		f.Add([]byte(body))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		if !utf8.Valid(body) || bytes.Count(body, []byte("["))+bytes.Count(body, []byte("{")) > maxDepth {
			return // refused before, or because of its depth, which encoding/json allows
		}
		var q feedQuestion
		fault := q.parse(body)
		if want := json.Valid(body); (fault == -1) != want || fault < -1 || fault > len(body) {
			t.Fatalf("fault is %d of %d bytes, but valid is %t: %q", fault, len(body), want, body)
		}
		if fault != -1 {
			return
		}
		var object map[string]any
		decoder := json.NewDecoder(bytes.NewReader(body))
		decoder.UseNumber()
		if isObject := decoder.Decode(&object) == nil && object != nil; q.object != isObject {
			t.Fatalf("object is %t, want %t: %q", q.object, isObject, body)
		}
		if q.wrong && bytes.Count(body, []byte(":")) > 1 {
			return // it may be about the first of two equal keys
		}
		want, good := fromOf(object["fraEndringsId"])
		if q.wrong == good || good && q.from != want {
			t.Fatalf("got %d, wrong is %t; want %d, %t: %q", q.from, q.wrong, want, good, body)
		}
	})
}

var noFraction = regexp.MustCompile(`\.0+$`)

// fromOf reads a value of fraEndringsId as encoding/json gives it.
func fromOf(value any) (from uint64, good bool) {
	if value == nil {
		return 0, true
	}
	number, _ := value.(json.Number)
	n, err := strconv.ParseInt(noFraction.ReplaceAllString(number.String(), ""), 10, 64)
	return uint64(max(n, 0)), err == nil && n >= 0
}
