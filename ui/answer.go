package ui

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"liksom/sandbox"
)

// The scopes that an answer can be shown for, as the URL spells them.
const (
	scopeBoth    = "begge"
	scopeContact = "kontakt"
	scopeMailbox = "post"
)

const (
	contactScopeName = "krr:global/kontaktinformasjon.read"
	mailboxScopeName = "krr:global/digitalpost.read"
)

func scopesOf(name string) (sandbox.Scopes, []string) {
	switch name {
	case scopeContact:
		return sandbox.ScopeContact, []string{contactScopeName}
	case scopeMailbox:
		return sandbox.ScopeMailbox, []string{mailboxScopeName}
	}
	return sandbox.ScopeContact | sandbox.ScopeMailbox, []string{contactScopeName, mailboxScopeName}
}

// answer is what KRR would say of a person.
type answer struct {
	Versions, Scopes []option // Value is the URL
	Lines            []jsonPart
	Shortened        bool   // whether a long value is cut in Lines
	Nobody           string // why there is no answer
	JSON, Curl       string // to copy, whole
	Omitted          []omitted
}

// jsonPart is a piece of JSON; keys are coloured.
type jsonPart struct {
	Text string
	Key  bool
}

// omitted is members that the answer lacks, for one reason.
type omitted struct {
	Members []string
	Why     string
}

func (s *site) answerView(w words, r sandbox.Record, m moment, u personURL, req *http.Request) answer {
	scopes, names := scopesOf(u.scope)
	var a answer
	for _, v := range []int{2, 1} {
		to := u
		to.version = v
		a.Versions = append(a.Versions, option{Value: to.String(), Label: [...]string{1: "v1", 2: "v2"}[v], Chosen: v == u.version})
	}
	for _, name := range []string{scopeBoth, scopeContact, scopeMailbox} {
		to := u
		to.scope = name
		a.Scopes = append(a.Scopes, option{Value: to.String(), Label: w.T("scope." + name), Chosen: name == u.scope})
	}
	a.Curl = curl(s.baseURL(req), r.ID(), u.version, names)
	content, ok := s.answer(r.ID(), u.version, scopes)
	if !ok {
		a.Nobody = w.T("answer.nobody", r.Status())
		return a
	}
	var indented bytes.Buffer
	if err := json.Indent(&indented, content, "", "  "); err != nil {
		indented.Reset()
		indented.Write(content)
	}
	a.JSON = indented.String()
	a.Lines, a.Shortened = jsonParts(a.JSON)
	a.Omitted = w.omissions(r, s.policy.Disclose(r, m.window, scopes))
	return a
}

// curl is the call that gives the same answer, token first.
func curl(base string, id sandbox.PersonID, version int, scopes []string) string {
	return "TOKEN=$(curl -s -H 'Accept: text/plain' --json '{\"client_id\":\"demo\",\"scope\":\"" + strings.Join(scopes, " ") + "\"}' " + base + "/sandbox/v1/tokens)\n" +
		"curl -s -H \"Authorization: Bearer $TOKEN\" --json '{\"personidentifikatorer\":[\"" + id.Digits() + "\"]}' " + base + "/rest/" + [...]string{1: "v1", 2: "v2"}[version] + "/personer\n"
}

// longest is the number of characters of a line of JSON that is shown whole;
// longer values lose their end.
const longest = 110

// jsonParts takes indented JSON apart for colouring.
func jsonParts(text string) (parts []jsonPart, shortened bool) {
	for line := range strings.Lines(visible(text)) {
		if runes := []rune(line); len(runes) > longest {
			tail := "\"\n"
			if strings.HasSuffix(line, ",\n") {
				tail = "\",\n"
			}
			line, shortened = string(runes[:longest/2])+"…"+tail, true
		}
		parts = append(parts, colouredLine(line)...)
	}
	return parts, shortened
}

// coloured takes indented JSON apart and shortens nothing.
func coloured(text string) (parts []jsonPart) {
	for line := range strings.Lines(visible(text)) {
		parts = append(parts, colouredLine(line)...)
	}
	return parts
}

