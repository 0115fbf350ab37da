package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"html"
	"log/slog"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"liksom/fakeauth"
	"liksom/generator"
	"liksom/sandbox"
	"liksom/sandbox/krr"
)

// TestAgree_look_up_wire_types_feed_and_page: for random persons, edits, clocks,
// scopes and switches all four say the same. The seed of a failing round is its
// name, and plays it again.
func TestAgree_look_up_wire_types_feed_and_page(t *testing.T) {
	t.Parallel()
	for seed := range uint64(8) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			t.Parallel()
			a := newAgreement(t, seed)
			for range 2 {
				a.change()
				a.check()
			}
		})
	}
}

// agreement is one sandbox that is asked in four ways.
type agreement struct {
	t       *testing.T
	random  *rand.Rand
	box     *Sandbox
	guesses krr.Guesses
	ids     []string
}

func newAgreement(t *testing.T, seed uint64) *agreement {
	t.Helper()
	a := &agreement{t: t, random: rand.New(rand.NewPCG(seed, 7))}
	for _, g := range a.guesses.List() {
		if len(g.Choices) == 0 || a.random.IntN(3) > 0 {
			continue
		}
		if err := a.guesses.Set(g.Name, g.Choices[a.random.IntN(len(g.Choices))]); err != nil {
			t.Fatal(err)
		}
	}
	hosts, err := newHosts("127.0.0.1", "", nil)
	if err != nil {
		t.Fatal(err)
	}
	reference := sandbox.Date{Year: 2026, Month: 11, Day: 25}
	clock := sandbox.NewClock(func() time.Time { return reference.Midnight().Add(12 * time.Hour) })
	a.box, err = New(Config{
		Population: generator.Config{Persons: 150, Seed: seed, Reference: reference}, Clock: clock, Now: time.Now, Hosts: hosts, Guesses: a.guesses,
		Log: slog.New(slog.DiscardHandler),
	})
	if err != nil {
		t.Fatal(err)
	}
	for p := range a.box.register.All {
		a.ids = append(a.ids, p.ID().Digits())
	}
	return a
}

// change edits some persons and moves the clock, forward or back.
func (a *agreement) change() {
	for range 60 {
		id, err := sandbox.ParsePersonID(a.ids[a.random.IntN(len(a.ids))])
		if err != nil {
			a.t.Fatal(err)
		}
		if err := a.box.register.Change(sandbox.Edit{ID: id, Make: a.edit}); err != nil {
			a.t.Fatal(err)
		}
	}
	_ = a.box.clock.Set(a.box.clock.Now().AddDate(0, a.random.IntN(30)-10, a.random.IntN(30)), true)
}

func (a *agreement) edit(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
	p := now.Person()
	past := func() sandbox.Instant { return at - sandbox.Instant(a.random.IntN(3*365*24*3600)) }
	switch a.random.IntN(7) {
	case 0:
		p.Status = sandbox.Status(a.random.IntN(3))
	case 1:
		p.Reserved = !p.Reserved
		p.ReservationUpdated = at
		if p.ReservedAt = 0; p.Reserved {
			p.ReservedAt = at
		}
	case 2:
		p.Email = sandbox.Channel{Value: fmt.Sprintf("delt%d@example.test", a.random.IntN(9)), Updated: past(), Confirmed: past()}
	case 3:
		p.Mobile = sandbox.Channel{Value: fmt.Sprintf("+479999000%d", a.random.IntN(9)), Confirmed: past(), Validated: past()}
	case 4:
		p.Email, p.Mobile = sandbox.Channel{}, sandbox.Channel{}
	case 5:
		p.Mailbox = sandbox.Mailbox{Address: `"post" & <kasse>`, Provider: sandbox.Provider(1 + a.random.IntN(3)), Inactive: a.random.IntN(4) == 0, Certificate: sandbox.CertificateState(a.random.IntN(3))}
	case 6:
		if p.Language, p.LanguageUpdated = sandbox.Language(a.random.IntN(5)), 0; p.Language != sandbox.NoLanguage {
			p.LanguageUpdated = past()
		}
	}
	return p, nil
}

// scopesAsked are what a round can ask with, by their word in a page's URL.
var scopesAsked = map[string]string{
	"begge":   "krr:global/kontaktinformasjon.read krr:global/digitalpost.read",
	"kontakt": "krr:global/kontaktinformasjon.read",
	"post":    "krr:global/digitalpost.read",
}

func (a *agreement) check() {
	for word, scope := range scopesAsked {
		told, followed := a.lookUp(scope), a.follow(scope)
		for _, id := range a.ids {
			text, ok := told[id]
			if !ok {
				a.t.Fatalf("%s is not answered", id)
			}
			a.checkWire(text)
			a.checkFeed(text, followed[id])
			if a.random.IntN(16) == 0 { // a page takes a hundred times as long as an answer
				a.checkPage(id, word, text)
			}
		}
	}
}

func (a *agreement) ask(method, path, scope, body string, into any) *httptest.ResponseRecorder {
	a.t.Helper()
	r := httptest.NewRequest(method, "http://127.0.0.1"+path, strings.NewReader(body))
	if scope != "" {
		token, err := a.box.auth.Mint(r.Context(), a.box.hosts.issuerOf(r), fakeauth.MintRequest{ClientID: "demo", Scope: scope})
		if err != nil {
			a.t.Fatal(err)
		}
		r.Header.Set("Authorization", "Bearer "+token.AccessToken)
		r.Header.Set("Content-Type", "application/json")
	}
	rec := httptest.NewRecorder()
	a.box.handler.ServeHTTP(rec, r)
	if rec.Code != http.StatusOK {
		a.t.Fatalf("%s is answered %d: %s", path, rec.Code, rec.Body)
	}
	if into != nil {
		if err := json.Unmarshal(rec.Body.Bytes(), into); err != nil {
			a.t.Fatal(err)
		}
	}
	return rec
}

