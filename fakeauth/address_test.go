package fakeauth

import (
	"encoding/json"
	"reflect"
	"testing"
)

func TestKeepBase(t *testing.T) {
	t.Parallel()
	old := Client{
		RedirectURIs: []string{"{base}/inn", "http://a.example.test/egen"},
		Settings:     map[string]json.RawMessage{"post_logout_redirect_uris": json.RawMessage(`["{base}/ut"]`), "client_uri": json.RawMessage(`"{base}/"`)},
	}
	const a = "http://a.example.test"
	for name, c := range map[string]struct{ uris, after, kept, left string }{
		"what comes back as it was told keeps the base":            {a + "/ut", `["` + a + `/ut"]`, "{base}/ut", `["{base}/ut"]`},
		"an address of the caller's own stays as it is":            {a + "/ny", `["` + a + `/ny"]`, a + "/ny", `["` + a + `/ny"]`},
		"what was told under another name stays as it is":          {"http://b.example.test/inn", `[]`, "http://b.example.test/inn", `[]`},
		"an address that was without the base stays without it":    {a + "/egen", `null`, a + "/egen", `null`},
		"settings of another shape than expected stay as they are": {a, `[1,{"a":"` + a + `/ut"}]`, a, `[1,{"a":"` + a + `/ut"}]`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got := Client{RedirectURIs: []string{c.uris}, Settings: map[string]json.RawMessage{"post_logout_redirect_uris": json.RawMessage(c.after)}}
			got.KeepBase(&old, a)
			if got.RedirectURIs[0] != c.kept || string(got.Settings["post_logout_redirect_uris"]) != c.left {
				t.Errorf("kept %q and %s, want %q and %s", got.RedirectURIs, got.Settings, c.kept, c.left)
			}
		})
	}
	if shown := old.At("http://b.example.test"); old.RedirectURIs[0] != "{base}/inn" || shown.RedirectURIs[0] != "http://b.example.test/inn" || !reflect.DeepEqual(shown.Settings["client_uri"], old.Settings["client_uri"]) {
		t.Errorf("shown %+v of %+v", shown, old)
	}
}
