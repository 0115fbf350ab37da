package citizen

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode"
)

func known1(_ *http.Request, origin string) bool {
	return origin == "https://tjeneste.example.test" || origin == "http://127.0.0.1:8080"
}

func TestDestination_takes_known_addresses_only(t *testing.T) {
	t.Parallel()
	s := &Server{Config: Config{Known: known1}}
	for raw, why := range map[string]string{
		"https://tjeneste.example.test/":                      "",
		"https://tjeneste.example.test/side?a=b#c":            "",
		"http://127.0.0.1:8080/demo/":                         "",
		"":                                                    "",
		"https://tjeneste.example.test:8443/":                 "goto.unknown",
		"https://tjeneste.example.test.evil.example/":         "goto.unknown",
		"https://evil.example/https://tjeneste.example.test/": "goto.unknown",
		"https://tjeneste.example.test@evil.example/":         "goto.scheme",
		"https://user:pw@tjeneste.example.test/":              "goto.scheme",
		"//tjeneste.example.test/":                            "goto.scheme",
		"/demo/":                                              "goto.scheme",
		"demo":                                                "goto.scheme",
		"javascript:alert(1)":                                 "goto.scheme",
		"data:text/html,x":                                    "goto.scheme",
		"https:tjeneste.example.test":                         "goto.scheme",
		"https:///tjeneste.example.test":                      "goto.scheme",
		"HTTPS://tjeneste.example.test/":                      "goto.upper",
		"https://Tjeneste.example.test/":                      "goto.upper",
		"https://tjeneste.example.test/Side":                  "goto.upper",
		"https://tjeneste.example.test\\@evil.example":        "goto.shape",
		"https://tjeneste.example.test/\n":                    "goto.shape",
		"https://tjeneste.example.test/ x":                    "goto.shape",
		"https://tjenesté.example.test/":                      "goto.shape",
		"https://[::1/":                                       "goto.shape",
	} {
		target, got := s.destination(nil, raw)
		if got != why || (target != "") != (why == "" && raw != "") {
			t.Errorf("%q leads to %q because of %q, wanted %q", raw, target, got, why)
		}
	}
}

// FuzzDestination: whatever is asked for, MinProfil leads to a known host or
// nowhere.
func FuzzDestination(f *testing.F) {
	for _, seed := range []string{"https://tjeneste.example.test/", "javascript:alert(1)", "//evil", "https://tjeneste.example.test@evil/"} {
		f.Add(seed)
	}
	s := &Server{Config: Config{Known: known1}}
	f.Fuzz(func(t *testing.T, raw string) {
		target, _ := s.destination(nil, raw)
		if target == "" {
			return
		}
		u, err := url.Parse(target)
		if err != nil || !known1(nil, u.Scheme+"://"+u.Host) || u.User != nil || strings.ContainsFunc(target, unicode.IsUpper) && !strings.Contains(target, "%") {
			t.Errorf("%q leads to %q", raw, target)
		}
	})
}
