package admin

import (
	"fmt"
	"strings"

	"liksom/sandbox"
)

// Person is everything that the sandbox knows of one person: facts of the
// population register in Tenor's names, then the contact register's own names,
// nested as on its wire. Nothing is filtered here; what a token would be told
// is another question. The certificate's text is left out; how it and the
// mailbox stand is told in words of our own.
type Person struct {
	Personidentifikator string     `json:"personidentifikator" pattern:"^[0-9]{11}$"`
	IdentifikatorType   string     `json:"identifikatorType" enum:"foedselsnummer,dNummer"`
	Visningnavn         string     `json:"visningnavn"`
	Fornavn             string     `json:"fornavn"`
	Etternavn           string     `json:"etternavn"`
	Foedselsdato        string     `json:"foedselsdato,omitempty" format:"date"`
	Kjoenn              string     `json:"kjoenn,omitempty" enum:"kvinne,mann"`
	Personstatus        string     `json:"personstatus" enum:"bosatt,utflyttet,doed"`
	Kommunenr           string     `json:"kommunenr,omitempty" pattern:"^[0-9]{4}$"`
	Relasjoner          []Relasjon `json:"relasjoner,omitempty"`
	Katalog             string     `json:"katalog,omitempty" description:"our own; the entry of the catalogue that the person plays in"`
	Registrert          string     `json:"registrert,omitempty" description:"our own; when the person came into the register"`
	Slettet             string     `json:"slettet,omitempty" description:"our own; when the person left the register"`
	Endret              string     `json:"endret,omitempty" description:"our own; the last change of anything"`

	Reservasjon           string              `json:"reservasjon,omitempty" enum:"JA,NEI"`
	Reservasjonstidspunkt string              `json:"reservasjonstidspunkt,omitempty"`
	ReservasjonOppdatert  string              `json:"reservasjon_oppdatert,omitempty"`
	Status                string              `json:"status" enum:"AKTIV,SLETTET,IKKE_REGISTRERT"`
	Varslingsstatus       string              `json:"varslingsstatus" enum:"KAN_VARSLES,KAN_IKKE_VARSLES"`
	Kontaktinformasjon    *Kontaktinformasjon `json:"kontaktinformasjon,omitempty"`
	DigitalPost           *DigitalPost        `json:"digital_post,omitempty"`
	Postkassetilstand     string              `json:"postkassetilstand,omitempty" enum:"aktiv,inaktiv" description:"our own; only with a mailbox"`
	Sertifikattilstand    string              `json:"sertifikattilstand,omitempty" enum:"gyldig,utloept,mangler,utloeper" description:"our own; only with a mailbox"`
	Spraak                string              `json:"spraak,omitempty" enum:"nb,nn,en,se"`
	SpraakOppdatert       string              `json:"spraak_oppdatert,omitempty"`
}

// Relasjon is a relative in the population register: tenorrelasjonsnavn in
// Tenor, where verge and vergemaal are ours.
type Relasjon struct {
	Personidentifikator string `json:"personidentifikator" pattern:"^[0-9]{11}$"`
	Relasjon            string `json:"relasjon" enum:"partner,barn,far,mor,medmor,verge,vergemaal"`
}

// Kontaktinformasjon is a person's channels. Timestamps are spelt as the
// register does: 2023-06-10T21:00:01+02.
type Kontaktinformasjon struct {
	Epostadresse                     string `json:"epostadresse,omitempty"`
	EpostadresseDuplisert            string `json:"epostadresse_duplisert,omitempty" enum:"JA,NEI"`
	EpostadresseOppdatert            string `json:"epostadresse_oppdatert,omitempty"`
	EpostadresseSistVerifisert       string `json:"epostadresse_sist_verifisert,omitempty"`
	EpostadresseSistValidert         string `json:"epostadresse_sist_validert,omitempty"`
	Mobiltelefonnummer               string `json:"mobiltelefonnummer,omitempty"`
	MobiltelefonnummerDuplisert      string `json:"mobiltelefonnummer_duplisert,omitempty" enum:"JA,NEI"`
	MobiltelefonnummerOppdatert      string `json:"mobiltelefonnummer_oppdatert,omitempty"`
	MobiltelefonnummerSistVerifisert string `json:"mobiltelefonnummer_sist_verifisert,omitempty"`
	MobiltelefonnummerSistValidert   string `json:"mobiltelefonnummer_sist_validert,omitempty"`
}

