package citizen

import (
	"maps"
	"sync"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
	sitewords "liksom/sandbox/words"
)

// dialog is one that is under way.
type dialog struct {
	id      sandbox.PersonID
	why     reason
	back    string
	lang    sitewords.Language
	browser string // only this one may go on
	until   time.Time
	draft   *draft
	shown   string // fingerprint of the person as the page last showed them
	proven  map[outbox.Channel]address
}

// draft is what was typed and is not saved.
type draft struct {
	typed   contact
	mailbox string // as in the form
}

// dialogs are all that are under way. It is safe for concurrent use.
type dialogs struct {
	now func() time.Time

	mu    sync.Mutex
	swept time.Time
	by    map[string]dialog
}

// How long the dialog may stand open, and how many may; it bounds the memory.
const (
	dialogLifetime = 30 * time.Minute
	mostDialogs    = 10_000
)

func newDialogs(now func() time.Time) *dialogs {
	return &dialogs{now: now, by: map[string]dialog{}}
}

func (d *dialogs) add(one dialog) (name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	if now.Sub(d.swept) > time.Minute || now.Before(d.swept) {
		d.swept = now
		maps.DeleteFunc(d.by, func(_ string, old dialog) bool { return now.After(old.until) })
	}
	for name := range d.by { // any, since a flood has made nearly all of them
		if len(d.by) < mostDialogs {
			break
		}
		delete(d.by, name)
	}
	name = random()
	one.until = now.Add(dialogLifetime)
	d.by[name] = one
	return name
}

func (d *dialogs) find(name, browser string) (dialog, bool) {
	d.mu.Lock()
	defer d.mu.Unlock()
	one, ok := d.by[name]
	return one, ok && browser != "" && one.browser == browser && !d.now().After(one.until)
}

func (d *dialogs) change(name string, change func(*dialog)) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if one, ok := d.by[name]; ok {
		one.proven = maps.Clone(one.proven)
		change(&one)
		d.by[name] = one
	}
}

func (d *dialogs) end(name string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.by, name)
}
