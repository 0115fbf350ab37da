package app

import (
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"liksom/sandbox"
	"liksom/sandbox/boltstore"
	"liksom/sandbox/outbox"
	"liksom/sandbox/query"
)

// visitor is a citizen in a browser.
type visitor struct {
	*citizenBox
	browser *http.Client
	pid     string
	page    string   // as last seen
	at      *url.URL // where that was
	status  int
	header  http.Header
}

func (b *citizenBox) citizen(pid string) *visitor {
	return &visitor{citizenBox: b, browser: b.browser(), pid: pid}
}

func (c *visitor) open(path string) {
	c.t.Helper()
	c.do(c.request(http.MethodGet, c.base+path, ""))
}

func (c *visitor) send(path string, form url.Values) {
	c.t.Helper()
	c.do(c.request(http.MethodPost, c.base+path, form.Encode()))
}

func (c *visitor) do(r *http.Request) {
	c.t.Helper()
	answer, err := c.browser.Do(r)
	if err != nil {
		c.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		c.t.Fatal(err)
	}
	c.status, c.header, c.at, c.page = answer.StatusCode, answer.Header, answer.Request.URL, html.UnescapeString(string(body))
}

// logIn goes to a service and through the login, to the dialog if there is one.
func (c *visitor) logIn(service, level string) {
	c.t.Helper()
	c.open(service)
	id := c.at.Query().Get("id")
	if id == "" {
		c.t.Fatalf("sent to %s: %s", c.at, c.page)
	}
	c.send("/idporten/authorize/testid", url.Values{"id": {id}, "skrevet": {c.pid}, "nivaa": {"idporten-loa-" + level}})
}

func (c *visitor) sees(words ...string) {
	c.t.Helper()
	for _, w := range words {
		if !strings.Contains(c.page, w) {
			c.t.Errorf("%q is not on the page at %s (%d): %s", w, c.at, c.status, c.page)
		}
	}
}

func (c *visitor) inDialog() bool {
	return strings.HasPrefix(c.at.Path, "/idporten/kontaktopplysninger/")
}

func (c *visitor) record() sandbox.Record {
	c.t.Helper()
	id, err := sandbox.ParsePersonID(c.pid)
	if err != nil {
		c.t.Fatal(err)
	}
	return c.register.Person(id)
}

// edit makes the person what a test needs.
func (c *visitor) edit(change func(p *sandbox.Person)) {
	c.t.Helper()
	id := c.record().ID()
	err := c.register.Change(sandbox.Edit{ID: id, Make: func(now sandbox.Record, _ sandbox.Instant) (sandbox.Person, error) {
		p := now.Person()
		change(&p)
		return p, nil
	}})
	if err != nil {
		c.t.Fatal(err)
	}
}

// assertShown compares members of the person as the look-up, the change feed, the
// search and the person page give it, now. The wanted members are of version 1 with
// both scopes, "" for one that must be absent.
func (c *visitor) assertShown(want map[string]string) {
	c.t.Helper()
	look, ok := c.krr.Answer(c.record().ID(), 1, sandbox.ScopeContact|sandbox.ScopeMailbox)
	if !ok {
		c.t.Fatal("the look-up leaves the person out")
	}
	found, err := c.engine.Search(query.Search{Query: mustParse(c.t, c.pid), Limit: 2})
	if err != nil || len(found.Persons) != 1 {
		c.t.Fatalf("the search finds %d: %v", len(found.Persons), err)
	}
	feed := c.register.Feed(c.register.Last()-1, 1)
	if len(feed.Entries) != 1 || feed.Entries[0].ID != c.record().ID() {
		c.t.Fatalf("the feed ends with %+v", feed)
	}
	page := httptest.NewRecorder()
	r := httptest.NewRequest(http.MethodGet, "/person/"+c.pid+"?ver=v1", nil)
	r.Host = strings.TrimPrefix(c.base, "http://")
	c.handler.ServeHTTP(page, r)
	for where, text := range map[string]string{"look-up": string(look), "person page": html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(page.Body.String(), ""))} {
		for member, value := range want {
			line := fmt.Sprintf("%q:%q", member, value)
			there := strings.Contains(strings.ReplaceAll(text, `": "`, `":"`), line)
			if value == "" {
				there = !strings.Contains(text, `"`+member+`"`)
			}
			if !there {
				c.t.Errorf("%s: %s is not %q in %s", where, member, value, clipped(text))
			}
		}
	}
	for where, p := range map[string]sandbox.Record{"search": found.Persons[0], "change feed": feed.Entries[0].Person} {
		if p.Person() != c.record().Person() {
			c.t.Errorf("the %s has %+v, the register %+v", where, p.Person(), c.record().Person())
		}
	}
}

