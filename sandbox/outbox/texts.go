package outbox

import "liksom/sandbox/words"

// letters are our own words in the register's tone.
var letters = words.Table{
	"months": {"januar februar mars april mai juni juli august september oktober november desember", words.Same, "January February March April May June July August September October November December"},

	"minutes": {"%d minutter", "%d minutt", "%d minutes"},
	"minute":  {"1 minutt", words.Same, "1 minute"},

	"code": {
		"Koden din er %s. Den gjelder i %s. Har du ikke bedt om koden, kan du se bort fra denne meldingen.",
		"Koden din er %s. Han gjeld i %s. Har du ikkje bede om koden, kan du sjå bort frå denne meldinga.",
		"Your code is %s. It is valid for %s. If you did not ask for it, you can ignore this message.",
	},
	"code.subject": {"Bekreft e-postadressen din", "Stadfest e-postadressa di", "Confirm your email address"},
	"reminder": {
		"Kontaktopplysningene dine må bekreftes innen %s, ellers kan ikke det offentlige varsle deg. Logg inn på en offentlig tjeneste, så blir du spurt om de stemmer.\n\nHilsen Kontakt- og reservasjonsregisteret",
		"Kontaktopplysningane dine må stadfestast innan %s, elles kan ikkje det offentlege varsle deg. Logg inn på ei offentleg teneste, så blir du spurd om dei stemmer.\n\nHelsing Kontakt- og reservasjonsregisteret",
		"Your contact details must be confirmed by %s, or public bodies can no longer notify you. Log in to a public service, and you will be asked whether they are right.\n\nThe Contact and Reservation Register",
	},
	"reminder.subject": {"Bekreft kontaktopplysningene dine", "Stadfest kontaktopplysningane dine", "Confirm your contact details"},
	"changed": {
		"Kontaktopplysningene dine er endret. Var det ikke du som gjorde det, kan du rette dem under Dine kontaktopplysninger.\n\nHilsen Kontakt- og reservasjonsregisteret",
		"Kontaktopplysningane dine er endra. Var det ikkje du som gjorde det, kan du rette dei under Dine kontaktopplysningar.\n\nHelsing Kontakt- og reservasjonsregisteret",
		"Your contact details have been changed. If it was not you, you can correct them under Your contact details.\n\nThe Contact and Reservation Register",
	},
	"changed.subject": {"Kontaktopplysningene dine er endret", "Kontaktopplysningane dine er endra", "Your contact details have been changed"},
	"reserved": {
		"Du har reservert deg mot digital post fra det offentlige. Vedtak og andre viktige brev kommer på papir.",
		"Du har reservert deg mot digital post frå det offentlege. Vedtak og andre viktige brev kjem på papir.",
		"You have reserved yourself against digital mail from public bodies. Decisions and other important letters come on paper.",
	},
	"reserved.subject": {"Du har reservert deg", words.Same, "You have reserved yourself"},
	"unreserved": {
		"Du er ikke lenger reservert mot digital post fra det offentlige.",
		"Du er ikkje lenger reservert mot digital post frå det offentlege.",
		"You are no longer reserved against digital mail from public bodies.",
	},
	"unreserved.subject": {"Reservasjonen din er opphevet", "Reservasjonen din er oppheva", "Your reservation has been lifted"},
	"mailbox": {
		"Du har valgt %s som digital postkasse. Post fra det offentlige kommer dit.",
		"Du har valt %s som digital postkasse. Post frå det offentlege kjem dit.",
		"You have chosen %s as your digital mailbox. Mail from public bodies will arrive there.",
	},
	"mailbox.subject": {"Du har valgt digital postkasse", "Du har valt digital postkasse", "You have chosen a digital mailbox"},
	"mailbox.left": {
		"Du har ikke lenger noen digital postkasse. Post fra det offentlige kommer på papir.",
		"Du har ikkje lenger noka digital postkasse. Post frå det offentlege kjem på papir.",
		"You no longer have a digital mailbox. Mail from public bodies comes on paper.",
	},
	"mailbox.left.subject": {"Du har ikke lenger digital postkasse", "Du har ikkje lenger digital postkasse", "You no longer have a digital mailbox"},
}
