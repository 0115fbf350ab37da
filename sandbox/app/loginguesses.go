package app

import (
	"liksom/fakeauth/idporten"
	"liksom/sandbox/guess"
)

// loginGuesses are those about ID-porten, with the switches as they stand.
func loginGuesses(g idporten.Guesses) []guess.Guess {
	list := told(g.List(), loginSwitches)
	return append(list, settledLogin...)
}

var loginSwitches = map[string]about{
	"login_state": {
		guess.Text{
			NB: "Om state og nonce kreves av alle klienter. recommended: bare state, og bare av klienter uten autentisering.",
			NN: "Om state og nonce er kravde av alle klientar. recommended: berre state, og berre av klientar utan autentisering.",
			EN: "Whether state and nonce are demanded of every client. recommended: state alone, of clients without authentication.",
		},
		guess.Text{
			NB: "Digdirs side om /authorize anbefaler dem; «Endringer i Nye ID-porten» sier at alle må sende dem.",
			NN: "Sida til Digdir om /authorize rår til dei; «Endringer i Nye ID-porten» seier at alle må sende dei.",
			EN: "Digdir's page on /authorize recommends them; “Endringer i Nye ID-porten” says that all must send them.",
		},
	},
	"login_aud": {
		guess.Text{
			NB: "Hva aud i en client_assertion kan være: utstederen alene. endpoint: token-endepunktets adresse også.",
			NN: "Kva aud i ein client_assertion kan vere: utskrivaren åleine. endpoint: adressa til token-endepunktet òg.",
			EN: "What aud of a client_assertion may be: the issuer alone. endpoint: the address of the token endpoint too.",
		},
		guess.Text{
			NB: "Digdirs side om /token (2026) sier at endepunktets adresse ikke lenger gjelder; utgaven fra 2024 tillot den.",
			NN: "Sida til Digdir om /token (2026) seier at adressa til endepunktet ikkje gjeld lenger; utgåva frå 2024 tillét henne.",
			EN: "Digdir's page on /token (2026) says that the endpoint's address is no longer valid; that of 2024 allowed it.",
		},
	},
	"login_refresh": {
		guess.Text{
			NB: "Om klienter uten autentisering kan fornye token: ja, med nytt refresh_token hver gang. confidential: nei.",
			NN: "Om klientar utan autentisering kan fornye token: ja, med nytt refresh_token kvar gong. confidential: nei.",
			EN: "Whether clients without authentication can refresh: yes, with a new refresh_token each time. confidential: no.",
		},
		guess.Text{
			NB: "Siden om DPoP og endringsloggen fra 2021 sier at de kan; siden om /token at de ikke kan.",
			NN: "Sida om DPoP og endringsloggen frå 2021 seier at dei kan; sida om /token at dei ikkje kan.",
			EN: "The page on DPoP and the release notes of 2021 say that they can; the page on /token that they cannot.",
		},
	},
}

