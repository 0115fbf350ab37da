package tenor

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"liksom/sandbox"
)

// parameters are what a caller says in the query string.
type parameters struct {
	kql            string
	count, page    int // antall, side
	seed           uint64
	seeded         bool
	keyInformation bool
	show, hide     []string // vis, skjul: paths of members, with * for any
}

// The documents in one answer. Source: "Tenor testdata" for the most; the number
// that is given without antall is a guess.
const (
	defaultCount = 10
	maxCount     = 200
)

func (p parameters) offset() int { return p.count * p.page }

func readParameters(q url.Values) (parameters, error) {
	p := parameters{kql: q.Get("kql"), count: defaultCount, show: paths(q["vis"]), hide: paths(q["skjul"])}
	var err error
	if p.count, err = number(q, "antall", defaultCount, maxCount); err != nil {
		return p, err
	}
	const farthest = 10_000_000
	if p.page, err = number(q, "side", 0, farthest); err != nil {
		return p, err
	}
	if text := q.Get("seed"); text != "" {
		seed, err := strconv.ParseInt(text, 10, 64)
		if err != nil {
			return p, fault(http.StatusBadRequest, "seed.invalid", "seed må være et heltall, ikke %q.", sandbox.Short(text))
		}
		p.seed, p.seeded = uint64(seed), true
	}
	switch text := q.Get("nokkelinformasjon"); text {
	case "", "false":
	case "true":
		p.keyInformation = true
	default:
		return p, fault(http.StatusBadRequest, "nokkelinformasjon.invalid", "nokkelinformasjon må være true eller false, ikke %q.", sandbox.Short(text))
	}
	return p, nil
}

func number(q url.Values, name string, absent, most int) (int, error) {
	text := q.Get(name)
	if text == "" {
		return absent, nil
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 0 || n > most {
		return 0, fault(http.StatusBadRequest, name+".invalid", "%s må være et heltall fra 0 til %d, ikke %q.", name, most, sandbox.Short(text))
	}
	return n, nil
}

// paths reads lists with commas, of which clients send several too.
func paths(lists []string) []string {
	var out []string
	for path := range strings.SplitSeq(strings.Join(lists, ","), ",") {
		if path = strings.TrimSpace(path); path != "" {
			out = append(out, path)
		}
	}
	return out
}
