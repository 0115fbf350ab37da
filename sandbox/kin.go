package sandbox

import "iter"

// Relation says what one person is to another in the population register.
type Relation uint8

// The relations. Source: tenorrelasjonsnavn in "Tenor testdata" (Skatteetaten)
// for the first five; those of a guardian are named after vergemål.
const (
	Partner Relation = iota
	Child
	Father
	Mother
	CoMother
	Guardian // of the person
	Ward     // whose guardian the person is
)

var relationWords = [...]string{"partner", "barn", "far", "mor", "medmor", "verge", "vergemaal"}

// String gives the word of the population register.
func (r Relation) String() string { return relationWords[r] }

// Relative is another person and what that one is to this.
type Relative struct {
	Relation Relation
	ID       PersonID
}

// Kin is a person's relatives, packed so that persons can be compared with ==:
// for each a byte for the relation and five for the number, in the order given.
type Kin string

const sizeOfRelative = 6

// MakeKin packs relatives.
func MakeKin(relatives ...Relative) Kin {
	b := make([]byte, 0, sizeOfRelative*len(relatives))
	for _, r := range relatives {
		n := r.ID.n
		b = append(b, byte(r.Relation), byte(n>>32), byte(n>>24), byte(n>>16), byte(n>>8), byte(n))
	}
	return Kin(b)
}

// Len is the number of relatives.
func (k Kin) Len() int { return len(k) / sizeOfRelative }

// At gives relative i, 0 <= i < Len.
func (k Kin) At(i int) Relative {
	b := k[i*sizeOfRelative:][:sizeOfRelative]
	return Relative{Relation(b[0]), PersonID{uint64(b[1])<<32 | uint64(b[2])<<24 | uint64(b[3])<<16 | uint64(b[4])<<8 | uint64(b[5])}}
}

// All gives the relatives in order.
func (k Kin) All() iter.Seq[Relative] {
	return func(yield func(Relative) bool) {
		for i := range k.Len() {
			if !yield(k.At(i)) {
				return
			}
		}
	}
}

// good tells whether the bytes are those of MakeKin.
func (k Kin) good() bool {
	if len(k)%sizeOfRelative != 0 {
		return false
	}
	for i := 0; i < len(k); i += sizeOfRelative {
		if int(k[i]) >= len(relationWords) {
			return false
		}
	}
	return true
}
