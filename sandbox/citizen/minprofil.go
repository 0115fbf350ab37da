package citizen

import (
	"errors"
	"maps"
	"net/http"
	"net/url"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
	"liksom/sandbox/relying"
	sitewords "liksom/sandbox/words"
)

const minProfilPath = "/minprofil"

// Kept is what MinProfil keeps of a visitor. What it leads to never changes.
type Kept struct {
	said   notice
	ended  relying.Ending // why nobody is logged in
	broken string         // key of why a login came to nothing
	draft  *contact
	proven map[outbox.Channel]address
	shown  string // fingerprint of the person as the visitor last saw them
	target string // gotoUrl, if it is good
}

// notice is what the page says once.
type notice struct {
	key     string
	effects []effect
	bad     bool
}

func ended(why relying.Ending) Kept { return Kept{ended: why} }

// visit is one request to MinProfil, by a citizen who has logged in.
type visit struct {
	sitting
	*relying.Visit[Kept]
	w http.ResponseWriter
	r *http.Request
}

// MinProfil is the handler of all below /minprofil/.
func (s *Server) MinProfil() http.Handler {
	mux := http.NewServeMux()
	for _, route := range []struct {
		method, path string
		do           func(*visit) error
	}{
		{"GET ", "/{$}", (*visit).show},
		{"POST ", "/kontakt", (*visit).takeContact},
		{"POST ", "/sjekk", (*visit).check},
		{"GET ", "/kode", (*visit).showCode},
		{"POST ", "/kode", (*visit).takeCode},
		{"POST ", "/postkasse", (*visit).takeMailbox},
		{"POST ", "/reservasjon", (*visit).takeReservation},
		{"POST ", "/spraak", (*visit).takeLanguage},
		{"POST ", "/logg-ut", (*visit).leave},
		{"GET ", "/delt", (*visit).explainShared},
	} {
		mux.HandleFunc(route.method+minProfilPath+route.path, s.visited(route.do))
	}
	mux.HandleFunc("GET "+minProfilPath+"/endret", s.changed)
	mux.HandleFunc("GET "+minProfilPath+"/logg-inn", s.logIn)
	mux.HandleFunc("POST "+minProfilPath+"/logg-inn", s.logInAs)
	mux.HandleFunc("GET "+minProfilPath+"/callback", s.callback)
	mux.HandleFunc("GET "+minProfilPath+"/malform", s.chooseLanguage)
	mux.HandleFunc("GET "+minProfilPath+"/citizen.css", style)
	mux.HandleFunc("/", s.lost)
	open := http.NewServeMux()
	open.HandleFunc("GET "+minProfilPath+"/logout/frontchannel", s.client.FrontChannel)
	open.Handle("/", s.guarded(mux))
	return open
}

// visited finds who is logged in. Without a session a GET leads to ID-porten, and
// a form that comes too late to the page.
func (s *Server) visited(do func(*visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{Visit: s.client.Visit(w, r), w: w, r: r}
		switch {
		case v.Session == nil && byScript(r):
			w.WriteHeader(http.StatusNoContent) // the page leads to the login by itself
			return
		case v.Session == nil:
			s.stranger(v)
			return
		}
		id, err := sandbox.ParsePersonID(v.Session.PID)
		if err != nil {
			s.fail(w, r, http.StatusForbidden, "error.person")
			return
		}
		v.sitting = sitting{
			words: inLanguage(pageLanguage(r)), server: s, id: id, base: minProfilPath, home: minProfilPath + "/", now: s.Register.Now(), proven: v.Kept.proven,
		}
		if err := do(v); err != nil {
			s.Log.ErrorContext(r.Context(), "minprofil", "cause", err)
			s.fail(w, r, http.StatusInternalServerError, "error.internal")
		}
	}
}

func pageLanguage(r *http.Request) sitewords.Language {
	return languageOf(r, sitewords.Accepted(r.Header.Get("Accept-Language")))
}

// stranger is sent to ID-porten. Who has just been logged out, or broke the login
// off, is told so first, once.
func (s *Server) stranger(v *visit) {
	if v.Kept.ended == "" && v.Kept.broken == "" {
		s.begin(v.w, v.r, relying.Ask{})
		return
	}
	w := inLanguage(pageLanguage(v.r))
	p := outPage{frame: s.frame(w, minProfilPath, w.T("minprofil.title")), Text: w.T(v.Kept.out()), LogIn: minProfilPath + "/logg-inn"}
	if target := v.r.URL.Query().Get("gotoUrl"); target != "" {
		p.LogIn += "?" + url.Values{"gotoUrl": {target}}.Encode()
	}
	v.Kept = Kept{}
	v.Keep()
	if err := s.render(v.w, http.StatusOK, "out", p); err != nil {
		s.Log.ErrorContext(v.r.Context(), "minprofil", "cause", err)
	}
}

