package app

import (
	"slices"

	"liksom/fakeauth"
	"liksom/fakeauth/idporten"
	"liksom/sandbox/citizen"
	"liksom/sandbox/guess"
)

// tokenGuesses tells of what is not known about Maskinporten, ID-porten with the
// citizen's pages, and Tenor, with the switches as they stand.
func tokenGuesses(g fakeauth.Guesses, login idporten.Guesses, pages citizen.Guesses) []guess.Guess {
	list := told(g.List(), maskinportenSwitches)
	list = append(list, settled...)
	last := slices.IndexFunc(list, func(one guess.Guess) bool { return one.System == "tenor" })
	return slices.Insert(list, last, append(loginGuesses(login), pages.List()...)...)
}

// about is what a list of guesses tells of a switch.
type about struct{ meaning, source guess.Text }

// told gives switches their texts.
func told(list []guess.Guess, texts map[string]about) []guess.Guess {
	for i, s := range list {
		list[i].Meaning, list[i].Source = texts[s.Name].meaning, texts[s.Name].source
	}
	return list
}

var maskinportenSwitches = map[string]about{
	"aud_slash": {
		guess.Text{
			NB: "Om aud i et tilgangskrav må ha skråstreken som utstederens navn slutter med. lenient: skråstreken kan mangle.",
			NN: "Om aud i eit tilgangskrav må ha skråstreken som namnet til utskrivaren sluttar med. lenient: skråstreken kan mangle.",
			EN: "Whether aud in an assertion must have the slash that ends the issuer's name. lenient: the slash may be missing.",
		},
		guess.Text{
			NB: "Digdirs feilside sier at aud må være utstederens adresse; enkelte av Digdirs egne eksempler mangler skråstreken.",
			NN: "Feilsida til Digdir seier at aud må vere adressa til utskrivaren; nokre av Digdir sine eigne døme manglar skråstreken.",
			EN: "Digdir's page of errors says that aud must be the issuer's address; some of Digdir's own examples lack the slash.",
		},
	},
	"aud_list": {
		guess.Text{
			NB: "Om aud kan være en liste med én verdi. refuse: en liste gir MP-110.",
			NN: "Om aud kan vere ei liste med éin verdi. refuse: ei liste gir MP-110.",
			EN: "Whether aud may be a list of one value. refuse: a list gets MP-110.",
		},
		guess.Text{
			NB: "Dokumentasjonen sier «bare én verdi», som en liste med én også er; eldre biblioteker skriver en liste.",
			NN: "Dokumentasjonen seier «berre éin verdi», som ei liste med éin òg er; eldre bibliotek skriv ei liste.",
			EN: "The documentation says “only one value”, which a list of one is too; older libraries write a list.",
		},
	},
	"iat_old": {
		guess.Text{
			NB: "Om et tilgangskrav som ble signert for mer enn ti sekunder siden, blir avvist (MP-012). accept: det godtas til exp.",
			NN: "Om eit tilgangskrav som vart signert for meir enn ti sekund sidan, blir avvist (MP-012). accept: det blir godteke til exp.",
			EN: "Whether an assertion that was signed more than ten seconds ago is refused (MP-012). accept: it is good until exp.",
		},
		guess.Text{
			NB: "Dokumentasjonen nevner avvik på begge sider av klokken. Ingen kjent klient har feilet fordi den var treg.",
			NN: "Dokumentasjonen nemner avvik på begge sider av klokka. Ingen kjend klient har feila fordi han var treg.",
			EN: "The documentation speaks of both sides of the clock. No client is known to have failed for being slow.",
		},
	},
	"refused_assertion": {
		guess.Text{
			NB: "Om et tilgangskrav som avvises for scopene eller noe etter dem, er brukt opp. free: det kan sendes på nytt.",
			NN: "Om eit tilgangskrav som blir avvist for scopa eller noko etter dei, er brukt opp. free: det kan sendast på nytt.",
			EN: "Whether an assertion that is refused for its scopes or what comes after is used up. free: it may be sent again.",
		},
		guess.Text{
			NB: "Et tilgangskrav kan brukes én gang; ingen kilde sier om et avslag teller.",
			NN: "Eit tilgangskrav kan brukast éin gong; inga kjelde seier om eit avslag tel.",
			EN: "An assertion can be used once; no source says whether a refusal counts.",
		},
	},
	"kid_and_x5c": {
		guess.Text{
			NB: "Hva som brukes når et tilgangskrav har både kid og x5c og klienten har nøkler: den registrerte nøkkelen. x5c: sertifikatet.",
			NN: "Kva som blir brukt når eit tilgangskrav har både kid og x5c og klienten har nøklar: den registrerte nøkkelen. x5c: sertifikatet.",
			EN: "What is used when an assertion has both kid and x5c and the client has keys: the registered key. x5c: the certificate.",
		},
		guess.Text{
			NB: "Dokumentasjonen sier at den ene skal være med. Kjente klienter sender begge.",
			NN: "Dokumentasjonen seier at den eine skal vere med. Kjende klientar sender begge.",
			EN: "The documentation says that one of the two is to be there. Known clients send both.",
		},
	},
	"certificates": {
		guess.Text{
			NB: "Om virksomhetssertifikater fra andre utstedere enn sandkassens egen godtas. own: de gir MP-120.",
			NN: "Om verksemdssertifikat frå andre utskrivarar enn sandkassa sin eigen blir godtekne. own: dei gir MP-120.",
			EN: "Whether enterprise certificates of other issuers than the sandbox's own are accepted. own: they get MP-120.",
		},
		guess.Text{
			NB: "Et valg, ikke en observasjon: den ekte kjenner utstederne av virksomhetssertifikater, og testsertifikater fra dem bør virke her.",
			NN: "Eit val, ikkje ein observasjon: den ekte kjenner utskrivarane av verksemdssertifikat, og testsertifikat frå dei bør verke her.",
			EN: "A choice, not an observation: the real one knows the issuers of enterprise certificates, whose test certificates should work here.",
		},
	},
	"alg_code": {
		guess.Text{
			NB: "Feilkoden for en signeringsalgoritme som ikke godtas.",
			NN: "Feilkoden for ein signeringsalgoritme som ikkje er godteken.",
			EN: "The code for a signing algorithm that is not accepted.",
		},
		guess.Text{
			NB: "Digdirs feilside har begge kodene, og sier ikke hvilken en algoritme som none gir.",
			NN: "Feilsida til Digdir har begge kodane, og seier ikkje kva ein algoritme som none gir.",
			EN: "Digdir's page of errors has both codes, and does not say which an algorithm like none gets.",
		},
	},
	"resource_error": {
		guess.Text{
			NB: "error når resource ikke er en URI.",
			NN: "error når resource ikkje er ein URI.",
			EN: "The error of a resource that is no URI.",
		},
		guess.Text{NB: "RFC 8707, «Authorization Request».", NN: "RFC 8707, «Authorization Request».", EN: "RFC 8707, “Authorization Request”."},
	},
	"token_aud": {
		guess.Text{
			NB: "aud i et token når ingen resource ble bedt om: den mangler. unspecified: den er «unspecified».",
			NN: "aud i eit token når ingen resource vart beden om: han manglar. unspecified: han er «unspecified».",
			EN: "aud of a token when no resource was asked for: it is left out. unspecified: it is “unspecified”.",
		},
		guess.Text{
			NB: "Eldre sider sier «unspecified»; tokener fra 2025 og 2026 har ingen aud.",
			NN: "Eldre sider seier «unspecified»; token frå 2025 og 2026 har ingen aud.",
			EN: "Older pages say “unspecified”; tokens of 2025 and 2026 have no aud.",
		},
	},
	"token_aud_list": {
		guess.Text{
			NB: "aud i et token når resource er en liste med én verdi: en liste, slik den ble sendt. flat: en tekst.",
			NN: "aud i eit token når resource er ei liste med éin verdi: ei liste, slik ho vart send. flat: ein tekst.",
			EN: "aud of a token when resource is a list of one: a list, as it was sent. flat: a string.",
		},
		guess.Text{
			NB: "RFC 7519, «aud», tillater begge; ingen kilde viser et token for en liste med én.",
			NN: "RFC 7519, «aud», tillèt begge; inga kjelde viser eit token for ei liste med éin.",
			EN: "RFC 7519, “aud”, allows both; no source shows a token for a list of one.",
		},
	},
	"authorization_details_error": {
		guess.Text{
			NB: "error som følger MP-301 og MP-302.",
			NN: "error som følgjer MP-301 og MP-302.",
			EN: "The error that goes with MP-301 and MP-302.",
		},
		guess.Text{NB: "RFC 9396, «Authorization Error Response».", NN: "RFC 9396, «Authorization Error Response».", EN: "RFC 9396, “Authorization Error Response”."},
	},
	"owner_access": {
		guess.Text{
			NB: "Om den som eier et scope kan bruke det uten å gi seg selv tilgang. granted: tilgangen må gis.",
			NN: "Om den som eig eit scope kan bruke det utan å gi seg sjølv tilgang. granted: tilgangen må givast.",
			EN: "Whether the owner of a scope can use it without giving itself access. granted: the access must be given.",
		},
		guess.Text{
			NB: "Ingen kilde sier det; eiere tester egne scope uten å beskrive en slik tilgang.",
			NN: "Inga kjelde seier det; eigarar testar eigne scope utan å skildre ein slik tilgang.",
			EN: "No source says so; owners test their own scopes without describing such a grant.",
		},
	},
}

