package app

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"strings"
	"time"
)

// soakAnswer is what is told of one person in one state.
type soakAnswer struct {
	text string // the JSON object
	both bool   // whether version 2 tells it too
}

// soakCaller is one connection that asks without a pause.
type soakCaller struct {
	*soak
	random *rand.Rand
	client http.Client
	token  string
	minted time.Time
	order  []int // of all persons; shuffled further with each question
}

// caller makes a caller; every eighth takes gzip.
func (s *soak) caller(nr uint64) *soakCaller {
	c := &soakCaller{soak: s, random: rand.New(rand.NewPCG(nr, 1)), order: make([]int, len(s.ids))}
	c.client.Transport = &http.Transport{MaxConnsPerHost: 1, DisableCompression: nr%8 != 0}
	for i := range c.order {
		c.order[i] = i
	}
	return c
}

// ask asks for random persons until all is over, and checks the answers.
func (c *soakCaller) ask() {
	defer c.client.CloseIdleConnections()
	for !c.over.Load() {
		version, persons := 1+c.random.IntN(2), c.pick()
		c.mu.Lock()
		from := c.acknowledged
		c.mu.Unlock()
		body, err := c.lookup(version, persons)
		if err != nil {
			c.t.Error(err)
			c.over.Store(true)
			return
		}
		c.mu.Lock()
		passed := c.states[from:]
		c.mu.Unlock()
		if fault := c.differs(body, version, persons, passed); fault != "" {
			c.t.Errorf("an answer of version %d about %d persons is of none of the %d states it may be of: %s", version, len(persons), len(passed), fault)
			c.over.Store(true)
			return
		}
		c.lookups.Add(1)
		c.persons.Add(int64(len(persons)))
	}
}

// pick draws 1 to 1000 different persons; one time in four, one.
func (c *soakCaller) pick() []int {
	n := 1
	if c.random.IntN(4) > 0 {
		n += c.random.IntN(1000)
	}
	for i := range n {
		j := i + c.random.IntN(len(c.order)-i)
		c.order[i], c.order[j] = c.order[j], c.order[i]
	}
	return c.order[:n]
}

// differs tells where an answer differs from the state it is most like, or "".
func (c *soakCaller) differs(body []byte, version int, persons []int, states []soakState) string {
	var fault string
	longest := -1
	for i := range states {
		alike, said := c.alike(body, version, persons, &states[i])
		if said == "" {
			return ""
		}
		if alike > longest {
			longest, fault = alike, fmt.Sprintf("number %d is most like it, but: %s", i, said)
		}
	}
	for _, st := range states {
		fault += fmt.Sprintf("\n%+v", st)
	}
	return fault
}

// alike counts the persons that are told as in a state, and says what is not.
func (c *soakCaller) alike(body []byte, version int, persons []int, st *soakState) (int, string) {
	rest, between := body, `{"personer":[`
	for n, i := range persons {
		want := c.answers[i][st.of(c.group[i])]
		if version == 2 && !want.both {
			continue
		}
		ok := false
		if rest, ok = bytes.CutPrefix(rest, []byte(between)); ok {
			rest, ok = bytes.CutPrefix(rest, []byte(want.text))
		}
		if !ok {
			return n, fmt.Sprintf("a person of group %d is %.400s and not %.400s", c.group[i], rest, want.text)
		}
		between = ","
	}
	if string(rest) != "]}" && string(rest) != `{"personer":[]}` {
		return len(persons), fmt.Sprintf("at its end there is %.400s", rest)
	}
	return len(persons), ""
}

// learn asks for persons while nothing changes.
func (c *soakCaller) learn(persons []int) []soakAnswer {
	body, err := c.lookup(1, persons)
	if err != nil {
		c.t.Fatal(err)
	}
	var told struct{ Personer []json.RawMessage }
	if err := json.Unmarshal(body, &told); err != nil || len(told.Personer) != len(persons) {
		c.t.Fatalf("%d persons, %v", len(told.Personer), err)
	}
	out := make([]soakAnswer, len(persons))
	for i, p := range told.Personer {
		out[i] = soakAnswer{text: string(p), both: !bytes.Contains(p, []byte(`"status":"IKKE_REGISTRERT"`))}
	}
	return out
}

func (c *soakCaller) lookup(version int, persons []int) ([]byte, error) {
	if err := c.renew(); err != nil {
		return nil, err
	}
	ids := make([]string, len(persons))
	for i, p := range persons {
		ids[i] = c.ids[p]
	}
	return c.post(fmt.Sprintf("/rest/v%d/personer", version), `{"personidentifikatorer":["`+strings.Join(ids, `","`)+`"]}`, "Authorization", "Bearer "+c.token)
}

// renew gets a token before the last one runs out.
func (c *soakCaller) renew() error {
	if time.Since(c.minted) < time.Minute {
		return nil
	}
	token, err := c.post("/sandbox/v1/tokens", `{"client_id":"demo","scope":"krr:global/kontaktinformasjon.read krr:global/digitalpost.read"}`, "Accept", "text/plain")
	c.token, c.minted = strings.TrimSpace(string(token)), time.Now()
	return err
}

func (c *soakCaller) post(path, body, name, value string) ([]byte, error) {
	r, err := http.NewRequestWithContext(c.t.Context(), http.MethodPost, c.victim.base+path, strings.NewReader(body))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", "application/json")
	r.Header.Set(name, value)
	resp, err := c.client.Do(r)
	if err != nil {
		return nil, err
	}
	answer, err := io.ReadAll(resp.Body)
	_ = resp.Body.Close() // it was read to its end, or the error says why not
	if err == nil && resp.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %d %s", path, resp.StatusCode, answer)
	}
	return answer, err
}
