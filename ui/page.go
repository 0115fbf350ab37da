package ui

import (
	"bytes"
	"compress/gzip"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
	"liksom/sandbox/query"
	spoken "liksom/sandbox/words"
)

//go:embed templates
var templateFiles embed.FS

// pages are the parsed templates by the name of the page. Each is the frame and
// the shared parts with one page's own content.
type pages map[string]*template.Template

func parsePages(a assets) (pages, error) {
	shared, err := template.New("").Option("missingkey=error").Funcs(template.FuncMap{"asset": a.url, "icon": icon}).
		ParseFS(templateFiles, "templates/frame.html", "templates/icons.html", "templates/parts.html", "templates/timeline.html", "templates/chart.html")
	if err != nil {
		return nil, err
	}
	p := pages{}
	for _, name := range []string{"search", "person", "endre", "cast", "scene", "statistikk", "reset", "nummer", "antakelser", "token", "forklar", "klienter", "klient", "foresporsler", "utboks", "tid", "oppskrifter", "sporresprak", "tegn", "error"} {
		t, err := shared.Clone()
		if err == nil {
			p[name], err = t.ParseFS(templateFiles, "templates/"+name+".html")
		}
		if err != nil {
			return nil, err
		}
	}
	return p, nil
}

// icon draws one of the symbols of icons.html.
func icon(name string) template.HTML {
	return template.HTML(`<svg class="icon" viewBox="0 0 16 16" aria-hidden="true"><use href="#i-` + template.HTMLEscapeString(name) + `"/></svg>`)
}

// frame is what every page has around its content. Page structs embed it.
type frame struct {
	words
	Title   string
	Entry   entry  // of the main menu, under which the page lies
	Page    string // its path in the menu; "" for one that the menu does not have
	sheet   string // name of the style sheet of a page that is not in the menu
	Theme   string // light, dark or auto
	KeysOn  bool   // whether single keys do something
	Here    string // path and query of this page, for coming back to it
	Day     string // of the register's clock
	Time    string
	Unreal  bool // whether the clock shows another time than the real one
	Frozen  bool // whether it stands still
	Choices []choice
}

// choice is one row of links in the menu.
type choice struct {
	Label, Field string
	Values       []option
}

// option is one value of a choice.
type option struct {
	Value, Label, Lang string
	Chosen             bool
}

// moment is the register's time for one request: read once and passed down.
type moment struct {
	at     time.Time
	window sandbox.Window
}

// query is the moment as queries judge by it.
func (m moment) query() query.Clock {
	return query.Clock{Window: m.window, Today: sandbox.DateOf(m.at)}
}

func (s *site) moment() moment {
	now := s.register.Now()
	return moment{now, sandbox.WindowAt(now)}
}

func (s *site) frame(r *http.Request, m moment) frame {
	w := words{languageOf(r)}
	f := frame{
		words: w, Theme: themeOf(r), KeysOn: keysOf(r), Here: r.URL.RequestURI(),
		Day: w.day(m.at), Time: w.clock(m.at), Unreal: !s.register.TimeIsReal(), Frozen: s.register.TimeStandsStill(),
	}
	if r.Method != http.MethodGet && r.Method != http.MethodHead {
		f.Here = home
	}
	language := choice{Label: w.T("menu.language"), Field: languageField}
	for _, l := range spoken.Languages {
		language.Values = append(language.Values, option{l.Code(), l.Own(), l.Code(), l == w.Language})
	}
	theme := choice{Label: w.T("menu.theme"), Field: themeField}
	for _, t := range themes {
		theme.Values = append(theme.Values, option{t, w.T("theme." + t), "", t == f.Theme})
	}
	keys := choice{Label: w.T("menu.keys"), Field: keysField}
	for i, k := range keysChoices {
		keys.Values = append(keys.Values, option{k, w.T("keys." + k), "", (i == 0) == f.KeysOn})
	}
	f.Choices = []choice{language, theme, keys}
	return f
}

// render writes a page, made whole before its first byte goes out.
func (s *site) render(c echo.Context, status int, name string, page any) error {
	var b bytes.Buffer
	if err := s.pages[name].ExecuteTemplate(&b, "frame", page); err != nil {
		return fmt.Errorf("ui: page %s: %w", name, err)
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "private, no-cache")
	h.Set("Vary", "Accept-Language, Accept-Encoding, Cookie")
	body := b.Bytes()
	if takesGzip(c.Request()) {
		h.Set("Content-Encoding", "gzip")
		body = compress(body, gzip.BestSpeed)
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	return c.Blob(status, echo.MIMETextHTMLCharsetUTF8, body)
}

// errorPage says in one box what went wrong.
type errorPage struct {
	frame
	Lead, Text string
	Again      link // what to do instead
}

// link is a URL with its words.
type link struct{ URL, Label string }

// lost is the error of a person who is not there; it carries the text of the
// id, which may be anything.
type lost struct{ id string }

func (lost) Error() string { return "there is no such person" }

// fail is the one place where errors become pages.
func (s *site) fail(err error, c echo.Context) {
	if c.Response().Committed {
		return
	}
	f := s.frame(c.Request(), s.moment())
	page := errorPage{frame: f, Again: link{home, f.T("error.again")}}
	status := http.StatusInternalServerError
	var person lost
	var known *echo.HTTPError
	switch {
	case errors.As(err, &person):
		status = http.StatusNotFound
		page.Lead, page.Here = f.T("error.person"), home
		page.Text, page.Again.URL = f.unknownPerson(person.id)
	case errors.As(err, &known) && known.Code < http.StatusInternalServerError:
		status = known.Code
		page.Lead, page.Text = f.T("error.page"), f.T("error.page.text")
		if status != http.StatusNotFound {
			page.Lead, page.Text = f.T("error.request"), f.T("error.request.text")
		}
	default:
		s.log.ErrorContext(c.Request().Context(), "page failed", "path", sandbox.MaskIDs(c.Request().URL.Path), "cause", err)
		page.Lead, page.Text = f.T("error.internal"), f.T("error.internal.text")
	}
	page.Title = page.Lead
	if err := s.render(c, status, "error", page); err != nil {
		s.log.ErrorContext(c.Request().Context(), "error page failed", "cause", err)
		_ = c.NoContent(status) // the caller may be gone
	}
}

// unknownPerson explains that nobody has an id, and gives where to search
// again. The text of the id is shown masked.
func (w words) unknownPerson(typed string) (text, again string) {
	id, err := sandbox.ParsePersonID(typed)
	switch {
	case err != nil:
		return w.T("unknown.shape"), home
	case !id.Synthetic():
		return w.T("unknown.real", masked(typed)), home
	}
	return w.T("unknown.synthetic", masked(typed)), searchURL{q: typed}.String()
}

// masked hides the last digits of the numbers in a text.
func masked(s string) string { return strings.ReplaceAll(sandbox.MaskIDs(s), "*", "•") }
