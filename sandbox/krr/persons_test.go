package krr_test

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"errors"
	"math/big"
	"strings"
	"testing"
	"time"

	jose "github.com/go-jose/go-jose/v4"

	"liksom/sandbox"
	"liksom/sandbox/krr"
	"liksom/sandbox/population"
	"liksom/seeds"
)

// The persons of the conformance cases, with invented numbers.
const (
	idA = "14838131043" // both channels, old updates, fresh confirmation, Digipost, nb
	idB = "02917422241" // mobile only
	idC = "27869041748" // e-mail only, nn
	idD = "09815513557" // reserved, with contact data and a mailbox that nobody is told of
	idE = "30886225012" // deleted, with everything left behind
	idF = "18859948843" // nobody
	idG = "05924811139" // both channels out of date, e-Boks
	idH = "21876934539" // e-mail out of date, mobile fresh
	idI = "11828326688" // shares an e-mail with J
	idJ = "23898538087"
	idK = "46849340182" // D-number, e-Boks, en
	idL = "16907719085" // language only
	idM = "03831256140" // born 2012, mobile only; see personM
)

func conformancePersons(t testing.TB) []sandbox.Person {
	t.Helper()
	at := func(s string) sandbox.Instant {
		i, err := sandbox.ParseInstant(s)
		if err != nil {
			t.Fatal(err)
		}
		return i
	}
	person := func(digits string) sandbox.Person {
		return sandbox.Person{ID: mustID(t, digits), FirstName: "Test", LastName: "Testesen", Status: sandbox.Active}
	}
	a := person(idA)
	a.ReservationUpdated = at("2019-02-12T08:30:11+01")
	a.Email = sandbox.Channel{
		Value: "a.lie@example.test", Updated: at("2020-05-04T09:12:30+02"),
		Confirmed: at("2024-11-02T18:20:05+01"), Validated: at("2024-06-20T07:15:44+02"),
	}
	a.Mobile = sandbox.Channel{
		Value: "+4799990001", Updated: at("2020-05-04T09:12:30+02"),
		Confirmed: at("2024-11-02T18:20:05+01"), Validated: at("2024-06-20T07:14:02+02"),
	}
	a.Mailbox = sandbox.Mailbox{Address: "anne.lie#4K7Q", Provider: sandbox.Digipost}
	a.Language, a.LanguageUpdated = sandbox.Bokmaal, at("2021-09-01T10:00:00+02")

	b := person(idB)
	b.Mobile = sandbox.Channel{Value: "+4799990002", Updated: at("2024-01-20T14:03:59+01"), Confirmed: at("2025-01-09T20:41:10+01")}

	c := person(idC)
	c.Email = sandbox.Channel{Value: "c.moe@example.test", Updated: at("2023-12-01T11:22:33+01"), Confirmed: at("2024-12-24T16:00:00+01")}
	c.Language, c.LanguageUpdated = sandbox.Nynorsk, at("2023-12-01T11:23:01+01")

	d := person(idD)
	d.Reserved, d.ReservedAt, d.ReservationUpdated = true, at("2024-02-05T13:42:34+01"), at("2024-02-05T13:42:34+01")
	d.Email = sandbox.Channel{Value: "d.aas@example.test", Updated: at("2024-02-05T13:40:00+01"), Confirmed: at("2024-10-05T08:00:00+02")}
	d.Mailbox = sandbox.Mailbox{Address: "dina.aas#7XYZ", Provider: sandbox.Digipost}

	e := a
	e.ID, e.Status = mustID(t, idE), sandbox.Deleted

	g := person(idG)
	g.Email = sandbox.Channel{Value: "g.vik@example.test", Updated: at("2018-03-03T12:00:00+01"), Confirmed: at("2023-09-15T12:00:00+02")}
	g.Mobile = sandbox.Channel{Value: "99990007", Updated: at("2018-03-03T12:00:00+01"), Confirmed: at("2023-09-15T11:59:59+02")}
	g.Mailbox = sandbox.Mailbox{Address: "0000712345", Provider: sandbox.EBoks}

	h := person(idH)
	h.Email = sandbox.Channel{Value: "h.dahl@example.test", Updated: at("2021-07-01T09:00:00+02"), Confirmed: at("2022-01-10T09:00:00+01")}
	h.Mobile = sandbox.Channel{Value: "+4799990008", Updated: at("2024-08-30T21:14:00+02"), Confirmed: at("2024-08-30T21:14:00+02")}

	i := person(idI)
	i.Email = sandbox.Channel{Value: "familien.berg@example.test", Updated: at("2024-04-01T10:00:00+02")}
	i.Mobile = sandbox.Channel{Value: "+4799990009", Updated: at("2024-04-01T10:00:00+02")}
	j := person(idJ)
	j.Email = sandbox.Channel{Value: "familien.berg@example.test", Updated: at("2024-04-02T10:00:00+02")}

	k := person(idK)
	k.Email = sandbox.Channel{Value: "k.nowak@example.test", Updated: at("2024-09-09T09:09:09+02")}
	k.Mailbox = sandbox.Mailbox{Address: "0000734567", Provider: sandbox.EBoks}
	k.Language, k.LanguageUpdated = sandbox.English, at("2024-09-09T09:09:30+02")

	l := person(idL)
	l.Language, l.LanguageUpdated = sandbox.Sami, at("2025-01-31T23:59:59+01")

	return []sandbox.Person{a, b, c, d, e, g, h, i, j, k, l}
}

