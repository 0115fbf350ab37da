package tenor

import (
	"fmt"
	"strings"

	"liksom/sandbox"
)

// sources are the kilder that can be asked: the population register, and the
// contact register, which the real service may not answer for alone (a guess).
var sources = []string{"freg", "krr"}

// document is a hit as its source tells it.
type document map[string]any

// newDocument makes the whole document of a person, of which the caller is shown
// a part: the members that can be searched for lie flat in it.
func (a *API) newDocument(source string, r sandbox.Record, w sandbox.Window) document {
	id := r.ID().Digits()
	d := document{"tenorMetadata": map[string]any{"id": id, "kildedata": original(source, r, w)}}
	if kin := a.relatives(r); len(kin) > 0 {
		d["tenorRelasjoner"] = map[string]any{"freg": kin}
	}
	for name, value := range keyInformationOf(source, r, w) {
		d[name] = value
	}
	d["id"], d["identifikator"] = id, []string{id}
	return d
}

// relatives are those whom Tenor knows relations to: no guardians and wards.
func (a *API) relatives(r sandbox.Record) []map[string]any {
	var out []map[string]any
	for k := range r.Kin().All() {
		if k.Relation == sandbox.Guardian || k.Relation == sandbox.Ward {
			continue
		}
		one := map[string]any{"tenorRelasjonsnavn": k.Relation.String(), "id": k.ID.Digits()}
		if other := a.c.Person(k.ID); other.Exists() {
			one["visningnavn"] = displayName(other)
		}
		out = append(out, one)
	}
	return out
}

func keyInformationOf(source string, r sandbox.Record, w sandbox.Window) map[string]any {
	if source == "krr" {
		return contactInformation(r, w)
	}
	return personInformation(r)
}

// personInformation is what the population register has. Names are in capitals,
// as there.
func personInformation(r sandbox.Record) map[string]any {
	out := map[string]any{
		"identifikatorType": identifierKind(r), "fornavn": strings.ToUpper(r.FirstName()), "etternavn": strings.ToUpper(r.LastName()), "visningnavn": displayName(r),
		"foedselsdato": r.Birth().String(), "personstatus": r.Civil().String(),
	}
	if sex := r.Sex().String(); sex != "" {
		out["kjoenn"] = sex
	}
	if nr := r.Municipality(); nr != 0 {
		out["kommunenr"] = fmt.Sprintf("%04d", nr)
	}
	return out
}

func identifierKind(r sandbox.Record) string {
	if r.ID().DNumber() {
		return "dNummer"
	}
	return "foedselsnummer"
}

func displayName(r sandbox.Record) string {
	return strings.ToUpper(strings.TrimSpace(r.FirstName() + " " + r.LastName()))
}

// contactInformation is what the contact register has, in the terms of its key
// information. Source: the Tenor page shown in "Kontakt- og reservasjonsregisteret"
// (Digdir, 2024); the names of the members are ours.
func contactInformation(r sandbox.Record, w sandbox.Window) map[string]any {
	out := map[string]any{"status": r.Status().String(), "varslingsstatus": w.Notice(r).String()}
	if r.Status() == sandbox.Active {
		out["reservasjon"], out["harEpost"], out["harMobil"] = r.Reserved(), r.Email().Value != "", r.Mobile().Value != ""
		if l := r.Language().String(); l != "" {
			out["spraak"] = l
		}
	}
	return out
}
