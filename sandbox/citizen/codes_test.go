package citizen

import (
	"fmt"
	"testing"
	"time"

	"liksom/sandbox/outbox"
)

// dial is a clock for tests.
type dial struct{ at time.Time }

func (d *dial) now() time.Time { return d.at }

func newTestCodes(t *testing.T, set map[string]string) (*codes, *dial) {
	t.Helper()
	var g Guesses
	for name, value := range set {
		if err := g.Set(name, value); err != nil {
			t.Fatal(err)
		}
	}
	d := &dial{now.Time()}
	return newCodes(g, d.now, d.now), d
}

func TestCodes_are_taken_once_in_time_and_for_their_address(t *testing.T) {
	t.Parallel()
	id, to := anne(t).ID, address{outbox.SMS, "+4799990001"}
	type try struct {
		after time.Duration
		to    address
		typed string
		want  outcome
		left  int
	}
	for name, c := range map[string]struct {
		set   map[string]string
		tries []try
	}{
		"the right code, once":                  {nil, []try{{0, to, "12345", codeRight, 0}, {0, to, "12345", codeNone, 0}}},
		"with spaces around":                    {nil, []try{{0, to, " 12345\n", codeRight, 0}}},
		"in another spelling of the number":     {nil, []try{{0, address{outbox.SMS, "99990001"}, "12345", codeRight, 0}}},
		"for another address":                   {nil, []try{{0, address{outbox.SMS, "+4799990002"}, "12345", codeNone, 0}}},
		"for the other way":                     {nil, []try{{0, address{outbox.Email, "a.lie@example.test"}, "12345", codeNone, 0}}},
		"wrong, then right":                     {nil, []try{{0, to, "11111", codeWrong, 2}, {0, to, "", codeWrong, 1}, {0, to, "12345", codeRight, 0}}},
		"three times wrong uses it up":          {nil, []try{{0, to, "1", codeWrong, 2}, {0, to, "2", codeWrong, 1}, {0, to, "3", codeSpent, 0}, {0, to, "12345", codeSpent, 0}}},
		"in the tenth minute":                   {nil, []try{{10 * time.Minute, to, "12345", codeRight, 0}}},
		"after the tenth minute":                {nil, []try{{10*time.Minute + time.Second, to, "12345", codeExpired, 0}}},
		"with one minute by the switch":         {map[string]string{"code_minutes": "1"}, []try{{61 * time.Second, to, "12345", codeExpired, 0}}},
		"with one try by the switch":            {map[string]string{"code_tries": "1"}, []try{{0, to, "1", codeSpent, 0}}},
		"what is longer than a code is wrong":   {nil, []try{{0, to, "123456", codeWrong, 2}}},
		"the fixed one is wrong if it is drawn": {map[string]string{"codes": "random"}, []try{{0, to, "x2345", codeWrong, 2}}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			codes, clock := newTestCodes(t, c.set)
			if _, _, ok := codes.issue(id, to); !ok {
				t.Fatal("no code was given")
			}
			for i, one := range c.tries {
				clock.at = clock.at.Add(one.after)
				if got, left := codes.try(id, one.to, one.typed); got != one.want || left != one.left {
					t.Errorf("try %d: %q with %d left, wanted %q with %d", i+1, got, left, one.want, one.left)
				}
			}
		})
	}
}

func TestCodes_a_new_one_cancels_the_one_before(t *testing.T) {
	t.Parallel()
	codes, _ := newTestCodes(t, map[string]string{"codes": "random"})
	id, to := anne(t).ID, address{outbox.Email, "a.lie@example.test"}
	first, _, _ := codes.issue(id, to)
	second, until, _ := codes.issue(id, to)
	for second == first { // drawn alike, once in a hundred thousand
		second, until, _ = codes.issue(id, to)
	}
	if got, _ := codes.try(id, to, first); got != codeWrong {
		t.Errorf("the first code: %q", got)
	}
	if got, _ := codes.try(id, to, second); got != codeRight {
		t.Errorf("the second code: %q", got)
	}
	if want := now.Time().Add(10 * time.Minute); !until.Equal(want) {
		t.Errorf("it is good until %s, wanted %s", until, want)
	}
}

// TestCodes_are_throttled: five codes in ten minutes, and then again; other persons
// are not held up.
func TestCodes_are_throttled(t *testing.T) {
	t.Parallel()
	codes, clock := newTestCodes(t, nil)
	id, to := anne(t).ID, address{outbox.SMS, "+4799990001"}
	for i := range mostCodes {
		if _, _, ok := codes.issue(id, to); !ok {
			t.Fatalf("code %d was refused", i+1)
		}
		clock.at = clock.at.Add(time.Minute)
	}
	if _, _, ok := codes.issue(id, to); ok {
		t.Error("a sixth code was given")
	}
	if _, _, ok := codes.issue(anne(t).ID, address{outbox.Email, "a@b.no"}); ok {
		t.Error("a sixth code was given by the other way")
	}
	clock.at = clock.at.Add(codesEvery - mostCodes*time.Minute)
	if _, _, ok := codes.issue(id, to); !ok {
		t.Error("no code ten minutes after the first")
	}
	if _, _, ok := codes.issue(id, to); ok {
		t.Error("and another one at once")
	}
}

// TestCodes_that_are_drawn_have_five_digits_and_differ: of a thousand, no value may
// stand out.
func TestCodes_that_are_drawn_have_five_digits_and_differ(t *testing.T) {
	t.Parallel()
	seen := map[string]int{}
	for range 1000 {
		code := randomCode()
		var n int
		if _, err := fmt.Sscanf(code, "%05d", &n); err != nil || len(code) != codeDigits {
			t.Fatalf("the code is %q", code)
		}
		seen[code]++
	}
	if len(seen) < 950 { // 995 are expected; fewer than 950 never come by chance
		t.Errorf("only %d of 1000 codes differ", len(seen))
	}
}
