package sandbox

import (
	"errors"
	"strings"
	"testing"
)

// Sources: as named at Move.
func TestMove_gives_the_dates_that_the_register_would(t *testing.T) {
	t.Parallel()
	const then, now, chosen = Instant(1_600_000_000), Instant(1_700_000_000), Instant(1_650_000_000)
	ch := func(value string, u, c, v Instant) Channel {
		return Channel{Value: value, Updated: u, Confirmed: c, Validated: v}
	}
	was := Person{
		Status: Active, Registered: then, Email: ch("a@example.test", then, then, then), Mobile: ch("+4799990001", then, then, then),
		Language: Bokmaal, LanguageUpdated: then, Mailbox: Mailbox{Address: "a#12345678", Provider: Digipost},
	}
	for _, c := range []struct {
		name   string
		change func(*Person)
		given  Given
		want   func(*Person)
	}{
		{"nothing changed", func(*Person) {}, 0, func(*Person) {}},
		{"a new e-mail", func(p *Person) { p.Email.Value = "b@example.test" }, 0, func(p *Person) { p.Email = ch("b@example.test", now, now, 0) }},
		{"a new e-mail with a date of its own", func(p *Person) { p.Email = ch("b@example.test", chosen, then, then) }, GivenEmailUpdated, func(p *Person) { p.Email = ch("b@example.test", chosen, 0, 0) }},
		{"a new e-mail, confirmed then", func(p *Person) { p.Email = ch("b@example.test", then, chosen, then) }, GivenEmailConfirmed, func(p *Person) { p.Email = ch("b@example.test", chosen, chosen, 0) }},
		{"a new e-mail with both dates", func(p *Person) { p.Email = ch("b@example.test", then, chosen, then) }, GivenEmailUpdated | GivenEmailConfirmed, func(p *Person) { p.Email = ch("b@example.test", then, chosen, 0) }},
		{"a new mobile, validated", func(p *Person) { p.Mobile = ch("+4799990002", then, then, chosen) }, GivenMobileValidated, func(p *Person) { p.Mobile = ch("+4799990002", now, now, chosen) }},
		{"an e-mail taken away", func(p *Person) { p.Email.Value = "" }, 0, func(p *Person) { p.Email = Channel{} }},
		{"only a date changed", func(p *Person) { p.Email.Confirmed = chosen }, GivenEmailConfirmed, func(p *Person) { p.Email.Confirmed = chosen }},
		{"reserved", func(p *Person) { p.Reserved = true }, 0, func(p *Person) { p.Reserved, p.ReservedAt, p.ReservationUpdated = true, now, now }},
		{"reserved long ago", func(p *Person) { p.Reserved, p.ReservedAt = true, chosen }, GivenReservedAt, func(p *Person) { p.Reserved, p.ReservedAt, p.ReservationUpdated = true, chosen, now }},
		{"another language", func(p *Person) { p.Language = Sami }, 0, func(p *Person) { p.Language, p.LanguageUpdated = Sami, now }},
		{"no language", func(p *Person) { p.Language = NoLanguage }, 0, func(p *Person) { p.Language, p.LanguageUpdated = NoLanguage, 0 }},
		{"no mailbox", func(p *Person) { p.Mailbox.Provider = NoProvider }, 0, func(p *Person) { p.Mailbox = Mailbox{} }},
		{"deleted", func(p *Person) { p.Status = Deleted }, 0, func(p *Person) { *p = Person{Status: Deleted, Registered: then, DeletedAt: now} }},
		{"not in the register any more", func(p *Person) { p.Status = NotRegistered }, 0, func(p *Person) { *p = Person{} }},
	} {
		got, want := was, was
		c.change(&got)
		Move(was, &got, now, c.given)
		c.want(&want)
		if got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", c.name, got, want)
		}
	}
	back := Person{Status: Deleted, Registered: then, DeletedAt: chosen}
	returned := back
	returned.Status = Active
	if Move(back, &returned, now, 0); returned != (Person{Status: Active, Registered: now}) {
		t.Errorf("one who comes back: %+v", returned)
	}
	lifted := was
	lifted.Reserved, lifted.ReservedAt, lifted.ReservationUpdated = true, then, then
	p := lifted
	p.Reserved = false
	Move(lifted, &p, now, 0)
	if p.ReservedAt != 0 || p.ReservationUpdated != now {
		t.Errorf("a lifted reservation: %+v", p)
	}
}

