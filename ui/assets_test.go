package ui

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"io/fs"
	"net/http"
	"os"
	"strings"
	"testing"
)

func TestVendored_files_are_those_of_the_list(t *testing.T) {
	t.Parallel()
	vendor, err := fs.Sub(staticFiles, "static/vendor")
	if err != nil {
		t.Fatal(err)
	}
	list, err := fs.ReadFile(vendor, "SHA256SUMS")
	if err != nil {
		t.Fatal(err)
	}
	listed := map[string]string{}
	for line := range strings.Lines(string(list)) {
		sum, name, _ := strings.Cut(strings.TrimSpace(line), "  ")
		listed[name] = sum
	}
	entries, err := fs.ReadDir(vendor, ".")
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		if e.Name() == "SHA256SUMS" || e.Name() == "SOURCES.md" {
			continue
		}
		content, err := fs.ReadFile(vendor, e.Name())
		if err != nil {
			t.Fatal(err)
		}
		sum := sha256.Sum256(content)
		if got := hex.EncodeToString(sum[:]); got != listed[e.Name()] {
			t.Errorf("%s has %s, and the list %q", e.Name(), got, listed[e.Name()])
		}
		delete(listed, e.Name())
	}
	if len(listed) > 0 {
		t.Errorf("listed and not there: %v", listed)
	}
}

// The list of sources names the versions that the lock file has, and no file
// names a registry.
func TestVendored_versions_are_those_of_the_lock(t *testing.T) {
	t.Parallel()
	sources, err := fs.ReadFile(staticFiles, "static/vendor/SOURCES.md")
	if err != nil {
		t.Fatal(err)
	}
	locked, err := os.ReadFile("theme/package-lock.json")
	if err != nil {
		t.Fatal(err)
	}
	var lock struct {
		Packages map[string]struct {
			Version, Resolved string
			DevDependencies   map[string]string
		}
	}
	if err := json.Unmarshal(locked, &lock); err != nil {
		t.Fatal(err)
	}
	wanted := lock.Packages[""].DevDependencies
	if len(wanted) != 4 {
		t.Errorf("the lock file wants %v", wanted)
	}
	for name, version := range wanted {
		if got := lock.Packages["node_modules/"+name].Version; got != version {
			t.Errorf("%s is locked at %s and wanted at %s", name, got, version)
		}
		if !strings.Contains(string(sources), "`"+name+"` | "+version+" |") {
			t.Errorf("SOURCES.md does not name %s %s", name, version)
		}
	}
	for name, p := range lock.Packages {
		if p.Resolved != "" {
			t.Errorf("%s names a registry", name)
		}
	}
}

func TestOwn_files_stay_small(t *testing.T) {
	t.Parallel()
	for name, most := range map[string]int{"static/app.css": 30_000, "static/person.css": 3_000, "static/stats.css": 6_000, "static/signs.css": 2_000} {
		content, err := fs.ReadFile(staticFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		if len(content) > most {
			t.Errorf("%s has %d bytes, want at most %d", name, len(content), most)
		}
	}
	script := 0
	for _, name := range []string{"app.js", "search.js", "keys.js"} {
		content, err := fs.ReadFile(staticFiles, "static/"+name)
		if err != nil {
			t.Fatal(err)
		}
		script += len(content)
	}
	if script > 12_000 {
		t.Errorf("the scripts have %d bytes together, want at most 12000", script)
	}
}

func TestStyle_sheets_are_each_asked_for_by_a_page_or_a_guest(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	a, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	var pages strings.Builder
	pages.WriteString(s.get(t, "/person/"+s.ids["fresh"].Digits()).Body.String())
	for _, entry := range menu {
		for _, page := range entry.pages {
			pages.WriteString(s.get(t, page.path).Body.String())
		}
	}
	guests, err := Stylesheets()
	if err != nil {
		t.Fatal(err)
	}
	pages.WriteString(`href="` + strings.Join(guests, `" href="`) + `"`)
	for name, url := range a.urls {
		if strings.HasSuffix(name, ".css") && !strings.Contains(pages.String(), `href="`+url+`"`) {
			t.Errorf("no page loads %s", name)
		}
	}
}

func TestAssets_are_kept_for_good_under_their_hash(t *testing.T) {
	t.Parallel()
	s := castStage(t)
	a, err := loadAssets()
	if err != nil {
		t.Fatal(err)
	}
	for name, url := range a.urls {
		for _, encoding := range []string{"", "gzip", "gzip;q=0"} {
			w := s.get(t, url, func(r *http.Request) { r.Header.Set("Accept-Encoding", encoding) })
			if w.Code != 200 || w.Header().Get("Cache-Control") != "public, max-age=31536000, immutable" {
				t.Errorf("%s: status %d, %v", name, w.Code, w.Header())
			}
			zipped := w.Header().Get("Content-Encoding") == "gzip"
			if zipped != (encoding == "gzip" && !strings.HasSuffix(name, ".woff2")) {
				t.Errorf("%s with %q: compressed is %t", name, encoding, zipped)
			}
		}
	}
	for _, path := range []string{"/static/app.css", "/static/", "/static/vendor/SOURCES.md", "/static/../ui.go"} {
		if w := s.get(t, path); w.Code != 404 || strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
	if css := string(a.files[a.urls["app.css"]].plain); !strings.Contains(css, "url("+a.urls["inter.woff2"]+")") {
		t.Error("the style sheet does not name the font by its hash")
	}
}
