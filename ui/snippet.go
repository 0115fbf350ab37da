package ui

import (
	"embed"
	"fmt"
	"strings"
	"text/template"
)

//go:embed snippets
var snippetFiles embed.FS

// snippet is code that gets a token and uses it, in one language.
type snippet struct {
	Name, Label string // Name is in the address
	Text        string
}

// snippetKinds are the languages, in the order in which they are shown.
var snippetKinds = []struct{ name, label, file string }{
	{"curl", "curl", "curl.sh"}, {"java", "Java", "java.java"}, {"node", "Node", "node.mjs"}, {"python", "Python", "python.py"}, {"go", "Go", "go.txt"},
}

// snippetData is what a snippet is filled with. Nothing in it comes from the
// caller but the address, which is checked before.
type snippetData struct {
	Base, Client, Scope string
	Scopes              []string
	Person              string // to look up; empty where the client may not
}

func parseSnippets() (*template.Template, error) {
	return template.New("").Option("missingkey=error").ParseFS(snippetFiles, "snippets/*")
}

// snippetsFor writes the code for a client. One that has no registered key signs
// with a certificate, which is shown for curl alone.
func (s *site) snippetsFor(base string, c Client) ([]snippet, error) {
	data := snippetData{Base: base, Client: c.ID, Scope: strings.Join(c.Scopes, " "), Scopes: c.Scopes}
	if strings.Contains(data.Scope, contactScopeName) || strings.Contains(data.Scope, mailboxScopeName) {
		data.Person = examplePerson
	}
	var out []snippet
	for _, kind := range snippetKinds {
		if len(c.Keys) == 0 && kind.name != "curl" {
			continue
		}
		var b strings.Builder
		if err := s.snippets.ExecuteTemplate(&b, kind.file, data); err != nil {
			return nil, fmt.Errorf("ui: snippet %s: %w", kind.name, err)
		}
		out = append(out, snippet{kind.name, kind.label, b.String()})
	}
	return out, nil
}

// examplePerson is among the persons of every sandbox.
const examplePerson = "05840399895"
