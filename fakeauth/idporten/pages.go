package idporten

import (
	"bytes"
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/sandbox/words"
)

//go:embed templates
var templateFiles embed.FS

type pages map[string]*template.Template

func parsePages() (pages, error) {
	out := pages{}
	for _, name := range []string{"selector", "choice", "logout", "post", "error"} {
		t, err := template.New("").Option("missingkey=error").ParseFS(templateFiles, "templates/frame.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("idporten: %w", err)
		}
		out[name] = t
	}
	return out, nil
}

// frame is what every page has around its content.
type frame struct {
	words.Words
	Title       string
	Issuer      string
	Stylesheets []string
	Languages   []words.Link
}

func (s *Server) frame(c echo.Context, issuer, locales string) frame {
	f := frame{Words: words.Words{Language: languageOf(c, locales), Table: texts}, Issuer: issuer, Stylesheets: s.cfg.Stylesheets}
	if id := c.QueryParam("id"); id != "" {
		f.Languages = f.Links(func(l words.Language) string {
			return issuer + "/spraak?" + url.Values{"til": {l.Code()}, "id": {id}}.Encode()
		})
	}
	return f
}

// policy allows the pages their style sheets. After a login the form may lead to
// the client's own address, and at logout its frames may be loaded.
const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; base-uri 'none'; frame-ancestors 'none'"

func (s *Server) render(c echo.Context, status int, name string, page any) error {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "frame", page); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	csp := policy
	if shown, ok := page.(logoutPage); ok && len(shown.Frames) > 0 {
		csp += "; frame-src"
		for _, uri := range shown.Frames {
			if u, err := url.Parse(uri); err == nil {
				csp += " " + u.Scheme + "://" + u.Host
			}
		}
	}
	if _, ok := page.(postPage); ok {
		csp += "; script-src " + sendFormHash
	}
	c.Response().Header().Set("Content-Security-Policy", csp)
	return c.HTMLBlob(status, b.Bytes())
}

// postPage sends the answer to the client as a form, which sends itself. Source:
// OAuth 2.0 Form Post Response Mode, 2. Without script the user presses a button.
type postPage struct {
	frame
	Target string
	Fields url.Values
	Script template.JS
}

const sendForm = "document.forms[0].submit()"

// sendFormHash lets the policy of the page name its one script.
var sendFormHash = func() string {
	sum := sha256.Sum256([]byte(sendForm))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}()

// postBack answers in the mode form_post.
func (s *Server) postBack(c echo.Context, r *request, values url.Values) error {
	page := postPage{frame: s.frame(c, r.issuer, r.locales), Target: r.redirect, Fields: values, Script: sendForm}
	page.Title = page.T("post.title")
	return s.render(c, http.StatusOK, "post", page)
}

type errorPage struct {
	frame
	Text string
}

func (s *Server) errorPage(c echo.Context, status int, text string) error {
	page := errorPage{s.frame(c, s.cfg.Issuer(c.Request()), ""), text}
	page.Title = page.T("error.title")
	return s.render(c, status, "error", page)
}

//go:embed templates/login.css
var sheet []byte

func style(c echo.Context) error {
	keepFor(c, 5*time.Minute)
	return c.Blob(http.StatusOK, "text/css; charset=utf-8", sheet)
}

// notes says what to know of a person.
func (f frame) notes(p Person) string {
	var out []string
	for _, key := range p.Note {
		out = append(out, f.T("note."+key))
	}
	return strings.Join(out, ", ")
}
