package query

import (
	"strings"

	"liksom/sandbox"
)

// words make the values of an enumerated field.
func words(w ...string) []Choice {
	out := make([]Choice, len(w))
	for i := range w {
		out[i] = Choice{Word: w[i]}
	}
	return out
}

var yesNo = []Choice{{"JA", []string{"true"}}, {"NEI", []string{"false"}}}

func yes(b bool) int {
	if b {
		return 0
	}
	return 1
}

// An active person is in the register; of others, the register tells nothing.
func active(r sandbox.Record) bool { return r.Status() == sandbox.Active }

// flag is JA or NEI of everybody.
func flag(is func(sandbox.Record) bool) func(sandbox.Record, Clock) int {
	return func(r sandbox.Record, _ Clock) int { return yes(is(r)) }
}

// code reads a code list whose word 0 means that there is none.
func code[T ~uint8](of func(sandbox.Record) T) func(sandbox.Record, Clock) int {
	return func(r sandbox.Record, _ Clock) int { return int(of(r)) - 1 }
}

func one(of func(sandbox.Record) string) func(sandbox.Record, func(string) bool) bool {
	return func(r sandbox.Record, is func(string) bool) bool {
		s := of(r)
		return s != "" && is(sandbox.Fold(s))
	}
}

// relatives gives the numbers of a person's relatives of one sort.
func relatives(rel sandbox.Relation) func(sandbox.Record, func(string) bool) bool {
	return func(r sandbox.Record, is func(string) bool) bool {
		for k := range r.Kin().All() {
			if k.Relation == rel && is(k.ID.Digits()) {
				return true
			}
		}
		return false
	}
}

func day(of func(sandbox.Record) sandbox.Date) func(sandbox.Record, Clock) (int64, bool) {
	return func(r sandbox.Record, _ Clock) (int64, bool) {
		d := of(r)
		return int64(d.Year)*10_000 + int64(d.Month)*100 + int64(d.Day), !d.IsZero()
	}
}

func instant(of func(sandbox.Record) sandbox.Instant) func(sandbox.Record, Clock) (int64, bool) {
	return func(r sandbox.Record, _ Clock) (int64, bool) {
		at := of(r)
		return int64(at), at != 0
	}
}

// inRegister is instant for what the register tells of active persons only.
func inRegister(of func(sandbox.Record) sandbox.Instant) func(sandbox.Record, Clock) (int64, bool) {
	return instant(func(r sandbox.Record) sandbox.Instant {
		if !active(r) {
			return 0
		}
		return of(r)
	})
}

// email and mobile are what the register tells of a person's channels.
func email(r sandbox.Record) sandbox.Channel {
	if !active(r) {
		return sandbox.Channel{}
	}
	return r.Email()
}

func mobile(r sandbox.Record) sandbox.Channel {
	if !active(r) {
		return sandbox.Channel{}
	}
	return r.Mobile()
}

func mailbox(r sandbox.Record) sandbox.Mailbox {
	if !active(r) {
		return sandbox.Mailbox{}
	}
	return r.Mailbox()
}

const norway = "+47"

// mobileSpellings gives a number with its country code, and a Norwegian one
// without.
func mobileSpellings(r sandbox.Record, is func(string) bool) bool {
	nr := sandbox.SameMobile(mobile(r).Value)
	rest, norwegian := strings.CutPrefix(nr, norway)
	return nr != "" && (is(nr) || norwegian && is(rest))
}

func displayName(r sandbox.Record) string {
	return strings.TrimSpace(r.FirstName() + " " + r.LastName())
}

// state is how a channel stands by the 18-month rule: fersk, utgaatt or mangler.
func state(of func(sandbox.Record) sandbox.Channel) func(sandbox.Record, Clock) int {
	return func(r sandbox.Record, c Clock) int {
		switch c.Freshness(of(r)) {
		case sandbox.Missing:
			return 2
		case sandbox.Expired:
			return 1
		}
		return 0
	}
}

// shared is JA or NEI of those who have the channel.
func shared(of func(sandbox.Record) sandbox.Channel) func(sandbox.Record, Clock) int {
	return func(r sandbox.Record, _ Clock) int {
		c := of(r)
		if c.Value == "" {
			return -1
		}
		return yes(c.Shared)
	}
}
