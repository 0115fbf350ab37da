package krr

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"reflect"
	"slices"
	"strings"

	"github.com/swaggest/jsonschema-go"
	"github.com/swaggest/openapi-go"
	"github.com/swaggest/openapi-go/openapi31"
)

// DocumentPath is where the OpenAPI document is (a guess: where the register's own
// is today is not known, and this is the usual place of its kind of service).
const DocumentPath = "/v3/api-docs"

// TokenPath is where Swagger UI asks for a token. Its pages cannot sign an
// assertion, so the one who serves them makes the tokens of Maskinporten there.
const TokenPath = "/swagger-ui/token"

// LoginPath is where the sandbox's ID-porten is, from the same root.
const LoginPath = "/idporten"

// userScopes says what a citizen's scopes are for, since their scheme has no place
// for it.
func userScopes() string {
	var words []string
	for _, name := range slices.Sorted(maps.Keys(userScopeWords)) {
		words = append(words, name+": "+userScopeWords[name])
	}
	return strings.Join(words, "; ") + "."
}

// afterJSON stands for [contentJOSE] until the document is written, where types
// come in order of their names: tools take the first, which must be JSON.
const afterJSON = contentJSON + "~"

const (
	contentJOSE = "application/jose"
	description = "The double of the Contact and Reservation Register's API in the sandbox Liksom. All persons are synthetic. " +
		"Timestamps have an offset of two digits, such as +02, which is not the date-time of RFC 3339. What is not known about the real API is on the page /hjelp/antakelser."
)

// schemaNames are what the operator's own documents call the wire types, so that
// a client that is generated from ours has the classes of one that is generated
// from theirs. Sources: a client made from the document of October 2023; models made
// from that of 2022, for what the first has not.
var schemaNames = map[string]string{
	"PersonsRequest":     "HentPersonerRequest",
	"PersonsRequestV2":   "GetUsersRequestV2",
	"PersonsAnswer":      "GetUsersResource",
	"Person":             "UserResource",
	"Kontaktinformasjon": "ContactInfoResource",
	"DigitalPost":        "DigitalPostResource",
	"PrintCertificate":   "PrintSertifikatResponse",
	"PersonChange":       "PersonPatchDocument",
	"ErrorAnswer":        "Errors",
	"ErrorSource":        "Source",
}

func schemaName(t reflect.Type, _ string) string {
	return cmp.Or(schemaNames[t.Name()], t.Name())
}

// PrepareJSONSchema says what one identifier is like, which no tag of a list can.
// It is called for parameters too, which a request has none of.
func (PersonsRequest) PrepareJSONSchema(s *jsonschema.Schema) error {
	if ids, ok := s.Properties["personidentifikatorer"]; ok {
		ids.TypeObject.Items.SchemaOrBool.TypeObjectEns().WithPattern("^[0-9]{11}$")
	}
	return nil
}

// securities are the schemes of the document by name.
func securities() map[string]openapi31.SecuritySchemeOrReference {
	flow := openapi31.OauthFlowsDefsClientCredentials{TokenURL: TokenPath, Scopes: scopeWords}
	oauth := new(openapi31.SecurityScheme)
	oauth.WithOauth2(openapi31.SecuritySchemeOauth2{Flows: openapi31.OauthFlows{ClientCredentials: &flow}})
	oauth.WithDescription("Makes a token of the sandbox's Maskinporten without an assertion, for trying things out here. client_id is a registered client, for example demo; client_secret is the sandbox's admin token, if it has one.")
	bearer := new(openapi31.SecurityScheme)
	bearer.WithHTTPBearer(openapi31.SecuritySchemeHTTPBearer{Scheme: "bearer"})
	bearer.WithDescription("An access token from Maskinporten, got with a signed assertion as from the real one; or from ID-porten, for a citizen.")
	login := new(openapi31.SecurityScheme)
	login.WithOidc(openapi31.SecuritySchemeOidc{OpenIDConnectURL: LoginPath + "/.well-known/openid-configuration"})
	login.WithDescription("A token of the sandbox's ID-porten, for a citizen who has logged in. " + userScopes())
	return map[string]openapi31.SecuritySchemeOrReference{
		"idporten":     {SecurityScheme: login},
		"maskinporten": {SecurityScheme: oauth},
		"token":        {SecurityScheme: bearer},
	}
}

