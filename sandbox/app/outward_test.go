package app_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// dialers are the names of the standard library that open a connection.
var dialers = []string{
	"net.Dial", "net.DialTimeout", "net.Dialer", "net.DialTCP", "net.DialUDP", "net.DialIP", "net.DialUnix", "net.LookupHost", "net.LookupIP",
	"net.ResolveTCPAddr", "tls.Dial", "tls.Dialer", "http.Get", "http.Post", "http.PostForm", "http.Head", "http.Client", "http.DefaultClient",
	"http.Transport", "http.DefaultTransport", "http.NewRequest", "http.NewRequestWithContext", "smtp.SendMail", "smtp.Dial", "rpc.Dial", "exec.Command", "exec.CommandContext",
}

// inward is who makes requests that stay in the program, and with what: the pages
// hand them to the control API, the clients of ID-porten and the demo service to a
// transport that they are given and that leads back here.
var inward = map[string][]string{
	"/ui/control.go":    {"http.NewRequestWithContext"},
	"/sandbox/relying/": {"http.NewRequestWithContext", "http.Client"},
	"/sandbox/demo/":    {"http.NewRequestWithContext", "http.Client"},
}

func staysInside(file, name string) bool {
	for part, names := range inward {
		if strings.Contains(filepath.ToSlash(file), part) && slices.Contains(names, name) {
			return true
		}
	}
	return false
}

// TestNothing_connects_outward: the commands that talk to a running sandbox are
// the only code of ours that opens a connection, and they open it to --server.
func TestNothing_connects_outward(t *testing.T) {
	t.Parallel()
	const remote = "sandbox/app/remote.go"
	seen := 0
	err := filepath.WalkDir("../..", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() && (d.Name() == "node_modules" || strings.HasPrefix(d.Name(), ".") && file != "../..") {
			if d != nil && d.IsDir() && err == nil {
				return filepath.SkipDir
			}
			return err
		}
		if !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") {
			return nil
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
		if err != nil {
			return err
		}
		seen++
		ast.Inspect(parsed, func(n ast.Node) bool {
			selector, ok := n.(*ast.SelectorExpr)
			if !ok {
				return true
			}
			pkg, ok := selector.X.(*ast.Ident)
			if ok && staysInside(file, pkg.Name+"."+selector.Sel.Name) {
				return true
			}
			if ok && slices.Contains(dialers, pkg.Name+"."+selector.Sel.Name) && !strings.HasSuffix(filepath.ToSlash(file), remote) {
				t.Errorf("%s uses %s.%s; only %s may open a connection", file, pkg.Name, selector.Sel.Name, remote)
			}
			return true
		})
		return nil
	})
	if err != nil || seen < 50 {
		t.Fatalf("%d files read: %v", seen, err)
	}
}
