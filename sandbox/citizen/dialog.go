package citizen

import (
	"net/http"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
	sitewords "liksom/sandbox/words"
)

// DialogPath is where the dialog is; it belongs to the login.
const DialogPath = "/idporten/kontaktopplysninger"

// Arrival is a citizen who has just proven who they are.
type Arrival struct {
	PID      string // 11 digits
	Language string // of the login's pages: nb, nn or en
	Back     string // URL where the login goes on
}

// cookieDialog tells the browser that logs in from others.
const cookieDialog = "liksom_kontakt"

// AfterLogin shows the dialog to a citizen who is to be asked, and tells whether it
// does. A register that is out of order never stands in the way of a login.
func (s *Server) AfterLogin(w http.ResponseWriter, r *http.Request, in Arrival) bool {
	days, asks := s.Guesses.asks()
	id, err := sandbox.ParsePersonID(in.PID)
	if !asks || err != nil || s.Register.Broken() != nil {
		return false
	}
	why := due(s.Register.Person(id), s.Register.Now(), days)
	if why == notDue {
		return false
	}
	browser := ""
	if c, err := r.Cookie(cookieDialog); err == nil && len(c.Value) == len(random()) {
		browser = c.Value // of a dialog in another tab
	}
	if browser == "" {
		browser = random()
		http.SetCookie(w, &http.Cookie{Name: cookieDialog, Value: browser, Path: "/idporten/", HttpOnly: true, SameSite: http.SameSiteLaxMode, Secure: strings.HasPrefix(in.Back, "https://")})
	}
	lang, _ := sitewords.Parse(in.Language)
	name := s.dialogs.add(dialog{id: id, why: why, back: in.Back, lang: lang, browser: browser})
	http.Redirect(w, r, DialogPath+"/"+name, http.StatusSeeOther)
	return true
}

// Dialog is the handler of all below [DialogPath].
func (s *Server) Dialog() http.Handler {
	mux := http.NewServeMux()
	for _, route := range []struct {
		method, path string
		do           func(*asked) error
	}{
		{"GET ", "", (*asked).show},
		{"POST ", "", (*asked).take},
		{"POST ", "/sjekk", (*asked).check},
		{"GET ", "/kode", (*asked).showCode},
		{"POST ", "/kode", (*asked).takeCode},
		{"GET ", "/delt", (*asked).explainShared},
		{"GET ", "/malform", (*asked).chooseLanguage},
		{"POST ", "/videre", (*asked).finish},
	} {
		mux.HandleFunc(route.method+DialogPath+"/{navn}"+route.path, s.asked(route.do))
	}
	mux.HandleFunc("/", s.lost)
	return s.guarded(mux)
}

// asked is one request to a dialog.
type asked struct {
	sitting
	open dialog
	key  string // of the dialog
	w    http.ResponseWriter
	r    *http.Request
}

func (s *Server) asked(do func(*asked) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		name, browser := r.PathValue("navn"), ""
		if c, err := r.Cookie(cookieDialog); err == nil {
			browser = c.Value
		}
		one, ok := s.dialogs.find(name, browser)
		switch {
		case !ok && byScript(r):
			w.WriteHeader(http.StatusNoContent) // a look at a field that comes after the button
			return
		case !ok:
			s.fail(w, r, http.StatusNotFound, "error.dialog")
			return
		}
		a := &asked{open: one, key: name, w: w, r: r, sitting: sitting{
			words: inLanguage(languageOf(r, one.lang)), server: s, id: one.id, base: DialogPath + "/" + name, home: DialogPath + "/" + name, now: s.Register.Now(), proven: one.proven,
		}}
		if err := do(a); err != nil {
			s.Log.ErrorContext(r.Context(), "dialog", "cause", err)
			s.fail(w, r, http.StatusInternalServerError, "error.internal")
		}
	}
}

// dialogPage is the one page of the dialog.
type dialogPage struct {
	frame
	form
	Action  string
	Mailbox mailboxOffer
	Effects []effect
	GoOn    string // URL of going on without the register, when it is out of order
}

func (a *asked) show() error {
	r := a.record()
	d := draft{typed: contactOf(r)}
	if a.open.draft != nil {
		d = *a.open.draft
	}
	return a.page(http.StatusOK, r, d, "")
}