// Sources: the register's term catalogue: e-mail 3 to 50 characters; mobile
// ^\+?[- _0-9]+$, 8 to 20 characters, Norwegian ones beginning with 4 or 9.
func TestCheck_takes_in_what_the_register_would(t *testing.T) {
	t.Parallel()
	fifty := strings.Repeat("a", 50-len("@example.com")) + "@example.com"
	for email, good := range map[string]bool{
		"a@b": true, "ola.n+krr@EXAMPLE.com": true, fifty: true, "a@xn--rk-zia.example": true, "ærlig.ørken@a.example": true,
		"a" + fifty: false, "@b": false, "a@": false, "ab": false, "a@b@c": false, "a b@c": false, "a@b..c": false, ".a@b": false, "a@-b.c": false, "a@b_c": false, "a\n@b": false, "a\x00b@c": false,
	} {
		if err := Check(Person{Status: Active, Email: Channel{Value: email}}, 1); (err == nil) != good {
			t.Errorf("%q: %v", email, err)
		}
	}
	for mobile, good := range map[string]bool{
		"+4799990001": true, "99990001": true, "004799990001": true, "+47 999 90 001": true, "41000000": true, "+46701740605": true, "+4742000000": true, "12345678901234567890": true,
		"+4700000000": false, "+4722000000": false, "22000000": false, "9999000": false, "+47 999 90 00 111 222 3": false, "+47999900011": false, "+479999000": false, "9999O001": false, "99+990001": false,
	} {
		if err := Check(Person{Status: Active, Mobile: Channel{Value: mobile}}, 1); (err == nil) != good {
			t.Errorf("%q: %v", mobile, err)
		}
	}
	err := Check(Person{
		Status: Active, Reserved: true, Email: Channel{Value: "x", Updated: 9}, Mobile: Channel{Value: "05840399895x"},
		Mailbox: Mailbox{Address: "short", Provider: EBoks},
	}, 8)
	if err == nil {
		t.Fatal("no fault")
	}
	for _, want := range []string{"epostadresse", "mobiltelefonnummer", "postkasseadresse", "ahead of the register clock", "reservasjonstidspunkt"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("%q is not named in %v", want, err)
		}
	}
	if strings.Contains(err.Error(), "05840399895") {
		t.Error("an unmasked number in a message")
	}
}

func TestCheckID_refuses_numbers_of_real_persons(t *testing.T) {
	t.Parallel()
	synthetic, err := ParsePersonID("05840399895")
	if err != nil || CheckID(synthetic) != nil {
		t.Errorf("%v", err)
	}
	real, err := ParsePersonID("05240399816") // of the +20 series, which NAV gives to real persons
	if err != nil {
		t.Fatal(err)
	}
	var refused *Error
	if !errors.As(CheckID(real), &refused) || refused.Code != "id.real" || strings.Contains(refused.Text, "05240399816") {
		t.Errorf("%v", CheckID(real))
	}
}

// FuzzDecodeChange: what is read back is written the same, and nothing panics.
func FuzzDecodeChange(f *testing.F) {
	f.Add(AppendChange(nil, Change{Person: Person{FirstName: "Sindig", Birth: Date{1980, 5, 1}}}))
	f.Add(AppendChange(nil, Change{Undo: true}))
	f.Add(append(AppendChange(nil, Change{Undo: true}), make([]byte, 60)...)) // an undo has nothing else
	f.Fuzz(func(t *testing.T, b []byte) {
		c, err := DecodeChange(7, b)
		if err != nil {
			return
		}
		again, err := DecodeChange(7, AppendChange(nil, c))
		if err != nil || again != c {
			t.Fatalf("%+v comes back as %+v, %v", c, again, err)
		}
	})
}
