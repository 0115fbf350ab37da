package outbox_test

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
	"liksom/sandbox/population"
)

var noon = time.Date(2026, 11, 25, 12, 0, 0, 0, sandbox.Oslo)

// person is in the register, with both channels.
func person(t testing.TB, language sandbox.Language) sandbox.Record {
	t.Helper()
	id, err := sandbox.ParsePersonID("05840399895")
	if err != nil {
		t.Fatal(err)
	}
	image, err := population.New([]sandbox.Person{{
		ID: id, FirstName: "Sindig", LastName: "Trekkfugl", Status: sandbox.Active, Language: language,
		Email: sandbox.Channel{Value: "Sindig@example.test"}, Mobile: sandbox.Channel{Value: "99994127"},
	}})
	if err != nil {
		t.Fatal(err)
	}
	return image.At(0)
}

func nrs(messages []outbox.Message) []uint64 {
	out := []uint64{}
	for _, m := range messages {
		out = append(out, m.Nr)
	}
	return out
}

func TestFind_gives_what_is_wanted_newest_first(t *testing.T) {
	t.Parallel()
	box, r := outbox.New(10, nil), person(t, sandbox.NoLanguage)
	box.Add(
		outbox.Code("12345", noon, noon.Add(10*time.Minute)).To(r, outbox.SMS, noon),
		outbox.Code("54321", noon, noon.Add(10*time.Minute)).To(r, outbox.Email, noon.Add(time.Minute)),
		outbox.Message{To: "annen1@example.test", Person: "12829499914", Channel: outbox.Email, Reason: outbox.ReasonChanged, Time: noon.Add(-time.Hour), Text: "Noe er endret"},
		outbox.Message{To: "ola@example.test", Person: "12829499914", Channel: outbox.Email, Reason: outbox.ReasonChanged, Time: noon.Add(2 * time.Minute)},
	)
	for _, c := range []struct {
		name   string
		filter outbox.Filter
		want   []uint64
	}{
		{"everything", outbox.Filter{}, []uint64{4, 3, 2, 1}},
		{"at most two, the newest", outbox.Filter{Limit: 2}, []uint64{4, 3}},
		{"a mobile as it stands", outbox.Filter{To: "+4799994127"}, []uint64{1}},
		{"a mobile without its country", outbox.Filter{To: "999 94 127"}, []uint64{1}},
		{"a mobile whose plus sign was lost in a URL", outbox.Filter{To: " 4799994127"}, []uint64{1}},
		{"a mobile with two zeros", outbox.Filter{To: "004799994127"}, []uint64{1}},
		{"an e-mail in another case", outbox.Filter{To: "SINDIG@Example.TEST "}, []uint64{2}},
		{"a part of an e-mail is no recipient", outbox.Filter{To: "sindig"}, []uint64{}},
		{"nor are the digits in one", outbox.Filter{To: "1"}, []uint64{}},
		{"a person", outbox.Filter{Person: "05840399895"}, []uint64{2, 1}},
		{"a channel", outbox.Filter{Channel: outbox.Email}, []uint64{4, 3, 2}},
		{"a reason", outbox.Filter{Reason: outbox.ReasonCode}, []uint64{2, 1}},
		{"after a number", outbox.Filter{After: 3}, []uint64{4}},
		{"not older than a moment, which is in it", outbox.Filter{Since: noon.Add(time.Minute)}, []uint64{4, 2}},
		{"words of recipient, text and name", outbox.Filter{Words: "example sindig 54321"}, []uint64{2}},
		{"a number for reading", outbox.Filter{Words: "+47 999 94 127"}, []uint64{1}},
		{"one word that is nowhere", outbox.Filter{Words: "sindig finnesikke"}, []uint64{}},
		{"all at once", outbox.Filter{To: "sindig@example.test", Person: "05840399895", Channel: outbox.Email, Reason: outbox.ReasonCode, After: 1, Since: noon, Words: "koden"}, []uint64{2}},
	} {
		if found, _ := box.Find(c.filter); !slices.Equal(nrs(found), c.want) {
			t.Errorf("%s: got %v, want %v", c.name, nrs(found), c.want)
		}
	}
}

