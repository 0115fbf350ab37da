package selvbetjening

import (
	"regexp"
	"slices"
	"strings"
)

// absolute matches what begins with a scheme; a native client has one of its own.
var absolute = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9+.-]*):[^#\s]+$`)

// checkAddresses demands of what a login comes back to that it is absolute and has
// no fragment, and that no browser runs it. Source: RFC 6749, 3.1.2; RFC 9700, 4.1.
func checkAddresses(uris []string) error {
	for _, uri := range uris {
		m := absolute.FindStringSubmatch(uri)
		if m == nil || slices.Contains([]string{"javascript", "data", "vbscript"}, strings.ToLower(m[1])) {
			return wrong(clientObject, "redirect_uris", "redirect_uris has %q; it must be an absolute address without a fragment, such as https://example.com/callback", cut(uri))
		}
	}
	return nil
}
