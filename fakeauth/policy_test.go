package fakeauth

import (
	"fmt"
	"net/http"
	"reflect"
	"strings"
	"testing"

	"github.com/go-jose/go-jose/v4"
)

// by signs as a client with key s1, with changes to goodClaims.
func by(tb testing.TB, client string, changes members) string {
	tb.Helper()
	return signed(tb, jose.RS256, otherKey(), members{"kid": "s1"}, goodClaims().with(members{"iss": client}).with(changes))
}

// named is the outcome of a fault whose text names values.
func named(f fault, values ...any) outcome {
	o := of(f)
	o.Text = fmt.Sprintf(o.Text, values...)
	return o
}

func orgID(org string) map[string]any {
	return map[string]any{"authority": "iso6523-actorid-upis", "ID": "0192:" + org}
}

// TestTokensSayWhatWasAskedFor shows the claims that only some tokens have, nil
// where they must be absent. Digdir, "Delegering i Maskinporten", "audience-
// restricted tokens", "End-user-restricted tokens", "Systembruker for
// virksomheter".
func TestTokensSayWhatWasAskedFor(t *testing.T) {
	t.Parallel()
	plain := map[string]any{"supplier": nil, "delegation_source": nil, "aud": nil, "pid": nil, "authorization_details": nil, "sub": nil, "nbf": nil, "consumer": orgID(orgB)}
	systemUser := func(customer, ref string) []members {
		m := members{"type": systemUserType, "systemuser_org": orgID(customer)}
		if ref != "" {
			m["externalRef"] = ref
		}
		return []members{m}
	}
	detail := func(id, customer string) []any {
		return []any{map[string]any{"type": systemUserType, "systemuser_id": []any{id}, "systemuser_org": orgID(customer), "system_id": orgB + "_system"}}
	}
	for name, tc := range map[string]struct {
		client  string
		changes members
		want    map[string]any
	}{
		"1: a plain token has none of them": {"cs", nil, nil},
		"19: a delegated token names both parties": {"cs", members{"scope": "demo:delegert", "consumer_org": orgC},
			map[string]any{"consumer": orgID(orgC), "supplier": orgID(orgB), "delegation_source": tt02}},
		"20: a resource is the audience":                {"cs", members{"resource": "https://api.example.test"}, map[string]any{"aud": "https://api.example.test"}},
		"20: a list of one resource is a list":          {"cs", members{"resource": []string{"urn:x"}}, map[string]any{"aud": []any{"urn:x"}}},
		"20: a list of two resources is a list":         {"cs", members{"resource": []string{"urn:x", "https://y.test/a?b"}}, map[string]any{"aud": []any{"urn:x", "https://y.test/a?b"}}},
		"21: a person is in the token":                  {"cs", members{"pid": "05848998356"}, map[string]any{"pid": "05848998356"}},
		"22: a system user without external reference":  {"cv", members{"scope": "demo:open", "authorization_details": systemUser(orgC, "")}, map[string]any{"authorization_details": detail("u-c", orgC)}},
		"22: the customer's number is the reference":    {"cv", members{"scope": "demo:open", "authorization_details": systemUser(orgC, orgC)}, map[string]any{"authorization_details": detail("u-c", orgC)}},
		"22: a system user with its external reference": {"cv", members{"scope": "demo:open", "authorization_details": systemUser(orgD, "ref-d")}, map[string]any{"authorization_details": detail("u-d", orgD)}},
		"22: a system user in a delegated token": {"cv", members{"scope": "demo:delegert", "consumer_org": orgC, "authorization_details": systemUser(orgD, "ref-d")},
			map[string]any{"authorization_details": detail("u-d", orgD), "consumer": orgID(orgC), "supplier": orgID(orgB), "delegation_source": tt02}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			got := r.post(t, by(t, tc.client, tc.changes))
			if got.status != http.StatusOK {
				t.Fatalf("got %d %v", got.status, got.body)
			}
			claims, _ := partOf(t, got.body["access_token"].(string), 1)
			for claim, absent := range plain {
				want, expected := tc.want[claim]
				if !expected {
					want = absent
				}
				if !reflect.DeepEqual(claims[claim], want) {
					t.Errorf("%s is %v, want %v", claim, claims[claim], want)
				}
			}
		})
	}
}

