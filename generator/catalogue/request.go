package catalogue

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"liksom/sandbox"
)

// Request is a call that an entry asks its user to make, beside looking its
// persons up.
type Request struct {
	Title        string
	Method, Path string // the path may hold {1}, the number of the entry's first person
	Body         json.RawMessage
	Status       int    // expected
	Code         string // the error's code, where the control API refuses
	Count        *int   // how many persons the register's answer holds
}

// Filled gives the request with numbers in it: {1} is the entry's first person,
// "{ukjente:1000}" a thousand numbers that nobody has.
func (s Scene) Filled(r Request) Request {
	taken := map[sandbox.PersonID]bool{}
	for i, p := range s.Persons {
		place, digits := fmt.Sprintf("{%d}", i+1), p.ID.Digits()
		taken[p.ID] = true
		r.Path = strings.ReplaceAll(r.Path, place, digits)
		r.Body = bytes.ReplaceAll(r.Body, []byte(place), []byte(digits))
	}
	r.Body = unknownIn.ReplaceAllFunc(r.Body, func(found []byte) []byte {
		n, _ := strconv.Atoi(string(unknownIn.FindSubmatch(found)[1])) // four digits at most
		texts := make([]string, n)
		for i, id := range unknown(n, taken) {
			texts[i] = strconv.Quote(id.Digits())
		}
		return []byte(strings.Join(texts, ","))
	})
	return r
}

var unknownIn = regexp.MustCompile(`"\{ukjente:(\d{1,4})\}"`)

// requestLine is a request as an entry spells it.
type requestLine struct {
	Title  string          `json:"tittel"`
	Call   string          `json:"kall"`
	Body   json.RawMessage `json:"kropp"`
	Status int             `json:"status"`
	Code   string          `json:"kode"`
	Count  *int            `json:"antall"`
}

func (l requestLine) request(f *faults) Request {
	r := Request{Title: l.Title, Body: l.Body, Status: l.Status, Code: l.Code, Count: l.Count}
	f.need("tittel", l.Title)
	var ok bool
	r.Method, r.Path, ok = strings.Cut(l.Call, " ")
	if !ok || !strings.HasPrefix(r.Path, "/rest/") && !strings.HasPrefix(r.Path, "/sandbox/") {
		f.add("kall %q is not a method and a path of this sandbox", l.Call)
	}
	if l.Status < 200 || l.Status > 599 {
		f.add("status %d is none of HTTP", l.Status)
	}
	return r
}
