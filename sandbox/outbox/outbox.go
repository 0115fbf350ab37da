// Package outbox keeps the messages that the register would have sent: codes,
// reminders, notices. Nothing is ever sent. It says what they read, in the
// language that the person has chosen, and whoever waits for one is told.
package outbox

import (
	"context"
	"slices"
	"sync"
	"time"
)

// Channel is the way that a message would have gone.
type Channel string

// The channels.
const (
	SMS   Channel = "sms"
	Email Channel = "epost"
)

// Channels are all of them.
var Channels = []Channel{SMS, Email}

// Message is one message. Pages and control API show it in this shape.
type Message struct {
	Nr      uint64    `json:"nr" description:"1, 2, … in the order in which they came; numbers go on when the outbox is emptied"`
	Time    time.Time `json:"time" description:"by the register's clock"`
	Channel Channel   `json:"channel" enum:"sms,epost"`
	To      string    `json:"to" description:"mobile in E.164 or e-mail"`
	Person  string    `json:"personidentifikator"`
	Name    string    `json:"name" description:"the person's, as it was then"`
	Reason  Reason    `json:"type" enum:"kode,paaminnelse,endring,reservasjon,postkasse" description:"why it was written: a code to prove that the address is the person's, a reminder that contact data must be confirmed, a change of contact data, a reservation made or lifted, a mailbox chosen or left"`
	Subject string    `json:"subject,omitempty" description:"of an e-mail"`
	Text    string    `json:"text"`
	Lang    string    `json:"language" enum:"nb,nn,en" description:"of the text"`
	Code    string    `json:"code,omitempty" description:"that the message carries"`
	Until   time.Time `json:"code_expires,omitzero" description:"when the code is no longer taken, by the register's clock"`
}

// Box keeps the latest messages. It is safe for use by many at once.
type Box struct {
	mu    sync.Mutex
	size  int
	kept  []Message // oldest first
	last  uint64
	fresh chan struct{} // closed when a message comes
	due   func() []Message

	stop    sync.Once
	stopped chan struct{} // closed when nobody shall wait any more
}

// New makes a box that keeps so many messages. Before each look into it and each
// message that is put in, due is asked for messages that time has made due since;
// it is asked by one at a time, must not use the box, and may be nil.
func New(size int, due func() []Message) *Box {
	if due == nil {
		due = func() []Message { return nil }
	}
	return &Box{size: size, fresh: make(chan struct{}), due: due, stopped: make(chan struct{})}
}

// Add puts messages into the box, in this order.
func (b *Box) Add(messages ...Message) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.put(b.due())
	b.put(messages)
}

func (b *Box) put(messages []Message) {
	if len(messages) == 0 {
		return
	}
	for _, m := range messages {
		b.last++
		m.Nr = b.last
		b.kept = append(b.kept, m)
	}
	if over := len(b.kept) - b.size; over > 0 {
		b.kept = slices.Delete(b.kept, 0, over)
	}
	close(b.fresh)
	b.fresh = make(chan struct{})
}

// Find gives the messages that are wanted, the newest first, and a channel that is
// closed when another message comes.
func (b *Box) Find(f Filter) ([]Message, <-chan struct{}) {
	wants := f.compile()
	b.mu.Lock()
	defer b.mu.Unlock()
	b.put(b.due())
	out := []Message{}
	for i := len(b.kept) - 1; i >= 0 && (f.Limit <= 0 || len(out) < f.Limit); i-- {
		if m := &b.kept[i]; wants(m) {
			out = append(out, *m)
		}
	}
	return out, b.fresh
}

// lookAgain is how soon one who waits is shown what the clock alone has made due.
const lookAgain = 250 * time.Millisecond

// Wait gives the messages that are wanted as soon as there is one, or none when
// the context ends or the box is stopped.
func (b *Box) Wait(ctx context.Context, f Filter) []Message {
	again := time.NewTicker(lookAgain)
	defer again.Stop()
	for {
		found, fresh := b.Find(f)
		if len(found) > 0 {
			return found
		}
		select {
		case <-ctx.Done():
			return found
		case <-b.stopped:
			return found
		case <-fresh:
		case <-again.C:
		}
	}
}

// Stop lets everybody who waits go, now and later; a program that ends calls it.
func (b *Box) Stop() { b.stop.Do(func() { close(b.stopped) }) }

// Clear throws all messages away, also those that are due, and gives their number.
func (b *Box) Clear() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.put(b.due())
	n := len(b.kept)
	b.kept = nil
	return n
}
