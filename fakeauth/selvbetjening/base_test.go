package selvbetjening_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"liksom/fakeauth"
)

// TestAddresses_at_the_sandbox are shown with the caller's own base, and stay what
// they were when what was read is written back.
func TestAddresses_at_the_sandbox(t *testing.T) {
	t.Parallel()
	r := newRig(t)
	seeded := fakeauth.Client{
		ID: "seeded", Org: owner, Name: "Seeded", IntegrationType: "idporten", AuthMethod: "client_secret_post",
		RedirectURIs: []string{"{base}/inn", "http://localhost:3000/inn"},
		Settings: map[string]json.RawMessage{
			"client_secret": json.RawMessage(`"hemmelig"`), "sso_disabled": json.RawMessage(`null`),
			"post_logout_redirect_uris": json.RawMessage(`["{base}/ut"]`), "frontchannel_logout_uri": json.RawMessage(`"{base}/ut?a=1&b=2"`),
		},
	}
	if err := r.server.Update(func(g *fakeauth.Registry) error { g.Clients = append(g.Clients, seeded); return nil }); err != nil {
		t.Fatal(err)
	}
	read := into[object](t, r.call(t, "GET", "/clients/seeded", nil), 200)
	for member, want := range map[string]any{
		"redirect_uris": []any{"http://example.com/inn", "http://localhost:3000/inn"}, "post_logout_redirect_uris": []any{"http://example.com/ut"},
		"frontchannel_logout_uri": "http://example.com/ut?a=1&b=2", "grant_types": []any{"authorization_code"},
	} {
		if !reflect.DeepEqual(read[member], want) {
			t.Errorf("%s is %v, want %v", member, read[member], want)
		}
	}
	listed := into[[]object](t, r.call(t, "GET", "/clients", nil), 200)
	if last := listed[len(listed)-1]; !reflect.DeepEqual(last, read) {
		t.Errorf("the list has %v", last)
	}
	read["redirect_uris"] = append(read["redirect_uris"].([]any), "http://example.com/egen")
	written := into[object](t, r.call(t, "PUT", "/clients/seeded", read), 200)
	if !reflect.DeepEqual(written["redirect_uris"], read["redirect_uris"]) {
		t.Errorf("answered %v", written)
	}
	kept, _ := r.server.Client("seeded")
	if want := []string{"{base}/inn", "http://localhost:3000/inn", "http://example.com/egen"}; !reflect.DeepEqual(kept.RedirectURIs, want) {
		t.Errorf("kept %q, want %q", kept.RedirectURIs, want)
	}
	elsewhere := kept.At("http://127.0.0.1:8080")
	for member, want := range map[string]string{
		"client_secret": `"hemmelig"`, "sso_disabled": `null`, "post_logout_redirect_uris": `["http://127.0.0.1:8080/ut"]`,
		"frontchannel_logout_uri": `"http://127.0.0.1:8080/ut?a=1\u0026b=2"`,
	} {
		if got := string(elsewhere.Settings[member]); got != want {
			t.Errorf("kept %s is %s, want %s", member, got, want)
		}
	}
}
