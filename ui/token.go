package ui

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// Tokens is what the token pages work on.
type Tokens struct {
	// Clients are those that are registered and active.
	Clients func() []Client
	// Mint makes tokens as asked. Its error is shown to the user.
	Mint func(*http.Request, Wish) ([]string, error)
	// Kinds are the ways in which a token can be broken.
	Kinds []string
	// Explain applies every check to an assertion or an access token.
	Explain func(*http.Request, string) Explanation
}

// Client is a registered client.
type Client struct {
	ID, Name, Org, Owner string // Owner is the organisation's name; may be empty
	Scopes               []string
	Lifetime             int      // of tokens, in seconds
	Keys                 []string // kid of each; none means an enterprise certificate
	Seeded               bool     // whether the sandbox has its private key
}

// Wish is what kind of tokens somebody wants.
type Wish struct {
	Client, Scope, PID, Broken string
	Lifetime, Count            int // seconds, 0 is the client's own
}

const (
	tokenPath   = "/token"
	explainPath = "/token/forklar"
	clientsPath = "/token/klienter"
)

// maxForm caps the form of a token page, in bytes.
const maxForm = 128 << 10

// tokenFrame is the frame of the token pages.
func (s *site) tokenFrame(r *http.Request, here, title string) frame {
	f := s.frame(r, s.moment())
	f.Entry, f.Page, f.Title = entryToken, here, f.T(title)
	return f
}

// tokenPage makes tokens.
type tokenPage struct {
	frame
	Wish      Wish
	Clients   []option
	Lifetimes []option
	Broken    []option
	Fault     string // why there is no token
	Tokens    string // one a line; empty before any was made
	Head      string // of the first, decoded
	Claims    []jsonPart
}

// lifetimes can be chosen, in seconds; 0 is the client's own.
var lifetimes = []int{0, 10, 120, 600, 3600, 86400}

func (s *site) askToken(c echo.Context) error {
	return s.tokenPage(c, Wish{Client: "demo", Scope: contactScopeName + " " + mailboxScopeName, Count: 1}, false)
}

func (s *site) makeToken(c echo.Context) error {
	form, err := readForm(c)
	if err != nil {
		return err
	}
	w := Wish{Client: form.Get("klient"), Scope: strings.Join(strings.Fields(form.Get("scope")), " "), PID: form.Get("pid"), Broken: form.Get("feil")}
	w.Lifetime, _ = strconv.Atoi(form.Get("levetid")) // what is no number is the client's own
	if w.Count, err = strconv.Atoi(form.Get("antall")); err != nil {
		w.Count = 1
	}
	return s.tokenPage(c, w, true)
}

func (s *site) tokenPage(c echo.Context, w Wish, make bool) error {
	page := tokenPage{frame: s.tokenFrame(c.Request(), tokenPath, "token.make"), Wish: w}
	page.Here = tokenPath
	for _, client := range s.tokens.Clients() {
		page.Clients = append(page.Clients, option{Value: client.ID, Label: client.ID + " – " + client.Name, Chosen: client.ID == w.Client})
	}
	for _, n := range lifetimes {
		label := page.T("token.lifetime.own")
		if n > 0 {
			label = page.T("token.seconds", page.number(n))
		}
		page.Lifetimes = append(page.Lifetimes, option{Value: strconv.Itoa(n), Label: label, Chosen: n == w.Lifetime})
	}
	page.Broken = []option{{Label: page.T("broken.none"), Chosen: w.Broken == ""}}
	for _, kind := range s.tokens.Kinds {
		page.Broken = append(page.Broken, option{Value: kind, Label: page.T("broken." + kind), Chosen: kind == w.Broken})
	}
	if make {
		made, err := s.tokens.Mint(c.Request(), w)
		if err != nil {
			page.Fault = err.Error()
		} else {
			page.Tokens = strings.Join(made, "\n")
			page.Head, page.Claims = opened(made[0])
		}
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return s.render(c, http.StatusOK, "token", page)
}

// opened decodes a JWT for reading.
func opened(jwt string) (head string, claims []jsonPart) {
	parts := strings.Split(jwt, ".")
	if len(parts) < 2 {
		return "", nil
	}
	if b, err := base64.RawURLEncoding.DecodeString(parts[0]); err == nil {
		head = string(b)
	}
	if b, err := base64.RawURLEncoding.DecodeString(parts[1]); err == nil {
		claims = pretty(b)
	}
	return head, claims
}

// pretty indents JSON and takes it apart for colouring; nil for what is none.
func pretty(text []byte) []jsonPart {
	var b bytes.Buffer
	if len(text) == 0 || json.Indent(&b, text, "", "  ") != nil {
		return nil
	}
	parts, _ := jsonParts(b.String())
	return parts
}

// readForm reads a posted form; tokens are never in an address.
func readForm(c echo.Context) (form formValues, err error) {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, maxForm)
	if err := r.ParseForm(); err != nil {
		return nil, echo.ErrBadRequest
	}
	return formValues(r.PostForm), nil
}

type formValues map[string][]string

// Get gives the first value, without space around it.
func (f formValues) Get(name string) string {
	if len(f[name]) == 0 {
		return ""
	}
	return strings.TrimSpace(f[name][0])
}