func colouredLine(line string) []jsonPart {
	body := strings.TrimLeft(line, " ")
	if i := strings.Index(body, `": `); strings.HasPrefix(body, `"`) && i > 0 {
		return []jsonPart{{Text: line[:len(line)-len(body)]}, {body[:i+1], true}, {Text: body[i+1:]}}
	}
	return []jsonPart{{Text: line}}
}

// visible spells out the characters that turn the direction of writing, as
// JSON may, since they would tangle the lines.
func visible(text string) string {
	var b strings.Builder
	for _, r := range text {
		if r >= 0x202a && r <= 0x202e || r >= 0x2066 && r <= 0x2069 || r == 0x200e || r == 0x200f {
			fmt.Fprintf(&b, `\u%04x`, r)
		} else {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// omissions lists what the answer lacks, whole parts first, then members of
// the parts that are told.
func (w words) omissions(r sandbox.Record, d sandbox.Disclosure) []omitted {
	var list omissionList
	for _, part := range []struct {
		why    sandbox.Omission
		member string
		scope  string
	}{
		{d.Reservation, "reservasjon", ""},
		{d.Notice, "varslingsstatus", contactScopeName},
		{d.Contact, "kontaktinformasjon", contactScopeName},
		{d.Mailbox, "digital_post", mailboxScopeName},
		{d.Certificate, "sertifikat", mailboxScopeName},
		{d.Language, "spraak", contactScopeName},
	} {
		if part.why != sandbox.Told {
			list.add(part.member, w.omission(part.why, part.scope, r))
		}
	}
	if d.Reservation == sandbox.Told {
		if r.Reserved() {
			list.addIf(r.ReservedAt() == 0, "reservasjonstidspunkt", w.T("omit.undated"))
		}
		list.addIf(r.ReservationUpdated() == 0, "reservasjon_oppdatert", w.T("omit.unchanged"))
	}
	if d.Contact == sandbox.Told {
		list.channel(w, "epostadresse", r.Email(), d.Email)
		list.channel(w, "mobiltelefonnummer", r.Mobile(), d.Mobile)
	}
	if d.Language == sandbox.Told {
		list.addIf(r.LanguageUpdated() == 0, "spraak_oppdatert", w.T("omit.undated"))
	}
	return list
}

func (w words) omission(o sandbox.Omission, scope string, r sandbox.Record) string {
	switch o {
	case sandbox.OutOfScope:
		return w.T("omit.scope", scope)
	case sandbox.OmitNotActive:
		return w.T("omit.status", r.Status())
	case sandbox.OmitStale:
		return w.T("omit.stale")
	case sandbox.OmitNotNotifiable:
		return w.T("omit.unnotified")
	case sandbox.OmitReserved:
		return w.T("omit.reserved")
	case sandbox.OmitInactive:
		return w.T("omit.inactive")
	}
	return w.T("omit.missing")
}

// omissionList groups members by their reason, in the order in which the
// reasons turned up.
type omissionList []omitted

func (l *omissionList) add(member, why string) {
	for i := range *l {
		if (*l)[i].Why == why {
			(*l)[i].Members = append((*l)[i].Members, member)
			return
		}
	}
	*l = append(*l, omitted{[]string{member}, why})
}

func (l *omissionList) addIf(missing bool, member, why string) {
	if missing {
		l.add(member, why)
	}
}

func (l *omissionList) channel(w words, name string, c sandbox.Channel, why sandbox.Omission) {
	switch {
	case c.Value == "":
		l.add(name, w.T("omit.missing"))
		return
	case why != sandbox.Told:
		l.add(name, w.T("omit.channel"))
		return
	}
	l.addIf(c.Updated == 0, name+"_oppdatert", w.T("omit.undated"))
	l.addIf(c.Confirmed == 0, name+"_sist_verifisert", w.T("omit.unconfirmed"))
	l.addIf(c.Validated == 0, name+"_sist_validert", w.T("omit.unvalidated"))
}
