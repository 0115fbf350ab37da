package citizen

import (
	"crypto/rand"
	"crypto/subtle"
	"fmt"
	"math/big"
	"strings"
	"sync"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

// fixedCode is what codes are unless they are random: the one of MinID in the test
// environment. Source: "Testbrukere" (Digdir), on MinID since 24.10.2023.
const fixedCode = "12345"

// A person may ask for so many codes in so long a time (a guess); by real time, so
// that a clock that stands still cannot shut anybody out.
const (
	mostCodes  = 5
	codesEvery = 10 * time.Minute
)

// forgetCodes is when a code that nobody typed is forgotten, in real time.
const forgetCodes = 24 * time.Hour

// outcome is how a code was taken; it is the key of the sentence that says so.
type outcome string

// The outcomes.
const (
	codeRight   outcome = ""
	codeWrong   outcome = "code.wrong"
	codeExpired outcome = "code.expired"
	codeSpent   outcome = "code.spent" // too many tries
	codeNone    outcome = "code.none"  // none was asked for, or it is used
	codeTooMany outcome = "code.toomany"
)

// codes are those that wait to be typed. A new one cancels the one before it. It is
// safe for concurrent use.
type codes struct {
	guesses  Guesses
	register func() time.Time // by which they run out
	real     func() time.Time

	mu    sync.Mutex
	waits map[codeKey]*waiting
	asked map[sandbox.PersonID][]time.Time
	swept time.Time
}

type codeKey struct {
	id  sandbox.PersonID
	way outbox.Channel
}

type waiting struct {
	to    address
	code  string
	from  time.Time // by the clock that until is by: it may be moved back
	until time.Time
	asked time.Time // in real time
	left  int       // tries
}

func newCodes(g Guesses, register, real func() time.Time) *codes {
	return &codes{guesses: g, register: register, real: real, waits: map[codeKey]*waiting{}, asked: map[sandbox.PersonID][]time.Time{}}
}

// issue makes a code for an address; not ok when the person has asked for too many.
func (c *codes) issue(id sandbox.PersonID, to address) (code string, until time.Time, ok bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	now := c.real()
	c.sweep(now)
	if len(c.asked[id]) >= mostCodes {
		return "", time.Time{}, false
	}
	c.asked[id] = append(c.asked[id], now)
	code, until = fixedCode, c.register().Add(c.guesses.codeLifetime())
	if c.guesses.randomCodes() {
		code = randomCode()
	}
	c.waits[codeKey{id, to.way}] = &waiting{to, code, until.Add(-c.guesses.codeLifetime()), until, now, c.guesses.codeTries()}
	return code, until, true
}

// reset forgets all.
func (c *codes) reset() {
	c.mu.Lock()
	defer c.mu.Unlock()
	clear(c.waits)
	clear(c.asked)
}

// sweep forgets what was asked for long ago; the lock is held.
func (c *codes) sweep(now time.Time) {
	for id, times := range c.asked {
		for len(times) > 0 && now.Sub(times[0]) >= codesEvery {
			times = times[1:]
		}
		if c.asked[id] = times; len(times) == 0 {
			delete(c.asked, id)
		}
	}
	if now.Sub(c.swept) < codesEvery {
		return
	}
	c.swept = now
	for key, w := range c.waits {
		if now.Sub(w.asked) > forgetCodes {
			delete(c.waits, key)
		}
	}
}

// try takes a code that was typed. Left is how many tries remain after a wrong one.
func (c *codes) try(id sandbox.PersonID, to address, typed string) (o outcome, left int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	key := codeKey{id, to.way}
	w := c.waits[key]
	switch {
	case w == nil || !w.to.same(to.value):
		return codeNone, 0
	case w.left == 0:
		return codeSpent, 0
	case c.register().After(w.until) || c.register().Before(w.from):
		return codeExpired, 0
	}
	if subtle.ConstantTimeCompare([]byte(strings.TrimSpace(typed)), []byte(w.code)) == 1 {
		delete(c.waits, key)
		return codeRight, 0
	}
	if w.left--; w.left == 0 {
		return codeSpent, 0
	}
	return codeWrong, w.left
}

// codeDigits is the length of a code, as the design system's field for one and the
// SMS of MinID have it (a guess for this one).
const codeDigits = 5

func randomCode() string {
	n, err := rand.Int(rand.Reader, big.NewInt(100_000))
	if err != nil {
		panic(err) // never, see crypto/rand
	}
	return fmt.Sprintf("%0*d", codeDigits, n)
}
