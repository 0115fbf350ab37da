package idporten

import (
	"strings"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/words"
)

// languageOf is the language of a page: the one that the user picked by hand,
// else the first of ui_locales that there is, else bokmål. Northern Sami is
// answered in bokmål. Source: Digdir, "Språk".
func languageOf(c echo.Context, locales string) words.Language {
	if cookie, err := c.Cookie(cookieLanguage); err == nil {
		if l, ok := words.Parse(cookie.Value); ok {
			return l
		}
	}
	for _, code := range strings.Fields(locales) {
		if l, ok := words.Parse(code); ok {
			return l
		}
	}
	return words.Bokmaal
}

// northernSami is a language that one may ask for. The pages are not in it, but the
// client is told that it was chosen.
const northernSami = "se"

// localeOf is the language of a login as clients are told it. Source: Digdir,
// "ID-token", locale.
func localeOf(c echo.Context, locales string) string {
	for _, code := range strings.Fields(locales) {
		if _, ok := words.Parse(code); ok {
			break
		}
		if _, err := c.Cookie(cookieLanguage); code == northernSami && err != nil {
			return northernSami
		}
	}
	return languageOf(c, locales).Code()
}

// texts are in bokmål, nynorsk and English. Labels that public scripts look for
// are those of the real page.
var texts = words.Table{
	"languages": {"Språk", words.Same, "Language"},
	"skip":      {"Hopp til innholdet", "Hopp til innhaldet", "Skip to content"},
	"brand":     {"liksom-ID-porten", words.Same, words.Same},
	"notice":    {"Dette er ikke ID-porten. Velg en oppdiktet person, så er du logget inn.", "Dette er ikkje ID-porten. Vel ein oppdikta person, så er du logga inn.", "This is not ID-porten. Choose an invented person, and you are logged in."},
	"foot":      {"Liksom er en sandkasse. Alle personer er oppdiktet, og ingenting sendes ut herfra.", "Liksom er ei sandkasse. Alle personar er oppdikta, og ingenting blir sendt ut herifrå.", "Liksom is a sandbox. All people are invented, and nothing is sent from here."},
	"logo":      {"Liksom, til startsiden", "Liksom, til startsida", "Liksom, home"},
	"years":     {"%d år", words.Same, "%d years"},

	"selector.title":     {"Velg innloggingsmetode", "Vel innloggingsmetode", "Choose how to log in"},
	"asks":               {"ber om innlogging på nivå %s.", "ber om innlogging på nivå %s.", "asks for login at level %s."},
	"asks.plain":         {"ber om innlogging.", words.Same, "asks for login."},
	"testid.high":        {"TestID på nivå høyt", "TestID på nivå høgt", "TestID at level high"},
	"testid.substantial": {"TestID på nivå betydelig", "TestID på nivå betydeleg", "TestID at level substantial"},
	"testid.note":        {"Lag din egen testbruker", "Lag din eigen testbrukar", "Make your own test user"},

	"login.title":                    {"Logg inn med TestID", words.Same, "Log in with TestID"},
	"login.title.fault":              {"Feil: logg inn med TestID", words.Same, "Error: log in with TestID"},
	"find":                           {"Finn en person", "Finn ein person", "Find a person"},
	"find.placeholder":               {"Navn, fødselsnummer eller testperson, f.eks. fersk-alt", "Namn, fødselsnummer eller testperson, t.d. fersk-alt", "Name, identity number or test person, such as fersk-alt"},
	"find.button":                    {"Søk", words.Same, "Search"},
	"find.none":                      {"Ingen passer. Prøv færre ord, eller skriv et syntetisk nummer.", "Ingen passar. Prøv færre ord, eller skriv eit syntetisk nummer.", "Nobody fits. Try fewer words, or type a synthetic number."},
	"pid":                            {"Personidentifikator (syntetisk)", words.Same, "Personal identifier (synthetic)"},
	"level":                          {"Sikkerhetsnivå", "Tryggleiksnivå", "Security level"},
	"level.idporten-loa-low":         {"lavt", "lågt", "low"},
	"level.idporten-loa-substantial": {"betydelig", "betydeleg", "substantial"},
	"level.idporten-loa-high":        {"høyt", "høgt", "high"},
	"login.button":                   {"Autentiser", words.Same, "Authenticate"},
	"login.random":                   {"Hent tilfeldig daglig leder", "Hent tilfeldig dagleg leiar", "Pick a general manager at random"},
	"login.cancel":                   {"Avbryt", words.Same, "Cancel"},
	"login.headless":                 {"Uten nettleser: send", "Utan nettlesar: send", "Without a browser: send"},
	"fault.shape":                    {"Personidentifikatoren må ha 11 sifre.", "Personidentifikatoren må ha 11 siffer.", "The identifier must have 11 digits."},
	"fault.checksum":                 {"Kontrollsifrene stemmer ikke.", "Kontrollsiffera stemmer ikkje.", "The check digits are wrong."},
	"fault.date":                     {"Nummeret har en dato som ikke finnes.", "Nummeret har ein dato som ikkje finst.", "The number holds a date that does not exist."},
	"fault.real":                     {"Nummeret kan være ekte. Bruk et syntetisk, der 80 er lagt til måneden.", "Nummeret kan vere ekte. Bruk eit syntetisk, der 80 er lagt til månaden.", "The number could be real. Use a synthetic one, with 80 added to the month."},

	"note.epost.utgaatt":  {"e-post utgått", words.Same, "email expired"},
	"note.mobil.utgaatt":  {"mobil utgått", words.Same, "mobile expired"},
	"note.mangler":        {"uten kontaktinformasjon", "utan kontaktinformasjon", "no contact information"},
	"note.reservert":      {"reservert", words.Same, "reserved"},
	"note.slettet":        {"slettet", "sletta", "deleted"},
	"note.ikkeRegistrert": {"ikke i registeret", "ikkje i registeret", "not in the register"},
	"note.dNummer":        {"D-nummer", words.Same, "D number"},

	"logout.title": {"Du er logget ut", "Du er logga ut", "You are logged out"},
	"logout.text":  {"Tjenestene som du var logget inn i, får beskjed.", "Tenestene som du var logga inn i, får beskjed.", "The services that you were logged in to are told."},
	"logout.on":    {"Gå videre", "Gå vidare", "Go on"},
	"post.title":   {"Tilbake til tjenesten", "Tilbake til tenesta", "Back to the service"},
	"post.button":  {"Gå videre", "Gå vidare", "Continue"},
	"error.title":  {"Innloggingen kan ikke gå videre", "Innlogginga kan ikkje gå vidare", "The login cannot go on"},
	"error.text":   {"Noe gikk galt hos oss.", "Noko gjekk gale hos oss.", "Something went wrong here."},
	"error.lead":   {"Forespørselen fra tjenesten er ikke i orden:", "Førespurnaden frå tenesta er ikkje i orden:", "The request of the service is not in order:"},
}
