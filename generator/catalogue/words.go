package catalogue

import (
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"slices"
	"strings"

	"liksom/sandbox"
)

// Words spells what an answer holds, a word for each thing that matters: status
// and varslingsstatus as they are, reservasjon=NEI, the channels by their
// names, epostadresse_duplisert=JA where it is JA, digital_post, sertifikat,
// spraak=nb. A member that is not known is spelt by its name.
func Words(answer []byte) ([]string, error) {
	words, _, err := read(answer)
	return words, err
}

// order is that in which words are spelt.
var order = []string{
	"status", "reservasjon", "varslingsstatus", "kontaktinformasjon", "epostadresse", "epostadresse_duplisert",
	"mobiltelefonnummer", "mobiltelefonnummer_duplisert", "digital_post", "sertifikat", "spraak",
}

// beside are members that come along with others and have no word of their own.
var beside = []string{
	"personidentifikator", "reservasjonstidspunkt", "reservasjon_oppdatert", "spraak_oppdatert",
	"epostadresse_oppdatert", "epostadresse_sist_verifisert", "epostadresse_sist_validert",
	"mobiltelefonnummer_oppdatert", "mobiltelefonnummer_sist_verifisert", "mobiltelefonnummer_sist_validert",
	"postkasseadresse", "postkasseleverandoeradresse", certificateEnds,
}

// certificateEnds is the name by which an entry speaks of the last moment of the
// certificate, which is inside sertifikat.
const certificateEnds = "sertifikat_utloeper"

// read takes an answer apart: its words, and its members whatever object they
// lie in.
func read(answer []byte) (words []string, members map[string]string, err error) {
	var object map[string]any
	if err := json.Unmarshal(answer, &object); err != nil {
		return nil, nil, fmt.Errorf("the answer is no JSON object: %w", err)
	}
	members = map[string]string{}
	flatten(object, members)
	if ends, ok := endOf(members["sertifikat"]); ok {
		members[certificateEnds] = ends
	}
	if _, ok := members["kontaktinformasjon"]; ok && (members["epostadresse"] != "" || members["mobiltelefonnummer"] != "") {
		delete(members, "kontaktinformasjon") // the channels tell of it
	}
	for _, name := range order {
		if text, ok := members[name]; ok {
			if w := word(name, text); w != "" {
				words = append(words, w)
			}
		}
	}
	var strange []string
	for name := range members {
		if !slices.Contains(order, name) && !slices.Contains(beside, name) {
			strange = append(strange, name)
		}
	}
	slices.Sort(strange)
	return append(words, strange...), members, nil
}

func flatten(object map[string]any, into map[string]string) {
	for name, v := range object {
		switch v := v.(type) {
		case string:
			into[name] = v
		case map[string]any:
			into[name] = ""
			flatten(v, into)
		default:
			into[name] = fmt.Sprint(v)
		}
	}
}

func word(name, text string) string {
	switch name {
	case "status", "varslingsstatus":
		return text
	case "reservasjon", "spraak":
		return name + "=" + text
	case "epostadresse_duplisert", "mobiltelefonnummer_duplisert":
		if text == "NEI" {
			return ""
		}
		return name + "=" + text
	}
	return name
}

// Told tells whether an answer with these words can have a member: the part
// that the member lies in is there.
func Told(member string, words []string) bool {
	part := member
	for _, p := range []string{"epostadresse", "mobiltelefonnummer", "postkasse", "sertifikat", "reservasjon", "spraak"} {
		if strings.HasPrefix(member, p) {
			part = p
		}
	}
	if part == "postkasse" {
		part = "digital_post"
	}
	return slices.ContainsFunc(words, func(w string) bool { return w == part || strings.HasPrefix(w, part+"=") })
}

// endOf gives the last moment of a certificate, in PEM or bare base64.
func endOf(text string) (string, bool) {
	var der []byte
	if block, _ := pem.Decode([]byte(text)); block != nil {
		der = block.Bytes
	} else if der, _ = base64.StdEncoding.DecodeString(text); len(der) == 0 {
		return "", false
	}
	c, err := x509.ParseCertificate(der)
	if err != nil {
		return "", false
	}
	return sandbox.InstantOf(c.NotAfter).Wire(), true
}

// canBeExpected tells a word from a slip of the pen.
func canBeExpected(w string) bool {
	name, text, ok := strings.Cut(w, "=")
	if ok {
		return slices.Contains(map[string][]string{
			"reservasjon": {"JA", "NEI"}, "spraak": {"nb", "nn", "en", "se"},
			"epostadresse_duplisert": {"JA"}, "mobiltelefonnummer_duplisert": {"JA"},
		}[name], text)
	}
	return slices.Contains([]string{
		"AKTIV", "SLETTET", "IKKE_REGISTRERT", "KAN_VARSLES", "KAN_IKKE_VARSLES",
		"kontaktinformasjon", "epostadresse", "mobiltelefonnummer", "digital_post", "sertifikat",
	}, name)
}
