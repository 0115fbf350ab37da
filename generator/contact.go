package generator

import (
	"fmt"
	"strconv"
	"strings"

	"liksom/sandbox"
)

// domains receive no mail. Source: RFC 2606 and RFC 6761.
var domains = [...]string{"example.com", "example.org", "example.net", "epost.test", "post.test", "nett.test"}

// longestEmail is what the register takes in. Source: its term catalogue and XSD.
const longestEmail = 50

// email makes an address out of the name; the second person of a name gets a
// number, so that no two share an address by accident.
func (w *Worker) email(p *sandbox.Person, nth int) string {
	name := sandbox.Fold(p.FirstName) + "." + sandbox.Fold(p.LastName)
	rest := "@" + domains[w.faker.IntN(len(domains))]
	if nth > 0 {
		rest = strconv.Itoa(nth+1) + rest
	}
	return name[:min(len(name), longestEmail-len(rest))] + rest
}

// mobileSeries are the Norwegian mobile series that numbers are taken from, a
// million in each. Source: the numbering plan as observed in libphonenumber;
// 42, 43, 44 and 49 are not assigned, nor is 4536 within 45.
var mobileSeries = [...]string{"40", "41", "45", "46", "47", "48", "90", "91", "92", "93", "94", "95", "96", "97", "98", "99"}

// fixedMobiles is where the numbers of the published persons lie, which are the
// same under every seed: in the last thousand of the ten thousand 9999xxxx, which
// nobody drawn at random gets.
const fixedMobiles = 99_999_000

// mobile gives person i a number that nobody else has.
func (w *Worker) mobile(i int, foreign bool) string {
	if w.g.published(i) {
		return fmt.Sprintf("+47%d", fixedMobiles+1+i)
	}
	i -= w.g.first()
	if foreign {
		series := [...]string{"+4673", "+3706", "+35840", "+4860"} // mobile in Sweden, Lithuania, Finland, Poland
		return fmt.Sprintf("%s%07d", series[w.faker.IntN(len(series))], w.scatter(i, 10_000_000))
	}
	for { // an index above MaxPersons belongs to nobody
		at := w.scatter(i, len(mobileSeries)*1_000_000)
		number := fmt.Sprintf("%s%06d", mobileSeries[at/1_000_000], at%1_000_000)
		if !strings.HasPrefix(number, "4536") && !strings.HasPrefix(number, "9999") {
			return "+47" + number
		}
		i += MaxPersons + 100
	}
}

// scatter spreads indices over a space whose size is a product of twos and
// fives, by a step that meets every place once.
func (w *Worker) scatter(i, space int) int {
	n := uint64(space)
	return int((uint64(i)*7_368_787 + w.g.seed%n) % n)
}

// mailboxAddress makes a postkasseadresse in the form that each provider has:
// a name and four signs at Digipost, ten digits at e-Boks.
// Source: "Attributter i kontakt- og reservasjonsregisteret" (Digdir) and the
// test data with expected answers.
func (w *Worker) mailboxAddress(p *sandbox.Person, provider sandbox.Provider) string {
	if provider != sandbox.Digipost {
		return fmt.Sprintf("%010d", w.faker.IntN(100_000_000))
	}
	const signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	suffix := make([]byte, 4)
	for i := range suffix {
		suffix[i] = signs[w.faker.IntN(len(signs))]
	}
	return sandbox.Fold(p.FirstName) + "." + sandbox.Fold(p.LastName) + "#" + string(suffix)
}
