package krr_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"math/rand/v2"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/krr"
)

// wirePerson fills the wire type, plainly: what the encoder must agree with.
func wirePerson(r sandbox.Record, w sandbox.Window, s sandbox.Scopes, g krr.Guesses) krr.Person {
	d := g.Disclose(r, w, s)
	p := krr.Person{Personidentifikator: r.ID().Digits(), Status: r.Status().String()}
	if d.Reservation == sandbox.Told {
		p.Reservasjon = yesNo(r.Reserved())
		p.ReservasjonOppdatert = r.ReservationUpdated().Wire()
		if r.Reserved() {
			p.Reservasjonstidspunkt = r.ReservedAt().Wire()
		}
	}
	if d.Notice == sandbox.Told {
		p.Varslingsstatus = w.Notice(r).String()
	}
	if d.Contact == sandbox.Told {
		k := krr.Kontaktinformasjon{}
		if c := r.Email(); c.Value != "" && (g.FilterStale != sandbox.FilterChannel || c.Newest() > w.Limit) {
			k.Epostadresse, k.EpostadresseDuplisert, k.EpostadresseOppdatert = c.Value, yesNo(c.Shared), c.Updated.Wire()
			k.EpostadresseSistVerifisert, k.EpostadresseSistValidert = c.Confirmed.Wire(), c.Validated.Wire()
		}
		if c := r.Mobile(); c.Value != "" && (g.FilterStale != sandbox.FilterChannel || c.Newest() > w.Limit) {
			k.Mobiltelefonnummer, k.MobiltelefonnummerDuplisert, k.MobiltelefonnummerOppdatert = c.Value, yesNo(c.Shared), c.Updated.Wire()
			k.MobiltelefonnummerSistVerifisert, k.MobiltelefonnummerSistValidert = c.Confirmed.Wire(), c.Validated.Wire()
		}
		p.Kontaktinformasjon = &k
	}
	if d.Mailbox == sandbox.Told {
		p.DigitalPost = &krr.DigitalPost{Postkasseadresse: r.Mailbox().Address, Postkasseleverandoeradresse: r.Mailbox().Provider.Org()}
	}
	if d.Certificate == sandbox.Told {
		p.Sertifikat = certificate(r.Mailbox().Provider, r.Mailbox().Certificate)
		if block, _ := pem.Decode([]byte(p.Sertifikat)); g.BareCertificate {
			p.Sertifikat = base64.StdEncoding.EncodeToString(block.Bytes)
		}
	}
	if d.Language == sandbox.Told {
		p.Spraak, p.SpraakOppdatert = r.Language().String(), r.LanguageUpdated().Wire()
	}
	if k := p.Kontaktinformasjon; g.WithoutNewFields {
		p.ReservasjonOppdatert = ""
		if k != nil {
			k.EpostadresseDuplisert, k.EpostadresseSistValidert, k.MobiltelefonnummerDuplisert, k.MobiltelefonnummerSistValidert = "", "", "", ""
		}
	}
	return p
}

func yesNo(b bool) string {
	if b {
		return "JA"
	}
	return "NEI"
}

func marshal(t testing.TB, v any) string {
	t.Helper()
	var b bytes.Buffer
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		t.Fatal(err)
	}
	return strings.TrimSuffix(b.String(), "\n")
}

func pack(t testing.TB, p sandbox.Person) sandbox.Record {
	t.Helper()
	row, text, err := sandbox.Pack(p, []byte("what other persons have"))
	if err != nil {
		t.Fatal(err)
	}
	return row.View(string(text))
}