// lookUp gives each person's answer in version 1, as it is spelt.
func (a *agreement) lookUp(scope string) map[string]string {
	var answer struct{ Personer []json.RawMessage }
	a.ask("POST", "/rest/v1/personer", scope, `{"personidentifikatorer":["`+strings.Join(a.ids, `","`)+`"]}`, &answer)
	return byID(a.t, answer.Personer)
}

// follow reads the feed from its beginning and keeps the last of each person.
func (a *agreement) follow(scope string) map[string]string {
	var list []json.RawMessage
	for from, last := uint64(0), uint64(1); from < last; {
		var page struct {
			List                           []json.RawMessage
			TilEndringsID, SisteEndringsID uint64
		}
		a.ask("POST", "/rest/v2/krr/hentEndringer", scope+" krr:global/hentendring.read", fmt.Sprintf(`{"fraEndringsId":%d}`, from), &page)
		list = append(list, page.List...)
		from, last = page.TilEndringsID, page.SisteEndringsID
	}
	return byID(a.t, list)
}

func byID(t *testing.T, list []json.RawMessage) map[string]string {
	t.Helper()
	out := map[string]string{}
	for _, raw := range list {
		var p krr.Person
		if err := json.Unmarshal(raw, &p); err != nil {
			t.Fatal(err)
		}
		out[p.Personidentifikator] = string(raw)
	}
	return out
}

// checkWire reads an answer into the wire type and writes it again.
func (a *agreement) checkWire(text string) {
	a.t.Helper()
	if a.guesses.UnknownField {
		text = strings.Replace(text, `,"liksom_ukjent_felt":"JA"}`, "}", 1)
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	var p krr.Person
	if err := decoder.Decode(&p); err != nil {
		a.t.Fatal(err)
	}
	var again bytes.Buffer
	encoder := json.NewEncoder(&again)
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(p); err != nil {
		a.t.Fatal(err)
	}
	if got := strings.TrimSuffix(again.String(), "\n"); got != text {
		a.t.Errorf("encoding/json writes\n%s, the look-up\n%s", got, text)
	}
}

// filterable is what age holds back in a look-up and never in the feed.
var filterable = []string{"kontaktinformasjon", "digital_post", "sertifikat"}

// checkFeed compares what the feed tells of a person last with the look-up.
func (a *agreement) checkFeed(text, feed string) {
	a.t.Helper()
	told := members(a.t, text)
	if feed == "" {
		if string(told["status"]) != `"IKKE_REGISTRERT"` {
			a.t.Errorf("the feed never told of %s", text)
		}
		return
	}
	followed := members(a.t, feed)
	for name, value := range told {
		switch other, ok := followed[name]; {
		case name == "status" && string(value) == `"IKKE_REGISTRERT"` && string(other) == `"SLETTET"`: // who is no more
		case name == "varslingsstatus" && !ok && a.guesses.FeedWithoutNotice:
		case name == "kontaktinformasjon" && a.guesses.FilterStale == sandbox.FilterChannel:
			a.checkChannels(value, other)
		case string(other) != string(value):
			a.t.Errorf("%s is %s in the look-up and %s in the feed", name, value, other)
		}
	}
	for name := range followed {
		if _, ok := told[name]; !ok && (!slices.Contains(filterable, name) || a.guesses.FilterStale == sandbox.FilterOff) {
			a.t.Errorf("%s is in the feed only: %s, %s", name, text, feed)
		}
	}
}

// checkChannels compares what a look-up tells of the channels, which may lack one,
// with what the feed does.
func (a *agreement) checkChannels(told, followed json.RawMessage) {
	a.t.Helper()
	all := members(a.t, string(followed))
	for name, value := range members(a.t, string(told)) {
		if string(all[name]) != string(value) {
			a.t.Errorf("%s is %s in the look-up and %s in the feed", name, value, all[name])
		}
	}
}

func members(t *testing.T, text string) (m map[string]json.RawMessage) {
	t.Helper()
	if err := json.Unmarshal([]byte(text), &m); err != nil {
		t.Fatal(err)
	}
	return m
}

var (
	copiedJSON = regexp.MustCompile(`data-copy="(\{[^"]*)"`)
	omittedBy  = regexp.MustCompile(`(?s)<p class="omitted">(.*?)</p>`)
	named      = regexp.MustCompile(`<code>([a-z_]+)</code>`)
)

// checkPage wants the same answer on the person's page, which says of every part
// that is left out that it is.
func (a *agreement) checkPage(id, scope, text string) {
	a.t.Helper()
	page := a.ask("GET", "/person/"+id+"?ver=v1&scope="+scope, "", "", nil).Body.String()
	found := copiedJSON.FindStringSubmatch(page)
	var shown bytes.Buffer
	if found == nil || json.Compact(&shown, []byte(html.UnescapeString(found[1]))) != nil || shown.String() != text {
		a.t.Errorf("the page shows\n%s, the look-up tells\n%s", shown.String(), text)
	}
	explained := map[string]bool{}
	if list := omittedBy.FindStringSubmatch(page); list != nil {
		for _, name := range named.FindAllStringSubmatch(list[1], -1) {
			explained[name[1]] = true
		}
	}
	told := members(a.t, text)
	for _, part := range []string{"reservasjon", "varslingsstatus", "kontaktinformasjon", "digital_post", "sertifikat", "spraak"} {
		if _, ok := told[part]; ok == explained[part] {
			a.t.Errorf("%s is told: %t, and explained as left out: %t, in %s", part, ok, explained[part], text)
		}
	}
}
