package generator

import (
	"fmt"
	"maps"
	"slices"

	"liksom/sandbox"
)

const million = 1_000_000

// oldest is the highest age that can be drawn.
const oldest = 120

func (o Origin) origin() Origin { return o }

func (o Origin) faults() []string {
	var f []string
	if !slices.Contains([]string{"counted", "estimated", "chosen"}, o.Kind) {
		f = append(f, fmt.Sprintf("kind %q is none of counted, estimated and chosen", o.Kind))
	}
	if o.Source == "" {
		f = append(f, "source is missing")
	}
	return f
}

func ppmFault(ppm int) []string {
	if ppm < 0 || ppm > million {
		return []string{fmt.Sprintf("%d is not between 0 and 1000000 millionths", ppm)}
	}
	return nil
}

func (s Share) faults() []string { return ppmFault(s.PPM) }

func (b ByAge) faults() []string {
	if len(b.Steps) == 0 {
		return []string{"steps are missing"}
	}
	var f []string
	for i, s := range b.Steps {
		f = append(f, ppmFault(s.PPM)...)
		if i > 0 && s.To <= b.Steps[i-1].To {
			f = append(f, fmt.Sprintf("the step to %d does not come after the one to %d", s.To, b.Steps[i-1].To))
		}
	}
	return f
}

func (w Weights) faults() []string {
	var f []string
	sum := 0
	for _, name := range slices.Sorted(maps.Keys(w.PPM)) {
		f = append(f, ppmFault(w.PPM[name])...)
		sum += w.PPM[name]
	}
	if f == nil && sum != million {
		f = append(f, fmt.Sprintf("the shares are %d millionths together and not 1000000", sum))
	}
	return f
}

func (p Places) faults() []string {
	var f []string
	for _, code := range slices.Sorted(maps.Keys(p.PPM)) {
		if p.PPM[code] < 0 || p.PPM[code] > 10*million {
			f = append(f, fmt.Sprintf("%d of %s is not between 0 and 10000000 millionths", p.PPM[code], code))
		}
	}
	return f
}

func (a Ages) faults() []string {
	if len(a.Bands) == 0 {
		return []string{"bands are missing"}
	}
	var f []string
	residents := 0
	for i, b := range a.Bands {
		f = append(f, ppmFault(b.MailboxPPM)...)
		if b.From < 0 || b.To < b.From || b.To > oldest || i > 0 && b.From != a.Bands[i-1].To+1 {
			f = append(f, fmt.Sprintf("the band %d to %d does not follow the one before, or is outside 0 to %d", b.From, b.To, oldest))
		}
		if b.Residents < 0 || b.Residents > 100*million {
			f = append(f, fmt.Sprintf("%d residents are not between 0 and 100000000", b.Residents))
		}
		residents += b.Residents
	}
	if residents == 0 {
		f = append(f, "nobody lives in any band")
	}
	last := a.Bands[len(a.Bands)-1]
	return append(f, tailFaults(a.Tail, last.To-last.From+1)...)
}

func tailFaults(tail []int, years int) []string {
	sum := 0
	for _, w := range tail {
		if w < 0 || w > million {
			return []string{fmt.Sprintf("the weight %d in tail is not between 0 and 1000000", w)}
		}
		sum += w
	}
	if len(tail) != years || sum == 0 {
		return []string{fmt.Sprintf("tail has %d weights; the last band has %d years, and one must weigh something", len(tail), years)}
	}
	return nil
}

func (q Quantiles) faults() []string {
	if len(q.Points) < 2 || q.Points[0].Permille != 0 || q.Points[len(q.Points)-1].Permille != 1000 {
		return []string{"points must go from 0 to 1000 permille"}
	}
	for i := 1; i < len(q.Points); i++ {
		if q.Points[i].Permille <= q.Points[i-1].Permille || q.Points[i].Days < q.Points[i-1].Days {
			return []string{fmt.Sprintf("the point at %d permille does not rise", q.Points[i].Permille)}
		}
	}
	if q.Points[0].Days < 0 || q.Points[len(q.Points)-1].Days > 20_000 {
		return []string{"days are not between 0 and 20000"}
	}
	return nil
}

func (g Growth) faults() []string {
	var f []string
	var last sandbox.Date
	for i, c := range g.Counts {
		d, err := sandbox.ParseDate(c.Day)
		switch {
		case err != nil:
			f = append(f, err.Error())
		case d.Before(registerStart), i > 0 && !last.Before(d), i > 0 && c.Persons <= g.Counts[i-1].Persons, c.Persons < 0, c.Persons > 100*million:
			f = append(f, fmt.Sprintf("the count on %s does not rise, or is before %v", c.Day, registerStart))
		}
		last = d
	}
	if len(g.Counts) < 2 {
		f = append(f, "at least two counts are needed")
	}
	return f
}

// The words of the code lists, in the order of the constants that they mean.
var (
	contactWords     = []string{"both", "mobile", "email", "none"}
	providerWords    = []string{"digipost", "eboks", "eboks-old"}
	certificateWords = []string{"valid", "expired", "missing"}
	languageWords    = []string{"none", "norwegian", "en", "se"}
	languageDWords   = []string{"none", "nb", "nn", "en", "se"}
)

// The days at which the 16 and 18 months of the rules can end, and how far the
// drawn ages keep away.
const (
	freshMost   = 482
	expiringMin = 490
	expiringMax = 543
	staleLeast  = 552
)

// together checks what concerns several quantities, or the code lists.
func (p *Profile) together() []error {
	var faults []error
	words := func(name string, w Weights, known []string) {
		for _, word := range slices.Sorted(maps.Keys(w.PPM)) {
			if !slices.Contains(known, word) {
				faults = append(faults, fmt.Errorf("%s: %q is none of %v", name, word, known))
			}
		}
	}
	words("contact", p.Contact, contactWords)
	words("provider", p.Provider, providerWords)
	words("certificate", p.Certificate, certificateWords)
	words("language", p.Language, languageWords)
	words("language_d_number", p.LanguageDNumber, languageDWords)
	if d := p.FreshDays.Points[len(p.FreshDays.Points)-1].Days; d > freshMost {
		faults = append(faults, fmt.Errorf("fresh_days: %d days are not fresh; at most %d", d, freshMost))
	}
	if d := p.StaleDays.Points[0].Days; d < staleLeast {
		faults = append(faults, fmt.Errorf("stale_days: %d days are not stale; at least %d", d, staleLeast))
	}
	for age := range oldest + 1 {
		if sum := p.BothStale.at(age) + p.EmailStale.PPM + p.MobileStale.PPM + p.Expiring.PPM; sum > million {
			return append(faults, fmt.Errorf("both_stale, email_stale, mobile_stale and expiring are %d millionths together at %d years", sum, age))
		}
	}
	return faults
}

func (b ByAge) at(age int) int {
	for _, s := range b.Steps {
		if age <= s.To {
			return s.PPM
		}
	}
	return b.Steps[len(b.Steps)-1].PPM
}
