package query

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"liksom/sandbox"
)

// personFields are those of the population register. Source of the names: the
// freg fields of "Tenor testdata" (Skatteetaten), as its clients send them;
// alder, serie, fylke, vergeFnr and katalog are ours.
var personFields = []*Field{
	{
		Name: "identifikator", Aliases: []string{"id", "personidentifikator", "tenorMetadata.id"}, Kind: Keyword,
		any: func(r sandbox.Record, is func(string) bool) bool { return is(r.ID().Digits()) },
		Doc: Doc{"Fødselsnummer eller D-nummer", "Fødselsnummer eller D-nummer", "National identity number or D-number"},
	},
	{
		Name: "identifikatorType", Kind: Enum, Values: []Choice{{"foedselsnummer", []string{"fnr"}}, {"dNummer", []string{"dnr"}}},
		value: func(r sandbox.Record, _ Clock) int { return 1 - yes(r.ID().DNumber()) },
		Doc:   Doc{"Hva slags nummer personen har", "Kva slags nummer personen har", "Which kind of number the person has"},
	},
	{
		Name: "serie", Kind: Enum, Values: words("tenor", "nav", "nhn", "npid"), value: series,
		Doc: Doc{"Hvem som lager slike syntetiske nummer", "Kven som lagar slike syntetiske nummer", "Who makes synthetic numbers of this series"},
	},
	{
		Name: "foedselsdato", Kind: Date, number: day(sandbox.Record.Birth),
		Doc: Doc{"Fødselsdato i folkeregisteret", "Fødselsdato i folkeregisteret", "Birth date in the population register"},
	},
	{
		Name: "alder", Kind: Number, ByClock: true, number: age,
		Doc: Doc{"Alder i hele år på registerklokken", "Alder i heile år på registerklokka", "Age in whole years by the register clock"},
	},
	{
		Name: "kjoenn", Kind: Enum, Values: words("kvinne", "mann"), value: code(sandbox.Record.Sex),
		Doc: Doc{"Kjønn", "Kjønn", "Sex"},
	},
	{
		Name: "personstatus", Kind: Enum, Values: words("bosatt", "utflyttet", "doed"),
		value: func(r sandbox.Record, _ Clock) int { return int(r.Civil()) },
		Doc:   Doc{"Status i folkeregisteret", "Status i folkeregisteret", "Status in the population register"},
	},
	{
		Name: "fornavn", Kind: Text, any: one(sandbox.Record.FirstName),
		Doc: Doc{"Fornavn", "Førenamn", "First name"},
	},
	{
		Name: "etternavn", Kind: Text, any: one(sandbox.Record.LastName),
		Doc: Doc{"Etternavn", "Etternamn", "Last name"},
	},
	{
		Name: "visningnavn", Aliases: []string{"navn"}, Kind: Text, any: one(displayName),
		Doc: Doc{"Hele navnet", "Heile namnet", "Whole name"},
	},
	{
		Name: "navnLengde", Kind: Number,
		number: func(r sandbox.Record, _ Clock) (int64, bool) {
			return int64(utf8.RuneCountInString(displayName(r))), true
		},
		Doc: Doc{"Antall tegn i visningnavn (antatt)", "Talet på teikn i visningnavn (gissing)", "Number of characters in visningnavn (a guess)"},
	},
	{
		Name: "flereFornavn", Kind: Enum, Values: yesNo,
		value: flag(func(r sandbox.Record) bool { return strings.Contains(r.FirstName(), " ") }),
		Doc:   Doc{"Om fornavnet er flere ord", "Om førenamnet er fleire ord", "Whether the first name is several words"},
	},
	{
		Name: "harAvvikFdato", Kind: Enum, Values: yesNo, value: flag(birthDiffers),
		Doc: Doc{"Om fødselsdatoen er en annen enn nummeret sier", "Om fødselsdatoen er ein annan enn nummeret seier", "Whether the birth date is another than the number tells"},
	},
	{
		Name: "kommunenr", Kind: Keyword, any: one(municipality),
		Doc: Doc{"Kommunenummer, fire sifre", "Kommunenummer, fire siffer", "Municipality number, four digits"},
	},
	{
		Name: "fylke", Kind: Enum, Values: counties, value: county,
		Doc: Doc{"Fylke, nummer eller navn", "Fylke, nummer eller namn", "County, number or name"},
	},
	{
		Name: "antallBarn", Kind: Number, number: children,
		Doc: Doc{"Antall barn", "Talet på barn", "Number of children"},
	},
	kin("barnFnr", sandbox.Child, Doc{"Nummeret til et barn", "Nummeret til eit barn", "A child's number"}),
	kin("farFnr", sandbox.Father, Doc{"Nummeret til far", "Nummeret til far", "The father's number"}),
	kin("morFnr", sandbox.Mother, Doc{"Nummeret til mor", "Nummeret til mor", "The mother's number"}),
	kin("vergeFnr", sandbox.Guardian, Doc{"Nummeret til en verge", "Nummeret til ein verje", "A guardian's number"}),
	{
		Name: "katalog", Aliases: []string{"slug", "testperson"}, Kind: Keyword, any: one(sandbox.Record.Scenario),
		Doc: Doc{"Rollen i katalogen over testpersoner", "Rolla i katalogen over testpersonar", "The entry of the test cast"},
	},
}

