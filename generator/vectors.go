package generator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"

	"liksom/sandbox"
)

// vector is a published test number with the state that we give it.
type vector struct {
	id     sandbox.PersonID
	recipe recipe
}

// vectorLine is a vector as the seed file spells it. An absent status is AKTIV,
// an absent personstatus bosatt.
type vectorLine struct {
	ID       string `json:"id"`
	Status   string `json:"status"`
	Civil    string `json:"personstatus"`
	Email    string `json:"epost"`
	Mobile   string `json:"mobil"`
	Mailbox  string `json:"postkasse"`
	Language string `json:"spraak"`
	Reserved bool   `json:"reservert"`
}

// readVectors reads vectors.json, strictly, and reports all faults together.
func readVectors(files fs.FS) ([]vector, error) {
	const name = "vectors.json"
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return nil, fmt.Errorf("reading the published test numbers: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	var lines []vectorLine
	if err := dec.Decode(&lines); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	var faults []error
	vectors := make([]vector, len(lines))
	for i, line := range lines {
		if vectors[i], err = line.vector(); err != nil {
			faults = append(faults, fmt.Errorf("%s, entry %d: %w", name, i+1, err))
		}
	}
	return vectors, errors.Join(faults...)
}

func (l vectorLine) vector() (vector, error) {
	id, err := sandbox.ParsePersonID(l.ID)
	if err != nil {
		return vector{}, err
	}
	if !id.Synthetic() {
		return vector{}, fmt.Errorf("%v is not a synthetic number", id)
	}
	var faults []error
	v := vector{id, recipe{
		civil:    word(&faults, "personstatus", l.Civil, map[string]sandbox.CivilStatus{"": sandbox.Resident, "bosatt": sandbox.Resident, "utflyttet": sandbox.Emigrated, "doed": sandbox.Dead}),
		status:   word(&faults, "status", l.Status, map[string]sandbox.Status{"": sandbox.Active, "AKTIV": sandbox.Active, "SLETTET": sandbox.Deleted, "IKKE_REGISTRERT": sandbox.NotRegistered}),
		reserved: l.Reserved,
		email:    word(&faults, "epost", l.Email, freshnessWords),
		mobile:   word(&faults, "mobil", l.Mobile, freshnessWords),
		provider: word(&faults, "postkasse", l.Mailbox, map[string]sandbox.Provider{"": sandbox.NoProvider, "digipost": sandbox.Digipost, "eboks": sandbox.EBoks}),
		language: word(&faults, "spraak", l.Language, map[string]sandbox.Language{"": sandbox.NoLanguage, "nb": sandbox.Bokmaal, "nn": sandbox.Nynorsk, "en": sandbox.English, "se": sandbox.Sami}),
	}}
	return v, errors.Join(faults...)
}

var freshnessWords = map[string]sandbox.Freshness{
	"": sandbox.Missing, "mangler": sandbox.Missing, "fersk": sandbox.Fresh, "snart": sandbox.Expiring, "utgaatt": sandbox.Expired,
}

func word[T any](faults *[]error, field, text string, words map[string]T) T {
	v, ok := words[text]
	if !ok {
		*faults = append(*faults, fmt.Errorf("%s cannot be %q", field, text))
	}
	return v
}
