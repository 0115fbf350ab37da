package krr

// PersonsRequest is the body of a look-up.
// Source: "Oppslagstjenesten REST"; inkluderIkkeRegistrerte as observed.
type PersonsRequest struct {
	Personidentifikatorer   []string `json:"personidentifikatorer"`             // 1 to 1000
	InkluderIkkeRegistrerte bool     `json:"inkluderIkkeRegistrerte,omitempty"` // version 2 only
}

// PersonsAnswer is the answer to a look-up.
type PersonsAnswer struct {
	Personer []Person `json:"personer"`
}

// ChangesRequest is the body of a question to the change feed (observed).
type ChangesRequest struct {
	FraEndringsID int64 `json:"fraEndringsId"` // the last number that the caller has; 0 at first
}

// ChangesAnswer is a page of the change feed (observed). Who has the change
// SisteEndringsID has everything; others ask again from TilEndringsID.
type ChangesAnswer struct {
	List            []Person `json:"list"` // in the order of the changes; a person may come more than once
	FraEndringsID   int64    `json:"fraEndringsId"`
	TilEndringsID   int64    `json:"tilEndringsId"`   // the last number on this page
	SisteEndringsID int64    `json:"sisteEndringsId"` // the last number in the register
}

// Person is one person as told. A part that is not told is absent, never null.
// The hot path writes it with [encoder], which must give the same bytes as
// encoding/json.
// Sources: "Attributter i kontakt- og reservasjonsregisteret"; "KRR:
// Datakvalitet, forbedringer og nyheter" (2024) for the order of the keys.
type Person struct {
	Personidentifikator   string              `json:"personidentifikator"`
	Reservasjon           string              `json:"reservasjon,omitempty"`           // JA, NEI
	Reservasjonstidspunkt string              `json:"reservasjonstidspunkt,omitempty"` // only with JA
	ReservasjonOppdatert  string              `json:"reservasjon_oppdatert,omitempty"`
	Status                string              `json:"status"`
	Varslingsstatus       string              `json:"varslingsstatus,omitempty"`
	Kontaktinformasjon    *Kontaktinformasjon `json:"kontaktinformasjon,omitempty"`
	DigitalPost           *DigitalPost        `json:"digital_post,omitempty"`
	Sertifikat            string              `json:"sertifikat,omitempty"`
	Spraak                string              `json:"spraak,omitempty"`
	SpraakOppdatert       string              `json:"spraak_oppdatert,omitempty"`
}

// Kontaktinformasjon is the channels of a person. Timestamps are spelt as
// [sandbox.Instant.Wire] does.
type Kontaktinformasjon struct {
	Epostadresse                     string `json:"epostadresse,omitempty"`
	EpostadresseDuplisert            string `json:"epostadresse_duplisert,omitempty"` // JA, NEI
	EpostadresseOppdatert            string `json:"epostadresse_oppdatert,omitempty"`
	EpostadresseSistVerifisert       string `json:"epostadresse_sist_verifisert,omitempty"`
	EpostadresseSistValidert         string `json:"epostadresse_sist_validert,omitempty"`
	Mobiltelefonnummer               string `json:"mobiltelefonnummer,omitempty"`
	MobiltelefonnummerDuplisert      string `json:"mobiltelefonnummer_duplisert,omitempty"` // JA, NEI
	MobiltelefonnummerOppdatert      string `json:"mobiltelefonnummer_oppdatert,omitempty"`
	MobiltelefonnummerSistVerifisert string `json:"mobiltelefonnummer_sist_verifisert,omitempty"`
	MobiltelefonnummerSistValidert   string `json:"mobiltelefonnummer_sist_validert,omitempty"`
}

// DigitalPost is the mailbox of a person.
type DigitalPost struct {
	Postkasseadresse            string `json:"postkasseadresse,omitempty"`
	Postkasseleverandoeradresse string `json:"postkasseleverandoeradresse"`
}

// ErrorAnswer is the body of every refusal. Its form is that of the operator's
// OpenAPI document of 2022, where it stands for PATCH only; that the look-up
// answers in it too is a guess.
type ErrorAnswer struct {
	Errors []Error `json:"errors"`
}

// Error is one fault of a request.
type Error struct {
	Status string       `json:"status"` // the HTTP status as a text
	Title  string       `json:"title"`
	Detail string       `json:"detail,omitempty"`
	Source *ErrorSource `json:"source,omitempty"`
}

// ErrorSource points at the value that is at fault.
type ErrorSource struct {
	Pointer string `json:"pointer"` // a JSON pointer into the body
}
