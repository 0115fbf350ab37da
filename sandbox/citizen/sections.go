package citizen

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"net/http"
	"slices"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
	"liksom/sandbox/relying"
)

// profilePage is MinProfil.
type profilePage struct {
	frame
	form
	Summary  string // of the addresses, in the heading of their section
	Mailbox  mailboxOffer
	Reserved string // since when; "" if not
	Speaks   []speech
	Spoken   string // the chosen language
	LevelURL string // for a login at the higher level, where that is needed
	Effects  []effect
	Poll     string // URL that tells whether somebody else changed something
	Changed  bool
	Target   string // where to go on to
	Refused  string // why there is no such place
	Save     string // text of the button below the addresses
}

// chosenSpeech is a language of the register, by its word in the form.
type chosenSpeech struct {
	value, label string
	language     sandbox.Language
}

// speech is a language that the register can have.
type speech struct {
	Value, Label, Lang string
	Chosen             bool
}

// speeches are what can be chosen, in the order of the page.
var speeches = []chosenSpeech{
	{"", "", sandbox.NoLanguage}, {"nb", "Bokmål", sandbox.Bokmaal}, {"nn", "Nynorsk", sandbox.Nynorsk}, {"en", "English", sandbox.English}, {"se", "Davvisámegiella", sandbox.Sami},
}

// show shows MinProfil. What somebody else has changed since the visitor last saw
// it is told once.
func (v *visit) show() error {
	refused := ""
	if raw := v.r.URL.Query().Get("gotoUrl"); raw != "" {
		v.Kept.target, refused = v.server.destination(v.r, raw)
	}
	said, r := v.Kept.said, v.record()
	changed := v.Kept.shown != "" && v.Kept.shown != fingerprint(r)
	v.Kept.said, v.Kept.shown = notice{}, fingerprint(r)
	v.Keep()
	p := v.profile(r, v.typed(), said)
	if p.Changed = changed; refused != "" {
		p.Refused = v.T(refused)
	}
	return v.server.render(v.w, http.StatusOK, "minprofil", p)
}

// page shows MinProfil with what was typed.
func (v *visit) page(status int, r sandbox.Record, typed contact, said notice) error {
	return v.server.render(v.w, status, "minprofil", v.profile(r, typed, said))
}

func (v *visit) profile(r sandbox.Record, typed contact, said notice) profilePage {
	p := profilePage{frame: v.frame("minprofil.title"), form: v.form(r, typed), Mailbox: v.mailboxOffer(r, "", false), Effects: said.effects}
	p.Where, p.Who, p.Banner = v.T("brand.minprofil"), v.name(r), v.T("minprofil.banner")
	if said.key != "" {
		p.Notice, p.Bad = v.T(said.key), said.bad
	}
	if p.faulty() {
		p.Title = v.T("fault.title", p.Title)
	}
	if c := contactOf(r); c != (contact{}) {
		country, number := splitMobile(c.mobile)
		p.Summary = strings.Join(slices.DeleteFunc([]string{strings.TrimSpace(country + " " + grouped(country, number)), c.email}, func(s string) bool { return s == "" || s == countries[0] }), ", ")
	}
	if v.Session.ACR != relying.Levels[1] {
		p.LevelURL = minProfilPath + "/logg-inn?nivaa=hoyt"
	}
	if r.Status() == sandbox.Active && r.Reserved() {
		p.Reserved = v.day(r.ReservedAt().Time())
	}
	for _, l := range speeches {
		one := speech{l.value, l.label, l.value, r.Status() == sandbox.Active && r.Language() == l.language || r.Status() != sandbox.Active && l.value == ""}
		if l.value == "" {
			one.Label, one.Lang = v.T("speech.none"), ""
		}
		if one.Chosen {
			p.Spoken = one.Label
		}
		p.Speaks = append(p.Speaks, one)
	}
	p.Poll = minProfilPath + "/endret?sett=" + fingerprint(r)
	p.Target = v.Kept.target
	if p.Save = v.T("save"); p.Mobile().Removing && said.key == "again" {
		p.Save = v.T("save.confirm")
	}
	return p
}

// fingerprint tells two states of a person apart, as far as MinProfil shows them.
func fingerprint(r sandbox.Record) string {
	text := ""
	if r.Status() == sandbox.Active {
		box := mailboxOf(r)
		text = fmt.Sprintf("%q %q %q %d %t %d", r.Email().Value, r.Mobile().Value, box.Address, box.Provider, r.Reserved(), r.Language())
	}
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:8])
}

