package stats_test

import (
	"reflect"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/stats"
)

func TestUsage_counts_by_day_and_month_in_Norway(t *testing.T) {
	t.Parallel()
	at := func(month time.Month, day, hour, minute int) time.Time {
		return time.Date(2026, month, day, hour, minute, 0, 0, sandbox.Oslo)
	}
	c := stats.NewUsageCounter(at(10, 1, 0, 0))
	c.Add("a", 3, at(10, 31, 23, 59))
	c.Add("b", 5, at(11, 1, 0, 0))
	c.Add("a", 1000, at(11, 1, 23, 59))
	c.Add("a", 1, at(11, 2, 0, 0))
	got := c.Report(at(11, 2, 12, 0))
	want := &stats.Usage{
		Since: at(10, 1, 0, 0), Seconds: int(at(11, 2, 12, 0).Sub(at(10, 1, 0, 0)).Seconds()), Customers: 2, Today: 1, ThisMonth: 1006,
		Days:   []stats.Asked{{"2026-11-02", 1}, {"2026-11-01", 1005}, {"2026-10-31", 3}},
		Months: []stats.Asked{{"2026-11", 1006}, {"2026-10", 3}},
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if idle := stats.NewUsageCounter(at(11, 2, 0, 0)).Report(at(11, 2, 1, 0)); idle.Today != 0 || len(idle.Days) != 0 || idle.Days == nil {
		t.Errorf("one that nobody asked: %+v", idle)
	}
}
