package krr_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"liksom/sandbox"
	"liksom/sandbox/krr"
)

const firstNr = 200_000_001 // of a change in the feed

func feedRequest(from int64, token string) *http.Request {
	return request("POST", feed, fmt.Sprintf(`{"fraEndringsId":%d}`, from), "Authorization:", "Authorization: Bearer "+token)
}

func TestRefusalsOfTheFeed(t *testing.T) {
	t.Parallel()
	ask := func(body string, headers ...string) *http.Request {
		return request("POST", feed, body, append([]string{"Authorization:", "Authorization: Bearer FEED"}, headers...)...)
	}
	const (
		unauthorized = `{"errors":[{"status":"401","title":"Missing or invalid access token"}]}`
		forbidden    = `{"errors":[{"status":"403","title":"No krr scope in the token","detail":"the change feed needs krr:global/hentendring.read"}]}`
		accept       = `{"errors":[{"status":"406","title":"Not acceptable","detail":"the answer is application/json"}]}`
		contentType  = `{"errors":[{"status":"415","title":"Unsupported media type","detail":"send the body as application/json"}]}`
		value        = `{"errors":[{"status":"400","title":"Invalid value","detail":"fraEndringsId must be an integer from 0 to 9223372036854775807","source":{"pointer":"/fraEndringsId"}}]}`
		good         = `{"fraEndringsId":200000000}`
	)
	unreadable := func(detail string) string {
		return `{"errors":[{"status":"400","title":"Unreadable request body","detail":"` + detail + `"}]}`
	}
	for name, c := range map[string]refusalCase{
		"no token":                             {ask(good, "Authorization:"), "token.missing", unauthorized, "WWW-Authenticate: Bearer", "no Authorization header"},
		"a token that is refused":              {feedRequest(0, "OUT"), "token.invalid", unauthorized, `WWW-Authenticate: Bearer error="invalid_token"`, "ran out at 12:00:00"},
		"the two read scopes alone":            {feedRequest(0, "BOTH"), "scope.missing", forbidden, `WWW-Authenticate: Bearer error="insufficient_scope"`, "the change feed needs krr:global/hentendring.read, and the read scopes decide only"},
		"a scope for the one logged in":        {feedRequest(0, "USER"), "scope.missing", forbidden, `WWW-Authenticate: Bearer error="insufficient_scope"`, "krr:user scopes are for"},
		"GET":                                  {request("GET", feed, ""), "method.wrong", `{"errors":[{"status":"405","title":"Method not allowed","detail":"/rest/v2/krr/hentEndringer takes POST"}]}`, "Allow: POST", `"GET"`},
		"version 1":                            {request("POST", "/rest/v1/krr/hentEndringer", good), "path.retired", `{"errors":[{"status":"404","title":"No such resource","detail":"the change feed is in version 2 only: POST /rest/v2/krr/hentEndringer"}]}`, "", "/rest/v1/krr"},
		"text wanted":                          {ask(good, "Accept: text/html"), "accept.impossible", accept, "", "text/html"},
		"a form":                               {ask(good, "Content-Type:", "Content-Type: application/x-www-form-urlencoded"), "content_type.wrong", contentType, "", "form-urlencoded"},
		"2 MB":                                 {ask(`{"x":"` + strings.Repeat("x", 2<<20) + `"}`), "body.large", `{"errors":[{"status":"413","title":"Request body too large","detail":"the body may hold at most 1048576 bytes"}]}`, "", "1048576"},
		"no body":                              {ask("", "Content-Type:"), "body.unreadable", unreadable("the body is not JSON; the fault is after 0 of 0 bytes"), "", `send {"fraEndringsId": 0}`},
		"half a body":                          {ask(`{"fraEndringsId":`), "body.unreadable", unreadable("the body is not JSON; the fault is after 17 of 17 bytes"), "", "after 17 of 17"},
		"bytes that are not UTF-8":             {ask("{\"\xff\":0}"), "body.unreadable", unreadable("the body is not UTF-8"), "", "UTF-8"},
		"a number alone":                       {ask(`200000000`), "body.unreadable", unreadable("the body must be a JSON object"), "", `send {"fraEndringsId": 0}`},
		"a negative number":                    {ask(`{"fraEndringsId":-1}`), "body.type", value, "", "/fraEndringsId"},
		"a fraction":                           {ask(`{"fraEndringsId":0.5}`), "body.type", value, "", "/fraEndringsId"},
		"a text":                               {ask(`{"fraEndringsId":"0"}`), "body.type", value, "", "/fraEndringsId"},
		"a number of more than 63 bits":        {ask(`{"fraEndringsId":9223372036854775808}`), "body.type", value, "", "/fraEndringsId"},
		"the token is checked before the rest": {ask("x", "Authorization:", "Accept: text/html", "Content-Type:"), "token.missing", unauthorized, "", ""},
		"the scope is checked before Accept":   {ask("x", "Authorization:", "Authorization: Bearer BOTH", "Accept: text/html"), "scope.missing", forbidden, "", ""},
		"Accept is checked before the type":    {ask("x", "Accept: text/html", "Content-Type:"), "accept.impossible", accept, "", ""},
		"the type is checked before the body":  {ask("x", "Content-Type:"), "content_type.wrong", contentType, "", ""},
	} {
		t.Run(name, c.check)
	}
}

