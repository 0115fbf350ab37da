package app

import (
	"liksom/generator"
	"liksom/sandbox/stats"
)

// wanted is what a population was drawn by, as the report knows it.
func wanted(c generator.Config) (stats.Wanted, error) {
	p := c.Profile
	if p == nil {
		var err error
		if p, err = generator.BuiltInProfile(c.Files, generator.BuiltInProfiles[0]); err != nil {
			return stats.Wanted{}, err
		}
	}
	w := stats.Wanted{Profile: p.Name, Day: generator.DataDay, Shares: map[string]stats.Quantity{}}
	const all = 200 // an age that nobody passes
	flat := func(o generator.Origin, ppm int) stats.Quantity {
		return stats.Quantity{Origin: stats.Origin{Whose: o.Of, Kind: o.Kind, Source: o.Source}, Steps: []stats.Step{{To: all, PPM: ppm}}}
	}
	p.Quantities(func(name string, q any) {
		switch q := q.(type) {
		case generator.Share:
			w.Shares[name] = flat(q.Origin, q.PPM)
		case generator.ByAge:
			share := flat(q.Origin, 0)
			share.Steps = nil
			for _, s := range q.Steps {
				share.Steps = append(share.Steps, stats.Step(s))
			}
			w.Shares[name] = share
		case generator.Weights:
			for word, ppm := range q.PPM {
				w.Shares[name+"."+word] = flat(q.Origin, ppm)
			}
		case generator.Places:
			if name == "mailbox_by_county" {
				w.Others = append(w.Others, name) // factors, not shares
				return
			}
			for place, ppm := range q.PPM {
				w.Shares[name+"."+place] = flat(q.Origin, ppm)
			}
		case generator.Ages:
			mailbox := flat(q.Origin, 0)
			mailbox.Steps = nil
			for _, b := range q.Bands {
				w.Ages = append(w.Ages, stats.WantedAges{From: b.From, To: b.To, MailboxPPM: b.MailboxPPM})
				mailbox.Steps = append(mailbox.Steps, stats.Step{To: b.To, PPM: b.MailboxPPM})
			}
			w.Shares["mailbox"] = mailbox
		default:
			w.Others = append(w.Others, name)
		}
	})
	if c.Share2032 != nil {
		const percent = 10_000 // in millionths
		w.Shares["issued_2032"] = flat(generator.Origin{Of: "persons", Kind: "chosen", Source: "--share-2032"}, *c.Share2032*percent)
	}
	return w, nil
}
