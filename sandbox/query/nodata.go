package query

// noData are fields of Tenor that the sandbox has nothing to put in, each with
// the nearest that it has, or "". Source: "Tenor testdata" (Skatteetaten), the
// freg fields as its clients send them.
var noData = map[string]string{
	"doedsdato": "personstatus", "sivilstand": "tenorRelasjoner.freg", "identitetsgrunnlagstatus": "", "utenlandskpersonidentifikasjon": "identifikatorType",
	"adressebeskyttelse": "", "adressegradering": "", "legitimasjonsdokument": "", "falskidentitet": "",
	"norskstatsborgerskap": "", "flerestatsborgerskap": "", "nordenstatsborgerskap": "", "eueoesstatsborgerskap": "", "tredjelandstatsborgerskap": "",
	"utgaattstatsborgerskap": "", "harstatsborgerskaphistorikk": "", "statsborgerskap": "", "foedeland": "",
	"mellomnavn": "fornavn", "navnspesialtegn": "visningnavn",
	"bostedsadresse": "kommunenr", "bostedsadressetype": "kommunenr", "adressespesialtegn": "kommunenr", "oppholdannetsted": "kommunenr",
	"postadresse": "postkasseadresse", "postadresseutland": "postkasseadresse", "kontaktinfodoedsbo": "personstatus", "coadressenavntype": "kommunenr",
	"foreldreansvar": "tenorRelasjoner.freg", "deltbosted": "tenorRelasjoner.freg", "vergemaaltype": "vergeFnr", "vergetjenestevirksomhet": "vergeFnr",
	"bormedfar": "farFnr", "bormedmor": "morFnr", "bormedmedmor": "tenorRelasjoner.freg", "foreldreharsammeadresse": "tenorRelasjoner.freg",
	"sistehendelse": "endret", "hendelsermedsekvens.hendelse": "endret", "harinnflytting": "personstatus", "harutflytting": "personstatus",
	"harnavnhistorikk": "visningnavn", "harbostedsadressehistorikk": "kommunenr", "harsivilstandhistorikk": "tenorRelasjoner.freg", "haropphold": "personstatus", "harpostboks": "postkasse",
}
