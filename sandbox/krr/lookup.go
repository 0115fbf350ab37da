package krr

import (
	"errors"
	"fmt"
	"net/http"
	"slices"
	"time"
	"unicode/utf8"

	"liksom/sandbox"
)

// version is what tells the versions of the look-up apart.
type version struct {
	filters bool // inkluderIkkeRegistrerte is known, and decides who is left out
	once    bool // a repeated number is answered once, unless a guess says otherwise
}

var (
	version1 = version{}
	version2 = version{filters: true, once: true}
)

// lookup is POST personer. Source: "Oppslagstjenesten REST".
func (a *API) lookup(ver version) answerer {
	return func(r *http.Request, s *scratch, v *Verdict) *refusal {
		_, scopes, f := a.admit(r, s, v, needRead)
		if f != nil {
			return f
		}
		if f := s.parse(ver, v); f != nil {
			return f
		}
		if f := a.checkIDs(s, v); f != nil {
			return f
		}
		a.answer(ver, s, scopes, v)
		return nil
	}
}

// parse reads what the body asks for.
func (s *scratch) parse(ver version, v *Verdict) *refusal {
	q := &s.question
	fault := q.parse(s.body.Bytes(), ver.filters)
	if f := s.unreadable(fault, q.object, `{"personidentifikatorer": ["…"]}`); f != nil {
		return f
	}
	v.IDs = q.count
	switch {
	case q.wrong != "":
		return &refusal{
			kind:    wrongType,
			detail:  "personidentifikatorer must be an array of strings, inkluderIkkeRegistrerte a boolean",
			pointer: q.wrong,
			reason:  "The value at " + q.wrong + " has the wrong type; personidentifikatorer is an array of strings, inkluderIkkeRegistrerte a boolean.",
		}
	case q.count < 1 || q.count > maxIDs:
		return &refusal{
			kind:    wrongCount,
			detail:  fmt.Sprintf("personidentifikatorer must hold between 1 and %d values", maxIDs),
			pointer: "/personidentifikatorer",
			reason:  fmt.Sprintf("The body has %d identifiers in personidentifikatorer; send from 1 to %d of them.", q.count, maxIDs),
		}
	}
	return nil
}

// checkIDs turns the texts into numbers. A text that may not be answered is
// refused; any other that is no synthetic number stays zero, which nobody has.
func (a *API) checkIDs(s *scratch, v *Verdict) *refusal {
	var first sandbox.PersonID
	looksReal := 0
	for i, text := range s.question.ids {
		id, err := sandbox.ParsePersonID(string(text))
		switch {
		case err != nil && a.refuses(err):
			return &refusal{
				kind:    malformedID,
				detail:  err.Error(),
				pointer: fmt.Sprintf("/personidentifikatorer/%d", i),
				reason:  fmt.Sprintf("Identifier %d of %d, which has %d characters, is refused: %v.", i+1, v.IDs, utf8.RuneCount(text), err),
			}
		case err == nil && !id.Synthetic():
			if looksReal++; looksReal == 1 {
				first = id
			}
			id = sandbox.PersonID{}
		}
		s.ids = append(s.ids, id)
	}
	if looksReal > 0 {
		v.Rule = "id.real"
		v.Reason = fmt.Sprintf("%v looks like a real number (%d of %d identifiers do); the sandbox has synthetic persons only, so it is answered as not registered.", first, looksReal, v.IDs)
	}
	return nil
}

func (a *API) refuses(idFault error) bool {
	if errors.Is(idFault, sandbox.ErrIDShape) {
		return !a.guesses.LenientIDs
	}
	return a.guesses.StrictChecksum
}

// answer asks the register and appends its answer to s.out.
func (a *API) answer(ver version, s *scratch, scopes sandbox.Scopes, v *Verdict) {
	s.records = slices.Grow(s.records[:0], len(s.ids))[:len(s.ids)]
	w := a.windowAt(a.register.Lookup(s.ids, s.records))
	include, once := a.guesses.IncludeUnregistered, a.answersOnce(ver)
	if s.question.included {
		include = s.question.include
	}
	s.out = append(s.out, `{"personer":[`...)
	for i, r := range s.records {
		if r.Status() != sandbox.NotRegistered {
			v.Found++
		}
		if a.leavesOut(ver, include, r.Status()) || once && s.repeated(i) {
			continue
		}
		if s.out[len(s.out)-1] != '[' {
			s.out = append(s.out, ',')
		}
		s.out = a.encoder.appendPerson(s.out, string(s.question.ids[i]), r, w, scopes)
	}
	s.out = append(s.out, "]}"...)
}

// windowAt is [sandbox.WindowAt] with the calendar asked once a second, since all
// moments of a second have the same limits.
func (a *API) windowAt(at time.Time) sandbox.Window {
	now := sandbox.InstantOf(at)
	if w := a.window.Load(); w != nil && w.Now == now && now != 0 { // zero: one that no Instant can hold
		return *w
	}
	w := sandbox.WindowAt(at)
	a.window.Store(&w)
	return w
}

// leavesOut tells whether a person of this status is not answered at all.
func (a *API) leavesOut(ver version, include bool, status sandbox.Status) bool {
	if !ver.filters || include {
		return false
	}
	return status == sandbox.NotRegistered || status == sandbox.Deleted && a.guesses.DropDeleted
}

func (a *API) answersOnce(ver version) bool {
	switch a.guesses.Repeated {
	case RepeatedEach:
		return false
	case RepeatedOnce:
		return true
	}
	return ver.once
}
