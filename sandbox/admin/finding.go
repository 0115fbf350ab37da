package admin

import (
	"fmt"

	"github.com/labstack/echo/v4"

	"liksom/sandbox"
)

type validateRequest struct {
	Personidentifikatorer []string `json:"personidentifikatorer" required:"true" nullable:"false" minItems:"1" maxItems:"1000"`
}

type validateAnswer struct {
	Resultater []Finding `json:"resultater" required:"true" nullable:"false" description:"in the order of the question"`
}

func (a *api) validate(c echo.Context) error {
	var body validateRequest
	if err := readJSON(c.Request(), maxBody, &body); err != nil {
		return err
	}
	if n := len(body.Personidentifikatorer); n < 1 || n > maxOperations {
		return invalid("validate.count", fmt.Sprintf("personidentifikatorer must hold 1 to %d texts; it holds %d", maxOperations, n))
	}
	out := validateAnswer{make([]Finding, len(body.Personidentifikatorer))}
	for i, text := range body.Personidentifikatorer {
		out.Resultater[i] = NewFinding(sandbox.Find(text))
	}
	return writeJSON(c, out)
}

// Finding says what a number is, or which rule it breaks. The number itself is
// masked, so that the answer can be kept.
type Finding struct {
	Nummer            string `json:"nummer"`
	Gyldig            bool   `json:"gyldig"`
	Syntetisk         bool   `json:"syntetisk"`
	IdentifikatorType string `json:"identifikatorType,omitempty" enum:"foedselsnummer,dNummer"`
	Serie             string `json:"serie,omitempty"`
	Foedselsdato      string `json:"foedselsdato,omitempty" format:"date"`
	Kjoenn            string `json:"kjoenn,omitempty" enum:"kvinne,mann"`
	Regel             string `json:"regel,omitempty" enum:"1964,2032"`
	Kontrollsifre     string `json:"kontrollsifre,omitempty" description:"those that the first nine digits would have by the rule of 1964"`
	Forklaring        string `json:"forklaring"`
}

// NewFinding shows what was found.
func NewFinding(f sandbox.Finding) Finding {
	out := Finding{
		Nummer: f.Masked, Gyldig: f.Fault == nil, Syntetisk: f.Fault == nil && f.ID.Synthetic(),
		Foedselsdato: f.Birth.String(), Kjoenn: f.Sex.String(), Kontrollsifre: f.Expected, Forklaring: f.Why,
	}
	if f.Known {
		out.Serie = f.Series.String()
	}
	if f.Fault == nil {
		out.Regel, out.IdentifikatorType = "1964", "foedselsnummer"
		if f.Rule2032 {
			out.Regel = "2032"
		}
		if f.DNumber {
			out.IdentifikatorType = "dNummer"
		}
	}
	return out
}