// settled are guesses without a switch.
var settled = []guess.Guess{
	{
		System: "maskinporten", Name: "check_order",
		Meaning: guess.Text{
			NB: "Rekkefølgen av sjekkene når flere ting er galt: form, algoritme, klient, nøkkel, signatur, aud, tid, gjenbruk, consumer_org, scope, tilgang, delegering, pid, resource.",
			NN: "Rekkjefølgja av sjekkane når fleire ting er gale: form, algoritme, klient, nøkkel, signatur, aud, tid, gjenbruk, consumer_org, scope, tilgang, delegering, pid, resource.",
			EN: "The order of the checks when several things are wrong: form, algorithm, client, key, signature, aud, time, reuse, consumer_org, scope, access, delegation, pid, resource.",
		},
		Source: guess.Text{
			NB: "Ingen kilde gir rekkefølgen; den følger det som må være kjent før neste sjekk kan gjøres.",
			NN: "Inga kjelde gir rekkjefølgja; ho følgjer det som må vere kjent før neste sjekk kan gjerast.",
			EN: "No source gives the order; it follows what must be known before the next check can be made.",
		},
	},
	{
		System: "maskinporten", Name: "selvbetjening_errors",
		Meaning: guess.Text{
			NB: "Kodene i selvbetjenings-API-ets feilsvar, 201 for nøkler som sendes inn, og at ukjente felt overses.",
			NN: "Kodane i feilsvara til sjølvbeteningsAPI-et, 201 for nøklar som blir sende inn, og at ukjende felt blir oversedde.",
			EN: "The codes in the error bodies of the self-service API, 201 for keys that are posted, and that unknown members are ignored.",
		},
		Source: guess.Text{
			NB: "Formen på feilsvarene er sett i loggene til klienter; kodene er utledet.",
			NN: "Forma på feilsvara er sett i loggane til klientar; kodane er utleidde.",
			EN: "The form of the errors is seen in clients' logs; the codes are inferred.",
		},
	},
	{
		System: "idporten", Name: "selvbetjening_secrets",
		Meaning: guess.Text{
			NB: "En klients hemmelighet vises bare når klienten opprettes og når en ny hemmelighet lages; da er svaret hele klienten. Den er 26 tegn, går ikke ut, og lages ikke av en endring til client_secret_*.",
			NN: "Hemmelegheita til ein klient blir berre vist når klienten blir oppretta og når ei ny hemmelegheit blir laga; då er svaret heile klienten. Ho er 26 teikn, går ikkje ut, og blir ikkje laga av ei endring til client_secret_*.",
			EN: "A client's secret is shown only when the client is registered and when a new secret is made; the answer is then the whole client. It has 26 characters, does not run out, and is not made by a change to client_secret_*.",
		},
		Source: guess.Text{
			NB: "Digdirs «REST-API for administrasjon av OIDC-integrasjoner» viser ikke svarene. Levetiden er 360 dager på én side og noe som skal komme på en annen.",
			NN: "Digdir sin «REST-API for administrasjon av OIDC-integrasjoner» viser ikkje svara. Levetida er 360 dagar på éi side og noko som skal kome på ei anna.",
			EN: "Digdir's “REST-API for administrasjon av OIDC-integrasjoner” does not show the answers. The lifetime is 360 days on one page and something to come on another.",
		},
	},
	{
		System: "tenor", Name: "kql",
		Meaning: guess.Text{
			NB: "Grensetilfeller i spørrespråket: en dato uten klokkeslett er hele dagen, i norsk tid; flere ord etter en verdi søkes for seg; «tilstand» følger svaret fra KRR.",
			NN: "Grensetilfelle i spørjespråket: ein dato utan klokkeslett er heile dagen, i norsk tid; fleire ord etter ein verdi blir søkte for seg; «tilstand» følgjer svaret frå KRR.",
			EN: "Corners of the query language: a date without a time is the whole day, in Norwegian time; more words after a value are searched for by themselves; “tilstand” follows what KRR answers.",
		},
		Source: guess.Text{
			NB: "Skatteetaten viser til Kibanas KQL, som ikke har norsk tid; resten er sett i Tenors egne eksempler.",
			NN: "Skatteetaten viser til Kibana sin KQL, som ikkje har norsk tid; resten er sett i Tenor sine eigne døme.",
			EN: "Skatteetaten refers to Kibana's KQL, which has no Norwegian time; the rest is seen in Tenor's own examples.",
		},
	},
	{
		System: "tenor", Name: "tenor_answers",
		Meaning: guess.Text{
			NB: "Uten antall kommer 10 dokumenter. Nøkkelinformasjonen og kildedata har det Liksom vet om personen, og kilden krr kan spørres alene. Feltnavnene i krr og innholdet i feilsvarene er våre.",
			NN: "Utan antall kjem 10 dokument. Nøkkelinformasjonen og kildedata har det Liksom veit om personen, og kjelda krr kan spørjast åleine. Feltnamna i krr og innhaldet i feilsvara er våre.",
			EN: "Without antall there come 10 documents. Key information and kildedata have what Liksom knows of the person, and the source krr can be asked alone. The names of the fields in krr and the bodies of refusals are ours.",
		},
		Source: guess.Text{
			NB: "Formen er sett i offentlige klienter: uten vis kommer bare nummeret, og feltene i vis ligger flatt. Beskrivelsen av API-et er ikke åpen for alle.",
			NN: "Forma er sett i offentlege klientar: utan vis kjem berre nummeret, og felta i vis ligg flatt. Skildringa av API-et er ikkje open for alle.",
			EN: "The form has been seen in public clients: without vis the number comes alone, and the fields in vis lie flat. The description of the API is not open to all.",
		},
	},
}
