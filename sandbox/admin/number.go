package admin

import (
	"sync"

	"liksom/sandbox"
)

// numbers finds numbers that nobody has. One that is found is held back from
// others until it is let go, since it is not in the register at once.
type numbers struct {
	known func(sandbox.PersonID) bool

	mu   sync.Mutex // guards held
	held map[sandbox.PersonID]bool
}

// wanted says what a number shall tell. The zero Date is any adult's, and
// SexUnknown is either.
type wanted struct {
	birth   sandbox.Date
	sex     sandbox.Sex
	dNumber bool
}

// fresh finds a number of the Tenor series, and holds it. Of a birth date that
// was not asked for, the first is the day 40 years ago, then those before it.
func (n *numbers) fresh(w wanted, today sandbox.Date) (sandbox.PersonID, error) {
	const days = 3650
	n.mu.Lock()
	defer n.mu.Unlock()
	if !w.birth.IsZero() {
		if id, ok := n.bornOn(w); ok {
			return id, nil
		}
		return sandbox.PersonID{}, conflict("number.none", "no number is left that tells the birth date "+w.birth.String()+"; choose another foedselsdato, or a kjoenn or identifikatorType that has one")
	}
	w.birth = today.AddYears(-40)
	if last := (sandbox.Date{Year: 2039, Month: 12, Day: 31}); last.Before(w.birth) {
		w.birth = last // later births cannot be told apart from those of 1940 and on
	}
	for range days {
		if id, ok := n.bornOn(w); ok {
			return id, nil
		}
		w.birth = w.birth.AddDays(-1)
	}
	return sandbox.PersonID{}, conflict("number.none", "no number is left; choose a foedselsdato")
}

// bornOn goes through a day's numbers: a fødselsnummer from the highest
// individnummer down, a D-number from the lowest up.
func (n *numbers) bornOn(w wanted) (sandbox.PersonID, bool) {
	const individuals = 1000
	for i := range individuals {
		if !w.dNumber {
			i = individuals - 1 - i
		}
		id, ok := sandbox.MakePersonID(w.birth, i, w.dNumber, sandbox.SeriesTenor)
		if !ok || w.sex != sandbox.SexUnknown && id.Sex() != w.sex || n.held[id] || n.known(id) {
			continue
		}
		n.held[id] = true
		return id, true
	}
	return sandbox.PersonID{}, false
}

func (n *numbers) letGo(ids []sandbox.PersonID) {
	n.mu.Lock()
	defer n.mu.Unlock()
	for _, id := range ids {
		delete(n.held, id)
	}
}