// personM is of those cases alone that name her.
func personM(t testing.TB) sandbox.Person {
	t.Helper()
	updated, err := sandbox.ParseInstant("2025-02-01T15:30:00+01")
	if err != nil {
		t.Fatal(err)
	}
	return sandbox.Person{ID: mustID(t, idM), Status: sandbox.Active, Mobile: sandbox.Channel{Value: "+4799990013", Updated: updated}}
}

func mustID(t testing.TB, digits string) sandbox.PersonID {
	t.Helper()
	id, err := sandbox.ParsePersonID(digits)
	if err != nil {
		t.Fatalf("%s: %v", digits, err)
	}
	return id
}

// realID makes a number of the form that real persons have, so that none
// stands in a file.
func realID(t testing.TB) string {
	t.Helper()
	for individual := range 500 {
		if id, ok := sandbox.MakePersonID(sandbox.Date{Year: 1905, Month: 7, Day: 1}, individual, false, sandbox.SeriesReal); ok {
			return id.Digits()
		}
	}
	t.Fatal("no individual number is possible")
	return ""
}

var conformanceClock = time.Date(2025, 3, 15, 11, 0, 0, 0, time.UTC)

// tokens are the access tokens of the tests, by their text.
var tokens = map[string][]string{
	"BOTH":              {"krr:global/kontaktinformasjon.read", "krr:global/digitalpost.read"},
	"CONTACT":           {"krr:global/kontaktinformasjon.read"},
	"MAILBOX":           {"krr:global/digitalpost.read"},
	"DELEGATED_CONTACT": {"krr:global/kontaktinfo.read"},
	"DELEGATED_MAILBOX": {"krr:global/postkasse.read"},
	"FEED":              {"krr:global/kontaktinformasjon.read", "krr:global/digitalpost.read", "krr:global/hentendring.read"},
	"FEED_CONTACT":      {"krr:global/hentendring.read", "krr:global/kontaktinformasjon.read"},
	"FEED_MAILBOX":      {"krr:global/hentendring.read", "krr:global/digitalpost.read"},
	"FEED_ONLY":         {"krr:global/hentendring.read"},
	"USER":              {"openid", "krr:user/kontaktinformasjon.read", "krr:user/spraak.write"},
	"USER_MAILBOX":      {"openid", "krr:user/digitalpost.read"},
	"USER_OPENID":       {"openid", "profile"},
	"USER_F":            {"krr:user/kontaktinformasjon.read", "krr:user/spraak.write"},
	"USER_E":            {"krr:user/kontaktinformasjon.read", "krr:user/spraak.write"},
	"USER_A":            {"krr:user/kontaktinformasjon.read"},
	"USER_GLOBAL":       {"krr:global/kontaktinformasjon.read", "krr:global/hentendring.read", "krr:global/spraak.write"},
	"PID":               {"krr:global/kontaktinformasjon.read"},
	"PID_USER":          {"krr:user/kontaktinformasjon.read", "krr:user/spraak.write"},
	"OLD":               {"global/kontaktinformasjon.read"},
	"LANGUAGE":          {"krr:global/spraak.write"},
}

