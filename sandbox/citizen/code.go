package citizen

import (
	"net/http"
	"net/url"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

// wantsCode tells whether the button was one that sends a code, and which way.
func wantsCode(form url.Values) (outbox.Channel, bool) {
	return parseWay(strings.TrimPrefix(form.Get("gjor"), "kode-"))
}

func parseWay(s string) (outbox.Channel, bool) {
	way := outbox.Channel(s)
	return way, way == outbox.SMS || way == outbox.Email
}

// askedFor is the address that a request about a code names.
func askedFor(r *http.Request, c contact) (address, bool) {
	way, ok := parseWay(r.FormValue("til"))
	if !ok || c.of(way).value == "" {
		return address{}, false
	}
	return c.of(way), true
}

// codeURL is the page where a code is typed.
func (s *sitting) codeURL(way outbox.Channel) string { return s.base + "/kode?til=" + string(way) }

// codePage asks for a code.
type codePage struct {
	frame
	To     string // the address
	Way    outbox.Channel
	Action string
	Back   string
	Fault  string
	Sent   bool   // whether one was
	Outbox string // URL of the messages to it
	Digits int
}

func (s *sitting) codePage(w http.ResponseWriter, status int, to address, o outcome, left int) error {
	p := codePage{
		frame: s.frame("code.title." + string(to.way)), To: to.value, Way: to.way, Action: s.base + "/kode", Back: s.home,
		Outbox: "/utboks?til=" + url.QueryEscape(to.value), Digits: codeDigits, Sent: o != codeTooMany,
	}
	p.Who, p.Banner = s.name(s.record()), s.T("minprofil.banner")
	if s.base != minProfilPath {
		p.Banner = s.T("login.banner")
	}
	if o != codeRight {
		if p.Fault = s.T(string(o)); left > 0 {
			p.Fault += " " + s.tries(left)
		}
		p.Title = s.T("fault.title", p.Title)
	}
	return s.server.render(w, status, "code", p)
}

func (s *sitting) tries(left int) string {
	if left == 1 {
		return s.T("code.left.one")
	}
	return s.T("code.left", left)
}

// sendCode lets a code out and shows where to type it.
func (s *sitting) sendCode(w http.ResponseWriter, r *http.Request, to address, rec sandbox.Record) error {
	code, until, ok := s.server.codes.issue(s.id, to)
	if !ok {
		return s.codePage(w, http.StatusTooManyRequests, to, codeTooMany, 0)
	}
	p := known(rec, s.id)
	p.Status = sandbox.Active
	to.channel(&p).Value = to.value
	s.server.Outbox.Add(outbox.Code(code, s.now, until).To(recordOf(p), to.way, s.now))
	http.Redirect(w, r, s.codeURL(to.way), http.StatusSeeOther)
	return nil
}

// takeCodeFor takes a code that was typed, or sends another. An address that the
// register has is proven there at once; for one that is only typed, keep remembers
// it until it is saved.
func (s *sitting) takeCodeFor(w http.ResponseWriter, r *http.Request, to address, keep func()) error {
	rec := s.record()
	if r.PostForm.Get("gjor") == "ny" {
		return s.sendCode(w, r, to, rec)
	}
	if o, left := s.server.codes.try(s.id, to, r.PostForm.Get("kode")); o != codeRight {
		return s.codePage(w, http.StatusUnprocessableEntity, to, o, left)
	}
	if to.same(contactOf(rec).of(to.way).value) {
		if _, _, err := s.change(prove(to)); err != nil {
			return err
		}
	} else {
		keep()
	}
	http.Redirect(w, r, s.home+"#felt-"+string(to.way), http.StatusSeeOther) // where the keyboard was
	return nil
}

// checkField says what is to be said of a field while one types; a fragment.
func (s *sitting) checkField(w http.ResponseWriter, r *http.Request) error {
	rec := s.record()
	way, ok := parseWay(r.URL.Query().Get("felt"))
	if !ok {
		s.server.fail(w, r, http.StatusBadRequest, "error.form")
		return nil
	}
	return s.server.fragment(w, "field", s.field(rec, readContact(r.PostForm, contactOf(rec)), way))
}
