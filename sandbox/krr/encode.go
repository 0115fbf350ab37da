package krr

import (
	"encoding/base64"
	"encoding/pem"
	"fmt"
	"unicode/utf8"

	"liksom/sandbox"
)

// encoder writes [Person] without making one: the same bytes as encoding/json
// with SetEscapeHTML(false), but much faster and without an allocation.
type encoder struct {
	policy       sandbox.Policy
	feedPolicy   sandbox.Policy
	feedNotice   bool // whether the feed tells varslingsstatus
	newFields    bool // whether the fields of 2024 are told
	unknownField bool // whether a member is added that nobody knows
	calendar     *calendar
	certificates [sandbox.EBoksOld + 1][sandbox.CertificateEnding + 1][]byte // with key and comma, ready to append
}

func newEncoder(g Guesses, certificate func(sandbox.Provider, sandbox.CertificateState) string) (encoder, error) {
	e := encoder{policy: g.Policy, feedPolicy: g.Policy, feedNotice: !g.FeedWithoutNotice, newFields: !g.WithoutNewFields, unknownField: g.UnknownField, calendar: newCalendar()}
	e.feedPolicy.FilterStale = sandbox.FilterOff
	for p := sandbox.Digipost; p <= sandbox.EBoksOld; p++ {
		for s := sandbox.CertificateValid; s <= sandbox.CertificateEnding; s++ {
			text := certificate(p, s)
			if text == "" {
				continue
			}
			block, _ := pem.Decode([]byte(text))
			if block == nil {
				return encoder{}, fmt.Errorf("krr: the certificate of provider %s is not PEM", p.Org())
			}
			if g.BareCertificate {
				text = base64.StdEncoding.EncodeToString(block.Bytes)
			}
			e.certificates[p][s] = appendString([]byte(`,"sertifikat":`), text)
		}
	}
	return e, nil
}

// appendPerson appends one person; the zero Record is a person whom the
// register does not have.
func (e *encoder) appendPerson(b []byte, id string, r sandbox.Record, w sandbox.Window, s sandbox.Scopes) []byte {
	return e.appendTold(b, id, r, r.Status(), w, e.policy.Disclose(r, w, s))
}

// appendChange appends one person as the feed tells it: not filtered for age, and
// SLETTET when the register does not have the person any more, since only AKTIV
// and SLETTET make sense there (a guess: that is said of the SOAP service).
// Source: "Lokal kopi" (Digdir).
func (e *encoder) appendChange(b []byte, c sandbox.FeedEntry, w sandbox.Window, s sandbox.Scopes) []byte {
	d := e.feedPolicy.Disclose(c.Person, w, s)
	if !e.feedNotice {
		d.Notice = sandbox.OutOfScope
	}
	status := c.Person.Status()
	if status == sandbox.NotRegistered {
		status = sandbox.Deleted
	}
	var digits [11]byte
	return e.appendTold(b, string(c.ID.AppendDigits(digits[:0])), c.Person, status, w, d)
}

// appendTold appends what of a person is told.
func (e *encoder) appendTold(b []byte, id string, r sandbox.Record, status sandbox.Status, w sandbox.Window, d sandbox.Disclosure) []byte {
	b = appendString(append(b, `{"personidentifikator":`...), id)
	if d.Reservation == sandbox.Told {
		b = e.appendReservation(b, r)
	}
	b = append(append(b, statusMembers[status]...), '"')
	if d.Notice == sandbox.Told {
		b = append(append(append(b, `,"varslingsstatus":"`...), w.Notice(r).String()...), '"')
	}
	if d.Contact == sandbox.Told {
		b = e.appendContact(b, r, d)
	}
	if d.Mailbox == sandbox.Told {
		b = appendMailbox(b, r.Mailbox())
	}
	if d.Certificate == sandbox.Told {
		m := r.Mailbox()
		b = append(b, e.certificates[m.Provider][m.Certificate]...)
	}
	if d.Language == sandbox.Told {
		b = append(append(append(b, `,"spraak":"`...), r.Language().String()...), '"')
		b = e.appendTime(b, `,"spraak_oppdatert":"`, r.LanguageUpdated())
	}
	if e.unknownField {
		b = append(b, `,"liksom_ukjent_felt":"JA"`...)
	}
	return append(b, '}')
}

var statusMembers = [...]string{
	sandbox.NotRegistered: `,"status":"IKKE_REGISTRERT`,
	sandbox.Active:        `,"status":"AKTIV`,
	sandbox.Deleted:       `,"status":"SLETTET`,
}

