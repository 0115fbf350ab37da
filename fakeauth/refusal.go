package fakeauth

import (
	"errors"
	"fmt"
	"net/http"

	"github.com/labstack/echo/v4"
)

// fault names a row of the table of refusals.
type fault int

const (
	malformed fault = iota
	missingClaim
	missingScope
	ownConsumer
	badResource
	usedBefore
	unknownClient
	wrongAudience
	badCertificate
	expiredKey
	foreignCertificate
	badX5C
	invalidSignature
	expiredAssertion
	invalidScope
	foreignType
	noAccess
	notDelegated
	unknownDetailType
	unknownDetail
	noSystemUser
	unknownKeyID
	missingKeyID
	signedAhead
	livesTooLong
	grantNotAllowed
	missingGrantType
	unknownGrantType
	repeatedParameter
	notAForm
	bodyTooLarge
	wrongMethod
	unknownPath
	internalFault
)

// row is what the caller of a refused request gets.
type row struct {
	code   string // in error_uri; empty if the real server gives none, or none that is known
	status int
	err    string // OAuth error code
	text   string // error_description, before the trace id; %s stands for a value
	page   *page  // what error_uri leads to; one for each code
	guess  bool   // some of the above was never seen of the real server
}

// page helps a human with a code. The language is bokmål, as at Digdir.
type page struct {
	Title, Wrong, Remedy string
}

// row returns the row of a fault. Codes, errors and texts are those of Digdir,
// "Feilsøking i Maskinporten", or observed in public logs of 2021–2026. Rows
// that say "guess" fill a gap.
func (f fault) row() row { return refusals[f] }