// settledLogin are those without a switch.
var settledLogin = []guess.Guess{
	{
		System: "idporten", Name: "code_lifetime",
		Meaning: guess.Text{
			NB: "En kode lever ett minutt. Kommer den igjen, trekkes tokenene den ga, tilbake. Påloggingssiden kan stå åpen i en halv time.",
			NN: "Ein kode lever eitt minutt. Kjem han igjen, blir tokena han gav, trekte tilbake. Påloggingssida kan stå open i ein halv time.",
			EN: "A code lives for a minute. If it comes again, the tokens that it gave are revoked. The login page can stand open for half an hour.",
		},
		Source: guess.Text{
			NB: "Dokumentasjonen gir levetiden for token, men ikke for koden; RFC 6749, 4.1.2, tilrår resten.",
			NN: "Dokumentasjonen gir levetida for token, men ikkje for koden; RFC 6749, 4.1.2, rår til resten.",
			EN: "The documentation gives the lifetimes of tokens, not of the code; RFC 6749, 4.1.2, recommends the rest.",
		},
	},
	{
		System: "idporten", Name: "unknown_acr",
		Meaning: guess.Text{
			NB: "Et nivå som ikke finnes i acr_values, gir invalid_request. Uten acr_values er nivået idporten-loa-substantial, og et høyere nivå enn det som ble bedt om, godtas.",
			NN: "Eit nivå som ikkje finst i acr_values, gir invalid_request. Utan acr_values er nivået idporten-loa-substantial, og eit høgare nivå enn det som vart bede om, blir godteke.",
			EN: "A level in acr_values that does not exist gets invalid_request. Without acr_values the level is idporten-loa-substantial, and a higher level than was asked for will do.",
		},
		Source: guess.Text{
			NB: "Ingen kilde sier hva den ekte svarer på et ukjent nivå.",
			NN: "Inga kjelde seier kva den ekte svarer på eit ukjent nivå.",
			EN: "No source says what the real one answers to an unknown level.",
		},
	},
	{
		System: "idporten", Name: "authorization_request",
		Meaning: guess.Text{
			NB: "max_age, claims og display overses. En ukjent klient, en annen redirect_uri, en parameter som er gjentatt, og en request_uri som er brukt eller utløpt, gir en feilside; andre feil går tilbake til klienten. Et scope som organisasjonen ikke har fått tilgang til, gir invalid_scope.",
			NN: "max_age, claims og display blir oversedde. Ein ukjend klient, ei anna redirect_uri, ein parameter som er gjenteken, og ein request_uri som er brukt eller har gått ut, gir ei feilside; andre feil går tilbake til klienten. Eit scope som organisasjonen ikkje har fått tilgang til, gir invalid_scope.",
			EN: "max_age, claims and display are ignored. An unknown client, another redirect_uri, a parameter that is repeated and a request_uri that is used or ran out get an error page; other errors go back to the client. A scope that the organisation has not been let into gets invalid_scope.",
		},
		Source: guess.Text{
			NB: "Feilene følger RFC 6749, 4.1.2.1; Digdir sier bare at flere går tilbake enn før.",
			NN: "Feila følgjer RFC 6749, 4.1.2.1; Digdir seier berre at fleire går tilbake enn før.",
			EN: "The errors follow RFC 6749, 4.1.2.1; Digdir says only that more go back than before.",
		},
	},
	{
		System: "idporten", Name: "headless_login",
		Meaning: guess.Text{
			NB: "Et login_hint med testid: som er galt, gir invalid_request. En slik innlogging spør aldri om kontaktopplysninger og har ingen sid.",
			NN: "Eit login_hint med testid: som er gale, gir invalid_request. Ei slik innlogging spør aldri om kontaktopplysningar og har ingen sid.",
			EN: "A login_hint with testid: that is wrong gets invalid_request. Such a login never asks about contact details and has no sid.",
		},
		Source: guess.Text{
			NB: "«Automatisert testing med ID-porten» (Digdir, 2026) viser bare det som lykkes.",
			NN: "«Automatisert testing med ID-porten» (Digdir, 2026) viser berre det som lukkast.",
			EN: "“Automatisert testing med ID-porten” (Digdir, 2026) shows only what succeeds.",
		},
	},
	{
		System: "idporten", Name: "client_assertion",
		Meaning: guess.Text{
			NB: "Klokkene kan gå ti sekunder feil. Uten registrert nøkkel godtas et virksomhetssertifikat som i Maskinporten.",
			NN: "Klokkene kan gå ti sekund feil. Utan registrert nøkkel blir eit verksemdssertifikat godteke som i Maskinporten.",
			EN: "Clocks may differ by ten seconds. Without a registered key an enterprise certificate is accepted as in Maskinporten.",
		},
		Source: guess.Text{
			NB: "Ingen kilde sier noe om klokkene; avviket er Maskinportens, som reglene for sertifikater.",
			NN: "Inga kjelde seier noko om klokkene; avviket er det til Maskinporten, som reglane for sertifikat.",
			EN: "No source says anything about clocks; the difference is Maskinporten's, as are the rules for certificates.",
		},
	},
	{
		System: "idporten", Name: "refresh",
		Meaning: guess.Text{
			NB: "Hvert refresh_token gjelder én gang, også uten refresh_token_usage; kommer det igjen, trekkes alt tilbake. En fornyelse gir ikke noe nytt id_token, og scope i den overses.",
			NN: "Kvart refresh_token gjeld éin gong, òg utan refresh_token_usage; kjem det igjen, blir alt trekt tilbake. Ei fornying gir ikkje noko nytt id_token, og scope i henne blir oversedd.",
			EN: "Each refresh_token is good once, also without refresh_token_usage; if it comes again, all is revoked. A refresh gives no new id_token, and scope in it is ignored.",
		},
		Source: guess.Text{
			NB: "Innstillingen refresh_token_usage er sett med verdien ONETIME; resten er ikke beskrevet.",
			NN: "Innstillinga refresh_token_usage er sett med verdien ONETIME; resten er ikkje skildra.",
			EN: "The setting refresh_token_usage is seen with the value ONETIME; the rest is not described.",
		},
	},
	{
		System: "idporten", Name: "consent",
		Meaning: guess.Text{
			NB: "Ingen samtykkeside vises, heller ikke for krr:user/*.",
			NN: "Inga samtykkeside blir vist, heller ikkje for krr:user/*.",
			EN: "No consent page is shown, not for krr:user/* either.",
		},
		Source: guess.Text{
			NB: "Egenskapen requires_user_consent er av fra start, og KRRs sider kaller samtykket implisitt.",
			NN: "Eigenskapen requires_user_consent er av frå start, og sidene til KRR kallar samtykket implisitt.",
			EN: "The property requires_user_consent is off at first, and KRR's pages call the consent implicit.",
		},
	},
	{
		System: "idporten", Name: "user_token",
		Meaning: guess.Text{
			NB: "aud mangler i et token når ingen resource ble bedt om. Alle med scope idporten:token.introspection kan spørre om alle token. Userinfo svarer også med openid alene, da uten locale.",
			NN: "aud manglar i eit token når ingen resource vart beden om. Alle med scope idporten:token.introspection kan spørje om alle token. Userinfo svarer òg med openid åleine, då utan locale.",
			EN: "aud is left out of a token when no resource was asked for. Everybody with scope idporten:token.introspection may ask about all tokens. Userinfo answers with openid alone too, then without locale.",
		},
		Source: guess.Text{
			NB: "Digdirs sider er uenige om aud er «unspecified» eller mangler. Den ekte krever i tillegg at scopets eier har navngitt klienten som spør.",
			NN: "Sidene til Digdir er usamde om aud er «unspecified» eller manglar. Den ekte krev i tillegg at eigaren av scopet har namngitt klienten som spør.",
			EN: "Digdir's pages differ on whether aud is “unspecified” or left out. The real one also demands that the scope's owner has named the client that asks.",
		},
	},
	{
		System: "idporten", Name: "on_behalf_of",
		Meaning: guess.Text{
			NB: "onbehalfof trenger ikke være registrert på klienten, og står igjen som client_onbehalfof i begge token.",
			NN: "onbehalfof treng ikkje vere registrert på klienten, og står igjen som client_onbehalfof i begge token.",
			EN: "onbehalfof need not be registered with the client, and stands as client_onbehalfof in both tokens.",
		},
		Source: guess.Text{
			NB: "Digdir sier at paret må være registrert, men ikke hva et uregistrert gir; teksten kaller feltet client_onbehalfof, eksempelet aud_onbehalfof. Åpen kode leser det første i tilgangstokenet.",
			NN: "Digdir seier at paret må vere registrert, men ikkje kva eit uregistrert gir; teksten kallar feltet client_onbehalfof, dømet aud_onbehalfof. Open kode les det første i tilgangstokenet.",
			EN: "Digdir says that the pair must be registered, not what an unregistered one gets; the text calls the claim client_onbehalfof, the example aud_onbehalfof. Public code reads the first in the access token.",
		},
	},
	{
		System: "idporten", Name: "logout_return",
		Meaning: guess.Text{
			NB: "Etter utlogging går nettleseren tilbake også når sesjonen var utløpt, så lenge informasjonskapselen er der. Tjenestene får ett sekund på seg.",
			NN: "Etter utlogging går nettlesaren tilbake òg når sesjonen hadde gått ut, så lenge informasjonskapselen er der. Tenestene får eitt sekund på seg.",
			EN: "After log-out the browser goes back also when the session had run out, as long as the cookie is there. The services get one second.",
		},
		Source: guess.Text{
			NB: "Digdirs side om /logout sier id_token_hint eller client_id; en eldre liste med spørsmål sier at sesjonen må finnes.",
			NN: "Sida til Digdir om /logout seier id_token_hint eller client_id; ei eldre liste med spørsmål seier at sesjonen må finnast.",
			EN: "Digdir's page on /logout says id_token_hint or client_id; an older list of questions says that the session must exist.",
		},
	},
	{
		System: "idporten", Name: "cors",
		Meaning: guess.Text{
			NB: "Sider fra alle opphav kan kalle adressene som programmer kaller: metadata, nøkler, PAR, token og userinfo.",
			NN: "Sider frå alle opphav kan kalle adressene som program kallar: metadata, nøklar, PAR, token og userinfo.",
			EN: "Pages of any origin may call what programs call: metadata, keys, PAR, token and userinfo.",
		},
		Source: guess.Text{
			NB: "«Innlogging til SPA» (Digdir) lar klienter i nettleseren hente token selv, som krever det; hvilke opphav er ikke beskrevet.",
			NN: "«Innlogging til SPA» (Digdir) lèt klientar i nettlesaren hente token sjølve, som krev det; kva opphav er ikkje skildra.",
			EN: "“Innlogging til SPA” (Digdir) lets clients in the browser fetch their own tokens, which demands it; which origins is not described.",
		},
	},
	{
		System: "idporten", Name: "login_page",
		Meaning: guess.Text{
			NB: "Teksten på valget av TestID på nivå betydelig, og tekstene om et nummer som er galt. Sidene er ikke på nordsamisk; ui_locales=se gir likevel locale se.",
			NN: "Teksten på valet av TestID på nivå betydeleg, og tekstane om eit nummer som er gale. Sidene er ikkje på nordsamisk; ui_locales=se gir likevel locale se.",
			EN: "The label of TestID at level substantial, and the texts about a wrong number. The pages are not in Northern Sami; ui_locales=se gives locale se all the same.",
		},
		Source: guess.Text{
			NB: "Åpne testskript viser bare valget på nivå høyt.",
			NN: "Opne testskript viser berre valet på nivå høgt.",
			EN: "Public test scripts show the choice at level high only.",
		},
	},
}
