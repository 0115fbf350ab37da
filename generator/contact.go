package generator

import (
	"strconv"

	"liksom/sandbox"
)

// domains receive no mail. Source: RFC 2606 and RFC 6761.
var domains = [...]string{"@example.com", "@example.org", "@example.net", "@epost.test", "@post.test", "@nett.test"}

// longestEmail is what the register takes in. Source: its term catalogue and XSD.
const longestEmail = 50

// email makes an address out of the name; the second person of a name gets a
// number, so that no two share an address by accident.
func (w *Worker) email(name int32, nth int) string {
	var room [longestEmail + 64]byte
	b := w.g.words.appendAddress(room[:0], name)
	domain := domains[w.faker.IntN(len(domains))]
	number := ""
	if nth > 0 {
		number = strconv.Itoa(nth + 1)
	}
	b = b[:min(len(b), longestEmail-len(number)-len(domain))]
	return string(append(append(b, number...), domain...))
}

// mailboxAddress makes a postkasseadresse in the form that each provider has:
// a name and four signs at Digipost, ten digits at e-Boks.
// Source: "Attributter i kontakt- og reservasjonsregisteret" (Digdir) and the
// test data with expected answers.
func (w *Worker) mailboxAddress(name int32, provider sandbox.Provider) string {
	if provider != sandbox.Digipost {
		return strconv.Itoa(10_000_000_000 + w.faker.IntN(100_000_000))[1:]
	}
	const signs = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
	var room [longestEmail + 64]byte
	b := append(w.g.words.appendAddress(room[:0], name), '#')
	at := w.faker.IntN(len(signs) * len(signs) * len(signs) * len(signs))
	for range 4 {
		b = append(b, signs[at%len(signs)])
		at /= len(signs)
	}
	return string(b)
}
