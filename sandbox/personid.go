package sandbox

import (
	"log/slog"
	"strings"
)

// PersonID is a personidentifikator: a fødselsnummer or D-number of eleven
// digits that follows the rules. The zero value is no number. Make one with
// [ParsePersonID] or [MakePersonID]; String and LogValue mask it, so that a
// number reaches a log or a message only where somebody asked for Digits.
type PersonID struct{ n uint64 }

// Why a text is not a personidentifikator.
var (
	ErrIDShape    = &Error{Invalid, "id.shape", "a personidentifikator has exactly 11 digits"}
	ErrIDChecksum = &Error{Invalid, "id.checksum", "the check digits of the personidentifikator are wrong"}
	ErrIDDate     = &Error{Invalid, "id.date", "the personidentifikator holds a date that does not exist"}
)

// Series tells who may hand out a number: real persons, or one of the
// synthetic series that are made by adding to the month.
// Source: "Testdata - syntetiske fødselsnummer" (Skatteetaten) for +80;
// the other series as observed in public validators.
type Series uint8

// The series, by what is added to the month.
const (
	SeriesReal   Series = iota // months 1-12
	SeriesNPID                 // +20: NAV's own numbers for real persons, and old Difi test numbers
	SeriesNAV                  // +40: NAV's synthetic numbers; the hospitals' H-numbers look the same
	SeriesNPIDSy               // +60: NAV's synthetic NPID, where NHN does not use the same months
	SeriesNHN                  // +65: Norsk helsenett
	SeriesTenor                // +80: Tenor and Test-Norge
)

var seriesOffset = [...]int{SeriesReal: 0, SeriesNPID: 20, SeriesNAV: 40, SeriesNPIDSy: 60, SeriesNHN: 65, SeriesTenor: 80}

// seriesOf finds the series of a month field, and the month without what was
// added. The months 66-72 belong to both +60 and +65; +65 is what people use.
func seriesOf(field int) (Series, int, bool) {
	for _, s := range []Series{SeriesTenor, SeriesNHN, SeriesNPIDSy, SeriesNAV, SeriesNPID, SeriesReal} {
		if m := field - seriesOffset[s]; m >= 1 && m <= 12 {
			return s, m, true
		}
	}
	return 0, 0, false
}

// Sex is kjønn as the number tells it.
type Sex uint8

// The values of Sex. Numbers issued from 2032 tell none.
const (
	SexUnknown Sex = iota
	Female
	Male
)

// String gives the word of the population register: kvinne, mann or "".
func (s Sex) String() string { return [...]string{"", "kvinne", "mann"}[s] }

// ParsePersonID reads eleven digits. The error is [ErrIDShape],
// [ErrIDChecksum] or [ErrIDDate]. A real number is read like any other: ask
// [PersonID.Synthetic] before keeping it.
func ParsePersonID(s string) (PersonID, error) {
	if len(s) != 11 {
		return PersonID{}, ErrIDShape
	}
	var d [11]int
	for i := range len(s) {
		if s[i] < '0' || s[i] > '9' {
			return PersonID{}, ErrIDShape
		}
		d[i] = int(s[i] - '0')
	}
	// The same sums as of parts, without taking digits apart again: a look-up
	// reads a thousand numbers.
	sum9 := 3*d[0] + 7*d[1] + 6*d[2] + 1*d[3] + 8*d[4] + 9*d[5] + 4*d[6] + 5*d[7] + 2*d[8] + d[9]
	sum10 := 5*d[0] + 4*d[1] + 3*d[2] + 2*d[3] + 7*d[4] + 6*d[5] + 5*d[6] + 4*d[7] + 3*d[8] + 2*d[9] + d[10]
	if sum10%11 != 0 || sum9%11 > 3 {
		return PersonID{}, ErrIDChecksum
	}
	p := parts{10*d[0] + d[1], 10*d[2] + d[3], 10*d[4] + d[5], 100*d[6] + 10*d[7] + d[8], d[9], d[10]}
	if !p.dated(sum9 % 11) {
		return PersonID{}, ErrIDDate
	}
	return p.join(), nil
}

