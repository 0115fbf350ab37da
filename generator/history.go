package generator

import (
	"slices"

	"liksom/sandbox"
)

// EventKind says what happened to a person in the register.
type EventKind uint8

// The kinds of events. A value that is put in or changed in the dialog is also
// confirmed at that moment.
const (
	EventRegistered     EventKind = iota // came into the register, or came back
	EventEmail                           // a new or changed e-mail; Old and New
	EventMobile                          // a new or changed mobile; Old and New
	EventEmailConfirmed                  // the person said that it is right
	EventMobileConfirmed
	EventEmailValidated // the code sent to it came back
	EventMobileValidated
	EventReminded // after 16 months; New is the channel
	EventExpired  // after 18 months
	EventReserved
	EventReservationLifted
	EventLanguage         // the person chose it; New
	EventLanguageByAgency // an agency set it; New
	EventMailbox          // chosen; New is the provider's organisation number
	EventDeleted
)

var eventWords = [...]string{
	"registrert", "epostadresse", "mobiltelefonnummer", "epostadresse_verifisert", "mobiltelefonnummer_verifisert",
	"epostadresse_validert", "mobiltelefonnummer_validert", "paaminnet", "utloept", "reservert", "reservasjon_opphevet",
	"spraak", "spraak_satt_av_etat", "postkasse", "slettet",
}

// String gives a word of the register.
func (k EventKind) String() string { return eventWords[k] }

// Event is one thing that happened. Old and New are empty where a kind has none.
type Event struct {
	At       sandbox.Instant
	Kind     EventKind
	Old, New string
}

// History tells how person i came to the present state, oldest first; nothing
// for one who never was in the register. The last events are those that the
// person's fields show; what came before is made up to fit.
func (w *Worker) History(i int) []Event {
	now := w.Person(i)
	if at := i - len(w.g.vectors); at >= 0 && at < len(w.g.fixed) {
		return plain(now)
	}
	var at *place
	if w.g.published(i) {
		at = w.placeOf(i)
	} else {
		m := w.households((i - w.g.first()) / blockSize)
		at = m[(i-w.g.first())%blockSize].place
	}
	r := w.recipe(i, at)
	p, l := w.cook(i, r, at)
	if p.Status == sandbox.NotRegistered {
		return nil
	}
	if p.Status == sandbox.Active {
		p = now // whose contact data may be another's
	}
	w.stream(i, streamPast)
	h := &past{w: w, who: &w.g.plan[i], i: i, p: p, life: l, recipe: r}
	return h.tell()
}

// past is a history in the making.
type past struct {
	w      *Worker
	who    *planned
	i      int
	p      sandbox.Person
	life   life
	recipe recipe
	events []Event
}

func (h *past) add(at sandbox.Instant, kind EventKind, before, after string) {
	if at != 0 {
		h.events = append(h.events, Event{at, kind, before, after})
	}
}

func (h *past) tell() []Event {
	p, l, r := &h.p, &h.life, &h.recipe
	h.add(l.came, EventRegistered, "", "")
	h.add(l.gone, EventDeleted, "", "")
	h.add(l.entered, EventRegistered, "", "")
	h.channel(p.Email, r.emailNew, EventEmail, EventEmailConfirmed, EventEmailValidated, h.formerEmail)
	h.channel(p.Mobile, r.mobileNew, EventMobile, EventMobileConfirmed, EventMobileValidated, h.formerMobile)
	if r.lifted {
		h.add(h.w.between(l.entered, p.ReservationUpdated), EventReserved, "", "")
		h.add(p.ReservationUpdated, EventReservationLifted, "", "")
	}
	h.add(p.ReservedAt, EventReserved, "", "")
	if r.byAgency {
		h.add(p.LanguageUpdated, EventLanguageByAgency, "", p.Language.String())
	} else {
		h.add(p.LanguageUpdated, EventLanguage, "", p.Language.String())
	}
	h.add(l.mailbox, EventMailbox, "", p.Mailbox.Provider.Org())
	h.add(l.deleted, EventDeleted, "", "")
	h.sort()
	h.remind()
	return h.events
}

