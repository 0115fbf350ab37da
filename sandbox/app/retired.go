package app

// retiredHosts are names that the register answered under before.
// Source: "Utfasa endepunkt" (Digdir).
var retiredHosts = map[string]string{
	"oidc.difi.no":       "closed in October 2023",
	"oidc-ver1.difi.no":  "closed in October 2023",
	"oidc-ver2.difi.no":  "closed in October 2023",
	"oidc-yt2.difi.no":   "closed in October 2023",
	"krr.digdir.no":      "closed in September 2023",
	"krr-ver1.digdir.no": "closed in May 2023",
	"krr-ver2.digdir.no": "closed in August 2023",
}

// wayOn gives a sentence for a host that the real register has left, or "".
func wayOn(host string) string {
	if when, ok := retiredHosts[hostname(host)]; ok {
		return hostname(host) + " " + when + "; the register is at kontaktregisteret.no and test.kontaktregisteret.no, with tokens from Maskinporten, and the sandbox under its own address"
	}
	return ""
}
