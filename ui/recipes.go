package ui

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
)

const recipesPath = "/hjelp"

// recipe is a task with the commands that do it. Its texts are those of "recipe."
// and the slug.
type recipe struct {
	slug string
	// script is for a POSIX shell. @base stands for the sandbox's address, and
	// @server for what tells liksom of it where it is not the usual one.
	script string
	see    string // key of the page that shows the same; "" for none
	at     string // its path
}

// recipes are in the order in which one needs them. Each is run by a test.
var recipes = []recipe{
	{"oppslag", `TOKEN=$(curl -s -H 'Accept: text/plain' --json '{"client_id":"demo","scope":"krr:global/kontaktinformasjon.read krr:global/digitalpost.read"}' @base/sandbox/v1/tokens)
curl -s -H "Authorization: Bearer $TOKEN" --json '{"personidentifikatorer":["05840399895"]}' @base/rest/v2/personer`, "requests", requestsPath},
	{"sok", `liksom search@server --limit 5 'epostTilstand:utgaatt and mobilTilstand:fersk and postkasse:digipost and not reservasjon:JA'`, "language.title", languagePath},
	{"ytterpunkter", `liksom search@server --format ids katalog:epost-gammel-mobil-fersk
liksom catalogue`, "cast.title", castPath},
	{"utgaatt", `liksom person set@server 05840399895 epostadresse_oppdatert=-19m epostadresse_sist_verifisert=-19m
liksom search@server '05840399895 and epostTilstand:utgaatt'`, "nav.search", home},
	{"klokke", `liksom clock advance@server P18M
liksom search@server --limit 3 varslingsstatus:KAN_VARSLES
liksom clock reset@server`, "", ""},
	{"endringer", `TOKEN=$(liksom token@server --scope 'krr:global/hentendring.read krr:global/kontaktinformasjon.read')
liksom person set@server 05840399895 reservasjon=JA
curl -s -H "Authorization: Bearer $TOKEN" --json '{"fraEndringsId":0}' @base/rest/v2/krr/hentEndringer`, "", ""},
	{"odelagt", `TOKEN=$(liksom token@server --broken expired)
curl -s -i -H "Authorization: Bearer $TOKEN" --json '{"personidentifikatorer":["05840399895"]}' @base/rest/v2/personer`, "token.make", tokenPath},
	{"klient", `TOKEN=$(liksom token@server --client demo-selvbetjening --scope 'idporten:dcr.write')
curl -s -H "Authorization: Bearer $TOKEN" --json '{"integration_type":"maskinporten","client_name":"min","scopes":["krr:global/kontaktinformasjon.read"]}' @base/selvbetjening/clients`, "clients", clientsPath},
	{"nullstill", `liksom reset@server`, "", ""},
	{"ci", `export LIKSOM_ADDR=127.0.0.1:8090 LIKSOM_SERVER=http://127.0.0.1:8090
liksom serve --persons 1000 --seed 7 & trap "kill $!" EXIT
liksom wait --timeout 60s
liksom search --format ids --limit 1 'reservasjon:JA'`, "", ""},
}

// recipesPage lists the tasks.
type recipesPage struct {
	frame
	Recipes []recipeView
}

// recipeView is a task as it is shown.
type recipeView struct {
	Slug, Title, Text string
	Script            string
	See               link
}

func (s *site) listRecipes(c echo.Context) error {
	f := s.frame(c.Request(), s.moment())
	f.Entry, f.Page, f.Title, f.Here = entryHelp, recipesPath, f.T("recipes.title"), recipesPath
	page := recipesPage{frame: f}
	for _, r := range recipes {
		v := recipeView{Slug: r.slug, Title: f.T("recipe." + r.slug + ".title"), Text: f.T("recipe." + r.slug + ".text"), Script: r.scriptFor(s.baseURL(c.Request()))}
		if r.see != "" {
			v.See = link{r.at, f.T(r.see)}
		}
		page.Recipes = append(page.Recipes, v)
	}
	return s.render(c, http.StatusOK, "oppskrifter", page)
}

// usualServer is where the command line looks when it is told nothing.
const usualServer = "http://127.0.0.1:8080"

// scriptFor fills in the address of a sandbox.
func (r recipe) scriptFor(base string) string {
	server := ""
	if base != usualServer {
		server = " --server " + base
	}
	return strings.NewReplacer("@server", server, "@base", base).Replace(r.script)
}

// firstCall is what fills the journal.
func firstCall(base string) string { return recipes[0].scriptFor(base) }
