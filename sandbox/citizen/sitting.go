package citizen

import (
	"errors"
	"net/http"
	"strings"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
	sitewords "liksom/sandbox/words"
)

// sitting is a citizen at a page, in the dialog or in MinProfil, for the time of
// one request.
type sitting struct {
	words
	server *Server
	id     sandbox.PersonID
	base   string // path that the pages lie below
	home   string // URL of the page that others lead back to
	now    time.Time
	proven map[outbox.Channel]address // by a code, before they are saved
}

// words says things in the language of the page.
type words struct{ sitewords.Words }

func inLanguage(l sitewords.Language) words { return words{sitewords.Words{Language: l, Table: texts}} }

func (w words) day(t time.Time) string { return outbox.Day(w.Language, t) }

// cookieLanguage keeps the language that the user chose by hand, at ID-porten and
// here. Source: "Språk" (Digdir).
const cookieLanguage = "IDPORTEN_SELECTED_LANGUAGE"

// languageOf is the language of a page: that of the cookie, else the given one.
func languageOf(r *http.Request, otherwise sitewords.Language) sitewords.Language {
	if c, err := r.Cookie(cookieLanguage); err == nil {
		if l, ok := sitewords.Parse(c.Value); ok {
			return l
		}
	}
	return otherwise
}

func keepLanguage(w http.ResponseWriter, code string) {
	if l, ok := sitewords.Parse(code); ok {
		http.SetCookie(w, &http.Cookie{Name: cookieLanguage, Value: l.Code(), Path: "/", HttpOnly: true, SameSite: http.SameSiteLaxMode})
	}
}

func (s *sitting) record() sandbox.Record { return s.server.Register.Person(s.id) }

// name is how the page speaks of the citizen: the number where there is no name.
func (s *sitting) name(r sandbox.Record) string {
	if r.Exists() {
		if name := strings.TrimSpace(r.FirstName() + " " + r.LastName()); name != "" {
			return name
		}
	}
	return s.id.Digits()
}

// errReal is of a text that could hold a real person's number.
var errReal = errors.New("a text holds what could be the number of a real person")

// change carries out steps, and gives the person before and after them.
func (s *sitting) change(steps ...step) (before, after sandbox.Record, err error) {
	err = s.server.Register.Change(sandbox.Edit{ID: s.id, Make: func(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
		before = now
		p := do(now, s.id, at, steps...)
		if len(sandbox.RealNumbers(p)) > 0 {
			return p, errReal
		}
		return p, allowed(now, p)
	}})
	return before, s.record(), err
}

// save carries out steps that change contact data, and writes the notice.
func (s *sitting) save(steps ...step) (before, after sandbox.Record, err error) {
	before, after, err = s.change(steps...)
	if err == nil && contactOf(before) != contactOf(after) {
		to := before
		if contactOf(before) == (contact{}) {
			to = after
		}
		s.write(outbox.Changed(), to, outbox.Email, outbox.SMS)
	}
	return before, after, err
}

// write puts a letter into the outbox, by the first way that reaches the person.
func (s *sitting) write(l outbox.Letter, to sandbox.Record, ways ...outbox.Channel) {
	for _, way := range ways {
		if contactOf(to).of(way).value != "" {
			s.server.Outbox.Add(l.To(to, way, s.now))
			return
		}
	}
}
