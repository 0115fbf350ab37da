package catalogue

import (
	"fmt"
	"slices"
	"strings"

	"liksom/sandbox"
)

// Scope names which of the two read scopes a token has.
type Scope string

// The scopes: both, krr:global/kontaktinformasjon.read alone, and
// krr:global/digitalpost.read alone.
const (
	Both    Scope = "begge"
	Contact Scope = "kontakt"
	Mailbox Scope = "post"
)

// Scopes are all of them.
var Scopes = []Scope{Both, Contact, Mailbox}

// Rights gives what the scope lets a token read.
func (s Scope) Rights() sandbox.Scopes {
	switch s {
	case Contact:
		return sandbox.ScopeContact
	case Mailbox:
		return sandbox.ScopeMailbox
	}
	return sandbox.ScopeContact | sandbox.ScopeMailbox
}

// expectation is what an entry expects of a person. Words say what the answer
// holds, see [Words]; members that are not among them must be absent.
type expectation struct {
	words   map[Scope][]string
	leftOut bool // whether version 2 leaves the person out
	values  []value
}

// value is what a member must be, under every scope that tells it.
type value struct {
	member string
	rule   rule
	text   string
	when   when
}

type rule uint8

const (
	equals  rule = iota // the text
	ends                // …text: how it ends
	absent              // null: it is not there
	moment              // @-3m: that moment
	earlier             // <@T
	later               // >@T
)

// Expected is what is expected of a person on a reference date.
type Expected struct {
	expectation
	t sandbox.Instant
}

func (x expectation) at(t sandbox.Instant) Expected { return Expected{x, t} }

// Words gives what the answer of a version under a scope must hold. It is not ok
// when the person must be left out.
func (x Expected) Words(version int, s Scope) (words []string, ok bool) {
	if x.leftOut && version >= 2 {
		return nil, false
	}
	return x.words[s], true
}

// Values spells what single members must be: "spraak_oppdatert" is "2026-05-01T00:00:00+02".
func (x Expected) Values() map[string]string {
	out := map[string]string{}
	for _, v := range x.values {
		out[v.member] = v.spell(x.t)
	}
	return out
}

func (v value) spell(t sandbox.Instant) string {
	switch v.rule {
	case ends:
		return "…" + v.text
	case absent:
		return "–"
	case moment:
		return v.when.at(t).Wire()
	case earlier:
		return "< " + v.when.at(t).Wire()
	case later:
		return "> " + v.when.at(t).Wire()
	}
	return v.text
}

// Faults says how an answer differs from what is expected; none when it does
// not. The answer is one person's JSON object, nil when the person was left out.
func (x Expected) Faults(version int, s Scope, answer []byte) []string {
	want, told := x.Words(version, s)
	switch {
	case !told && answer == nil:
		return nil
	case !told:
		return []string{"answered, and should be left out"}
	case answer == nil:
		return []string{"left out, and should be answered"}
	}
	got, members, err := read(answer)
	if err != nil {
		return []string{err.Error()}
	}
	var faults []string
	for _, w := range want {
		if !slices.Contains(got, w) {
			faults = append(faults, w+" is missing")
		}
	}
	for _, w := range got {
		if !slices.Contains(want, w) {
			faults = append(faults, w+" is too much")
		}
	}
	for _, v := range x.values {
		if !v.holds(members, got, x.t) {
			faults = append(faults, fmt.Sprintf("%s is %q and should be %s", v.member, members[v.member], v.spell(x.t)))
		}
	}
	return faults
}

// holds asks nothing of a member whose part is not told.
func (v value) holds(members map[string]string, words []string, t sandbox.Instant) bool {
	got, there := members[v.member]
	if !Told(v.member, words) {
		return !there
	}
	if v.rule == absent {
		return !there
	}
	if !there {
		return false
	}
	switch v.rule {
	case ends:
		return strings.HasSuffix(got, v.text)
	case moment, earlier, later:
		at, err := sandbox.ParseInstant(got)
		want := v.when.at(t)
		return err == nil && (v.rule == moment && at == want || v.rule == earlier && at < want || v.rule == later && at > want)
	}
	return got == v.text
}

// readValue reads what an entry says of a member; nil is absence.
func readValue(member string, text *string) (value, error) {
	v := value{member: member}
	if text == nil {
		v.rule = absent
		return v, nil
	}
	v.text = *text
	for sign, r := range map[string]rule{"@": moment, "<@": earlier, ">@": later} {
		if rest, ok := strings.CutPrefix(*text, sign); ok {
			var err error
			v.rule = r
			if v.when, err = readWhen(rest); err == nil && v.when.anchor == noMoment {
				err = fmt.Errorf("%s has no moment", member)
			}
			return v, err
		}
	}
	if rest, ok := strings.CutPrefix(*text, "…"); ok {
		v.rule, v.text = ends, rest
	}
	return v, nil
}
