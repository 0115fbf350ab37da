package ui

import (
	"math"

	"liksom/sandbox"
)

// wish is what is asked of one member of a person that is to be made. The zero
// wish asks for nothing.
type wish struct {
	has      presence
	value    string // none for any
	from, to int64  // of a date, both included, in the numbers of query.Field.Number
	dated    bool   // whether from and to hold
}

type presence int8

const (
	either presence = iota
	some
	none
)

func valued(v string) wish { return wish{has: some, value: v} }

func within(from, to int64) wish { return wish{has: some, from: from, to: to, dated: true} }

// meet joins two wishes for one member; not ok when no value meets both.
func (a wish) meet(b wish) (wish, bool) {
	if a.has == either {
		return b, true
	}
	if b.has == either {
		return a, true
	}
	if a.has != b.has || a.value != "" && b.value != "" && a.value != b.value {
		return wish{}, false
	}
	if a.value == "" {
		a.value = b.value
	}
	if !a.dated {
		a.from, a.to, a.dated = math.MinInt64, math.MaxInt64, b.dated
	}
	if b.dated {
		a.from, a.to = max(a.from, b.from), min(a.to, b.to)
	}
	return a, !a.dated || a.from <= a.to
}

// wishes are what is asked of a person, by the member's path on the wire or one of
// the names below.
type wishes map[string]wish

// What is asked of a person and is no member that can be set.
const (
	wishCounty       = "fylke"
	wishSeries       = "serie"
	wishEmailShared  = "delt.epost"
	wishMobileShared = "delt.mobil"
)

// with adds wishes; not ok, and nothing changed, when some cannot be met together.
func (w wishes) with(more wishes) (wishes, bool) {
	out := wishes{}
	for path, one := range w {
		out[path] = one
	}
	for path, one := range more {
		met, ok := out[path].meet(one)
		if !ok {
			return w, false
		}
		out[path] = met
	}
	if !out.possible() {
		return w, false
	}
	return out, true
}

// possible tells whether members that hang together may be so. Who is not in the
// register has no reservation, language, channel or mailbox there.
func (w wishes) possible() bool {
	if status := w["status"].value; status != "" && status != sandbox.Active.String() {
		for _, path := range registerMembers {
			if w[path].has == some {
				return false
			}
		}
	}
	if series := w[wishSeries].value; series != "" && series != "tenor" && w[numberMember].value == "" {
		return false
	}
	county, place := w[wishCounty].value, w["kommunenr"].value
	return county == "" || place == "" || place[:min(2, len(place))] == county
}

// registerMembers are those that only an active person has.
var registerMembers = []string{"reservasjon", "spraak", emailMember, mobileMember, providerMember}

const (
	emailMember    = channelObject + "epostadresse"
	mobileMember   = channelObject + "mobiltelefonnummer"
	providerMember = mailboxObject + "postkasseleverandoeradresse"
	addressMember  = mailboxObject + "postkasseadresse"
	birthMember    = "foedselsdato"
	numberMember   = "personidentifikator"
	kindMember     = "identifikatorType"
)
