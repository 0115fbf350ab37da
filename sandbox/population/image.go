// Package population is the immutable base of the register: an image of
// persons, built once in memory and then only read, so that readers need no
// lock.
package population

import (
	"fmt"
	"slices"
	"strings"
	"sync"

	"liksom/sandbox"
)

// Image is a population in order of identity numbers. It keeps [sandbox.Base].
type Image struct {
	rows   []sandbox.Row
	text   string
	ids    directory
	feed   []uint32 // rows of those who are or were in the register, in the order in which they were made
	email  holders
	mobile holders
}

var _ sandbox.Base = (*Image)(nil)

// Part is a run of persons packed by one worker.
type Part struct {
	rows []sandbox.Row
	text []byte
}

// Grow makes room for n more persons, so that adding them copies nothing.
func (p *Part) Grow(n int) {
	const textOfOne = 80 // names, e-mail, mobile, mailbox address and relatives, on average
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
	feed := feedOf(rows, text.String())
	slices.SortFunc(rows, func(a, b sandbox.Row) int { return a.ID().Compare(b.ID()) })
	for i := 1; i < len(rows); i++ {
		if rows[i].ID() == rows[i-1].ID() {
			return nil, fmt.Errorf("two persons have the number %v", rows[i].ID())
		}
	}
	m := &Image{rows: rows, text: text.String(), ids: newDirectory(rows)}
	m.placeFeed(feed)
	m.markShared()
	return m, nil
}

// feedOf lists the numbers of those who are or were in the register, in the
// order of the rows.
func feedOf(rows []sandbox.Row, text string) []sandbox.PersonID {
	var ids []sandbox.PersonID
	for i := range rows {
		if rows[i].View(text).Status() != sandbox.NotRegistered {
			ids = append(ids, rows[i].ID())
		}
	}
	return ids
}

func (m *Image) placeFeed(ids []sandbox.PersonID) {
	m.feed = make([]uint32, len(ids))
	for i, id := range ids {
		at, _ := m.ids.find(m.rows, id)
		m.feed[i] = uint32(at)
	}
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

// FeedLen is the number of persons that are or were in the register.
func (m *Image) FeedLen() int { return len(m.feed) }

// FeedAt gives person i of these in the order in which they were made.
func (m *Image) FeedAt(i int) sandbox.Record { return m.At(int(m.feed[i])) }

// Holders counts the active persons who have a contact value.
func (m *Image) Holders(c sandbox.Contact) int { return m.holders(c).number(m, c.Value) }

// EachHolder shows the numbers of these.
func (m *Image) EachHolder(c sandbox.Contact, see func(sandbox.PersonID)) {
	m.holders(c).each(m, c.Value, func(i int) { see(m.rows[i].ID()) })
}

func (m *Image) holders(c sandbox.Contact) *holders {
	if c.Mobile {
		return &m.mobile
	}
	return &m.email
}

// markShared finds the contact values that more than one active person has.
func (m *Image) markShared() {
	m.email = newHolders(len(m.rows), func(r sandbox.Record) string { return sandbox.SameEmail(r.Email().Value) })
	m.mobile = newHolders(len(m.rows), func(r sandbox.Record) string { return sandbox.SameMobile(r.Mobile().Value) })
	var email, mobile set
	var both sync.WaitGroup
	both.Go(func() { email = m.email.fill(m) })
	both.Go(func() { mobile = m.mobile.fill(m) })
	both.Wait()
	for i := range m.rows {
		m.rows[i].SetShared(email.has(i), mobile.has(i))
	}
}
