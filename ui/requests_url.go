package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/journal"
)

const (
	requestsPath = "/foresporsler"
	yes, no      = "ja", "nei"
)

// The emulated systems that pages know something of, as the journal names them.
const (
	surfaceMaskinporten = "maskinporten"
	surfaceTenor        = "tenor"
)

// surfaces are the emulated systems that the journal tells of.
var surfaces = []string{surfaceMaskinporten, "idporten", "krr", "selvbetjening", surfaceTenor}

// requestsURL is the state of the page of requests.
type requestsURL struct {
	nr      uint64 // the request beside the list; 0 for none
	surface string // only of this one
	client  string // only this one's
	words   string // each of them in path, client, code or trace id
	refused bool   // only refused ones
	from    uint64 // the list begins with this number and goes back; 0 for the newest
	still   bool   // the list does not follow
}

// readRequestsURL takes the state out of a query; what it cannot be is as if it
// were left out.
func readRequestsURL(v url.Values) requestsURL {
	u := requestsURL{words: tidy(v.Get("q")), client: tidy(v.Get("klient")), refused: v.Get("avvist") == yes, still: v.Get("folg") == no}
	if s := v.Get("flate"); slices.Contains(surfaces, s) {
		u.surface = s
	}
	u.from, _ = strconv.ParseUint(v.Get("fra"), 10, 64)
	return u
}

// tidy shortens what is looked for and masks it as the journal does, so that a
// number finds its requests and is not repeated. A trace id stays as it is, as there.
func tidy(s string) string {
	s = tidied(s)
	if len(s) == 32 && strings.Trim(s, "0123456789abcdef") == "" {
		return s
	}
	return sandbox.MaskIDs(s)
}

// tidied shortens what is looked for and makes it one line of what can be seen.
func tidied(s string) string {
	const longest = 200
	s = strings.Join(strings.Fields(visible(strings.ToValidUTF8(s, ""))), " ")
	if runes := []rune(s); len(runes) > longest {
		s = string(runes[:longest])
	}
	return s
}

func (u requestsURL) String() string {
	path := requestsPath
	if u.nr > 0 {
		path += "/" + strconv.FormatUint(u.nr, 10)
	}
	return path + u.query()
}

// twin is the address of the same list in another form.
func (u requestsURL) twin(form string) string {
	u.from, u.still = 0, false
	return requestsPath + "." + form + u.query()
}

func (u requestsURL) query() string {
	v := url.Values{}
	set(v, "flate", u.surface)
	set(v, "klient", u.client)
	set(v, "q", u.words)
	if u.refused {
		v.Set("avvist", yes)
	}
	if u.from > 0 {
		v.Set("fra", strconv.FormatUint(u.from, 10))
	}
	if u.still {
		v.Set("folg", no)
	}
	return queryString(v)
}

// fits tells whether a request is one of those asked for, refused or not.
func (u requestsURL) fits(e *journal.Entry) bool {
	if u.surface != "" && e.Surface != u.surface || u.client != "" && e.Client != u.client {
		return false
	}
	text := strings.ToLower(strings.Join([]string{e.Method, target(e), e.Client, e.Code, e.TraceID}, " "))
	for word := range strings.FieldsSeq(strings.ToLower(u.words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// target is what was asked, as in the first line of a request.
func target(e *journal.Entry) string {
	if e.Query == "" {
		return e.Path
	}
	return e.Path + "?" + e.Query
}
