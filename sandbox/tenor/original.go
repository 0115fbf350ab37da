package tenor

import (
	"encoding/json"
	"fmt"
	"strings"

	"liksom/sandbox"
)

// registered is kildedata of freg: a person as the population register tells one,
// with what the sandbox knows. Each member is a list of what holds and what
// held. Sources: answers of the population register's API that a public project has
// recorded; a public client that reads navn and status in kildedata.
type registered struct {
	Identifikasjonsnummer []identification `json:"identifikasjonsnummer"`
	Status                []civilStatus    `json:"status"`
	Kjoenn                []sex            `json:"kjoenn,omitempty"`
	Foedsel               []birth          `json:"foedsel"`
	Navn                  []name           `json:"navn"`
	Bostedsadresse        []residence      `json:"bostedsadresse,omitempty"`
}

type current struct {
	ErGjeldende bool `json:"erGjeldende"`
}

type identification struct {
	current
	Status               string `json:"status"`
	FoedselsEllerDNummer string `json:"foedselsEllerDNummer"`
	Identifikatortype    string `json:"identifikatortype"`
}

type civilStatus struct {
	current
	Status string `json:"status"`
}

type sex struct {
	current
	Kjoenn string `json:"kjoenn"`
}

type birth struct {
	current
	Foedselsdato string `json:"foedselsdato"`
	Foedselsaar  string `json:"foedselsaar"`
}

type name struct {
	current
	Fornavn   string `json:"fornavn"`
	Etternavn string `json:"etternavn"`
}

type residence struct {
	current
	Vegadresse struct {
		Kommunenummer string `json:"kommunenummer"`
	} `json:"vegadresse"`
}

func newRegistered(r sandbox.Record) registered {
	now := current{true}
	p := registered{
		Identifikasjonsnummer: []identification{{now, "iBruk", r.ID().Digits(), identifierKind(r)}},
		Status:                []civilStatus{{now, r.Civil().String()}},
		Foedsel:               []birth{{now, r.Birth().String(), fmt.Sprintf("%04d", r.Birth().Year)}},
		Navn:                  []name{{now, strings.ToUpper(r.FirstName()), strings.ToUpper(r.LastName())}},
	}
	if s := r.Sex().String(); s != "" {
		p.Kjoenn = []sex{{now, s}}
	}
	if nr := r.Municipality(); nr != 0 {
		home := residence{current: now}
		home.Vegadresse.Kommunenummer = fmt.Sprintf("%04d", nr)
		p.Bostedsadresse = []residence{home}
	}
	return p
}

// original is kildedata: the source's own document, as a text. That of krr is ours.
func original(source string, r sandbox.Record, w sandbox.Window) string {
	var d any = newRegistered(r)
	if source == "krr" {
		known := contactInformation(r, w)
		known["personidentifikator"] = r.ID().Digits()
		d = known
	}
	b, err := json.Marshal(d)
	if err != nil {
		return "{}"
	}
	return string(b)
}
