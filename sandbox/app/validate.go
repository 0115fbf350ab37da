package app

import (
	"encoding/json"
	"errors"
	"fmt"

	"liksom/sandbox"
	"liksom/sandbox/admin"
)

type validateCommand struct {
	JSON bool     `name:"json" help:"Print one JSON object a line."`
	IDs  []string `arg:"" name:"id" help:"Numbers to examine; they are printed masked."`
}

// errInvalid ends the command when some number is not valid; it has been told of.
var errInvalid = errors.New("not every number is valid")

// Run says of each number what it is, or which rule it breaks.
func (c *validateCommand) Run(s streams) error {
	valid := true
	for _, text := range c.IDs {
		f := sandbox.Find(text)
		valid = valid && f.Fault == nil
		if err := c.print(s, f); err != nil {
			return err
		}
	}
	if !valid {
		return errInvalid
	}
	return nil
}

func (c *validateCommand) print(s streams, f sandbox.Finding) error {
	finding := admin.NewFinding(f)
	if c.JSON {
		return json.NewEncoder(s.out).Encode(finding)
	}
	_, err := fmt.Fprintf(s.out, "%s  %s", finding.Nummer, f.Why)
	if err == nil && f.Fault == nil {
		_, err = fmt.Fprintf(s.out, " %s, %s, %s %s", finding.IdentifikatorType, finding.Serie, finding.Foedselsdato, finding.Kjoenn)
	}
	if err == nil {
		_, err = fmt.Fprintln(s.out)
	}
	return err
}