func verify(_ context.Context, bearer string) (krr.Grant, error) {
	scopes, ok := tokens[bearer]
	if !ok {
		return krr.Grant{}, errors.New("the token ran out at 12:00:00")
	}
	g := krr.Grant{ClientID: "client-" + bearer, Scopes: scopes, User: strings.HasPrefix(bearer, "USER")}
	if g.User || strings.HasPrefix(bearer, "PID") {
		g.PID = idM
	}
	if who, ok := map[string]string{"USER_MAILBOX": idA, "USER_A": idA, "USER_E": idE, "USER_F": idF}[bearer]; ok {
		g.PID = who
	}
	return g, nil
}

func certificate(p sandbox.Provider, s sandbox.CertificateState) string {
	text := map[sandbox.Provider]string{sandbox.Digipost: "MIIBDigipost", sandbox.EBoks: "MIIBeBoksAAA", sandbox.EBoksOld: "MIIBeBoksOld"}[p]
	if s == sandbox.CertificateExpired {
		text += "EXPIRED="
	}
	return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n"
}

const (
	posten       = "-----BEGIN CERTIFICATE-----\nMIIBPostenAA\n-----END CERTIFICATE-----\n"
	skatteetaten = "-----BEGIN CERTIFICATE-----\nMIIBSkatteet\n-----END CERTIFICATE-----\n"
)

// pair is a key and its certificate.
type pair struct {
	key         *rsa.PrivateKey
	certificate []byte
}

// signing gives the key of signed answers, the seeds' one.
func signing(t testing.TB) pair {
	t.Helper()
	text, err := seeds.Files.ReadFile("keys/jose.jwk")
	if err != nil {
		t.Fatal(err)
	}
	var jwk jose.JSONWebKey
	if err := jwk.UnmarshalJSON(text); err != nil {
		t.Fatal(err)
	}
	key := jwk.Key.(*rsa.PrivateKey)
	template := &x509.Certificate{SerialNumber: big.NewInt(1), NotBefore: conformanceClock, NotAfter: conformanceClock.AddDate(1, 0, 0)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	return pair{key, der}
}

func newImage(t testing.TB, persons []sandbox.Person) *population.Image {
	t.Helper()
	image, err := population.New(persons)
	if err != nil {
		t.Fatal(err)
	}
	return image
}

// newAPI makes an API over persons at the time of the conformance cases, and a
// function that gives the verdicts so far.
func newAPI(t testing.TB, persons []sandbox.Person, change ...func(*krr.Config)) (*krr.API, func() []krr.Verdict) {
	t.Helper()
	var verdicts []krr.Verdict
	c := krr.Config{
		Register:    sandbox.NewRegister(newImage(t, persons), sandbox.NewFrozenClock(conformanceClock)),
		Verify:      verify,
		Certificate: certificate,
		PrintCertificate: func(org string) string {
			return map[string]string{"984661185": posten, "974761076": skatteetaten}[org]
		},
		SigningKey: signing(t).key, SigningCert: signing(t).certificate,
		Explain: func(_ context.Context, v krr.Verdict) { verdicts = append(verdicts, v) },
	}
	for _, f := range change {
		f(&c)
	}
	api, err := krr.New(c)
	if err != nil {
		t.Fatal(err)
	}
	return api, func() []krr.Verdict { return verdicts }
}
