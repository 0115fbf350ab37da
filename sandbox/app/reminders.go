package app

import (
	"slices"
	"sync"

	"liksom/sandbox"
	"liksom/sandbox/guess"
	"liksom/sandbox/outbox"
	"liksom/sandbox/population"
)

// outboxSize is how many messages the outbox keeps.
const outboxSize = 1000

// mostReminders are let in at once, so that a clock that is moved far does not throw
// every other message out.
const mostReminders = outboxSize / 2

// reminders writes to whoever has contact data that was neither updated nor
// confirmed for 16 months, by e-mail, or by SMS to one who has none. It does so
// when somebody asks, for all that the register's clock has passed since. The
// clock may go back; nobody is reminded of the same dates twice, until a reset.
// Source: difi.no, 2015; that one who is reserved is not written to is a guess.
type reminders struct {
	register *sandbox.Register
	engine   *population.Engine

	mu   sync.Mutex
	sent sandbox.Instant // up to this newest date, reminders have gone out
}

func newReminders(register *sandbox.Register, engine *population.Engine) *reminders {
	r := &reminders{register: register, engine: engine}
	r.restart()
	return r
}

// restart lets reminders begin at the register's time: what was due before went
// out before the sandbox was there.
func (r *reminders) restart() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.sent = sandbox.RemindedBy(r.register.Now())
}

// due gives what has become due since it was asked before, oldest first, of many
// the latest.
func (r *reminders) due() []outbox.Message {
	now := sandbox.RemindedBy(r.register.Now())
	r.mu.Lock()
	defer r.mu.Unlock()
	if now <= r.sent {
		return nil
	}
	var out []outbox.Message
	for newest, person := range r.engine.Newest(r.sent, now) {
		if person.Reserved() {
			continue
		}
		if out = append(out, reminder(person, newest)); len(out) == mostReminders {
			break
		}
	}
	r.sent = now
	slices.Reverse(out)
	return out
}

func reminder(person sandbox.Record, newest sandbox.Instant) outbox.Message {
	channel := outbox.Email
	if person.Email().Value == "" {
		channel = outbox.SMS
	}
	return outbox.Reminder(sandbox.ExpiresAt(newest).Time()).To(person, channel, sandbox.RemindAt(newest).Time())
}

// reminderGuess is what is not known about the reminder.
var reminderGuess = guess.Guess{
	System: "krr", Name: "reminder",
	Meaning: guess.Text{
		NB: "Påminnelsen går ut når den nyeste av datoene oppdatert og sist_verifisert, i begge kanaler, er 16 kalendermåneder gammel, til den som er AKTIV og ikke reservert, én gang for hver slik dato, og med registerets egne ord byttet ut med våre.",
		NN: "Påminninga går ut når den nyaste av datoane oppdatert og sist_verifisert, i begge kanalar, er 16 kalendermånader gammal, til den som er AKTIV og ikkje reservert, éin gong for kvar slik dato, og med våre ord i staden for dei til registeret.",
		EN: "The reminder goes out when the newest of the dates oppdatert and sist_verifisert, in both channels, is 16 calendar months old, to one who is AKTIV and not reserved, once for each such date, in our words instead of the register's.",
	},
	Source: guess.Text{
		NB: "difi.no (2015) sier 16 måneder, e-post først og ellers SMS, men ikke hva det telles fra. En reservert person kan ikke varsles, så det er ikke noe å holde ved like.",
		NN: "difi.no (2015) seier 16 månader, e-post først og elles SMS, men ikkje kva det blir talt frå. Ein reservert person kan ikkje varslast, så det er ikkje noko å halde ved like.",
		EN: "difi.no (2015) says 16 months, e-mail first and else SMS, but not what it counts from. A reserved person cannot be notified, so there is nothing to keep up.",
	},
}
