package krr

import (
	"net/http"
	"slices"

	"liksom/sandbox"
)

// scopeLanguage is a name of our own: the real one is not known.
const scopeLanguage = "krr:global/spraak.write"

var needLanguage = need{
	met:    func(scopes []string, _ sandbox.Scopes) bool { return slices.Contains(scopes, scopeLanguage) },
	detail: "setting a language needs " + scopeLanguage,
	words:  "setting a language needs " + scopeLanguage + ", a name of the sandbox's own",
}

// setLanguage lets a consumer set a person's language, where the person has not
// chosen one or is not in the register. That it will be possible is announced
// ("KRR: Datakvalitet, forbedringer og nyheter", 2024); path, scope, body and
// answers are guesses, so the path is one of ours. Who is SLETTET stays so (a
// guess).
func (a *API) setLanguage(r *http.Request, s *scratch, v *Verdict) *refusal {
	if _, _, f := a.admit(r, s, v, needLanguage); f != nil {
		return f
	}
	id, language, f := s.parseLanguage()
	if f != nil {
		return f
	}
	v.IDs, s.status = 1, http.StatusNoContent
	err := a.register.Change(sandbox.Edit{ID: id, Make: func(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
		return withLanguage(id, now, language, at)
	}})
	return a.languageRefusal(r, id, v, err)
}

func withLanguage(id sandbox.PersonID, now sandbox.Record, language sandbox.Language, at sandbox.Instant) (sandbox.Person, error) {
	var p sandbox.Person
	switch {
	case now.Status() == sandbox.Deleted:
		return p, errDeleted
	case now.Status() == sandbox.Active && now.Language() != sandbox.NoLanguage:
		return p, &sandbox.Error{Kind: sandbox.Conflict, Code: "language.set", Text: "the person has a language, which is not overwritten"}
	case now.Exists():
		p = now.Person()
	default:
		p = sandbox.Person{ID: id, Birth: id.BirthDate(), Sex: id.Sex()}
	}
	p.Status, p.Language, p.LanguageUpdated = sandbox.Active, language, at
	return p, nil
}

// parseLanguage reads whose language is to be which.
func (s *scratch) parseLanguage() (sandbox.PersonID, sandbox.Language, *refusal) {
	var q languageQuestion
	fault := q.parse(s.body.Bytes())
	if f := s.unreadable(fault, q.object, `{"personidentifikator": "…", "spraak": "nn"}`); f != nil {
		return sandbox.PersonID{}, 0, f
	}
	id, err := sandbox.ParsePersonID(string(q.id))
	if err == nil {
		err = sandbox.CheckID(id)
	}
	if err != nil {
		return id, 0, &refusal{kind: malformedID, detail: err.Error(), pointer: "/personidentifikator", reason: "The identifier is refused: " + err.Error() + "."}
	}
	language, f := parseLanguageWord(string(q.language))
	return id, language, f
}

// languageQuestion is the body: [LanguageRequest]. What is missing or no text is
// as good as "".
type languageQuestion struct {
	id, language []byte
	object       bool
}

func (q *languageQuestion) parse(body []byte) (fault int) {
	s := scanner{text: body}
	q.object, fault = s.document(func(key []byte) bool {
		var into *[]byte
		switch string(key) {
		case "personidentifikator":
			into = &q.id
		case "spraak":
			into = &q.language
		default:
			return s.skip(1)
		}
		*into = nil
		if s.next() != '"' {
			return s.skip(1)
		}
		text, ok := s.str()
		*into = text
		return ok
	})
	return fault
}
