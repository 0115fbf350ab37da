package citizen

import (
	"strings"

	"liksom/sandbox"
	"liksom/sandbox/outbox"
)

// address is a mobile or an e-mail that a code can be sent to.
type address struct {
	way   outbox.Channel
	value string
}

// channel is the person's channel of this kind.
func (a address) channel(p *sandbox.Person) *sandbox.Channel {
	if a.way == outbox.SMS {
		return &p.Mobile
	}
	return &p.Email
}

// same tells whether a value is this address.
func (a address) same(value string) bool {
	if a.way == outbox.SMS {
		return value != "" && sandbox.SameMobile(value) == sandbox.SameMobile(a.value)
	}
	return value != "" && sandbox.SameEmail(value) == sandbox.SameEmail(a.value)
}

// counted is the address in the spelling that duplicates are counted by.
func (a address) counted() sandbox.Contact {
	if a.way == outbox.SMS {
		return sandbox.Contact{Mobile: true, Value: sandbox.SameMobile(a.value)}
	}
	return sandbox.Contact{Value: sandbox.SameEmail(a.value)}
}

// of gives one of the two addresses.
func (c contact) of(way outbox.Channel) address {
	if way == outbox.SMS {
		return address{way, c.mobile}
	}
	return address{way, c.email}
}

var ways = []outbox.Channel{outbox.SMS, outbox.Email}

// countries are the calling codes to choose from; the one of the number that is
// there comes in addition.
var countries = []string{"+47", "+46", "+45", "+358", "+354", "+298", "+44", "+48", "+49", "+370", "+1"}

// splitMobile parts a number into calling code and the rest. Calling codes are
// prefix-free: one digit in zones 1 and 7, two where the second digit says so,
// else three. Source: ITU-T E.164, list of assigned country codes.
func splitMobile(value string) (country, number string) {
	s := sandbox.SameMobile(value)
	digits, ok := strings.CutPrefix(s, "+")
	if !ok || digits == "" {
		return countries[0], ""
	}
	n := 3
	switch {
	case digits[0] == '1' || digits[0] == '7':
		n = 1
	case len(digits) > 1 && strings.Contains(" 20 27 30 31 32 33 34 36 39 40 41 43 44 45 46 47 48 49 51 52 53 54 55 56 57 58 60 61 62 63 64 65 66 81 82 84 86 90 91 92 93 94 95 98 ", " "+digits[:2]+" "):
		n = 2
	}
	n = min(n, len(digits))
	return "+" + digits[:n], digits[n:]
}

// joinMobile puts together what was typed. A number that begins with + or 00 says
// its country itself.
func joinMobile(country, number string) string {
	number = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" -_\u00a0", r) {
			return -1
		}
		return r
	}, strings.TrimSpace(number))
	switch {
	case number == "" || strings.HasPrefix(number, "+"):
		return number
	case strings.HasPrefix(number, "00") && len(number) > 8:
		return "+" + number[2:]
	case strings.HasPrefix(country, "+"):
		return country + number
	}
	return number
}

// grouped spells a national number for reading.
func grouped(country, number string) string {
	if country == "+47" && len(number) == 8 {
		return number[:3] + " " + number[3:5] + " " + number[5:]
	}
	return number
}
