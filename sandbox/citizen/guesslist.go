package citizen

import "liksom/sandbox/guess"

// switches is one table of all switches.
var switches = guess.Switches[Guesses]{
	{
		Name: "confirm_after", Words: confirmWords, Set: func(g *Guesses, i int) { g.ConfirmAfter = i },
		Meaning: guess.Text{
			NB: "Etter hvor mange dager innloggingen spør om kontaktopplysningene stemmer. off: aldri. Registerets dato for sist oppdatert er her den nyeste av adressenes datoer, eller dagen personen kom inn.",
			NN: "Etter kor mange dagar innlogginga spør om kontaktopplysningane stemmer. off: aldri. Datoen registeret har for sist oppdatert, er her den nyaste av datoane til adressene, eller dagen personen kom inn.",
			EN: "After how many days the login asks whether contact details are right. off: never. The register's date of the last update is here the newest date of the addresses, or the day the person came in.",
		},
		Source: guess.Text{
			NB: "Digdir sier hver 90. dag; den åpne koden til dialogen (2021) har 5 i sin egen konfigurasjon og en dato for hele posten, som ingen API viser.",
			NN: "Digdir seier kvar 90. dag; den opne koden til dialogen (2021) har 5 i sin eigen konfigurasjon og ein dato for heile posten, som ingen API viser.",
			EN: "Digdir says every 90th day; the dialog's public code (2021) has 5 in its own configuration and a date of the whole record, which no API shows.",
		},
	},
	{
		Name: "codes", Words: codeWords, Set: func(g *Guesses, i int) { g.Codes = i },
		Meaning: guess.Text{
			NB: "Om koden på SMS og e-post alltid er 12345 (fixed), eller trukket (random). Den har fem sifre.",
			NN: "Om koden på SMS og e-post alltid er 12345 (fixed), eller trekt (random). Han har fem siffer.",
			EN: "Whether the code by SMS and e-mail is always 12345 (fixed), or drawn (random). It has five digits.",
		},
		Source: guess.Text{
			NB: "MinID i testmiljøet har fast kode 12345. Hvor lange registerets egne koder er, er ikke kjent.",
			NN: "MinID i testmiljøet har fast kode 12345. Kor lange kodane til registeret sjølv er, er ikkje kjent.",
			EN: "MinID has the fixed code 12345 in the test environment. How long the register's own codes are is not known.",
		},
	},
	{
		Name: "code_minutes", Words: lifetimeWords, Set: func(g *Guesses, i int) { g.CodeLifetime = i },
		Meaning: guess.Text{
			NB: "Hvor mange minutter en kode gjelder, etter registerklokken. En ny kode opphever den forrige, og man får fem koder på ti minutter.",
			NN: "Kor mange minutt ein kode gjeld, etter registerklokka. Ein ny kode opphevar den førre, og ein får fem kodar på ti minutt.",
			EN: "For how many minutes a code is good, by the register clock. A new code cancels the one before, and one gets five codes in ten minutes.",
		},
		Source: guess.Text{NB: "Ingen kilde sier noe om det.", NN: "Inga kjelde seier noko om det.", EN: "No source says anything about it."},
	},
	{
		Name: "code_tries", Words: tryWords, Set: func(g *Guesses, i int) { g.CodeTries = i },
		Meaning: guess.Text{
			NB: "Hvor mange ganger en kode kan tastes feil før den er brukt opp.",
			NN: "Kor mange gonger ein kode kan tastast feil før han er brukt opp.",
			EN: "How often a code may be typed wrongly before it is used up.",
		},
		Source: guess.Text{NB: "Ingen kilde sier noe om det.", NN: "Inga kjelde seier noko om det.", EN: "No source says anything about it."},
	},
}

