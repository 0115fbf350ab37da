package app

import (
	"fmt"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// TestSoak_every_answer_is_of_one_instant saturates the program with look-ups of
// random batches while persons change, the clock moves and resets take all back.
// Each person's answer was learned before in every state that it will be in, with
// nobody else about; now every byte of every answer must be what the register as
// a whole was in one of the states that it went through meanwhile. SOAK sets how
// long; from two minutes on the memory must not grow either.
func TestSoak_every_answer_is_of_one_instant(t *testing.T) {
	t.Parallel()
	long := time.Second
	if d, err := time.ParseDuration(os.Getenv("SOAK")); err == nil {
		long = d
	}
	s := &soak{t: t, victim: startVictim(t, "--reference-date", "2026-11-25", "--clock", "2026-11-25T12:00:00+01:00"), states: make([]soakState, 1)}
	s.meet()
	s.learn()
	s.run(long)
	s.victim.checkLog()
	s.checkMemory()
	t.Logf("%v: %d look-ups of %d persons, %d changes of state", long, s.lookups.Load(), s.persons.Load(), s.acknowledged)
}

const (
	soakCallers   = 64
	soakPersons   = 1500 // are asked for
	soakGroups    = 20   // of persons who are changed together, all or none
	soakMembers   = 10   // in each group
	soakVariants  = 4    // of each group; 0 is unchanged
	soakPositions = 8    // of the clock, a month apart; 0 is where it starts
)

type soak struct {
	t       *testing.T
	victim  *victim
	ids     []string
	group   []int          // by person; -1: never changed
	members [][]string     // by group
	answers [][]soakAnswer // by person, then by soakState.of

	mu           sync.Mutex
	states       []soakState // that the register has been in; the last may be on its way
	acknowledged int         // the last that is there for certain

	over             atomic.Bool
	lookups, persons atomic.Int64
	memory           []int // kB, a sample a second
}

// soakState is what the register as a whole is like.
type soakState struct {
	position int             // of the clock
	variants [soakGroups]int // by group
}

// of tells which of a person's answers a state gives.
func (st *soakState) of(group int) int {
	if group < 0 {
		return st.position * soakVariants
	}
	return st.position*soakVariants + st.variants[group]
}

// meet chooses the persons and makes groups of some who share no address, so that
// nobody outside a group can tell its changes.
func (s *soak) meet() {
	var list struct {
		Persons []struct {
			Personidentifikator, Status string
			Kontaktinformasjon          struct {
				EpostadresseDuplisert       string `json:"epostadresse_duplisert"`
				MobiltelefonnummerDuplisert string `json:"mobiltelefonnummer_duplisert"`
			}
		}
		Next string
	}
	for len(s.ids) < soakPersons {
		s.victim.get("/sandbox/v1/persons?limit=1000&cursor="+list.Next, &list)
		for _, p := range list.Persons {
			group, k := -1, p.Kontaktinformasjon
			if p.Status == "AKTIV" && k.EpostadresseDuplisert == "NEI" && k.MobiltelefonnummerDuplisert == "NEI" && len(s.members) <= soakGroups {
				if len(s.members) == 0 || len(s.members[len(s.members)-1]) == soakMembers {
					s.members = append(s.members, nil)
				}
				if group = len(s.members) - 1; group == soakGroups {
					group = -1
				} else {
					s.members[group] = append(s.members[group], p.Personidentifikator)
				}
			}
			s.ids, s.group = append(s.ids, p.Personidentifikator), append(s.group, group)
		}
	}
	s.members = s.members[:soakGroups]
}

// learn asks for every person in every state.
func (s *soak) learn() {
	s.answers = make([][]soakAnswer, len(s.ids))
	c := s.caller(1)
	all := make([]int, len(s.ids))
	for i := range all {
		all[i] = i
	}
	var now soakState
	distinct := map[string]bool{}
	for position := range soakPositions {
		for variant := range soakVariants {
			next := soakState{position: position}
			for g := range next.variants {
				next.variants[g] = variant
			}
			s.move(now, next)
			now = next
			var learned []soakAnswer
			for some := range slices.Chunk(all, 1000) {
				learned = append(learned, c.learn(some)...)
			}
			for i, a := range learned {
				s.answers[i] = append(s.answers[i], a)
			}
			distinct[fmt.Sprint(learned)] = true
		}
	}
	if len(distinct) != soakPositions*soakVariants {
		s.t.Fatalf("the %d states can be told apart in %d ways only", soakPositions*soakVariants, len(distinct))
	}
	s.reset()
}

// move brings the register from one state to another: by one call, unless both
// the clock and persons differ.
func (s *soak) move(from, to soakState) {
	if from.position != to.position {
		at := time.Date(2026, time.November+time.Month(to.position), 25, 12, 0, 0, 0, time.UTC).Format(time.RFC3339)
		s.control("PUT", "/clock", `{"now":"`+at+`"}`)
	}
	var ops []string
	for g := range to.variants {
		if from.variants[g] != to.variants[g] {
			ops = append(ops, s.operations(g, from.variants[g], to.variants[g])...)
		}
	}
	if ops != nil {
		s.control("POST", "/persons/bulk", `{"operations":[`+strings.Join(ops, ",")+`]}`)
	}
}

// operations bring a group from one variant to another. All dates are given, so
// that it does not matter when they are carried out.
func (s *soak) operations(group, from, to int) (ops []string) {
	for m, id := range s.members[group] {
		if from != 0 {
			ops = append(ops, `{"op":"undo","personidentifikator":"`+id+`"}`)
		}
		const dates = `"epostadresse_oppdatert":"2026-10-01T12:00:00+02","epostadresse_sist_verifisert":"2026-10-02T12:00:00+02"`
		set := `{"op":"set","personidentifikator":"` + id + `","person":`
		switch to {
		case 1: // all share one address
			ops = append(ops, fmt.Sprintf(`%s{"kontaktinformasjon":{"epostadresse":"gruppe%d@example.com",%s}}}`, set, group, dates))
		case 2: // each has its own, and a reservation
			ops = append(ops, fmt.Sprintf(`%s{"reservasjon":"JA","reservasjonstidspunkt":"2026-10-03T12:00:00+02","reservasjon_oppdatert":"2026-10-03T12:00:00+02",
				"kontaktinformasjon":{"epostadresse":"gruppe%d.%d@example.com",%s}}}`, set, group, m, dates))
		case 3:
			ops = append(ops, `{"op":"delete","personidentifikator":"`+id+`"}`)
		}
	}
	return ops
}

func (s *soak) reset() { s.control("POST", "/reset", "") }

func (s *soak) control(method, path, body string) {
	s.t.Helper()
	if a := s.victim.call(method, "/sandbox/v1"+path, body, "Content-Type: application/json"); a.status != 200 {
		s.t.Fatalf("%s %s: %d %s", method, path, a.status, a.body)
	}
}

// run changes the register from state to state while the callers ask.
func (s *soak) run(long time.Duration) {
	timer := time.AfterFunc(long, func() { s.over.Store(true) })
	defer timer.Stop()
	var wg sync.WaitGroup
	defer wg.Wait()
	defer s.over.Store(true)
	for i := range soakCallers {
		c := s.caller(uint64(i))
		wg.Go(c.ask)
	}
	wg.Go(s.watchMemory)
	random := rand.New(rand.NewPCG(7, 7))
	for now := (soakState{}); !s.over.Load(); {
		next, resets := now, random.IntN(100) == 0
		switch {
		case resets:
			next = soakState{}
		case random.IntN(4) == 0:
			next.position = (next.position + 1 + random.IntN(soakPositions-1)) % soakPositions
		default:
			for range 1 + random.IntN(3) {
				v := &next.variants[random.IntN(soakGroups)]
				*v = (*v + 1 + random.IntN(soakVariants-1)) % soakVariants
			}
		}
		s.mu.Lock()
		s.states = append(s.states, next)
		s.mu.Unlock()
		if resets {
			s.reset()
		} else {
			s.move(now, next)
		}
		s.mu.Lock()
		s.acknowledged = len(s.states) - 1
		s.mu.Unlock()
		now = next
	}
}

func (s *soak) watchMemory() {
	second := time.NewTicker(time.Second)
	defer second.Stop()
	for ; !s.over.Load(); <-second.C {
		s.memory = append(s.memory, s.victim.resident())
	}
}

// resident is how much memory of its own the program has, in kB.
func (v *victim) resident() int {
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", v.cmd.Process.Pid))
	if err != nil {
		v.t.Error(err)
	}
	var kB int
	_, line, _ := strings.Cut(string(status), "RssAnon:")
	if _, err := fmt.Sscan(line, &kB); err != nil {
		v.t.Error(err)
	}
	return kB
}

// checkMemory compares the last quarter with the second, when all buffers have
// grown to their size. The change feed remembers every change, in eight bytes.
func (s *soak) checkMemory() {
	n := len(s.memory)
	if n < 120 {
		return
	}
	early, late := slices.Max(s.memory[n/4:n/2]), slices.Max(s.memory[n*3/4:])
	s.t.Logf("resident: %d kB at first, %d kB in the second quarter, %d kB in the last", s.memory[0], early, late)
	if late > early*23/20 {
		s.t.Errorf("the memory grew from %d to %d kB", early, late)
	}
}
