package ui

// refusedTexts say what the control API's codes mean. Its own words stand below
// them, so that these need not name the value.
var refusedTexts = map[string]text{
	"refused.email-invalid":       {"Registeret tar ikke imot denne e-postadressen. Den må ha 3 til 50 tegn, én krøllalfa og et domene.", "Registeret tek ikkje imot denne e-postadressa. Ho må ha 3 til 50 teikn, éin krøllalfa og eit domene.", "The register does not take this email address."},
	"refused.mobile-invalid":      {"Registeret tar ikke imot dette mobilnummeret. Det må ha 8 til 20 tegn, og et norsk nummer begynner med 4 eller 9.", "Registeret tek ikkje imot dette mobilnummeret. Det må ha 8 til 20 teikn, og eit norsk nummer byrjar med 4 eller 9.", "The register does not take this mobile number."},
	"refused.mailbox-invalid":     {"En postkasseadresse har 8 til 100 tegn.", "Ei postkasseadresse har 8 til 100 teikn.", "A mailbox address has 8 to 100 characters."},
	"refused.date-future":         {"En dato er senere enn registerets klokke.", "Ein dato er seinare enn klokka til registeret.", "A date is later than the register’s clock."},
	"refused.reservation-undated": {"En reservasjon må ha et tidspunkt.", "Ein reservasjon må ha eit tidspunkt.", "A reservation needs its time."},
	"refused.value-invalid":       {"Verdien i et felt kan ikke leses.", "Verdien i eit felt kan ikkje lesast.", "The value of a field cannot be read."},
	"refused.value-lost":          {"Et felt kan ikke beholdes uten et annet: en dato trenger sin adresse, og bare den som er AKTIV, har noe i registeret.", "Eit felt kan ikkje stå utan eit anna: ein dato treng adressa si, og berre den som er AKTIV, har noko i registeret.", "A field cannot be kept without another."},
	"refused.person-exists":       {"Det er allerede en aktiv person med dette nummeret.", "Det er alt ein aktiv person med dette nummeret.", "An active person has this number already."},
	"refused.person-invalid":      {"Flere felt må rettes.", "Fleire felt må rettast.", "Several fields must be mended."},
	"refused.number-none":         {"Det er ingen ledige numre for denne fødselsdatoen. Velg en annen.", "Det er ingen ledige nummer for denne fødselsdatoen. Vel ein annan.", "No number is left for this date of birth."},
	"refused.id-real":             {"Nummeret kan tilhøre et virkelig menneske og blir aldri lagret. Bruk et syntetisk.", "Nummeret kan høyre til eit verkeleg menneske og blir aldri lagra. Bruk eit syntetisk.", "The number could be a real person’s and is never kept."},
}
