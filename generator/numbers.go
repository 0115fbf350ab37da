package generator

import "liksom/sandbox"

// planned is what the first pass fixes of a person.
type planned struct {
	id   sandbox.PersonID
	name int32  // which pair of words
	nth  uint16 // how many persons before have the same name
}

// numbering hands out identity numbers the way Test-Norge does: each birth date
// has a row of individnumre that is used up from one end. What is handed out
// next for a date depends only on the persons before.
type numbering struct {
	g     *Generator
	used  map[series]int // how far each row is used
	names []uint16       // how many have each name
	taken map[sandbox.PersonID]bool
}

type series struct {
	birth   sandbox.Date
	sex     sandbox.Sex
	dNumber bool
}

func newNumbering(g *Generator) *numbering {
	n := &numbering{g: g, used: map[series]int{}, names: make([]uint16, g.words.pairs()), taken: map[sandbox.PersonID]bool{}}
	for _, v := range g.vectors {
		n.taken[v.id] = true
	}
	for _, p := range g.fixed {
		n.taken[p.ID] = true
	}
	return n
}

func (n *numbering) plan(persons int) []planned {
	w := n.g.Worker()
	plan := make([]planned, 0, n.g.first()+persons)
	for i, v := range n.g.vectors {
		w.stream(i, streamIdentity)
		plan = append(plan, n.add(v.id, w.faker.IntN(n.g.words.pairs())))
	}
	for _, p := range n.g.fixed {
		plan = append(plan, planned{id: p.ID})
	}
	for i := range persons {
		who := w.identity(n.g.first() + i)
		plan = append(plan, n.add(n.next(who), who.name))
	}
	return plan
}

func (n *numbering) add(id sandbox.PersonID, name int) planned {
	nth := n.names[name]
	n.names[name]++
	return planned{id, int32(name), nth}
}

// next hands out a number. A birth date whose row is used up passes on to the
// day after, which happens to nobody below [MaxPersons] in practice.
func (n *numbering) next(who identity) sandbox.PersonID {
	for s := (series{who.birth, who.sex, who.dNumber}); ; s.birth = s.birth.AddDays(1) {
		row := individuals(int(s.birth.Year), s.dNumber)
		for at := n.used[s]; at < row.len(); at++ {
			individual := row.at(at)
			if (individual%2 == 0) != (s.sex == sandbox.Female) {
				continue
			}
			id, ok := sandbox.MakePersonID(s.birth, individual, s.dNumber, sandbox.SeriesTenor)
			if ok && !n.taken[id] {
				n.used[s] = at + 1
				return id
			}
		}
		n.used[s] = row.len()
	}
}

// row is the order in which a date's individnumre are handed out: one range
// after the other, each from its first to its last, upwards or downwards.
type row [][2]int

func (r row) len() int {
	n := 0
	for _, span := range r {
		n += max(span[0]-span[1], span[1]-span[0]) + 1
	}
	return n
}

func (r row) at(i int) int {
	for _, span := range r {
		n := max(span[0]-span[1], span[1]-span[0]) + 1
		switch {
		case i >= n:
			i -= n
		case span[0] > span[1]:
			return span[0] - i
		default:
			return span[0] + i
		}
	}
	return -1
}

// The rows. Fødselsnumre are used from the top, the series that was opened
// later first; D-numbers from the bottom, and only where both tables of
// centuries agree. Observed in published numbers of Test-Norge. The last twenty
// individnumre of every row are left to [Config.Fixed], so that more fixed
// persons can come without moving anybody.
var (
	rowFNR1800 = row{{749, 520}}
	rowFNR1900 = row{{499, 20}}
	rowFNR1940 = row{{999, 900}, {499, 20}}
	rowFNR2000 = row{{999, 520}}
	rowD1800   = row{{500, 579}}
	rowD1900   = row{{0, 179}}
	rowD1940   = row{{0, 479}}
	rowD2000   = row{{750, 979}, {600, 749}}
)

func individuals(year int, dNumber bool) row {
	switch {
	case year < 1900 && dNumber:
		return rowD1800
	case year < 1900:
		return rowFNR1800
	case year < 1940 && dNumber:
		return rowD1900
	case year < 1940:
		return rowFNR1900
	case year < 2000 && dNumber:
		return rowD1940
	case year < 2000:
		return rowFNR1940
	case dNumber:
		return rowD2000
	}
	return rowFNR2000
}