// DigitalPost is a person's mailbox, also one that is not in use.
type DigitalPost struct {
	Postkasseadresse            string `json:"postkasseadresse"`
	Postkasseleverandoeradresse string `json:"postkasseleverandoeradresse"`
}

// The words of postkassetilstand, and of sertifikattilstand in the order of
// [sandbox.CertificateState].
var (
	mailboxStates     = [...]string{"aktiv", "inaktiv"}
	certificateStates = [...]string{"gyldig", "utloept", "mangler", "utloeper"}
)

// NewPerson shows a person as of a moment.
func NewPerson(r sandbox.Record, w sandbox.Window) Person {
	p := Person{
		Personidentifikator: r.ID().Digits(),
		IdentifikatorType:   kindOf(r.ID()),
		Visningnavn:         strings.ToUpper(strings.TrimSpace(r.FirstName() + " " + r.LastName())),
		Fornavn:             strings.ToUpper(r.FirstName()),
		Etternavn:           strings.ToUpper(r.LastName()),
		Foedselsdato:        r.Birth().String(),
		Kjoenn:              r.Sex().String(),
		Personstatus:        r.Civil().String(),
		Kommunenr:           municipality(r.Municipality()),
		Relasjoner:          relatives(r.Kin()),
		Katalog:             r.Scenario(),
		Registrert:          r.Registered().Wire(),
		Slettet:             r.DeletedAt().Wire(),
		Endret:              r.Changed().Wire(),
		Status:              r.Status().String(),
		Varslingsstatus:     w.Notice(r).String(),
	}
	if r.Status() != sandbox.Active {
		return p
	}
	p.Reservasjon = yesNo(r.Reserved())
	p.Reservasjonstidspunkt = r.ReservedAt().Wire()
	p.ReservasjonOppdatert = r.ReservationUpdated().Wire()
	p.Kontaktinformasjon = contact(r.Email(), r.Mobile())
	if m := r.Mailbox(); m.Provider != sandbox.NoProvider {
		p.DigitalPost = &DigitalPost{m.Address, m.Provider.Org()}
		p.Sertifikattilstand = certificateStates[m.Certificate]
		if p.Postkassetilstand = mailboxStates[0]; m.Inactive {
			p.Postkassetilstand = mailboxStates[1]
		}
	}
	p.Spraak = r.Language().String()
	p.SpraakOppdatert = r.LanguageUpdated().Wire()
	return p
}

func municipality(nr uint16) string {
	if nr == 0 {
		return ""
	}
	return fmt.Sprintf("%04d", nr)
}

func relatives(kin sandbox.Kin) []Relasjon {
	var out []Relasjon
	for r := range kin.All() {
		out = append(out, Relasjon{r.ID.Digits(), r.Relation.String()})
	}
	return out
}

func contact(email, mobile sandbox.Channel) *Kontaktinformasjon {
	if email.Value == "" && mobile.Value == "" {
		return nil
	}
	k := &Kontaktinformasjon{
		Epostadresse:                     email.Value,
		EpostadresseOppdatert:            email.Updated.Wire(),
		EpostadresseSistVerifisert:       email.Confirmed.Wire(),
		EpostadresseSistValidert:         email.Validated.Wire(),
		Mobiltelefonnummer:               mobile.Value,
		MobiltelefonnummerOppdatert:      mobile.Updated.Wire(),
		MobiltelefonnummerSistVerifisert: mobile.Confirmed.Wire(),
		MobiltelefonnummerSistValidert:   mobile.Validated.Wire(),
	}
	if email.Value != "" {
		k.EpostadresseDuplisert = yesNo(email.Shared)
	}
	if mobile.Value != "" {
		k.MobiltelefonnummerDuplisert = yesNo(mobile.Shared)
	}
	return k
}

func yesNo(b bool) string {
	if b {
		return "JA"
	}
	return "NEI"
}