func (e *encoder) appendReservation(b []byte, r sandbox.Record) []byte {
	if r.Reserved() {
		b = append(b, `,"reservasjon":"JA"`...)
		b = e.appendTime(b, `,"reservasjonstidspunkt":"`, r.ReservedAt())
	} else {
		b = append(b, `,"reservasjon":"NEI"`...)
	}
	if !e.newFields {
		return b
	}
	return e.appendTime(b, `,"reservasjon_oppdatert":"`, r.ReservationUpdated())
}

func (e *encoder) appendContact(b []byte, r sandbox.Record, d sandbox.Disclosure) []byte {
	b = append(b, `,"kontaktinformasjon":{`...)
	email, mobile := r.Email(), r.Mobile()
	withEmail, withMobile := email.Value != "" && d.Email == sandbox.Told, mobile.Value != "" && d.Mobile == sandbox.Told
	if withEmail {
		b = e.appendChannel(b, &emailKeys, email)
		if withMobile {
			b = append(b, ',')
		}
	}
	if withMobile {
		b = e.appendChannel(b, &mobileKeys, mobile)
	}
	return append(b, '}')
}

// channelKeys are the members of a channel, as far as they are known beforehand.
type channelKeys struct{ value, shared, unshared, updated, confirmed, validated string }

var (
	emailKeys  = channelKeysOf("epostadresse")
	mobileKeys = channelKeysOf("mobiltelefonnummer")
)

func channelKeysOf(name string) channelKeys {
	return channelKeys{
		value:     `"` + name + `":`,
		shared:    `,"` + name + `_duplisert":"JA"`,
		unshared:  `,"` + name + `_duplisert":"NEI"`,
		updated:   `,"` + name + `_oppdatert":"`,
		confirmed: `,"` + name + `_sist_verifisert":"`,
		validated: `,"` + name + `_sist_validert":"`,
	}
}

func (e *encoder) appendChannel(b []byte, k *channelKeys, c sandbox.Channel) []byte {
	b = appendString(append(b, k.value...), c.Value)
	b = e.appendTime(b, k.updated, c.Updated)
	b = e.appendTime(b, k.confirmed, c.Confirmed)
	if !e.newFields {
		return b
	}
	b = e.appendTime(b, k.validated, c.Validated)
	if c.Shared {
		return append(b, k.shared...)
	}
	return append(b, k.unshared...)
}

func appendMailbox(b []byte, m sandbox.Mailbox) []byte {
	b = append(b, `,"digital_post":{`...)
	if m.Address != "" {
		b = append(appendString(append(b, `"postkasseadresse":`...), m.Address), ',')
	}
	b = append(append(b, `"postkasseleverandoeradresse":"`...), m.Provider.Org()...)
	return append(b, `"}`...)
}

// appendTime appends a member with a moment, or nothing when there is none.
func (e *encoder) appendTime(b []byte, key string, at sandbox.Instant) []byte {
	if at == 0 {
		return b
	}
	return append(e.calendar.appendWire(append(b, key...), at), '"')
}

// appendString appends a JSON string, escaped as encoding/json does.
func appendString(b []byte, s string) []byte {
	b = append(b, '"')
	for {
		n := 0
		for n < len(s) && plain[s[n]] {
			n++
		}
		b = append(b, s[:n]...)
		if n == len(s) {
			return append(b, '"')
		}
		b, s = appendEscaped(b, s[n:])
	}
}

// appendEscaped appends the first character of s, which is not plain, and gives the rest.
func appendEscaped(b []byte, s string) ([]byte, string) {
	if s[0] < utf8.RuneSelf {
		return append(b, asciiEscapes[s[0]]...), s[1:]
	}
	switch r, n := utf8.DecodeRuneInString(s); {
	case r == utf8.RuneError && n == 1:
		return append(b, `\ufffd`...), s[n:]
	case r == '\u2028' || r == '\u2029': // line ends in JavaScript
		return append(append(b, `\u202`...), byte('8'+r-'\u2028')), s[n:]
	default:
		return append(b, s[:n]...), s[n:]
	}
}

// plain are the bytes that stand for themselves.
var plain = func() (t [256]bool) {
	for c := range utf8.RuneSelf {
		t[c] = asciiEscapes[c] == ""
	}
	return t
}()

var asciiEscapes = func() (t [utf8.RuneSelf]string) {
	for c := range ' ' {
		t[c] = fmt.Sprintf(`\u%04x`, c)
	}
	t['\b'], t['\f'], t['\n'], t['\r'], t['\t'] = `\b`, `\f`, `\n`, `\r`, `\t`
	t['"'], t['\\'] = `\"`, `\\`
	return t
}()
