package krr

import (
	"net/http"
	"slices"
)

// operation is one line of the table that feeds both the router and the OpenAPI
// document, so that the document cannot lag.
type operation struct {
	method, path          string
	id, tag, summary      string
	in, out               any      // types of body and answer, for the document; nil: none
	scopes                []string // one of them is enough; nil: no token is needed
	faults                []int
	signed                bool   // whether the answer can be had as application/jose
	exampleIn, exampleOut string // JSON
	answer                answerer
}

// answerer appends the answer to s.out, or says why not, and notes in v what it finds.
type answerer func(r *http.Request, s *scratch, v *Verdict) *refusal

func (a *API) operations() []operation {
	const bad, unauthorized, forbidden, unacceptable = http.StatusBadRequest, http.StatusUnauthorized, http.StatusForbidden, http.StatusNotAcceptable
	const tooLarge, badKind = http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType
	read := []string{scopeContact, scopeMailbox, scopeContactDelegated, scopeMailboxDelegated}
	readOne := append([]string{scopeUserContact, scopeUserMailbox}, read...)
	asked := []int{bad, unauthorized, forbidden, unacceptable, tooLarge, badKind}
	return []operation{
		{
			method: http.MethodPost, path: LookupPath, id: "hentPersonerV1", tag: "Personer",
			summary: "Look up 1 to 1000 persons; those who are not registered are told of too",
			in:      new(PersonsRequest), out: new(PersonsAnswer), scopes: read, faults: asked, signed: true,
			exampleIn: exampleAsked, exampleOut: examplePersons, answer: a.lookup(version1),
		},
		{
			method: http.MethodPost, path: LookupPathV2, id: "hentPersonerV2", tag: "Personer",
			summary: "Look up 1 to 1000 persons; those who are not registered are left out unless asked for",
			in:      new(PersonsRequestV2), out: new(PersonsAnswer), scopes: read, faults: asked, signed: true,
			exampleIn: exampleAskedV2, exampleOut: examplePersons, answer: a.lookup(version2),
		},
		{
			method: http.MethodGet, path: "/rest/v1/person", id: "hentPersonV1", tag: "Person",
			summary: "The citizen who has logged in, or the one that a machine's token is for",
			out:     new(Person), scopes: readOne, faults: []int{unauthorized, forbidden, unacceptable}, signed: true,
			exampleOut: examplePerson, answer: a.person,
		},
		{
			method: http.MethodPatch, path: "/rest/v1/person", id: "patchUser", tag: "Person", // as links to the operator's Swagger UI have it
			summary: "Choose the language of the citizen who has logged in; the empty text takes the choice back",
			in:      new(PersonChange), scopes: []string{scopeUserLanguage},
			faults:    append(slices.Clone(asked), http.StatusConflict, http.StatusUnprocessableEntity, http.StatusServiceUnavailable),
			exampleIn: exampleChoice, answer: a.chooseLanguage,
		},
		{
			method: http.MethodGet, path: "/rest/v2/person", id: "hentPersonV2", tag: "Person",
			summary: "The same as in version 1, as far as is known",
			out:     new(Person), scopes: readOne, faults: []int{unauthorized, forbidden, unacceptable}, signed: true,
			exampleOut: examplePerson, answer: a.person,
		},
		{
			method: http.MethodPost, path: "/rest/v2/krr/hentEndringer", id: "hentEndringer", tag: "Personer",
			summary: "The change feed, for the few who may keep a local copy",
			in:      new(ChangesRequest), out: new(ChangesAnswer), scopes: []string{scopeFeed}, faults: asked,
			exampleIn: exampleFrom, exampleOut: exampleChanges, answer: a.changes,
		},
		{
			method: http.MethodGet, path: "/rest/v1/printSertifikat", id: "hentPrintSertifikatV1", tag: "Print",
			summary: "Certificate of the print supplier who is being phased out; no token is needed",
			out:     new(PrintCertificate), faults: []int{unacceptable}, exampleOut: string(a.printV1), answer: printCertificate(a.printV1),
		},
		{
			method: http.MethodGet, path: "/rest/v2/printSertifikat", id: "hentPrintSertifikatV2", tag: "Print",
			summary: "Certificate of the print supplier; no token is needed",
			out:     new(PrintCertificate), faults: []int{unacceptable}, exampleOut: string(a.printV2), answer: printCertificate(a.printV2),
		},
		{
			method: http.MethodPost, path: LanguagePath, id: "settSpraak", tag: "Antakelser",
			summary: "A guess with a path of the sandbox's own: set the language of a person who has none, or is not in the register",
			in:      new(LanguageRequest), scopes: []string{scopeLanguage},
			faults:    append(slices.Clone(asked), http.StatusConflict, http.StatusUnprocessableEntity, http.StatusServiceUnavailable),
			exampleIn: exampleLanguage, answer: a.setLanguage,
		},
	}
}

// LookupPath and LookupPathV2 are where persons are looked up.
const (
	LookupPath   = "/rest/v1/personer"
	LookupPathV2 = "/rest/v2/personer"
)

// LanguagePath is where a consumer sets a language. It is a path that the real
// register can never use, since all that happens there is a guess.
const LanguagePath = "/sandbox/krr/spraak"

// The examples of the document. Persons are invented; the numbers asked for are
// such as the sandbox has at first.
const (
	exampleAsked    = `{"personidentifikatorer":["05840399895"]}`
	exampleAskedV2  = `{"personidentifikatorer":["05840399895"],"inkluderIkkeRegistrerte":true}`
	exampleLanguage = `{"personidentifikator":"18859948843","spraak":"nn"}`
	exampleChoice   = `{"spraak":"nn"}`
	exampleFrom     = `{"fraEndringsId":0}`
	examplePerson   = `{"personidentifikator":"05840399895","reservasjon":"NEI","reservasjon_oppdatert":"2019-02-12T08:30:11+01","status":"AKTIV","varslingsstatus":"KAN_VARSLES",` +
		`"kontaktinformasjon":{"epostadresse":"a.lie@example.test","epostadresse_oppdatert":"2020-05-04T09:12:30+02","epostadresse_sist_verifisert":"2024-11-02T18:20:05+01","epostadresse_duplisert":"NEI",` +
		`"mobiltelefonnummer":"+4799990001","mobiltelefonnummer_oppdatert":"2020-05-04T09:12:30+02","mobiltelefonnummer_sist_verifisert":"2024-11-02T18:20:05+01","mobiltelefonnummer_duplisert":"NEI"},` +
		`"spraak":"nb","spraak_oppdatert":"2021-09-01T10:00:00+02"}`
	examplePersons = `{"personer":[` + examplePerson + `]}`
	exampleChanges = `{"list":[` + examplePerson + `],"fraEndringsId":0,"tilEndringsId":200000001,"sisteEndringsId":200000001}`
)
