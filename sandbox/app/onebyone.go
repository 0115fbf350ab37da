package app

import (
	"fmt"
	"strings"
	"sync"
	"time"

	"liksom/sandbox/journal"
	"liksom/sandbox/krr"
)

// oneByOne notices who looks up many persons one at a time. The register asks its
// users to gather them instead. Source: "Oppslagstjenesten REST" (Digdir). It is
// safe for use by many at once.
type oneByOne struct {
	mu    sync.Mutex
	calls map[string]singles // by client
}

// singles are the look-ups of one person that a client has made since it was last
// judged.
type singles struct {
	count int
	since time.Time
}

// The hint comes with each hundredth look-up of a client, when these were made
// within a short time. Most requests then cost a count and no text.
const (
	singlesEach   = 100
	singlesWithin = 10 * time.Second
)

// hint counts one look-up, and explains now and then in the journal how to ask
// for many.
func (o *oneByOne) hint(e *journal.Entry) {
	path := strings.TrimSuffix(e.Path, "/")
	if e.Verdict != journal.VerdictOK || e.IDs != 1 || e.Reason != "" || path != krr.LookupPath && path != krr.LookupPathV2 {
		return
	}
	if took, many := o.count(e.Client, e.Time); many {
		e.Code = "ids.single"
		e.Reason = fmt.Sprintf("The client has looked up %d persons one by one in %s; one call takes up to 1000 numbers in personidentifikatorer.",
			singlesEach, took.Round(time.Millisecond))
	}
}

// count tells of each hundredth look-up how long the hundred took, if that was
// short.
func (o *oneByOne) count(client string, at time.Time) (took time.Duration, many bool) {
	o.mu.Lock()
	defer o.mu.Unlock()
	if o.calls == nil {
		o.calls = map[string]singles{}
	}
	s := o.calls[client]
	if s.count == 0 {
		s.since = at
	}
	if s.count++; s.count < singlesEach {
		o.calls[client] = s
		return 0, false
	}
	delete(o.calls, client)
	took = at.Sub(s.since)
	return took, took <= singlesWithin
}
