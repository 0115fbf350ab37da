package query_test

import (
	"slices"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/query"
)

const everybody = "aase avvik boerge borte doed eksakt kari nhn ola per ukjent"

// expected are queries with whom they find among the cast, in alphabetic order.
// Where no source is named, the meaning is that of the package comment.
var expected = []struct{ q, want string }{
	// Nothing, and everybody.
	{"", everybody}, {"  \t ", everybody}, {"*", everybody}, {"**", everybody}, {"not *", ""}, {"not not *", everybody}, {"* and ola", "ola"}, {"* or ola", everybody},

	// Plain words: how a word of the name, e-mail, mobile, number or slug begins.
	{"ola", "ola"}, {"OLA", "ola"}, {"ol", "ola"}, {"la", ""}, {"nordmann", "ola per"}, {"ola nordmann", "ola"}, {"nordmann ola", "ola"}, {"ola and nordmann", "ola"}, {"ola or per", "borte ola per"},
	{"anne", "kari"}, {"kari ann", "kari"}, {"ødegård", "kari"}, {"oedegaard", "kari"}, {"ODEGARD", ""}, {"åse", "aase"}, {"aase", "aase"}, {"ÅSE", "aase"}, {"æsop", "boerge"}, {"aesop", "boerge"}, {"lie", ""},
	{"ola.nordmann@example.com", "ola"}, {"kari+krr", "kari"}, {"example.com", ""}, {"*example.com", "avvik eksakt ola"}, {"*@example.*", "avvik doed eksakt kari ola"}, {"*mann", "ola per"}, {"o*a", "ola"}, {"*ola*", "ola"},
	{"98765432", "ola per"}, {"98 76 54 32", "ola per"}, {"+47 98 76 54 32", "ola per"}, {"+4798", "ola per"}, {"004798765432", "ola per"}, {"+46", "boerge"}, {"0046701", "boerge"}, {"46701740605", ""},
	{"fersk-alt", "ola"}, {"atten-mnd", "eksakt"}, {"doed", "doed"}, {"klokke", "doed eksakt"}, {"borte", ""}, {"sletta", "borte"}, {"slettet", "borte"},
	{`"ola nordmann"`, "ola"}, {`"nordmann ola"`, ""}, {`"ola nord"`, ""}, {`"anne ødegård"`, "kari"}, {`"fersk-alt"`, "ola"}, {`"fersk"`, ""}, {`"98 76 54 32"`, "ola per"}, {`"and"`, ""}, {`\and`, ""}, {`ol\a`, "ola"}, {`o\*a`, ""},
	{"ola not per", "ola"}, {"nordmann -ola", ""}, {"nordmann not ola", "per"}, {"NOT nordmann AND klokke", "doed eksakt"}, {"(ola or kari) and nordmann", "ola"}, {"ola or kari and nordmann", "ola"}, {"kari and nordmann or ola", "ola"}, {"not (ola or kari) nordmann", "per"},

	// The register's code lists, in any case, with and without krr.
	{"status:AKTIV", "aase avvik boerge doed eksakt kari nhn ola per"}, {"krr.status:aktiv", "aase avvik boerge doed eksakt kari nhn ola per"}, {"STATUS:SLETTET", "borte"}, {"status : IKKE_REGISTRERT", "ukjent"},
	{"status:(SLETTET or IKKE_REGISTRERT)", "borte ukjent"}, {"status:SLETTET or status:IKKE_REGISTRERT", "borte ukjent"}, {"status:(not AKTIV)", "borte ukjent"}, {"status:*ET", "borte"}, {"status:*T", "borte ukjent"}, {"status:*", everybody}, {`status:"SLETTET"`, "borte"}, {"status:(SLETTET and AKTIV)", ""},
	{"varslingsstatus:KAN_VARSLES", "avvik boerge doed ola per"}, {"not varslingsstatus:KAN_VARSLES", "aase borte eksakt kari nhn ukjent"}, {"varslingsstatus:kan_ikke_varsles and status:AKTIV", "aase eksakt kari nhn"},
	{"reservasjon:JA", "aase"}, {"krr.reservasjon:ja", "aase"}, {"reservasjon:true", "aase"}, {"reservasjon:NEI", "avvik boerge doed eksakt kari nhn ola per"}, {"not reservasjon:*", "borte ukjent"}, {"reservasjon:nei klokke", "doed eksakt"},
	{"spraak:nb", "aase eksakt ola"}, {"språk:nn", "kari"}, {"spraak:se", "doed"}, {"spraak:(nn or se or en)", "boerge doed kari"}, {"not spraak:*", "avvik borte nhn per ukjent"}, {"maalform:EN", "boerge"},
	{"harEpost:JA", "aase avvik doed eksakt kari ola"}, {"harEpost:NEI", "boerge borte nhn per ukjent"}, {"harmobil:ja", "aase boerge ola per"}, {"krr.harMobil:NEI and krr.harEpost:NEI", "borte nhn ukjent"},
	{"epostDuplisert:JA", ""}, {"epostDuplisert:NEI", "aase avvik doed eksakt kari ola"}, {"mobilDuplisert:JA", "ola per"}, {"mobiltelefonnummer_duplisert:NEI", "aase boerge"},
	{"postkasse:digipost", "ola"}, {"postkasse:eboks", "avvik kari"}, {"postkasse:e-boks", "avvik kari"}, {"postkasse:996460320", "avvik kari"}, {"postkasse:ingen and status:AKTIV", "aase boerge doed eksakt nhn per"}, {"postkasse:ingen and not status:AKTIV", "borte ukjent"},
	{"postkassetilstand:inaktiv", "avvik"}, {"postkassetilstand:aktiv", "kari ola"}, {"sertifikat:gyldig", "ola"}, {"sertifikat:utløpt", "kari"}, {"sertifikat:utloept", "kari"}, {"sertifikat:mangler", "avvik"}, {"not sertifikat:* status:AKTIV", "aase boerge doed eksakt nhn per"},

	// The 18-month rule: exactly 18 months is expired, a second less is not.
	{"epostTilstand:fersk", "aase avvik doed ola"}, {"epostTilstand:utgått", "eksakt kari"}, {"epostTilstand:utgaatt and mobilTilstand:mangler", "eksakt kari"}, {"epostTilstand:mangler", "boerge borte nhn per ukjent"},
	{"mobilTilstand:utgaatt", "aase"}, {"mobilTilstand:(fersk or utgaatt)", "aase boerge ola per"}, {"mobilTilstand:FERSK", "boerge ola per"},

	// Texts of the register.
	{"epost:*", "aase avvik doed eksakt kari ola"}, {"epost:ola.nordmann@example.com", "ola"}, {"epost:ola", ""}, {"epost:ola*", "ola"}, {"epostadresse:*@example.org", "kari"}, {`epost:"kari+krr@example.org"`, "kari"}, {"epost:åse@post.test", "aase"}, {"epost:borte*", ""},
	{"mobil:98765432", "ola per"}, {"mobil:+4798765432", "ola per"}, {`mobil:"98 76 54 32"`, "ola per"}, {"mobil:004798765432", "ola per"}, {"mobil:987*", "ola per"}, {"mobil:+46*", "boerge"}, {"mobil:(+46* or 41*)", "aase boerge"}, {"mobil:*32", "ola per"}, {"mobil:abc", ""},
	{`postkasseadresse:"ola.nordmann#9ydt"`, "ola"}, {"postkasseadresse:00*", "avvik kari"}, {"postkasseadresse:borte*", ""}, {"katalog:*", "aase avvik borte doed eksakt ola ukjent"}, {"slug:doed", "doed"}, {"katalog:*-*-*", "aase eksakt"},

	// Dates of the register: a day, month or year stands for all of it.
	{"epostOppdatert:2025", "avvik eksakt kari"}, {"epostOppdatert:2025-05", "avvik eksakt"}, {"epostOppdatert:2025-05-25", "avvik eksakt"}, {"epostOppdatert:2025-05-25T12:00:00+02", "eksakt"}, {"epostOppdatert:2025-05-25T10:00:00Z", "eksakt"}, {"epostOppdatert:2025-05-25t12:00:01+02", "avvik"},
	{"epostOppdatert > 2025", "aase ola"}, {"epostOppdatert >= 2025", "aase avvik eksakt kari ola"}, {"epostOppdatert < 2025", "doed"}, {"epostOppdatert <= 2025-01", "doed kari"}, {"epostOppdatert:[2019 to 2025-01-10]", "doed kari"}, {"epostOppdatert:[* to 2025-01-09]", "doed"}, {"epostOppdatert:[2026-08-25 TO *]", "aase ola"}, {"epostOppdatert:[* to *]", "aase avvik doed eksakt kari ola"},
	{"epostOppdatert < nå-18m", "doed kari"}, {"epostOppdatert <= naa-18m", "doed eksakt kari"}, {"epostOppdatert <= now-18m and epostSistVerifisert:*", "doed"}, {"epostOppdatert:nå-18m", "eksakt"}, {"epostOppdatert > nå-18m-1s", "aase avvik eksakt ola"}, {"epostOppdatert > nå-18m+1s", "aase ola"}, {"epostadresse_oppdatert > nå-2å", "aase avvik eksakt kari ola"}, {"epostOppdatert > nå", ""},
	{"epostSistVerifisert >= 2026-09-01", "ola"}, {"epostSistVerifisert:*", "doed ola"}, {"epostSistValidert:i dag-1d", "eksakt"}, {"epostSistValidert:(>2026-11 or 2026-08)", "ola"}, {"epostSistValidert >= i dag-1d", "eksakt"},
	{"mobilOppdatert:i dag", "boerge"}, {"mobilOppdatert:I DAG", "boerge"}, {"mobilOppdatert:i dag-1d", ""}, {"registrert:i dag-1d", "boerge"}, {"registrert:i dag", ""}, {"mobilOppdatert:idag", "boerge"}, {"mobilOppdatert < i dag", "aase ola per"}, {"mobilOppdatert:2025-12-31", "per"}, {"mobilOppdatert > 2025-12-31", "boerge ola"}, {"mobilOppdatert:[i dag-1y to i dag]", "boerge ola per"}, {"mobilSistVerifisert:*", ""}, {"mobilSistValidert:*", ""},
	{"registrert > i dag-2d", "boerge"}, {"registrert >= 2024 and < 2026", "avvik eksakt per"}, {"slettet:*", "borte"}, {"slettet:2026-01-01", "borte"}, {"endret >= 2026", "aase boerge borte doed ola"}, {"endret > 2026", ""}, {"endret >2025-12 and <2026-06", "borte"}, {"not endret:*", "nhn ukjent"},
	{"reservasjonstidspunkt < nå-5y", "aase"}, {"reservasjonOppdatert:2020", "aase"}, {"spraakOppdatert:[2026-11-25 to 2026-11-25]", "boerge"},

	// The population register. The first lines are Tenor's own examples in shape.
	{"personstatus:bosatt", "aase boerge borte eksakt kari nhn ola per ukjent"}, {"personstatus:(doed or utflyttet)", "avvik doed"}, {"personstatus:død", "doed"}, {"foedselsdato > 2003-12-01", "avvik eksakt per"}, {"foedselsdato >1999 and <2009", "avvik eksakt ukjent"}, {"foedselsdato:[1980 to 1990-10-10]", "kari nhn ola"}, {"foedselsdato:[* to 1950-01-01]", "aase doed"}, {"not foedselsdato:*", ""}, {"fødselsdato:2000-02-29", "ukjent"}, {"foedselsdato:(1980 or 1982-02)", "kari ola"}, {"foedselsdato:(>2003 and <2009)", "avvik eksakt"},
	{"foedselsdato:i dag-18y", "avvik eksakt"}, {"foedselsdato <= i dag-67y", "aase doed"}, {"foedselsdato > i dag", ""}, {"alder:18", "avvik eksakt"}, {"alder < 18", "per"}, {"alder >= 67", "aase doed"}, {"alder:[18 to 30]", "avvik boerge eksakt ukjent"}, {"alder:105", "doed"}, {"alder:(16 or 105)", "doed per"}, {"not alder > 20", "avvik eksakt per"},
	{"kjoenn:kvinne", "aase borte doed eksakt kari nhn"}, {"kjønn:MANN", "avvik boerge ola per ukjent"}, {"identifikatorType:dNummer", "boerge"}, {"identifikatorType:fnr and nordmann", "ola per"}, {"serie:nhn", "nhn"}, {"not serie:tenor", "nhn"},
	{"fornavn:Ola", "ola"}, {"fornavn:ol", ""}, {"fornavn:ol*", "ola"}, {"fornavn:Anne", "kari"}, {`fornavn:"Kari Anne"`, "kari"}, {"fornavn:kari*anne", "kari"}, {"fornavn:*e", "aase boerge kari nhn"}, {"fornavn: A*", "aase kari"}, {"fornavn:Å*", "aase"}, {"fornavn:(ola or per)", "ola per"}, {"fornavn:(ola or (per and not ola))", "ola per"}, {"flereFornavn:JA", "kari"},
	{"etternavn:nordmann", "ola per"}, {"etternavn:*ord*", "ola per"}, {"etternavn:Æsop-Lie", "boerge"}, {"etternavn:lie", ""}, {"visningnavn:nordmann", "ola per"}, {`visningnavn:"per nordmann"`, "per"}, {"navn:p*mann", "per"}, {"navnLengde:12", "ola per"}, {"navnLengde < 10", "aase"}, {"navnLengde:[13 to *]", "boerge borte doed eksakt kari ukjent"},
	{"kommunenr:0301", "borte kari ola"}, {"kommunenr:301", ""}, {"kommunenr:03*", "borte kari ola"}, {"not kommunenr:*", "ukjent"}, {"fylke:03", "borte kari ola"}, {"fylke:oslo", "borte kari ola"}, {"fylke:(trøndelag or finnmark)", "aase doed"}, {`fylke:"Møre og Romsdal"`, "boerge"}, {"fylke:*land", "avvik per"}, {"fylke:*landet", "eksakt"}, {"not fylke:*", "nhn ukjent"},
	{"harAvvikFdato:JA", "avvik"}, {"harAvvikFdato:nei and klokke", "doed eksakt"}, {"antallBarn:1", "kari nhn ola"}, {"antallBarn > 0 and fylke:oslo", "kari ola"}, {"antallBarn:0 nordmann", "per"},

	// Relations: the one, or somebody, who is all of it at once.
	{`tenorRelasjoner.freg:{tenorRelasjonsnavn:"barn" and foedselsdato:[2003 to 2015]}`, "kari ola"}, {"tenorRelasjoner.freg:{tenorRelasjonsnavn:partner}", "kari ola"}, {"tenorRelasjoner.freg:{tenorRelasjonsnavn:(far or mor)}", "per"}, {"tenorRelasjoner.freg:{tenorRelasjonsnavn:far and fornavn:kari}", ""}, {"tenorRelasjoner.freg:{tenorRelasjonsnavn:mor and fornavn:kari}", "per"}, {"tenorRelasjoner.freg:{nordmann}", "kari nhn ola per"},
	{"tenorRelasjoner.freg:{not tenorRelasjonsnavn:barn}", "kari nhn ola per"}, {"not tenorRelasjoner.freg:{tenorRelasjonsnavn:barn} nordmann", "per"}, {"tenorRelasjoner.freg:*", "kari nhn ola per"}, {"not tenorRelasjoner.freg:*", "aase avvik boerge borte doed eksakt ukjent"}, {"tenorRelasjoner.freg:{tenorRelasjonsnavn:barn} and serie:nhn", ""}, {"tenorRelasjoner.freg:{tenorRelasjonsnavn:verge and status:AKTIV}", "nhn"},
	{"tenorrelasjoner.FREG: { epostTilstand:utgaatt }", "ola per"}, {"tenorRelasjoner.freg:{tenorRelasjonsnavn:*}", "kari nhn ola per"}, {"tenorRelasjoner.freg:{alder > 40 and < 46}", "ola per"}, {"tenorRelasjoner.freg:{tenorRelasjonsnavn:(barn and not partner)}", "kari ola"},
}

