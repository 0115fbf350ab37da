package krr

import (
	"sort"
	"time"

	"liksom/sandbox"
)

// calendar spells moments as [sandbox.Instant.Wire] does, from tables made
// beforehand. The time package would take most of the time of an answer.
type calendar struct {
	// pieces give the hours that Norwegian time is ahead of UTC. Time is cut
	// into pieces of 48 days, so short that each holds one change at most.
	pieces [1 << (32 - pieceBits)]struct {
		change        sandbox.Instant // zero when there is none
		before, after uint8
	}
	// days are those of four years from 1968, a leap year; later years repeat them.
	days [daysOf4Years]struct {
		year uint8   // 0 to 3
		text [7]byte // "-01-02T"
	}
	pairs [100][2]byte // two digits each
}

const (
	pieceBits    = 22
	daysOf4Years = 4*365 + 1
	daysTo1970   = 366 + 365                 // from 1968
	leapDay2100  = 33*daysOf4Years + 31 + 28 // from 1968; the day that 2100 has not
)

func newCalendar() *calendar {
	var c calendar
	for i := range c.pieces {
		p, start := &c.pieces[i], sandbox.Instant(i)<<pieceBits
		p.before, p.after = hoursAhead(start), hoursAhead(start+1<<pieceBits-1)
		if p.before != p.after {
			// Not Time.ZoneBounds, which gives the turn of some years too.
			p.change = start + sandbox.Instant(sort.Search(1<<pieceBits, func(n int) bool {
				return hoursAhead(start+sandbox.Instant(n)) == p.after
			}))
		}
	}
	for i := range c.days {
		day := time.Date(1968, time.January, 1+i, 0, 0, 0, 0, time.UTC)
		c.days[i].year = uint8(day.Year() - 1968)
		copy(c.days[i].text[:], day.Format("-01-02T"))
	}
	for i := range c.pairs {
		c.pairs[i] = [2]byte{byte('0' + i/10), byte('0' + i%10)}
	}
	return &c
}

func hoursAhead(at sandbox.Instant) uint8 {
	_, seconds := time.Unix(int64(at), 0).In(sandbox.Oslo).Zone()
	return uint8(seconds / 3600)
}

// appendWire appends what [sandbox.Instant.Wire] gives for a moment that is not zero.
func (c *calendar) appendWire(b []byte, at sandbox.Instant) []byte {
	piece := &c.pieces[at>>pieceBits]
	ahead := piece.before
	if at >= piece.change {
		ahead = piece.after
	}
	local := uint64(at) + uint64(ahead)*3600
	days, seconds := uint32(local/86400)+daysTo1970, uint32(local%86400)
	if days >= leapDay2100 {
		days++
	}
	day := &c.days[days%daysOf4Years]
	year := 1968 + days/daysOf4Years*4 + uint32(day.year)
	b = append(b, "2006-01-02T15:04:05+07"...)
	t := (*[22]byte)(b[len(b)-22:])
	*(*[2]byte)(t[0:]) = c.pairs[year/100]
	*(*[2]byte)(t[2:]) = c.pairs[year%100]
	*(*[7]byte)(t[4:]) = day.text
	*(*[2]byte)(t[11:]) = c.pairs[seconds/3600]
	*(*[2]byte)(t[14:]) = c.pairs[seconds/60%60]
	*(*[2]byte)(t[17:]) = c.pairs[seconds%60]
	*(*[2]byte)(t[20:]) = c.pairs[ahead]
	return b
}
