package sandbox

// MakePersonID2032 builds a number that follows only the rule for numbers issued
// from 2032-01-01, by the remainder of its first check digit, 1 to 3, so that it
// never equals an older one. It tells neither century nor sex. Not ok when the
// check digits make it impossible.
// Source: "Nytt fødselsnummer fra 2032" (Skatteetaten).
func MakePersonID2032(birth Date, individual, remainder int, dNumber bool, s Series) (PersonID, bool) {
	p := parts{day: int(birth.Day), month: int(birth.Month) + seriesOffset[s], year: int(birth.Year) % 100, individual: individual}
	if dNumber {
		p.day += 40
	}
	p.k1 = (remainder + 11 - p.sum9()%11) % 11
	k2, ok := p.second()
	p.k2 = k2
	return p.join(), ok && p.k1 < 10 && remainder >= 1 && remainder <= 3 && p.dated(remainder)
}