// out is the key of why nobody is logged in.
func (k Kept) out() string {
	switch {
	case k.broken != "":
		return k.broken
	case k.ended == "":
		return "out." + string(relying.Left)
	}
	return "out." + string(k.ended)
}

type outPage struct {
	frame
	Text  string
	LogIn string // URL
}

// logIn asks ID-porten for a login, at the higher level if that is needed.
func (s *Server) logIn(w http.ResponseWriter, r *http.Request) {
	ask := relying.Ask{}
	if r.URL.Query().Get("nivaa") == "hoyt" {
		ask.Level = relying.Levels[1]
	}
	s.begin(w, r, ask)
}

// logInAs logs in as a person whom the sandbox's own pages name, without the pages
// of the login. Source: "Headless innlogging" (Digdir, 2026).
func (s *Server) logInAs(w http.ResponseWriter, r *http.Request) {
	id, err := sandbox.ParsePersonID(r.PostForm.Get("som"))
	if err != nil || !id.Synthetic() {
		s.fail(w, r, http.StatusBadRequest, "error.number")
		return
	}
	level := relying.Levels[1]
	s.begin(w, r, relying.Ask{Level: level, LoginHint: "testid:" + id.Digits() + "_" + level})
}

func (s *Server) begin(w http.ResponseWriter, r *http.Request, ask relying.Ask) {
	v := s.client.Visit(w, r)
	ask.UILocales = pageLanguage(r).Code()
	ask.Return = minProfilPath + "/"
	if target := r.URL.Query().Get("gotoUrl"); target != "" {
		ask.Return += "?" + url.Values{"gotoUrl": {target}}.Encode()
	}
	v.Kept.ended, v.Kept.broken = "", ""
	target, err := v.Begin(ask)
	if err != nil {
		s.Log.ErrorContext(r.Context(), "minprofil", "cause", err)
		s.fail(w, r, http.StatusBadGateway, "error.login")
		return
	}
	http.Redirect(w, r, target, http.StatusSeeOther)
}

// callback takes ID-porten's answer. Another person begins with nothing kept.
func (s *Server) callback(w http.ResponseWriter, r *http.Request) {
	v := s.client.Visit(w, r)
	v.Kept = Kept{}
	back, err := v.Callback()
	switch {
	case errors.Is(err, relying.ErrForeign):
		s.fail(w, r, http.StatusBadRequest, "error.login")
		return
	case err != nil:
		s.Log.WarnContext(r.Context(), "minprofil", "cause", err)
		v.Kept = Kept{broken: "out.failed"}
		if refused := (relying.RefusedError{}); errors.As(err, &refused) && refused.Code == "access_denied" {
			v.Kept.broken = "out.stopped"
		}
		v.Keep()
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}

func (s *Server) chooseLanguage(w http.ResponseWriter, r *http.Request) {
	keepLanguage(w, r.FormValue("til"))
	http.Redirect(w, r, minProfilPath+"/", http.StatusSeeOther)
}

// leave logs out here and everywhere.
func (v *visit) leave() error {
	target := v.Leave()
	http.Redirect(v.w, v.r, target, http.StatusSeeOther)
	return nil
}

// explainShared says what it means that others have an address too.
func (v *visit) explainShared() error { return v.sharedPage(v.w) }

func (v *visit) check() error { return v.checkField(v.w, v.r) }

func (v *visit) typed() contact {
	if v.Kept.draft != nil {
		return *v.Kept.draft
	}
	return contactOf(v.record())
}

func (v *visit) showCode() error {
	to, ok := askedFor(v.r, v.typed())
	if !ok {
		return v.toPage()
	}
	return v.codePage(v.w, http.StatusOK, to, codeRight, 0)
}

func (v *visit) takeCode() error {
	to, ok := askedFor(v.r, v.typed())
	if !ok {
		return v.toPage()
	}
	return v.takeCodeFor(v.w, v.r, to, func() {
		proven := maps.Clone(v.Kept.proven)
		if proven == nil {
			proven = map[outbox.Channel]address{}
		}
		proven[to.way] = to
		v.Kept.proven = proven
		v.Keep()
	})
}

func (v *visit) toPage() error {
	http.Redirect(v.w, v.r, v.home, http.StatusSeeOther)
	return nil
}
