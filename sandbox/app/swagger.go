package app

import (
	"errors"
	"net/http"
	"strings"

	"github.com/swaggest/swgui"
	"github.com/swaggest/swgui/v5emb"

	"liksom/fakeauth"
	"liksom/sandbox/krr"
)

const swaggerPath = "/swagger-ui/"

// swagger is Swagger UI over KRR's document, whose files are in the program.
// Its first page is where the register has it. Source: "Oppslagstjenesten REST".
func swagger() http.Handler {
	files := v5emb.NewWithConfig(swgui.Config{SettingsUI: map[string]string{
		"onComplete": `function() { window.ui.initOAuth({clientId: "demo"}) }`,
	}})("KRR (Liksom)", krr.DocumentPath, swaggerPath)
	index := toPath(swaggerPath, files)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-Content-Type-Options", "nosniff")
		switch r.URL.Path {
		case swaggerPath:
			http.Redirect(w, r, swaggerPath+"index.html", http.StatusFound)
		case swaggerPath + "index.html":
			// The page has its script and style within, and nothing of a caller's.
			h.Set("Content-Security-Policy", "default-src 'none'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'")
			index.ServeHTTP(w, r)
		default:
			files.ServeHTTP(w, r)
		}
	})
}

// swaggerToken makes a token for "Authorize" in Swagger UI, which knows the
// grant client_credentials and cannot sign an assertion. The name is a
// registered client's; the password is the admin token, where there is one.
func (s *Sandbox) swaggerToken(w http.ResponseWriter, r *http.Request) {
	r.Body = http.MaxBytesReader(w, r.Body, 16<<10)
	if r.Method != http.MethodPost || r.ParseForm() != nil || r.PostForm.Get("grant_type") != "client_credentials" {
		refuseOAuth(w, r, http.StatusBadRequest, "Swagger UI posts a form here, with grant_type=client_credentials; programs send an assertion to "+maskinportenPath+"token")
		return
	}
	client, _, _ := r.BasicAuth()
	if client == "" {
		client = r.PostForm.Get("client_id")
	}
	made, err := s.auth.Mint(r.Context(), s.hosts.issuerOf(r), fakeauth.MintRequest{ClientID: client, Scope: strings.TrimSpace(r.PostForm.Get("scope"))})
	switch {
	case errors.Is(err, fakeauth.ErrUnknownClient):
		writeJSON(w, http.StatusUnauthorized, "application/json", map[string]string{
			"error": "invalid_client", "error_description": "there is no such client; write a registered one as client_id, for example demo",
		})
	case err != nil:
		refuseOAuth(w, r, http.StatusBadRequest, "no token can be made for this request")
	default:
		w.Header().Set("Cache-Control", "no-store")
		writeJSON(w, http.StatusOK, "application/json", made)
	}
}