// MakePersonID builds the number for a birth date and an individnummer
// (0-999). It is not ok when the check digits make that individnummer
// impossible (17 in 100 are), or when the century that the digits tell is not
// the one of the date.
func MakePersonID(birth Date, individual int, dNumber bool, s Series) (PersonID, bool) {
	day := int(birth.Day)
	if dNumber {
		day += 40
	}
	p := parts{day: day, month: int(birth.Month) + seriesOffset[s], year: int(birth.Year) % 100, individual: individual}
	k1, ok := p.first()
	if !ok {
		return PersonID{}, false
	}
	p.k1 = k1
	k2, ok := p.second()
	if !ok {
		return PersonID{}, false
	}
	p.k2 = k2
	if year, ok := p.century(); !ok || year+p.year != int(birth.Year) {
		return PersonID{}, false
	}
	return p.join(), true
}

// IsZero tells whether there is no number.
func (id PersonID) IsZero() bool { return id.n == 0 }

// Compare orders numbers by their digits.
func (id PersonID) Compare(other PersonID) int {
	switch {
	case id.n < other.n:
		return -1
	case id.n > other.n:
		return 1
	}
	return 0
}

// Hash spreads the numbers evenly over 64 bits.
func (id PersonID) Hash() uint64 {
	x := id.n * 0x9E3779B97F4A7C15
	return (x ^ x>>32) * 0xD6E8FEB86659FD93
}

// Uint64 gives the digits as a number, for stores.
func (id PersonID) Uint64() uint64 { return id.n }

// PersonIDOf is the inverse of [PersonID.Uint64] and checks nothing.
func PersonIDOf(n uint64) PersonID { return PersonID{n} }

// Digits gives the eleven digits, unmasked: for answers to those who asked, not
// for logs.
func (id PersonID) Digits() string { return string(id.AppendDigits(nil)) }

// AppendDigits appends what Digits gives.
func (id PersonID) AppendDigits(b []byte) []byte {
	var d [11]byte
	n := id.n
	for i := len(d) - 1; i >= 0; i-- {
		d[i] = byte('0' + n%10)
		n /= 10
	}
	return append(b, d[:]...)
}

// String masks the number: 148352*****.
func (id PersonID) String() string { return MaskIDs(id.Digits()) }

// LogValue masks the number in logs.
func (id PersonID) LogValue() slog.Value { return slog.StringValue(id.String()) }

// DNumber tells a D-number (day + 40) from a fødselsnummer.
func (id PersonID) DNumber() bool { return id.parts().day > 40 }

// Series tells which series the number belongs to.
func (id PersonID) Series() Series {
	s, _, _ := seriesOf(id.parts().month)
	return s
}

// Synthetic tells whether no real person can have the number. The +20 series
// counts as real, since NAV gives it to real persons.
func (id PersonID) Synthetic() bool { return id.Series() >= SeriesNAV }

// Issued2032 tells whether the number follows only the rule for numbers issued
// from 2032-01-01, which tell neither century nor sex.
// Source: "Nytt fødselsnummer fra 2032" (Skatteetaten).
func (id PersonID) Issued2032() bool {
	return id.parts().remainder() != 0
}

// BirthDate is the date that the digits tell, or the zero Date when they do
// not tell the century. A person's registered birth date may differ.
func (id PersonID) BirthDate() Date {
	p := id.parts()
	century, ok := p.century()
	if !ok || id.Issued2032() {
		return Date{}
	}
	return p.date(century + p.year)
}

// Sex is what the ninth digit tells: even for women, odd for men.
func (id PersonID) Sex() Sex {
	switch {
	case id.n == 0 || id.Issued2032():
		return SexUnknown
	case id.parts().individual%2 == 0:
		return Female
	}
	return Male
}

// parts are the fields of a number as written.
type parts struct{ day, month, year, individual, k1, k2 int }

func (id PersonID) parts() parts {
	n := int(id.n)
	return parts{n / 1e9, n / 1e7 % 100, n / 1e5 % 100, n / 100 % 1000, n / 10 % 10, n % 10}
}

func (p parts) join() PersonID {
	return PersonID{uint64((((p.day*100+p.month)*100+p.year)*1000+p.individual)*100 + p.k1*10 + p.k2)}
}

