package app

import (
	"encoding/json"
	"fmt"
	"io"
	"text/tabwriter"

	"liksom/sandbox"
	"liksom/sandbox/stats"
)

type statsCommand struct {
	populationFlags
	JSON bool `name:"json" help:"Print the report as JSON."`
}

// Run counts the persons that serve would make with the same flags, as of the
// reference date or --clock.
func (c *statsCommand) Run(s streams) error {
	settings, err := c.resolve(s.now, nil)
	if err != nil {
		return err
	}
	image, err := newImage(s.ctx, &settings.generator, s.err)
	if err != nil {
		return err
	}
	asked, err := wanted(settings.generator)
	if err != nil {
		return err
	}
	report := stats.Of(sandbox.NewRegister(image, sandbox.NewFrozenClock(settings.moment())), asked)
	if c.JSON {
		out := json.NewEncoder(s.out)
		out.SetIndent("", "  ")
		return out.Encode(report)
	}
	return printReport(s.out, report)
}

// printReport writes a report to be read.
func printReport(w io.Writer, r stats.Report) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	line := func(format string, args ...any) { _, _ = fmt.Fprintf(t, format+"\n", args...) } // Flush tells what went wrong
	line("%d persons at %s, profile %s; %d more of the catalogue, who are in no figure", r.Persons, sandbox.InstantOf(r.At).Wire(), r.Profile, r.Catalogue)
	line("\nAGE\tMEN\tWOMEN\tMAILBOX\tWANTED")
	for _, b := range r.Ages {
		all := b.All()
		line("%d–%d\t%d\t%d\t%s\t%s", b.From, b.To, b.Men.Persons, b.Women.Persons, shown(float64(all.Mailbox), all.Persons), shownPPM(b.MailboxPPM))
	}
	line("\nSTATE\t\tPERSONS")
	for _, s := range r.States {
		line("%s\t%s\t%d", s.Group, s.Name, s.Count)
	}
	line("\nMONTHS OLD\tE-MAILS\tMOBILES")
	for _, m := range r.Freshness {
		line("%d\t%d\t%d", m.Months, m.Email, m.Mobile)
	}
	line("\nSHARE\tOF\tHAVE\tOBTAINED\tWANTED\t")
	for _, s := range r.Shares {
		want, verdict := "", ""
		if s.Wanted != nil {
			want = shown(s.Wanted.Have, s.Of)
			if verdict = "within"; !s.Wanted.Within {
				verdict = "outside its 99.9 % interval"
			}
		}
		line("%s\t%d\t%d\t%s\t%s\t%s", s.Name, s.Of, s.Have, shown(float64(s.Have), s.Of), want, verdict)
	}
	return t.Flush()
}

func shown(have float64, of int) string {
	if of == 0 {
		return "–"
	}
	const hundred = 100
	return fmt.Sprintf("%.2f %%", hundred*have/float64(of))
}

func shownPPM(ppm *int) string {
	if ppm == nil {
		return "–"
	}
	const million = 1_000_000
	return shown(float64(*ppm), million)
}
