// Package query is the language in which persons are searched: plain words, and
// KQL as Tenor speaks it, with the contact register's fields beside.
//
//	ola nordmann                             every word begins a word of the name, the e-mail, the mobile, the number or the slug
//	"ola nordmann"                           these words in a row in the name, or the whole of another
//	status:AKTIV and not reservasjon:JA      fields, and or not in any case; and may be left out
//	spraak:(nn or se)                        several values of a field
//	epost:*                                  there is a value
//	fornavn:A* etternavn:*sen                any signs
//	epostOppdatert < nå-18m                  before; also <= > >=, and a second one needs no field: foedselsdato > 2003 and < 2005
//	foedselsdato:[2003 to 2005-06]           from and to, both included; * for open
//	tenorRelasjoner.freg:{tenorRelasjonsnavn:"barn" and alder < 18}
//
// A date is a year, a month, a day in Norway or a moment, and stands for all of
// it: > 2003 is after the year, <= 2003 includes it (a guess: Tenor's documents
// do not say). nå-18m, i dag and i dag-3d are reckoned from the register clock.
//
// Letter case, and æ ø å against ae oe aa, never matter. A backslash takes the
// meaning from the sign behind it. Words after a field's value are plain words,
// where Kibana takes them for more of the value.
//
// [Fields] is the one table of fields: parser, evaluation, completion, engine
// and documentation read it.
package query