// tellDocument is GET [DocumentPath]; no token is needed.
func (a *API) tellDocument(_ *http.Request, s *scratch, _ *Verdict) *refusal {
	var text []byte
	text, s.failed = a.document()
	s.out = append(s.out, text...)
	return nil
}

// document makes the OpenAPI 3.1 document of the operations.
func document(ops []operation, version string) ([]byte, error) {
	r := openapi31.NewReflector()
	r.Spec.Info.WithTitle("Kontakt- og reservasjonsregisteret (Liksom)").WithVersion(version).WithDescription(description)
	r.Spec.ComponentsEns().SecuritySchemes = securities()
	r.JSONSchemaReflector().DefaultOptions = append(r.JSONSchemaReflector().DefaultOptions, jsonschema.InterceptDefName(schemaName))
	for _, op := range ops {
		if err := op.describe(r); err != nil {
			return nil, fmt.Errorf("krr: describing %s: %w", op.id, err)
		}
	}
	text, err := r.Spec.MarshalJSON()
	return bytes.ReplaceAll(text, []byte(`"`+afterJSON+`"`), []byte(`"`+contentJOSE+`"`)), err
}

func (op operation) describe(r *openapi31.Reflector) error {
	ctx, err := r.NewOperationContext(op.method, op.path)
	if err != nil {
		return err
	}
	ctx.SetID(op.id)
	ctx.SetTags(op.tag)
	ctx.SetSummary(op.summary)
	for _, name := range op.scopes {
		if isUserScope(name) {
			ctx.AddSecurity("idporten", name)
			continue
		}
		ctx.AddSecurity("maskinporten", name)
	}
	if op.scopes != nil {
		ctx.AddSecurity("token")
	}
	if op.in != nil {
		ctx.AddReqStructure(op.in, openapi.WithCustomize(func(body openapi.ContentOrReference) {
			b := body.(*openapi31.RequestBodyOrReference).RequestBody
			b.WithRequired(true)
			setExample(b.Content, op.exampleIn)
		}))
	}
	op.describeAnswer(ctx)
	for _, status := range op.faults {
		ctx.AddRespStructure(new(ErrorAnswer), openapi.WithHTTPStatus(status), openapi.WithCustomize(func(answer openapi.ContentOrReference) {
			setExample(answer.(*openapi31.ResponseOrReference).Response.Content, op.exampleFault(status))
		}))
	}
	return r.AddOperation(ctx)
}

func (op operation) describeAnswer(ctx openapi.OperationContext) {
	if op.out == nil {
		ctx.AddRespStructure(nil, openapi.WithHTTPStatus(http.StatusNoContent))
		return
	}
	ctx.AddRespStructure(op.out, openapi.WithHTTPStatus(http.StatusOK), openapi.WithCustomize(func(answer openapi.ContentOrReference) {
		r := answer.(*openapi31.ResponseOrReference).Response
		setExample(r.Content, op.exampleOut)
		if op.signed {
			text := map[string]any{"type": "string", "description": "a compact JWS over the JSON, with the signer's certificate in x5c"}
			r.WithContentItem(afterJSON, openapi31.MediaType{Schema: text})
		}
	}))
}

func setExample(content map[string]openapi31.MediaType, text string) {
	if m, ok := content[contentJSON]; ok {
		m.Example = new(any)
		*m.Example = json.RawMessage(text)
		content[contentJSON] = m
	}
}

// exampleFault is how the first kind of refusal with a status looks.
func (op operation) exampleFault(status int) string {
	k := slices.IndexFunc(kinds[:], func(k kindOf) bool { return k.status == status })
	body, err := json.Marshal(ErrorAnswer{[]Error{{Status: fmt.Sprint(status), Title: kinds[k].title}}})
	if err != nil {
		return "null"
	}
	return string(body)
}
