package fakeauth

import (
	"bytes"
	_ "embed"
	"html/template"
	"net/http"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"
)

// errorStyle is a file of its own, as the Content-Security-Policy of the surface
// allows no style inline.
//
//go:embed errors.css
var errorStyle []byte

var errorPageTemplate = template.Must(template.New("error").Parse(`<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{.Code}}: {{.Title}}</title>
<link rel="stylesheet" href="errors.css">
</head>
<body>
<main>
<h1>{{.Code}}: {{.Title}}</h1>
<h2>Hva er galt</h2>
<p>{{.Wrong}}</p>
<h2>Hva kan du gjøre</h2>
<p>{{.Remedy}}</p>
<footer><p>Dette er en sandkasse, ikke Maskinporten. Hvorfor akkurat ditt kall ble avvist, står i sandkassens logg under trace_id fra svaret.</p>
<p><a href="./">Alle feilkoder</a></p></footer>
</main>
</body>
</html>
`))

// errorIndexTemplate lists the pages.
var errorIndexTemplate = template.Must(template.New("errors").Parse(`<!doctype html>
<html lang="nb">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Feilkoder</title>
<link rel="stylesheet" href="errors.css">
</head>
<body>
<main>
<h1>Feilkoder</h1>
<ul>
{{range .}}<li><a href="{{.Code}}">{{.Code}}</a>: {{.Title}}</li>
{{end}}</ul>
</main>
</body>
</html>
`))

type codePage struct {
	Code string
	page
}

// errorIndex answers GET /errors/.
func errorIndex(c echo.Context) error {
	var pages []codePage
	for _, r := range refusals {
		if r.page != nil {
			pages = append(pages, codePage{r.code, *r.page})
		}
	}
	slices.SortFunc(pages, func(a, b codePage) int { return strings.Compare(a.Code, b.Code) })
	var html bytes.Buffer
	if err := errorIndexTemplate.Execute(&html, pages); err != nil {
		return err
	}
	return c.HTMLBlob(http.StatusOK, html.Bytes())
}

// errorSheet answers GET /errors/errors.css.
func errorSheet(c echo.Context) error {
	return c.Blob(http.StatusOK, "text/css; charset=utf-8", errorStyle)
}

// errorPage answers GET /errors/{code}, where error_uri leads.
func errorPage(c echo.Context) error {
	code := c.Param("code")
	help, ok := pageFor(code)
	if !ok {
		return refuse(unknownPath, "there is no page for code %s", quote(code))
	}
	var html bytes.Buffer
	if err := errorPageTemplate.Execute(&html, codePage{code, help}); err != nil {
		return err
	}
	return c.HTMLBlob(http.StatusOK, html.Bytes())
}

func pageFor(code string) (page, bool) {
	for _, r := range refusals {
		if r.page != nil && r.code == code {
			return *r.page, true
		}
	}
	return page{}, false
}