// page shows the dialog with what was typed, and a notice by its key.
func (a *asked) page(status int, r sandbox.Record, d draft, notice string) error {
	a.server.dialogs.change(a.key, func(one *dialog) { one.shown = fingerprint(r) })
	p := dialogPage{frame: a.frame("dialog.title"), form: a.form(r, d.typed), Action: a.base, Mailbox: a.mailboxOffer(r, d.mailbox, true)}
	p.Where, p.Who, p.Banner = a.T("brand.login"), a.name(r), a.reason()
	faulty := p.faulty()
	if faulty {
		p.Title = a.T("fault.title", p.Title)
	}
	if notice != "" {
		p.Notice = a.T(notice)
	}
	if notice == "trouble" {
		p.GoOn = a.base + "/videre"
	}
	if at := sandbox.InstantOf(a.now); !faulty && d.typed != (contact{}) {
		p.Effects = a.effects(r, recordOf(do(r, a.id, at, a.steps(r, d)...)), at)
	}
	return a.server.render(a.w, status, "dialog", p)
}

// reason says why the dialog appears.
func (a *asked) reason() string {
	if a.open.why == dueOld {
		days, _ := a.server.Guesses.asks() // or the dialog would not be open
		return a.T("why.old", days)
	}
	return a.T("why." + string(a.open.why))
}

// steps are what the button does: one press confirms both addresses.
func (a *asked) steps(r sandbox.Record, d draft) []step {
	steps := []step{state(d.typed), confirm}
	for _, one := range a.proven {
		steps = append(steps, prove(one))
	}
	if box, ok := chosenMailbox(r, d.mailbox); ok {
		steps = append(steps, choose(box))
	}
	return steps
}

// take saves what was typed, or asks for a code to one of the addresses.
func (a *asked) take() error {
	r := a.record()
	d := draft{readContact(a.r.PostForm, contactOf(r)), a.r.PostForm.Get("postkasse")}
	a.server.dialogs.change(a.key, func(one *dialog) { one.draft = &d })
	f := a.form(r, d.typed)
	way, code := wantsCode(a.r.PostForm)
	switch {
	case code && f.Fields[way].Fault == "" && d.typed.of(way).value != "":
		return a.sendCode(a.w, a.r, d.typed.of(way), r)
	case code || f.faulty():
		return a.page(http.StatusUnprocessableEntity, r, d, "")
	case !f.good(a.r.PostForm["sett"]):
		return a.page(http.StatusOK, r, d, "again")
	case a.open.shown != fingerprint(r):
		a.server.dialogs.change(a.key, func(one *dialog) { one.draft = nil })
		return a.page(http.StatusConflict, r, draft{typed: contactOf(r)}, "elsewhere.was")
	case d.typed == contact{}:
		return a.finish() // nothing typed, nothing written
	case d.mailbox != "" && !a.wouldOffer(r, d):
		return a.page(http.StatusUnprocessableEntity, r, d, "mailbox.refused")
	}
	before, after, err := a.save(a.steps(r, d)...)
	if err != nil {
		a.server.Log.WarnContext(a.r.Context(), "dialog", "cause", err)
		return a.page(http.StatusServiceUnavailable, r, d, "trouble")
	}
	a.noticeMailbox(before, after)
	return a.finish()
}

// wouldOffer tells whether a mailbox is offered once the addresses are saved.
func (a *asked) wouldOffer(r sandbox.Record, d draft) bool {
	return a.mailboxOffer(recordOf(do(r, a.id, sandbox.InstantOf(a.now), state(d.typed))), "", true).Offered
}

func (a *asked) finish() error {
	a.server.dialogs.end(a.key)
	http.Redirect(a.w, a.r, a.open.back, http.StatusSeeOther)
	return nil
}

func (a *asked) check() error { return a.checkField(a.w, a.r) }

func (a *asked) explainShared() error { return a.sharedPage(a.w) }

func (a *asked) chooseLanguage() error {
	keepLanguage(a.w, a.r.FormValue("til"))
	return a.toPage()
}

func (a *asked) showCode() error {
	to, ok := a.waitingFor()
	if !ok {
		return a.toPage()
	}
	return a.codePage(a.w, http.StatusOK, to, codeRight, 0)
}

// waitingFor is the address that the page of a code is about: as typed.
func (a *asked) waitingFor() (address, bool) {
	typed := contactOf(a.record())
	if a.open.draft != nil {
		typed = a.open.draft.typed
	}
	return askedFor(a.r, typed)
}

func (a *asked) takeCode() error {
	to, ok := a.waitingFor()
	if !ok {
		return a.toPage()
	}
	return a.takeCodeFor(a.w, a.r, to, func() {
		a.server.dialogs.change(a.key, func(one *dialog) {
			if one.proven == nil {
				one.proven = map[outbox.Channel]address{}
			}
			one.proven[to.way] = to
		})
	})
}

func (a *asked) toPage() error {
	http.Redirect(a.w, a.r, a.home, http.StatusSeeOther)
	return nil
}