// sum9 and sum10 are the weighted sums of the check digits, over the digits as
// written. Source: "Fødselsnummer" (Skatteetaten), weights 3 7 6 1 8 9 4 5 2
// and 5 4 3 2 7 6 5 4 3 2.
func (p parts) sum9() int {
	return 3*(p.day/10) + 7*(p.day%10) + 6*(p.month/10) + 1*(p.month%10) + 8*(p.year/10) + 9*(p.year%10) +
		4*(p.individual/100) + 5*(p.individual/10%10) + 2*(p.individual%10)
}

func (p parts) sum10() int {
	return 5*(p.day/10) + 4*(p.day%10) + 3*(p.month/10) + 2*(p.month%10) + 7*(p.year/10) + 6*(p.year%10) +
		5*(p.individual/100) + 4*(p.individual/10%10) + 3*(p.individual%10) + 2*p.k1
}

// first and second work out the check digits; not ok when it would be 10.
func (p parts) first() (int, bool)  { return checkDigit(p.sum9()) }
func (p parts) second() (int, bool) { return checkDigit(p.sum10()) }

func checkDigit(sum int) (int, bool) {
	k := (11 - sum%11) % 11
	return k, k < 10
}

// remainder of the first check digit: 0 for numbers issued before 2032, 0-3
// after.
func (p parts) remainder() int { return (p.sum9() + p.k1) % 11 }

func (p parts) date(year int) Date {
	_, month, _ := seriesOf(p.month)
	day := p.day
	if day > 40 {
		day -= 40
	}
	return Date{int16(year), uint8(month), uint8(day)}
}

// dated tells whether the date exists, given the remainder of the first check
// digit. A number of the 2032 rule tells no century, so it is enough that one
// of two has the day.
func (p parts) dated(remainder int) bool {
	if _, _, ok := seriesOf(p.month); !ok || p.day == 0 {
		return false
	}
	if remainder != 0 {
		return p.date(1900+p.year).Valid() || p.date(2000+p.year).Valid()
	}
	century, ok := p.century()
	return ok && p.date(century+p.year).Valid()
}

// century gives 1800, 1900 or 2000 by the individnummer.
// Sources: "Fødselsnummer" (Skatteetaten) and folkeregisterforskriften § 2-2-1
// for fødselsnumre; for D-numbers the table as observed in public validators,
// which differs.
func (p parts) century() (int, bool) {
	ind, young := p.individual, p.year < 40
	if p.day > 40 {
		switch {
		case ind >= 500 && ind <= 599:
			return 1800, true
		case young && ind >= 200:
			return 2000, true
		}
		return 1900, true
	}
	switch {
	case ind <= 499:
		return 1900, true
	case young:
		return 2000, true
	case ind >= 900:
		return 1900, true
	case ind <= 749 && p.year >= 54:
		return 1800, true
	}
	return 0, false
}

// MaskIDs hides the last five digits of every run of eleven digits or more in a
// text, also when a space or another separator stands after the sixth, so that
// no identity number reaches a log whole.
func MaskIDs(s string) string {
	var out []byte
	for i := 0; i < len(s); {
		if s[i] < '0' || s[i] > '9' { // most texts hold few digits
			i++
			continue
		}
		n, rest := idRun(s[i:])
		if n == 0 {
			i++
			continue
		}
		if out == nil {
			out = []byte(s)
		}
		for j := i + rest; j < i+n; j++ {
			if out[j] >= '0' && out[j] <= '9' {
				out[j] = '*'
			}
		}
		i += n
	}
	if out == nil {
		return s
	}
	return string(out)
}

// idRun measures a run of digits at the start of s that could hold an identity
// number: its length, and where what must be hidden begins. Zero when there is
// none; a run is only looked at from its first digit because the caller skips
// it whole.
func idRun(s string) (n, hideFrom int) {
	digits := 0
	for n < len(s) && (s[n] >= '0' && s[n] <= '9' || digits == 6 && n == 6 && strings.IndexByte(" -+.", s[n]) >= 0) {
		if s[n] >= '0' && s[n] <= '9' {
			digits++
		}
		n++
	}
	if digits < 11 {
		return 0, 0
	}
	return n, 6
}
