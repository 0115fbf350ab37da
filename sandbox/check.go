package sandbox

import (
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// CheckID tells why a number may not be kept: it breaks the rules, or could
// belong to a real person. There is no way around it.
func CheckID(id PersonID) error {
	if id.Synthetic() {
		return nil
	}
	return &Error{Invalid, "id.real", fmt.Sprintf("%v could be the number of a real person and is never kept; use a synthetic one, with 80 added to the month", id)}
}

// Check tells what the register would not take in of a person, all faults
// together.
// Sources: the register's term catalogue and XSD for lengths, "Kontakt- og
// reservasjonsregisteret" (2024) for the mobile that is refused.
func Check(p Person, now Instant) error {
	var faults []error
	add := func(code, format string, args ...any) {
		faults = append(faults, &Error{Invalid, code, fmt.Sprintf(format, args...)})
	}
	if v := p.Email.Value; v != "" && !goodEmail(v) {
		add("email.invalid", "epostadresse %q is not one that the register takes: 3 to 50 characters, one @, and a domain behind it", Short(v))
	}
	if v := p.Mobile.Value; v != "" {
		if fault := mobileFault(v); fault != "" {
			add("mobile.invalid", "mobiltelefonnummer %q is not one that the register takes: %s", Short(v), fault)
		}
	}
	for _, name := range []string{p.FirstName, p.LastName} {
		if !utf8.ValidString(name) || strings.ContainsFunc(name, unicode.IsControl) {
			add("name.invalid", "a name is text without control characters")
		}
	}
	if m := p.Mailbox; m.Provider != NoProvider && (len(m.Address) < 8 || len(m.Address) > 100) {
		add("mailbox.invalid", "postkasseadresse must have 8 to 100 characters; it has %d", len(m.Address))
	}
	for _, at := range p.times() {
		if *at > now {
			add("date.future", "%s lies ahead of the register clock, which shows %s", at.Wire(), now.Wire())
		}
	}
	if p.Reserved && p.ReservedAt == 0 {
		add("reservation.undated", "a reservation needs its reservasjonstidspunkt")
	}
	return errors.Join(faults...)
}

// withoutSigns leaves out what people put between the digits of a number.
var withoutSigns = strings.NewReplacer(" ", "", "-", "", ".", "", "_", "")

// RealNumbers finds texts of a person that hold what could be a real person's number. A
// mobile with a plus in front holds none.
func RealNumbers(p Person) []error {
	var faults []error
	for _, s := range []string{p.FirstName, p.LastName, p.Email.Value, p.Mobile.Value, p.Mailbox.Address} {
		if s == p.Mobile.Value && strings.HasPrefix(s, "+") {
			continue
		}
		for _, run := range strings.FieldsFunc(s+"|"+withoutSigns.Replace(s), func(r rune) bool { return r < '0' || r > '9' }) {
			if id, err := ParsePersonID(run); err == nil && CheckID(id) != nil {
				faults = append(faults, CheckID(id))
				break
			}
		}
	}
	return faults
}

func goodEmail(s string) bool {
	n := len([]rune(s))
	local, domain, ok := strings.Cut(s, "@")
	return ok && n >= 3 && n <= 50 && readable(s) && goodLocal(local) && goodDomain(domain)
}

// readable tells whether a text is UTF-8 without control signs and such as turn the
// direction of writing or cannot be seen.
func readable(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Cf, r) })
}

func goodLocal(s string) bool {
	return s != "" && !strings.ContainsAny(s, " \t\r\n\"(),:;<>[\\]") && !strings.HasPrefix(s, ".") && !strings.HasSuffix(s, ".") && !strings.Contains(s, "..")
}

// domainSigns are the ASCII characters of a domain; letters beyond them are let
// through, since the register's own slides show some (a guess).
const domainSigns = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-"

func goodDomain(s string) bool {
	for label := range strings.SplitSeq(s, ".") {
		if label == "" || strings.HasPrefix(label, "-") || strings.HasSuffix(label, "-") {
			return false
		}
		for _, r := range label {
			if r < 0x80 && !strings.ContainsRune(domainSigns, r) {
				return false
			}
		}
	}
	return true
}

// mobileFault gives "" for a number that the register takes: 8 to 20 of digits,
// spaces, - and _, with a plus in front or not; Norwegian ones begin with 4 or 9.
func mobileFault(s string) string {
	rest := strings.TrimPrefix(s, "+")
	switch {
	case len(s) < 8 || len(s) > 20:
		return fmt.Sprintf("it must have 8 to 20 characters and has %d", len(s))
	case strings.Trim(rest, "0123456789 -_") != "":
		return "only digits, spaces, - and _ may stand in it, and a + in front"
	}
	norwegian, ok := strings.CutPrefix(SameMobile(s), "+47")
	if ok && (len(norwegian) != 8 || norwegian[0] != '4' && norwegian[0] != '9') {
		return "a Norwegian mobile has eight digits and begins with 4 or 9"
	}
	return ""
}

// Short keeps what is echoed readable and free of identity numbers: at most 60
// bytes of it.
func Short(s string) string {
	const most = 60
	s = MaskIDs(s) // first, so that no number is cut in two and escapes
	if len(s) > most {
		s = strings.ToValidUTF8(s[:most], "") + "…"
	}
	return s
}
