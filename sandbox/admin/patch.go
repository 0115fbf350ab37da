package admin

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"liksom/sandbox"
)

// patch is a JSON merge patch of a person, taken apart: what is said of each
// member, by its path; "" takes it away. Source: RFC 7396.
type patch map[string]string

// derived members follow from others. They may come along as they were read.
var derived = []struct {
	path, instead string
	get           func(Person) string
}{
	{"personidentifikator", "POST /persons/{id}/replace gives a person another number", func(p Person) string { return p.Personidentifikator }},
	{"identifikatorType", "POST /persons/{id}/replace gives a person another number", func(p Person) string { return p.IdentifikatorType }},
	{"visningnavn", "change fornavn and etternavn", func(p Person) string { return p.Visningnavn }},
	{"varslingsstatus", "change what it follows from: status, reservasjon, the addresses and their dates", func(p Person) string { return p.Varslingsstatus }},
	{"relasjoner", "relatives come with the population", func(p Person) string { return relativesText(p.Relasjoner) }},
	{"katalog", "the catalogue's persons come with the population", func(p Person) string { return p.Katalog }},
	{"registrert", "change status", func(p Person) string { return p.Registrert }},
	{"slettet", "change status", func(p Person) string { return p.Slettet }},
	{"endret", "change something", func(p Person) string { return p.Endret }},
	{inContact + "epostadresse_duplisert", "give another person the same epostadresse, or this one another", func(p Person) string { return p.contact().EpostadresseDuplisert }},
	{inContact + "mobiltelefonnummer_duplisert", "give another person the same mobiltelefonnummer, or this one another", func(p Person) string { return p.contact().MobiltelefonnummerDuplisert }},
}

// relativesText spells relatives, as shown or as sent, so that equal texts are
// the same relatives.
func relativesText(relatives any) string {
	b, err := json.Marshal(relatives)
	if err != nil {
		return err.Error()
	}
	return string(b)
}

func (p Person) contact() Kontaktinformasjon {
	if p.Kontaktinformasjon == nil {
		return Kontaktinformasjon{}
	}
	return *p.Kontaktinformasjon
}

// paths are all members that a patch may name.
var paths = func() []string {
	var out []string
	for _, f := range fields {
		out = append(out, f.path)
	}
	for _, d := range derived {
		out = append(out, d.path)
	}
	return out
}()

// readPatch takes a patch apart and reports all that is not a member of a person.
func readPatch(object map[string]any) (patch, error) {
	p := patch{}
	var faults []error
	for _, name := range slices.Sorted(maps.Keys(object)) {
		if in := name + "."; in == inContact || in == inMailbox {
			faults = append(faults, p.readObject(in, object[name])...)
		} else {
			faults = append(faults, p.read(name, object[name]))
		}
	}
	return p, together(faults)
}

func (p patch) readObject(in string, value any) []error {
	var faults []error
	switch object := value.(type) {
	case nil:
		for _, f := range fields {
			if strings.HasPrefix(f.path, in) {
				p[f.path] = ""
			}
		}
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(object)) {
			faults = append(faults, p.read(in+name, object[name]))
		}
	default:
		faults = append(faults, invalid("member.type", strings.TrimSuffix(in, ".")+" must be an object"))
	}
	return faults
}

func (p patch) read(path string, value any) error {
	if !slices.Contains(paths, path) {
		return unknownMember(path)
	}
	switch v := value.(type) {
	case nil:
		p[path] = ""
	case string:
		p[path] = v
	case []any:
		if path != "relasjoner" {
			return invalid("member.type", path+" must be a text, or null to take it away")
		}
		p[path] = relativesText(v)
	default:
		return invalid("member.type", path+" must be a text, or null to take it away")
	}
	return nil
}

func unknownMember(path string) error {
	last := path[strings.LastIndexByte(path, '.')+1:]
	for _, known := range paths {
		in, inside, ok := strings.Cut(known, ".")
		switch {
		case ok && inside == last:
			return invalid("member.unknown", fmt.Sprintf("%s belongs in %s", last, in))
		case known == last:
			return invalid("member.unknown", fmt.Sprintf("%s belongs in the person itself", last))
		}
	}
	return invalid("member.unknown", fmt.Sprintf("a person has no member %q", sandbox.Short(path)))
}

// checkDerived refuses derived members that differ from what is shown.
func (p patch) checkDerived(shown Person) error {
	var faults []error
	for _, d := range derived {
		if value := p[d.path]; value != "" && value != d.get(shown) {
			faults = append(faults, invalid("member.derived", fmt.Sprintf("%s cannot be set; %s", d.path, d.instead)))
		}
	}
	return together(faults)
}

// fill puts the values into a person and tells which dates were given.
func (p patch) fill(into *sandbox.Person, now sandbox.Instant) (given sandbox.Given, faults []error) {
	for _, f := range fields {
		value, named := p[f.path]
		if !named {
			continue
		}
		given |= f.given
		if err := f.set(into, value, now); err != nil {
			faults = append(faults, &sandbox.Error{Kind: sandbox.Invalid, Code: "value.invalid", Text: f.path + ": " + err.Error()})
		}
	}
	return given, faults
}

// apply gives the person as the patch makes it, with the register's dates where
// none is given. Force takes in values that the register would refuse, but never
// a real person's number.
func (p patch) apply(before sandbox.Person, now sandbox.Instant, force bool) (sandbox.Person, error) {
	after := before
	given, faults := p.fill(&after, now)
	filled := after
	sandbox.Move(before, &after, now, given)
	faults = append(faults, p.lost(filled, after)...)
	faults = append(faults, sandbox.RealNumbers(after)...)
	if !force {
		faults = append(faults, newFaults(before, after, now)...)
	}
	return after, together(faults)
}

// lost reports what was asked for and is not kept, as a date without its address.
func (p patch) lost(filled, kept sandbox.Person) []error {
	var faults []error
	for _, f := range fields {
		if _, named := p[f.path]; !named || f.get(&filled) == f.get(&kept) {
			continue
		}
		why := "without " + f.needs
		if kept.Status != sandbox.Active {
			why = "while status is " + kept.Status.String()
		}
		faults = append(faults, invalid("value.lost", fmt.Sprintf("%s cannot be kept %s", f.path, why)))
	}
	return faults
}

// newFaults are those that a person did not have before, so that an old fault
// does not stand in the way of another change.
func newFaults(before, after sandbox.Person, now sandbox.Instant) []error {
	old := map[string]bool{}
	for _, fault := range apart(sandbox.Check(before, now)) {
		old[fault.Error()] = true
	}
	return slices.DeleteFunc(apart(sandbox.Check(after, now)), func(fault error) bool { return old[fault.Error()] })
}

// apart is the inverse of errors.Join.
func apart(err error) []error {
	var joined interface{ Unwrap() []error }
	switch {
	case err == nil:
		return nil
	case errors.As(err, &joined):
		return joined.Unwrap()
	}
	return []error{err}
}

// together makes one fault of many, so that the caller sees all at once.
func together(faults []error) error {
	faults = slices.DeleteFunc(faults, func(fault error) bool { return fault == nil })
	switch len(faults) {
	case 0:
		return nil
	case 1:
		return faults[0]
	}
	texts := make([]string, len(faults))
	for i, fault := range faults {
		texts[i] = fault.Error()
	}
	return invalid("person.invalid", strings.Join(texts, "; "))
}