func TestAPageHoldsAThousandChangesAtMost(t *testing.T) {
	t.Parallel()
	people := manyPersons(t, 1001)
	api, verdicts := newAPI(t, people)
	first, second := askFeed(t, api, 0), askFeed(t, api, firstNr+999)
	if len(first.List) != 1000 || first.TilEndringsID != firstNr+999 || first.SisteEndringsID != firstNr+1000 {
		t.Errorf("first page: %d persons to %d of %d", len(first.List), first.TilEndringsID, first.SisteEndringsID)
	}
	if len(second.List) != 1 || second.List[0].Personidentifikator != people[1000].ID.Digits() || second.TilEndringsID != firstNr+1000 {
		t.Errorf("second page: %d persons to %d", len(second.List), second.TilEndringsID)
	}
	want := []krr.Verdict{{Client: "client-FEED", IDs: 1000, Found: 1000}, {Client: "client-FEED", IDs: 1, Found: 1}}
	if v := verdicts(); !slices.Equal(v, want) {
		t.Errorf("verdicts are %+v, want %+v", v, want)
	}
}

func TestANumberBeyondTheEndIsExplained(t *testing.T) {
	t.Parallel()
	for guess, from := range map[string]int64{"exclusive": firstNr + 11, "inclusive": firstNr + 12} {
		api, verdicts := newAPI(t, conformancePersons(t), func(c *krr.Config) {
			if err := c.Guesses.Set("feed_start", guess); err != nil {
				t.Fatal(err)
			}
		})
		askFeed(t, api, from-1)
		askFeed(t, api, from)
		v := verdicts()
		if len(v) != 2 || v[0].Rule != "" || v[1].Rule != "feed.beyond" || v[1].Refused || !strings.Contains(v[1].Reason, fmt.Sprintf("fraEndringsId is %d and the last change is 200000011", from)) {
			t.Errorf("%s: verdicts are %+v", guess, v)
		}
	}
}

func TestTheFeedTellsARealNumberToNobody(t *testing.T) {
	t.Parallel()
	intruder := conformancePersons(t)[0]
	intruder.ID = mustID(t, realID(t))
	for name, people := range map[string][]sandbox.Person{
		"first":  append([]sandbox.Person{intruder}, conformancePersons(t)...),
		"last":   append(conformancePersons(t), intruder),
		"in all": {intruder},
	} {
		api, verdicts := newAPI(t, people)
		page := askFeed(t, api, 0)
		if len(page.List) != len(people)-1 || page.TilEndringsID != page.SisteEndringsID {
			t.Errorf("%s: %d persons of %d, to %d of %d", name, len(page.List), len(people)-1, page.TilEndringsID, page.SisteEndringsID)
		}
		if v := verdicts(); v[0].IDs != len(people) || v[0].Found != len(people)-1 {
			t.Errorf("%s: verdicts are %+v", name, v)
		}
	}
}