func kin(name string, rel sandbox.Relation, doc Doc) *Field {
	return &Field{Name: name, Kind: Keyword, any: relatives(rel), Doc: doc}
}

func series(r sandbox.Record, _ Clock) int {
	switch r.ID().Series() {
	case sandbox.SeriesTenor:
		return 0
	case sandbox.SeriesNAV:
		return 1
	case sandbox.SeriesNHN:
		return 2
	case sandbox.SeriesNPIDSy:
		return 3
	}
	return -1
}

// age falls as birth dates rise, so that an engine can find its limits among
// sorted birth dates.
func age(r sandbox.Record, c Clock) (int64, bool) {
	birth := r.Birth()
	return int64(c.Today.Age(birth)), !birth.IsZero()
}

func birthDiffers(r sandbox.Record) bool {
	told := r.ID().BirthDate()
	return !told.IsZero() && !r.Birth().IsZero() && told != r.Birth()
}

func municipality(r sandbox.Record) string {
	if r.Municipality() == 0 {
		return ""
	}
	return fmt.Sprintf("%04d", r.Municipality())
}

func children(r sandbox.Record, _ Clock) (n int64, ok bool) {
	for k := range r.Kin().All() {
		if k.Relation == sandbox.Child {
			n++
		}
	}
	return n, true
}

// counties are those since 2024. Source: "Klassifisering av fylker" (SSB).
var counties = []Choice{
	{"03", []string{"Oslo"}}, {"11", []string{"Rogaland"}}, {"15", []string{"Møre og Romsdal"}}, {"18", []string{"Nordland"}},
	{"31", []string{"Østfold"}}, {"32", []string{"Akershus"}}, {"33", []string{"Buskerud"}}, {"34", []string{"Innlandet"}},
	{"39", []string{"Vestfold"}}, {"40", []string{"Telemark"}}, {"42", []string{"Agder"}}, {"46", []string{"Vestland"}},
	{"50", []string{"Trøndelag"}}, {"55", []string{"Troms"}}, {"56", []string{"Finnmark"}},
}

var countyAt = func() (at [100]int8) {
	for i := range at {
		at[i] = -1
	}
	for i, c := range counties {
		at[10*(c.Word[0]-'0')+c.Word[1]-'0'] = int8(i)
	}
	return at
}()

func county(r sandbox.Record, _ Clock) int {
	if n := int(r.Municipality()) / 100; n < len(countyAt) {
		return int(countyAt[n])
	}
	return -1
}