// changed is asked now and then by the page: has somebody else changed something,
// or logged the visitor out? It keeps nobody logged in.
func (s *Server) changed(w http.ResponseWriter, r *http.Request) {
	v, said := s.client.Glance(w, r), inLanguage(pageLanguage(r))
	part, about := "changed", any(said)
	if v.Session == nil {
		part, about = "ended", outPage{frame: frame{words: said}, Text: said.T(v.Kept.out())}
	} else if id, err := sandbox.ParsePersonID(v.Session.PID); err != nil || r.URL.Query().Get("sett") == fingerprint(s.Register.Person(id)) {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	if err := s.fragment(w, part, about); err != nil {
		s.Log.ErrorContext(r.Context(), "minprofil", "cause", err)
	}
}

// done tells on the page what a step has changed, and whether somebody else had
// changed something since the visitor last saw the page: the last one wins.
func (v *visit) done(key string, before, after sandbox.Record) error {
	at := after.Changed()
	said := notice{key: key, effects: v.effects(before, after, at)}
	if v.Kept.shown != "" && v.Kept.shown != fingerprint(before) {
		said.key += ".over"
	}
	v.Kept.said, v.Kept.shown, v.Kept.draft, v.Kept.proven = said, fingerprint(after), nil, nil
	v.Keep()
	return v.toPage()
}

// say shows a notice that goes with no change.
func (v *visit) say(key string, bad bool) error {
	v.Kept.said = notice{key: key, bad: bad}
	v.Keep()
	return v.toPage()
}

// incomplete refuses a form that is none of the page's.
func (v *visit) incomplete() error {
	v.server.fail(v.w, v.r, http.StatusBadRequest, "error.form")
	return nil
}

// refused tells why a step was not carried out, or that the register could not be
// written to.
func (v *visit) refused(err error) error {
	switch {
	case errors.Is(err, errReserved):
		return v.say("mailbox.reserved", true)
	case errors.Is(err, errDeleted):
		return v.say("deleted.first", true)
	}
	v.server.Log.WarnContext(v.r.Context(), "minprofil", "cause", err)
	return v.say("trouble.minprofil", true)
}

// takeContact saves e-mail and mobile, or asks for a code to one of them.
func (v *visit) takeContact() error {
	r := v.record()
	typed := readContact(v.r.PostForm, contactOf(r))
	f := v.form(r, typed)
	way, code := wantsCode(v.r.PostForm)
	v.Kept.draft = &typed
	switch {
	case code && f.Fields[way].Fault == "" && typed.of(way).value != "":
		v.Keep()
		return v.sendCode(v.w, v.r, typed.of(way), r)
	case code || f.faulty():
		return v.page(http.StatusUnprocessableEntity, r, typed, notice{})
	case !f.good(v.r.PostForm["sett"]):
		return v.page(http.StatusOK, r, typed, notice{key: "again"})
	case typed == contactOf(r):
		v.Kept.draft = nil
		return v.say("same", false)
	}
	steps := []step{state(typed)}
	for _, one := range v.proven {
		steps = append(steps, prove(one))
	}
	before, after, err := v.save(steps...)
	if err != nil {
		return v.refused(err)
	}
	return v.done("saved", before, after)
}

// takeMailbox chooses, switches or leaves a mailbox. Who has reserved cannot, and
// the login must be at the higher level. Source: "Digital postkasse" and
// "Testbrukere" (Digdir).
func (v *visit) takeMailbox() error {
	r := v.record()
	box, chosen := chosenMailbox(r, v.r.PostForm.Get("postkasse"))
	switch {
	case !chosen:
		return v.say("same", false)
	case v.Session.ACR != relying.Levels[1]:
		return v.say("mailbox.level", true)
	}
	before, after, err := v.change(choose(box))
	if err != nil {
		return v.refused(err)
	}
	v.noticeMailbox(before, after)
	return v.done("saved", before, after)
}

// takeReservation reserves or takes it back.
func (v *visit) takeReservation() error {
	r, word := v.record(), v.r.PostForm.Get("reservasjon")
	on := word == yesNo(true)
	switch is := r.Status() == sandbox.Active && r.Reserved(); {
	case !on && word != yesNo(false):
		return v.incomplete()
	case is == on:
		return v.say("same", false)
	}
	before, after, err := v.change(reserve(on))
	if err != nil {
		return v.refused(err)
	}
	v.write(outbox.Reserved(on), after, outbox.Email, outbox.SMS)
	return v.done("saved", before, after)
}

// takeLanguage chooses the language of messages.
func (v *visit) takeLanguage() error {
	r, value := v.record(), v.r.PostForm.Get("spraak")
	i := slices.IndexFunc(speeches, func(l chosenSpeech) bool { return l.value == value })
	switch {
	case i < 0 || !v.r.PostForm.Has("spraak"):
		return v.incomplete()
	case r.Status() == sandbox.Active && r.Language() == speeches[i].language, r.Status() != sandbox.Active && value == "":
		return v.say("same", false)
	}
	before, after, err := v.change(speak(speeches[i].language))
	if err != nil {
		return v.refused(err)
	}
	return v.done("saved", before, after)
}
