package outbox

import (
	"strings"
	"time"

	"liksom/sandbox"
)

// Filter says which messages are wanted; its zero value wants all.
type Filter struct {
	To      string // exactly this recipient, in any spelling
	Person  string // this personidentifikator
	Channel Channel
	Reason  Reason
	After   uint64    // only those with a higher number
	Since   time.Time // only those not older, by the register's clock
	Words   string    // each of them in recipient, person, subject or text
	Limit   int       // at most so many, the newest; 0 for all
}

// compile prepares what is the same for every message.
func (f Filter) compile() func(*Message) bool {
	to, words := address(f.To), strings.Fields(strings.ToLower(f.Words))
	return func(m *Message) bool {
		switch {
		case m.Nr <= f.After, m.Time.Before(f.Since), f.Person != "" && f.Person != m.Person,
			f.Channel != "" && f.Channel != m.Channel, f.Reason != "" && f.Reason != m.Reason,
			f.To != "" && (to == "" || to != address(m.To)):
			return false
		}
		return len(words) == 0 || m.hasAll(words)
	}
}

func (m *Message) hasAll(words []string) bool {
	text := strings.ToLower(strings.Join([]string{m.To, m.Person, m.Name, m.Subject, m.Text}, "\n"))
	for _, word := range words {
		if !strings.Contains(text, word) {
			return false
		}
	}
	return true
}

// address spells a recipient so that equal texts are the same one; "" for what is
// neither an e-mail nor a mobile.
func address(s string) string {
	s = strings.TrimSpace(s)
	if strings.Contains(s, "@") {
		return sandbox.SameEmail(s)
	}
	return sandbox.SameMobile(s)
}

// IsAddress tells whether a text could be a recipient.
func IsAddress(s string) bool { return address(s) != "" }