func TestBox_keeps_the_latest_and_numbers_go_on(t *testing.T) {
	t.Parallel()
	box := outbox.New(3, nil)
	for i := range 5 {
		box.Add(outbox.Message{Text: fmt.Sprint(i)})
	}
	if found, _ := box.Find(outbox.Filter{}); !slices.Equal(nrs(found), []uint64{5, 4, 3}) {
		t.Errorf("kept %v", nrs(found))
	}
	if n := box.Clear(); n != 3 {
		t.Errorf("threw %d away, want 3", n)
	}
	box.Add(outbox.Message{})
	if found, _ := box.Find(outbox.Filter{}); !slices.Equal(nrs(found), []uint64{6}) {
		t.Errorf("after it was emptied: %v", nrs(found))
	}
}

// What is due comes before what is put in after it was.
func TestDue_messages_come_in_their_turn(t *testing.T) {
	t.Parallel()
	var due []outbox.Message
	box := outbox.New(10, func() []outbox.Message {
		now := due
		due = nil
		return now
	})
	due = []outbox.Message{{Text: "a"}, {Text: "b"}}
	box.Add(outbox.Message{Text: "c"})
	due = []outbox.Message{{Text: "d"}}
	found, _ := box.Find(outbox.Filter{})
	var texts []string
	for _, m := range found {
		texts = append(texts, m.Text)
	}
	if got := strings.Join(texts, ""); got != "dcba" {
		t.Errorf("got %q", got)
	}
	due = []outbox.Message{{Text: "e"}}
	if box.Clear(); len(due) != 0 {
		t.Error("what was due when the box was emptied comes later")
	}
}

func TestWait_ends_with_a_message_or_with_its_time(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		box, begun := outbox.New(10, nil), time.Now()
		wait := func(f outbox.Filter) []outbox.Message {
			ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
			defer cancel()
			return box.Wait(ctx, f)
		}
		time.AfterFunc(2*time.Second, func() { box.Add(outbox.Message{To: "en@example.test"}) })
		time.AfterFunc(3*time.Second, func() { box.Add(outbox.Message{To: "to@example.test"}) })
		if found := wait(outbox.Filter{To: "to@example.test"}); !slices.Equal(nrs(found), []uint64{2}) || time.Since(begun) != 3*time.Second {
			t.Errorf("got %v after %v", nrs(found), time.Since(begun))
		}
		if found := wait(outbox.Filter{To: "to@example.test"}); len(found) != 1 || time.Since(begun) != 3*time.Second {
			t.Errorf("what is there is not waited for: %v after %v", nrs(found), time.Since(begun))
		}
		if found := wait(outbox.Filter{After: 2}); found == nil || len(found) != 0 || time.Since(begun) != 8*time.Second {
			t.Errorf("got %v after %v", found, time.Since(begun))
		}
	})
}

func TestStop_lets_everybody_go(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		box, begun := outbox.New(10, nil), time.Now()
		time.AfterFunc(time.Second, box.Stop)
		for range 2 {
			if found := box.Wait(t.Context(), outbox.Filter{}); len(found) != 0 || time.Since(begun) != time.Second {
				t.Errorf("got %v after %v", found, time.Since(begun))
			}
		}
		box.Stop()
	})
}

// The clock alone can make a message due, and nobody tells.
func TestWait_sees_what_becomes_due(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		begun, sent := time.Now(), false
		box := outbox.New(10, func() []outbox.Message {
			if sent || time.Since(begun) < time.Second {
				return nil
			}
			sent = true
			return []outbox.Message{{Reason: outbox.ReasonReminder}}
		})
		if found := box.Wait(t.Context(), outbox.Filter{}); len(found) != 1 || time.Since(begun) > 2*time.Second {
			t.Errorf("got %v after %v", found, time.Since(begun))
		}
	})
}

func TestBox_may_be_used_by_many_at_once(t *testing.T) {
	t.Parallel()
	const writers, each = 8, 50
	box := outbox.New(writers*each, nil)
	var all sync.WaitGroup
	for w := range writers {
		all.Go(func() {
			for range each {
				box.Add(outbox.Message{To: fmt.Sprintf("%d@example.test", w)})
			}
		})
		all.Go(func() { // sees each of one writer's messages once, in order
			var last uint64
			for seen := 0; seen < each; {
				found := box.Wait(t.Context(), outbox.Filter{To: fmt.Sprintf("%d@example.test", w), After: last})
				for _, m := range slices.Backward(found) {
					if m.Nr <= last {
						t.Errorf("number %d after %d", m.Nr, last)
					}
					last = m.Nr
					seen++
				}
			}
		})
	}
	all.Wait()
}

