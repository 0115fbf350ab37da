package sandbox

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"time"
)

func TestPack_and_view_give_the_person_back(t *testing.T) {
	t.Parallel()
	id, err := ParsePersonID("05840399895")
	if err != nil {
		t.Fatal(err)
	}
	want := Person{
		ID: id, FirstName: "Sindig", LastName: "Trekkfugl", Birth: Date{2003, 4, 5}, Sex: Female, Civil: Emigrated,
		Status: Active, Reserved: true, ReservedAt: 1, ReservationUpdated: 2,
		Email:   Channel{"æ@example.test", 3, 4, 5, true},
		Mobile:  Channel{"+4799990001", 6, 7, 8, false},
		Mailbox: Mailbox{"a#9YDT", EBoksOld, true, CertificateExpired}, Language: Sami, LanguageUpdated: 9,
	}
	buf := []byte("somebody else's text")
	row, buf, err := Pack(want, buf)
	if err != nil {
		t.Fatal(err)
	}
	if got := row.View(string(buf)).Person(); got != want {
		t.Errorf("got  %+v\nwant %+v", got, want)
	}
	row.Shift(5)
	if got := row.View("12345" + string(buf)).Person(); got != want {
		t.Errorf("shifted: got %+v", got)
	}
	if _, _, err := Pack(Person{FirstName: strings.Repeat("x", 1<<16)}, nil); err == nil {
		t.Error("a text that does not fit must be refused")
	}
}

func TestInstant_is_spelt_as_the_register_does(t *testing.T) {
	t.Parallel()
	for utc, want := range map[string]string{
		"2023-06-10T19:00:01Z": "2023-06-10T21:00:01+02",
		"2023-12-10T20:00:01Z": "2023-12-10T21:00:01+01",
		"2025-10-26T00:30:00Z": "2025-10-26T02:30:00+02",
		"2025-10-26T01:30:00Z": "2025-10-26T02:30:00+01",
	} {
		at, err := time.Parse(time.RFC3339, utc)
		if err != nil {
			t.Fatal(err)
		}
		i := InstantOf(at)
		if i.Wire() != want {
			t.Errorf("%s: %s, want %s", utc, i.Wire(), want)
		}
		if back, err := ParseInstant(i.Wire()); err != nil || back != i {
			t.Errorf("%s is read back as %v, %v", want, back, err)
		}
	}
	if Instant(0).Wire() != "" || !Instant(0).Time().IsZero() {
		t.Error("the zero Instant is no moment")
	}
	for _, bad := range []string{"", "2023-06-10", "yesterday", "1969-12-31T00:00:00Z", "2200-01-01T00:00:00Z"} {
		if _, err := ParseInstant(bad); err == nil {
			t.Errorf("%q must be refused", bad)
		}
	}
}

func TestDaysIn_agrees_with_the_calendar(t *testing.T) {
	t.Parallel()
	for year := 1850; year < 2110; year++ {
		for m := time.January; m <= time.December; m++ {
			if got, want := daysIn(year, m), time.Date(year, m+1, 0, 0, 0, 0, 0, time.UTC).Day(); got != want {
				t.Errorf("%v %d: %d days, want %d", m, year, got, want)
			}
		}
	}
}

func BenchmarkParsePersonID(b *testing.B) {
	for b.Loop() {
		if _, err := ParsePersonID("05840399895"); err != nil {
			b.Fatal(err)
		}
	}
}

func TestAge_counts_whole_years(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		birth, on string
		want      int
	}{
		{"2003-04-05", "2026-04-04", 22}, {"2003-04-05", "2026-04-05", 23},
		{"2004-02-29", "2022-02-27", 17}, {"2004-02-29", "2022-02-28", 18}, {"2004-02-29", "2024-02-28", 19}, {"2004-02-29", "2024-02-29", 20},
		{"2026-12-01", "2026-11-25", 0},
	} {
		birth, err1 := ParseDate(c.birth)
		on, err2 := ParseDate(c.on)
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if got := on.Age(birth); got != c.want {
			t.Errorf("born %s, on %s: %d, want %d", c.birth, c.on, got, c.want)
		}
	}
	if _, err := ParseDate("2026-02-30"); err == nil {
		t.Error("30 February must be refused")
	}
}

func TestSameMobile_knows_one_number_in_all_its_spellings(t *testing.T) {
	t.Parallel()
	for _, s := range []string{"+4799990001", "004799990001", "99990001", "+47 999 90 001", "999 90 001", "+47-999-90-001"} {
		if got := SameMobile(s); got != "+4799990001" {
			t.Errorf("%q: %q", s, got)
		}
	}
	if SameMobile("") != "" || SameMobile("+46701740605") != "+46701740605" {
		t.Error("nothing stays nothing, and foreign numbers keep their code")
	}
}

// listed is a population of a few persons, slow and plain.
type listed []Record

func (l listed) Len() int        { return len(l) }
func (l listed) At(i int) Record { return l[i] }
func (l listed) Find(id PersonID) int {
	for i, r := range l {
		if r.ID().Compare(id) >= 0 {
			return i
		}
	}
	return len(l)
}
func (l listed) FeedLen() int                       { return len(l) }
func (l listed) FeedAt(i int) Record                { return l[i] }
func (l listed) Holders(Contact) int                { return 0 }
func (l listed) EachHolder(Contact, func(PersonID)) {}
func (l listed) Lookup(ids []PersonID, out []Record) {
	for i, id := range ids {
		out[i] = Record{}
		if at := l.Find(id); at < len(l) && l[at].ID() == id {
			out[i] = l[at]
		}
	}
}

