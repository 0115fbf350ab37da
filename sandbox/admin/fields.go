package admin

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"liksom/sandbox"
)

// field is a member of the person's shape that can be set.
type field struct {
	path  string // on the wire, with the object that it lies in: digital_post.postkasseadresse
	needs string // without this, the person does not keep it
	given sandbox.Given
	get   func(*sandbox.Person) string
	set   func(p *sandbox.Person, value string, now sandbox.Instant) error // "" takes it away
}

const (
	inContact = "kontaktinformasjon."
	inMailbox = "digital_post."
)

// fields are all that can be set.
var fields = []field{
	name("fornavn", func(p *sandbox.Person) *string { return &p.FirstName }),
	name("etternavn", func(p *sandbox.Person) *string { return &p.LastName }),
	{path: "foedselsdato", get: func(p *sandbox.Person) string { return p.Birth.String() }, set: setBirth},
	choice("kjoenn", "", func(p *sandbox.Person) *sandbox.Sex { return &p.Sex }, "", "kvinne", "mann"),
	choice("personstatus", "", func(p *sandbox.Person) *sandbox.CivilStatus { return &p.Civil }, "bosatt", "utflyttet", "doed"),
	{path: "kommunenr", get: func(p *sandbox.Person) string { return municipality(p.Municipality) }, set: setMunicipality},
	required(choice("status", "", func(p *sandbox.Person) *sandbox.Status { return &p.Status }, "IKKE_REGISTRERT", "AKTIV", "SLETTET")),

	toggle("reservasjon", "", func(p *sandbox.Person) *bool { return &p.Reserved }, "NEI", "JA"),
	date("reservasjonstidspunkt", "reservasjon JA", sandbox.GivenReservedAt, func(p *sandbox.Person) *sandbox.Instant { return &p.ReservedAt }),
	date("reservasjon_oppdatert", "", sandbox.GivenReservationUpdated, func(p *sandbox.Person) *sandbox.Instant { return &p.ReservationUpdated }),

	text(inContact+"epostadresse", "", func(p *sandbox.Person) *string { return &p.Email.Value }),
	date(inContact+"epostadresse_oppdatert", "epostadresse", sandbox.GivenEmailUpdated, func(p *sandbox.Person) *sandbox.Instant { return &p.Email.Updated }),
	date(inContact+"epostadresse_sist_verifisert", "epostadresse", sandbox.GivenEmailConfirmed, func(p *sandbox.Person) *sandbox.Instant { return &p.Email.Confirmed }),
	date(inContact+"epostadresse_sist_validert", "epostadresse", sandbox.GivenEmailValidated, func(p *sandbox.Person) *sandbox.Instant { return &p.Email.Validated }),
	text(inContact+"mobiltelefonnummer", "", func(p *sandbox.Person) *string { return &p.Mobile.Value }),
	date(inContact+"mobiltelefonnummer_oppdatert", "mobiltelefonnummer", sandbox.GivenMobileUpdated, func(p *sandbox.Person) *sandbox.Instant { return &p.Mobile.Updated }),
	date(inContact+"mobiltelefonnummer_sist_verifisert", "mobiltelefonnummer", sandbox.GivenMobileConfirmed, func(p *sandbox.Person) *sandbox.Instant { return &p.Mobile.Confirmed }),
	date(inContact+"mobiltelefonnummer_sist_validert", "mobiltelefonnummer", sandbox.GivenMobileValidated, func(p *sandbox.Person) *sandbox.Instant { return &p.Mobile.Validated }),

	text(inMailbox+"postkasseadresse", "postkasseleverandoeradresse", func(p *sandbox.Person) *string { return &p.Mailbox.Address }),
	{path: inMailbox + "postkasseleverandoeradresse", get: func(p *sandbox.Person) string { return p.Mailbox.Provider.Org() }, set: setProvider},
	toggle("postkassetilstand", "postkasseleverandoeradresse", func(p *sandbox.Person) *bool { return &p.Mailbox.Inactive }, mailboxStates[0], mailboxStates[1]),
	choice("sertifikattilstand", "postkasseleverandoeradresse", func(p *sandbox.Person) *sandbox.CertificateState { return &p.Mailbox.Certificate }, certificateStates[:]...),

	choice("spraak", "", func(p *sandbox.Person) *sandbox.Language { return &p.Language }, "", "nb", "nn", "en", "se"),
	date("spraak_oppdatert", "spraak", sandbox.GivenLanguageUpdated, func(p *sandbox.Person) *sandbox.Instant { return &p.LanguageUpdated }),
}