// askFeed asks for a page and wants a good answer.
func askFeed(t *testing.T, api *krr.API, from int64) krr.ChangesAnswer {
	t.Helper()
	rec := httptest.NewRecorder()
	api.ServeHTTP(rec, feedRequest(from, "FEED"))
	var answer krr.ChangesAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil || rec.Code != http.StatusOK {
		t.Fatalf("%d %v %s", rec.Code, err, rec.Body)
	}
	return answer
}

// change carries out one edit by the rules of the register.
func change(t *testing.T, r *sandbox.Register, id sandbox.PersonID, how func(*sandbox.Person)) {
	t.Helper()
	err := r.Change(sandbox.Edit{ID: id, Make: func(now sandbox.Record, at sandbox.Instant) (sandbox.Person, error) {
		before := sandbox.Person{ID: id, FirstName: "Ny", LastName: "Testesen"}
		if now.Exists() {
			before = now.Person()
		}
		after := before
		how(&after)
		sandbox.Move(before, &after, at, 0)
		return after, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
}

// undo takes a person's last change back, if there is one.
func undo(t *testing.T, r *sandbox.Register, id sandbox.PersonID) {
	t.Helper()
	var fault *sandbox.Error
	if err := r.Change(sandbox.Edit{ID: id, Undo: true}); err != nil && (!errors.As(err, &fault) || fault.Kind != sandbox.Conflict) {
		t.Fatal(err)
	}
}

func TestChangesAreToldAsThePersonsAreNow(t *testing.T) {
	t.Parallel()
	const (
		gone   = `{"personidentifikator":"%s","status":"SLETTET","varslingsstatus":"KAN_IKKE_VARSLES"}`
		mobile = `{"personidentifikator":"%s","reservasjon":"NEI","status":"AKTIV","varslingsstatus":"KAN_VARSLES","kontaktinformasjon":{"mobiltelefonnummer":"+4799990100","mobiltelefonnummer_oppdatert":"2025-03-15T12:00:00+01","mobiltelefonnummer_sist_verifisert":"2025-03-15T12:00:00+01","mobiltelefonnummer_duplisert":"NEI"}}`
	)
	status := func(s sandbox.Status) func(*sandbox.Person) {
		return func(p *sandbox.Person) { p.Status = s }
	}
	register := func(p *sandbox.Person) { p.Status, p.Mobile.Value = sandbox.Active, "+4799990100" }
	for name, c := range map[string]struct {
		id   string
		edit func(r *sandbox.Register, id sandbox.PersonID)
		want string // the change after that of the base; %s is the number
		n    int    // how often it comes
	}{
		"one who was deleted":                {idB, func(r *sandbox.Register, id sandbox.PersonID) { change(t, r, id, status(sandbox.Deleted)) }, gone, 1},
		"one who is not registered any more": {idB, func(r *sandbox.Register, id sandbox.PersonID) { change(t, r, id, status(sandbox.NotRegistered)) }, gone, 1},
		"one who came":                       {idF, func(r *sandbox.Register, id sandbox.PersonID) { change(t, r, id, register) }, mobile, 1},
		"one whose coming was undone":        {idF, func(r *sandbox.Register, id sandbox.PersonID) { change(t, r, id, register); undo(t, r, id) }, gone, 2},
		"one with two changes comes twice": {idB, func(r *sandbox.Register, id sandbox.PersonID) {
			change(t, r, id, status(sandbox.Deleted))
			change(t, r, id, register)
		}, mobile, 2},
		"one who came and went with a reset": {idF, func(r *sandbox.Register, id sandbox.PersonID) {
			change(t, r, id, register)
			if err := r.Reset(); err != nil {
				t.Error(err)
			}
		}, gone, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			r := sandbox.NewRegister(newImage(t, conformancePersons(t)), sandbox.NewFrozenClock(conformanceClock))
			api, _ := newAPI(t, nil, func(cfg *krr.Config) { cfg.Register = r })
			c.edit(r, mustID(t, c.id))
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, feedRequest(firstNr+10, "FEED"))
			told := fmt.Sprintf(c.want, c.id)
			want := fmt.Sprintf(`{"list":[%s],"fraEndringsId":200000011,"tilEndringsId":%[2]d,"sisteEndringsId":%[2]d}`, strings.Repeat(","+told, c.n)[1:], 200000011+c.n)
			if rec.Body.String() != want {
				t.Errorf("\n got %s\nwant %s", rec.Body, want)
			}
		})
	}
}

// wireChanges fills the wire type from a page, plainly.
func wireChanges(page sandbox.FeedPage, from int64, w sandbox.Window, s sandbox.Scopes, g krr.Guesses) krr.ChangesAnswer {
	a := krr.ChangesAnswer{List: []krr.Person{}, FraEndringsID: from, TilEndringsID: int64(page.To), SisteEndringsID: int64(page.Last)}
	g.FilterStale = sandbox.FilterOff
	for _, e := range page.Entries {
		p := wirePerson(e.Person, w, s, g)
		p.Personidentifikator = e.ID.Digits()
		if e.Person.Status() == sandbox.NotRegistered {
			p.Status = "SLETTET"
		}
		if g.FeedWithoutNotice {
			p.Varslingsstatus = ""
		}
		a.List = append(a.List, p)
	}
	return a
}

func TestFeedWritesWhatEncodingJSONWritesOfTheWireTypes(t *testing.T) {
	t.Parallel()
	random, w := source{rand.New(rand.NewPCG(8, 8))}, sandbox.WindowAt(conformanceClock)
	scopes := map[string]sandbox.Scopes{"FEED": sandbox.ScopeContact | sandbox.ScopeMailbox, "FEED_ONLY": 0, "FEED_CONTACT": sandbox.ScopeContact, "FEED_MAILBOX": sandbox.ScopeMailbox}
	people := manyPersons(t, 400)
	for i, p := range people[:300] { // the others come by a change, if at all
		people[i] = random.person(p.ID, w)
	}
	r := sandbox.NewRegister(newImage(t, people[:300]), sandbox.NewFrozenClock(conformanceClock))
	for range 500 {
		if p := people[random.IntN(len(people))]; random.IntN(4) == 0 {
			undo(t, r, p.ID)
		} else {
			change(t, r, p.ID, func(now *sandbox.Person) { *now = random.person(p.ID, w) })
		}
	}
	for i := range 2 * 2 * 3 {
		g := krr.Guesses{Policy: sandbox.Policy{FilterStale: sandbox.FilterStale(i % 3), HideReservedContact: i&1 == 0}, FeedWithoutNotice: i&2 == 0}
		size := 1 + random.IntN(krr.MaxFeedPage)
		api, _ := newAPI(t, nil, func(c *krr.Config) { c.Register, c.Guesses, c.FeedPage = r, g, size })
		for token, s := range scopes {
			from := int64(firstNr - 5 + random.IntN(800))
			rec := httptest.NewRecorder()
			api.ServeHTTP(rec, feedRequest(from, token))
			if got, want := rec.Body.String(), marshal(t, wireChanges(r.Feed(uint64(from), size), from, w, s, g)); got != want {
				t.Fatalf("guesses %+v, token %s\n got %s\nwant %s", g, token, got, want)
			}
		}
	}
}

// follower keeps a local copy by the feed: persons as JSON, by their number.
type follower struct {
	pages  []*krr.API // the same register, each with another size of a page
	from   int64
	copied map[string]string
}

// step asks for one page and tells whether there is more.
func (f *follower) step(t *testing.T, random *rand.Rand) bool {
	t.Helper()
	answer := askFeed(t, f.pages[random.IntN(len(f.pages))], f.from)
	for _, p := range answer.List {
		if p.Status == "AKTIV" {
			f.copied[p.Personidentifikator] = lasting(t, p)
		} else {
			delete(f.copied, p.Personidentifikator)
		}
	}
	if answer.FraEndringsID != f.from || answer.TilEndringsID != max(f.from, 200_000_000)+int64(len(answer.List)) {
		t.Fatalf("page from %d to %d with %d changes", answer.FraEndringsID, answer.TilEndringsID, len(answer.List))
	}
	f.from = answer.TilEndringsID
	return f.from < answer.SisteEndringsID
}

// lasting is what of a person changes with that person's own changes only:
// varslingsstatus follows the clock, and others may come to share an address.
func lasting(t *testing.T, p krr.Person) string {
	t.Helper()
	p.Varslingsstatus = ""
	if k := p.Kontaktinformasjon; k != nil {
		k.EpostadresseDuplisert, k.MobiltelefonnummerDuplisert = "", ""
	}
	return marshal(t, p)
}

// lookedUp gives the active ones of some persons as the look-up tells them.
func lookedUp(t *testing.T, api *krr.API, ids []string) map[string]string {
	t.Helper()
	rec := httptest.NewRecorder()
	api.ServeHTTP(rec, request("POST", v2, `{"personidentifikatorer":["`+strings.Join(ids, `","`)+`"]}`))
	var answer krr.PersonsAnswer
	if err := json.Unmarshal(rec.Body.Bytes(), &answer); err != nil || len(answer.Personer) == 0 {
		t.Fatalf("%v %s", err, rec.Body)
	}
	found := map[string]string{}
	for _, p := range answer.Personer {
		if p.Status == "AKTIV" {
			found[p.Personidentifikator] = lasting(t, p)
		}
	}
	return found
}

func TestWhoFollowsTheFeedHasWhatTheLookUpTells(t *testing.T) {
	t.Parallel()
	random, at := rand.New(rand.NewPCG(9, 9)), conformanceClock
	people, ids := manyPersons(t, 60), []string{}
	for i := range people {
		ids = append(ids, people[i].ID.Digits())
		people[i].Status = sandbox.Status(1 + i%2) // active or deleted
	}
	people[7].Status = sandbox.NotRegistered
	clock := sandbox.NewFrozenClock(at)
	r := sandbox.NewRegister(newImage(t, people[:40]), clock)
	f := follower{copied: map[string]string{}}
	for _, size := range []int{1, 2, 3, 7, 50, krr.MaxFeedPage} {
		api, _ := newAPI(t, nil, func(c *krr.Config) { c.Register, c.FeedPage, c.Guesses.FilterStale = r, size, sandbox.FilterOff })
		f.pages = append(f.pages, api)
	}
	for range 12 {
		for range 25 {
			f.step(t, random)
			for range random.IntN(4) {
				at = at.Add(time.Duration(random.IntN(72)) * time.Hour)
				_ = clock.Set(at, true)
				changeSomehow(t, r, people[random.IntN(len(people))].ID, random)
			}
		}
		for f.step(t, random) {
		}
		sameCopy(t, f.copied, lookedUp(t, f.pages[0], ids))
	}
}

// changeSomehow does one of the things that happen to persons and to registers.
func changeSomehow(t *testing.T, r *sandbox.Register, id sandbox.PersonID, random *rand.Rand) {
	t.Helper()
	n := random.IntN(5)
	switch random.IntN(40) {
	case 0:
		if err := r.Reset(); err != nil {
			t.Fatal(err)
		}
	case 1, 2, 3, 4, 5, 6, 7, 8:
		undo(t, r, id)
	case 9, 10, 11, 12:
		change(t, r, id, func(p *sandbox.Person) { p.Status = sandbox.Deleted })
	case 13, 14, 15:
		change(t, r, id, func(p *sandbox.Person) { p.Status = sandbox.NotRegistered })
	default:
		change(t, r, id, func(p *sandbox.Person) {
			p.Status, p.Reserved, p.Language = sandbox.Active, n == 0, sandbox.Language(n)
			p.Email.Value = fmt.Sprintf("delt%d@example.test", n) // others have it too
		})
	}
}

func sameCopy(t *testing.T, got, want map[string]string) {
	t.Helper()
	if len(want) == 0 {
		t.Fatal("nobody is active")
	}
	for id, person := range want {
		if got[id] != person {
			t.Errorf("\n got %s\nwant %s", got[id], person)
		}
	}
	for id := range got {
		if want[id] == "" {
			t.Errorf("%s is kept and is not in the register", got[id])
		}
	}
}