func (h *past) sort() {
	slices.SortStableFunc(h.events, func(a, b Event) int { return int(a.At) - int(b.At) })
}

// channel tells how a value came to be what it is.
func (h *past) channel(c sandbox.Channel, isNew bool, put, confirmed, validated EventKind, former func() string) {
	if c.Value == "" {
		return
	}
	l := &h.life
	switch {
	case isNew || c.Updated == l.entered:
		h.add(c.Updated, put, "", c.Value)
	default:
		before := former()
		h.add(l.entered, put, "", before)
		h.add(c.Updated, put, before, c.Value)
	}
	if !isNew {
		for _, at := range h.dialogs() {
			h.add(at, confirmed, "", "")
		}
		if c.Confirmed != l.dialog {
			h.add(c.Confirmed, confirmed, "", "")
		}
	}
	h.add(c.Validated, validated, "", "")
}

// dialogs are the moments when the person answered the dialog, oldest first:
// asked at the first log-in after 90 days, and now and then not seen for long.
func (h *past) dialogs() []sandbox.Instant {
	const asked, until, away, oneIn = 90 * day, 60 * day, 600 * day, 20
	h.w.stream(h.i, streamPast) // the same for both channels
	out := []sandbox.Instant{h.life.entered}
	for at := h.life.dialog; at > h.life.entered; {
		out = append(out, at)
		gap := asked + h.w.n(until)
		if h.w.n(oneIn) == 0 {
			gap += h.w.n(away)
		}
		if int(at) < gap {
			break
		}
		at = awake(at-sandbox.Instant(gap), h.life.entered)
	}
	slices.Sort(out)
	return out
}

func (h *past) formerEmail() string {
	return string(append(h.w.g.words.appendAddress(nil, h.who.name), "@tidligere.test"...))
}

// formerMobile is a number of the held ones, so that it is nobody else's.
func (h *past) formerMobile() string {
	p := h.w.g.phones
	if p == PhonesForeign {
		return h.w.mobile(h.i, h.i+1, false)
	}
	return norwegian(held[p][len(held[p])-1]*block + h.i%(block/2))
}

// remind tells of the reminders and the expiries, each time the person had not
// been heard of for so long.
func (h *past) remind() {
	const remindMonths, atLeast = 16, 480 * day
	var found []Event
	var last sandbox.Instant
	channel := ""
	check := func(next sandbox.Instant) {
		if last == 0 || next < last+atLeast {
			return
		}
		if at := sandbox.InstantOf(sandbox.AddMonths(last.Time(), remindMonths)); at < next {
			found = append(found, Event{At: at, Kind: EventReminded, New: channel})
		}
		if at := sandbox.ExpiresAt(last); at < next {
			found = append(found, Event{At: at, Kind: EventExpired})
		}
	}
	for _, e := range h.events {
		switch e.Kind {
		case EventEmail, EventEmailConfirmed:
			check(e.At)
			last, channel = e.At, EventEmail.String()
		case EventMobile, EventMobileConfirmed:
			check(e.At)
			last = e.At
			if channel == "" {
				channel = EventMobile.String()
			}
		}
	}
	check(h.life.last + 1)
	h.events = append(h.events, found...)
	h.sort()
}

// plain is what the fields of a person tell by themselves.
func plain(p sandbox.Person) []Event {
	h := &past{p: p}
	h.add(p.Registered, EventRegistered, "", "")
	h.add(p.Email.Updated, EventEmail, "", p.Email.Value)
	h.add(p.Email.Confirmed, EventEmailConfirmed, "", "")
	h.add(p.Email.Validated, EventEmailValidated, "", "")
	h.add(p.Mobile.Updated, EventMobile, "", p.Mobile.Value)
	h.add(p.Mobile.Confirmed, EventMobileConfirmed, "", "")
	h.add(p.Mobile.Validated, EventMobileValidated, "", "")
	if p.Reserved {
		h.add(p.ReservedAt, EventReserved, "", "")
	} else {
		h.add(p.ReservationUpdated, EventReservationLifted, "", "")
	}
	h.add(p.LanguageUpdated, EventLanguage, "", p.Language.String())
	h.add(p.DeletedAt, EventDeleted, "", "")
	h.sort()
	return h.events
}
