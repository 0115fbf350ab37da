// Package population is the immutable base of the register: an image of
// persons, built once in memory and then only read, so that readers need no
// lock.
package population

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"liksom/sandbox"
)

// Image is a population in order of identity numbers. It keeps [sandbox.Base].
type Image struct {
	rows []sandbox.Row
	text string
	ids  directory
}

var _ sandbox.Base = (*Image)(nil)

// Part is a run of persons packed by one worker.
type Part struct {
	rows []sandbox.Row
	text []byte
}

// Grow makes room for n more persons, so that adding them copies nothing.
func (p *Part) Grow(n int) {
	const textOfOne = 72 // names, e-mail, mobile and mailbox address, on average
	p.rows = slices.Grow(p.rows, n)
	p.text = slices.Grow(p.text, n*textOfOne)
}

// Add packs one more person.
func (p *Part) Add(person sandbox.Person) error {
	row, text, err := sandbox.Pack(person, p.text)
	if err != nil {
		return err
	}
	p.rows, p.text = append(p.rows, row), text
	return nil
}

// New makes an image of a few persons.
func New(persons []sandbox.Person) (*Image, error) {
	var part Part
	for _, p := range persons {
		if err := part.Add(p); err != nil {
			return nil, err
		}
	}
	return Join(part)
}

// Join makes one image of the parts: rows in id order, the shared contact
// values counted. The parts must not be used afterwards. Two persons with one
// number are an error.
func Join(parts ...Part) (*Image, error) {
	var count, size int
	for _, p := range parts {
		count, size = count+len(p.rows), size+len(p.text)
	}
	if size > int(^uint32(0)) {
		return nil, fmt.Errorf("the texts of %d persons take %d bytes; at most 4 GiB fit", count, size)
	}
	rows := make([]sandbox.Row, 0, count)
	var text strings.Builder
	text.Grow(size)
	for _, p := range parts {
		at := text.Len()
		for i := range p.rows {
			p.rows[i].Shift(at)
		}
		rows = append(rows, p.rows...)
		text.Write(p.text)
	}
	slices.SortFunc(rows, func(a, b sandbox.Row) int { return a.ID().Compare(b.ID()) })
	for i := 1; i < len(rows); i++ {
		if rows[i].ID() == rows[i-1].ID() {
			return nil, fmt.Errorf("two persons have the number %v", rows[i].ID())
		}
	}
	m := &Image{rows: rows, text: text.String(), ids: newDirectory(rows)}
	m.markShared()
	return m, nil
}

// Len is the number of persons.
func (m *Image) Len() int { return len(m.rows) }

// At gives person i in id order.
func (m *Image) At(i int) sandbox.Record { return m.rows[i].View(m.text) }

// Find gives the place of the first person whose id is not below id.
func (m *Image) Find(id sandbox.PersonID) int {
	i, _ := slices.BinarySearchFunc(m.rows, id, func(r sandbox.Row, id sandbox.PersonID) int { return r.ID().Compare(id) })
	return i
}

// Lookup fills out[i] with the person ids[i], or with the zero Record.
func (m *Image) Lookup(ids []sandbox.PersonID, out []sandbox.Record) {
	for i, id := range ids {
		out[i] = sandbox.Record{}
		if at, ok := m.ids.find(m.rows, id); ok {
			out[i] = m.rows[at].View(m.text)
		}
	}
}

// markShared finds the contact values that more than one active person has. A
// count by hash would do with less memory; a sort needs no argument about
// collisions.
func (m *Image) markShared() {
	email := m.shared(func(r sandbox.Record) string { return sandbox.SameEmail(r.Email().Value) })
	mobile := m.shared(func(r sandbox.Record) string { return sandbox.SameMobile(r.Mobile().Value) })
	for i := range m.rows {
		m.rows[i].SetShared(email[i], mobile[i])
	}
}

func (m *Image) shared(value func(sandbox.Record) string) []bool {
	type holder struct {
		value string
		row   int32
	}
	holders := make([]holder, 0, len(m.rows))
	for i := range m.rows {
		r := m.rows[i].View(m.text)
		if v := value(r); v != "" && r.Status() == sandbox.Active {
			holders = append(holders, holder{v, int32(i)})
		}
	}
	slices.SortFunc(holders, func(a, b holder) int { return cmp.Compare(a.value, b.value) })
	out := make([]bool, len(m.rows))
	for i := 1; i < len(holders); i++ {
		if holders[i].value == holders[i-1].value {
			out[holders[i].row], out[holders[i-1].row] = true, true
		}
	}
	return out
}
