package sandbox

import (
	"errors"
	"fmt"
)

// Finding says what a text that was meant as a personidentifikator is.
type Finding struct {
	Masked string // the text with its last five digits hidden
	ID     PersonID
	Fault  error // nil for a valid number, else [ErrIDShape], [ErrIDChecksum] or [ErrIDDate]

	// The rest is known of eleven digits, valid or not.
	DNumber  bool
	Series   Series
	Known    bool // whether the month belongs to a series
	Birth    Date // as far as the digits tell
	Sex      Sex
	Rule2032 bool   // valid only by the rule for numbers issued from 2032
	Expected string // the check digits that the first nine digits would have; "" when those are impossible
	Why      string // one sentence: what it is, or which rule it breaks
}

// Find examines a text. It never fails: what is no number is told as that.
func Find(text string) Finding {
	f := Finding{Masked: MaskIDs(text)}
	f.ID, f.Fault = ParsePersonID(text)
	if errors.Is(f.Fault, ErrIDShape) {
		f.Masked = Short(text)
		f.Why = fmt.Sprintf("A personidentifikator has 11 digits and nothing else; this has %d characters.", len([]rune(text)))
		return f
	}
	p := digitsOf(text)
	f.DNumber = p.day > 40
	f.Series, _, f.Known = seriesOf(p.month)
	f.Expected = p.expected()
	if f.Fault == nil {
		f.Birth, f.Sex, f.Rule2032 = f.ID.BirthDate(), f.ID.Sex(), f.ID.Issued2032()
	}
	f.Why = f.why(p)
	return f
}

// digitsOf reads eleven digits without judging them.
func digitsOf(text string) parts {
	var n uint64
	for i := range len(text) {
		n = n*10 + uint64(text[i]-'0')
	}
	return PersonID{n}.parts()
}

// expected are the check digits by the rule of 1964.
func (p parts) expected() string {
	k1, ok := p.first()
	if !ok {
		return ""
	}
	p.k1 = k1
	k2, ok := p.second()
	if !ok {
		return ""
	}
	return fmt.Sprintf("%d%d", k1, k2)
}

func (f Finding) why(p parts) string {
	switch {
	case errors.Is(f.Fault, ErrIDChecksum) && f.Expected == "":
		return fmt.Sprintf("The check digits are wrong, and no right ones exist: individnummer %03d is impossible on this date.", p.individual)
	case errors.Is(f.Fault, ErrIDChecksum):
		return fmt.Sprintf("The check digits are %d%d and should be %s, or a digit before them is wrong.", p.k1, p.k2, f.Expected)
	case errors.Is(f.Fault, ErrIDDate) && !f.Known:
		return fmt.Sprintf("The check digits are right, but month %02d belongs to no series.", p.month)
	case errors.Is(f.Fault, ErrIDDate):
		return f.noDate(p)
	case f.Rule2032:
		return "A valid number by the rule for numbers issued from 2032; it tells neither century nor sex."
	}
	return "A valid number."
}

func (f Finding) noDate(p parts) string {
	if _, ok := p.century(); !ok {
		return fmt.Sprintf("The check digits are right, but individnummer %03d with year %02d belongs to no century.", p.individual, p.year)
	}
	century, _ := p.century()
	d := p.date(century + p.year)
	return fmt.Sprintf("The check digits are right, but there is no day %02d.%02d.%04d.", d.Day, d.Month, d.Year)
}

// String names a series in a few words.
func (s Series) String() string {
	return [...]string{
		SeriesReal:   "ekte",
		SeriesNPID:   "+20: NAV NPID, ekte personer",
		SeriesNAV:    "+40: NAV syntetisk, eller sykehusenes H-nummer",
		SeriesNPIDSy: "+60: NAV NPID syntetisk",
		SeriesNHN:    "+65: Norsk helsenett",
		SeriesTenor:  "+80: Tenor og Test-Norge",
	}[s]
}
