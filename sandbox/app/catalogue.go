package app

import (
	"encoding/json"
	"fmt"
	"strings"
	"text/tabwriter"

	"liksom/generator"
	"liksom/generator/catalogue"
	"liksom/sandbox"
	"liksom/sandbox/admin"
	"liksom/seeds"
)

// withCast puts the catalogue's persons into a population, and gives the entries
// as they are on its reference date.
func withCast(c *generator.Config) ([]catalogue.Scene, error) {
	entries, err := catalogue.Read(c.Files)
	if err != nil {
		return nil, err
	}
	scenes := entries.Stage(c.Reference)
	for _, s := range scenes {
		c.Fixed = append(c.Fixed, s.Persons...)
	}
	return scenes, nil
}

type catalogueCommand struct {
	JSON          bool   `name:"json" help:"Print what GET /sandbox/v1/catalogue answers."`
	ReferenceDate string `placeholder:"YYYY-MM-DD" help:"The day that the entries are relative to (default: today)."`
}

// Run lists the edge cases.
func (c *catalogueCommand) Run(s streams) error {
	settings, err := populationFlags{ReferenceDate: c.ReferenceDate}.resolve(s.now, nil)
	if err != nil {
		return err
	}
	settings.generator.Files = seeds.Files
	scenes, err := withCast(&settings.generator)
	if err != nil {
		return err
	}
	if c.JSON {
		out := json.NewEncoder(s.out)
		out.SetEscapeHTML(false)
		return out.Encode(admin.NewCatalogue(scenes))
	}
	w := tabwriter.NewWriter(s.out, 0, 0, 2, ' ', 0)
	for _, scene := range scenes {
		if _, err := fmt.Fprintf(w, "%s\t%s\t%s\n", scene.Slug, someNumbers(scene.Persons), scene.Title); err != nil {
			return err
		}
	}
	return w.Flush()
}

// someNumbers gives the first few numbers, and how many more there are.
func someNumbers(persons []sandbox.Person) string {
	const few = 3
	var words []string
	for i, p := range persons {
		if i == few {
			words = append(words, fmt.Sprintf("+%d", len(persons)-few))
			break
		}
		words = append(words, p.ID.Digits())
	}
	return strings.Join(words, " ")
}
