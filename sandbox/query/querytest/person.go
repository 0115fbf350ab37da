package querytest

import (
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"time"
	_ "time/tzdata" // for machines without zone files
)

// Person is one line of liksom generate, as far as it is judged.
type Person struct {
	Personidentifikator, IdentifikatorType                string
	Fornavn, Etternavn, Foedselsdato, Kjoenn              string
	Personstatus, Kommunenr, Katalog                      string
	Registrert, Slettet, Endret                           string
	Reservasjon, Reservasjonstidspunkt                    string
	ReservasjonOppdatert                                  string `json:"reservasjon_oppdatert"`
	Status, Postkassetilstand, Sertifikattilstand, Spraak string
	SpraakOppdatert                                       string `json:"spraak_oppdatert"`
	Relasjoner                                            []struct{ Personidentifikator, Relasjon string }
	DigitalPost                                           struct {
		Postkasseadresse, Postkasseleverandoeradresse string
	} `json:"digital_post"`
	Kontaktinformasjon map[string]string
}

// Read reads the lines.
func Read(r io.Reader) (persons []Person, err error) {
	for lines := json.NewDecoder(r); ; {
		var p Person
		switch err := lines.Decode(&p); err {
		case nil:
			persons = append(persons, p)
		case io.EOF:
			return persons, nil
		default:
			return nil, fmt.Errorf("person %d: %w", len(persons), err)
		}
	}
}

// field is how a field is judged. Just one of the functions is set.
type field struct {
	krr     bool
	words   []string                       // of an enumerated field
	word    func(Person, time.Time) string // "" for nothing
	texts   func(Person) []string
	several bool                // the texts are of several words
	day     func(Person) string // 2003-12-31
	at      func(Person) string // a moment
	count   func(Person, time.Time) (int, bool)
}

var jaNei = []string{"JA", "NEI"}

func ja(b bool) string {
	if b {
		return "JA"
	}
	return "NEI"
}

func some(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

func (p Person) contact(name string) string { return p.Kontaktinformasjon[name] }

func (p Person) name() string { return strings.TrimSpace(p.Fornavn + " " + p.Etternavn) }

func (p Person) kin(relation string) (ids []string) {
	for _, k := range p.Relasjoner {
		if k.Relasjon == relation {
			ids = append(ids, k.Personidentifikator)
		}
	}
	return ids
}

// series is told by what is added to the month.
func (p Person) series() string {
	month, _ := strconv.Atoi(p.Personidentifikator[2:4])
	switch {
	case month > 80:
		return "tenor"
	case month > 65:
		return "nhn"
	case month > 60:
		return "npid"
	}
	return "nav"
}

// told is the birth date of the number.
// Source: "Fødselsnummer" (Skatteetaten) for the centuries.
func (p Person) told() string {
	id := p.Personidentifikator
	if !firstCheck(id) {
		return p.Foedselsdato // by the rule of 2032 a number does not tell the century
	}
	day, _ := strconv.Atoi(id[:2])
	month, _ := strconv.Atoi(id[2:4])
	year, _ := strconv.Atoi(id[4:6])
	nr, _ := strconv.Atoi(id[6:9])
	d := day > 40
	if d {
		day -= 40
	}
	for _, more := range []int{80, 65, 60, 40} {
		if month > more {
			month -= more
			break
		}
	}
	century := 1900
	switch {
	case d && nr >= 500 && nr <= 599, !d && nr >= 500 && nr <= 749 && year >= 54:
		century = 1800
	case year < 40 && (nr >= 500 || d && nr >= 200):
		century = 2000
	}
	return fmt.Sprintf("%04d-%02d-%02d", century+year, month, day)
}

// firstCheck tells whether the first check digit is the one that the rule of 1964
// asks for.
func firstCheck(id string) bool {
	sum := 0
	for i, weight := range []int{3, 7, 6, 1, 8, 9, 4, 5, 2, 1} {
		sum += weight * int(id[i]-'0')
	}
	return sum%11 == 0
}

func channelState(channel string) func(Person, time.Time) string {
	return func(p Person, now time.Time) string {
		if p.contact(channel) == "" {
			return "mangler"
		}
		if p.fresh(channel, now) {
			return "fersk"
		}
		return "utgaatt"
	}
}

// fresh is the 18-month rule.
func (p Person) fresh(channel string, now time.Time) bool {
	limit := monthsAhead(now, -18)
	for _, date := range []string{"_oppdatert", "_sist_verifisert"} {
		if s := p.contact(channel + date); s != "" && moment(s).After(limit) {
			return p.contact(channel) != ""
		}
	}
	return false
}

func canBeNotified(p Person, now time.Time) string {
	if p.Status == "AKTIV" && p.Reservasjon == "NEI" && (p.fresh("epostadresse", now) || p.fresh("mobiltelefonnummer", now)) {
		return "KAN_VARSLES"
	}
	return "KAN_IKKE_VARSLES"
}

func age(p Person, now time.Time) (int, bool) {
	if p.Foedselsdato == "" {
		return 0, false
	}
	born, _ := time.Parse(time.DateOnly, p.Foedselsdato)
	today := now.In(oslo)
	n := today.Year() - born.Year()
	month, day := born.Month(), born.Day()
	if leap := time.Date(today.Year(), 2, 29, 0, 0, 0, 0, time.UTC).Day() == 29; month == 2 && day == 29 && !leap {
		day = 28
	}
	if today.Month() < month || today.Month() == month && today.Day() < day {
		n--
	}
	return max(n, 0), true
}
