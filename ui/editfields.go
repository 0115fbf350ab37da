package ui

import (
	"strings"

	"liksom/sandbox"
)

// before is put in front of a field's name where the form tells what the field
// held when it was made, so that only what somebody changed is sent.
const before = "foer."

// editGroup is fields that belong together.
type editGroup struct {
	Title  string
	Fields []editField
}

// editField is one member of a person, by its path on the wire.
type editField struct {
	Path, Label, Value, Before string
	Choices                    []option // its values, if it has few
	Date                       bool
}

// editable is a field of the form: the keys of its label's words, and its values
// with "" for none.
type editable struct {
	path, label, word string
	choices           []string
}

const (
	channelObject = "kontaktinformasjon."
	mailboxObject = "digital_post."
)

// fieldGroup is fields that belong together, with the key of their title.
type fieldGroup struct {
	title  string
	fields []editable
}

var editGroups = []fieldGroup{
	{"edit.person", []editable{
		{path: "fornavn", label: "edit.first"},
		{path: "etternavn", label: "edit.last"},
		{path: "status", label: "status", choices: []string{"AKTIV", "SLETTET", "IKKE_REGISTRERT"}},
		{path: "reservasjon", label: "reservation", choices: []string{"NEI", "JA"}},
		{path: "spraak", label: "spoken", choices: []string{"", "nb", "nn", "en", "se"}},
	}},
	{"email", channelFields("epostadresse", emailKey)},
	{"mobile", channelFields("mobiltelefonnummer", mobileKey)},
	{"col.mailbox", []editable{
		{path: mailboxObject + "postkasseleverandoeradresse", label: "edit.provider", choices: []string{"", sandbox.Digipost.Org(), sandbox.EBoks.Org(), sandbox.EBoksOld.Org()}},
		{path: mailboxObject + "postkasseadresse", label: "edit.address"},
		{path: "postkassetilstand", label: "edit.use", choices: []string{"aktiv", "inaktiv"}},
		{path: "sertifikattilstand", label: "certificate", choices: []string{"gyldig", "utloept", "mangler", "utloeper"}},
	}},
}

func channelFields(member, key string) []editable {
	member = channelObject + member
	return []editable{
		{path: member, label: key},
		{path: member + "_oppdatert", label: key, word: "updated"},
		{path: member + "_sist_verifisert", label: key, word: "confirmed"},
		{path: member + "_sist_validert", label: key, word: "validated"},
	}
}

// editGroups are the fields with what a person has, or what was typed instead.
func (w words) editGroups(held map[string]any, typed formValues) []editGroup {
	var out []editGroup
	for _, g := range editGroups {
		group := editGroup{Title: w.T(g.title)}
		for _, e := range g.fields {
			f := w.editField(e, memberOf(held, e.path))
			if f.Before = f.Value; typed != nil {
				f.Value, f.Before = typed.Get(e.path), typed.Get(before+e.path)
			}
			group.Fields = append(group.Fields, w.chosenOf(e, f))
		}
		out = append(out, group)
	}
	return out
}

func (w words) editField(e editable, value string) editField {
	f := editField{Path: e.path, Label: w.T(e.label), Value: value, Date: e.word != ""}
	if e.word != "" {
		f.Label += " " + w.T(e.word)
	}
	return f
}

// chosenOf adds the values of a field that has few.
func (w words) chosenOf(e editable, f editField) editField {
	for _, value := range e.choices {
		f.Choices = append(f.Choices, option{Value: value, Label: w.choiceName(value), Chosen: value == f.Value})
	}
	return f
}

// choiceName says a value in words, where the register's own is not one.
func (w words) choiceName(value string) string {
	switch value {
	case "":
		return w.T("none")
	case "nb", "nn", "en", "se":
		return w.T("spoken." + value)
	case sandbox.Digipost.Org():
		return provider(sandbox.Digipost)
	case sandbox.EBoks.Org():
		return provider(sandbox.EBoks)
	case sandbox.EBoksOld.Org():
		return joined(provider(sandbox.EBoksOld), w.T("mailbox.old"))
	}
	return value
}

// memberOf reads a text of a person by its path.
func memberOf(person map[string]any, path string) string {
	if object, rest, ok := strings.Cut(path, "."); ok {
		inner, _ := person[object].(map[string]any)
		return memberOf(inner, rest)
	}
	text, _ := person[path].(string)
	return text
}

// changes is a merge patch of what differs from what the form began with, and of
// all that it asks where it began with nothing.
// Source: RFC 7396.
func changes(form formValues, groups []fieldGroup) map[string]any {
	patch := map[string]any{}
	for _, g := range groups {
		for _, e := range g.fields {
			value := form.Get(e.path)
			had, held := form[before+e.path]
			if _, asked := form[e.path]; !asked || held && value == had[0] {
				continue
			}
			into, name := patch, e.path
			if object, rest, ok := strings.Cut(e.path, "."); ok {
				if patch[object] == nil {
					patch[object] = map[string]any{}
				}
				into, name = patch[object].(map[string]any), rest
			}
			if into[name] = value; value == "" {
				into[name] = nil
			}
		}
	}
	return patch
}
