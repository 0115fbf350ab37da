package stats

import (
	"maps"
	"slices"
	"sync"
	"time"

	"liksom/sandbox"
)

// Usage is what a sandbox has been asked since it began, in the terms of the
// register's own key figures. Nothing of it is kept when the program ends.
type Usage struct {
	Since     time.Time `json:"since" description:"when the sandbox began, in real time"`
	Seconds   int       `json:"uptime_seconds"`
	Customers int       `json:"customers" description:"clients whose look-ups KRR has answered"`
	Today     int       `json:"ids_today" description:"identity numbers looked up today, repeated ones too"`
	ThisMonth int       `json:"ids_this_month"`
	Days      []Asked   `json:"days" required:"true" nullable:"false" description:"days with look-ups, the newest first, 31 at most"`
	Months    []Asked   `json:"months" required:"true" nullable:"false" description:"months with look-ups, the newest first, 12 at most"`
}

// Asked is how many identity numbers were looked up in a day or month.
type Asked struct {
	Period string `json:"period" description:"2026-11-25 or 2026-11"`
	IDs    int    `json:"ids"`
}

// UsageCounter counts look-ups as they happen. Many may use it at once.
type UsageCounter struct {
	since time.Time

	mu      sync.Mutex
	clients map[string]struct{}
	hours   map[int64]int // since 1970; midnight in Norway is at a whole hour
}

// NewUsageCounter makes a counter that begins at a moment.
func NewUsageCounter(since time.Time) *UsageCounter {
	return &UsageCounter{since: since, clients: map[string]struct{}{}, hours: map[int64]int{}}
}

const hour = 3600 // seconds

// Add counts a client's look-up of so many identity numbers.
func (c *UsageCounter) Add(client string, ids int, at time.Time) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.clients[client] = struct{}{}
	c.hours[at.Unix()/hour] += ids
}

// Report tells what was counted, as of now.
func (c *UsageCounter) Report(now time.Time) *Usage {
	const days, months = 31, 12
	c.mu.Lock()
	defer c.mu.Unlock()
	u := &Usage{Since: c.since, Seconds: int(now.Sub(c.since).Seconds()), Customers: len(c.clients), Days: c.by(time.DateOnly), Months: c.by("2006-01")}
	u.Today, u.ThisMonth = of(u.Days, now, time.DateOnly), of(u.Months, now, "2006-01")
	u.Days, u.Months = u.Days[:min(days, len(u.Days))], u.Months[:min(months, len(u.Months))]
	return u
}

// by sums up by day or month in Norway, the newest first.
func (c *UsageCounter) by(layout string) []Asked {
	sums := map[string]int{}
	for h, ids := range c.hours {
		sums[time.Unix(h*hour, 0).In(sandbox.Oslo).Format(layout)] += ids
	}
	all := make([]Asked, 0, len(sums))
	for _, period := range slices.Backward(slices.Sorted(maps.Keys(sums))) {
		all = append(all, Asked{period, sums[period]})
	}
	return all
}

func of(all []Asked, now time.Time, layout string) int {
	for _, a := range all {
		if a.Period == now.In(sandbox.Oslo).Format(layout) {
			return a.IDs
		}
	}
	return 0
}
