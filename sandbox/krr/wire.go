package krr

// PersonsRequest is the body of a look-up.
// Source: "Oppslagstjenesten REST".
type PersonsRequest struct {
	Personidentifikatorer []string `json:"personidentifikatorer" required:"true" nullable:"false" minItems:"1" maxItems:"1000"`
}

// PersonsRequestV2 is the body of a look-up in version 2 (observed).
type PersonsRequestV2 struct {
	PersonsRequest
	InkluderIkkeRegistrerte bool `json:"inkluderIkkeRegistrerte,omitempty" description:"whether those who are not registered are told of too, as IKKE_REGISTRERT"`
}

// PersonsAnswer is the answer to a look-up.
type PersonsAnswer struct {
	Personer []Person `json:"personer" required:"true" nullable:"false"`
}

// ChangesRequest is the body of a question to the change feed (observed).
type ChangesRequest struct {
	FraEndringsID int64 `json:"fraEndringsId" minimum:"0" description:"the last number that the caller has; 0 at first"`
}

// ChangesAnswer is a page of the change feed (observed). Who has the change
// SisteEndringsID has everything; others ask again from TilEndringsID.
type ChangesAnswer struct {
	List            []Person `json:"list" required:"true" nullable:"false" description:"in the order of the changes; a person may come more than once"`
	FraEndringsID   int64    `json:"fraEndringsId" required:"true"`
	TilEndringsID   int64    `json:"tilEndringsId" required:"true" description:"the last number on this page"`
	SisteEndringsID int64    `json:"sisteEndringsId" required:"true" description:"the last number in the register"`
}

// Person is one person as told. A part that is not told is absent, never null.
// The hot path writes it with [encoder], which must give the same bytes as
// encoding/json.
// Sources: "Attributter i kontakt- og reservasjonsregisteret"; for the order of
// the keys "KRR: Datakvalitet, forbedringer og nyheter" (2024), and for _duplisert,
// which that shows without dates, pages of the feed that a public client has recorded.
type Person struct {
	Personidentifikator   string              `json:"personidentifikator" required:"true"`
	Reservasjon           string              `json:"reservasjon,omitempty" enum:"JA,NEI"`
	Reservasjonstidspunkt string              `json:"reservasjonstidspunkt,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}$" description:"only with JA"`
	ReservasjonOppdatert  string              `json:"reservasjon_oppdatert,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}$"`
	Status                string              `json:"status" required:"true" enum:"AKTIV,SLETTET,IKKE_REGISTRERT"`
	Varslingsstatus       string              `json:"varslingsstatus,omitempty" enum:"KAN_VARSLES,KAN_IKKE_VARSLES"`
	Kontaktinformasjon    *Kontaktinformasjon `json:"kontaktinformasjon,omitempty"`
	DigitalPost           *DigitalPost        `json:"digital_post,omitempty"`
	Sertifikat            string              `json:"sertifikat,omitempty" description:"of the mailbox provider, X.509"`
	Spraak                string              `json:"spraak,omitempty" enum:"nb,nn,en,se"`
	SpraakOppdatert       string              `json:"spraak_oppdatert,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}$"`
}

// Kontaktinformasjon is the channels of a person. Timestamps are spelt as
// [sandbox.Instant.Wire] does.
type Kontaktinformasjon struct {
	Epostadresse                     string `json:"epostadresse,omitempty"`
	EpostadresseOppdatert            string `json:"epostadresse_oppdatert,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}$"`
	EpostadresseSistVerifisert       string `json:"epostadresse_sist_verifisert,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}$"`
	EpostadresseSistValidert         string `json:"epostadresse_sist_validert,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}$"`
	EpostadresseDuplisert            string `json:"epostadresse_duplisert,omitempty" enum:"JA,NEI"`
	Mobiltelefonnummer               string `json:"mobiltelefonnummer,omitempty"`
	MobiltelefonnummerOppdatert      string `json:"mobiltelefonnummer_oppdatert,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}$"`
	MobiltelefonnummerSistVerifisert string `json:"mobiltelefonnummer_sist_verifisert,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}$"`
	MobiltelefonnummerSistValidert   string `json:"mobiltelefonnummer_sist_validert,omitempty" pattern:"^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}[+-][0-9]{2}$"`
	MobiltelefonnummerDuplisert      string `json:"mobiltelefonnummer_duplisert,omitempty" enum:"JA,NEI"`
}

// DigitalPost is the mailbox of a person.
type DigitalPost struct {
	Postkasseadresse            string `json:"postkasseadresse,omitempty"`
	Postkasseleverandoeradresse string `json:"postkasseleverandoeradresse" required:"true"`
}

// PrintCertificate is the certificate of the supplier who prints letters, with
// a capital A in the first name (observed).
type PrintCertificate struct {
	PostkasseleverandoerAdresse string `json:"postkasseleverandoerAdresse" required:"true" pattern:"^[0-9]{9}$"`
	X509Sertifikat              string `json:"x509Sertifikat" required:"true" description:"in version 1 base64 of the DER on one line, in version 2 PEM"`
}

// PersonChange is the body with which a citizen's language is chosen. Source: the
// operator's OpenAPI document of 2022.
type PersonChange struct {
	Spraak string `json:"spraak" required:"true" enum:"nb,nn,en,se," description:"the empty text takes the choice back"`
}

// LanguageRequest is the body with which a consumer sets a person's language.
type LanguageRequest struct {
	Personidentifikator string `json:"personidentifikator" required:"true" pattern:"^[0-9]{11}$"`
	Spraak              string `json:"spraak" required:"true" enum:"nb,nn,en,se"`
}

// ErrorAnswer is the body of every refusal. Its form is that of the operator's
// OpenAPI document of 2022, where it stands for PATCH only; that the look-up
// answers in it too is a guess.
type ErrorAnswer struct {
	Errors []Error `json:"errors" required:"true" nullable:"false" minItems:"1"`
}

// Error is one fault of a request.
type Error struct {
	Status string       `json:"status" required:"true" description:"the HTTP status as a text"`
	Title  string       `json:"title" required:"true"`
	Detail string       `json:"detail,omitempty"`
	Source *ErrorSource `json:"source,omitempty"`
}

// ErrorSource points at the value that is at fault.
type ErrorSource struct {
	Pointer string `json:"pointer" required:"true" description:"a JSON pointer into the body"`
}
