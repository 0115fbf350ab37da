package querytest

import (
	"strings"
	"time"
)

func wordOf(krr bool, of func(Person) string, words ...string) field {
	return field{krr: krr, words: words, word: func(p Person, _ time.Time) string { return of(p) }}
}

func channelField(channel, date string) field {
	return field{krr: true, at: func(p Person) string { return p.contact(channel + date) }}
}

func kinField(relation string) field {
	return field{texts: func(p Person) []string { return p.kin(relation) }}
}

const epost, mobil = "epostadresse", "mobiltelefonnummer"

var fields = map[string]field{
	"identifikator":     {texts: func(p Person) []string { return some(p.Personidentifikator) }},
	"identifikatorType": wordOf(false, func(p Person) string { return p.IdentifikatorType }, "foedselsnummer", "dNummer"),
	"serie":             wordOf(false, Person.series, "tenor", "nav", "nhn", "npid"),
	"foedselsdato":      {day: func(p Person) string { return p.Foedselsdato }},
	"alder":             {count: age},
	"kjoenn":            wordOf(false, func(p Person) string { return p.Kjoenn }, "kvinne", "mann"),
	"personstatus":      wordOf(false, func(p Person) string { return p.Personstatus }, "bosatt", "utflyttet", "doed"),
	"fornavn":           {texts: func(p Person) []string { return some(p.Fornavn) }, several: true},
	"etternavn":         {texts: func(p Person) []string { return some(p.Etternavn) }, several: true},
	"visningnavn":       {texts: func(p Person) []string { return some(p.name()) }, several: true},
	"navnLengde":        {count: func(p Person, _ time.Time) (int, bool) { return len([]rune(p.name())), true }},
	"flereFornavn":      wordOf(false, func(p Person) string { return ja(strings.Contains(p.Fornavn, " ")) }, jaNei...),
	"harAvvikFdato":     wordOf(false, func(p Person) string { return ja(p.Foedselsdato != "" && p.Foedselsdato != p.told()) }, jaNei...),
	"kommunenr":         {texts: func(p Person) []string { return some(p.Kommunenr) }},
	"fylke":             wordOf(false, county, strings.Fields("03 11 15 18 31 32 33 34 39 40 42 46 50 55 56")...),
	"antallBarn":        {count: func(p Person, _ time.Time) (int, bool) { return len(p.kin("barn")), true }},
	"barnFnr":           kinField("barn"), "farFnr": kinField("far"), "morFnr": kinField("mor"), "vergeFnr": kinField("verge"),
	"katalog": {texts: func(p Person) []string { return some(p.Katalog) }},

	"status":                wordOf(true, func(p Person) string { return p.Status }, "AKTIV", "SLETTET", "IKKE_REGISTRERT"),
	"varslingsstatus":       {krr: true, words: []string{"KAN_VARSLES", "KAN_IKKE_VARSLES"}, word: canBeNotified},
	"reservasjon":           wordOf(true, func(p Person) string { return p.Reservasjon }, jaNei...),
	"reservasjonstidspunkt": {krr: true, at: func(p Person) string { return p.Reservasjonstidspunkt }},
	"reservasjonOppdatert":  {krr: true, at: func(p Person) string { return p.ReservasjonOppdatert }},
	"spraak":                wordOf(true, func(p Person) string { return p.Spraak }, "nb", "nn", "en", "se"),
	"spraakOppdatert":       {krr: true, at: func(p Person) string { return p.SpraakOppdatert }},

	"harEpost":            wordOf(true, func(p Person) string { return ja(p.contact(epost) != "") }, jaNei...),
	"epost":               {krr: true, texts: func(p Person) []string { return some(p.contact(epost)) }},
	"epostTilstand":       {krr: true, words: []string{"fersk", "utgaatt", "mangler"}, word: channelState(epost)},
	"epostDuplisert":      wordOf(true, func(p Person) string { return p.contact(epost + "_duplisert") }, jaNei...),
	"epostOppdatert":      channelField(epost, "_oppdatert"),
	"epostSistVerifisert": channelField(epost, "_sist_verifisert"),
	"epostSistValidert":   channelField(epost, "_sist_validert"),
	"harMobil":            wordOf(true, func(p Person) string { return ja(p.contact(mobil) != "") }, jaNei...),
	"mobil":               {krr: true, texts: mobiles},
	"mobilTilstand":       {krr: true, words: []string{"fersk", "utgaatt", "mangler"}, word: channelState(mobil)},
	"mobilDuplisert":      wordOf(true, func(p Person) string { return p.contact(mobil + "_duplisert") }, jaNei...),
	"mobilOppdatert":      channelField(mobil, "_oppdatert"),
	"mobilSistVerifisert": channelField(mobil, "_sist_verifisert"),
	"mobilSistValidert":   channelField(mobil, "_sist_validert"),

	"postkasse":         wordOf(true, provider, "digipost", "eboks", "ingen"),
	"postkassetilstand": wordOf(true, func(p Person) string { return p.Postkassetilstand }, "aktiv", "inaktiv"),
	"postkasseadresse":  {krr: true, texts: func(p Person) []string { return some(p.DigitalPost.Postkasseadresse) }},
	"sertifikat":        wordOf(true, func(p Person) string { return p.Sertifikattilstand }, "gyldig", "utloept", "mangler", "utloeper"),
	"registrert":        {krr: true, at: func(p Person) string { return p.Registrert }},
	"slettet":           {krr: true, at: func(p Person) string { return p.Slettet }},
	"endret":            {krr: true, at: func(p Person) string { return p.Endret }},
}

func county(p Person) string {
	if len(p.Kommunenr) < 2 || !strings.Contains("03 11 15 18 31 32 33 34 39 40 42 46 50 55 56", p.Kommunenr[:2]) {
		return ""
	}
	return p.Kommunenr[:2]
}

func provider(p Person) string {
	switch p.DigitalPost.Postkasseleverandoeradresse {
	case "":
		return "ingen"
	case "984661185":
		return "digipost"
	}
	return "eboks"
}

// mobiles gives a number with country code, and without if it is Norwegian.
func mobiles(p Person) []string {
	nr := withCode(p.contact(mobil))
	if rest, ok := strings.CutPrefix(nr, "+47"); ok {
		return []string{nr, rest}
	}
	return some(nr)
}

func withCode(s string) string {
	digits := strings.NewReplacer(" ", "", "-", "", "_", "", "+", "").Replace(s)
	switch {
	case digits == "" || strings.Trim(digits, "0123456789") != "":
		return ""
	case strings.HasPrefix(s, "+"):
		return "+" + digits
	case strings.HasPrefix(digits, "00"):
		return "+" + digits[2:]
	case len(digits) == 8:
		return "+47" + digits
	}
	return "+" + digits
}