func clipped(s string) string { return s[:min(len(s), 3000)] }

// TestCitizen_is_asked_after_90_days. Source: the public code of the confirm dialog
// (2021): the 90th day does not trigger it, the next one does, and "Bekreft"
// confirms what there is.
func TestCitizen_is_asked_after_90_days(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	day := sandbox.InstantOf(b.clockNow().AddDate(0, 0, -90))
	old := sandbox.InstantOf(b.clockNow().AddDate(-3, 0, 0))
	c.edit(func(p *sandbox.Person) {
		p.Email = sandbox.Channel{Value: "a@example.test", Updated: old, Confirmed: day}
		p.Mobile = sandbox.Channel{Value: "+4799990001", Updated: old, Confirmed: day}
	})
	c.logIn("/demo/logg-inn", "substantial")
	if c.inDialog() {
		t.Fatal("asked on the 90th day")
	}
	if err := b.clock.Set(b.clockNow().AddDate(0, 0, 1), false); err != nil {
		t.Fatal(err)
	}
	c = b.citizen(cardPerson)
	c.logIn("/demo/logg-inn", "substantial")
	if !c.inDialog() {
		t.Fatalf("not asked on the 91st day, but sent to %s", c.at)
	}
	c.sees("Er kontaktopplysningene dine riktige?", "mer enn 90 dager siden sist", "epostadresse_sist_verifisert", "fortsatt KAN_VARSLES")
	if strings.Contains(c.page, "registrert på andre") {
		t.Errorf("warned that others have what nobody else has: %s", c.page)
	}
	c.send(c.at.Path, url.Values{"land": {"+47"}, "mobil": {"999 90 001"}, "epost": {"a@example.test"}, "gjor": {"bekreft"}})
	if c.at.Path != "/demo/" {
		t.Fatalf("the login ended at %s: %s", c.at, c.page)
	}
	now := sandbox.InstantOf(b.register.Now()).Wire()
	c.assertShown(map[string]string{
		"epostadresse_oppdatert": old.Wire(), "epostadresse_sist_verifisert": now, "epostadresse_sist_validert": "",
		"mobiltelefonnummer": "+4799990001", "mobiltelefonnummer_oppdatert": old.Wire(), "mobiltelefonnummer_sist_verifisert": now,
	})
	c = b.citizen(cardPerson)
	if c.logIn("/demo/logg-inn", "substantial"); c.inDialog() {
		t.Error("asked again at the next login")
	}
}

