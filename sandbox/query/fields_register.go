package query

import "liksom/sandbox"

// registerFields are those of the contact register. Source of the names: the
// register's wire and the criteria of Tenor's pages; how Tenor itself spells
// them in a query is not known. A person who is SLETTET or not registered has
// no reservation, language, channel or mailbox here.
var registerFields = []*Field{
	{
		Name: "status", KRR: true, Kind: Enum, Values: words("AKTIV", "SLETTET", "IKKE_REGISTRERT"),
		value: func(r sandbox.Record, _ Clock) int {
			return [...]int{sandbox.Active: 0, sandbox.Deleted: 1, sandbox.NotRegistered: 2}[r.Status()]
		},
		Doc: Doc{"Status i registeret", "Status i registeret", "Status in the register"},
	},
	{
		Name: "varslingsstatus", KRR: true, Kind: Enum, Values: words("KAN_VARSLES", "KAN_IKKE_VARSLES"), ByClock: true,
		value: func(r sandbox.Record, c Clock) int { return yes(c.Notice(r).OK()) },
		Doc:   Doc{"Om personen kan varsles", "Om personen kan varslast", "Whether the person can be notified"},
	},
	{
		Name: "reservasjon", KRR: true, Kind: Enum, Values: yesNo,
		value: func(r sandbox.Record, _ Clock) int {
			if !active(r) {
				return -1
			}
			return yes(r.Reserved())
		},
		Doc: Doc{"Reservert mot digital kommunikasjon", "Reservert mot digital kommunikasjon", "Reserved against digital communication"},
	},
	moment("reservasjonstidspunkt", "", sandbox.Record.ReservedAt, Doc{"Når personen reserverte seg", "Når personen reserverte seg", "When the person reserved"}),
	moment("reservasjonOppdatert", "reservasjon_oppdatert", sandbox.Record.ReservationUpdated, Doc{"Når reservasjonen sist ble endret", "Når reservasjonen sist vart endra", "When the reservation last changed"}),
	{
		Name: "spraak", KRR: true, Aliases: []string{"maalform"}, Kind: Enum, Values: words("nb", "nn", "en", "se"),
		value: code(func(r sandbox.Record) sandbox.Language {
			if !active(r) {
				return sandbox.NoLanguage
			}
			return r.Language()
		}),
		Doc: Doc{"Språket personen vil ha", "Språket personen vil ha", "The language that the person wants"},
	},
	moment("spraakOppdatert", "spraak_oppdatert", sandbox.Record.LanguageUpdated, Doc{"Når språket sist ble endret", "Når språket sist vart endra", "When the language last changed"}),

	{
		Name: "harEpost", KRR: true, Kind: Enum, Values: yesNo, value: flag(func(r sandbox.Record) bool { return email(r).Value != "" }),
		Doc: Doc{"Om personen har e-post", "Om personen har e-post", "Whether the person has an e-mail"},
	},
	{
		Name: "epost", KRR: true, Aliases: []string{"epostadresse"}, Kind: Keyword, any: one(func(r sandbox.Record) string { return email(r).Value }),
		Doc: Doc{"E-postadresse", "E-postadresse", "E-mail address"},
	},
	{
		Name: "epostTilstand", KRR: true, Kind: Enum, Values: words("fersk", "utgaatt", "mangler"), ByClock: true, value: state(email),
		Doc: Doc{"E-posten etter 18-månedersregelen", "E-posten etter 18-månadersregelen", "The e-mail by the 18-month rule"},
	},
	{
		Name: "epostDuplisert", KRR: true, Aliases: []string{"epostadresse_duplisert"}, Kind: Enum, Values: yesNo, value: shared(email),
		Doc: Doc{"Om andre har samme e-post", "Om andre har same e-post", "Whether others have the same e-mail"},
	},
	moment("epostOppdatert", "epostadresse_oppdatert", func(r sandbox.Record) sandbox.Instant { return r.Email().Updated }, Doc{"Når e-posten ble oppdatert", "Når e-posten vart oppdatert", "When the e-mail was updated"}),
	moment("epostSistVerifisert", "epostadresse_sist_verifisert", func(r sandbox.Record) sandbox.Instant { return r.Email().Confirmed }, Doc{"Når e-posten sist ble bekreftet", "Når e-posten sist vart stadfesta", "When the e-mail was last confirmed"}),
	moment("epostSistValidert", "epostadresse_sist_validert", func(r sandbox.Record) sandbox.Instant { return r.Email().Validated }, Doc{"Når e-posten sist ble validert", "Når e-posten sist vart validert", "When the e-mail was last validated"}),

	{
		Name: "harMobil", KRR: true, Kind: Enum, Values: yesNo, value: flag(func(r sandbox.Record) bool { return mobile(r).Value != "" }),
		Doc: Doc{"Om personen har mobil", "Om personen har mobil", "Whether the person has a mobile"},
	},
	{
		Name: "mobil", KRR: true, Aliases: []string{"mobiltelefonnummer"}, Kind: Keyword, any: mobileSpellings, spell: sandbox.SameMobile,
		Doc: Doc{"Mobilnummer, med eller uten landkode", "Mobilnummer, med eller utan landkode", "Mobile, with or without country code"},
	},
	{
		Name: "mobilTilstand", KRR: true, Kind: Enum, Values: words("fersk", "utgaatt", "mangler"), ByClock: true, value: state(mobile),
		Doc: Doc{"Mobilen etter 18-månedersregelen", "Mobilen etter 18-månadersregelen", "The mobile by the 18-month rule"},
	},
	{
		Name: "mobilDuplisert", KRR: true, Aliases: []string{"mobiltelefonnummer_duplisert"}, Kind: Enum, Values: yesNo, value: shared(mobile),
		Doc: Doc{"Om andre har samme mobil", "Om andre har same mobil", "Whether others have the same mobile"},
	},
	moment("mobilOppdatert", "mobiltelefonnummer_oppdatert", func(r sandbox.Record) sandbox.Instant { return r.Mobile().Updated }, Doc{"Når mobilen ble oppdatert", "Når mobilen vart oppdatert", "When the mobile was updated"}),
	moment("mobilSistVerifisert", "mobiltelefonnummer_sist_verifisert", func(r sandbox.Record) sandbox.Instant { return r.Mobile().Confirmed }, Doc{"Når mobilen sist ble bekreftet", "Når mobilen sist vart stadfesta", "When the mobile was last confirmed"}),
	moment("mobilSistValidert", "mobiltelefonnummer_sist_validert", func(r sandbox.Record) sandbox.Instant { return r.Mobile().Validated }, Doc{"Når mobilen sist ble validert", "Når mobilen sist vart validert", "When the mobile was last validated"}),

	{
		Name: "postkasse", KRR: true, Kind: Enum, Values: []Choice{{"digipost", []string{sandbox.Digipost.Org()}}, {"eboks", []string{"e-boks", sandbox.EBoks.Org(), sandbox.EBoksOld.Org()}}, {Word: "ingen"}},
		value: func(r sandbox.Record, _ Clock) int {
			return [...]int{sandbox.NoProvider: 2, sandbox.Digipost: 0, sandbox.EBoks: 1, sandbox.EBoksOld: 1}[mailbox(r).Provider]
		},
		Doc: Doc{"Leverandør av digital postkasse", "Leverandør av digital postkasse", "Provider of the digital mailbox"},
	},
	{
		Name: "postkassetilstand", KRR: true, Kind: Enum, Values: words("aktiv", "inaktiv"),
		value: ofMailbox(func(m sandbox.Mailbox) int { return 1 - yes(m.Inactive) }),
		Doc:   Doc{"Om postkassen er i bruk", "Om postkassa er i bruk", "Whether the mailbox is in use"},
	},
	{
		Name: "postkasseadresse", KRR: true, Kind: Keyword, any: one(func(r sandbox.Record) string { return mailbox(r).Address }),
		Doc: Doc{"Adressen til postkassen", "Adressa til postkassa", "Address of the mailbox"},
	},
	{
		Name: "sertifikat", KRR: true, Aliases: []string{"sertifikattilstand"}, Kind: Enum, Values: words("gyldig", "utloept", "mangler", "utloeper"),
		value: ofMailbox(func(m sandbox.Mailbox) int { return int(m.Certificate) }),
		Doc:   Doc{"Sertifikatet til den som har postkasse", "Sertifikatet til den som har postkasse", "Certificate of one who has a mailbox"},
	},
	{
		Name: "registrert", KRR: true, Kind: Instant, number: instant(sandbox.Record.Registered),
		Doc: Doc{"Når personen kom inn i registeret", "Når personen kom inn i registeret", "When the person came into the register"},
	},
	{
		Name: "slettet", KRR: true, Kind: Instant, number: instant(sandbox.Record.DeletedAt),
		Doc: Doc{"Når personen ble slettet", "Når personen vart sletta", "When the person was deleted"},
	},
	{
		Name: "endret", KRR: true, Kind: Instant, number: instant(sandbox.Record.Changed),
		Doc: Doc{"Når noe sist ble endret", "Når noko sist vart endra", "When anything last changed"},
	},
}

func moment(name, wire string, of func(sandbox.Record) sandbox.Instant, doc Doc) *Field {
	f := &Field{Name: name, KRR: true, Kind: Instant, number: inRegister(of), Doc: doc}
	if wire != "" {
		f.Aliases = []string{wire}
	}
	return f
}

// ofMailbox is a value of those who have a mailbox.
func ofMailbox(of func(sandbox.Mailbox) int) func(sandbox.Record, Clock) int {
	return func(r sandbox.Record, _ Clock) int {
		m := mailbox(r)
		if m.Provider == sandbox.NoProvider {
			return -1
		}
		return of(m)
	}
}
