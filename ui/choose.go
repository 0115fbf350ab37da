package ui

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	spoken "liksom/sandbox/words"
)

// The fields of the menu's forms, which are also the names of the cookies that
// keep the choices, less the prefix.
const (
	languageField = "sprak"
	themeField    = "tema"
	keysField     = "taster"
	backField     = "til"
	cookiePrefix  = "liksom_"
	cookieAge     = 365 * 24 * 60 * 60
)

// themes are the values of data-color-scheme.
var themes = []string{"auto", "light", "dark"}

// keysChoices are whether single keys do anything, as the first.
var keysChoices = []string{"pa", "av"}

func keysOf(r *http.Request) bool {
	c, err := r.Cookie(cookiePrefix + keysField)
	return err != nil || c.Value != keysChoices[1]
}

func themeOf(r *http.Request) string {
	if c, err := r.Cookie(cookiePrefix + themeField); err == nil && slices.Contains(themes, c.Value) {
		return c.Value
	}
	return themes[0]
}

// languageOf is the language of the cookie, else what the browser asks for.
func languageOf(r *http.Request) spoken.Language {
	if c, err := r.Cookie(cookiePrefix + languageField); err == nil {
		if l, ok := spoken.Parse(c.Value); ok {
			return l
		}
	}
	return spoken.Accepted(r.Header.Get("Accept-Language"))
}

// choose keeps a choice of the menu in a cookie and goes back to the page.
func (s *site) choose(c echo.Context) error {
	r := c.Request()
	r.Body = http.MaxBytesReader(c.Response(), r.Body, 16<<10)
	if err := r.ParseForm(); err != nil {
		return echo.ErrBadRequest
	}
	if l, ok := spoken.Parse(r.PostForm.Get(languageField)); ok {
		keep(c, languageField, l.Code())
	}
	if t := r.PostForm.Get(themeField); slices.Contains(themes, t) {
		keep(c, themeField, t)
	}
	if k := r.PostForm.Get(keysField); slices.Contains(keysChoices, k) {
		keep(c, keysField, k)
	}
	return c.Redirect(http.StatusSeeOther, localPath(r.PostForm.Get(backField)))
}

func keep(c echo.Context, field, value string) {
	c.SetCookie(&http.Cookie{
		Name: cookiePrefix + field, Value: value, Path: "/", MaxAge: cookieAge,
		HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: c.Request().TLS != nil,
	})
}

// localPath lets through a path of ours with its query and nothing that a
// browser could take for another site.
func localPath(s string) string {
	u, err := url.Parse(s)
	if err != nil || u.IsAbs() || u.Host != "" || u.User != nil || u.Opaque != "" ||
		!strings.HasPrefix(s, "/") || strings.HasPrefix(u.Path, "//") || strings.ContainsAny(u.Path+s, "\\") {
		return home
	}
	for _, r := range s {
		if r < ' ' || r == 0x7f {
			return home
		}
	}
	return (&url.URL{Path: u.Path, RawPath: u.RawPath, RawQuery: u.RawQuery}).String()
}
