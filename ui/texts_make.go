package ui

// makeTexts are the texts of the page that makes a person for a search.
var makeTexts = map[string]text{
	"make.such":   {"Lag en slik person", "Lag ein slik person", "Make such a person"},
	"make.intro":  {"Feltene under er fylt ut fra søket. Tomt betyr at personen ikke har det. Det som ikke står her, trekkes som hos resten av befolkningen.", "Felta under er fylte ut frå søket. Tomt tyder at personen ikkje har det. Det som ikkje står her, blir trekt som hos resten av befolkninga.", "The fields below are filled in from the search. Empty means that the person has none. What is not here is drawn as for the rest of the population."},
	"make.cannot": {"Kan ikke lages ut fra søket, så personen passer kanskje ikke til alt:", "Kan ikkje lagast ut frå søket, så personen passar kanskje ikkje til alt:", "Cannot be made from the search, so the person may not match all of it:"},
	"make.at":     {"tidspunkt", "=", "time"},
	"make.number": {"Fødselsnummer eller D-nummer", "=", "Identity number or D number"},
}