func TestCase04LowestAgeOfAScopeCapsTheLifetime(t *testing.T) {
	t.Parallel()
	for name, tc := range map[string]struct {
		ages map[string]int
		want float64
	}{
		"no scope has one":            {map[string]int{}, 599},
		"one scope has one":           {map[string]int{"demo:read": 30}, 29},
		"a scope with 0 has no limit": {map[string]int{"demo:read": 30, "demo:open": 0}, 29},
		"the lowest of two":           {map[string]int{"demo:read": 300, "demo:open": 40}, 39},
		"a higher one than its own":   {map[string]int{"demo:read": 7200}, 599},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			err := r.Update(func(reg *Registry) error {
				reg.Client("cb").Scopes = []string{"demo:read", "demo:open"}
				for scope, age := range tc.ages {
					reg.Scope(scope).MaxAge = age
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			got := r.post(t, by(t, "cb", members{"scope": "demo:read demo:open"}))
			if got.body["expires_in"] != tc.want {
				t.Fatalf("got %d %v, want expires_in %v", got.status, got.body, tc.want)
			}
			claims, _ := partOf(t, got.body["access_token"].(string), 1)
			if lifetime := claims["exp"].(float64) - claims["iat"].(float64); lifetime != tc.want+1 {
				t.Errorf("the token lives for %v s", lifetime)
			}
		})
	}
}

// TestPolicy covers cases 12 and 17 to 22: what is refused to a client that is
// known. Digdir, "Feilsøking i Maskinporten".
func TestPolicy(t *testing.T) {
	t.Parallel()
	ok := outcome{Status: http.StatusOK}
	detail := func(m members) members { return members{"scope": "demo:open", "authorization_details": []members{m}} }
	customer := func(org string) members { return members{"type": systemUserType, "systemuser_org": orgID(org)} }
	for name, tc := range map[string]struct {
		client  string
		changes members
		update  func(*Registry)
		want    outcome
		reason  string
	}{
		"12: an inactive client is MP-100": {"cs", nil, func(r *Registry) { r.Client("cs").Inactive = true }, of(unknownClient), `client "cs" is inactive`},
		"17: a scope that does not exist is MP-200": {"cs", nil, func(r *Registry) { r.Scopes = nil }, named(invalidScope, "demo:read"),
			"does not exist or is inactive"},
		"17: an inactive scope is MP-200": {"cs", nil, func(r *Registry) { r.Scope("demo:read").Inactive = true }, named(invalidScope, "demo:read"), "does not exist or is inactive"},
		"17: a scope for other types is MP-201": {"cs", nil, func(r *Registry) { r.Scope("demo:read").AllowedIntegrationTypes = []string{"api_klient"} }, of(foreignType),
			`only for the integration types "api_klient", and client "cs" has "maskinporten"`},
		"17: a scope for this type too is accepted": {"cs", nil, func(r *Registry) {
			r.Scope("demo:read").AllowedIntegrationTypes = []string{"api_klient", "maskinporten"}
		}, ok, ""},
		"17: a scope that demands login is MP-201": {"cs", nil, func(r *Registry) { r.Scope("demo:read").RequiresUserAuthentication = true }, of(foreignType), "a user who has logged in"},
		"17: a client for login is MP-201":         {"cs", nil, func(r *Registry) { r.Client("cs").IntegrationType = "idporten" }, of(foreignType), `integration_type "idporten"`},
		"18: without access it is MP-250":          {"cs", nil, func(r *Registry) { r.Access = nil }, named(noAccess, "demo:read"), `organisation "889640782" has not been granted access to scope "demo:read", whose owner "310000043" decides`},
		"18: a denied access is MP-250":            {"cs", nil, func(r *Registry) { r.AccessOf(orgB, "demo:read").State = AccessDenied }, named(noAccess, "demo:read"), "its decision is DENIED"},
		"18: the owner has access":                 {"cs", nil, func(r *Registry) { r.Access, r.Scope("demo:read").Owner = nil, orgB }, ok, ""},
		"18: an open scope needs no access":        {"cv", members{"scope": "demo:open"}, nil, ok, ""},
		"19: a supplier without consumer_org is MP-250": {"cs", members{"scope": "demo:delegert"}, nil, named(noAccess, "demo:delegert"),
			"a supplier must name its customer in the claim consumer_org"},
		"19: no delegation is MP-251": {"cs", members{"scope": "demo:delegert", "consumer_org": orgD}, nil, named(notDelegated, orgD, "demo:delegert", orgB),
			"the consumer must do so in Altinn"},
		"19: a consumer without access is MP-250": {"cs", members{"scope": "demo:delegert", "consumer_org": orgA}, nil, named(noAccess, "demo:delegert"), `organisation "991825827"`},
		"19: a delegation in production is MP-251": {"cs", members{"scope": "demo:delegert", "consumer_org": orgC}, func(r *Registry) { r.Delegations[0].Source = "https://www.altinn.no/" },
			named(notDelegated, orgC, "demo:delegert", orgB), "it has at https://www.altinn.no/, which is another environment"},
		"19: a scope without source is MP-251":         {"cs", members{"consumer_org": orgA}, nil, named(notDelegated, orgA, "demo:read", orgB), "has no delegation_source"},
		"19: the client's own organisation is refused": {"cs", members{"scope": "demo:delegert", "consumer_org": orgB}, nil, of(ownConsumer), "leave consumer_org out"},
		"19: a consumer with prefix is MP-011":         {"cs", members{"consumer_org": "0192:" + orgC}, nil, of(malformed), `without "0192:"`},
		"19: a wrong check digit is MP-011":            {"cs", members{"consumer_org": "999888777"}, nil, of(malformed), "999888777"},
		"19: a consumer as number is MP-011":           {"cs", members{"consumer_org": 910753614}, nil, of(malformed), "must be a string of 9 digits"},
		"19: both ways at once is MP-011":              {"cs", members{"consumer_org": orgC, "iss_onbehalfof": "x"}, nil, of(malformed), "send consumer_org alone"},
		"19: iss_onbehalfof alone is ignored":          {"cs", members{"iss_onbehalfof": "x"}, nil, ok, "iss_onbehalfof is ignored"},
		"19: consumer_orgno is ignored":                {"cs", members{"consumer_orgno": orgC}, nil, ok, "it is called consumer_org"},
		"19: access given to the supplier is noted": {"cs", members{"scope": "demo:delegert"}, func(r *Registry) { r.AccessOf(orgD, "demo:delegert").Consumer = orgB }, ok,
			"the token is for the client's own organisation"},
		"20: a resource without scheme is refused":      {"cs", members{"resource": "not a uri"}, nil, of(badResource), `resource "not a uri" is not a URI`},
		"20: a resource as number is refused":           {"cs", members{"resource": 1}, nil, of(badResource), "a URI or a list of them"},
		"20: an empty list of resources is refused":     {"cs", members{"resource": []string{}}, nil, of(badResource), "a URI or a list of them"},
		"20: one bad resource of two is refused":        {"cs", members{"resource": []string{"urn:x", "://"}}, nil, of(badResource), `"://"`},
		"21: a person who cannot be is MP-011":          {"cs", members{"pid": "0584899835"}, nil, of(malformed), "it has not 11 digits"},
		"21: a person as number is MP-011":              {"cs", members{"pid": 5848998356}, nil, of(malformed), "must be a string of 11 digits"},
		"22: an unknown type is MP-301":                 {"cv", detail(members{"type": "urn:x"}), nil, of(unknownDetailType), `is "urn:x"; this sandbox knows`},
		"22: a consent is MP-301":                       {"cv", detail(members{"type": "urn:altinn:consent"}), nil, of(unknownDetailType), "this sandbox knows"},
		"22: no type is MP-301":                         {"cv", detail(members{}), nil, of(unknownDetailType), ""},
		"22: an extra member is MP-302":                 {"cv", detail(customer(orgC).with(members{"extra": 1})), nil, of(unknownDetail), "extra"},
		"22: an extra member of the customer is MP-302": {"cv", detail(members{"type": systemUserType, "systemuser_org": members{"authority": orgAuthority, "ID": "x", "name": "y"}}), nil, of(unknownDetail), "name"},
		"22: two elements are MP-302":                   {"cv", members{"scope": "demo:open", "authorization_details": []members{customer(orgC), customer(orgD)}}, nil, of(unknownDetail), "exactly one"},
		"22: an object is MP-302":                       {"cv", members{"scope": "demo:open", "authorization_details": customer(orgC)}, nil, of(unknownDetail), "must be a list"},
		"22: an unknown customer is MP-303":             {"cv", detail(customer(orgA)), nil, named(noSystemUser, "0192:"+orgA), "the customer must approve one in Altinn"},
		"22: no customer is MP-303":                     {"cv", detail(members{"type": systemUserType}), nil, named(noSystemUser, "systemuser_org"), "must be an object with authority"},
		"22: a customer without prefix is MP-303":       {"cv", detail(members{"type": systemUserType, "systemuser_org": members{"authority": orgAuthority, "ID": orgC}}), nil, named(noSystemUser, orgC), `it must be "0192:"`},
		"22: a missing external reference is MP-303":    {"cv", detail(customer(orgD)), nil, named(noSystemUser, "0192:"+orgD), "must be sent as externalRef"},
		"22: a needless external reference is MP-303":   {"cv", detail(customer(orgC).with(members{"externalRef": "x"})), nil, named(noSystemUser, "0192:"+orgC), "leave externalRef out"},
		"22: another client of the vendor is MP-303":    {"cs", detail(customer(orgC)).with(members{"scope": "demo:read"}), nil, named(noSystemUser, "0192:"+orgC), `not registered with system "889640782_system"`},
		"22: without scope it is refused":               {"cv", detail(customer(orgC)).with(members{"scope": ""}), nil, of(missingScope), "scope is missing"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := newRig(t)
			if tc.update != nil {
				if err := r.Update(func(reg *Registry) error { tc.update(reg); return nil }); err != nil {
					t.Fatal(err)
				}
			}
			if got := r.outcomeOf(t, r.post(t, by(t, tc.client, tc.changes))); got != tc.want {
				t.Errorf("got  %+v\nwant %+v", got, tc.want)
			}
			if got := r.lastVerdict(t).Reason; !strings.Contains(got, tc.reason) {
				t.Errorf("reason is %q, want %q in it", got, tc.reason)
			}
		})
	}
}

