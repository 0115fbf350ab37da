package generator

import "liksom/sandbox"

// planned is what the first pass fixes of a person.
type planned struct {
	id      sandbox.PersonID
	birth   sandbox.Date
	name    int32  // which pair of words
	nth     uint16 // how many persons before have the same name
	sex     sandbox.Sex
	dNumber bool
}

// numbering hands out identity numbers the way Test-Norge does: each birth date
// has a row of individnumre that is used up from one end. What is handed out
// next for a date depends only on the persons before.
type numbering struct {
	g     *Generator
	used  []uint16 // how far each row is used, see rowOf
	names []uint16 // how many have each name
	taken map[sandbox.PersonID]bool
}

func newNumbering(g *Generator) *numbering {
	n := &numbering{
		g: g, used: make([]uint16, rowOf(identity{birth: sandbox.Date{Year: 2040, Month: 1, Day: 1}})),
		names: make([]uint16, g.words.pairs()), taken: map[sandbox.PersonID]bool{},
	}
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
	first := n.g.first()
	plan := make([]planned, 0, first+persons)
	for i, v := range n.g.vectors {
		w.stream(i, streamIdentity)
		who := identity{birth: v.id.BirthDate(), sex: v.id.Sex(), dNumber: v.id.DNumber(), name: w.faker.IntN(n.g.words.pairs())}
		plan = append(plan, n.add(v.id, who))
	}
	for _, p := range n.g.fixed {
		plan = append(plan, planned{id: p.ID})
	}
	for i := range persons {
		who := w.identity(first + i)
		id := n.next(&who)
		plan = append(plan, n.add(id, who))
	}
	return plan
}

func (n *numbering) add(id sandbox.PersonID, who identity) planned {
	nth := n.names[who.name]
	n.names[who.name]++
	return planned{id, who.birth, int32(who.name), nth, who.sex, who.dNumber}
}

// rowOf numbers the rows: the combinations of birth date, fødselsnummer or
// D-number, and woman, man or the rule of 2032, which has one row for both.
func rowOf(who identity) int {
	const first = 1854
	b := who.birth
	day := ((int(b.Year)-first)*12+int(b.Month)-1)*31 + int(b.Day) - 1
	kind := choose(who.new, 0, int(who.sex))
	return (day*2+choose(who.dNumber, 1, 0))*3 + kind
}

// next hands out a number. A birth date whose row is used up passes on to the
// day after, which happens to nobody below [MaxPersons] in practice.
func (n *numbering) next(who *identity) sandbox.PersonID {
	for ; ; who.birth = who.birth.AddDays(1) {
		used := &n.used[rowOf(*who)]
		row := individuals(*who)
		for int(*used) < row.count {
			id, ok := n.g.number(*who, row, int(*used))
			*used++
			if ok && !n.taken[id] {
				return id
			}
		}
	}
}

// number makes number at of a row, if there is one.
func (g *Generator) number(who identity, row *row, at int) (sandbox.PersonID, bool) {
	if who.new {
		return sandbox.MakePersonID2032(who.birth, row.at(at/remainders2032), 1+at%remainders2032, who.dNumber, g.series)
	}
	individual := row.at(at)
	if (individual%2 == 0) != (who.sex == sandbox.Female) {
		return sandbox.PersonID{}, false
	}
	return sandbox.MakePersonID(who.birth, individual, who.dNumber, g.series)
}

// remainders2032 are how many numbers the rule of 2032 gives an individnummer
// besides the one of the old rule, all of them used before the next.
// Source: "Nytt fødselsnummer fra 2032" (Skatteetaten), which assumes so.
const remainders2032 = 3

// row is the order in which a date's individnumre are handed out: one range
// after the other, each from its first to its last, upwards or downwards.
type row struct {
	spans [2][2]int
	count int // of numbers
}

func makeRow(repeat int, spans ...[2]int) row {
	var r row
	for i, span := range spans {
		r.spans[i] = span
		r.count += length(span) * repeat
	}
	return r
}

func length(span [2]int) int { return max(span[0]-span[1], span[1]-span[0]) + 1 }

func (r *row) at(i int) int {
	span := r.spans[0]
	if n := length(span); i >= n {
		i, span = i-n, r.spans[1]
	}
	if span[0] > span[1] {
		return span[0] - i
	}
	return span[0] + i
}

// The rows. Fødselsnumre are used from the top, the series that was opened
// later first; D-numbers from the bottom, and only where both tables of
// centuries agree. Observed in published numbers of Test-Norge. The last twenty
// individnumre of every row are left to [Config.Fixed], so that more fixed
// persons can come without moving anybody.
var (
	rowFNR1800 = makeRow(1, [2]int{749, 520})
	rowFNR1900 = makeRow(1, [2]int{499, 20})
	rowFNR1940 = makeRow(1, [2]int{999, 900}, [2]int{499, 20})
	rowFNR2000 = makeRow(1, [2]int{999, 520})
	rowD1800   = makeRow(1, [2]int{500, 579})
	rowD1900   = makeRow(1, [2]int{0, 179})
	rowD1940   = makeRow(1, [2]int{0, 479})
	rowD2000   = makeRow(1, [2]int{750, 979}, [2]int{600, 749})
	rowFNR2032 = makeRow(remainders2032, [2]int{999, 20})
	rowD2032   = makeRow(remainders2032, [2]int{0, 979})
)

func individuals(who identity) *row {
	year := who.birth.Year
	switch {
	case who.new && who.dNumber:
		return &rowD2032
	case who.new:
		return &rowFNR2032
	case year < 1900 && who.dNumber:
		return &rowD1800
	case year < 1900:
		return &rowFNR1800
	case year < 1940 && who.dNumber:
		return &rowD1900
	case year < 1940:
		return &rowFNR1900
	case year < 2000 && who.dNumber:
		return &rowD1940
	case year < 2000:
		return &rowFNR1940
	case who.dNumber:
		return &rowD2000
	}
	return &rowFNR2000
}
