package querytest

import (
	"regexp"
	"strconv"
	"strings"
	"time"
)

var oslo = func() *time.Location {
	z, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		panic(err) // embedded with the program
	}
	return z
}()

// moment reads a moment as the register writes it.
func moment(s string) time.Time {
	t, err := time.Parse("2006-01-02T15:04:05-07", s)
	if err != nil {
		panic(err) // the lines are our own
	}
	return t
}

// monthsAhead keeps day and hour in Norway, or takes the month's last day; of an
// hour that there is twice, the first.
func monthsAhead(t time.Time, n int) time.Time {
	t = t.In(oslo)
	first := time.Date(t.Year(), t.Month(), 1, 0, 0, 0, 0, time.UTC).AddDate(0, n, 0)
	last := first.AddDate(0, 1, -1).Day()
	return wall(first.Year(), first.Month(), min(t.Day(), last), t)
}

func wall(y int, m time.Month, d int, hour time.Time) time.Time {
	t := time.Date(y, m, d, hour.Hour(), hour.Minute(), hour.Second(), 0, oslo)
	if earlier := t.Add(-time.Hour); earlier.Hour() == t.Hour() {
		return earlier
	}
	return t
}

var distance = regexp.MustCompile(`([+-]\d+)(min|[ymdhs])`)

// reckon gives the moment that nå or i dag stands for.
func (j judge) reckon(s string) (t time.Time, day, ok bool) {
	t = j.now.Truncate(time.Second)
	switch {
	case strings.HasPrefix(s, "nå"):
	case strings.HasPrefix(s, "i dag"):
		y, m, d := t.In(oslo).Date()
		t, day = time.Date(y, m, d, 0, 0, 0, 0, oslo), true
	default:
		return t, false, false
	}
	for _, step := range distance.FindAllStringSubmatch(s, -1) {
		n, _ := strconv.Atoi(step[1])
		switch step[2] {
		case "y":
			t = monthsAhead(t, 12*n)
		case "m":
			t = monthsAhead(t, n)
		case "d":
			local := t.In(oslo)
			t = wall(local.Year(), local.Month(), local.Day()+n, local)
		default:
			t = t.Add(time.Duration(n) * map[string]time.Duration{"h": time.Hour, "min": time.Minute, "s": time.Second}[step[2]])
		}
	}
	return t, day, true
}

// days gives the first and last day of an end.
func (j judge) days(e End) (first, last string) {
	if t, _, ok := j.reckon(e.Value); ok {
		d := t.In(oslo).Format(time.DateOnly)
		return d, d
	}
	if len(e.Value) > len(time.DateOnly) {
		d := moment(e.Value).In(oslo).Format(time.DateOnly)
		return d, d
	}
	return e.Value + "-01-01"[min(len(e.Value)-4, 6):], e.Value + "-12-31"[min(len(e.Value)-4, 6):]
}

// moments gives the first and last second of an end.
func (j judge) moments(e End) (first, last time.Time) {
	if t, day, ok := j.reckon(e.Value); ok && !day {
		return t, t
	}
	if len(e.Value) > len(time.DateOnly) && !strings.HasPrefix(e.Value, "i dag") {
		return moment(e.Value), moment(e.Value)
	}
	from, to := j.days(e)
	start, _ := time.ParseInLocation(time.DateOnly, from, oslo)
	end, err := time.ParseInLocation(time.DateOnly, to, oslo)
	if err != nil { // the 31st of a shorter month
		end = start.AddDate(0, 1, -1)
	}
	return start, end.AddDate(0, 0, 1).Add(-time.Second)
}