// TestCitizen_is_never_kept_from_logging_in: not by a register that is out of order
// before or during the dialog. Source: the public code of the confirm dialog (2021).
func TestCitizen_is_never_kept_from_logging_in(t *testing.T) {
	t.Parallel()
	store, err := boltstore.Open(t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	b := newCitizenBoxWith(t, func(c *Config) { c.Store = store })
	unknown := b.citizen(unknownPerson)
	unknown.logIn("/demo/logg-inn", "high")
	if !unknown.inDialog() {
		t.Fatalf("not asked, but sent to %s", unknown.at)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	dialog := unknown.at.Path
	unknown.send(dialog, url.Values{"land": {"+47"}, "mobil": {"99990002"}, "epost": {""}, "gjor": {"bekreft"}})
	if unknown.status != http.StatusServiceUnavailable {
		t.Errorf("the status is %d", unknown.status)
	}
	unknown.sees("Tjenesten er ikke tilgjengelig nå. Du kan gå videre.", "999 90 002")
	unknown.send(dialog+"/videre", url.Values{"x": {"y"}})
	if unknown.at.Path != "/demo/" {
		t.Errorf("the login ended at %s", unknown.at)
	}
	unknown.sees("Du er logget inn")
	next := b.citizen(unknownPerson)
	if next.logIn("/demo/logg-inn", "high"); next.at.Path != "/demo/" {
		t.Errorf("asked by a register that is out of order, at %s", next.at)
	}
	if next.record().Exists() {
		t.Error("something was written all the same")
	}
}

// unknownPerson is synthetic and in no population.
const unknownPerson = "18859948843"

func TestCitizen_is_not_asked_where_that_is_switched_off(t *testing.T) {
	t.Parallel()
	b := newCitizenBoxWith(t, func(c *Config) {
		if err := c.CitizenGuesses.Set("confirm_after", "off"); err != nil {
			t.Fatal(err)
		}
	})
	c := b.citizen(unknownPerson)
	if c.logIn("/demo/logg-inn", "high"); c.at.Path != "/demo/" {
		t.Errorf("the login ended at %s", c.at)
	}
}

// TestCitizen_registers_for_the_first_time, and with nothing typed does not. Source:
// the public code of the confirm dialog (2021).
func TestCitizen_registers_for_the_first_time(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	for range 2 { // nothing typed: asked again the next time
		c := b.citizen(unknownPerson)
		c.logIn("/demo/logg-inn", "high")
		c.sees("registeret ikke har kontaktopplysninger om deg")
		c.send(c.at.Path, url.Values{"land": {"+47"}, "mobil": {""}, "epost": {" "}, "gjor": {"bekreft"}})
		if c.at.Path != "/demo/" || c.record().Exists() {
			t.Fatalf("at %s, and the register has %v", c.at, c.record().Exists())
		}
	}
	c := b.citizen(unknownPerson)
	c.logIn("/demo/logg-inn", "high")
	c.send(c.at.Path, url.Values{"land": {"+47"}, "mobil": {"99990077"}, "epost": {""}, "gjor": {"bekreft"}})
	now := sandbox.InstantOf(b.register.Now()).Wire()
	c.assertShown(map[string]string{
		"status": "AKTIV", "reservasjon": "NEI", "varslingsstatus": "KAN_VARSLES", "spraak": "", "epostadresse": "", "mobiltelefonnummer": "+4799990077",
		"mobiltelefonnummer_oppdatert": now, "mobiltelefonnummer_sist_verifisert": now, "mobiltelefonnummer_sist_validert": "", "mobiltelefonnummer_duplisert": "NEI",
	})
	if sent, _ := b.outbox.Find(outbox.Filter{To: "99990077"}); len(sent) != 1 || sent[0].Reason != outbox.ReasonChanged {
		t.Errorf("the outbox has %+v", sent)
	}
}

// somebody is an active person who is not that of the start card.
func (b *citizenBox) somebody() string {
	b.t.Helper()
	for r := range b.register.All {
		if r.Status() == sandbox.Active && r.ID().Digits() != cardPerson {
			return r.ID().Digits()
		}
	}
	b.t.Fatal("nobody is active")
	return ""
}

// TestCitizen_changes_verifies_and_shares. Sources: "KRR: Datakvalitet, forbedringer
// og nyheter" (2024) for the warning, the code and the number that is refused; that
// both persons' flags change is a guess.
func TestCitizen_changes_verifies_and_shares(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	other := b.citizen(b.somebody())
	old := sandbox.InstantOf(b.clockNow().AddDate(-1, 0, 0))
	other.edit(func(p *sandbox.Person) {
		p.Status, p.Mobile = sandbox.Active, sandbox.Channel{Value: "99990088", Updated: old}
	})
	c := b.citizen(cardPerson)
	c.edit(func(p *sandbox.Person) {
		p.Email = sandbox.Channel{Value: "a@example.test", Updated: old, Confirmed: old, Validated: old}
		p.Mobile = sandbox.Channel{Value: "+4799990001", Updated: old, Confirmed: old, Validated: old}
		p.Language = sandbox.Nynorsk
	})
	c.logIn("/demo/logg-inn", "substantial")
	dialog := c.at.Path
	typed := func(mobile, do string, seen ...string) url.Values {
		return url.Values{"land": {"+47"}, "mobil": {mobile}, "epost": {"a@example.test"}, "gjor": {do}, "sett": seen}
	}
	c.send(dialog, typed("00000000", "bekreft"))
	c.sees("Mobilnummeret er ugyldig.", "00000000", `aria-invalid="true"`)
	if c.status != http.StatusUnprocessableEntity {
		t.Errorf("the status is %d", c.status)
	}
	c.send(dialog, typed("00000000", "kode-sms"))
	if sent, _ := b.outbox.Find(outbox.Filter{}); c.status != http.StatusUnprocessableEntity || len(sent) != 0 {
		t.Errorf("a code to a number that is none: %d, and the outbox has %+v", c.status, sent)
	}
	c.send(dialog, typed("99990088", "bekreft"))
	c.sees("Dette mobilnummeret er registrert på andre.", "trykk en gang til", "Mangler verifikasjon.", `value="delt +4799990088"`)
	if c.record().Mobile().Value != "+4799990001" {
		t.Fatal("saved before the warning was seen")
	}
	c.open(dialog + "/delt")
	c.sees("Se etter at den stemmer")
	c.send(dialog, typed("99990088", "kode-sms", "delt +4799990088"))
	c.sees("Kode fra SMS", "+4799990088")
	sent, _ := b.outbox.Find(outbox.Filter{To: "99990088"})
	if len(sent) != 1 || sent[0].Code != "12345" || sent[0].Lang != "nn" || sent[0].Person != cardPerson {
		t.Fatalf("the outbox has %+v", sent)
	}
	c.send(dialog+"/kode", url.Values{"til": {"sms"}, "kode": {"54321"}})
	c.sees("Koden er feil.", "Du har 2 forsøk igjen.")
	c.send(dialog+"/kode", url.Values{"til": {"sms"}, "kode": {"12345"}})
	c.sees("Koden var riktig.", "999 90 088")
	if got := c.record().Mobile(); got.Value != "+4799990001" || got.Validated != old {
		t.Errorf("a code for a number that is not saved changed the register: %+v", got)
	}
	c.send(dialog, typed("999 90 088", "bekreft", "delt +4799990088"))
	if c.at.Path != "/demo/" {
		t.Fatalf("the login ended at %s: %s", c.at, c.page)
	}
	now := sandbox.InstantOf(b.register.Now()).Wire()
	c.assertShown(map[string]string{
		"mobiltelefonnummer": "+4799990088", "mobiltelefonnummer_duplisert": "JA", "mobiltelefonnummer_oppdatert": now, "mobiltelefonnummer_sist_verifisert": now, "mobiltelefonnummer_sist_validert": now,
		"epostadresse_oppdatert": old.Wire(), "epostadresse_sist_verifisert": now, "epostadresse_sist_validert": old.Wire(),
	})
	if !other.record().Mobile().Shared {
		t.Error("the other one's number is not shared")
	}
	if sent, _ := b.outbox.Find(outbox.Filter{To: "A@EXAMPLE.TEST"}); len(sent) != 1 || sent[0].Reason != outbox.ReasonChanged || sent[0].Subject != "Kontaktopplysningane dine er endra" {
		t.Errorf("the notice is %+v", sent)
	}
}

// TestMinProfil_shows_each_step_at_once goes through what can be done there. The
// dates follow the sources of the table test of the steps.
func TestMinProfil_shows_each_step_at_once(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	old := sandbox.InstantOf(b.clockNow().AddDate(0, -2, 0))
	c.edit(func(p *sandbox.Person) {
		p.Email = sandbox.Channel{Value: "a@example.test", Updated: old, Confirmed: old, Validated: old}
		p.Mobile = sandbox.Channel{Value: "+4799990001", Updated: old, Confirmed: old, Validated: old}
		p.Mailbox, p.Language, p.LanguageUpdated, p.Reserved, p.ReservedAt, p.ReservationUpdated = sandbox.Mailbox{}, 0, 0, false, 0, 0
	})
	c.logIn("/minprofil/", "substantial")
	c.sees("Dine kontaktopplysninger", "(+47 999 90 001, a@example.test)", "nivå høyt")
	now := sandbox.InstantOf(b.register.Now()).Wire()
	moved := func() { now = sandbox.InstantOf(b.register.Now()).Wire() }

	c.send("/minprofil/kontakt", url.Values{"land": {"+47"}, "mobil": {"99990003"}, "epost": {"a@example.test"}, "gjor": {"lagre"}})
	c.sees("Lagret.", "Dette skjedde i registeret", "mobiltelefonnummer_oppdatert")
	c.assertShown(map[string]string{
		"mobiltelefonnummer": "+4799990003", "mobiltelefonnummer_oppdatert": now, "mobiltelefonnummer_sist_verifisert": now, "mobiltelefonnummer_sist_validert": "",
		"epostadresse_oppdatert": old.Wire(), "epostadresse_sist_verifisert": old.Wire(), "epostadresse_sist_validert": old.Wire(),
	})
	c.send("/minprofil/kontakt", url.Values{"land": {"+47"}, "mobil": {"99990003"}, "epost": {"a@example.test"}, "gjor": {"kode-sms"}})
	c.send("/minprofil/kode", url.Values{"til": {"sms"}, "kode": {"12345"}})
	c.assertShown(map[string]string{"mobiltelefonnummer_sist_validert": now, "mobiltelefonnummer_oppdatert": now})
	c.send("/minprofil/kontakt", url.Values{"land": {"+47"}, "mobil": {"99990003"}, "epost": {"a@example.test"}, "gjor": {"lagre"}})
	c.sees("Ingenting var endret.")
	c.send("/minprofil/kontakt", url.Values{"land": {"+47"}, "mobil": {""}, "epost": {""}, "gjor": {"lagre"}})
	c.sees("Du må oppgi mobilnummer eller e-post, eller begge.")

	c.send("/minprofil/spraak", url.Values{"spraak": {"se"}})
	c.assertShown(map[string]string{"spraak": "se", "spraak_oppdatert": now})
	c.send("/minprofil/spraak", url.Values{"spraak": {"de"}})
	c.send("/minprofil/spraak", url.Values{"spraak": {""}})
	c.assertShown(map[string]string{"spraak": "", "spraak_oppdatert": ""})

	c.send("/minprofil/postkasse", url.Values{"postkasse": {"digipost"}})
	c.sees("må du være logget inn på nivå høyt")
	if c.record().Mailbox().Provider != sandbox.NoProvider {
		t.Fatal("a mailbox was chosen at the lower level")
	}
	c.logIn("/minprofil/logg-inn?nivaa=hoyt", "high")
	c.send("/minprofil/postkasse", url.Values{"postkasse": {"digipost"}})
	c.assertShown(map[string]string{"postkasseleverandoeradresse": "984661185", "mobiltelefonnummer_oppdatert": now})
	c.send("/minprofil/postkasse", url.Values{"postkasse": {"eboks"}})
	c.assertShown(map[string]string{"postkasseleverandoeradresse": "922020175"})
	sms, _ := b.outbox.Find(outbox.Filter{To: "99990003", Reason: outbox.ReasonMailbox})
	if len(sms) != 2 || sms[0].Channel != outbox.SMS || !strings.Contains(sms[0].Text, "e-Boks") {
		t.Errorf("the outbox has %+v", sms)
	}

	moved()
	c.send("/minprofil/reservasjon", url.Values{"reservasjon": {"JA"}})
	c.sees("Du har vært reservert siden", "Opphev reservasjonen")
	c.assertShown(map[string]string{"reservasjon": "JA", "reservasjonstidspunkt": now, "reservasjon_oppdatert": now, "varslingsstatus": "KAN_IKKE_VARSLES", "mobiltelefonnummer": "+4799990003"})
	c.send("/minprofil/postkasse", url.Values{"postkasse": {"digipost"}})
	c.sees("Du har reservert deg og kan ikke velge postkasse.")
	if c.record().Mailbox().Provider != sandbox.EBoks {
		t.Error("the mailbox was switched while reserved, or lost")
	}
	c.send("/minprofil/reservasjon", url.Values{"reservasjon": {"NEI"}})
	c.assertShown(map[string]string{"reservasjon": "NEI", "reservasjonstidspunkt": "", "reservasjon_oppdatert": now, "varslingsstatus": "KAN_VARSLES"})
	c.send("/minprofil/postkasse", url.Values{"postkasse": {"forlat"}})
	c.assertShown(map[string]string{"postkasseleverandoeradresse": "", "sertifikat": ""})

	c.send("/minprofil/kontakt", url.Values{"land": {"+47"}, "mobil": {""}, "epost": {"a@example.test"}, "gjor": {"lagre"}})
	c.sees("Du er i ferd med å fjerne mobilnummeret.", `value="fjern sms"`)
	c.send("/minprofil/kontakt", url.Values{"land": {"+47"}, "mobil": {""}, "epost": {"a@example.test"}, "gjor": {"lagre"}, "sett": {"fjern sms"}})
	c.assertShown(map[string]string{"mobiltelefonnummer": "", "mobiltelefonnummer_oppdatert": "", "epostadresse_sist_verifisert": old.Wire()})
}

// TestMinProfil_the_last_one_wins_and_the_first_is_told.
func TestMinProfil_the_last_one_wins_and_the_first_is_told(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	first, second := b.citizen(cardPerson), b.citizen(cardPerson)
	for _, c := range []*visitor{first, second} {
		c.logIn("/minprofil/", "high")
		if c.inDialog() {
			c.send(c.at.Path+"/videre", url.Values{"x": {"y"}})
		}
	}
	poll := regexp.MustCompile(`hx-get="([^"]+)"`).FindStringSubmatch(first.page)[1]
	send := func(c *visitor, email string) {
		c.send("/minprofil/kontakt", url.Values{"land": {"+47"}, "mobil": {""}, "epost": {email}, "gjor": {"lagre"}, "sett": {"fjern sms"}})
	}
	first.open(poll)
	if first.status != http.StatusNoContent {
		t.Errorf("told of nothing: %d %s", first.status, first.page)
	}
	first.open("/minprofil/")
	send(first, "en@example.test")
	send(second, "to@example.test")
	second.sees("Noe var endret et annet sted siden du så siden")
	if got := first.record(); got.Email().Value != "to@example.test" || got.Mobile().Value != "" {
		t.Errorf("the register has %+v", got.Person())
	}
	first.open(poll)
	first.sees("Opplysningene er endret et annet sted.")
	first.open("/minprofil/")
	first.sees("Opplysningene er endret et annet sted siden du sist så dem.", "to@example.test")
	first.open("/minprofil/")
	if strings.Contains(first.page, "siden du sist så dem") {
		t.Error("told twice")
	}
}

func TestMinProfil_leads_on_to_known_addresses_only(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	target := b.base + "/demo/"
	c.logIn("/minprofil/?"+url.Values{"gotoUrl": {target}}.Encode(), "high")
	if c.inDialog() {
		c.send(c.at.Path+"/videre", url.Values{"x": {"y"}})
	}
	c.sees("Tilbake til tjenesten", `href="`+target+`"`, "Logg ut")
	for _, raw := range []string{"javascript:alert(1)", "//evil.example/", strings.ToUpper(target), "https://evil.example/", "http://127.0.0.1:1/"} {
		c.open("/minprofil/?" + url.Values{"gotoUrl": {raw}}.Encode())
		c.sees("gotoUrl er ikke brukt", "Logg ut")
		if c.at.Path != "/minprofil/" || strings.Contains(c.page, `href="`+raw) || strings.Contains(c.page, "Tilbake til tjenesten") {
			t.Errorf("%s leads on: %s", raw, c.page)
		}
	}
}

// TestCitizen_pages_refuse_what_is_not_theirs: other browsers, other sites, sessions
// that are none, and forms that are too large.
func TestCitizen_pages_refuse_what_is_not_theirs(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(unknownPerson)
	c.logIn("/demo/logg-inn", "high")
	dialog := c.at.Path
	for _, path := range []string{dialog, "/minprofil/", "/minprofil/delt"} {
		mine := b.citizen(cardPerson)
		if path == dialog {
			mine = c
		} else {
			mine.send("/minprofil/logg-inn", url.Values{"som": {cardPerson}})
		}
		if mine.open(path); mine.header.Get("X-Frame-Options") != "DENY" || !strings.HasSuffix(mine.header.Get("Content-Security-Policy"), "frame-ancestors 'none'") || mine.header.Get("Cache-Control") != "no-store" {
			t.Errorf("%s may be framed or kept: %v", path, mine.header)
		}
	}
	other := b.citizen(unknownPerson)
	for _, path := range []string{dialog, dialog + "/kode?til=sms", dialog + "/delt"} {
		if other.open(path); other.status != http.StatusNotFound {
			t.Errorf("another browser sees %s: %d", path, other.status)
		}
	}
	other.send(dialog, url.Values{"epost": {"x@example.test"}, "gjor": {"bekreft"}})
	if other.status != http.StatusNotFound || other.record().Exists() {
		t.Errorf("another browser changes something: %d", other.status)
	}
	for _, path := range []string{dialog, dialog + "/kode", dialog + "/videre", "/minprofil/kontakt", "/minprofil/reservasjon", "/minprofil/postkasse", "/minprofil/spraak", "/minprofil/kode", "/minprofil/sjekk", "/minprofil/logg-ut"} {
		r := c.request(http.MethodPost, b.base+path, "epost=x@example.test&reservasjon=JA")
		r.Header.Set("Sec-Fetch-Site", "cross-site")
		if c.do(r); c.status != http.StatusForbidden {
			t.Errorf("a form of another site at %s: %d", path, c.status)
		}
	}
	c.send(dialog, url.Values{"epost": {strings.Repeat("x", 20<<10)}})
	if c.status != http.StatusBadRequest {
		t.Errorf("a large form: %d", c.status)
	}
	c.send(dialog, url.Values{"land": {"+47"}, "mobil": {""}, "epost": {realNumber() + "@example.test"}, "gjor": {"bekreft"}})
	if c.status != http.StatusUnprocessableEntity || c.record().Exists() {
		t.Errorf("a real number as an e-mail: %d", c.status)
	}
	c.send(dialog+"/videre", url.Values{"x": {"y"}})
	if c.open(dialog); c.status != http.StatusNotFound {
		t.Errorf("a dialog that is over: %d", c.status)
	}
	stranger := b.citizen(cardPerson)
	if stranger.send("/minprofil/reservasjon", url.Values{"reservasjon": {"JA"}}); stranger.at.Path != "/idporten/authorize/selector" || stranger.record().Reserved() {
		t.Errorf("a form without a session: at %s", stranger.at)
	}
}

// TestMinProfil_forgets_one_person_before_the_next: what somebody typed and did not
// save is not shown to who logs in after them.
func TestMinProfil_forgets_one_person_before_the_next(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	c.send("/minprofil/logg-inn", url.Values{"som": {cardPerson}})
	c.send("/minprofil/kontakt", url.Values{"land": {"+47"}, "mobil": {"99990009"}, "epost": {"utkast@example.test"}, "gjor": {"kode-sms"}})
	if c.open("/minprofil/"); !strings.Contains(c.page, "utkast@example.test") {
		t.Fatalf("the draft is not kept: %s", c.page)
	}
	next := b.somebody()
	c.send("/minprofil/logg-inn", url.Values{"som": {next}})
	if c.open("/minprofil/"); strings.Contains(c.page, "utkast@example.test") || strings.Contains(c.page, "999 90 009") {
		t.Errorf("%s sees what %s typed: %s", next, cardPerson, c.page)
	}
}

// realNumber is one that could be a real person's; it is put together here so that
// the code holds none.
func realNumber() string {
	const day = "0101"
	for n := range 100_000_00 {
		text := fmt.Sprintf("%s%07d", day, n)
		if id, err := sandbox.ParsePersonID(text); err == nil && !id.Synthetic() {
			return text
		}
	}
	panic("there is none")
}

// TestCitizen_deleted_by_the_operator is SLETTET everywhere, and registers anew at
// the next login (a guess).
func TestCitizen_deleted_by_the_operator(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	r := c.request(http.MethodDelete, b.base+"/sandbox/v1/persons/"+cardPerson, "")
	if c.do(r); c.status != http.StatusOK {
		t.Fatalf("deleting: %d %s", c.status, c.page)
	}
	c.assertShown(map[string]string{"status": "SLETTET", "kontaktinformasjon": "", "digital_post": "", "reservasjon": "", "varslingsstatus": "KAN_IKKE_VARSLES"})
	c.logIn("/minprofil/", "high")
	c.sees("registeret ikke har kontaktopplysninger om deg")
	c.send(c.at.Path, url.Values{"land": {"+47"}, "mobil": {"99990009"}, "epost": {""}, "gjor": {"bekreft"}})
	now := sandbox.InstantOf(b.register.Now()).Wire()
	c.assertShown(map[string]string{"status": "AKTIV", "mobiltelefonnummer": "+4799990009", "mobiltelefonnummer_oppdatert": now, "reservasjon": "NEI"})
}

// TestMinProfil_logs_in_as_somebody_and_out_again: the login by login_hint leaves no
// session at ID-porten, so there is none to end.
func TestMinProfil_logs_in_as_somebody_and_out_again(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	c.send("/minprofil/logg-inn", url.Values{"som": {cardPerson}})
	c.sees("Dine kontaktopplysninger", "Logg ut")
	c.send("/minprofil/logg-ut", url.Values{"x": {"y"}})
	if c.status != http.StatusOK || c.at.Path != "/minprofil/" {
		t.Errorf("logged out at %s: %d", c.at, c.status)
	}
	c.sees("Du er logget ut.")
	if c.open("/minprofil/?gotoUrl=x"); c.at.Path != "/idporten/authorize/selector" {
		t.Errorf("told twice: at %s", c.at)
	}
	for _, som := range []string{"", "x", realNumber()} {
		if c.send("/minprofil/logg-inn", url.Values{"som": {som}}); c.status != http.StatusBadRequest {
			t.Errorf("as %.3q: %d", som, c.status)
		}
	}
}

// TestCitizen_may_be_asked_in_two_tabs of one browser, and open MinProfil in two.
func TestCitizen_may_be_asked_in_two_tabs(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(unknownPerson)
	c.logIn("/demo/logg-inn", "high")
	first := c.at.Path
	c.open("/demo/test/logg-inn")
	second := c.at
	c.send("/idporten/authorize/testid", url.Values{"id": {second.Query().Get("id")}, "skrevet": {unknownPerson}, "nivaa": {"idporten-loa-high"}})
	if !c.inDialog() || c.at.Path == first {
		t.Fatalf("the second tab is at %s", c.at)
	}
	if c.open(first); c.status != http.StatusOK {
		t.Errorf("the first dialog is gone: %d", c.status)
	}
	tabs := b.citizen(cardPerson)
	tabs.open("/minprofil/")
	one := tabs.at.Query().Get("id")
	tabs.open("/minprofil/")
	tabs.send("/idporten/authorize/testid", url.Values{"id": {one}, "skrevet": {cardPerson}, "nivaa": {"idporten-loa-high"}})
	if tabs.inDialog() {
		tabs.send(tabs.at.Path+"/videre", url.Values{"x": {"y"}})
	}
	tabs.sees("Mobil og e-post")
}

// TestCitizen_pages_take_whole_forms_only, and no text that cannot be read.
func TestCitizen_pages_take_whole_forms_only(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	c.edit(func(p *sandbox.Person) {
		p.Reserved, p.ReservedAt, p.Language = true, sandbox.InstantOf(b.clockNow()), sandbox.Nynorsk
	})
	c.send("/minprofil/logg-inn", url.Values{"som": {cardPerson}})
	before := c.record().Person()
	for path, form := range map[string]url.Values{
		"/minprofil/reservasjon": {"reservasjon": {"kanskje"}}, "/minprofil/spraak": {"x": {"y"}}, "/minprofil/sjekk?felt=alt": {"epost": {"a@b.no"}},
	} {
		if c.send(path, form); c.status != http.StatusBadRequest {
			t.Errorf("%s takes %v: %d", path, form, c.status)
		}
	}
	for _, email := range []string{"a\xff\xfe@x.no", "a\u202e@x.no", "a\u200b@x.no", "a\x00@x.no", realNumber()[:6] + "-" + realNumber()[6:] + "@x.no"} {
		if c.send("/minprofil/kontakt", url.Values{"land": {"+47"}, "mobil": {"99990001"}, "epost": {email}, "gjor": {"lagre"}}); c.status != http.StatusUnprocessableEntity {
			t.Errorf("%q is taken: %d", email, c.status)
		}
	}
	if c.record().Person() != before {
		t.Errorf("the person is %+v, was %+v", c.record().Person(), before)
	}
}

// TestCitizen_is_told_in_the_dialog_of_a_change_elsewhere, before it is overwritten.
func TestCitizen_is_told_in_the_dialog_of_a_change_elsewhere(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	old := sandbox.InstantOf(b.clockNow().AddDate(-1, 0, 0))
	c.edit(func(p *sandbox.Person) {
		p.Email, p.Mobile = sandbox.Channel{Value: "gammel@example.test", Updated: old}, sandbox.Channel{}
	})
	c.logIn("/demo/logg-inn", "high")
	c.edit(func(p *sandbox.Person) { p.Email.Value = "ny@example.test" })
	form := url.Values{"land": {"+47"}, "mobil": {""}, "epost": {"gammel@example.test"}, "gjor": {"bekreft"}}
	c.send(c.at.Path, form)
	c.sees("Opplysningene er endret et annet sted siden du sist så dem.", `value="ny@example.test"`)
	if c.status != http.StatusConflict || c.record().Email().Value != "ny@example.test" {
		t.Errorf("overwritten without a word: %d %s", c.status, c.record().Email().Value)
	}
	form.Set("epost", "ny@example.test")
	if c.send(c.at.Path, form); c.at.Path != "/demo/" {
		t.Errorf("confirmed at %s", c.at)
	}
}

// TestCitizen_who_is_deleted_comes_back_with_an_address_only, and codes go with a
// reset.
func TestCitizen_who_is_deleted_comes_back_with_an_address_only(t *testing.T) {
	t.Parallel()
	b := newCitizenBox(t)
	c := b.citizen(cardPerson)
	c.send("/minprofil/logg-inn", url.Values{"som": {cardPerson}})
	contact := url.Values{"land": {"+47"}, "mobil": {"99990009"}, "epost": {""}, "gjor": {"kode-sms"}, "sett": {"fjern sms"}}
	for range 5 {
		c.send("/minprofil/kontakt", contact)
	}
	if c.send("/minprofil/kontakt", contact); c.status != http.StatusTooManyRequests || strings.Contains(c.page, "Skriv koden") {
		t.Errorf("a sixth code: %d %s", c.status, c.page)
	}
	if err := b.reset(); err != nil {
		t.Fatal(err)
	}
	if c.send("/minprofil/kontakt", contact); c.status != http.StatusOK {
		t.Errorf("a code after the reset: %d", c.status)
	}
	r := c.request(http.MethodDelete, b.base+"/sandbox/v1/persons/"+cardPerson, "")
	c.do(r)
	for path, form := range map[string]url.Values{
		"/minprofil/reservasjon": {"reservasjon": {"JA"}}, "/minprofil/spraak": {"spraak": {"en"}}, "/minprofil/postkasse": {"postkasse": {"digipost"}},
	} {
		c.send(path, form)
		c.sees("Du er slettet fra registeret.")
		if c.record().Status() != sandbox.Deleted {
			t.Fatalf("%s brought the person back", path)
		}
	}
	contact.Set("gjor", "lagre")
	c.send("/minprofil/kontakt", contact)
	if c.record().Status() != sandbox.Active {
		t.Errorf("an address did not bring the person back: %s", c.page)
	}
}

func mustParse(t *testing.T, text string) query.Node {
	t.Helper()
	q, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return q
}