func TestMatch_finds_whom_a_query_asks_for(t *testing.T) {
	t.Parallel()
	for _, c := range expected {
		if got := found(t, c.q); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", c.q, got, c.want)
		}
	}
	if len(expected) < 150 {
		t.Errorf("only %d queries", len(expected))
	}
}

func TestMatch_finds_numbers(t *testing.T) {
	t.Parallel()
	all := cast()
	ola, per := all["ola"].ID.Digits(), all["per"].ID.Digits()
	for _, c := range []struct{ q, want string }{
		{ola, "ola"}, {ola[:6], "ola"}, {ola[:6] + " " + ola[6:], "ola"}, {ola[5:], ""}, {"id:" + ola, "ola"}, {"tenorMetadata.id:" + ola, "ola"}, {"identifikator:" + ola[:8] + "*", "ola"}, {"identifikator:*" + ola[7:], "ola"},
		{"identifikator:(" + ola + " or " + per + ")", "ola per"}, {"barnFnr:" + per, "kari ola"}, {"farFnr:" + ola, "per"}, {"morFnr:*", "per"}, {"vergeFnr:" + ola, "nhn"}, {"tenorRelasjoner.freg:{identifikator:" + ola + "}", "kari nhn per"},
	} {
		if got := found(t, c.q); got != c.want {
			t.Errorf("%s\ngot  %s\nwant %s", sandbox.MaskIDs(c.q), got, c.want)
		}
	}
}

// found runs a query, and its canonical form, over the cast.
func found(t *testing.T, q string) string {
	t.Helper()
	n, err := query.Parse(q)
	if err != nil {
		return err.Error()
	}
	out := names(t, n)
	again, err := query.Parse(query.Print(n))
	if err != nil {
		t.Errorf("%s is printed as %s: %v", q, query.Print(n), err)
	} else if got := names(t, again); got != out {
		t.Errorf("%s finds %s; printed as %s, it finds %s", q, out, query.Print(n), got)
	}
	return out
}

func names(t *testing.T, n query.Node) string {
	t.Helper()
	persons, related := records(t)
	m := query.NewMatcher(n, query.ClockAt(moment()), related)
	var out []string
	for name, r := range persons {
		if m.Match(r) {
			out = append(out, name)
		}
	}
	slices.Sort(out)
	return strings.Join(out, " ")
}
