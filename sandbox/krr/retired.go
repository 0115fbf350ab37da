package krr

import "strings"

// retired are paths that clients of earlier days ask for, with the way on.
// Sources: "Utfasa endepunkt" (Digdir); earlier versions of "Oppslagstjenesten
// REST".
var retired = map[string]string{
	"/kontaktinfo-oauth2-server/rest/v1/personer":     "this path closed in 2023; look up with POST /rest/v1/personer or /rest/v2/personer",
	"/kontaktinfo-oauth2-server/rest/v2/personer":     "this path closed in 2023; look up with POST /rest/v2/personer",
	"/kontaktinfo-oauth2-server/rest/v1/person":       "this path closed in 2023; the logged-in person is at GET /rest/v1/person",
	"/kontaktinfo-oauth2-server/rest/v2/api-docs":     "this path closed in 2023; the OpenAPI document is at " + DocumentPath,
	"/kontaktinfo-oauth2-server/rest/swagger-ui.html": "this path closed in 2023; Swagger UI is at /swagger-ui/index.html",
	"/rest/swagger-ui.html":                           "Swagger UI is at /swagger-ui/index.html now",
	"/rest/v1/krr/personer":                           "this path is of the host that closed in 2023; look up with POST /rest/v1/personer or /rest/v2/personer",
	"/rest/v1/krr/hentEndringer":                      "the change feed is in version 2 only: POST /rest/v2/krr/hentEndringer",
}

// elsewhere are paths that the register has or had, and the sandbox has not.
// Source: the population register's, as observed.
var elsewhere = map[string]string{
	"/rest/v1/dsf/personer": "this was data of the population register, which the sandbox does not emulate",
	"/rest/v1/mf/personer":  "this was data of the population register, which the sandbox does not emulate",
}

// wayOn gives the kind of refusal for a path with a hint; not ok when there is none.
func wayOn(path string) (k kind, hint string, ok bool) {
	path = strings.TrimSuffix(path, "/")
	if hint, ok = retired[path]; ok {
		return retiredPath, hint, true
	}
	hint, ok = elsewhere[path]
	return unknownPath, hint, ok
}
