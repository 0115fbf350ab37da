// Package outbox keeps the messages that the register would have sent: codes,
// reminders, notices. Nothing is ever sent. It says what they read, in the
// language that the person has chosen, and whoever waits for one is told.
package outbox

import (
	"slices"
	"strings"
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

// Message is one message.
type Message struct {
	Nr      uint64    // 1, 2, … in the order in which they came
	Time    time.Time // by the register's clock
	Channel Channel
	To      string // mobile in E.164 or e-mail
	Person  string // personidentifikator
	Reason  Reason
	Subject string // of an e-mail; "" of an SMS
	Text    string
	Lang    string    // of the text: nb, nn or en
	Code    string    // that the message carries; ""
	Until   time.Time // when the code is no longer taken, by the same clock
}

// Filter says which messages are wanted; its zero value wants all.
type Filter struct {
	To      string // exactly this recipient, in any spelling
	Person  string // this personidentifikator
	Channel Channel
	Reason  Reason
	After   uint64    // only those with a higher number
	Since   time.Time // only those not older
	Words   string    // each of them in recipient, subject or text
	Limit   int       // at most so many, the newest; 0 for all
}

// Box keeps the latest messages. It is safe for use by many at once.
type Box struct {
	mu    sync.Mutex
	size  int
	kept  []Message // oldest first
	last  uint64
	fresh chan struct{} // closed when a message comes
	// due, if set, lets messages in that the clock has made due since.
	due func()
}

// New makes a box that keeps so many messages. Before each look into it, due is
// called, which may add what has become due; it may be nil.
func New(size int, due func()) *Box {
	return &Box{size: size, fresh: make(chan struct{}), due: due}
}

// Add puts messages into the box, in this order.
func (b *Box) Add(messages ...Message) {
	if len(messages) == 0 {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
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
	if b.due != nil {
		b.due()
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	var out []Message
	for _, m := range slices.Backward(b.kept) {
		if f.Limit > 0 && len(out) == f.Limit {
			break
		}
		if f.wants(m) {
			out = append(out, m)
		}
	}
	return out, b.fresh
}

// Clear throws all messages away. Numbers go on.
func (b *Box) Clear() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept = nil
}

func (f Filter) wants(m Message) bool {
	switch {
	case f.To != "" && !sameAddress(f.To, m.To), f.Person != "" && f.Person != m.Person,
		f.Channel != "" && f.Channel != m.Channel, f.Reason != "" && f.Reason != m.Reason,
		m.Nr <= f.After, m.Time.Before(f.Since):
		return false
	}
	text := strings.ToLower(m.To + " " + strings.ReplaceAll(m.To, " ", "") + " " + m.Person + " " + m.Subject + " " + m.Text)
	for word := range strings.FieldsSeq(strings.ToLower(f.Words)) {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}
