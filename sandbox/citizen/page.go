package citizen

import (
	"bytes"
	"embed"
	"fmt"
	"html/template"
	"net/http"
	"strings"

	sitewords "liksom/sandbox/words"
)

//go:embed templates
var files embed.FS

func parsePages() (map[string]*template.Template, error) {
	out := map[string]*template.Template{}
	for _, name := range []string{"dialog", "minprofil", "code", "shared", "out", "error"} {
		t, err := template.New("").Option("missingkey=error").ParseFS(files, "templates/frame.html", "templates/parts.html", "templates/"+name+".html")
		if err != nil {
			return nil, fmt.Errorf("citizen: %w", err)
		}
		out[name] = t
	}
	return out, nil
}

// policy allows the pages their style sheets, and the script that looks at fields
// while one types. After the dialog a form leads back to the login, and from there
// to the client's own address.
const policy = "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"

// frame is what every page has around its content.
type frame struct {
	words
	Title       string
	Where       string // beside the name: which system this stands for
	Who         string // the citizen's name
	Banner      string
	Notice      string
	Bad         bool // whether the notice is of something that did not work
	Base        string
	Stylesheets []string
	Sheet       string // URL of the pages' own
	Script      string
	Languages   []languageLink
}

type languageLink struct {
	URL, Label, Code string
	Chosen           bool
}

func (s *sitting) frame(title string) frame {
	return s.server.frame(s.words, s.base, s.T(title))
}

func (s *Server) frame(w words, base, title string) frame {
	f := frame{words: w, Title: title, Where: w.T("brand.minprofil"), Base: base, Stylesheets: s.Stylesheets, Sheet: minProfilPath + "/citizen.css", Script: s.Script}
	if base != minProfilPath {
		f.Where = w.T("brand.login")
	}
	for _, l := range sitewords.Languages {
		f.Languages = append(f.Languages, languageLink{base + "/malform?til=" + l.Code(), l.Own(), l.Code(), l == w.Language})
	}
	return f
}

func (s *Server) render(w http.ResponseWriter, status int, name string, page any) error {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "frame", page); err != nil {
		return fmt.Errorf("page %s: %w", name, err)
	}
	return write(w, status, &b)
}

// fragment is a part of a page.
func (s *Server) fragment(w http.ResponseWriter, name string, part any) error {
	var b bytes.Buffer
	if err := s.pages["dialog"].ExecuteTemplate(&b, name, part); err != nil {
		return fmt.Errorf("part %s: %w", name, err)
	}
	return write(w, http.StatusOK, &b)
}

// byScript tells whether htmx asks for a part of a page. It would put any other
// answer into the page too.
func byScript(r *http.Request) bool { return r.Header.Get("HX-Request") != "" }

func write(w http.ResponseWriter, status int, b *bytes.Buffer) error {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = b.WriteTo(w) // the caller may be gone
	return nil
}

// errorPage says in one sentence what is wrong.
type errorPage struct {
	frame
	Text  string
	LogIn string // URL; may be empty
}

// lost answers for a page that there is not.
func (s *Server) lost(w http.ResponseWriter, r *http.Request) {
	s.fail(w, r, http.StatusNotFound, "error.lost")
}

func (s *Server) fail(w http.ResponseWriter, r *http.Request, status int, key string) {
	said := inLanguage(pageLanguage(r))
	p := errorPage{s.frame(said, minProfilPath, said.T("error.title")), said.T(key), minProfilPath + "/logg-inn"}
	if strings.HasPrefix(r.URL.Path, DialogPath) { // where the login is begun anew is the service's to say
		p.Where, p.Languages, p.LogIn = said.T("brand.login"), nil, ""
	}
	if err := s.render(w, status, "error", p); err != nil {
		s.Log.ErrorContext(r.Context(), "error page", "cause", err)
	}
}

// sharedPage is the help page on addresses that others have too.
func (s *sitting) sharedPage(w http.ResponseWriter) error {
	p := struct {
		frame
		Back string
	}{s.frame("shared.title"), s.home}
	return s.server.render(w, http.StatusOK, "shared", p)
}

//go:embed templates/citizen.css
var sheet []byte

func style(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "text/css; charset=utf-8")
	w.Header().Set("Cache-Control", "public, max-age=300")
	_, _ = w.Write(sheet) // the caller may be gone
}
