package app

import (
	"encoding/json"
	"fmt"

	"liksom/sandbox"
	"liksom/sandbox/admin"
)

// tenorDocument is a person as Tenor's search answers it. Source: the answers
// that public clients of the search read (data types and mocks of NAV's).
type tenorDocument struct {
	ID                string                     `json:"id"`
	Identifikator     []string                   `json:"identifikator"`
	IdentifikatorType string                     `json:"identifikatorType"`
	Visningnavn       string                     `json:"visningnavn"`
	Fornavn           string                     `json:"fornavn"`
	Etternavn         string                     `json:"etternavn"`
	Foedselsdato      string                     `json:"foedselsdato,omitempty"`
	Kjoenn            string                     `json:"kjoenn,omitempty"`
	Personstatus      string                     `json:"personstatus"`
	Kommunenr         string                     `json:"kommunenr,omitempty"`
	TenorRelasjoner   map[string][]tenorRelative `json:"tenorRelasjoner"` // by source
	TenorMetadata     tenorMetadata              `json:"tenorMetadata"`
}

type tenorRelative struct {
	ID                 string `json:"id"`
	TenorRelasjonsnavn string `json:"tenorRelasjonsnavn"`
}

// tenorMetadata holds JSON inside a string, as Tenor does. What is in it is not
// the population register's own record, but all that the sandbox knows.
type tenorMetadata struct {
	ID        string `json:"id"`
	Kildedata string `json:"kildedata"`
}

// tenorSource is the source of persons, the population register.
const tenorSource = "freg"

// tenorDocuments writes one answer that holds everybody, where the real one ends
// at 200 documents.
func tenorDocuments(s source) (format, error) {
	w, n := sandbox.WindowAt(s.at), s.persons.Len()
	return format{
		head:    fmt.Sprintf(`{"treff":%d,"rader":%d,"offset":0,"nesteSide":null,"seed":%d,"dokumentListe":[`+"\n", n, n, s.generator.Seed),
		between: ",\n",
		tail:    "\n],\"fasetter\":{}}\n",
		person: func(b []byte, r sandbox.Record) ([]byte, error) {
			document, err := newTenorDocument(admin.NewPerson(r, w), r.Kin())
			if err != nil {
				return b, err
			}
			text, err := json.Marshal(document)
			return append(b, text...), err
		},
	}, nil
}

func newTenorDocument(p admin.Person, kin sandbox.Kin) (tenorDocument, error) {
	all, err := json.Marshal(p)
	if err != nil {
		return tenorDocument{}, err
	}
	d := tenorDocument{
		ID: p.Personidentifikator, Identifikator: []string{p.Personidentifikator}, IdentifikatorType: p.IdentifikatorType,
		Visningnavn: p.Visningnavn, Fornavn: p.Fornavn, Etternavn: p.Etternavn, Foedselsdato: p.Foedselsdato,
		Kjoenn: p.Kjoenn, Personstatus: p.Personstatus, Kommunenr: p.Kommunenr,
		TenorRelasjoner: map[string][]tenorRelative{}, TenorMetadata: tenorMetadata{p.Personidentifikator, string(all)},
	}
	for r := range kin.All() {
		if r.Relation == sandbox.Guardian || r.Relation == sandbox.Ward {
			continue // Tenor has no such relation
		}
		d.TenorRelasjoner[tenorSource] = append(d.TenorRelasjoner[tenorSource], tenorRelative{r.ID.Digits(), r.Relation.String()})
	}
	return d, nil
}