func testRegister(t *testing.T) *Register {
	t.Helper()
	var l listed
	for _, p := range []struct{ id, first, last, email, mobile string }{
		{"05840399895", "Sindig", "Trekkfugl", "sindig.trekkfugl@example.com", "+4799990001"},
		{"12829499914", "Nøktern", "Blåveis", "Familien@example.org", "40012345"},
		{"12905299938", "Grundig Ærlig", "Isfjell", "", "+46701740605"},
		{"57912075186", "Sindig", "Blåbær", "", ""},
	} {
		id, err := ParsePersonID(p.id)
		if err != nil {
			t.Fatal(err)
		}
		l = append(l, record(t, Person{ID: id, FirstName: p.first, LastName: p.last, Email: Channel{Value: p.email}, Mobile: Channel{Value: p.mobile}, Status: Active}))
	}
	return NewRegister(l, NewFrozenClock(moment(t, testNow)))
}

func TestRegister_looks_up_in_order_and_leaves_strangers_empty(t *testing.T) {
	t.Parallel()
	r := testRegister(t)
	a, _ := ParsePersonID("57912075186")
	b, _ := ParsePersonID("17912099997")
	out := make([]Record, 3)
	r.Lookup([]PersonID{a, b, a}, out)
	if out[0].ID() != a || out[1].Exists() || out[2].ID() != a || out[1].Status() != NotRegistered {
		t.Errorf("got %v %v %v", out[0].ID(), out[1].ID(), out[2].ID())
	}
	if r.TimeIsReal() || !r.Now().Equal(moment(t, testNow)) {
		t.Errorf("the clock shows %v", r.Now())
	}
}

func TestClock_is_frozen_moved_and_brought_back(t *testing.T) {
	t.Parallel()
	real := moment(t, testNow)
	c := NewClock(func() time.Time { return real })
	for _, step := range []struct {
		name  string
		do    func()
		want  time.Duration // from testNow
		moved bool
	}{
		{"follows real time", func() { real = real.Add(time.Hour) }, time.Hour, false},
		{"is set ahead", func() { _ = c.Set(real.Add(48*time.Hour), false) }, 49 * time.Hour, true},
		{"goes on from there", func() { real = real.Add(time.Hour) }, 50 * time.Hour, true},
		{"is frozen in the past", func() { _ = c.Set(real.Add(-24*time.Hour), true) }, -22 * time.Hour, true},
		{"stands still", func() { real = real.Add(time.Hour) }, -22 * time.Hour, true},
		{"is brought back", func() { _ = c.Reset() }, 3 * time.Hour, false},
	} {
		step.do()
		if got := c.Now().Sub(moment(t, testNow)); got != step.want || c.Moved() != step.moved {
			t.Errorf("%s: %v, moved %t", step.name, got, c.Moved())
		}
	}
	frozen := NewClock(func() time.Time { return real })
	frozen.StartAt(ClockState{Frozen: moment(t, testNow)})
	if err := errors.Join(frozen.Set(real, false), frozen.Reset()); err != nil {
		t.Error(err)
	}
	if !frozen.Now().Equal(moment(t, testNow)) || !frozen.Moved() {
		t.Errorf("a clock that started frozen is reset to that: %v", frozen.Now())
	}
}

// What cannot be kept is not done, and what is kept is what is shown.
func TestClock_shows_only_what_is_kept(t *testing.T) {
	t.Parallel()
	c := NewClock(time.Now)
	var kept []ClockState
	full := errors.New("the disk is full")
	var fault error
	c.KeepBy(func(s ClockState) error { kept = append(kept, s); return fault })
	if err := c.Set(moment(t, testNow), true); err != nil || kept[0] != c.State() {
		t.Errorf("%v, kept %v, shown %v", err, kept, c.State())
	}
	fault = full
	for _, move := range []func() error{c.Reset, func() error { return c.Set(time.Now(), false) }} {
		if err := move(); err == nil || !c.Now().Equal(moment(t, testNow)) {
			t.Errorf("%v, and it shows %v", err, c.Now())
		}
	}
	fault = nil
	if err := c.Reset(); err != nil || c.Moved() || kept[len(kept)-1] != (ClockState{}) {
		t.Errorf("%v, kept %v", err, kept)
	}
}

// Random moments: going back 18 months never lands later than going back 17,
// and the limit never goes backwards as time goes on by whole days.
func TestAddMonths_keeps_order(t *testing.T) {
	t.Parallel()
	rng := rand.New(rand.NewPCG(1, 2))
	for range 5000 {
		at := time.Unix(1_400_000_000+rng.Int64N(1_500_000_000), 0)
		if !AddMonths(at, -18).Before(AddMonths(at, -17)) {
			t.Fatalf("%v: 18 months back is not before 17 months back", at)
		}
		if AddMonths(at.In(Oslo).AddDate(0, 0, 1), -18).Before(AddMonths(at, -18)) {
			t.Fatalf("%v: the limit goes backwards over the next day", at)
		}
	}
}
