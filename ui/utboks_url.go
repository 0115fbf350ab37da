package ui

import (
	"net/url"
	"slices"
	"strconv"
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

const outboxPath = "/utboks"

// outboxURL is the state of the outbox.
type outboxURL struct {
	nr      uint64 // the message beside the list; 0 for none
	to      string // only to this recipient, or to this person
	channel outbox.Channel
	reason  outbox.Reason
	words   string // each of them in recipient, person, subject or text
	from    uint64 // the list begins with this number and goes back; 0 for the newest
	still   bool   // the list does not follow
}

// readOutboxURL takes the state out of a query; what it cannot be is as if it
// were left out.
func readOutboxURL(v url.Values) outboxURL {
	u := outboxURL{to: tidyRecipients(v.Get("til")), words: tidyRecipients(v.Get("q")), still: v.Get("folg") == no}
	if c := outbox.Channel(v.Get("kanal")); slices.Contains(outbox.Channels, c) {
		u.channel = c
	}
	if r := outbox.Reason(v.Get("type")); slices.Contains(outbox.Reasons, r) {
		u.reason = r
	}
	u.from, _ = strconv.ParseUint(v.Get("fra"), 10, 64)
	return u
}

// tidyRecipients is tidy for a text that may hold recipients and synthetic
// numbers: those stay as they are, so that they find something.
func tidyRecipients(s string) string {
	parts := strings.Fields(tidied(s))
	for i, part := range parts {
		id, err := sandbox.ParsePersonID(strings.TrimPrefix(part, "+"))
		known := err == nil && id.Synthetic() || err != nil && strings.HasPrefix(part, "+")
		if !known {
			parts[i] = sandbox.MaskIDs(part)
		}
	}
	return strings.Join(parts, " ")
}

// filter asks the outbox. A person's own number stands for whatever the person got.
func (u outboxURL) filter() outbox.Filter {
	f := outbox.Filter{To: u.to, Channel: u.channel, Reason: u.reason, Words: u.words}
	if id, err := sandbox.ParsePersonID(u.to); err == nil {
		f.To, f.Person = "", id.Digits()
	}
	return f
}

// start is where the list begins; the last row when it begins after that.
func (u outboxURL) start(fitting []outbox.Message) int {
	if u.from == 0 {
		return 0
	}
	if i := slices.IndexFunc(fitting, func(m outbox.Message) bool { return m.Nr <= u.from }); i >= 0 {
		return i
	}
	return len(fitting) - 1
}

func (u outboxURL) String() string {
	path := outboxPath
	if u.nr > 0 {
		path += "/" + strconv.FormatUint(u.nr, 10)
	}
	return path + u.query()
}

// twin is the address of the same list in another form.
func (u outboxURL) twin(form string) string {
	u.from, u.still = 0, false
	return outboxPath + "." + form + u.query()
}

func (u outboxURL) query() string {
	v := url.Values{}
	set(v, "til", u.to)
	set(v, "type", string(u.reason))
	set(v, "kanal", string(u.channel))
	set(v, "q", u.words)
	if u.from > 0 {
		v.Set("fra", strconv.FormatUint(u.from, 10))
	}
	if u.still {
		v.Set("folg", no)
	}
	return queryString(v)
}