// refusals is read only.
var refusals = [...]row{
	malformed: {
		code: "MP-011", status: http.StatusBadRequest, err: "invalid_request",
		text: "Invalid assertion. Invalid parameter value.",
		page: &page{
			Title:  "Ugyldig assertion",
			Wrong:  "Verdien i «assertion» er ikke en gyldig JWT: den mangler, er avkortet, eller har linjeskift, mellomrom eller andre tegn som ikke hører hjemme der. Det samme gjelder når et påkrevd felt mangler eller har feil type.",
			Remedy: "Send hele JWT-en på én linje, nøyaktig slik biblioteket laget den: tre deler base64url med punktum mellom. Kontroller at iss, aud, scope, iat og exp er med.",
		},
	},
	missingClaim: { // guess: code and error
		code: "MP-011", status: http.StatusBadRequest, err: "invalid_grant", guess: true,
		text: "Invalid assertion. Invalid parameter value.",
	},
	missingScope: { // guess: code and error
		code: "MP-011", status: http.StatusBadRequest, err: "invalid_scope", guess: true,
		text: "Invalid assertion. Invalid parameter value.",
	},
	ownConsumer: {
		status: http.StatusBadRequest, err: "invalid_request",
		text: "Validation of JWT claim failed: The combination consumer_org in claim and delegation scope on client is invalid",
	},
	badResource: { // guess; error by RFC 8707, 2 (resource_error)
		status: http.StatusBadRequest, err: "invalid_target", guess: true,
		text: "Validation of JWT claim failed: The claim resource is not a valid URI",
	},
	usedBefore: { // guess: the words before "Grant"
		code: "MP-012", status: http.StatusBadRequest, err: "invalid_grant", guess: true,
		text: "Invalid assertion. Grant is used before",
		page: &page{
			Title:  "Assertion er brukt før",
			Wrong:  "En JWT kan bare brukes én gang. Denne, eller en annen med samme jti, er allerede brukt.",
			Remedy: "Lag en ny JWT med ny jti for hvert forsøk, også når du prøver på nytt etter en feil. Ta heller vare på tokenet til det utløper.",
		},
	},
	unknownClient: {
		code: "MP-100", status: http.StatusBadRequest, err: "invalid_grant",
		text: "Invalid assertion. Client authentication failed.",
		page: &page{
			Title:  "Ukjent klient",
			Wrong:  "Verdien i iss er ikke en klient som finnes i dette miljøet.",
			Remedy: "Bruk klientens client_id som iss, ikke nøkkelens kid, klientens navn eller organisasjonsnummeret, og kontroller at klienten er registrert i samme miljø som du kaller.",
		},
	},
	wrongAudience: {
		code: "MP-110", status: http.StatusBadRequest, err: "invalid_grant",
		text: "Invalid assertion. Client authentication failed. Invalid JWT claim aud",
		page: &page{
			Title:  "Feil aud",
			Wrong:  "Verdien i aud er ikke utstederen (issuer) som JWT-en ble sendt til.",
			Remedy: "Sett aud til nøyaktig den verdien som står som issuer i /.well-known/oauth-authorization-server: én verdi, med skråstrek til slutt, og ikke adressen til token-endepunktet.",
		},
	},
	badCertificate: {
		code: "MP-120", status: http.StatusBadRequest, err: "invalid_grant",
		text: "Invalid assertion. Client authentication failed. The JWT is signed with an invalid certificate.",
		page: &page{
			Title:  "Ugyldig virksomhetssertifikat",
			Wrong:  "Sertifikatet er utløpt, ikke gyldig ennå, trukket tilbake, utstedt av noen som ikke er godkjent, eller laget for et annet miljø.",
			Remedy: "Bruk et gyldig testsertifikat i testmiljøet og et produksjonssertifikat bare i produksjon. I sandkassen lager kommandoen «liksom cert» et du kan bruke.",
		},
	},
	expiredKey: {
		code: "MP-121", status: http.StatusBadRequest, err: "invalid_grant",
		text: "Invalid assertion. Client authentication failed. Expired key.",
		page: &page{
			Title:  "Nøkkelen er utløpt",
			Wrong:  "Nøkkelen som JWT-en er signert med, er registrert for lenge siden. En nøkkel varer høyst ett år.",
			Remedy: "Registrer nøkkelen på klienten på nytt, eller bytt til en ny.",
		},
	},
	foreignCertificate: {
		code: "MP-122", status: http.StatusBadRequest, err: "invalid_grant",
		text: "Invalid JWT. Invalid organization number for client. Does not match certificate orgno",
		page: &page{
			Title:  "Sertifikatet tilhører en annen virksomhet",
			Wrong:  "Organisasjonsnummeret i virksomhetssertifikatet er ikke det samme som klienten er registrert på.",
			Remedy: "Signer med sertifikatet til virksomheten som eier klienten. En leverandør bruker sin egen klient og sitt eget sertifikat, og nevner kunden i consumer_org.",
		},
	},
	badX5C: { // guess: error
		code: "MP-123", status: http.StatusBadRequest, err: "invalid_grant", guess: true,
		text: "Invalid JWT header x5c",
		page: &page{
			Title:  "Feil i x5c",
			Wrong:  "Feltet x5c i hodet på JWT-en mangler, er en tekst i stedet for en liste, eller inneholder noe som ikke er et sertifikat.",
			Remedy: "Send x5c som en liste av tekster: hvert sertifikat som DER i vanlig base64, uten PEM-linjer og linjeskift, ditt eget først.",
		},
	},
	invalidSignature: {
		code: "MP-124", status: http.StatusBadRequest, err: "invalid_grant",
		text: "Invalid assertion. Client authentication failed. Invalid JWT signature.",
		page: &page{
			Title:  "Ugyldig signatur",
			Wrong:  "Signaturen stemmer ikke med nøkkelen som kid viser til, eller algoritmen er ikke tillatt.",
			Remedy: "Kontroller at den private nøkkelen du signerer med, hører sammen med den registrerte offentlige nøkkelen, og bruk RS256, RS384 eller RS512.",
		},
	},
	expiredAssertion: {
		code: "MP-130", status: http.StatusBadRequest, err: "invalid_grant",
		text: "Invalid assertion. Client authentication failed. JWT is expired",
		page: &page{
			Title:  "JWT er utløpt",
			Wrong:  "Tidspunktet i exp er passert, eller iat ligger mer enn 10 sekunder tilbake i tid.",
			Remedy: "Lag JWT-en rett før den sendes, med tid i UTC, og kontroller at klokken på maskinen går riktig.",
		},
	},
	invalidScope: {
		code: "MP-200", status: http.StatusBadRequest, err: "invalid_scope",
		text: "Token request contains invalid scopes for client, %s",
		page: &page{
			Title:  "Scope er ikke registrert på klienten",
			Wrong:  "Minst ett av scopene i JWT-en er ikke registrert på klienten, eller er feilstavet.",
			Remedy: "Legg scopet til på klienten, eller rett skrivemåten. Flere scope skilles med mellomrom, ikke komma.",
		},
	},
	foreignType: {
		code: "MP-201", status: http.StatusBadRequest, err: "invalid_scope",
		text: "Token request contains scopes not allowed for maskinporten",
		page: &page{
			Title:  "Scopet er ikke for Maskinporten",
			Wrong:  "Et av scopene er bare tillatt for andre integrasjonstyper, for eksempel innlogging av brukere, eller klienten er registrert med feil integrasjonstype.",
			Remedy: "Bruk en klient med integrasjonstype maskinporten og et scope som er åpent for den, eller be eieren av scopet om å tillate typen.",
		},
	},
	noAccess: {
		code: "MP-250", status: http.StatusForbidden, err: "forbidden",
		text: "Consumer has not been granted access to the scope %s.",
		page: &page{
			Title:  "Konsumenten har ikke fått tilgang",
			Wrong:  "Eieren av API-et har ikke gitt virksomheten tilgang til scopet i dette miljøet, eller en leverandør har glemt å nevne kunden sin.",
			Remedy: "Be eieren av API-et om tilgang for virksomheten som er konsument. Er du leverandør, send kundens organisasjonsnummer i feltet consumer_org.",
		},
	},
	notDelegated: {
		code: "MP-251", status: http.StatusForbidden, err: "forbidden",
		text: "Consumer %s has not delegated access to the scope %s to supplier %s.",
		page: &page{
			Title:  "Tilgangen er ikke delegert",
			Wrong:  "Virksomheten i consumer_org har ikke delegert scopet til leverandøren som eier klienten, eller har gjort det i et annet miljø.",
			Remedy: "Kunden delegerer API-et til leverandøren i Altinn, i samme miljø som du kaller. Scopet må være satt opp med en delegeringskilde.",
		},
	},
	unknownDetailType: { // guess: error (authorization_details_error)
		code: "MP-301", status: http.StatusBadRequest, err: "invalid_authorization_details", guess: true,
		text: "Unknown authorization details type",
		page: &page{
			Title:  "Ukjent type i authorization_details",
			Wrong:  "Feltet type i authorization_details er ikke en type som finnes her.",
			Remedy: "Bruk " + systemUserType + " for systembruker. Andre typer er ikke med i sandkassen.",
		},
	},
	unknownDetail: { // guess: error (authorization_details_error)
		code: "MP-302", status: http.StatusBadRequest, err: "invalid_authorization_details", guess: true,
		text: "Unknown fields in the authorization details",
		page: &page{
			Title:  "Ukjente felt i authorization_details",
			Wrong:  "Elementet i authorization_details har felt som ikke hører hjemme der, eller det er flere elementer enn ett.",
			Remedy: "Send nøyaktig ett element med type, systemuser_org (authority og ID) og eventuelt externalRef.",
		},
	},
	noSystemUser: {
		code: "MP-303", status: http.StatusBadRequest, err: "invalid_altinn_customer_configuration",
		text: "Invalid authorization details values: %s",
		page: &page{
			Title:  "Fant ingen systembruker",
			Wrong:  "Kunden har ikke godkjent en systembruker for dette systemet, klienten er ikke knyttet til systemet, eller externalRef mangler eller er feil.",
			Remedy: "Kontroller kundens organisasjonsnummer og externalRef, at klienten er registrert på systemet i Altinn, og at kunden har godkjent systembrukeren.",
		},
	},
	unknownKeyID: {
		status: http.StatusBadRequest, err: "invalid_grant",
		text: "Invalid assertion. Client authentication failed. Unknown key identifier (kid) for client.",
	},
	missingKeyID: {
		status: http.StatusBadRequest, err: "invalid_grant",
		text: "Invalid assertion. Client authentication failed. Invalid JWT. The client requires pre-registered jwk and no key identifier (kid) provided",
	},
	signedAhead: { // guess: error
		status: http.StatusBadRequest, err: "invalid_grant", guess: true,
		text: "Issue time is after now",
	},
	livesTooLong: { // guess: all but that it is refused
		status: http.StatusBadRequest, err: "invalid_grant", guess: true,
		text: "Invalid assertion. Client authentication failed. The JWT is valid for more than 120 seconds",
	},
	grantNotAllowed: { // guess; error by RFC 6749, 5.2
		status: http.StatusBadRequest, err: "unauthorized_client", guess: true,
		text: "The client is not registered for this grant_type",
	},
	missingGrantType: { // guess, as the rest
		status: http.StatusBadRequest, err: "invalid_request", guess: true,
		text: "The parameter grant_type is missing",
	},
	unknownGrantType: {
		status: http.StatusBadRequest, err: "unsupported_grant_type", guess: true,
		text: "The grant_type is not supported, use " + jwtBearer,
	},
	repeatedParameter: {
		status: http.StatusBadRequest, err: "invalid_request", guess: true,
		text: "A parameter is given more than once",
	},
	notAForm: {
		status: http.StatusBadRequest, err: "invalid_request", guess: true,
		text: "The body must be a form of type application/x-www-form-urlencoded",
	},
	bodyTooLarge: {
		status: http.StatusRequestEntityTooLarge, err: "invalid_request", guess: true,
		text: "The body is too large",
	},
	wrongMethod: {
		status: http.StatusMethodNotAllowed, err: "invalid_request", guess: true,
		text: "The method is not allowed here",
	},
	unknownPath: {
		status: http.StatusNotFound, err: "invalid_request",
		text: "There is nothing here",
	},
	internalFault: {
		status: http.StatusInternalServerError, err: "server_error",
		text: "The sandbox failed; its log tells why",
	},
}

