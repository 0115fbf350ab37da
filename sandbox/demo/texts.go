package demo

import (
	"net/http"

	"liksom/sandbox/words"
)

const cookieLanguage = "demo-sprak"

// languageOf is the language that the visitor chose, else bokmål.
func languageOf(r *http.Request) words.Language {
	if c, err := r.Cookie(cookieLanguage); err == nil {
		l, _ := words.Parse(c.Value)
		return l
	}
	return words.Bokmaal
}

// texts are in bokmål, nynorsk and English. The names of the register's fields and
// their values are not translated.
var texts = words.Table{
	"languages":   {"Språk", words.Same, "Language"},
	"skip":        {"Hopp til innholdet", "Hopp til innhaldet", "Skip to content"},
	"name.first":  {"Sindig Fylkeskommune", words.Same, words.Same},
	"name.second": {"Testklienten", words.Same, "The test client"},
	"banner":      {"En oppdiktet tjeneste, laget av Liksom for å vise hva en tjeneste gjør.", "Ei oppdikta teneste, laga av Liksom for å vise kva ei teneste gjer.", "An invented service, made by Liksom to show what a service does."},
	"banner.test": {"Står i stedet for ID-portens egen testklient.", "Står i staden for ID-porten sin eigen testklient.", "Stands in for ID-porten's own test client."},

	"title.out":  {"Mine henvendelser", "Mine førespurnader", "My enquiries"},
	"title.in":   {"Du er logget inn", "Du er logga inn", "You are logged in"},
	"lead.first": {"Logg inn for å se hva tjenesten får vite om deg fra Kontakt- og reservasjonsregisteret.", "Logg inn for å sjå kva tenesta får vite om deg frå Kontakt- og reservasjonsregisteret.", "Log in to see what the service is told of you by the Contact and Reservation Register."},
	"lead.test":  {"Er du alt logget inn i en annen tjeneste, slipper du å logge inn her.", "Er du alt logga inn i ei anna teneste, slepp du å logge inn her.", "If you are logged in to another service, you need not log in here."},

	"login":                          {"Logg inn med ID-porten", words.Same, "Log in with ID-porten"},
	"level":                          {"Sikkerhetsnivå", "Tryggleiksnivå", "Security level"},
	"level.idporten-loa-substantial": {"betydelig", "betydeleg", "substantial"},
	"level.idporten-loa-high":        {"høyt", "høgt", "high"},
	"prompt":                         {"Krev ny innlogging", "Krev ny innlogging", "Demand a new login"},
	"logout":                         {"Logg ut", words.Same, "Log out"},
	"other.first":                    {"Åpne testklienten", "Opne testklienten", "Open the test client"},
	"other.second":                   {"Åpne Sindig Fylkeskommune", "Opne Sindig Fylkeskommune", "Open Sindig Fylkeskommune"},

	"who":       {"Innlogget som", "Logga inn som", "Logged in as"},
	"means":     {"Innloggingsmåte", "Innloggingsmåte", "Means of login"},
	"since":     {"Logget inn", "Logga inn", "Logged in"},
	"since.sso": {"%s, i en annen tjeneste (SSO)", "%s, i ei anna teneste (SSO)", "%s, at another service (SSO)"},

	"told.krr":      {"Det tjenesten får fra registeret", "Det tenesta får frå registeret", "What the service gets from the register"},
	"told.userinfo": {"Det tjenesten får fra ID-porten", "Det tenesta får frå ID-porten", "What the service gets from ID-porten"},
	"told.json":     {"Svaret", "Svaret", "The answer"},
	"fact.email":    {"E-post", words.Same, "E-mail"},
	"fact.mobile":   {"Mobil", words.Same, "Mobile"},
	"fact.notice":   {"Varslingsstatus", words.Same, words.Same},
	"fact.reserved": {"Reservasjon", words.Same, words.Same},
	"fact.status":   {"Status", words.Same, words.Same},
	"fact.language": {"Språk", words.Same, "Language"},
	"again":         {"Hent på nytt", words.Same, "Ask again"},

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
	"sent.answer":    {"Svar %d", words.Same, "Answer %d"},

	"notice.left":      {"Du er logget ut.", "Du er logga ut.", "You are logged out."},
	"notice.elsewhere": {"Du er logget ut, fordi du logget ut av en annen tjeneste.", "Du er logga ut, fordi du logga ut av ei anna teneste.", "You are logged out, because you logged out of another service."},
	"notice.idle":      {"Du er logget ut, fordi det er mer enn 30 minutter siden du gjorde noe her.", "Du er logga ut, fordi det er meir enn 30 minutt sidan du gjorde noko her.", "You are logged out, because you did nothing here for more than 30 minutes."},
	"notice.cancelled": {"Du avbrøt innloggingen.", "Du avbraut innlogginga.", "You cancelled the login."},
	"notice.failed":    {"Det gikk ikke. Prøv å logge inn på nytt.", "Det gjekk ikkje. Prøv å logge inn på nytt.", "That did not work. Try to log in again."},
}
