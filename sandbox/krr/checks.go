package krr

import (
	"fmt"
	"mime"
	"net/http"
	"slices"
	"strings"

	"liksom/sandbox"
)

const (
	scopeContact = "krr:global/kontaktinformasjon.read"
	scopeMailbox = "krr:global/digitalpost.read"
	scopeFeed    = "krr:global/hentendring.read"

	// For suppliers with a delegation.
	scopeContactDelegated = "krr:global/kontaktinfo.read"
	scopeMailboxDelegated = "krr:global/postkasse.read"
)

// scopeWords say what the scopes are for.
var scopeWords = map[string]string{
	scopeContact:          "contact information, varslingsstatus and language",
	scopeMailbox:          "digital mailbox and certificate",
	scopeContactDelegated: "the same as kontaktinformasjon.read, for suppliers with a delegation",
	scopeMailboxDelegated: "the same as digitalpost.read, for suppliers with a delegation",
	scopeFeed:             "the change feed",
	scopeLanguage:         "setting a language; a name of the sandbox's own",
}

// userScopeWords say the same of the scopes of a citizen who has logged in.
var userScopeWords = map[string]string{
	scopeUserContact:  "the citizen's own contact information, varslingsstatus and language",
	scopeUserMailbox:  "the citizen's own digital mailbox and certificate",
	scopeUserLanguage: "choosing the citizen's language",
}

// rights are what the scopes open for. The two short names are for suppliers
// with a delegation. Sources: "Oppslagstjenesten REST"; "Oppslag ved innlogget
// bruker".
var rights = map[string]sandbox.Scopes{
	scopeContact:          sandbox.ScopeContact,
	scopeMailbox:          sandbox.ScopeMailbox,
	scopeContactDelegated: sandbox.ScopeContact,
	scopeMailboxDelegated: sandbox.ScopeMailbox,
	scopeUserContact:      sandbox.ScopeContact,
	scopeUserMailbox:      sandbox.ScopeMailbox,
}

// renamed are the scopes that went out of use in 2023, with those that took
// over. Source: earlier versions of "Oppslagstjenesten REST".
var renamed = map[string]string{
	"global/kontaktinformasjon.read": scopeContact,
	"global/varslingsstatus.read":    scopeContact,
	"global/spraak.read":             scopeContact,
	"global/sikkerdigitalpost.read":  scopeMailbox,
	"global/sertifikat.read":         scopeMailbox,
}

// need is what a token must have to be let in.
type need struct {
	whose  whose
	met    func(scopes []string, open sandbox.Scopes) bool
	detail string // for the caller; may be empty
	words  string // for the reason
	signs  bool   // whether the answer can be had signed
}

var (
	needRead = need{
		met:   func(_ []string, open sandbox.Scopes) bool { return open != 0 },
		words: "a look-up needs " + scopeContact + " or " + scopeMailbox,
		signs: true,
	}
	// Source: "Lokal kopi" (Digdir).
	needFeed = need{
		met:    func(scopes []string, _ sandbox.Scopes) bool { return slices.Contains(scopes, scopeFeed) },
		detail: "the change feed needs " + scopeFeed,
		words:  "the change feed needs " + scopeFeed + ", and the read scopes decide only which fields come along",
	}
)

// admit checks the request as far as all operations have it in common, reads
// the body and finds what the token opens for.
func (a *API) admit(r *http.Request, s *scratch, v *Verdict, n need) (Grant, sandbox.Scopes, *refusal) {
	grant, open, f := a.authorize(r, v, n)
	if f != nil {
		return grant, 0, f
	}
	if f := s.checkAccept(r.Header, n.signs); f != nil {
		return grant, 0, f
	}
	if f := checkContentType(r); f != nil {
		return grant, 0, f
	}
	return grant, open, s.read(r)
}

// authorize checks the token and finds what it opens for.
func (a *API) authorize(r *http.Request, v *Verdict, n need) (g Grant, open sandbox.Scopes, f *refusal) {
	header := r.Header.Get("Authorization")
	scheme, token, _ := strings.Cut(header, " ")
	token = strings.TrimSpace(token)
	switch {
	case header == "":
		return g, 0, &refusal{kind: missingToken, reason: "There is no Authorization header; send Authorization: Bearer and an access token."}
	case !strings.EqualFold(scheme, "Bearer") || token == "":
		return g, 0, &refusal{kind: missingToken, reason: "The Authorization header holds no bearer token; it must be the word Bearer, a space and an access token."}
	}
	g, err := a.verify(r.Context(), token)
	if err != nil {
		return g, 0, &refusal{kind: badToken, reason: err.Error()}
	}
	v.Client = g.ClientID
	for _, name := range g.Scopes {
		if isUserScope(name) == g.User {
			open |= rights[name]
		}
	}
	if !n.whose.takes(g) || !n.met(g.Scopes, open) {
		return g, 0, &refusal{kind: missingScope, detail: n.detail, reason: missingScopeReason(g.Scopes, n.words)}
	}
	return g, open, nil
}

func missingScopeReason(scopes []string, need string) string {
	reason := fmt.Sprintf("The token has the scopes %s; %s", quoted(strings.Join(scopes, " ")), need)
	for _, name := range scopes {
		if now, ok := renamed[name]; ok {
			return fmt.Sprintf("%s (%s is a name that went out of use in 2023; it is %s now).", reason, name, now)
		}
		if isUserScope(name) && !strings.Contains(need, userPrefix) {
			return reason + " (krr:user scopes are for the person who is logged in, at /rest/v1/person)."
		}
	}
	return reason + "."
}

const contentJSON = "application/json"

// checkContentType wants a body that says it is JSON; without a body there is
// nothing to say.
func checkContentType(r *http.Request) *refusal {
	sent := r.Header.Get("Content-Type")
	if sent == contentJSON || sent == "" && r.ContentLength == 0 {
		return nil
	}
	if kind, _, err := mime.ParseMediaType(sent); err == nil && kind == contentJSON {
		return nil
	}
	return &refusal{
		kind:   wrongContentType,
		detail: "send the body as application/json",
		reason: "The Content-Type is " + quoted(sent) + "; send the body as application/json.",
	}
}
