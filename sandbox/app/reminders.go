package app

import (
	"slices"
	"sync"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
	"liksom/sandbox/population"
)

// outboxSize is how many messages the outbox keeps.
const outboxSize = 1000

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
// the latest that fit into the outbox.
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
		if out = append(out, reminder(person, newest)); len(out) == outboxSize {
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
