package idporten_test

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"math/big"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/go-jose/go-jose/v4"

	"liksom/fakeauth"
	"liksom/fakeauth/idporten"
)

// The person of the tests. Source: published test numbers of Skatteetaten.
const (
	sindig  = "05840399895"
	grundig = "12829499914"
)

// start is when each test begins.
var start = time.Date(2026, 11, 25, 12, 0, 0, 0, time.UTC)

var (
	keyOnce          sync.Once
	serverKey, myKey *rsa.PrivateKey
)

func keys(t *testing.T) (server, client *rsa.PrivateKey) {
	t.Helper()
	keyOnce.Do(func() {
		serverKey, _ = rsa.GenerateKey(rand.Reader, 2048)
		myKey, _ = rsa.GenerateKey(rand.Reader, 2048)
	})
	return serverKey, myKey
}

// world is a server with clients, a clock that can be moved, and what the clients
// are told by the browser.
type world struct {
	t      *testing.T
	server *httptest.Server
	auth   *idporten.Server
	mu     sync.Mutex
	at     time.Time
	told   []fakeauth.Verdict
	jtis   int
	x5c    string // a certificate that is accepted
}

func (w *world) now() time.Time {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.at
}

func (w *world) pass(d time.Duration) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.at = w.at.Add(d)
}

type people struct{}

func (people) Search(words string, limit int) []idporten.Person {
	all := []idporten.Person{{PID: sindig, Name: "Sindig Trekkfugl", Age: 23, Note: []string{"reservert"}}, {PID: grundig, Name: "<b>Grundig</b> Blåveis", Age: -1}}
	var out []idporten.Person
	for _, p := range all {
		if strings.Contains(strings.ToLower(p.Name), strings.ToLower(words)) && len(out) < limit {
			out = append(out, p)
		}
	}
	return out
}

func (people) Check(pid string) string {
	switch pid {
	case sindig, grundig:
		return ""
	case "05240399816":
		return "real"
	}
	if len(pid) != 11 {
		return "shape"
	}
	return "checksum"
}

func (people) Random() idporten.Person { return idporten.Person{PID: grundig} }

