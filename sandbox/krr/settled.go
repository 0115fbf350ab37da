package krr

import "liksom/sandbox/guess"

// settled are guesses without a switch.
var settled = []guess.Guess{
	{
		Name: "error_bodies",
		Meaning: guess.Text{
			NB: "Innholdet i alle feilsvar, og statuskodene 404, 405, 406, 409, 413, 415, 421 og 503.",
			NN: "Innhaldet i alle feilsvar, og statuskodane 404, 405, 406, 409, 413, 415, 421 og 503.",
			EN: "The bodies of all refusals, and the status codes 404, 405, 406, 409, 413, 415, 421 and 503.",
		},
		Source: guess.Text{
			NB: "Formen er fra operatørens OpenAPI-dokument fra 2022, som viser den for 422. Det nevner 400, 401 og 403 uten innhold.",
			NN: "Forma er frå OpenAPI-dokumentet til operatøren frå 2022, som viser ho for 422. Det nemner 400, 401 og 403 utan innhald.",
			EN: "The form is that of the operator’s OpenAPI document of 2022, which shows it for 422. It names 400, 401 and 403 without a body.",
		},
	},
	{
		Name: "eighteen_months",
		Meaning: guess.Text{
			NB: "En dato på nøyaktig 18 måneder er for gammel. Månedene telles i norsk tid og stopper ved månedens siste dag. En kanal med bare én av datoene har den, og en uten er for gammel.",
			NN: "Ein dato på nøyaktig 18 månader er for gammal. Månadene blir talde i norsk tid og stoppar ved den siste dagen i månaden. Ein kanal med berre éin av datoane har den, og ein utan er for gammal.",
			EN: "A date of exactly 18 months is too old. Months are counted in Norwegian time and end at the month’s last day. A channel with one of the dates has that one, and one without any is too old.",
		},
		Source: guess.Text{
			NB: "eForvaltningsforskriften § 32 sier bare 18 måneder.",
			NN: "eForvaltningsforskrifta § 32 seier berre 18 månader.",
			EN: "eForvaltningsforskriften § 32 says only 18 months.",
		},
	},
	{
		Name: "one_fresh_channel",
		Meaning: guess.Text{
			NB: "Én fersk kanal gir KAN_VARSLES, og da blir begge kanalene utlevert med datoer, om ikke filter_stale er kanal.",
			NN: "Éin fersk kanal gir KAN_VARSLES, og då blir begge kanalane utleverte med datoar, om ikkje filter_stale er kanal.",
			EN: "One fresh channel gives KAN_VARSLES, and then both channels are told with their dates, unless filter_stale is kanal.",
		},
		Source: guess.Text{
			NB: "«Oppslagstjenesten REST» dømmer hver kanal for seg, og sier ikke hva som gjelder personen.",
			NN: "«Oppslagstjenesten REST» dømmer kvar kanal for seg, og seier ikkje kva som gjeld personen.",
			EN: "“Oppslagstjenesten REST” judges each channel by itself, and does not say what holds for the person.",
		},
	},
	{
		Name: "duplicates",
		Meaning: guess.Text{
			NB: "duplisert sammenligner e-post i små bokstaver og mobil med landkode, blant personer som er AKTIV.",
			NN: "duplisert samanliknar e-post i små bokstavar og mobil med landkode, blant personar som er AKTIV.",
			EN: "duplisert compares e-mail in lower case and mobile with country code, among persons who are AKTIV.",
		},
		Source: guess.Text{
			NB: "Kildene sier at verdien er registrert på minst én annen person, og ikke hvordan det avgjøres.",
			NN: "Kjeldene seier at verdien er registrert på minst éin annan person, og ikkje korleis det blir avgjort.",
			EN: "The sources say that the value is registered on another person, and not how that is decided.",
		},
	},
	{
		Name: "signed_answers",
		Meaning: guess.Text{
			NB: "application/jose er signert med RS256, og gis for oppslag, ikke for endringslisten og printsertifikatet.",
			NN: "application/jose er signert med RS256, og blir gitt for oppslag, ikkje for endringslista og printsertifikatet.",
			EN: "application/jose is signed with RS256, and given for look-ups, not for the change feed and the print certificate.",
		},
		Source: guess.Text{
			NB: "En offentlig klient leser nøkkelen fra x5c. Algoritmen er ikke vist.",
			NN: "Ein offentleg klient les nøkkelen frå x5c. Algoritmen er ikkje vist.",
			EN: "A public client takes the key from x5c. The algorithm is not shown.",
		},
	},
	{
		Name: "scopes",
		Meaning: guess.Text{
			NB: "Reservasjonen og tidspunktene for den følger med hvilket som helst lesescope. Med digitalpost.read alene er det ingen varslingsstatus.",
			NN: "Reservasjonen og tidspunkta for han følgjer med kva lesescope som helst. Med digitalpost.read åleine er det ingen varslingsstatus.",
			EN: "The reservation and its times come with either read scope. With digitalpost.read alone there is no varslingsstatus.",
		},
		Source: guess.Text{
			NB: "«Oppslagstjenesten REST» sier at reservasjonen alltid er med. Varslingsstatus ble bedt om for seg i SOAP-tjenesten.",
			NN: "«Oppslagstjenesten REST» seier at reservasjonen alltid er med. Varslingsstatus vart beden om for seg i SOAP-tenesta.",
			EN: "“Oppslagstjenesten REST” says that the reservation is always told. The SOAP service had varslingsstatus to be asked for by itself.",
		},
	},
	{
		Name: "held_back",
		Meaning: guess.Text{
			NB: "Den som har utdaterte data, blir likevel svart med språk. En reservert persons postkasse og sertifikat er ikke med, og heller ikke en postkasse som er inaktiv.",
			NN: "Den som har utdaterte data, blir likevel svart med språk. Postkassa og sertifikatet til ein reservert person er ikkje med, og heller ikkje ei postkasse som er inaktiv.",
			EN: "A person whose data is out of date is still told of with the language. A reserved person’s mailbox and certificate are not told, nor is a mailbox that is inactive.",
		},
		Source: guess.Text{
			NB: "Kildene regner opp kontaktinformasjon, postkasse og sertifikat som det som filtreres. En reservert skal ha brev på papir.",
			NN: "Kjeldene reknar opp kontaktinformasjon, postkasse og sertifikat som det som blir filtrert. Ein reservert skal ha brev på papir.",
			EN: "The sources name contact data, mailbox and certificate as what is filtered. A reserved person is to have letters on paper.",
		},
	},
	{
		Name: "no_contact_data",
		Meaning: guess.Text{
			NB: "Den som er AKTIV uten e-post og mobil, er KAN_IKKE_VARSLES, er ikke reservert, og blir svart med postkassen sin.",
			NN: "Den som er AKTIV utan e-post og mobil, er KAN_IKKE_VARSLES, er ikkje reservert, og blir svart med postkassa si.",
			EN: "Who is AKTIV without e-mail and mobile is KAN_IKKE_VARSLES, is not reserved, and is told of with the mailbox.",
		},
		Source: guess.Text{
			NB: "Produktsiden sier at en slik person ikke kan varsles og i praksis er å regne som reservert, men ikke hva feltene sier.",
			NN: "Produktsida seier at ein slik person ikkje kan varslast og i praksis er å rekne som reservert, men ikkje kva felta seier.",
			EN: "The product page says that such a person cannot be notified and in practice counts as reserved, but not what the fields say.",
		},
	},
	{
		Name: "not_registered",
		Meaning: guess.Text{
			NB: "IKKE_REGISTRERT har verken reservasjon eller annet. GET person svarer slik også, med 200, og likt i v1 og v2.",
			NN: "IKKE_REGISTRERT har verken reservasjon eller anna. GET person svarar slik òg, med 200, og likt i v1 og v2.",
			EN: "IKKE_REGISTRERT has neither reservasjon nor anything else. GET person answers so too, with 200, and alike in v1 and v2.",
		},
		Source: guess.Text{
			NB: "Testdata med forventede svar viser at SLETTET ikke har reservasjon. For den som ikke er registrert, er ingenting vist. v2 av person er sett i bruk, ikke beskrevet.",
			NN: "Testdata med forventa svar viser at SLETTET ikkje har reservasjon. For den som ikkje er registrert, er ingenting vist. v2 av person er sett i bruk, ikkje omtalt.",
			EN: "Test data with expected answers shows that SLETTET has no reservasjon. Of who is not registered nothing is shown. v2 of person has been seen in use, and is not described.",
		},
	},
	{
		Name: "change_feed",
		Meaning: guess.Text{
			NB: "Endringslisten har høyst 1000 endringer på en side og begynner på 200000001. Uten fraEndringsId begynner den forfra, og etter den siste endringen er siden tom. Hver person er som nå, og den som ikke finnes lenger, er SLETTET.",
			NN: "Endringslista har høgst 1000 endringar på ei side og byrjar på 200000001. Utan fraEndringsId byrjar ho forfrå, og etter den siste endringa er sida tom. Kvar person er som no, og den som ikkje finst lenger, er SLETTET.",
			EN: "The change feed has 1000 changes on a page at most and begins at 200000001. Without fraEndringsId it begins at the beginning, and after the last change the page is empty. Each person is as now, and one who is no more is SLETTET.",
		},
		Source: guess.Text{
			NB: "SOAP-tjenesten hadde 1000 på en side og bare AKTIV og SLETTET. «Lokal kopi» sier at numrene ligger over 200 000 000. Resten er ikke vist.",
			NN: "SOAP-tenesta hadde 1000 på ei side og berre AKTIV og SLETTET. «Lokal kopi» seier at nummera ligg over 200 000 000. Resten er ikkje vist.",
			EN: "The SOAP service had 1000 on a page, and only AKTIV and SLETTET. “Lokal kopi” says that the numbers are above 200 000 000. The rest is not shown.",
		},
	},
	{
		Name: "request_bodies",
		Meaning: guess.Text{
			NB: "En verdi av feil type gir 400 og blir ikke gjort om. Ukjente felt overses, den siste av to like nøkler gjelder, null er som et felt som mangler, store og små bokstaver er forskjellige, og et merke for byterekkefølge (BOM) først overses.",
			NN: "Ein verdi av feil type gir 400 og blir ikkje gjord om. Ukjende felt blir oversette, den siste av to like nøklar gjeld, null er som eit felt som manglar, store og små bokstavar er ulike, og eit merke for byterekkjefølgje (BOM) fremst blir oversett.",
			EN: "A value of the wrong type gives 400 and is not converted. Unknown fields are ignored, the last of two equal keys counts, null is like a missing field, keys differ by case, and a byte order mark at the front is overlooked.",
		},
		Source: guess.Text{
			NB: "Slik er det vanlig i Java-tjenester, bortsett fra at mange gjør om tall til tekst; da kan en innledende null bli borte. Ingen kilde viser det.",
			NN: "Slik er det vanleg i Java-tenester, bortsett frå at mange gjer om tal til tekst; då kan ein innleiande null bli borte. Inga kjelde viser det.",
			EN: "That is usual in Java services, but that many convert numbers to texts, where a leading zero can be lost. No source shows it.",
		},
	},
	{
		Name: "tokens",
		Meaning: guess.Text{
			NB: "Et token uten consumer blir avvist, og et med en aud som ikke er en adresse i sandkassen.",
			NN: "Eit token utan consumer blir avvist, og eit med ein aud som ikkje er ei adresse i sandkassa.",
			EN: "A token without consumer is refused, and so is one with an aud that is no address of the sandbox.",
		},
		Source: guess.Text{
			NB: "Digdir anbefaler at API-er avviser tokener som er laget for andre. Om KRR gjør det, er ikke sagt.",
			NN: "Digdir rår til at API-ar avviser token som er laga for andre. Om KRR gjer det, er ikkje sagt.",
			EN: "Digdir advises APIs to refuse tokens that were made for others. Whether KRR does is not said.",
		},
	},
	{
		Name: "language_for_others",
		Meaning: guess.Text{
			NB: "Å sette språk for andre: adressen " + LanguagePath + ", scopet " + scopeLanguage + ", innholdet og svarene.",
			NN: "Å setje språk for andre: adressa " + LanguagePath + ", scopet " + scopeLanguage + ", innhaldet og svara.",
			EN: "Setting a language for others: the path " + LanguagePath + ", the scope " + scopeLanguage + ", body and answers.",
		},
		Source: guess.Text{
			NB: "«KRR: Datakvalitet, forbedringer og nyheter» (2024) sier når det skal være lov. Resten er ikke kjent.",
			NN: "«KRR: Datakvalitet, forbedringer og nyheter» (2024) seier når det skal vere lov. Resten er ikkje kjent.",
			EN: "“KRR: Datakvalitet, forbedringer og nyheter” (2024) says when it will be allowed. The rest is not known.",
		},
	},
	{
		Name: "document_path",
		Meaning: guess.Text{
			NB: "OpenAPI-dokumentet ligger på " + DocumentPath + ".",
			NN: "OpenAPI-dokumentet ligg på " + DocumentPath + ".",
			EN: "The OpenAPI document is at " + DocumentPath + ".",
		},
		Source: guess.Text{
			NB: "Det er det vanlige stedet i tjenester av dette slaget. Den gamle adressen er stengt.",
			NN: "Det er den vanlege staden i tenester av dette slaget. Den gamle adressa er stengd.",
			EN: "That is the usual place in services of its kind. The old address is closed.",
		},
	},
	{
		Name: "citizen_language",
		Meaning: guess.Text{
			NB: "En innbygger som velger språk gjennom et API og ikke står i registeret, kommer inn med språket alene. Den som er SLETTET, forblir det (409).",
			NN: "Ein innbyggjar som vel språk gjennom eit API og ikkje står i registeret, kjem inn med språket åleine. Den som er SLETTET, blir verande det (409).",
			EN: "A citizen who chooses a language through an API and is not in the register comes in with the language alone. Who is SLETTET stays so (409).",
		},
		Source: guess.Text{
			NB: "«Oppslag ved innlogget bruker» (Digdir) beskriver kallet, ikke disse tilfellene.",
			NN: "«Oppslag ved innlogget bruker» (Digdir) skildrar kallet, ikkje desse tilfella.",
			EN: "“Oppslag ved innlogget bruker” (Digdir) describes the call, not these cases.",
		},
	},
	{
		Name: "people",
		Meaning: guess.Text{
			NB: "Et D-nummer som er erstattet av et fødselsnummer, er SLETTET. Den som er død, kan være AKTIV. Ingen er i registeret før fylte 13 år.",
			NN: "Eit D-nummer som er erstatta av eit fødselsnummer, er SLETTET. Den som er død, kan vere AKTIV. Ingen er i registeret før fylte 13 år.",
			EN: "A D-number that a national identity number has replaced is SLETTET. Who is dead can be AKTIV. Nobody is in the register before the thirteenth birthday.",
		},
		Source: guess.Text{
			NB: "Digdir skrev i 2019 at D-nummeret slettes når opplysningene er flyttet. Om døde og om alder sier kildene ingenting.",
			NN: "Digdir skreiv i 2019 at D-nummeret blir sletta når opplysningane er flytte. Om døde og om alder seier kjeldene ingenting.",
			EN: "Digdir wrote in 2019 that the D-number is deleted when the data has been moved. Of the dead and of age the sources say nothing.",
		},
	},
}