// refusal is the error of a request that breaks a rule. Each is made fresh.
type refusal struct {
	row
	reason string // for Verdict.Reason
	named  []any  // values for the text, in its order
	trace  string // trace id; the error handler makes one if empty
	cause  error  // of an internal fault
}

func (r *refusal) Error() string { return r.err + ": " + r.reason }
func (r *refusal) Unwrap() error { return r.cause }

// refuse makes a refusal. The sentence that is formatted gets identity numbers
// masked; untrusted values in it should pass through quote or list.
func refuse(f fault, format string, args ...any) *refusal {
	return &refusal{row: f.row(), reason: mask(fmt.Sprintf(format, args...))}
}

// naming gives the untrusted values that the text names.
func (r *refusal) naming(values ...string) *refusal {
	for _, value := range values {
		r.named = append(r.named, plain(value))
	}
	return r
}

// shown is the text that the caller sees.
func (r *refusal) shown() string {
	if r.named == nil {
		return r.text
	}
	return fmt.Sprintf(r.text, r.named...)
}

// asRefusal makes a fresh refusal of any error.
func asRefusal(err error) *refusal {
	var own *refusal
	if errors.As(err, &own) {
		return own
	}
	var routing *echo.HTTPError
	if errors.As(err, &routing) && routing.Code == http.StatusMethodNotAllowed {
		return refuse(wrongMethod, "the path exists, but not for this method")
	}
	if errors.As(err, &routing) && routing.Code == http.StatusNotFound {
		return refuse(unknownPath, "no such path")
	}
	r := refuse(internalFault, "the sandbox failed: %v", err)
	r.cause = err
	return r
}