func TestCase18AccessThatIsGivenCounts(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	set := func(state string) {
		t.Helper()
		if err := r.Update(func(reg *Registry) error { reg.AccessOf(orgB, "demo:read").State = state; return nil }); err != nil {
			t.Fatal(err)
		}
	}
	set(AccessDenied)
	if got := r.outcomeOf(t, r.post(t, by(t, "cs", nil))); got.Code != "MP-250" {
		t.Errorf("denied: got %+v", got)
	}
	set(AccessApproved)
	if got := r.outcomeOf(t, r.post(t, by(t, "cs", nil))); got.Status != http.StatusOK {
		t.Errorf("approved again: got %+v", got)
	}
}

// An assertion that is refused by policy cannot be sent again, which is a guess.
func TestCase10RefusedAssertionIsUsedUp(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	assertion := by(t, "cs", members{"scope": "demo:delegert"})
	if got := r.outcomeOf(t, r.post(t, assertion)); got.Code != "MP-250" {
		t.Errorf("first: got %+v", got)
	}
	if got := r.outcomeOf(t, r.post(t, assertion)); got != of(usedBefore) {
		t.Errorf("second: got %+v", got)
	}
}

// MayUse is for those who give out tokens elsewhere, by the same rule.
func TestMayUse_follows_access_ownership_and_activity(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	if !r.MayUse(orgA, "demo:read") || r.MayUse(orgC, "demo:read") || r.MayUse(orgA, "demo:nothing") {
		t.Errorf("A %v, C %v, no scope %v", r.MayUse(orgA, "demo:read"), r.MayUse(orgC, "demo:read"), r.MayUse(orgA, "demo:nothing"))
	}
	if err := r.Update(func(reg *Registry) error {
		reg.Scope("demo:read").Inactive = true
		return nil
	}); err != nil || r.MayUse(orgA, "demo:read") {
		t.Errorf("an inactive scope may be used: %v", err)
	}
}
