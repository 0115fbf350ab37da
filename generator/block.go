package generator

import "liksom/sandbox"

// fill makes the persons of a block.
func (w *Worker) fill(at int) {
	m := w.households(at)
	first := w.g.first() + at*blockSize
	for k := range m {
		w.made[k] = w.alone(first+k, m[k].place)
	}
	for k := range m {
		w.take(m, k)
	}
	for k := range m {
		w.made[k].Kin = w.kin(m, first, k)
	}
	w.block = at
}

// take copies what is shared, where both have the channel. A giver who has it
// from somebody else gives that.
func (w *Worker) take(m *neighbours, k int) {
	p := &w.made[k]
	if j := m[k].email; j != nobody && p.Email.Value != "" && w.made[j].Email.Value != "" {
		p.Email.Value = w.made[j].Email.Value
	}
	if j := m[k].mobile; j != nobody && p.Mobile.Value != "" && w.made[j].Mobile.Value != "" {
		p.Mobile.Value = w.made[j].Mobile.Value
	}
}

// kin lists the relatives among the persons that are asked for: partner,
// parents, children, guardian, wards.
func (w *Worker) kin(m *neighbours, first, k int) sandbox.Kin {
	var room [3 * blockSize]sandbox.Relative
	list := room[:0]
	add := func(j int8, r sandbox.Relation) {
		if j != nobody && first+int(j) < w.g.length {
			list = append(list, sandbox.Relative{Relation: r, ID: w.g.plan[first+int(j)].id})
		}
	}
	a := &m[k]
	add(a.partner, sandbox.Partner)
	for i, parent := range a.parents {
		if parent != nobody {
			add(parent, m.parentAs(a, i))
		}
	}
	for j := range m {
		if m[j].parents[0] == int8(k) || m[j].parents[1] == int8(k) {
			add(int8(j), sandbox.Child)
		}
	}
	add(a.guardian, sandbox.Guardian)
	for j := range m {
		if m[j].guardian == int8(k) {
			add(int8(j), sandbox.Ward)
		}
	}
	return sandbox.MakeKin(list...)
}

func (m *neighbours) parentAs(child *neighbour, i int) sandbox.Relation {
	switch p := m[child.parents[i]]; {
	case p.sex == sandbox.Male:
		return sandbox.Father
	case i == 1 && m[child.parents[0]].sex == sandbox.Female:
		return sandbox.CoMother
	}
	return sandbox.Mother
}
