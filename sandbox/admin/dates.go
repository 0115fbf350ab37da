package admin

import (
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"liksom/sandbox"
)

var isoPeriod = regexp.MustCompile(`^(-?)P(?:(\d{1,8})Y)?(?:(\d{1,8})M)?(?:(\d{1,8})W)?(?:(\d{1,8})D)?(?:T(?:(\d{1,8})H)?(?:(\d{1,8})M)?(?:(\d{1,8})S)?)?$`)

// readDate reads a date of a person: a moment, now, or how far from now, as
// -19m or -18m+1d.
func readDate(text string, now sandbox.Instant) (sandbox.Instant, error) {
	if at, err := sandbox.ParseInstant(text); err == nil {
		return at, nil
	}
	if text == "now" {
		return now, nil
	}
	steps, ok := sandbox.ParseSteps(text)
	if !ok {
		return 0, invalid("date.invalid", fmt.Sprintf("%q is not a date; write it as 2023-06-10T21:00:01+02, or as far from the register clock: -19m, -18m+1d, -2y, -3h, -10min, now", sandbox.Short(text)))
	}
	at, ok := sandbox.Shift(now.Time(), steps)
	if !ok {
		return 0, invalid("date.invalid", fmt.Sprintf("%q is further away than the register can hold; 1970 to 2106 is possible", sandbox.Short(text)))
	}
	return sandbox.InstantOf(at), nil
}

// readPeriod reads an ISO 8601 period of whole numbers, backwards with a minus in front.
func readPeriod(text string) ([]sandbox.Step, error) {
	m := isoPeriod.FindStringSubmatch(text)
	var steps []sandbox.Step
	if m != nil && !strings.HasSuffix(text, "T") {
		for i, unit := range []string{"y", "m", "w", "d", "h", "min", "s"} {
			n, err := strconv.Atoi(m[1] + m[i+2])
			if err != nil {
				continue // this unit is not there
			}
			if unit == "w" {
				n, unit = 7*n, "d"
			}
			steps = append(steps, sandbox.Step{N: n, Unit: unit})
		}
	}
	if len(steps) == 0 {
		return nil, invalid("period.invalid", fmt.Sprintf("%q is not a period; write P18M, P1Y6M, P90D, PT3H or -P1D", sandbox.Short(text)))
	}
	return steps, nil
}
