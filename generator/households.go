package generator

import "liksom/sandbox"

// blockSize is how many neighbours there are in a block. Their ages are drawn
// apart, so that the age structure stands; who of them is whose partner, child
// or parent is found afterwards, by ages that fit. Of sixteen there is nearly
// always somebody who can be a minor's parent.
const blockSize = 16

const nobody = -1

// The ages that fit; estimated.
const (
	adult          = 18
	coupleYears    = 12
	motherYoungest = 18
	motherOldest   = 45
	fatherOldest   = 60
	usualParent    = 30
	mostChildren   = 3
	guardianFrom   = 25
	guardianTo     = 75
)

// neighbour is one of a block, with the others by their places in it.
type neighbour struct {
	age      int
	sex      sandbox.Sex
	dNumber  bool
	partner  int8
	parents  [2]int8 // the second is the first one's partner
	guardian int8
	home     int8 // whose household it is
	email    int8 // whose e-mail the person has
	mobile   int8
	place    *place
}

type neighbours [blockSize]neighbour

// households finds the relations in a block. It is the same whatever the number
// of persons, also for those who are not asked for.
func (w *Worker) households(at int) *neighbours {
	var m neighbours
	first := w.g.first() + at*blockSize
	w.pcg.Seed(w.g.seed^streamBlock, uint64(at))
	for k := range m {
		who := &w.g.plan[first+k]
		m[k] = neighbour{
			age: DataDay.Age(who.birth), sex: who.sex, dNumber: who.dNumber,
			partner: nobody, parents: [2]int8{nobody, nobody}, guardian: nobody, home: int8(k), email: nobody, mobile: nobody,
		}
	}
	w.pair(&m)
	w.descend(&m)
	w.guard(&m)
	w.settle(&m)
	w.share(&m)
	return &m
}

// pair finds couples.
func (w *Worker) pair(m *neighbours) {
	mix := w.g.mix
	for k := range m {
		a := &m[k]
		if seeks, same := w.chance(mix.seeksPartner.at(a.age)), w.chance(mix.SameSexPartner.PPM); a.partner == nobody && seeks && !a.dNumber && a.age >= adult {
			if j := m.partnerOf(k, same); j != nobody {
				a.partner, m[j].partner = int8(j), int8(k)
				m[max(j, k)].home = int8(min(j, k))
			}
		}
	}
}

func (m *neighbours) partnerOf(k int, same bool) int {
	best, least := nobody, coupleYears+1
	for j := range m {
		b := &m[j]
		if j == k || b.partner != nobody || b.dNumber || b.age < adult || (b.sex == m[k].sex) != same {
			continue
		}
		if years := max(b.age-m[k].age, m[k].age-b.age); years < least {
			best, least = j, years
		}
	}
	return best
}

// descend finds parents: of every minor, and of some adults.
func (w *Worker) descend(m *neighbours) {
	for k := range m {
		if m[k].age < adult && !m[k].dNumber {
			m.adopt(k, blockSize)
			if m[k].parents[0] != nobody {
				m[k].home = m[k].parents[0]
			}
		}
	}
	for k := range m {
		known, home := w.chance(w.g.mix.KnownParents.PPM), w.chance(w.g.mix.livesAtHome.at(m[k].age))
		if m[k].age < adult || m[k].dNumber || !known {
			continue
		}
		m.adopt(k, mostChildren)
		if home && m[k].partner == nobody && m[k].parents[0] != nobody {
			m[k].home = m[k].parents[0]
		}
	}
}

// adopt gives somebody the likeliest parents, mothers first, who have fewer than
// most children.
func (m *neighbours) adopt(k, most int) {
	best, least := nobody, 1<<10
	for j := range m {
		years := m[j].age - m[k].age
		oldest, last := motherOldest, 0
		if m[j].sex == sandbox.Male {
			oldest, last = fatherOldest, 1<<8
		}
		if years < motherYoungest || years > oldest || m[j].dNumber || !m.canAdopt(j, k, most) {
			continue
		}
		if from := max(years-usualParent, usualParent-years) + last; from < least {
			best, least = j, from
		}
	}
	if best == nobody {
		return
	}
	m[k].parents[0] = int8(best)
	if p := m[best].partner; p != nobody && m[p].age-m[k].age >= motherYoungest {
		m[k].parents[1] = p
	}
}

// canAdopt keeps siblings apart in age, and out of each other's marriage.
func (m *neighbours) canAdopt(j, k, most int) bool {
	children := 0
	for c := range m {
		if m[c].parents[0] != int8(j) && m[c].parents[1] != int8(j) {
			continue
		}
		children++
		if m[c].age == m[k].age || m[k].partner == int8(c) {
			return false
		}
	}
	return children < most
}

// guard finds guardians: a grown child, or else a neighbour.
func (w *Worker) guard(m *neighbours) {
	for k := range m {
		start := w.n(blockSize)
		if !w.chance(w.g.mix.ward.at(m[k].age)) || m[k].dNumber || m[k].age < adult {
			continue
		}
		for i := range 2 * blockSize {
			j := (start + i) % blockSize
			child := m[j].parents[0] == int8(k) || m[j].parents[1] == int8(k)
			fits := m[j].age >= guardianFrom && m[j].age <= guardianTo && !m[j].dNumber && m[j].guardian == nobody && m[k].partner != int8(j) && j != k
			if fits && (child || i >= blockSize) {
				m[k].guardian = int8(j)
				break
			}
		}
	}
}

// settle gives each household a municipality.
func (w *Worker) settle(m *neighbours) {
	var of [blockSize]*place
	for k := range of {
		of[k] = &w.g.mix.places[w.pickPlace()]
	}
	for k := range m {
		home := k
		for int(m[home].home) != home {
			home = int(m[home].home)
		}
		m[k].place = of[home]
	}
}

func (w *Worker) pickPlace() int {
	places := w.g.mix.places
	at := w.n(places[len(places)-1].upTo)
	from, to := 0, len(places)-1
	for from < to {
		if middle := (from + to) / 2; at < places[middle].upTo {
			to = middle
		} else {
			from = middle + 1
		}
	}
	return from
}

// share decides who has whose e-mail and mobile.
func (w *Worker) share(m *neighbours) {
	mix := w.g.mix
	for k := range m {
		a := &m[k]
		own, email, mobile := w.n(2) == 0, w.n(million), w.n(million)
		take := func(giver int8, emailPPM, mobilePPM int) {
			if email < emailPPM {
				a.email = giver
			}
			if mobile < mobilePPM {
				a.mobile = giver
			}
		}
		switch {
		case a.guardian != nobody:
			take(a.guardian, mix.WardEmail.PPM, mix.WardMobile.PPM)
		case a.age < adult && a.parents[0] != nobody:
			take(a.parents[0], mix.MinorEmail.PPM, mix.MinorMobile.PPM)
		case int(a.partner) > k:
			giver, taker := int8(k), a.partner
			if own {
				giver, taker = taker, giver
			}
			a = &m[taker]
			take(giver, mix.CoupleEmail.PPM, mix.CoupleMobile.PPM)
		}
	}
}
