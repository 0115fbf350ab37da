package krr

import (
	"errors"
	"net/http"
	"slices"
	"strings"

	"liksom/sandbox"
)

// The scopes of a citizen who has logged in. Source: "Oppslag ved innlogget
// bruker".
const (
	scopeUserContact  = "krr:user/kontaktinformasjon.read"
	scopeUserMailbox  = "krr:user/digitalpost.read"
	scopeUserLanguage = "krr:user/spraak.write"
	userPrefix        = "krr:user/"
)

// whose tells whose token an operation takes.
type whose uint8

const (
	machines whose = iota
	persons        // a citizen's, or a machine's that is restricted to one person (observed)
	citizens
)

// takes tells whether a token is of the right sort, whatever its scopes.
func (w whose) takes(g Grant) bool {
	switch w {
	case machines:
		return !g.User
	case persons:
		return g.User || g.PID != ""
	}
	return g.User
}

var (
	needPerson = need{
		whose:  persons,
		met:    func(_ []string, open sandbox.Scopes) bool { return open != 0 },
		detail: "this needs " + scopeUserContact + " or " + scopeUserMailbox,
		words:  "the person who is logged in is told of with " + scopeUserContact + " or " + scopeUserMailbox + " from ID-porten, or with a token of Maskinporten that has pid and a krr:global scope for reading",
		signs:  true,
	}
	needPersonLanguage = need{
		whose:  citizens,
		met:    func(scopes []string, _ sandbox.Scopes) bool { return slices.Contains(scopes, scopeUserLanguage) },
		detail: "choosing the language needs " + scopeUserLanguage,
		words:  "choosing the language needs " + scopeUserLanguage + " in a token of ID-porten",
	}
)

// person is GET person: the one whom the token is for, alone and never left out.
// That somebody who is not registered is answered as IKKE_REGISTRERT in both
// versions is a guess. Source: "Oppslag ved innlogget bruker"; version 2 observed.
func (a *API) person(r *http.Request, s *scratch, v *Verdict) *refusal {
	grant, open, f := a.authorize(r, v, needPerson)
	if f != nil {
		return f
	}
	if f := s.checkAccept(r.Header, true); f != nil {
		return f
	}
	id, f := subject(grant)
	if f != nil {
		return f
	}
	s.ids, s.records = append(s.ids[:0], id), append(s.records[:0], sandbox.Record{})
	w := sandbox.WindowAt(a.register.Lookup(s.ids, s.records))
	v.IDs = 1
	if s.records[0].Status() != sandbox.NotRegistered {
		v.Found = 1
	}
	s.out = a.encoder.appendPerson(s.out, grant.PID, s.records[0], w, open)
	return nil
}

// subject is the person that a token is for.
func subject(g Grant) (sandbox.PersonID, *refusal) {
	id, err := sandbox.ParsePersonID(g.PID)
	if err != nil || !id.Synthetic() {
		return id, &refusal{kind: badToken, reason: "The token is for no synthetic person: its pid is " + quoted(g.PID) + "."}
	}
	return id, nil
}

// chooseLanguage is PATCH person. Who is not in the register comes into it with a
// language and nothing more, and who is SLETTET stays so (guesses).
// Source: "Oppslag ved innlogget bruker"; values and answers: the operator's
// OpenAPI document of 2022.
func (a *API) chooseLanguage(r *http.Request, s *scratch, v *Verdict) *refusal {
	grant, _, f := a.admit(r, s, v, needPersonLanguage)
	if f != nil {
		return f
	}
	id, f := subject(grant)
	if f != nil {
		return f
	}
	language, f := s.parseChoice()
	if f != nil {
		return f
	}
	v.IDs, s.status = 1, http.StatusNoContent
	if language == sandbox.NoLanguage && !a.register.Person(id).Exists() {
		return nil // nobody has no language already
	}
	err := a.register.Change(sandbox.Edit{ID: id, Make: func(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
		return withChoice(id, now, language, at)
	}})
	return a.languageRefusal(r, id, v, err)
}

func withChoice(id sandbox.PersonID, now sandbox.Record, language sandbox.Language, at sandbox.Instant) (sandbox.Person, error) {
	p := sandbox.Person{ID: id, Birth: id.BirthDate(), Sex: id.Sex()}
	switch {
	case now.Status() == sandbox.Deleted:
		return p, errDeleted
	case now.Exists():
		p = now.Person()
	}
	if p.Status, p.Language, p.LanguageUpdated = sandbox.Active, language, at; language == sandbox.NoLanguage {
		p.LanguageUpdated = 0
	}
	return p, nil
}

var errDeleted = &sandbox.Error{Kind: sandbox.Conflict, Code: "person.deleted", Text: "the person is SLETTET and is not registered anew"}

// languageRefusal is what came of a change of language.
func (a *API) languageRefusal(r *http.Request, id sandbox.PersonID, v *Verdict, err error) *refusal {
	var known *sandbox.Error
	switch {
	case err == nil:
		v.Found = 1
		return nil
	case errors.As(err, &known) && known.Kind == sandbox.Conflict:
		return &refusal{kind: languageTaken, detail: known.Text, pointer: "/spraak", reason: id.String() + ": " + known.Text + "."}
	}
	a.log.ErrorContext(r.Context(), "a language could not be kept", "cause", err)
	return &refusal{kind: notKept, detail: "nothing was changed", reason: "The change could not be kept, so nothing was changed; the log says why."}
}

// parseChoice reads which language is chosen; the empty text takes the choice back.
func (s *scratch) parseChoice() (sandbox.Language, *refusal) {
	var q languageQuestion
	fault := q.parse(s.body.Bytes())
	if f := s.unreadable(fault, q.object, `{"spraak": "nn"}`); f != nil {
		return 0, f
	}
	if q.language != nil && len(q.language) == 0 {
		return sandbox.NoLanguage, nil
	}
	return parseLanguageWord(string(q.language))
}

func parseLanguageWord(word string) (sandbox.Language, *refusal) {
	for l := sandbox.Bokmaal; l <= sandbox.Sami; l++ {
		if l.String() == word {
			return l, nil
		}
	}
	return 0, &refusal{
		kind: badLanguage, detail: "See documentation for list of possible values.", pointer: "/spraak",
		reason: "spraak is " + quoted(word) + "; it must be nb, nn, en or se.",
	}
}

// isUserScope tells a citizen's scope from a machine's.
func isUserScope(name string) bool { return strings.HasPrefix(name, userPrefix) }