// settled is what the sandbox has decided without a switch.
var settled = []guess.Guess{
	{
		Name: "minprofil_change",
		Meaning: guess.Text{
			NB: "Den som endrer én adresse i MinProfil, bekrefter den og ikke den andre. En endret adresse er ikke validert. Reservasjon sletter verken adresser eller postkasse. Postkasse kan velges uansett alder i MinProfil, på nivå høyt; dialogen bytter på begge nivåer. Et nasjonalt nummer med norsk landskode må ha åtte sifre.",
			NN: "Den som endrar éi adresse i MinProfil, stadfestar henne og ikkje den andre. Ei endra adresse er ikkje validert. Reservasjon slettar verken adresser eller postkasse. Postkasse kan veljast uansett alder i MinProfil, på nivå høgt; dialogen byter på begge nivå. Eit nasjonalt nummer med norsk landskode må ha åtte siffer.",
			EN: "Who changes one address in MinProfil confirms that one and not the other. A changed address is not validated. A reservation deletes neither addresses nor mailbox. A mailbox can be chosen at any age in MinProfil, at level high; the dialog switches it at both levels. A national number with the Norwegian country code must have eight digits.",
		},
		Source: guess.Text{
			NB: "Den åpne koden til dialogen viser hva den gjør; hva MinProfil gjør, er ikke beskrevet.",
			NN: "Den opne koden til dialogen viser kva han gjer; kva MinProfil gjer, er ikkje skildra.",
			EN: "The dialog's public code shows what the dialog does; what MinProfil does is not described.",
		},
	},
	{
		Name: "deleted_citizen",
		Meaning: guess.Text{
			NB: "Den som er SLETTET og oppgir en adresse ved innlogging, er AKTIV igjen, som en ny.",
			NN: "Den som er SLETTET og oppgir ei adresse ved innlogging, er AKTIV igjen, som ein ny.",
			EN: "Who is SLETTET and gives an address at login is AKTIV again, as if new.",
		},
		Source: guess.Text{NB: "Ingen kilde sier noe om det.", NN: "Inga kjelde seier noko om det.", EN: "No source says anything about it."},
	},
	{
		Name: "goto_url",
		Meaning: guess.Text{
			NB: "gotoUrl til MinProfil er kjent når den går til samme vert som en adresse en klient er registrert med; ellers vises «Logg ut».",
			NN: "gotoUrl til MinProfil er kjend når han går til same vert som ei adresse ein klient er registrert med; elles viser vi «Logg ut».",
			EN: "gotoUrl to MinProfil is known when it leads to the host of an address that a client is registered with; else there is “Log out”.",
		},
		Source: guess.Text{
			NB: "Digdir sier at adressen må være kjent på forhånd, med små bokstaver og skjema; hva som skjer med en ukjent, er ikke beskrevet.",
			NN: "Digdir seier at adressa må vere kjend på førehand, med små bokstavar og skjema; kva som skjer med ei ukjend, er ikkje skildra.",
			EN: "Digdir says that the address must be known in advance, in lower case and with a scheme; what happens to an unknown one is not described.",
		},
	},
	{
		Name: "notices",
		Meaning: guess.Text{
			NB: "Varsel om endrede kontaktopplysninger går til adressen som gjaldt før, e-post først; varsel om reservasjon til e-post, ellers SMS; varsel om postkasse på SMS, ellers e-post.",
			NN: "Varsel om endra kontaktopplysningar går til adressa som galdt før, e-post først; varsel om reservasjon til e-post, elles SMS; varsel om postkasse på SMS, elles e-post.",
			EN: "A notice of changed contact details goes to the address that held before, e-mail first; that of a reservation by e-mail, else SMS; that of a mailbox by SMS, else e-mail.",
		},
		Source: guess.Text{
			NB: "SMS om postkasse er beskrevet under hurtigregistrering; de andre er ikke beskrevet.",
			NN: "SMS om postkasse er skildra under hurtigregistrering; dei andre er ikkje skildra.",
			EN: "The SMS about a mailbox is described under quick registration; the others are not.",
		},
	},
}
