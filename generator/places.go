package generator

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"sort"
	"strconv"
)

// County is a fylke as municipalities.json has it.
type County struct {
	Code           string         `json:"fylkesnr"`
	Name           string         `json:"navn"`
	Residents      int            `json:"residents"`
	Municipalities []Municipality `json:"kommuner"`
}

// Municipality is a kommune. Those without a number of residents share the rest
// of their county evenly.
type Municipality struct {
	Code      string `json:"kommunenr"`
	Name      string `json:"navn"`
	Residents int    `json:"residents"`
}

const placesFile = "municipalities.json"

// ReadCounties reads municipalities.json, strictly, and reports all faults together.
func ReadCounties(files fs.FS) ([]County, error) {
	b, err := fs.ReadFile(files, placesFile)
	if err != nil {
		return nil, fmt.Errorf("reading the municipalities: %w", err)
	}
	dec := json.NewDecoder(bytes.NewReader(b))
	dec.DisallowUnknownFields()
	var file struct {
		Source    string   `json:"source"`
		Estimated string   `json:"estimated"`
		Counties  []County `json:"counties"`
	}
	if err := dec.Decode(&file); err != nil {
		return nil, fmt.Errorf("%s: %w", placesFile, err)
	}
	var faults []error
	for i := range file.Counties {
		faults = append(faults, file.Counties[i].spread())
	}
	if len(file.Counties) == 0 {
		faults = append(faults, errors.New("no counties"))
	}
	if err := errors.Join(faults...); err != nil {
		return nil, fmt.Errorf("%s: %w", placesFile, err)
	}
	return file.Counties, nil
}

// spread gives the municipalities without a number of residents their share.
func (c *County) spread() error {
	rest, unknown := c.Residents, 0
	for _, m := range c.Municipalities {
		if n, err := strconv.Atoi(m.Code); err != nil || n < 100 || n > 9999 || len(m.Code) != 4 || m.Code[:2] != c.Code {
			return fmt.Errorf("%q is no kommunenr in county %s", m.Code, c.Code)
		}
		if m.Residents == 0 {
			unknown++
		}
		rest -= m.Residents
	}
	if rest < unknown || c.Residents <= 0 || len(c.Municipalities) == 0 {
		return fmt.Errorf("the municipalities of county %s do not fit its %d residents", c.Code, c.Residents)
	}
	for i := range c.Municipalities {
		if c.Municipalities[i].Residents == 0 {
			c.Municipalities[i].Residents = rest / unknown
		}
	}
	return nil
}

// CheckPlaces tells what a profile says of counties and municipalities that do
// not exist, or that does not come out.
func CheckPlaces(files fs.FS, p *Profile) error {
	counties, err := ReadCounties(files)
	if err == nil {
		_, err = compilePlaces(counties, p)
	}
	return err
}

// place is a municipality with the shares that hang on it.
type place struct {
	code    uint16
	upTo    int // residents of this one and all before it
	nynorsk int // millionths of those who want Norwegian
	sami    int // millionths
	mailbox int // factor in millionths
}

// compilePlaces lays the shares of a profile on the municipalities.
func compilePlaces(counties []County, p *Profile) ([]place, error) {
	mailbox, err := mailboxFactors(counties, p.MailboxByCounty)
	if err != nil {
		return nil, err
	}
	var out []place
	sum := 0
	known := map[string]bool{"others": true}
	for _, c := range counties {
		known[c.Code] = true
		for _, m := range c.Municipalities {
			known[m.Code] = true
			code, err := strconv.Atoi(m.Code)
			if err != nil {
				return nil, err
			}
			sum += m.Residents
			out = append(out, place{uint16(code), sum, p.NynorskByCounty.of(c.Code), p.SamiByMunicipality.of(m.Code), mailbox[c.Code]})
		}
	}
	var faults []error
	for name, places := range map[string]Places{"mailbox_by_county": p.MailboxByCounty, "nynorsk_by_county": p.NynorskByCounty, "sami_by_municipality": p.SamiByMunicipality} {
		for code, ppm := range places.PPM {
			if !known[code] {
				faults = append(faults, fmt.Errorf("%s: %q is neither a fylkesnr, a kommunenr nor \"others\"", name, code))
			}
			if name != "mailbox_by_county" && ppm > million {
				faults = append(faults, fmt.Errorf("%s: %d of %s is more than 1000000 millionths", name, ppm, code))
			}
		}
	}
	sort.Slice(faults, func(i, j int) bool { return faults[i].Error() < faults[j].Error() })
	return out, errors.Join(faults...)
}

func (p Places) of(code string) int {
	if ppm, ok := p.PPM[code]; ok {
		return ppm
	}
	return p.PPM["others"]
}

// mailboxFactors fills in the counties without a factor, so that all together
// come to one and the shares by age stand.
func mailboxFactors(counties []County, p Places) (map[string]int, error) {
	given, rest, all := 0, 0, 0
	for _, c := range counties {
		all += c.Residents
		if ppm, ok := p.PPM[c.Code]; ok {
			given += ppm / 1000 * c.Residents
		} else {
			rest += c.Residents
		}
	}
	others := million
	if rest > 0 {
		others = (1000*all - given) / rest * 1000
	}
	if others < 0 || rest == 0 && len(p.PPM) > 0 {
		return nil, fmt.Errorf("mailbox_by_county: the factors leave nothing for the other counties")
	}
	out := make(map[string]int, len(counties))
	for _, c := range counties {
		out[c.Code] = others
		if ppm, ok := p.PPM[c.Code]; ok {
			out[c.Code] = ppm
		}
	}
	return out, nil
}
