package ui

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"

	"liksom/sandbox/journal"
)

// curlOf is a request as a command. Tokens and bodies are not kept, so variables
// of the shell stand in their places.
func curlOf(e *journal.Entry, base string) string {
	parts := []string{"curl -s"}
	bodied := e.Method == http.MethodPost || e.Method == http.MethodPut || e.Method == http.MethodPatch
	token := e.Surface == surfaceMaskinporten && e.Method == http.MethodPost
	if e.Method != http.MethodGet && e.Method != http.MethodPost {
		parts = append(parts, "-X "+inShell(e.Method))
	}
	switch {
	case token:
		parts = append(parts, "-d 'grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer'", `-d "assertion=$ASSERTION"`)
	case e.Surface != surfaceMaskinporten:
		parts = append(parts, `-H "Authorization: Bearer $TOKEN"`)
	}
	if bodied && !token {
		parts = append(parts, `--json "$BODY"`)
	}
	u := url.URL{Path: e.Path}
	address := u.EscapedPath()
	if e.Query != "" {
		address += "?" + e.Query
	}
	return strings.Join(append(parts, inShell(base+ascii(address))), " ")
}

// placeholders are the variables of a command.
func placeholders(command string) []string {
	var found []string
	for _, name := range []string{"$TOKEN", "$ASSERTION", "$BODY"} {
		if strings.Contains(command, name+`"`) {
			found = append(found, name)
		}
	}
	return found
}

// ascii escapes what an address cannot hold as it is.
func ascii(s string) string {
	var b strings.Builder
	for _, c := range []byte(s) {
		if c <= ' ' || c >= 0x7f || c == '\'' || c == '"' {
			fmt.Fprintf(&b, "%%%02X", c)
		} else {
			b.WriteByte(c)
		}
	}
	return b.String()
}

// inShell quotes a word for a POSIX shell.
func inShell(s string) string { return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'" }