func TestLetters_speak_the_language_that_the_person_has_chosen(t *testing.T) {
	t.Parallel()
	end := time.Date(2027, 1, 21, 0, 30, 0, 0, sandbox.Oslo)
	for _, c := range []struct {
		name     string
		letter   outbox.Letter
		channel  outbox.Channel
		language sandbox.Language
		lang     string
		to       string
		subject  string
		text     string // how it begins
	}{
		{"a code by SMS", outbox.Code("12345", noon, noon.Add(10*time.Minute)), outbox.SMS, sandbox.Bokmaal, "nb", "+4799994127", "", "Koden din er 12345. Den gjelder i 10 minutter."},
		{"a code by e-mail in nynorsk", outbox.Code("12345", noon, noon.Add(10*time.Minute)), outbox.Email, sandbox.Nynorsk, "nn", "Sindig@example.test", "Stadfest e-postadressa di", "Koden din er 12345. Han gjeld i 10 minutt."},
		{"a code for one minute", outbox.Code("12345", noon, noon.Add(time.Minute)), outbox.SMS, sandbox.Bokmaal, "nb", "+4799994127", "", "Koden din er 12345. Den gjelder i 1 minutt."},
		{"a reminder in English", outbox.Reminder(end), outbox.Email, sandbox.English, "en", "Sindig@example.test", "Confirm your contact details", "Your contact details must be confirmed by 21 January 2027, or"},
		{"a reminder to one who reads Northern Sami, in bokmål", outbox.Reminder(end), outbox.SMS, sandbox.Sami, "nb", "+4799994127", "", "Kontaktopplysningene dine må bekreftes innen 21. januar 2027, ellers"},
		{"a change, to one who has chosen nothing", outbox.Changed(), outbox.SMS, sandbox.NoLanguage, "nb", "+4799994127", "", "Kontaktopplysningene dine er endret."},
		{"a reservation", outbox.Reserved(true), outbox.Email, sandbox.Nynorsk, "nn", "Sindig@example.test", "Du har reservert deg", "Du har reservert deg mot digital post frå det offentlege."},
		{"no reservation any more", outbox.Reserved(false), outbox.Email, sandbox.English, "en", "Sindig@example.test", "Your reservation has been lifted", "You are no longer reserved"},
		{"a mailbox", outbox.Mailbox("Digipost"), outbox.SMS, sandbox.Bokmaal, "nb", "+4799994127", "", "Du har valgt Digipost som digital postkasse."},
		{"no mailbox any more", outbox.Mailbox(""), outbox.SMS, sandbox.English, "en", "+4799994127", "", "You no longer have a digital mailbox."},
	} {
		m := c.letter.To(person(t, c.language), c.channel, noon)
		if m.Lang != c.lang || m.To != c.to || m.Subject != c.subject || !strings.HasPrefix(m.Text, c.text) || strings.Contains(m.Text, "%!") {
			t.Errorf("%s: got %+v", c.name, m)
		}
		if m.Person != "05840399895" || m.Name != "Sindig Trekkfugl" || !m.Time.Equal(noon) || m.Channel != c.channel {
			t.Errorf("%s: got %+v", c.name, m)
		}
		if carries := m.Code != ""; carries != (m.Reason == outbox.ReasonCode) || carries == m.Until.IsZero() {
			t.Errorf("%s: code %q until %v", c.name, m.Code, m.Until)
		}
	}
}

// The cost of a poll: a full box, and nothing new in it.
func BenchmarkFind(b *testing.B) {
	box, r := outbox.New(1000, nil), person(b, sandbox.Bokmaal)
	for range 1000 {
		box.Add(outbox.Changed().To(r, outbox.Email, noon))
	}
	for name, f := range map[string]outbox.Filter{"all": {}, "to": {To: "nobody@example.test"}, "words": {Words: "finnesikke"}} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				box.Find(f)
			}
		})
	}
}