func text(path, needs string, at func(*sandbox.Person) *string) field {
	return field{
		path: path, needs: needs,
		get: func(p *sandbox.Person) string { return *at(p) },
		set: func(p *sandbox.Person, value string, _ sandbox.Instant) error {
			*at(p) = value
			return nil
		},
	}
}

// name is kept in title case and shown in capitals, so one that comes back as it
// was shown is none.
func name(path string, at func(*sandbox.Person) *string) field {
	f := text(path, "", at)
	f.set = func(p *sandbox.Person, value string, _ sandbox.Instant) error {
		switch kept := at(p); {
		case value == strings.ToUpper(*kept):
		case value == strings.ToUpper(value):
			*kept = titleCase(value)
		default:
			*kept = value
		}
		return nil
	}
	return f
}

func titleCase(s string) string {
	inside := false
	return strings.Map(func(r rune) rune {
		begins := !inside
		inside = unicode.IsLetter(r)
		if begins {
			return r
		}
		return unicode.ToLower(r)
	}, s)
}

func date(path, needs string, given sandbox.Given, at func(*sandbox.Person) *sandbox.Instant) field {
	return field{
		path: path, needs: needs, given: given,
		get: func(p *sandbox.Person) string { return at(p).Wire() },
		set: func(p *sandbox.Person, value string, now sandbox.Instant) error {
			var when sandbox.Instant
			if value != "" {
				var err error
				if when, err = readDate(value, now); err != nil {
					return err
				}
			}
			*at(p) = when
			return nil
		},
	}
}

// choice is one of a code list's words, which stand in the order of T's values.
// Taken away, it is the first.
func choice[T ~uint8](path, needs string, at func(*sandbox.Person) *T, words ...string) field {
	return field{
		path: path, needs: needs,
		get: func(p *sandbox.Person) string { return words[*at(p)] },
		set: func(p *sandbox.Person, value string, _ sandbox.Instant) error {
			i, err := place(value, words)
			if err == nil {
				*at(p) = T(i)
			}
			return err
		},
	}
}

func toggle(path, needs string, at func(*sandbox.Person) *bool, off, on string) field {
	return field{
		path: path, needs: needs,
		get: func(p *sandbox.Person) string {
			if *at(p) {
				return on
			}
			return off
		},
		set: func(p *sandbox.Person, value string, _ sandbox.Instant) error {
			i, err := place(value, []string{off, on})
			if err == nil {
				*at(p) = i == 1
			}
			return err
		},
	}
}

// place finds a word; "" is the first.
func place(value string, words []string) (int, error) {
	if value == "" {
		return 0, nil
	}
	if i := slices.Index(words, value); i >= 0 {
		return i, nil
	}
	return 0, invalid("value.unknown", fmt.Sprintf("%q is none of %s", sandbox.Short(value), strings.TrimPrefix(strings.Join(words, ", "), ", ")))
}

func required(f field) field {
	set := f.set
	f.set = func(p *sandbox.Person, value string, now sandbox.Instant) error {
		if value == "" {
			return invalid("value.missing", "it cannot be taken away")
		}
		return set(p, value, now)
	}
	return f
}

func setBirth(p *sandbox.Person, value string, _ sandbox.Instant) error {
	var birth sandbox.Date
	if value != "" {
		var err error
		if birth, err = sandbox.ParseDate(sandbox.Short(value)); err != nil {
			return err
		}
	}
	p.Birth = birth
	return nil
}

func setMunicipality(p *sandbox.Person, value string, _ sandbox.Instant) error {
	if value == "" {
		p.Municipality = 0
		return nil
	}
	nr, err := strconv.ParseUint(value, 10, 16)
	if len(value) != 4 || err != nil || nr == 0 {
		return invalid("municipality.invalid", fmt.Sprintf("%q is no kommunenr: four digits, as 0301 for Oslo", sandbox.Short(value)))
	}
	p.Municipality = uint16(nr)
	return nil
}

// setProvider takes an organisation number, or a word for one.
func setProvider(p *sandbox.Person, value string, _ sandbox.Instant) error {
	words := map[string]sandbox.Provider{"digipost": sandbox.Digipost, "eboks": sandbox.EBoks}
	for _, provider := range []sandbox.Provider{sandbox.NoProvider, sandbox.Digipost, sandbox.EBoks, sandbox.EBoksOld} {
		words[provider.Org()] = provider
	}
	provider, ok := words[value]
	if !ok {
		return invalid("value.unknown", fmt.Sprintf("%q is none of digipost, eboks, %s, %s, %s", sandbox.Short(value), sandbox.Digipost.Org(), sandbox.EBoks.Org(), sandbox.EBoksOld.Org()))
	}
	p.Mailbox.Provider = provider
	return nil
}
