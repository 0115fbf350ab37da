package ui

import (
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"path"
	"strconv"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
)

//go:embed static
var staticFiles embed.FS

// asset is a file that pages load, plain and compressed.
type asset struct {
	kind  string
	plain []byte
	gzip  func() []byte // compresses at its first call; nil for what is compressed by itself
}

// assets are the files by their path in the URL, which holds a hash of the
// content, so that a browser may keep them for good.
type assets struct {
	files map[string]asset
	urls  map[string]string // by name: "app.css"
}

var assetKinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8",
	".svg": "image/svg+xml", ".woff2": "font/woff2",
}

// loadAssets reads the embedded files. A style sheet may name another asset as
// url(asset:NAME), which becomes its hashed URL.
var loadAssets = sync.OnceValues(func() (assets, error) {
	a := assets{map[string]asset{}, map[string]string{}}
	var sheets []string
	err := fs.WalkDir(staticFiles, "static", func(file string, d fs.DirEntry, err error) error {
		kind, ok := assetKinds[path.Ext(file)]
		switch {
		case err != nil || d.IsDir() || !ok:
			return err
		case path.Ext(file) == ".css":
			sheets = append(sheets, file) // last, since they name others
			return nil
		}
		return a.add(file, kind)
	})
	for _, file := range sheets {
		if err == nil {
			err = a.add(file, assetKinds[".css"])
		}
	}
	return a, err
})

// Stylesheets are the URLs of the style sheets that every page builds on, for
// pages of the sandbox that are not of this package.
func Stylesheets() ([]string, error) {
	a, err := loadAssets()
	return []string{a.urls["designsystemet.css"], a.urls["theme.css"], a.urls["app.css"], a.urls["guest.css"]}, err
}

// Script is the URL of the library with which pages change in part, for the same.
func Script() (string, error) {
	a, err := loadAssets()
	return a.urls["htmx.js"], err
}

func (a assets) add(file, kind string) error {
	content, err := staticFiles.ReadFile(file)
	if err != nil {
		return err
	}
	for name, url := range a.urls {
		content = bytes.ReplaceAll(content, []byte("url(asset:"+name+")"), []byte("url("+url+")"))
	}
	if i := bytes.Index(content, []byte("url(asset:")); i >= 0 {
		return fmt.Errorf("ui: %s names an asset that is not there: %.40q", file, content[i:])
	}
	sum := sha256.Sum256(content)
	ext := path.Ext(file)
	name := path.Base(file)
	url := "/static/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:6]) + ext
	a.urls[name] = url
	f := asset{kind: kind, plain: content}
	if ext != ".woff2" {
		f.gzip = sync.OnceValue(func() []byte { return compress(content, gzip.BestCompression) })
	}
	a.files[url] = f
	return nil
}

// url is what templates call; a name that is not there fails the page.
func (a assets) url(name string) (string, error) {
	if url, ok := a.urls[name]; ok {
		return url, nil
	}
	return "", fmt.Errorf("ui: there is no asset %q", name)
}

func compress(content []byte, level int) []byte {
	var b bytes.Buffer
	z, err := gzip.NewWriterLevel(&b, level)
	if err == nil {
		_, err = z.Write(content)
	}
	if err == nil {
		err = z.Close()
	}
	if err != nil {
		return content // a buffer takes every write and the level is a constant
	}
	return b.Bytes()
}

// static answers with a file under its hashed name.
func (s *site) static(c echo.Context) error {
	f, ok := s.assets.files[c.Request().URL.Path]
	if !ok {
		return echo.ErrNotFound
	}
	h := c.Response().Header()
	h.Set("Cache-Control", "public, max-age=31536000, immutable")
	h.Set("Vary", "Accept-Encoding")
	body := f.plain
	if f.gzip != nil && takesGzip(c.Request()) {
		h.Set("Content-Encoding", "gzip")
		body = f.gzip()
	}
	h.Set("Content-Length", strconv.Itoa(len(body)))
	return c.Blob(http.StatusOK, f.kind, body)
}

// takesGzip reads Accept-Encoding as far as browsers use it.
func takesGzip(r *http.Request) bool {
	for part := range strings.SplitSeq(r.Header.Get("Accept-Encoding"), ",") {
		name, weight, _ := strings.Cut(strings.TrimSpace(part), ";")
		if name == "gzip" {
			q, err := strconv.ParseFloat(strings.TrimPrefix(strings.TrimSpace(weight), "q="), 64)
			return err != nil || q > 0
		}
	}
	return false
}