// clientsOf are the registrations of the tests, at a base address.
func clientsOf(t *testing.T) map[string]fakeauth.Client {
	t.Helper()
	_, own := keys(t)
	text := func(v any) json.RawMessage {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	login := func(id string, change func(*fakeauth.Client)) fakeauth.Client {
		c := fakeauth.Client{
			ID: id, Name: "Tjeneste " + id, Org: "310000019", IntegrationType: "api_klient", ApplicationType: "web", AuthMethod: "client_secret_basic",
			Scopes: []string{"krr:user/kontaktinformasjon.read", "liksom:hemmelig", "liksom:lukket", "liksom:fersk", "liksom:maskin", "liksom:borte"}, GrantTypes: []string{"authorization_code", "refresh_token"},
			RedirectURIs: []string{"http://client.example/" + id}, Settings: map[string]json.RawMessage{
				"client_secret": text("hemmelig+" + id), "post_logout_redirect_uris": text([]string{"http://client.example/ut"}),
				"frontchannel_logout_uri": text("http://client.example/front/" + id), "frontchannel_logout_session_required": text(true),
			},
		}
		change(&c)
		return c
	}
	out := map[string]fakeauth.Client{}
	for _, c := range []fakeauth.Client{
		login("basic", func(*fakeauth.Client) {}),
		login("post", func(c *fakeauth.Client) { c.AuthMethod = "client_secret_post" }),
		login("key", func(c *fakeauth.Client) {
			c.AuthMethod = "private_key_jwt"
			c.Keys = []fakeauth.ClientKey{
				{JWK: jose.JSONWebKey{Key: own.Public(), KeyID: "k1"}, Expires: start.AddDate(1, 0, 0)},
				{JWK: jose.JSONWebKey{Key: own.Public(), KeyID: "old"}, Expires: start},
			}
		}),
		login("quiet", func(c *fakeauth.Client) { c.Settings["frontchannel_logout_session_required"] = text(false) }),
		login("slow", func(c *fakeauth.Client) {
			c.TokenLifetime = 30
			c.Settings["refresh_token_lifetime"], c.Settings["authorization_lifetime"], c.Settings["refresh_token_usage"] = text(300), text(1000), text("REUSE")
		}),
		login("patient", func(c *fakeauth.Client) {
			c.Settings["refresh_token_lifetime"], c.Settings["authorization_lifetime"] = text(1_000_000), text(1_000_000)
		}),
		login("careless", func(c *fakeauth.Client) {
			c.AuthMethod, c.ApplicationType, c.RedirectURIs = "none", "browser", []string{"http://client.example/careless", "http://127.0.0.1:8080/cb", "http://127.0.0.1/web"}
			c.Settings["refresh_token_usage"], c.Settings["code_challenge_method"] = text("REUSE"), text("none")
		}),
		login("certified", func(c *fakeauth.Client) { c.AuthMethod = "private_key_jwt" }),
		login("public", func(c *fakeauth.Client) { c.AuthMethod, c.ApplicationType = "none", "browser" }),
		login("native", func(c *fakeauth.Client) {
			c.AuthMethod, c.ApplicationType, c.RedirectURIs = "none", "native", []string{"http://127.0.0.1/cb", "https://127.0.0.1:*/callback", "http://127.0.0.1:0/min", "http://[::1]:0/min"}
		}),
		login("loose", func(c *fakeauth.Client) { c.Settings["code_challenge_method"] = text("none") }),
		login("alone", func(c *fakeauth.Client) { c.Settings["sso_disabled"] = text(true) }),
		login("plain", func(c *fakeauth.Client) {
			c.IntegrationType, c.GrantTypes = "idporten", []string{"authorization_code"}
		}),
		login("asker", func(c *fakeauth.Client) { c.Scopes = []string{"idporten:token.introspection"} }),
		login("opaque", func(c *fakeauth.Client) { c.Scopes = []string{"liksom:opak"} }),
		{ID: "machine", Org: "310000019", IntegrationType: "maskinporten"},
	} {
		out[c.ID] = c
	}
	return out
}

func newWorld(t *testing.T) *world {
	t.Helper()
	return newWorldWith(t, idporten.Guesses{})
}

func newWorldWith(t *testing.T, guesses idporten.Guesses) *world {
	t.Helper()
	private, _ := keys(t)
	w := &world{t: t, at: start}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: w.at, NotAfter: w.at.AddDate(1, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, private.Public(), private)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	w.x5c = base64.StdEncoding.EncodeToString(der)
	registered := clientsOf(t)
	mux := http.NewServeMux()
	w.server = httptest.NewServer(mux)
	t.Cleanup(w.server.Close)
	w.auth, err = idporten.New(idporten.Config{
		Now: w.now, Issuer: func(r *http.Request) string { return "http://" + r.Host + "/idporten" },
		Serves: func(issuer string) bool { return issuer == w.issuer() },
		Client: func(id string) (fakeauth.Client, bool) { c, ok := registered[id]; return c, ok },
		Scope: func(name string) (fakeauth.Scope, bool) {
			switch name {
			case "liksom:opak":
				return fakeauth.Scope{Name: name, TokenType: "OPAQUE", MaxAge: 60}, true
			case "liksom:lukket":
				return fakeauth.Scope{Name: name, Owner: "310000043"}, true
			case "liksom:fersk":
				return fakeauth.Scope{Name: name, RequiresUserAuthentication: true, AuthorizationMaxLifetime: 400}, true
			case "liksom:maskin":
				return fakeauth.Scope{Name: name, AllowedIntegrationTypes: []string{"maskinporten"}}, true
			case "liksom:hemmelig":
				return fakeauth.Scope{Name: name, RequiresPseudonymousTokens: true}, true
			case "krr:user/kontaktinformasjon.read":
				return fakeauth.Scope{Name: name}, true
			}
			return fakeauth.Scope{}, false
		},
		Key: jose.JSONWebKey{Key: private, KeyID: "id1"}, Certificate: []*x509.Certificate{cert}, People: people{}, Guesses: guesses,
		MayUse: func(org, scope string) bool { return org == "310000019" && scope != "liksom:lukket" },
		EnterpriseKey: func(x5c []byte, org string) (any, error) {
			if string(x5c) != `["`+w.x5c+`"]` || org != "310000019" {
				return nil, errors.New("it is another one's")
			}
			_, own := keys(t)
			return own.Public(), nil
		},
		Explain: func(_ contextType, v fakeauth.Verdict) {
			w.mu.Lock()
			defer w.mu.Unlock()
			w.told = append(w.told, v)
		},
	})
	if err != nil {
		t.Fatal(err)
	}
	mux.Handle("/idporten/", http.StripPrefix("/idporten", w.auth.Handler()))
	return w
}

func (w *world) issuer() string { return w.server.URL + "/idporten" }

// reply is an answer whose body has been read.
type reply struct {
	StatusCode int
	Header     http.Header
}

// browser keeps cookies and stops where it would leave for the client.
func (w *world) browser() *http.Client {
	jar, err := cookiejar.New(nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return &http.Client{Jar: jar, CheckRedirect: func(r *http.Request, _ []*http.Request) error {
		if !strings.HasPrefix(r.URL.String(), w.server.URL) {
			return http.ErrUseLastResponse
		}
		return nil
	}}
}

const verifier = "xyo94uhy3zKvgB0NJwLms86SwcjtWviEOpkBnGgaLlo" // Digdir's own example

func challenge() string {
	sum := sha256.Sum256([]byte(verifier))
	return base64.RawURLEncoding.EncodeToString(sum[:])
}

// request is a right request of a client; change nil values away.
func request(client string, more ...string) url.Values {
	v := url.Values{
		"response_type": {"code"}, "client_id": {client}, "redirect_uri": {"http://client.example/" + client}, "scope": {"openid profile"},
		"state": {"st"}, "nonce": {"no"}, "code_challenge": {challenge()}, "code_challenge_method": {"S256"},
	}
	for i := 0; i < len(more); i += 2 {
		if more[i+1] == "" {
			v.Del(more[i])
		} else {
			v.Set(more[i], more[i+1])
		}
	}
	return v
}

func (w *world) get(b *http.Client, path string, query url.Values) (reply, string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, w.issuer()+path+"?"+query.Encode(), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	return w.do(b, r)
}

func (w *world) do(b *http.Client, r *http.Request) (reply, string) {
	w.t.Helper()
	answer, err := b.Do(r)
	if err != nil {
		w.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		w.t.Fatal(err)
	}
	return reply{answer.StatusCode, answer.Header}, string(body)
}

func (w *world) form(b *http.Client, path string, form url.Values, header ...string) (reply, string) {
	w.t.Helper()
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodPost, w.issuer()+path, strings.NewReader(form.Encode()))
	if err != nil {
		w.t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return w.do(b, r)
}

var (
	wayLink   = regexp.MustCompile(`id="testid[12]" href="([^"]+)"`)
	pendingID = regexp.MustCompile(`name="id" value="([^"]+)"`)
)

// login goes through the pages as a person does, and gives where the browser is
// sent.
func (w *world) login(b *http.Client, query url.Values, pid, level string) url.Values {
	w.t.Helper()
	answer, page := w.get(b, "/authorize", query)
	if answer.StatusCode == http.StatusFound {
		return w.back(answer)
	}
	link := wayLink.FindStringSubmatch(page)
	if link == nil {
		w.t.Fatalf("no way to log in: %d %s", answer.StatusCode, page)
	}
	r, err := http.NewRequestWithContext(w.t.Context(), http.MethodGet, strings.ReplaceAll(link[1], "&amp;", "&"), nil)
	if err != nil {
		w.t.Fatal(err)
	}
	_, page = w.do(b, r)
	id := pendingID.FindStringSubmatch(page)
	if id == nil {
		w.t.Fatalf("no login under way: %s", page)
	}
	answer, page = w.form(b, "/authorize/testid", url.Values{"id": {id[1]}, "skrevet": {pid}, "fra": {"x"}, "nivaa": {level}})
	if answer.StatusCode != http.StatusFound {
		w.t.Fatalf("not logged in: %d %s", answer.StatusCode, page)
	}
	return w.back(answer)
}

// back reads the address that the browser is sent to.
func (w *world) back(answer reply) url.Values {
	w.t.Helper()
	u, err := url.Parse(answer.Header.Get("Location"))
	if err != nil || !strings.HasPrefix(u.String(), "http://client.example/") && !strings.HasPrefix(u.String(), "http://127.0.0.1:") {
		w.t.Fatalf("sent to %q (%v)", answer.Header.Get("Location"), err)
	}
	return u.Query()
}

func basic(client string) []string {
	return []string{"Authorization", "Basic " + base64.StdEncoding.EncodeToString([]byte(client+":"+url.QueryEscape("hemmelig+"+client)))}
}

type tokens struct {
	AccessToken      string `json:"access_token"`
	TokenType        string `json:"token_type"`
	ExpiresIn        int    `json:"expires_in"`
	IDToken          string `json:"id_token"`
	Scope            string
	RefreshToken     string `json:"refresh_token"`
	RefreshExpiresIn int    `json:"refresh_token_expires_in"`
	Error            string
	Description      string `json:"error_description"`
	Status           int
}

func (w *world) token(form url.Values, header ...string) tokens {
	w.t.Helper()
	answer, body := w.form(http.DefaultClient, "/token", form, header...)
	out := tokens{Status: answer.StatusCode}
	if err := json.Unmarshal([]byte(body), &out); err != nil {
		w.t.Fatalf("%d %s: %v", answer.StatusCode, body, err)
	}
	return out
}

func codeForm(client, code string, more ...string) url.Values {
	v := url.Values{"grant_type": {"authorization_code"}, "code": {code}, "redirect_uri": {"http://client.example/" + client}, "code_verifier": {verifier}}
	for i := 0; i < len(more); i += 2 {
		if more[i+1] == "" {
			v.Del(more[i])
		} else {
			v.Set(more[i], more[i+1])
		}
	}
	return v
}

// exchanged logs in without a browser and gives the tokens of a basic client.
func (w *world) exchanged(client string, more ...string) tokens {
	w.t.Helper()
	query := request(client, append([]string{"login_hint", "testid:" + sindig + "_idporten-loa-high"}, more...)...)
	back := w.login(w.browser(), query, "", "")
	out := w.token(codeForm(client, back.Get("code")), basic(client)...)
	if out.Status != 200 {
		w.t.Fatalf("no tokens: %+v (%v)", out, back)
	}
	return out
}

func (w *world) claims(token string) map[string]any {
	w.t.Helper()
	_, set := w.get(http.DefaultClient, "/jwks.json", nil)
	var keys jose.JSONWebKeySet
	if err := json.Unmarshal([]byte(set), &keys); err != nil {
		w.t.Fatal(err)
	}
	signed, err := jose.ParseSignedCompact(token, []jose.SignatureAlgorithm{jose.RS256})
	if err != nil {
		w.t.Fatal(err)
	}
	payload, err := signed.Verify(keys.Key(signed.Signatures[0].Protected.KeyID)[0])
	if err != nil {
		w.t.Fatal(err)
	}
	var out map[string]any
	if err := json.Unmarshal(payload, &out); err != nil {
		w.t.Fatal(err)
	}
	return out
}
