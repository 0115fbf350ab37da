package krr

import (
	"liksom/sandbox"
	"liksom/sandbox/guess"
)

// switches is one table of all switches.
var switches = guess.Switches[Guesses]{
	{
		Name: "filter_stale", Words: []string{"on", "off", "kan_ikke_varsles", "kanal"}, Set: func(g *Guesses, i int) { g.FilterStale = sandbox.FilterStale(i) },
		Meaning: guess.Text{
			NB: "Om kontaktinformasjon, postkasse og sertifikat holdes tilbake for den som har utdaterte data. off: aldri. kan_ikke_varsles: for alle som er KAN_IKKE_VARSLES. kanal: også en utgått kanal når den andre er fersk.",
			NN: "Om kontaktinformasjon, postkasse og sertifikat blir haldne tilbake for den som har utdaterte data. off: aldri. kan_ikke_varsles: for alle som er KAN_IKKE_VARSLES. kanal: òg ein utgått kanal når den andre er fersk.",
			EN: "Whether contact data, mailbox and certificate are held back for a person whose data is out of date. off: never. kan_ikke_varsles: for everybody who is KAN_IKKE_VARSLES. kanal: an expired channel too, when the other is fresh.",
		},
		Source: guess.Text{
			NB: "«Oppslagstjenesten REST» sier både at utdaterte data blir filtrert, og at de ikke kan holdes tilbake. Testdata med forventede svar er filtrert.",
			NN: "«Oppslagstjenesten REST» seier både at utdaterte data blir filtrerte, og at dei ikkje kan haldast tilbake. Testdata med forventa svar er filtrerte.",
			EN: "“Oppslagstjenesten REST” says both that outdated data is filtered and that it cannot be held back. Test data with expected answers is filtered.",
		},
	},
	{
		Name: "stale_mailbox", Words: []string{"return", "filter"}, Set: func(g *Guesses, i int) { g.FilterAlone = i == 1 },
		Meaning: guess.Text{
			NB: "Om postkasse og sertifikat utleveres til den som bare har digitalpost.read, selv om kontaktdataene er utdaterte (return), eller filtreres der også (filter).",
			NN: "Om postkasse og sertifikat blir utleverte til den som berre har digitalpost.read, sjølv om kontaktdataa er utdaterte (return), eller blir filtrerte der òg (filter).",
			EN: "Whether mailbox and certificate are told to who has digitalpost.read alone although the contact data is out of date (return), or are filtered there too (filter).",
		},
		Source: guess.Text{
			NB: "«Oppslagstjenesten REST» sier at det er varslingsstatus som utløser filtreringen, og den hører til kontaktinformasjonen. SOAP-tjenesten virket slik.",
			NN: "«Oppslagstjenesten REST» seier at det er varslingsstatus som utløyser filtreringa, og den høyrer til kontaktinformasjonen. SOAP-tenesta verka slik.",
			EN: "“Oppslagstjenesten REST” says that it is varslingsstatus that filters, and that belongs to the contact data. The SOAP service worked so.",
		},
	},
	{
		Name: "reserved_contact", Words: []string{"return", "hide"}, Set: func(g *Guesses, i int) { g.HideReservedContact = i == 1 },
		Meaning: guess.Text{
			NB: "Om kontaktinformasjonen til en reservert person blir utlevert (return) eller ikke (hide).",
			NN: "Om kontaktinformasjonen til ein reservert person blir utlevert (return) eller ikkje (hide).",
			EN: "Whether a reserved person’s contact data is told (return) or not (hide).",
		},
		Source: guess.Text{
			NB: "Produktsiden sier at reserverte kan få påminnelser og servicemeldinger, og det krever dataene. Eldre kilder spriker.",
			NN: "Produktsida seier at reserverte kan få påminningar og servicemeldingar, og det krev dataa. Eldre kjelder sprikar.",
			EN: "The product page says that reserved persons may get reminders and service messages, which takes their data. Older sources disagree.",
		},
	},
	{
		Name: "v2_include_unregistered", Words: []string{"false", "true"}, Set: func(g *Guesses, i int) { g.IncludeUnregistered = i == 1 },
		Meaning: guess.Text{
			NB: "Hva v2 gjør når inkluderIkkeRegistrerte mangler.",
			NN: "Kva v2 gjer når inkluderIkkeRegistrerte manglar.",
			EN: "What v2 does when inkluderIkkeRegistrerte is missing.",
		},
		Source: guess.Text{
			NB: "Feltet er boolsk i en Java-tjeneste, og der betyr et felt som mangler, vanligvis false.",
			NN: "Feltet er boolsk i ei Java-teneste, og der tyder eit felt som manglar, vanlegvis false.",
			EN: "The field is a boolean of a Java service, where a missing one usually means false.",
		},
	},
	{
		Name: "v2_deleted", Words: []string{"keep", "drop"}, Set: func(g *Guesses, i int) { g.DropDeleted = i == 1 },
		Meaning: guess.Text{
			NB: "Om v2 utelater SLETTET sammen med IKKE_REGISTRERT (drop) eller tar dem med (keep).",
			NN: "Om v2 utelèt SLETTET saman med IKKE_REGISTRERT (drop) eller tek dei med (keep).",
			EN: "Whether v2 leaves out SLETTET together with IKKE_REGISTRERT (drop) or tells of them (keep).",
		},
		Source: guess.Text{
			NB: "Feltnavnet handler bare om dem som ikke er registrert.",
			NN: "Feltnamnet handlar berre om dei som ikkje er registrerte.",
			EN: "The field’s name speaks only of those who are not registered.",
		},
	},
	{
		Name: "malformed_id", Words: []string{"400", "lenient"}, Set: func(g *Guesses, i int) { g.LenientIDs = i == 1 },
		Meaning: guess.Text{
			NB: "Om noe annet enn elleve sifre gir 400, eller svares som IKKE_REGISTRERT (lenient).",
			NN: "Om noko anna enn elleve siffer gir 400, eller blir svart som IKKE_REGISTRERT (lenient).",
			EN: "Whether anything but eleven digits gives 400, or is answered as IKKE_REGISTRERT (lenient).",
		},
		Source: guess.Text{
			NB: "Dokumentasjonen sier at et nummer har elleve sifre. Ingen kilde viser svaret.",
			NN: "Dokumentasjonen seier at eit nummer har elleve siffer. Inga kjelde viser svaret.",
			EN: "The documents say that a number has eleven digits. No source shows the answer.",
		},
	},
	{
		Name: "wrong_checksum", Words: []string{"unregistered", "400"}, Set: func(g *Guesses, i int) { g.StrictChecksum = i == 1 },
		Meaning: guess.Text{
			NB: "Om elleve sifre med gale kontrollsifre eller umulig dato svares som ikke registrert, eller gir 400.",
			NN: "Om elleve siffer med galne kontrollsiffer eller umogleg dato blir svart som ikkje registrert, eller gir 400.",
			EN: "Whether eleven digits with wrong check digits or an impossible date are answered as not registered, or give 400.",
		},
		Source: guess.Text{
			NB: "En offentlig klient sender 00000000000 for å se om tjenesten lever. Svaret er ikke kjent.",
			NN: "Ein offentleg klient sender 00000000000 for å sjå om tenesta lever. Svaret er ikkje kjent.",
			EN: "A public client sends 00000000000 to see whether the service is alive. The answer is not known.",
		},
	},
	{
		Name: "repeated_id", Words: []string{"version", "each", "once"}, Set: func(g *Guesses, i int) { g.Repeated = Repeated(i) },
		Meaning: guess.Text{
			NB: "Hvor ofte et gjentatt nummer blir besvart. version: hver gang i v1, én gang i v2. each: hver gang. once: én gang.",
			NN: "Kor ofte eit gjenteke nummer blir svart på. version: kvar gong i v1, éin gong i v2. each: kvar gong. once: éin gong.",
			EN: "How often a repeated number is answered. version: each time in v1, once in v2. each: each time. once: once.",
		},
		Source: guess.Text{
			NB: "SOAP-tjenesten lovet like mange ut som inn. For REST er ingenting sagt.",
			NN: "SOAP-tenesta lova like mange ut som inn. For REST er ingenting sagt.",
			EN: "The SOAP service promised as many out as in. Nothing is said of REST.",
		},
	},
	{
		Name: "certificate", Words: []string{"pem", "base64"}, Set: func(g *Guesses, i int) { g.BareCertificate = i == 1 },
		Meaning: guess.Text{
			NB: "Om sertifikat er PEM, eller DER i base64 på én linje.",
			NN: "Om sertifikat er PEM, eller DER i base64 på éi linje.",
			EN: "Whether sertifikat is PEM, or DER in base64 on one line.",
		},
		Source: guess.Text{
			NB: "En offentlig klient lagrer verdien som PEM. Eldre testdata viser bare base64.",
			NN: "Ein offentleg klient lagrar verdien som PEM. Eldre testdata viser berre base64.",
			EN: "A public client stores the value as PEM. Older test data shows bare base64.",
		},
	},
	{
		Name: "new_fields", Words: []string{"tell", "omit"}, Set: func(g *Guesses, i int) { g.WithoutNewFields = i == 1 },
		Meaning: guess.Text{
			NB: "Om *_duplisert, *_sist_validert og reservasjon_oppdatert er med. omit: som i svar fra 2023.",
			NN: "Om *_duplisert, *_sist_validert og reservasjon_oppdatert er med. omit: som i svar frå 2023.",
			EN: "Whether *_duplisert, *_sist_validert and reservasjon_oppdatert are told. omit: as in answers of 2023.",
		},
		Source: guess.Text{
			NB: "«KRR: Datakvalitet, forbedringer og nyheter» (2024) har feltene. Om v1 fikk dem, er ikke sagt.",
			NN: "«KRR: Datakvalitet, forbedringer og nyheter» (2024) har felta. Om v1 fekk dei, er ikkje sagt.",
			EN: "“KRR: Datakvalitet, forbedringer og nyheter” (2024) has the fields. Whether v1 got them is not said.",
		},
	},
	{
		Name: "unknown_field", Words: []string{"none", "add"}, Set: func(g *Guesses, i int) { g.UnknownField = i == 1 },
		Meaning: guess.Text{
			NB: "Om hver person får et felt som ingen kjenner (add), for å prøve om klienten tåler nye felt.",
			NN: "Om kvar person får eit felt som ingen kjenner (add), for å prøve om klienten toler nye felt.",
			EN: "Whether each person gets a field that nobody knows (add), to see whether a client bears new fields.",
		},
		Source: guess.Text{
			NB: "Nye felt har kommet uten ny versjon: reservasjonstidspunkt i september 2023.",
			NN: "Nye felt har kome utan ny versjon: reservasjonstidspunkt i september 2023.",
			EN: "New fields have come without a new version: reservasjonstidspunkt in September 2023.",
		},
	},
	{
		Name: "feed_start", Words: []string{"exclusive", "inclusive"}, Set: func(g *Guesses, i int) { g.FeedInclusive = i == 1 },
		Meaning: guess.Text{
			NB: "Om endringen med nummeret fraEndringsId selv er med (inclusive) eller ikke.",
			NN: "Om endringa med nummeret fraEndringsId sjølv er med (inclusive) eller ikkje.",
			EN: "Whether the change with the number fraEndringsId is itself told (inclusive) or not.",
		},
		Source: guess.Text{
			NB: "Et opptak av to sider passer bare med exclusive. SOAP-dokumentasjonen sier inclusive.",
			NN: "Eit opptak av to sider passar berre med exclusive. SOAP-dokumentasjonen seier inclusive.",
			EN: "A recording of two pages fits exclusive only. The SOAP documents say inclusive.",
		},
	},
	{
		Name: "feed_varslingsstatus", Words: []string{"include", "omit"}, Set: func(g *Guesses, i int) { g.FeedWithoutNotice = i == 1 },
		Meaning: guess.Text{
			NB: "Om endringslisten har varslingsstatus (include) eller ikke (omit).",
			NN: "Om endringslista har varslingsstatus (include) eller ikkje (omit).",
			EN: "Whether the change feed tells varslingsstatus (include) or not (omit).",
		},
		Source: guess.Text{
			NB: "Et opptak har feltet. Eldre dokumentasjon sier at det mangler.",
			NN: "Eit opptak har feltet. Eldre dokumentasjon seier at det manglar.",
			EN: "A recording has it. Older documents say that it is missing.",
		},
	},
}
