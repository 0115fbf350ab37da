package demo

import (
	"fmt"
	"net/http"
)

type language int

const (
	bokmaal language = iota
	nynorsk
	english
)

var languages = []language{bokmaal, nynorsk, english}

func (l language) code() string { return [...]string{"nb", "nn", "en"}[l] }

func parseLanguage(code string) (language, bool) {
	for _, l := range languages {
		if l.code() == code {
			return l, true
		}
	}
	return 0, false
}

const cookieLanguage = "demo-sprak"

// languageOf is the language that the visitor chose, else bokmål.
func languageOf(r *http.Request) language {
	if c, err := r.Cookie(cookieLanguage); err == nil {
		l, _ := parseLanguage(c.Value)
		return l
	}
	return bokmaal
}

// words says things in one language.
type words struct{ lang language }

// Code is the language for the lang attribute.
func (w words) Code() string { return w.lang.code() }

// T gives a text with its places filled.
func (w words) T(key string, args ...any) string {
	t, ok := texts[key]
	if !ok {
		return "[" + key + "]"
	}
	s := t[w.lang]
	if s == same {
		s = t[bokmaal]
	}
	if len(args) == 0 {
		return s
	}
	return fmt.Sprintf(s, args...)
}

// same stands for a text that is rightly the same as in bokmål.
const same = "="

// texts are in bokmål, nynorsk and English. The names of the register's fields and
// their values are not translated.
var texts = map[string][3]string{
	"language":    {"Bokmål", "Nynorsk", "English"},
	"languages":   {"Språk", same, "Language"},
	"skip":        {"Hopp til innholdet", "Hopp til innhaldet", "Skip to content"},
	"name.first":  {"Sindig Fylkeskommune", same, same},
	"name.second": {"Testklienten", same, "The test client"},
	"banner":      {"En oppdiktet tjeneste, laget av Liksom for å vise hva en tjeneste gjør.", "Ei oppdikta teneste, laga av Liksom for å vise kva ei teneste gjer.", "An invented service, made by Liksom to show what a service does."},
	"banner.test": {"Står i stedet for ID-portens egen testklient.", "Står i staden for ID-porten sin eigen testklient.", "Stands in for ID-porten's own test client."},

	"title.out":  {"Mine henvendelser", "Mine førespurnader", "My enquiries"},
	"title.in":   {"Du er logget inn", "Du er logga inn", "You are logged in"},
	"lead.first": {"Logg inn for å se hva tjenesten får vite om deg fra Kontakt- og reservasjonsregisteret.", "Logg inn for å sjå kva tenesta får vite om deg frå Kontakt- og reservasjonsregisteret.", "Log in to see what the service is told of you by the Contact and Reservation Register."},
	"lead.test":  {"Er du alt logget inn i en annen tjeneste, slipper du å logge inn her.", "Er du alt logga inn i ei anna teneste, slepp du å logge inn her.", "If you are logged in to another service, you need not log in here."},

	"login":                          {"Logg inn med ID-porten", same, "Log in with ID-porten"},
	"level":                          {"Sikkerhetsnivå", "Tryggleiksnivå", "Security level"},
	"level.idporten-loa-substantial": {"betydelig", "betydeleg", "substantial"},
	"level.idporten-loa-high":        {"høyt", "høgt", "high"},
	"prompt":                         {"Krev ny innlogging", "Krev ny innlogging", "Demand a new login"},
	"logout":                         {"Logg ut", same, "Log out"},
	"other.first":                    {"Åpne testklienten", "Opne testklienten", "Open the test client"},
	"other.second":                   {"Åpne Sindig Fylkeskommune", "Opne Sindig Fylkeskommune", "Open Sindig Fylkeskommune"},

	"who":       {"Innlogget som", "Logga inn som", "Logged in as"},
	"means":     {"Innloggingsmåte", "Innloggingsmåte", "Means of login"},
	"since":     {"Logget inn", "Logga inn", "Logged in"},
	"since.sso": {"%s, i en annen tjeneste (SSO)", "%s, i ei anna teneste (SSO)", "%s, at another service (SSO)"},

	"told.krr":      {"Det tjenesten får fra registeret", "Det tenesta får frå registeret", "What the service gets from the register"},
	"told.userinfo": {"Det tjenesten får fra ID-porten", "Det tenesta får frå ID-porten", "What the service gets from ID-porten"},
	"told.json":     {"Svaret", "Svaret", "The answer"},
	"fact.email":    {"E-post", same, "E-mail"},
	"fact.mobile":   {"Mobil", same, "Mobile"},
	"fact.notice":   {"Varslingsstatus", same, same},
	"fact.reserved": {"Reservasjon", same, same},
	"fact.status":   {"Status", same, same},
	"fact.language": {"Språk", same, "Language"},
	"again":         {"Hent på nytt", same, "Ask again"},

	"spraak":        {"Språk i registeret", "Språk i registeret", "Language in the register"},
	"spraak.note":   {"Du endrer et nasjonalt register, som stat og kommune deler.", "Du endrar eit nasjonalt register, som stat og kommune deler.", "You change a national register that state and municipalities share."},
	"spraak.none":   {"ikke valgt", "ikkje valt", "not chosen"},
	"spraak.button": {"Lagre språket", "Lagre språket", "Save the language"},

	"sent":           {"Det tjenesten har sendt", "Det tenesta har sendt", "What the service has sent"},
	"sent.lead":      {"Forespørslene i den rekkefølgen de ble sendt, med svar og med tokenene tatt fra hverandre.", "Førespurnadene i den rekkjefølgja dei vart sende, med svar og med tokena tekne frå kvarandre.", "The requests in the order in which they were sent, with the answers and with the tokens taken apart."},
	"sent.discovery": {"Hva ID-porten kan, og hvor", "Kva ID-porten kan, og kvar", "What ID-porten can do, and where"},
	"sent.authorize": {"Nettleseren til ID-porten og tilbake", "Nettlesaren til ID-porten og tilbake", "The browser to ID-porten and back"},
	"sent.token":     {"Token fra ID-porten", "Token frå ID-porten", "Tokens from ID-porten"},
	"sent.keys":      {"ID-portens nøkler", "Nøklane til ID-porten", "ID-porten's keys"},
	"sent.userinfo":  {"Hvem det er, fra ID-porten", "Kven det er, frå ID-porten", "Who it is, from ID-porten"},
	"sent.person":    {"Oppslag i registeret", "Oppslag i registeret", "Look-up in the register"},
	"sent.language":  {"Språket til registeret", "Språket til registeret", "The language to the register"},
	"sent.request":   {"Forespørsel", "Førespurnad", "Request"},
	"sent.answer":    {"Svar %d", same, "Answer %d"},

	"notice.left":      {"Du er logget ut.", "Du er logga ut.", "You are logged out."},
	"notice.elsewhere": {"Du er logget ut, fordi du logget ut av en annen tjeneste.", "Du er logga ut, fordi du logga ut av ei anna teneste.", "You are logged out, because you logged out of another service."},
	"notice.idle":      {"Du er logget ut, fordi det er mer enn 30 minutter siden du gjorde noe her.", "Du er logga ut, fordi det er meir enn 30 minutt sidan du gjorde noko her.", "You are logged out, because you did nothing here for more than 30 minutes."},
	"notice.cancelled": {"Du avbrøt innloggingen.", "Du avbraut innlogginga.", "You cancelled the login."},
	"notice.failed":    {"Det gikk ikke. Prøv å logge inn på nytt.", "Det gjekk ikkje. Prøv å logge inn på nytt.", "That did not work. Try to log in again."},
}