// hostile are pieces of text that JSON, HTML or UTF-8 make trouble of.
var hostile = []string{
	"", "a", "ærlig.ørken@a.no", `"`, `\`, "/", "\x00", "\x01", "\b", "\f", "\n", "\r", "\t", "\x1f", "\x7f", "<script>&",
	"\u2028", "\u2029", "\u2027", "\xff", "\xe2\x80", "\xed\xa0\x80", "\ufffd", "\U0001F600", "\xf0\x9f\x98",
}

type source struct{ *rand.Rand }

func (r source) text() string {
	var b strings.Builder
	for range r.IntN(4) {
		b.WriteString(hostile[r.IntN(len(hostile))])
	}
	return b.String()
}

// instant is none at all, within two years of the window, or anything.
func (r source) instant(w sandbox.Window) sandbox.Instant {
	switch r.IntN(4) {
	case 0:
		return 0
	case 1:
		return sandbox.Instant(r.Uint32())
	}
	return w.Limit - 86400*365 + sandbox.Instant(r.IntN(3*86400*365))
}

func (r source) channel(w sandbox.Window) sandbox.Channel {
	return sandbox.Channel{Value: r.text(), Updated: r.instant(w), Confirmed: r.instant(w), Validated: r.instant(w), Shared: r.IntN(2) == 0}
}

func (r source) person(id sandbox.PersonID, w sandbox.Window) sandbox.Person {
	return sandbox.Person{
		ID: id, FirstName: r.text(), LastName: r.text(), Status: []sandbox.Status{sandbox.Active, sandbox.Active, sandbox.Active, sandbox.Deleted, sandbox.NotRegistered}[r.IntN(5)],
		Reserved: r.IntN(3) == 0, ReservedAt: r.instant(w), ReservationUpdated: r.instant(w),
		Email: r.channel(w), Mobile: r.channel(w),
		Mailbox: sandbox.Mailbox{
			Address: r.text(), Provider: sandbox.Provider(r.IntN(int(sandbox.EBoksOld) + 1)), Inactive: r.IntN(4) == 0,
			Certificate: sandbox.CertificateState(r.IntN(int(sandbox.CertificateMissing) + 1)),
		},
		Language: sandbox.Language(r.IntN(int(sandbox.Sami) + 1)), LanguageUpdated: r.instant(w),
	}
}

func TestEncoderWritesWhatEncodingJSONWritesOfTheWireTypes(t *testing.T) {
	t.Parallel()
	random, id, w := source{rand.New(rand.NewPCG(7, 7))}, mustID(t, idA), sandbox.WindowAt(conformanceClock)
	for _, filter := range []sandbox.FilterStale{sandbox.FilterOn, sandbox.FilterOff, sandbox.FilterNotifiable, sandbox.FilterChannel} {
		for _, hide := range []bool{false, true} {
			for _, bare := range []bool{false, true} {
				g := krr.Guesses{Policy: sandbox.Policy{FilterStale: filter, FilterAlone: bare, HideReservedContact: hide}, BareCertificate: bare}
				api, _ := newAPI(t, nil, func(c *krr.Config) { c.Guesses = g })
				for range 2000 {
					r, s := pack(t, random.person(id, w)), sandbox.Scopes(random.IntN(4))
					if got, want := string(api.AppendPerson(nil, r, w, s)), marshal(t, wirePerson(r, w, s, g)); got != want {
						t.Fatalf("guesses %+v, scopes %b\n got %s\nwant %s", g, s, got, want)
					}
				}
			}
		}
	}
}

func TestAppendPersonOfNobody(t *testing.T) {
	t.Parallel()
	api, _ := newAPI(t, nil)
	got := string(api.AppendPerson([]byte("before "), sandbox.Record{}, sandbox.WindowAt(conformanceClock), sandbox.ScopeContact))
	if want := `before {"personidentifikator":"00000000000","status":"IKKE_REGISTRERT","varslingsstatus":"KAN_IKKE_VARSLES"}`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestAppendPersonAllocatesNothing(t *testing.T) { // not parallel: others' allocations would count
	api, _ := newAPI(t, nil)
	r, w, dst := pack(t, conformancePersons(t)[0]), sandbox.WindowAt(conformanceClock), make([]byte, 0, 4096)
	if n := testing.AllocsPerRun(100, func() { api.AppendPerson(dst, r, w, sandbox.ScopeContact|sandbox.ScopeMailbox) }); n != 0 {
		t.Errorf("allocates %v times", n)
	}
}

func FuzzEncode(f *testing.F) {
	f.Add("a.lie@example.test", "+4799990001", "anne.lie#4K7Q", uint32(1700000000), uint64(3))
	for i, s := range hostile {
		f.Add(s, "x"+s, s+"x", uint32(i)<<27, uint64(i))
	}
	api, _ := newAPI(f, nil, func(c *krr.Config) { c.Guesses.FilterStale = sandbox.FilterOff })
	id, w := mustID(f, idA), sandbox.WindowAt(conformanceClock)
	f.Fuzz(func(t *testing.T, email, mobile, address string, at uint32, seed uint64) {
		if len(email)+len(mobile)+len(address) > 1<<16-1 {
			return // too long to be kept
		}
		random := source{rand.New(rand.NewPCG(seed, 1))}
		p := random.person(id, w)
		p.Email.Value, p.Mobile.Value, p.Mailbox.Address, p.Email.Updated = email, mobile, address, sandbox.Instant(at)
		r, s := pack(t, p), sandbox.Scopes(random.IntN(4))
		got, want := string(api.AppendPerson(nil, r, w, s)), marshal(t, wirePerson(r, w, s, krr.Guesses{Policy: sandbox.Policy{FilterStale: sandbox.FilterOff}}))
		if got != want {
			t.Fatalf("\n got %s\nwant %s", got, want)
		}
	})
}
